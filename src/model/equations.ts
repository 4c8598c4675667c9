import { compileReal } from "../scalar/compile.ts";
import { symbol, symbolsOf } from "../scalar/scalar.ts";
import { nearestName } from "../source/name.ts";
import type { EquationDeclaration, Expression, EquationClause as SyntaxClause } from "../syntax/ast.ts";
import { type Elaboration, GLOBAL_SCOPE } from "./elaboration.ts";
import { type Equation, type EquationClause, FREQUENCY } from "./model.ts";
import { spectralDensity } from "./spectra.ts";
import { realOf, wholeNumber } from "./typed-values.ts";
import { describeValue } from "./value.ts";
import type { MethodSignature } from "./vocabulary.ts";

/** An equation with its methods and baths bound; a bath that it leaves out is not there. */
export function elaborateEquation(declaration: EquationDeclaration, elaboration: Elaboration): Equation {
  const taken = new Map<number, SyntaxClause>();
  const clauses = declaration.clauses.flatMap((clause) => clauseOf(clause, taken, elaboration) ?? []);
  checkRoles(clauses, elaboration);
  return { name: declaration.name.text, span: declaration.name.span, clauses };
}

/** A role belongs to one bath of an equation: heat(cold), regime and efficiency mean that one. */
function checkRoles(clauses: readonly EquationClause[], { baths, report }: Elaboration): void {
  const holders = new Map<string, number>();
  for (const { baths: places, span } of clauses) {
    for (const place of places) {
      const { name, role } = baths[place]!;
      if (!role) continue;
      const other = holders.get(role);
      if (other === undefined) holders.set(role, place);
      else if (other !== place) {
        report(
          "E228",
          span,
          `'${baths[other]!.name}' and '${name}' both have the role ${role} in this equation`,
          {
            fix: "give each role to one bath; baths without a role still exchange heat and are reported",
          },
        );
      }
    }
  }
}

function clauseOf(
  clause: SyntaxClause,
  taken: Map<number, SyntaxClause>,
  elaboration: Elaboration,
): EquationClause | undefined {
  const { method: name } = clause;
  const { report, vocabulary } = elaboration;
  const method = vocabulary.methods.get(name.ascii);
  const baths = clause.baths.flatMap((expression) => bathsOf(expression, elaboration));
  if (!method) {
    const known = [...vocabulary.methods.values()].map((m) => m.name);
    const near = nearestName(name.text, known);
    report("E212", name.span, `unknown method '${name.text}'; there are ${known.join(", ")}`, {
      fix: near && `did you mean '${near}'?`,
    });
    return undefined;
  }
  const settings = settingsOf(clause, method, elaboration);
  checkFit(method, clause, baths, elaboration);
  if (
    settings.ancillaLevels !== undefined &&
    baths.every((b) => elaboration.baths[b]!.kind === "fermionic")
  ) {
    report(
      "E213",
      clause.span,
      "the ancillas of a fermionic bath have two levels: 'levels' is for bosonic ones",
      {
        fix: "leave it out",
      },
    );
  }
  for (const bath of baths) {
    const { name: bathName } = elaboration.baths[bath]!;
    const other = taken.get(bath);
    if (other) {
      report("E213", clause.span, `the bath '${bathName}' appears twice in one equation`, {
        related: [{ message: "first here", span: other.span }],
      });
    }
    taken.set(bath, clause);
  }
  return {
    method: method.name,
    baths,
    span: clause.span,
    ...settings,
  };
}

type Settings = Omit<EquationClause, "method" | "baths" | "span">;

/** What `with { … }` gives a clause; settings that its method has not are reported, and those that it lacks. */
function settingsOf(
  { settings, method: methodName }: SyntaxClause,
  method: MethodSignature,
  elaboration: Elaboration,
): Settings {
  const taken = new Set<string>();
  let found: Settings = {};
  for (const { name, value } of settings) {
    const { ascii, text, span } = name;
    if (!method.settings.includes(ascii)) {
      const known = method.settings.map(settingText).join(", ");
      const has = known ? `it has ${known}` : "it has none";
      elaboration.report("E213", span, `the method '${method.name}' has no setting '${text}'; ${has}`);
    } else if (taken.has(ascii)) {
      elaboration.report("E213", span, `the setting '${text}' is given twice`);
    } else found = { ...found, ...settingFrom(ascii, value, elaboration) };
    taken.add(ascii);
  }
  for (const name of method.neededSettings ?? []) {
    if (taken.has(name)) continue;
    elaboration.report("E229", methodName.span, `the method '${method.name}' needs ${settingText(name)}`, {
      fix: `write with { ${settingText(name)} = … } after its baths`,
    });
  }
  return found;
}

const settingText = (name: string): string => (name === "tau" ? "τ" : name);

function settingFrom(name: string, value: Expression, elaboration: Elaboration): Settings {
  if (name === "spectrum") {
    const density = spectralDensity(value, symbol(FREQUENCY), GLOBAL_SCOPE, elaboration);
    return density ? { spectralDensity: density } : {};
  }
  if (name === "lamb_shift") {
    const word = value.kind === "name" ? value.name.ascii : undefined;
    if (word === "on" || word === "off") return { lambShift: word === "on" };
    elaboration.report("E213", value.span, "lamb_shift is on or off");
    return {};
  }
  if (name === "tau") {
    const duration = realOf(value, GLOBAL_SCOPE, elaboration)?.node;
    return duration ? { duration } : {};
  }
  if (name === "levels") {
    const ancillaLevels = levelCount(value, elaboration);
    return ancillaLevels === undefined ? {} : { ancillaLevels };
  }
  const number = constantValue(value, elaboration);
  if (number !== undefined && number > 0 && number <= MAX_TOLERANCE) return { tolerance: number };
  elaboration.report(
    "E213",
    value.span,
    `tolerance is a number between 0 and ${MAX_TOLERANCE}, a fraction of the spectral range`,
    { fix: "for frequencies that are near but not equal use 'unified'" },
  );
  return {};
}

/** Levels farther apart than this part of the range are never one. */
const MAX_TOLERANCE = 1e-6;

/** The value of an expression without parameters. */
function constantValue(expression: Expression, elaboration: Elaboration): number | undefined {
  const node = realOf(expression, GLOBAL_SCOPE, elaboration)?.node;
  return node && symbolsOf(node).size === 0 ? compileReal(node, () => -1)([]) : undefined;
}

/** The levels of an ancilla: `levels = 12`. */
function levelCount(value: Expression, elaboration: Elaboration): number | undefined {
  const count = wholeNumber(value, GLOBAL_SCOPE, elaboration);
  if (count === undefined || count >= 2) return count;
  elaboration.report("E209", value.span, `an ancilla has two levels or more, not ${count}`, {
    fix: "leave 'levels' out: then they are found automatically",
  });
  return undefined;
}

/** Reports the baths of a clause that its method is not for. */
function checkFit(
  method: MethodSignature,
  clause: SyntaxClause,
  baths: readonly number[],
  { baths: all, report, vocabulary }: Elaboration,
): void {
  const unfit = baths.map((b) => all[b]!).filter(({ kind }) => !method.baths.includes(kind));
  const [first] = unfit;
  if (!first) return;
  const names = unfit.map(({ name }) => `'${name}'`).join(", ");
  const fitting = [...vocabulary.methods.values()]
    .filter((m) => m.baths.includes(first.kind))
    .map((m) => m.name);
  report("E218", clause.span, `'${method.name}' is not for a bath of kind ${first.kind}, as ${names}`, {
    fix: `use ${fitting.join(" or ")} for it`,
  });
}

/** The baths that an item of a clause names: one, or all elements of an array. */
function bathsOf(expression: SyntaxClause["baths"][number], elaboration: Elaboration): number[] {
  const value = elaboration.evaluate(expression, GLOBAL_SCOPE, elaboration);
  const members = value.kind === "array" ? value.indices.map(value.element) : [value];
  return members.flatMap((member) => {
    if (member.kind === "bath") return [member.index];
    if (member.kind !== "unknown") {
      elaboration.report(
        "E204",
        expression.span,
        `an equation is made of baths, and this is ${describeValue(member)}`,
      );
    }
    return [];
  });
}

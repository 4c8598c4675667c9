import { number, symbol } from "../scalar/scalar.ts";
import { nearestName } from "../source/name.ts";
import type { BathDeclaration, Expression, Setting } from "../syntax/ast.ts";
import { type Elaboration, GLOBAL_SCOPE, indexScope, type Scope } from "./elaboration.ts";
import { type Bath, type BathOperator, FREQUENCY, ROLES, type Role } from "./model.ts";
import { spectralDensity } from "./spectra.ts";
import { indexRange, operatorOf, realOf } from "./typed-values.ts";
import { UNKNOWN, type Value } from "./value.ts";
import { BATH_KINDS, type BathKind } from "./vocabulary.ts";

/** Registers the names of baths, so that equations and quantities can refer to them before they are read. */
export function declareBaths(declarations: readonly BathDeclaration[], elaboration: Elaboration): void {
  let next = 0;
  for (const { declared } of declarations) {
    const { name, index } = declared;
    const key = `value ${name.ascii}`;
    if (!index) {
      if (!elaboration.memo.has(key)) elaboration.memo.set(key, { kind: "bath", index: next });
      next++;
      continue;
    }
    const indices = indexRange(index.domain, GLOBAL_SCOPE, elaboration) ?? [];
    const first = next;
    next += indices.length;
    const element = (place: number): Value =>
      indices.includes(place) ? { kind: "bath", index: first + indices.indexOf(place) } : UNKNOWN;
    if (!elaboration.memo.has(key)) elaboration.memo.set(key, { kind: "array", indices, element });
  }
}

/** Makes the baths of a declaration, in the order in which `declareBaths` numbered them. */
export function elaborateBath(declaration: BathDeclaration, elaboration: Elaboration): void {
  const { name, index } = declaration.declared;
  if (!index) {
    elaboration.baths.push(bathFrom(declaration, name.text, GLOBAL_SCOPE, elaboration));
    return;
  }
  const array = elaboration.memo.get(`value ${name.ascii}`);
  const indices = array !== "busy" && array?.kind === "array" ? array.indices : [];
  for (const place of indices) {
    const scope = indexScope(index, place);
    elaboration.baths.push(bathFrom(declaration, `${name.text}[${place}]`, scope, elaboration));
  }
}

function bathFrom(declaration: BathDeclaration, name: string, scope: Scope, elaboration: Elaboration): Bath {
  const kind = bathKind(declaration, elaboration);
  const settings = settingsOf(declaration, kind, elaboration);
  const real = (setting: Setting | undefined) => setting && realOf(setting.value, scope, elaboration)?.node;
  const beta = real(settings.get("beta"));
  const mu = real(settings.get("mu"));
  const role = roleOf(settings.get("role"), elaboration);
  checkContent(declaration, kind, settings, elaboration);
  const spectrum = settings.get("spectrum");
  return {
    name,
    kind,
    ...(beta && { beta }),
    ...(mu && { mu }),
    ...(role && { role }),
    spectralDensity: spectrum
      ? (spectralDensity(spectrum.value, symbol(FREQUENCY), scope, elaboration) ?? number(1))
      : number(1),
    couplings: operators(declaration.couplings, scope, elaboration),
    jumps: operators(declaration.jumps, scope, elaboration),
    span: declaration.declared.name.span,
  };
}

function bathKind({ bathKind: kind }: BathDeclaration, { report }: Elaboration): BathKind {
  const known = BATH_KINDS.find((k) => k === kind.ascii);
  if (known) return known;
  const near = nearestName(kind.text, BATH_KINDS);
  report("E208", kind.span, `unknown kind of bath '${kind.text}'; there are ${BATH_KINDS.join(", ")}`, {
    fix: near && `did you mean '${near}'?`,
  });
  return "bosonic";
}

const SETTINGS: Readonly<Record<BathKind, readonly string[]>> = {
  bosonic: ["beta", "role", "spectrum"],
  fermionic: ["beta", "mu", "role", "spectrum"],
  jumps: ["beta", "role"],
};

const SETTING_SPELLING: Readonly<Record<string, string>> = { beta: "β", mu: "μ" };

function settingsOf(
  { settings }: BathDeclaration,
  kind: BathKind,
  { report }: Elaboration,
): Map<string, Setting> {
  const found = new Map<string, Setting>();
  for (const setting of settings) {
    const { name } = setting;
    if (!SETTINGS[kind].includes(name.ascii)) {
      const known = SETTINGS[kind].map((s) => SETTING_SPELLING[s] ?? s);
      const fix = name.ascii === "T" ? "write β = 1/T" : undefined;
      report(
        "E213",
        name.span,
        `a bath of kind ${kind} has no setting '${name.text}'; it has ${known.join(", ")}`,
        { fix },
      );
    } else if (found.has(name.ascii)) report("E213", name.span, `'${name.text}' is set twice`);
    else found.set(name.ascii, setting);
  }
  return found;
}

function roleOf(setting: Setting | undefined, { report }: Elaboration): Role | undefined {
  if (!setting) return undefined;
  const { value } = setting;
  const role = value.kind === "name" ? ROLES.find((r) => r === value.name.ascii) : undefined;
  if (!role) report("E213", value.span, `a role is one of ${ROLES.join(", ")}`);
  return role;
}

function checkContent(
  declaration: BathDeclaration,
  kind: BathKind,
  settings: ReadonlyMap<string, Setting>,
  { report }: Elaboration,
): void {
  const { name } = declaration.declared;
  const wrong = kind === "jumps" ? declaration.couplings[0] : declaration.jumps[0];
  if (wrong) {
    const [has, hasNot] = kind === "jumps" ? ["jump", "couples"] : ["couples", "jump"];
    report("E213", wrong.span, `a bath of kind ${kind} is described by '${has}', not by '${hasNot}'`);
  }
  if ((kind === "jumps" ? declaration.jumps : declaration.couplings).length === 0 && !wrong) {
    const fix = kind === "jumps" ? "add: jump O" : "add: couples c*A";
    report("E219", name.span, `the bath '${name.text}' does not touch anything`, { fix });
  }
  const isMistyped = declaration.settings.length > settings.size;
  if (kind !== "jumps" && !settings.has("beta") && !isMistyped) {
    report("E214", name.span, `the bath '${name.text}' needs an inverse temperature`, { fix: "add: β = …" });
  }
}

const operators = (list: readonly Expression[], scope: Scope, elaboration: Elaboration): BathOperator[] =>
  list.flatMap((expression) => {
    const operator = operatorOf(expression, scope, elaboration);
    return operator ? [{ operator, span: expression.span }] : [];
  });

import { type DerivedModel, deriveEquations } from "./equation/derive.ts";
import { MODEL_CODES } from "./model/codes.ts";
import { elaborate } from "./model/elaborate.ts";
import type { Model } from "./model/model.ts";
import { resolveUses } from "./model/uses.ts";
import { createReporter, type Diagnostic, hasErrors } from "./source/diagnostic.ts";
import type { SourceFile } from "./source/span.ts";
import type { Declaration, Expression, ModelFile } from "./syntax/ast.ts";
import { createParse } from "./syntax/parse.ts";
import { checkMeans } from "./thermo/check-means.ts";
import { METHODS, VOCABULARY } from "./vocabulary.ts";

/** What is asked of a compilation besides the model's text. */
export interface CompileOptions {
  /** `NAME=VALUE` pairs as typed; VALUE is an expression over other parameters. */
  readonly sets: readonly string[];
  /** Further quantities, as expressions as typed. */
  readonly quantities: readonly string[];
  /** Operators to derive equations of motion for, as typed. */
  readonly operators?: readonly string[];
  /** Text of a used file, by its path relative to the directory of the model file; undefined if it cannot be read. */
  readonly readLibrary: (path: string) => string | undefined;
}

/** Everything that is known of a model before it is solved. */
export interface Compiled {
  readonly ast: ModelFile;
  readonly model: Model;
  /** The texts that the spans of diagnostics refer to, by `SourceFile.name`. */
  readonly sources: readonly SourceFile[];
  readonly diagnostics: readonly Diagnostic[];
  /** Absent where there are errors. */
  readonly derived?: DerivedModel;
}

/**
 * The compiler as a recipe:
 *
 *     text ─parse→ ModelFile ─resolveUses→ ModelFile with libraries ─elaborate→ Model ─deriveEquations→ DerivedModel
 *
 * `runSteady` goes on from there: ─lowerEquation→ Generator ─steadyState→ SteadyState ─QUANTITIES→ Results.
 * Every phase goes on after an error, so that one run reports many.
 */
export function compile(source: SourceFile, options: CompileOptions): Compiled {
  const parse = createParse();
  const parsed = parse(source);
  const used = resolveUses(parsed.value, source, { read: options.readLibrary, parse });
  const asked = parseAsked(options, parse);
  const overrides = new Map([...used.value.settings, ...asked.overrides]);
  const syntax = [...parsed.diagnostics, ...used.diagnostics, ...asked.diagnostics];
  const elaborated = elaborate(used.value.file, VOCABULARY, {
    overrides,
    quantities: asked.quantities,
    operators: asked.operators,
  });
  const known = [...syntax, ...elaborated.diagnostics];
  const sources = [...used.value.sources, ...asked.sources];
  const base = { ast: parsed.value, model: elaborated.value, sources };
  if (hasErrors(known)) return { ...base, diagnostics: withoutConsequences(syntax, elaborated.diagnostics) };
  const derived = deriveEquations(elaborated.value, METHODS);
  const diagnostics = [...known, ...derived.diagnostics, ...checkMeans(derived.value)];
  return hasErrors(diagnostics) ? { ...base, diagnostics } : { ...base, diagnostics, derived: derived.value };
}

/**
 * Where the text itself has errors, statements are missing, and what the model then lacks (unknown names, parts that
 * are not there, unused parameters) says nothing new: only the errors of other kinds are kept.
 */
function withoutConsequences(syntax: readonly Diagnostic[], model: readonly Diagnostic[]): Diagnostic[] {
  const ofMissing = ["E201", "E219", "E226", "W201", "W202", "W204", "W205"];
  return hasErrors(syntax)
    ? [...syntax, ...model.filter((d) => !ofMissing.includes(d.code))]
    : [...syntax, ...model];
}

interface Asked {
  readonly overrides: ReadonlyMap<string, Expression>;
  readonly quantities: readonly Expression[];
  readonly operators: readonly Expression[];
  readonly sources: readonly SourceFile[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The expressions of the command line, read by the same parser as a model's, as if they stood in one: `let NAME=VALUE`.
 * What messages show instead has the same length, so that the places agree.
 */
function parseAsked(
  { sets, quantities, operators = [] }: CompileOptions,
  parse: ReturnType<typeof createParse>,
): Asked {
  const overrides = new Map<string, Expression>();
  const asked: Expression[] = [];
  const sources: SourceFile[] = [];
  const { diagnostics, report } = createReporter(MODEL_CODES);
  const known: Diagnostic[] = [];
  const read = (option: string, declaring: string, text: string): Declaration | undefined => {
    const name = sources.length === 0 ? "command line" : `command line, option ${sources.length + 1}`;
    sources.push({ name, text: `${option}${text}` });
    const { value, diagnostics: found } = parse({ name, text: declaring + text });
    known.push(...found);
    if (value.declarations.length > 1) {
      report(
        "E227",
        value.declarations[1]!.span,
        `${option.trim()} takes one expression; give each its own ${option.trim()}`,
      );
    }
    return value.declarations[0];
  };
  for (const set of sets) {
    const declaration = read("--set ", "let   ", set);
    if (declaration?.kind === "let") overrides.set(declaration.declared.name.ascii, declaration.value);
  }
  for (const quantity of quantities) {
    const declaration = read("--quantity ", "quantity a=", quantity);
    if (declaration?.kind === "quantity") asked.push(declaration.value);
  }
  const moments: Expression[] = [];
  for (const operator of operators) {
    const declaration = read("--of d<", "let aa=", operator);
    if (declaration?.kind === "let") moments.push(declaration.value);
  }
  return {
    overrides,
    quantities: asked,
    operators: moments,
    sources,
    diagnostics: [...known, ...diagnostics],
  };
}

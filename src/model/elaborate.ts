import { number } from "../scalar/scalar.ts";
import { createReporter, hasErrors, type Outcome, type Reporter } from "../source/diagnostic.ts";
import type { Declaration, Expression, ModelFile } from "../syntax/ast.ts";
import { asOperator } from "./arithmetic.ts";
import { declareBaths, elaborateBath } from "./baths.ts";
import { checkConstants } from "./check-constants.ts";
import { checkExperiments } from "./check-experiments.ts";
import { checkValues } from "./check-values.ts";
import { checkUsage, cutCycles } from "./checks.ts";
import { MODEL_CODES, type ModelCode } from "./codes.ts";
import { type Elaboration, GLOBAL_SCOPE } from "./elaboration.ts";
import { elaborateEquation } from "./equations.ts";
import { elaborateEvolution } from "./evolutions.ts";
import { checkExperiment } from "./experiments.ts";
import { expressionText } from "./expression-text.ts";
import { evaluateExpression } from "./expressions.ts";
import { elaborateHamiltonian } from "./hamiltonian.ts";
import { checkUncalled } from "./mentioned-names.ts";
import type { AskedOperator, Model, Parameter, Quantity } from "./model.ts";
import type { ModelReport } from "./model-report.ts";
import { elaborateQuantities, quantityFrom } from "./quantities.ts";
import { elaborateState } from "./states.ts";
import { elaborateSubsystems } from "./subsystems.ts";
import { elaborateSweep } from "./sweeps.ts";
import { collectNames } from "./symbol-table.ts";
import { describeValue } from "./value.ts";
import { elaborateVariant } from "./variants.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** What is asked of a model besides its text. */
export interface Elaborated {
  /** By ASCII name: expressions that replace defaults of parameters (`--set`). */
  readonly overrides: ReadonlyMap<string, Expression>;
  /** Further quantities (`--quantity`). */
  readonly quantities: readonly Expression[];
  /** Operators to derive equations for (`--of d<O>/dt`). */
  readonly operators: readonly Expression[];
}

/**
 * Binds the names of a model file (with what it uses already merged in, see `resolveUses`), checks types, bounds and
 * temperatures, and unrolls arrays and sums.
 */
export function elaborate(file: ModelFile, vocabulary: Vocabulary, asked: Elaborated): Outcome<Model> {
  const reporter = sayingOnce(createReporter(MODEL_CODES));
  const elaboration = newElaboration(file.declarations, vocabulary, asked, reporter.report);
  const of = declarationsOf(file.declarations);
  for (const d of of("subsystem")) elaborateSubsystems(d, elaboration);
  declareBaths(of("bath"), elaboration);
  for (const name of elaboration.names.values.values()) {
    const isValue = name.kind === "parameter" || (name.kind === "let" && !name.declaration.parameters);
    if (isValue) touch(name.name.ascii, elaboration);
  }
  const { hamiltonian, frame } = elaborateHamiltonian(of("hamiltonian"), elaboration);
  for (const d of of("bath")) elaborateBath(d, elaboration);
  for (const d of of("equation")) elaboration.equations.push(elaborateEquation(d, elaboration));
  for (const d of of("variant")) elaboration.variants.push(elaborateVariant(d, elaboration));
  elaborateQuantities(of("quantity"), elaboration);
  elaborateAsked(asked.quantities, elaboration);
  const operators = asked.operators.flatMap((expression) => askedOperator(expression, elaboration));
  checkUncalled(file.declarations, elaboration);
  const states = of("state").flatMap((d) => elaborateState(d, elaboration) ?? []);
  // what an experiment records is evaluated only where its names are right, or they would be said twice
  const experiments = of("experiment").filter((d) => {
    const before = reporter.diagnostics.length;
    checkExperiment(d, elaboration);
    return reporter.diagnostics.length === before;
  });
  const sweeps = experiments.flatMap((d) => elaborateSweep(d, elaboration) ?? []);
  const evolutions = experiments.flatMap((d) => elaborateEvolution(d, elaboration) ?? []);
  cutCycles(elaboration);
  const model = assemble(file, { hamiltonian, frame, operators, states, sweeps, evolutions }, elaboration);
  checkOverrides(asked, elaboration);
  checkParts(file, model, elaboration);
  checkConstants(model, reporter.report);
  checkValues(model, reporter.report);
  checkExperiments(model, reporter.report);
  if (!hasErrors(reporter.diagnostics)) checkUsage(model, elaboration);
  return { value: model, diagnostics: reporter.diagnostics };
}

/** What is wrong with the body of a function or an array is found wherever that is used, and is the same each time. */
function sayingOnce(reporter: Reporter<ModelCode>): Reporter<ModelCode> {
  const said = new Set<string>();
  const report: ModelReport = (code, span, message, more) => {
    const key = `${code} ${span.file} ${span.start} ${message}`;
    if (!said.has(key)) reporter.report(code, span, message, more);
    said.add(key);
  };
  return { diagnostics: reporter.diagnostics, report };
}

const declarationsOf =
  (declarations: readonly Declaration[]) =>
  <K extends Declaration["kind"]>(kind: K) =>
    declarations.filter((d): d is Declaration & { kind: K } => d.kind === kind);

function newElaboration(
  declarations: readonly Declaration[],
  vocabulary: Vocabulary,
  asked: Elaborated,
  report: Elaboration["report"],
): Elaboration {
  return {
    vocabulary,
    report,
    evaluate: evaluateExpression,
    names: collectNames(declarations, report),
    overrides: asked.overrides,
    parameters: [],
    subsystems: [],
    baths: [],
    equations: [],
    variants: [],
    quantities: [],
    memo: new Map(),
    quantityMemo: new Map(),
    unrolled: 0,
    elements: 0,
    depth: 0,
    calls: 0,
    extents: new WeakMap(),
    used: new Set(),
  };
}

/** Makes a declared value (and the elements of an array) without counting as a use of it. */
function touch(ascii: string, elaboration: Elaboration): void {
  const wasUsed = elaboration.used.has(ascii);
  const name = elaboration.names.values.get(ascii)!.name;
  const value = elaboration.evaluate({ kind: "name", name, span: name.span }, GLOBAL_SCOPE, elaboration);
  if (value.kind === "array") for (const place of value.indices) value.element(place);
  if (!wasUsed) elaboration.used.delete(ascii);
}

function elaborateAsked(expressions: readonly Expression[], elaboration: Elaboration): void {
  for (const expression of expressions) {
    const text = expressionText(expression, elaboration);
    if (elaboration.quantities.some((q) => q.name === text)) continue;
    const quantity = quantityFrom({ value: expression }, text, GLOBAL_SCOPE, elaboration);
    if (quantity) elaboration.quantities.push(quantity);
  }
}

function askedOperator(expression: Expression, elaboration: Elaboration): AskedOperator[] {
  const value = elaboration.evaluate(expression, GLOBAL_SCOPE, elaboration);
  if (value.kind === "unknown") return [];
  const operator = value.kind === "operator" ? asOperator(value) : undefined;
  if (operator) return [{ text: expressionText(expression, elaboration), operator, span: expression.span }];
  elaboration.report("E204", expression.span, `an operator is needed, and this is ${describeValue(value)}`);
  return [];
}

function assemble(
  file: ModelFile,
  asked: Pick<Model, "hamiltonian" | "frame" | "operators" | "states" | "sweeps" | "evolutions">,
  elaboration: Elaboration,
): Model {
  const parameters = elaboration.parameters.map(
    (draft): Parameter => ({ ...draft, value: draft.value ?? number(Number.NaN) }),
  );
  const description = file.header?.description?.text;
  return {
    name: file.header?.name.text ?? "model",
    ...(description !== undefined && { description }),
    parameters,
    subsystems: elaboration.subsystems,
    ...asked,
    baths: elaboration.baths,
    equations: elaboration.equations,
    variants: elaboration.variants,
    quantities: elaboration.quantities as Quantity[],
    experiments: [...elaboration.names.experiments.values()].map((e) => e.name.text),
  };
}

function checkOverrides({ overrides }: Elaborated, elaboration: Elaboration): void {
  for (const [ascii, expression] of overrides) {
    const entry = elaboration.names.values.get(ascii);
    if (entry?.kind === "parameter" && !entry.declaration.declared.index) continue;
    const known = [...elaboration.names.values.values()]
      .filter((e) => e.kind === "parameter")
      .map((e) => e.name.text);
    const what = entry ? "is not a parameter" : "is unknown";
    elaboration.report(
      "E201",
      expression.span,
      `--set replaces parameters, and '${ascii}' ${what}; ${known.length === 0 ? "the model has none" : `there are ${known.join(", ")}`}`,
    );
  }
}

/** A version that is not ours, and parts that every model needs. */
function checkParts(file: ModelFile, model: Model, { report }: Elaboration): void {
  if (file.version && file.version.text !== "1") {
    report(
      "E226",
      file.version.span,
      `this program knows version 1 of the language, not ${file.version.text}`,
    );
  }
  const at = file.header?.name.span ?? { ...file.span, end: file.span.start };
  const has = (kind: Declaration["kind"]) => file.declarations.some((d) => d.kind === kind);
  if (!file.header) report("E219", at, "the file declares no model", { fix: "begin with: model name" });
  if (!has("subsystem"))
    report("E219", at, "the model has no subsystem", { fix: "add: subsystem q : qubit" });
  if (!has("hamiltonian"))
    report("E219", at, "the model has no Hamiltonian", { fix: "add: hamiltonian { free … }" });
  if (!has("equation")) {
    const fix = model.baths.length
      ? `add: equation weak { local ${model.baths.map((b) => b.name).join(", ")} }`
      : undefined;
    report("E219", at, "the model has no equation", { fix });
  }
}

import type { Span } from "../source/span.ts";

/**
 * The abstract syntax of a model file. Every node has a span in the text as the user wrote it; names keep the
 * user's spelling (NFC, letter variants unified). Plain data: it prints as JSON and knows no meaning.
 */
interface Node {
  readonly span: Span;
}

/** A name where it is declared or used. `text` is normalised (see `normaliseName`), `ascii` is what names are compared by. */
export interface Identifier extends Node {
  readonly text: string;
  readonly ascii: string;
}

/** A description in quotes, without them. */
export interface Description extends Node {
  readonly text: string;
}

// ───────────────────────────── expressions

export type Expression =
  | NumberLiteral
  | NameExpression
  | ConstantExpression
  | MemberExpression
  | IndexExpression
  | CallExpression
  | MatrixUnitExpression
  | KetExpression
  | DaggerExpression
  | UnaryExpression
  | BinaryExpression
  | RangeExpression
  | ListExpression
  | GroupExpression
  | HermitianConjugateExpression
  | SumExpression;

/** `0.5`, `5e-5`; `text` keeps the digits, so that exact arithmetic can read them. */
export interface NumberLiteral extends Node {
  readonly kind: "number";
  readonly text: string;
}

export interface NameExpression extends Node {
  readonly kind: "name";
  readonly name: Identifier;
}

/** The reserved words that are values: `i`, `pi` (π), `inf` (∞), `time`, `all`. */
export interface ConstantExpression extends Node {
  readonly kind: "constant";
  readonly name: "i" | "pi" | "inf" | "time" | "all";
}

/** `q1.σz`, `swapped.heat` (the call is around it). */
export interface MemberExpression extends Node {
  readonly kind: "member";
  readonly object: Expression;
  readonly member: Identifier;
}

/** `q[1]`; one index. */
export interface IndexExpression extends Node {
  readonly kind: "index";
  readonly object: Expression;
  readonly index: Expression;
}

/** `exp(x)`, `ohmic(cutoff = 5)`, `swapped.heat(cold)`. */
export interface CallExpression extends Node {
  readonly kind: "call";
  readonly callee: Expression;
  readonly arguments: readonly Argument[];
}

/** An argument, positional or `name = value`. */
export interface Argument extends Node {
  readonly name?: Identifier;
  readonly value: Expression;
}

/** `atom.|x><e|`, or `|n-1><n|` inside a kind (no object). Labels are numbers, words or integer expressions. */
export interface MatrixUnitExpression extends Node {
  readonly kind: "matrixUnit";
  readonly object?: Expression;
  readonly row: readonly Expression[];
  readonly column: readonly Expression[];
}

/** `|0>`, `|up, down>`. */
export interface KetExpression extends Node {
  readonly kind: "ket";
  readonly labels: readonly Expression[];
}

/** `A†`. */
export interface DaggerExpression extends Node {
  readonly kind: "dagger";
  readonly operand: Expression;
}

export interface UnaryExpression extends Node {
  readonly kind: "unary";
  readonly operator: "-" | "not";
  readonly operand: Expression;
}

export type BinaryOperator =
  | "+"
  | "-"
  | "*"
  | "/"
  | "^"
  | "=="
  | "!="
  | "<"
  | "<="
  | ">"
  | ">="
  | "and"
  | "or";

export interface BinaryExpression extends Node {
  readonly kind: "binary";
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}

/** `a..b`. */
export interface RangeExpression extends Node {
  readonly kind: "range";
  readonly from: Expression;
  readonly to: Expression;
}

/** `[0.01, 0.03]`. */
export interface ListExpression extends Node {
  readonly kind: "list";
  readonly items: readonly Expression[];
}

/** `( … )`; kept, because `h.c.` speaks of the other summands of its parenthesis. */
export interface GroupExpression extends Node {
  readonly kind: "group";
  readonly inner: Expression;
}

/** `h.c.` */
export interface HermitianConjugateExpression extends Node {
  readonly kind: "hc";
}

/** `sum(j in 1..N) body`; inside a kind also `sum(n) body`, over the whole basis. The body is the product that follows. */
export interface SumExpression extends Node {
  readonly kind: "sum";
  readonly variable: Identifier;
  readonly domain?: Expression;
  readonly body: Expression;
}

// ───────────────────────────── declarations

/** `[1..N]` or `[j in 1..N]` after a declared name. */
export interface IndexDeclaration extends Node {
  readonly variable?: Identifier;
  readonly domain: Expression;
}

/** A declared name, perhaps with an index. */
export interface DeclaredName extends Node {
  readonly name: Identifier;
  readonly index?: IndexDeclaration;
}

/** `name = value`, in braces: settings of a bath, a method, a variant, an experiment. */
export interface Setting extends Node {
  readonly name: Identifier;
  readonly value: Expression;
}

export interface ModelFile extends Node {
  /** `thermill 1` */
  readonly version?: NumberLiteral;
  readonly header?: ModelHeader;
  readonly declarations: readonly Declaration[];
}

/** `model name "description"` or `model name = base with { … }`. */
export interface ModelHeader extends Node {
  readonly name: Identifier;
  readonly description?: Description;
  readonly base?: { readonly name: Identifier; readonly settings: readonly Setting[] };
}

export type Declaration =
  | UseDeclaration
  | ParameterDeclaration
  | LetDeclaration
  | KindDeclaration
  | SpectrumDeclaration
  | SubsystemDeclaration
  | HamiltonianDeclaration
  | BathDeclaration
  | EquationDeclaration
  | VariantDeclaration
  | QuantityDeclaration
  | StateDeclaration
  | ExperimentDeclaration;

/** `use "lib/spectra.thermill"` */
export interface UseDeclaration extends Node {
  readonly kind: "use";
  readonly path: Description;
}

/** `parameter N : integer = 4 in 2..10 "sites"`; the domain is a range or a list. */
export interface ParameterDeclaration extends Node {
  readonly kind: "parameter";
  readonly declared: DeclaredName;
  /** The word after the colon, e.g. `integer`; absent for real parameters. */
  readonly type?: Identifier;
  readonly value: Expression;
  readonly domain?: Expression;
  readonly description?: Description;
}

/** `let E = …`, `let f(x) = …`, `let B[j in 1..N] = …`. */
export interface LetDeclaration extends Node {
  readonly kind: "let";
  readonly declared: DeclaredName;
  /** The arguments of a function; absent (not empty) for a value. */
  readonly parameters?: readonly Identifier[];
  readonly value: Expression;
  readonly description?: Description;
}

/** `kind kerr(K) { basis n in 0..inf; operator b = … }` */
export interface KindDeclaration extends Node {
  readonly kind: "kind";
  readonly name: Identifier;
  readonly parameters: readonly Identifier[];
  readonly description?: Description;
  readonly bases: readonly BasisDeclaration[];
  readonly operators: readonly OperatorDeclaration[];
}

/** `basis n in 0..inf` */
export interface BasisDeclaration extends Node {
  readonly variable: Identifier;
  readonly domain: Expression;
}

/** `operator b = …` inside a kind. */
export interface OperatorDeclaration extends Node {
  readonly name: Identifier;
  readonly value: Expression;
  readonly description?: Description;
}

/** `spectrum name(ω, a, b) = …`; the first parameter is the frequency. */
export interface SpectrumDeclaration extends Node {
  readonly kind: "spectrum";
  readonly name: Identifier;
  readonly parameters: readonly Identifier[];
  readonly value: Expression;
  readonly description?: Description;
}

/** `subsystem q1, q2 : qubit`, `subsystem m : oscillator(n in 0..19)`. */
export interface SubsystemDeclaration extends Node {
  readonly kind: "subsystem";
  readonly declared: readonly DeclaredName[];
  readonly subsystemKind: Identifier;
  readonly arguments: readonly Argument[];
  /** `n in 0..19`: the levels kept; absent means automatic. */
  readonly window?: { readonly variable: Identifier; readonly domain: Expression; readonly span: Span };
  readonly description?: Description;
}

export interface HamiltonianDeclaration extends Node {
  readonly kind: "hamiltonian";
  readonly terms: readonly HamiltonianTerm[];
}

/** `free …`, `interaction label : …`, `drive …`, `frame …`. */
export interface HamiltonianTerm extends Node {
  readonly role: "free" | "interaction" | "drive" | "frame";
  readonly label?: Identifier;
  readonly value: Expression;
}

/** `bath cold : bosonic { … }` */
export interface BathDeclaration extends Node {
  readonly kind: "bath";
  readonly declared: DeclaredName;
  readonly bathKind: Identifier;
  readonly settings: readonly Setting[];
  /** Each `couples c*A`. */
  readonly couplings: readonly Expression[];
  /** Each `jump O`. */
  readonly jumps: readonly Expression[];
  readonly description?: Description;
}

/** `equation name { local cold, hot; jumps load }` */
export interface EquationDeclaration extends Node {
  readonly kind: "equation";
  readonly name: Identifier;
  readonly clauses: readonly EquationClause[];
  readonly description?: Description;
}

/** `global cold, hot with { … }`: a method and the baths (names, or `b[1]`) it treats. */
export interface EquationClause extends Node {
  readonly method: Identifier;
  readonly baths: readonly Expression[];
  readonly settings: readonly Setting[];
}

/** `variant swapped { β1 = β2; β2 = β1 }` */
export interface VariantDeclaration extends Node {
  readonly kind: "variant";
  readonly name: Identifier;
  readonly settings: readonly Setting[];
  readonly description?: Description;
}

/** `quantity η = … when …`, `quantity Γ(α) = …`, `quantity current[j in 1..N-1] = …`. */
export interface QuantityDeclaration extends Node {
  readonly kind: "quantity";
  readonly declared: DeclaredName;
  readonly parameters?: readonly Identifier[];
  readonly value: Expression;
  readonly condition?: Expression;
  readonly description?: Description;
}

/** `state start { q1 = thermal(β1); r = |0> }` or `state s = steady(collisions)`. */
export interface StateDeclaration extends Node {
  readonly kind: "state";
  readonly name: Identifier;
  readonly value?: Expression;
  readonly assignments: readonly StateAssignment[];
  readonly description?: Description;
}

/** `q1, q2 = …` */
export interface StateAssignment extends Node {
  readonly targets: readonly Expression[];
  readonly value: Expression;
}

export interface ExperimentDeclaration extends Node {
  readonly kind: "experiment";
  readonly name: Identifier;
  readonly description?: Description;
  readonly clauses: readonly ExperimentClause[];
}

export type ExperimentClause =
  | SteadyClause
  | EvolveClause
  | WithClause
  | SweepClause
  | RecordClause
  | PlotClause
  | MarkClause
  | OptimiseClause
  | FindClause;

/** `steady weak, strong` */
export interface SteadyClause extends Node {
  readonly kind: "steady";
  readonly equations: readonly Identifier[];
}

/** `evolve collisions from start over time in logarithmic(0.1, 2e5, 200) within 1e-8 by krylov` */
export interface EvolveClause extends Node {
  readonly kind: "evolve";
  readonly equations: readonly Identifier[];
  readonly from: Identifier;
  readonly times: Expression;
  readonly tolerance?: Expression;
  readonly route?: Identifier;
}

/** `with { β2 = 0.8*β1 }` */
export interface WithClause extends Node {
  readonly kind: "with";
  readonly settings: readonly Setting[];
}

/** `sweep β2 in linear(a, b, 89)` */
export interface SweepClause extends Node {
  readonly kind: "sweep";
  readonly parameter: Expression;
  readonly values: Expression;
}

/** `record heat(cold), work` */
export interface RecordClause extends Node {
  readonly kind: "record";
  readonly quantities: readonly Expression[];
}

/** `plot y1, y2 against x by z`; `population(r) by time` has no `against`. */
export interface PlotClause extends Node {
  readonly kind: "plot";
  readonly ordinates: readonly Expression[];
  readonly against: readonly Expression[];
  readonly by?: Expression;
  readonly description?: Description;
}

/** `mark y against x on experiment` */
export interface MarkClause extends Node {
  readonly kind: "mark";
  readonly ordinate: Expression;
  readonly against: Expression;
  readonly on: Identifier;
}

/** `maximise X over χ in 0..1, …` */
export interface OptimiseClause extends Node {
  readonly kind: "maximise" | "minimise";
  readonly objective: Expression;
  readonly over: readonly { readonly parameter: Expression; readonly domain: Expression }[];
}

/** `find work == 0 over β2 in a..b` */
export interface FindClause extends Node {
  readonly kind: "find";
  readonly condition: Expression;
  readonly parameter: Expression;
  readonly domain: Expression;
}

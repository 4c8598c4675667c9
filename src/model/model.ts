import type { EvolutionRoute } from "../numerics/evolution-route.ts";
import type { Scalar } from "../scalar/scalar.ts";
import type { Span } from "../source/span.ts";
import type { Expression } from "../syntax/ast.ts";
import type { OperatorExpression } from "./operator-expression.ts";
import type { StateDefinition } from "./state.ts";
import type { SubsystemKind } from "./subsystem-kind.ts";
import type { BathKind } from "./vocabulary.ts";

/**
 * A model file with every name bound, types checked, arrays and sums unrolled. Plain data; units ħ = k_B = 1.
 * Scalars are expressions in the symbols of `parameters`.
 */
export interface Model {
  readonly name: string;
  readonly description?: string;
  /** As declared; `orderParameters` says in which order to evaluate them. */
  readonly parameters: readonly Parameter[];
  readonly subsystems: readonly Subsystem[];
  readonly hamiltonian: readonly HamiltonianTerm[];
  /** The summands of G of the rotating frame e^{iGt} in which the Hamiltonian is constant; mostly none. */
  readonly frame: readonly FrameTerm[];
  readonly baths: readonly Bath[];
  readonly equations: readonly Equation[];
  readonly variants: readonly Variant[];
  readonly quantities: readonly Quantity[];
  /** Operators that a derivation was asked for; they belong to no statement of the file. */
  readonly operators: readonly AskedOperator[];
  readonly states: readonly StateDefinition[];
  /** Among the experiments those that look for steady states over a grid. */
  readonly sweeps: readonly SweepDefinition[];
  /** Evolutions in time among the experiments. */
  readonly evolutions: readonly EvolutionDefinition[];
  /** The names of all experiments; those without `evolve` are read and their names checked. */
  readonly experiments: readonly string[];
}

/**
 * A parameter, a derived (`let`) real value, or `time` itself, which is one where the model mentions it: its value is 0
 * until an evolution gives it another.
 */
export interface Parameter {
  /** The symbol that stands for it in scalars: `p3`. */
  readonly symbol: string;
  readonly name: string;
  readonly role: "parameter" | "derived" | "time";
  readonly type: "real" | "integer";
  /** Default (or definition), an expression in other parameters. */
  readonly value: Scalar;
  readonly domain?: Domain;
  readonly description?: string;
  readonly span: Span;
}

/** The values that a parameter may take. */
export type Domain =
  | { readonly kind: "interval"; readonly from: Scalar; readonly to: Scalar }
  | { readonly kind: "list"; readonly values: readonly Scalar[] };

export interface Subsystem {
  readonly name: string;
  readonly kind: SubsystemKind;
  /** First and last level kept, where the model states them; absent means automatic (or a finite basis). */
  readonly window?: { readonly from: number; readonly to: number };
  readonly span: Span;
}

export interface HamiltonianTerm {
  readonly role: "free" | "interaction" | "drive";
  readonly label?: string;
  readonly operator: OperatorExpression;
  readonly span: Span;
}

export interface FrameTerm {
  /** As the model writes it. */
  readonly text: string;
  readonly operator: OperatorExpression;
  readonly span: Span;
}

/** An operator as typed, e.g. in `--of "d<q1.σz>/dt"`. */
export interface AskedOperator {
  readonly text: string;
  readonly operator: OperatorExpression;
  readonly span: Span;
}

export type Role = "cold" | "hot" | "load";
export const ROLES: readonly Role[] = ["cold", "hot", "load"];

export interface Bath {
  readonly name: string;
  readonly kind: BathKind;
  /** Inverse temperature; absent only for `jumps` without a temperature label. */
  readonly beta?: Scalar;
  /** Chemical potential, of fermionic baths only; absent means zero. */
  readonly mu?: Scalar;
  readonly role?: Role;
  /** J as an expression in the symbol `w` (the frequency) and parameters. */
  readonly spectralDensity: Scalar;
  readonly couplings: readonly BathOperator[];
  readonly jumps: readonly BathOperator[];
  readonly span: Span;
}

/** The symbol for the frequency in spectral densities. */
export const FREQUENCY = "w";

/** The symbol for the largest Bohr frequency of the truncated Hamiltonian in spectral densities. */
export const LARGEST_FREQUENCY = "wmax";

/** One `couples` or `jump`, amplitude included. */
export interface BathOperator {
  readonly operator: OperatorExpression;
  readonly span: Span;
}

export interface Equation {
  readonly name: string;
  readonly clauses: readonly EquationClause[];
  readonly span: Span;
}

export interface EquationClause {
  readonly method: string;
  /** J in the place of the baths' own, where the clause gives one. */
  readonly spectralDensity?: Scalar;
  /** Whether a method between eigenstates of H adds the Lamb shift. */
  readonly lambShift?: boolean;
  /** The relative tolerance within which such a method takes levels and frequencies as equal. */
  readonly tolerance?: number;
  /** τ, how long each collision lasts, and the levels of its ancillas where they are stated. */
  readonly duration?: Scalar;
  readonly ancillaLevels?: number;
  /** Places in `Model.baths`. */
  readonly baths: readonly number[];
  readonly span: Span;
}

/** A simultaneous replacement of parameters. */
export interface Variant {
  readonly name: string;
  readonly settings: readonly { readonly parameter: number; readonly value: Scalar; readonly span: Span }[];
}

/** A quantity that a model (or a command line) defines. */
export interface Quantity {
  readonly name: string;
  /** An expression in parameters and in the symbols of `atoms`. */
  readonly value: Scalar;
  /** Where given, the quantity is undefined unless this holds. */
  readonly condition?: Scalar;
  /** `when …` in the model's words, for the reason why it is undefined. */
  readonly conditionText?: string;
  readonly atoms: readonly QuantityAtom[];
  readonly description?: string;
}

/** A part of a quantity that must be reported on before it can be calculated with. */
export interface QuantityAtom {
  /** Its symbol in the quantity's scalars: `q0`. */
  readonly symbol: string;
  /** As the model writes it: `swapped.heat(cold)`. */
  readonly text: string;
  /** The names of variants and equations before it, outermost first. */
  readonly path: readonly PathStep[];
  readonly target: QuantityTarget;
  readonly span: Span;
}

export type PathStep =
  | { readonly kind: "variant"; readonly variant: number }
  | { readonly kind: "equation"; readonly equation: number };

export type QuantityTarget =
  | { readonly kind: "standard"; readonly name: string; readonly operand: QuantityOperandValue }
  | { readonly kind: "defined"; readonly quantity: Quantity }
  | { readonly kind: "parameter"; readonly parameter: number };

export type QuantityOperandValue =
  | { readonly kind: "none" }
  | { readonly kind: "bath"; readonly bath: number }
  | { readonly kind: "variant"; readonly variant: number }
  | { readonly kind: "operator"; readonly operator: OperatorExpression; readonly part?: "re" | "im" }
  /** Places in `Model.subsystems`, ascending; all of them for `all`. */
  | { readonly kind: "part"; readonly subsystems: readonly number[]; readonly isWhole: boolean };

/** Steady states that an experiment asks for, over a grid of parameters. */
export interface SweepDefinition {
  readonly name: string;
  readonly description?: string;
  readonly span: Span;
  /** Places in `Model.equations`. */
  readonly equations: readonly number[];
  readonly settings: Variant["settings"];
  /** The first runs slowest. */
  readonly axes: readonly SweepAxis[];
  readonly quantities: readonly Quantity[];
  /** What is looked for at each point of the grid. */
  readonly searches: readonly SearchDefinition[];
  readonly plots: readonly PlotDefinition[];
  readonly marks: readonly MarkDefinition[];
}

export type SearchDefinition = FindDefinition | OptimumDefinition;

/** Values of a parameter at which two sides of a condition are equal. */
export interface FindDefinition {
  readonly kind: "find";
  /** The condition as the model writes it. */
  readonly text: string;
  /** The left side minus the right one. */
  readonly difference: Quantity;
  readonly over: readonly [SearchRange];
  readonly span: Span;
}

/** Values of one or several parameters at which a quantity is largest or smallest. */
export interface OptimumDefinition {
  readonly kind: "maximise" | "minimise";
  /** The quantity as the model writes it. */
  readonly text: string;
  readonly objective: Quantity;
  readonly over: readonly SearchRange[];
  readonly span: Span;
}

/** A parameter and where it is looked for. */
export interface SearchRange {
  /** Place in `Model.parameters`. */
  readonly parameter: number;
  readonly from: Scalar;
  readonly to: Scalar;
  readonly isSet: boolean;
  readonly span: Span;
}

export interface SweepAxis {
  /** Place in `Model.parameters`. */
  readonly parameter: number;
  readonly values: Grid;
  readonly span: Span;
  /** Whether the command line sets the same parameter, which contradicts the experiment. */
  readonly isSet: boolean;
}

/** An evolution in time that an experiment asks for. */
export interface EvolutionDefinition {
  readonly name: string;
  readonly description?: string;
  readonly span: Span;
  /** Places in `Model.equations`. */
  readonly equations: readonly number[];
  /** The name of the state to start from. */
  readonly state: string;
  readonly times: Grid;
  /** The error that an element of ρ may have, and the route to take, where it says so. */
  readonly tolerance?: Scalar;
  readonly route?: EvolutionRoute;
  /** Parameters that the experiment replaces, all at once. */
  readonly settings: Variant["settings"];
  readonly quantities: readonly Quantity[];
  /** Subsystems whose populations are recorded level by level. */
  readonly distributions: readonly number[];
  readonly plots: readonly PlotDefinition[];
}

/** A panel of an experiment's figure: `plot y, … against x by z`, or `plot population(r) by time`. */
export interface PlotDefinition {
  readonly ordinates: readonly PlotValue[];
  /** One value, or two for a map; none for distributions over levels. */
  readonly against: readonly PlotValue[];
  readonly by?: PlotValue;
  readonly description?: string;
  readonly span: Span;
}

/** Points of this experiment on the plot of those values in another: `mark y against x on other`. */
export interface MarkDefinition {
  readonly ordinate: PlotValue;
  readonly against: PlotValue;
  readonly on: string;
  readonly span: Span;
}

/** Where the values of one axis are found in the results. */
export type PlotValue = (
  | { readonly kind: "quantity"; readonly key: string }
  /** The elements of an array of quantities, at their places. */
  | {
      readonly kind: "array";
      readonly elements: readonly { readonly key: string; readonly place: number }[];
    }
  | { readonly kind: "parameter"; readonly name: string }
  | { readonly kind: "population"; readonly subsystem: string }
  /** The places of the elements of arrays. */
  | { readonly kind: "index" }
  | { readonly kind: "time" | "equation" }
) & {
  /** As the model writes it, for labels. */
  readonly expression: Expression;
};

/** Values of a parameter or points of time; `count` of them with both ends, those of `random` uniform between them. */
export type Grid =
  | { readonly kind: "list"; readonly values: readonly Scalar[] }
  | {
      readonly kind: "random";
      readonly from: Scalar;
      readonly to: Scalar;
      readonly count: number;
      readonly seed: number;
    }
  | {
      readonly kind: "linear" | "logarithmic";
      readonly from: Scalar;
      readonly to: Scalar;
      readonly count: number;
    };

/** The symbol of the parameter at a place in `Model.parameters`. */
export const parameterSymbol = (place: number): string => `p${place}`;

import type { Expression, IndexDeclaration } from "../syntax/ast.ts";
import type {
  Bath,
  Domain,
  Equation,
  Parameter,
  PathStep,
  Quantity,
  QuantityAtom,
  Subsystem,
  Variant,
} from "./model.ts";
import type { ModelReport } from "./model-report.ts";
import type { OperatorExpression } from "./operator-expression.ts";
import type { SubsystemKind } from "./subsystem-kind.ts";
import type { SymbolTable } from "./symbol-table.ts";
import { integerValueOf, type Value } from "./value.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** More elements than a model that a person writes; a larger array or sum is refused before it is made. */
export const MAX_ELEMENTS = 4096;

/** Summands that all sums of a model may have together when they are unrolled, nested ones multiplied. */
export const MAX_UNROLLED = 20_000;

/** Points that variants, and variants of variants, may ask for; each is a model to be solved. */
export const MAX_VARIANT_WAYS = 1000;

/**
 * The state of one elaboration: what has been read so far. It lives as long as one call of `elaborate`; values are
 * made when they are first asked for, so that the order of declarations is free and cycles are found.
 */
export interface Elaboration {
  readonly vocabulary: Vocabulary;
  readonly report: ModelReport;
  /** The meaning of an expression (`evaluateExpression`); here so that its parts need not import the whole. */
  readonly evaluate: (expression: Expression, scope: Scope, elaboration: Elaboration) => Value;
  readonly names: SymbolTable;
  /** By ASCII name: what stands in the place of a parameter's default (`--set`). */
  readonly overrides: ReadonlyMap<string, Expression>;
  readonly parameters: ParameterDraft[];
  readonly subsystems: Subsystem[];
  readonly baths: Bath[];
  readonly equations: Equation[];
  readonly variants: Variant[];
  readonly quantities: Quantity[];
  /** Values by the key of what was declared; `"busy"` while one is being made. */
  readonly memo: Map<string, Value | "busy">;
  readonly quantityMemo: Map<string, Quantity | "busy" | "failed">;
  /** Summands that sums have been unrolled to so far. */
  unrolled: number;
  /** ASCII names that some expression has used. */
  readonly used: Set<string>;
}

/** A parameter whose value and domain are filled in when all declarations have been seen. */
export interface ParameterDraft extends Omit<Parameter, "value" | "domain"> {
  value?: Parameter["value"];
  domain?: Domain;
}

/** What an expression may mention besides declared names. */
export interface Scope {
  /** Index variables and arguments of functions, by ASCII name. */
  readonly locals: ReadonlyMap<string, Value>;
  /** Inside a kind: its operators so far and its level variable. */
  readonly kind?: KindScope;
  /** Inside a quantity: what it asks for becomes an atom of it. */
  readonly quantity?: QuantityScope;
}

export interface KindScope {
  readonly basis: SubsystemKind["basis"];
  readonly operators: ReadonlyMap<string, OperatorExpression>;
}

export interface QuantityScope {
  readonly atoms: QuantityAtom[];
  /** The variants and equations in which names are looked up, outermost first. */
  readonly path: readonly PathStep[];
  /** In the body of a function that a quantity calls: it knows the variant's parameters, but no quantities. */
  readonly holdsOnlyValues?: true;
}

/** Where quantities may be asked for, else undefined. */
export const asking = ({ quantity }: Scope): QuantityScope | undefined =>
  quantity?.holdsOnlyValues ? undefined : quantity;

export const GLOBAL_SCOPE: Scope = { locals: new Map() };

/** The scope with further locals. */
export const withLocals = (scope: Scope, locals: Iterable<readonly [string, Value]>): Scope => ({
  ...scope,
  locals: new Map([...scope.locals, ...locals]),
});

/** The scope of an element of an array: its index variable, if it has one, stands for its place. */
export const indexScope = ({ variable }: IndexDeclaration, place: number): Scope =>
  variable ? withLocals(GLOBAL_SCOPE, [[variable.ascii, integerValueOf(place)]]) : GLOBAL_SCOPE;

import type { Span } from "../source/span.ts";
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

/** Elements that all arrays and the ranges of all sums may have together. */
export const MAX_ALL_ELEMENTS = 100_000;

/** Summands that all sums of a model may have together when they are unrolled, nested ones multiplied. */
export const MAX_UNROLLED = 20_000;

/** Parts of one value when all that it shares is written out: what the later phases walk through. */
export const MAX_NODES = 100_000;

/** Levels of one value inside each other, all written out: the later phases go down into it by recursion. */
export const MAX_DEPTH = 5000;

/** Expressions that are being read at once, each for the sake of the one before: they are read by recursion. */
export const MAX_CHAIN = 400;

/** Calls of functions and of quantities with arguments that a model may make altogether. */
export const MAX_CALLS = 50_000;

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
  /** Elements of arrays and ranges that have been made so far. */
  elements: number;
  /** Expressions that are being read at this moment, one inside another. */
  depth: number;
  /** Functions and quantities with arguments that have been called so far. */
  calls: number;
  /** The extents of scalars, operators and quantities, as far as they have been asked for (`extent.ts`). */
  readonly extents: WeakMap<object, Extent>;
  /** ASCII names that some expression has used. */
  readonly used: Set<string>;
}

/**
 * How large an expression is when everything it shares is written out: functions, operators and complex values are
 * put where they are used, so that thirty short lines can say 2³⁰ terms. Each part is measured once, when it is made.
 */
export interface Extent {
  readonly nodes: number;
  readonly depth: number;
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

/** Counts a call; whether there have been too many, which is reported once. */
export function isCalledTooOften(span: Span, elaboration: Elaboration): boolean {
  elaboration.calls++;
  if (elaboration.calls <= MAX_CALLS) return false;
  if (elaboration.calls === MAX_CALLS + 1) {
    const message = `the functions and quantities of this model are called more than ${MAX_CALLS} times`;
    elaboration.report("E220", span, message);
  }
  return true;
}

export const GLOBAL_SCOPE: Scope = { locals: new Map() };

/** The scope with further locals. */
export const withLocals = (scope: Scope, locals: Iterable<readonly [string, Value]>): Scope => ({
  ...scope,
  locals: new Map([...scope.locals, ...locals]),
});

/** The scope of an element of an array: its index variable, if it has one, stands for its place. */
export const indexScope = ({ variable }: IndexDeclaration, place: number): Scope =>
  variable ? withLocals(GLOBAL_SCOPE, [[variable.ascii, integerValueOf(place)]]) : GLOBAL_SCOPE;

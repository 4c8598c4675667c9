import type { OperatorAlgebra } from "../algebra/graph-normal-form.ts";
import { type Factor, levelSymbol, type NormalForm, type Term } from "../algebra/normal-form.ts";
import type { ProductBasis } from "../lower/window.ts";
import type { Model } from "../model/model.ts";
import type { OperatorExpression, TrigonometricExpression } from "../model/operator-expression.ts";
import { canonicalSymbols } from "../scalar/canonical.ts";
import type { Scalar } from "../scalar/scalar.ts";
import { scalarFromCanonical } from "../scalar/scalar-from-canonical.ts";
import { localOperator } from "./python-kinds.ts";
import type { PythonNames } from "./python-names.ts";
import { atomText, BINDING, bracketed, type PythonText, pythonScalar, scalarPiece } from "./python-scalar.ts";

/** Writes operators of one model on one product basis as Python, and remembers what they are made of. */
export interface OperatorWriter {
  /** The summands of an operator, as the model wrote it where truncated matrices multiply to what is meant. */
  readonly summands: (expression: OperatorExpression) => readonly PythonText[];
  /** The summands of a normal form. */
  readonly formSummands: (form: NormalForm) => readonly PythonText[];
  /** The matrices on the whole space that the texts name, in the order of the subsystems: `q1_sigmaz = on(0, sigmaz())`. */
  readonly declarations: () => readonly string[];
  /** The name of the array of a subsystem's level in each product state. */
  readonly levelsOf: (subsystem: number) => string;
}

export interface OperatorContext {
  readonly model: Model;
  readonly algebra: OperatorAlgebra;
  readonly basis: ProductBasis;
  readonly names: PythonNames;
  /** The Python name of a parameter's symbol. */
  readonly spell: (symbol: string) => string;
}

interface Declared {
  readonly name: string;
  readonly subsystem: number;
  readonly line: string;
}

export function operatorWriter({ model, algebra, basis, names, spell }: OperatorContext): OperatorWriter {
  const declared = new Map<string, Declared>();
  const declare = (key: string, subsystem: number, wanted: string, value: string): PythonText => {
    const known = declared.get(key);
    if (known) return atomText(known.name);
    const name = names.claim(wanted);
    declared.set(key, { name, subsystem, line: `${name} = ${value}` });
    return atomText(name);
  };
  const nameOf = (subsystem: number): string => model.subsystems[subsystem]!.name;
  const levelsOf = (subsystem: number): string =>
    declare(
      `level ${subsystem}`,
      subsystem,
      `n_${nameOf(subsystem)}`,
      `on(${subsystem}, qdiags(levels[${subsystem}], 0)).diag().real`,
    ).text;
  const withLevels = (symbol: string): string =>
    /^n\d+$/.test(symbol) ? levelsOf(Number(symbol.slice(1))) : spell(symbol);

  const named = (subsystem: number, name: string): PythonText => {
    const { kind } = model.subsystems[subsystem]!;
    if (name.endsWith("†")) return daggered(named(subsystem, name.slice(0, -1)));
    const value = localOperator(subsystem, name, { model, algebra, basis, spell });
    const place = kind.isFermionic && name === "c" ? "on_mode" : "on";
    return declare(
      `${subsystem} ${name}`,
      subsystem,
      `${nameOf(subsystem)}_${kind.operators.get(name)!.name}`,
      `${place}(${subsystem}, ${value})`,
    );
  };
  const shift = (subsystem: number, by: number): PythonText => {
    const wanted = `${nameOf(subsystem)}_${by > 0 ? "up" : "down"}${Math.abs(by) === 1 ? "" : Math.abs(by)}`;
    const size = basis.dimensions[subsystem]!;
    const value = `on(${subsystem}, qdiags(np.ones(${Math.max(size - Math.abs(by), 0)}), ${-by}))`;
    return by === 0 ? atomText("one") : declare(`${subsystem} ${by}`, subsystem, wanted, value);
  };
  const unit = (subsystem: number, row: number, column: number): PythonText => {
    const { kind } = model.subsystems[subsystem]!;
    if (kind.isFermionic && row !== column) {
      return row === 0 ? named(subsystem, "c") : daggered(named(subsystem, "c"));
    }
    if (kind.name === "qubit" && row !== column) {
      return named(subsystem, row === 0 ? "sigmaplus" : "sigmaminus");
    }
    const { first, last } = basis.windows[subsystem]!;
    if (Math.min(row, column) < first || Math.max(row, column) > last) {
      return { text: "0*one", binding: BINDING.product };
    }
    const size = basis.dimensions[subsystem]!;
    const label = (level: number): string =>
      kind.basis.kind === "finite" ? kind.basis.labels[level]! : String(level).replace("-", "m");
    return declare(
      `${subsystem} ${row},${column}`,
      subsystem,
      `${nameOf(subsystem)}_${label(row)}_${label(column)}`,
      `on(${subsystem}, basis(${size}, ${row - first})*basis(${size}, ${column - first}).dag())`,
    );
  };

  const written = (e: OperatorExpression): PythonText => {
    switch (e.kind) {
      case "scalar":
        return {
          text: `${bracketed(scalarPiece(e.value, spell), BINDING.product)}*one`,
          binding: BINDING.product,
        };
      case "named":
        return named(e.subsystem, e.name);
      case "phase":
        return shift(e.subsystem, e.multiple);
      case "unit":
        return unit(e.subsystem, e.row, e.column);
      case "trigonometric":
        return trigonometric(e);
      case "sum":
        return sumText(e.terms.map(written));
      case "product":
        return productOf(e.factors);
      case "adjoint":
        return daggered(written(e.operand));
      case "power":
        return e.exponent === 0
          ? atomText("one")
          : { text: `${bracketed(written(e.base), BINDING.atom)}**${e.exponent}`, binding: BINDING.power };
      case "band":
        throw new Error("bands stand only in the definitions of kinds");
    }
  };
  const productOf = (factors: readonly OperatorExpression[]): PythonText => {
    const flat = factors.flatMap((f) => (f.kind === "product" ? f.factors : [f]));
    const scalars = flat.flatMap((f) => (f.kind === "scalar" ? [scalarPiece(f.value, spell)] : []));
    const operators = flat.filter((f) => f.kind !== "scalar").map(written);
    return productText(scalars, operators);
  };
  const trigonometric = ({ function: name, multiples, offset }: TrigonometricExpression): PythonText => {
    const shifts = multiples.map(([s, k]) => shift(s, k));
    const turn = pythonScalar(offset, spell);
    const turned = turn === "0" ? [] : [atomText(`np.exp(1j*(${turn}))`)];
    return atomText(`${name === "cos" ? "cosine" : "sine"}(${productText(turned, shifts).text})`);
  };

  const termText = ({ factors, coefficient }: Term): PythonText => {
    const moved = [...factors].sort(([a], [b]) => a - b);
    const operators = moved.map(([s, f]) => factorText(s, f));
    const value: Scalar = scalarFromCanonical(coefficient);
    if ([...canonicalSymbols(coefficient)].some((symbol) => /^n\d+$/.test(symbol))) {
      return productText([], [...operators, atomText(`diagonal(${pythonScalar(value, withLevels)})`)]);
    }
    return productText([scalarPiece(value, spell)], operators);
  };
  const factorText = (subsystem: number, factor: Factor): PythonText =>
    factor.kind === "shift" ? shift(subsystem, factor.by) : unit(subsystem, factor.row, factor.column);
  const formSummands = (form: NormalForm): readonly PythonText[] =>
    form.size === 0 ? [{ text: "0*one", binding: BINDING.product }] : [...form.values()].map(termText);

  return {
    formSummands,
    levelsOf,
    summands: (expression) =>
      flatSum(expression).flatMap((e) =>
        multipliesExactly(e, algebra) ? [written(e)] : formSummands(algebra.normalForm(e)),
      ),
    declarations: () =>
      [...declared.values()].sort((a, b) => a.subsystem - b.subsystem).map(({ line }) => line),
  };
}

const flatSum = (e: OperatorExpression): readonly OperatorExpression[] =>
  e.kind === "sum" ? e.terms.flatMap(flatSum) : [e];

const daggered = (piece: PythonText): PythonText => atomText(`${bracketed(piece, BINDING.atom)}.dag()`);

/** The sum, a summand with a minus sign subtracted. */
export function sumText(summands: readonly PythonText[]): PythonText {
  if (summands.length === 1) return summands[0]!;
  return { text: summands.map(signedText).join(" ").replace(/^\+ /, ""), binding: BINDING.sum };
}

/** A summand with its sign: `+ a`, `- b`. */
export const signedText = (piece: PythonText): string =>
  /^-(?!\()/.test(piece.text) && piece.binding >= BINDING.product
    ? `- ${piece.text.slice(1)}`
    : `+ ${bracketed(piece, BINDING.sum)}`;

/** Scalars and operators multiplied, without a factor 1. */
export function productText(scalars: readonly PythonText[], operators: readonly PythonText[]): PythonText {
  const shown = scalars.filter(({ text }) => text !== "1");
  const factors = [...shown, ...(operators.length === 0 ? [atomText("one")] : operators)];
  if (factors.length === 1) return factors[0]!;
  return { text: factors.map((f) => bracketed(f, BINDING.product)).join("*"), binding: BINDING.product };
}

/**
 * Whether the product of truncated matrices is the truncated product: not where a state leaves the window and comes
 * back, so that at most one factor may move the levels of a subsystem with an infinite basis.
 */
function multipliesExactly(expression: OperatorExpression, algebra: OperatorAlgebra): boolean {
  return movedSubsystems(expression, algebra) !== undefined;
}

/** The truncated subsystems whose levels an operator moves; undefined where several factors move the same one. */
function movedSubsystems(e: OperatorExpression, algebra: OperatorAlgebra): ReadonlySet<number> | undefined {
  switch (e.kind) {
    case "sum": {
      const moved = e.terms.map((t) => movedSubsystems(t, algebra));
      return moved.some((m) => m === undefined) ? undefined : new Set(moved.flatMap((m) => [...m!]));
    }
    case "product": {
      const all = e.factors.map((f) => movedSubsystems(f, algebra));
      if (all.some((m) => m === undefined)) return undefined;
      const places = all.flatMap((m) => [...m!]);
      return new Set(places).size < places.length ? undefined : new Set(places);
    }
    case "adjoint":
      return movedSubsystems(e.operand, algebra);
    case "power": {
      const moved = movedSubsystems(e.base, algebra);
      return e.exponent > 1 && moved && moved.size > 0 ? undefined : moved;
    }
    default:
      return movedByForm(algebra.normalForm(e));
  }
}

function movedByForm(form: NormalForm): ReadonlySet<number> {
  const moved = new Set<number>();
  for (const { factors } of form.values()) {
    for (const [s, f] of factors) if (f.kind === "shift") moved.add(s);
  }
  return moved;
}

/** The symbol of a subsystem's level replaced by a name. */
export const atLevels =
  (levels: ReadonlyMap<number, string>, spell: (symbol: string) => string) =>
  (symbol: string): string => {
    for (const [subsystem, name] of levels) if (levelSymbol(subsystem) === symbol) return name;
    return spell(symbol);
  };

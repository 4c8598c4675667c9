import type { OperatorAlgebra } from "../algebra/graph-normal-form.ts";
import { levelSymbol, type NormalForm } from "../algebra/normal-form.ts";
import type { ProductBasis } from "../lower/window.ts";
import type { Model } from "../model/model.ts";
import { scalarFromCanonical } from "../scalar/scalar-from-canonical.ts";
import { pythonScalar } from "./python-scalar.ts";

interface KindContext {
  readonly model: Model;
  readonly algebra: OperatorAlgebra;
  readonly basis: ProductBasis;
  readonly spell: (symbol: string) => string;
}

/** QuTiP's own matrices, whose bases are in the same order: up first, m = j first, |0⟩ first, empty first. */
const KNOWN: Readonly<Record<string, Readonly<Record<string, (size: number) => string>>>> = {
  qubit: {
    sigmax: () => "sigmax()",
    sigmay: () => "sigmay()",
    sigmaz: () => "sigmaz()",
    sigmaplus: () => "sigmap()",
    sigmaminus: () => "sigmam()",
  },
  spin: {
    Sx: (size) => `jmat(${(size - 1) / 2}, "x")`,
    Sy: (size) => `jmat(${(size - 1) / 2}, "y")`,
    Sz: (size) => `jmat(${(size - 1) / 2}, "z")`,
    Splus: (size) => `jmat(${(size - 1) / 2}, "+")`,
    Sminus: (size) => `jmat(${(size - 1) / 2}, "-")`,
  },
  oscillator: { a: (size) => `destroy(${size})`, N: (size) => `num(${size})` },
  mode: { c: () => "destroy(2)", n: () => "num(2)" },
};

/** The matrix of an operator of a subsystem's kind on its own space, as Python. */
export function localOperator(subsystem: number, name: string, context: KindContext): string {
  const { model, algebra, basis } = context;
  const { kind } = model.subsystems[subsystem]!;
  const { first } = basis.windows[subsystem]!;
  const known = first === 0 ? KNOWN[kind.name]?.[name] : undefined;
  if (known) return known(basis.dimensions[subsystem]!);
  return formOnOwnSpace(algebra.normalForm({ kind: "named", subsystem, name }), subsystem, context);
}

/** Σ f(n)|n+k⟩⟨n| as bands, units of a finite basis one by one. */
function formOnOwnSpace(form: NormalForm, subsystem: number, { basis, spell }: KindContext): string {
  const size = basis.dimensions[subsystem]!;
  const { first, last } = basis.windows[subsystem]!;
  const level = (symbol: string): string => (symbol === levelSymbol(subsystem) ? "n" : spell(symbol));
  const terms = [...form.values()].flatMap(({ factors, coefficient }) => {
    const factor = factors.get(subsystem);
    const value = pythonScalar(scalarFromCanonical(coefficient), level);
    if (factor?.kind === "unit") {
      const { row, column } = factor;
      if (Math.min(row, column) < first || Math.max(row, column) > last) return [];
      return [`(${value})*basis(${size}, ${row - first})*basis(${size}, ${column - first}).dag()`];
    }
    const shift = factor?.by ?? 0;
    if (shift === 0 && value === "n") return [`qdiags(levels[${subsystem}], 0)`];
    return [`band(levels[${subsystem}], ${shift}, lambda n: ${value})`];
  });
  return terms.length === 0 ? `qzero(${size})` : terms.join(" + ");
}

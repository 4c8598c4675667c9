import { type Canonical, canonicalSymbols } from "../scalar/canonical.ts";

/**
 * What a term does to one subsystem: a matrix unit |row⟩⟨column|, or a shift of the level by k ≠ 0 on an infinite
 * basis. A subsystem without a factor keeps its level.
 */
export type Factor =
  | { readonly kind: "unit"; readonly row: number; readonly column: number }
  | { readonly kind: "shift"; readonly by: number };

/**
 * coefficient(n)·∏ factors, the factors in the order of their subsystems (whatever the order in the map): those of
 * fermionic modes anticommute where both are off the diagonal, all others commute. The coefficient may hold the symbols
 * `levelSymbol(s)`: the level of subsystem s (of those with infinite bases) before the term acts. So one term is
 * Σ_n f(n)|n+k⟩⟨n|.
 */
export interface Term {
  readonly factors: ReadonlyMap<number, Factor>;
  readonly coefficient: Canonical;
}

/**
 * A sum of terms with different factors, by their key: equal operators of the untruncated algebra have equal normal
 * forms. Of the diagonal units of a finite basis the last is written as 1 minus the others; of a fermionic mode the
 * first, so that c†c is one term.
 */
export type NormalForm = ReadonlyMap<string, Term>;

/**
 * Of each subsystem the number of levels of its finite basis, or the ends of its infinite one. A fermionic mode has the
 * levels 0 (empty) and 1 (full); |0⟩⟨1| is its c, which anticommutes with those of the other modes.
 */
export type Space = readonly (
  | { readonly kind: "finite"; readonly dimension: number; readonly isFermionic?: true }
  | { readonly kind: "infinite"; readonly from: number; readonly to: number }
)[];

export const levelSymbol = (subsystem: number): string => `n${subsystem}`;

export const termKey = (factors: Term["factors"]): string =>
  [...factors]
    .sort(([a], [b]) => a - b)
    .map(([s, f]) => (f.kind === "unit" ? `${s}:${f.row},${f.column}` : `${s}:${f.by}`))
    .join(" ");

/** The subsystems on which a term acts, by a factor or by a level in its coefficient. */
export function supportOfTerm({ factors, coefficient }: Term): Set<number> {
  const support = new Set(factors.keys());
  for (const symbol of canonicalSymbols(coefficient)) {
    if (/^n\d+$/.test(symbol)) support.add(Number(symbol.slice(1)));
  }
  return support;
}

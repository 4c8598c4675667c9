import type { Model } from "../model/model.ts";

/** The levels kept of each subsystem, ends included; places 0 … d−1 for a finite basis. */
export type Windows = readonly {
  readonly first: number;
  readonly last: number;
  /** Of a fermionic mode, also where only its level 0 (empty) is kept. */
  readonly isFermionic?: true;
}[];

/** The product basis of the windows: state = Σ (level − first)·stride, the first subsystem slowest. */
export interface ProductBasis {
  readonly windows: Windows;
  readonly dimensions: readonly number[];
  readonly strides: readonly number[];
  /** Number of product states. */
  readonly dimension: number;
  /** The places of the fermionic modes, ascending. */
  readonly fermionic: readonly number[];
}

export function productBasis(windows: Windows): ProductBasis {
  const dimensions = windows.map(({ first, last }) => last - first + 1);
  const strides = dimensions.map((_, s) => dimensions.slice(s + 1).reduce((a, b) => a * b, 1));
  const fermionic = windows.flatMap(({ isFermionic }, s) => (isFermionic ? [s] : []));
  return { windows, dimensions, strides, dimension: dimensions.reduce((a, b) => a * b, 1), fermionic };
}

/** The level of a subsystem in a product state. */
export const levelIn = (basis: ProductBasis, state: number, subsystem: number): number =>
  (Math.floor(state / basis.strides[subsystem]!) % basis.dimensions[subsystem]!) +
  basis.windows[subsystem]!.first;

/** Whether a product state holds an odd number of fermions. */
export const isOddState = (basis: ProductBasis, state: number): boolean =>
  basis.fermionic.reduce((n, mode) => n + levelIn(basis, state, mode), 0) % 2 === 1;

/** Where the windows start: as the model states them, or the kind's first guess; and which are automatic. */
export function initialWindows(model: Model): {
  readonly windows: Windows;
  readonly automatic: readonly boolean[];
} {
  return {
    windows: model.subsystems.map(({ kind, window }) => {
      if (kind.isFermionic) return { first: 0, last: 1, isFermionic: true };
      if (kind.basis.kind === "finite") return { first: 0, last: kind.basis.labels.length - 1 };
      if (window) return { first: window.from, last: window.to };
      const [first, last] = kind.firstWindow!;
      return { first, last };
    }),
    automatic: model.subsystems.map(({ kind, window }) => kind.basis.kind === "infinite" && !window),
  };
}

import type { BlockLayout } from "./block-layout.ts";
import type { ShiftMatrix } from "./elementary-operator.ts";

/** c·AXB†, and where A ≠ B its adjoint for a Hermitian X, too; by blocks. */
export interface PairTerm {
  readonly re: number;
  readonly im: number;
  readonly left: ShiftMatrix;
  readonly right: ShiftMatrix;
  readonly routes: readonly Route[];
}

/** What a pair of operators takes from one block to another. */
export interface Route {
  readonly from: { readonly offset: number; readonly stride: number };
  readonly to: { readonly offset: number; readonly stride: number };
  readonly rows: Moves;
  readonly columns: Moves;
}

export interface Moves {
  readonly source: Int32Array;
  readonly target: Int32Array;
  readonly weight: Float64Array;
}

/** What an operator moves, by the blocks of source and target. */
function movesOf({ target, weight }: ShiftMatrix, layout: BlockLayout): Map<number, Moves> {
  const lists = new Map<number, number[]>();
  const count = layout.blocks.length;
  for (let state = 0; state < target.length; state++) {
    if (target[state]! < 0) continue;
    const key = layout.blockOf[state]! * count + layout.blockOf[target[state]!]!;
    const list = lists.get(key);
    if (list) list.push(state);
    else lists.set(key, [state]);
  }
  const moves = new Map<number, Moves>();
  for (const [key, states] of lists) {
    moves.set(key, {
      source: Int32Array.from(states, (s) => layout.placeOf[s]!),
      target: Int32Array.from(states, (s) => layout.placeOf[target[s]!]!),
      weight: Float64Array.from(states, (s) => weight[s]!),
    });
  }
  return moves;
}

/** What a pair of operators takes from which block to which. */
export function routesOf(left: ShiftMatrix, right: ShiftMatrix, layout: BlockLayout): Route[] {
  const rows = movesOf(left, layout);
  const columns = left === right ? rows : movesOf(right, layout);
  const count = layout.blocks.length;
  return [...rows].flatMap(([key, moves]) => {
    const others = columns.get(key);
    if (!others) return [];
    const side = (block: number) => {
      const { offset, states } = layout.blocks[block]!;
      return { offset, stride: states.length };
    };
    return [{ from: side(Math.floor(key / count)), to: side(key % count), rows: moves, columns: others }];
  });
}

/** A term whose numbers are the moduli of another's. */
export const moduli = (term: PairTerm): PairTerm => ({
  ...term,
  re: Math.abs(term.re) + Math.abs(term.im),
  im: 0,
  routes: term.routes.map((route) => ({
    ...route,
    rows: { ...route.rows, weight: route.rows.weight.map(Math.abs) },
    columns: { ...route.columns, weight: route.columns.weight.map(Math.abs) },
  })),
});

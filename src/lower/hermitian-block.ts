/** A Hermitian matrix on some product states, dense and row-major. */
export interface HermitianBlock {
  readonly states: Int32Array;
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Empty blocks for product states that are labelled by block, and the place of each state in its block. */
export function emptyBlocks(
  labels: Int32Array,
  count: number,
): { readonly blocks: readonly HermitianBlock[]; readonly place: Int32Array } {
  const members: number[][] = Array.from({ length: count }, () => []);
  const place = Int32Array.from(labels, (label, state) => members[label]!.push(state) - 1);
  const blocks = members.map((states) => ({
    states: Int32Array.from(states),
    re: new Float64Array(states.length ** 2),
    im: new Float64Array(states.length ** 2),
  }));
  return { blocks, place };
}

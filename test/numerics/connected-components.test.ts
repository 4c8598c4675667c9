import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { components } from "../../src/numerics/connected-components.ts";

const label = (n: number, edges: readonly (readonly [number, number])[]) =>
  components(
    n,
    Int32Array.from(edges, ([a]) => a),
    Int32Array.from(edges, ([, b]) => b),
  );

/** Labels by flooding from every node in turn. */
function flood(n: number, edges: readonly (readonly [number, number])[]): number[] {
  const labels = new Array<number>(n).fill(-1);
  let count = 0;
  for (let start = 0; start < n; start++) {
    if (labels[start] !== -1) continue;
    const queue = [start];
    labels[start] = count;
    for (const node of queue) {
      for (const [a, b] of edges) {
        const other = a === node ? b : b === node ? a : node;
        if (labels[other] !== -1) continue;
        labels[other] = count;
        queue.push(other);
      }
    }
    count++;
  }
  return labels;
}

describe("components", () => {
  it("agrees with flooding", () => {
    const graph = fc.integer({ min: 1, max: 25 }).chain((n) =>
      fc.record({
        n: fc.constant(n),
        edges: fc.array(fc.tuple(fc.nat(n - 1), fc.nat(n - 1)), { maxLength: 30 }),
      }),
    );
    fc.assert(
      fc.property(graph, ({ n, edges }) => {
        const result = label(n, edges);
        const expected = flood(n, edges);
        expect(Array.from(result.labels)).toEqual(expected);
        expect(result.count).toBe(Math.max(...expected) + 1);
      }),
    );
  });

  it("numbers components by their smallest node", () => {
    expect(
      label(6, [
        [5, 0],
        [4, 2],
        [2, 2],
      ]),
    ).toEqual({ labels: Int32Array.of(0, 1, 2, 3, 2, 0), count: 4 });
  });

  it("takes a graph without nodes, without edges, and a long path", () => {
    expect(label(0, [])).toEqual({ labels: new Int32Array(0), count: 0 });
    expect(label(3, []).count).toBe(3);
    const n = 100_000;
    const path = Array.from({ length: n - 1 }, (_, k) => [n - 1 - k, n - 2 - k] as const);
    expect(label(n, path).count).toBe(1);
  });

  it("refuses nodes outside and unequal lists", () => {
    expect(() => label(2, [[0, 2]])).toThrow(RangeError);
    expect(() => label(2, [[-1, 0]])).toThrow(RangeError);
    expect(() => components(2, Int32Array.of(0), Int32Array.of())).toThrow(RangeError);
  });
});

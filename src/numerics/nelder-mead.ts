/** A point of the unit cube and the value of a function there. */
export interface Vertex {
  readonly at: readonly number[];
  readonly value: number;
}

/** A simplex this small, or as flat as rounding, has come to its end. */
const SMALL = 1e-10;
const FLAT = 4 * Number.EPSILON;

const STEPS_PER_DIMENSION = 400;

/**
 * The maximum of f over the unit cube that Nelder and Mead's simplex (Comput. J. 7 (1965) 308) climbs to from `start`, its
 * first edges `edge` long; coefficients by dimension as Gao and Han (Comput. Optim. Appl. 51 (2012) 259). Points outside of
 * the cube are taken back to its surface. f is −∞ where it has no value.
 */
export function nelderMead(f: (at: readonly number[]) => number, start: Vertex, edge = 0.1): Vertex {
  const n = start.at.length;
  const [expansion, contraction, shrinkage] = [1 + 2 / n, 0.75 - 1 / (2 * n), 1 - 1 / n];
  const vertex = (at: readonly number[]): Vertex => {
    const inside = at.map((x) => Math.min(1, Math.max(0, x)));
    return { at: inside, value: f(inside) };
  };
  const along = (from: readonly number[], to: readonly number[], by: number): Vertex =>
    vertex(from.map((x, k) => x + by * (to[k]! - x)));
  let simplex = [
    start,
    ...start.at.map((x, k) => vertex(replaced(start.at, k, x + edge <= 1 ? x + edge : x - edge))),
  ];
  for (let step = 0; step < STEPS_PER_DIMENSION * n; step++) {
    simplex = simplex.sort((a, b) => b.value - a.value);
    const [best, worst] = [simplex[0]!, simplex[n]!];
    if (isSettled(simplex)) break;
    const centre = start.at.map((_, k) => simplex.slice(0, n).reduce((sum, v) => sum + v.at[k]!, 0) / n);
    const reflected = along(centre, worst.at, -1);
    let next: Vertex;
    if (reflected.value > best.value) {
      const expanded = along(centre, worst.at, -expansion);
      next = expanded.value > reflected.value ? expanded : reflected;
    } else if (reflected.value > simplex[n - 1]!.value) next = reflected;
    else {
      next = along(centre, worst.at, reflected.value > worst.value ? -contraction : contraction);
      if (!(next.value > Math.max(worst.value, reflected.value))) {
        simplex = [best, ...simplex.slice(1).map((v) => along(best.at, v.at, n === 1 ? 0.5 : shrinkage))];
        continue;
      }
    }
    simplex[n] = next;
  }
  return simplex.reduce((best, v) => (v.value > best.value ? v : best));
}

/** A list with another value in one place. */
const replaced = (list: readonly number[], place: number, by: number): number[] =>
  list.map((x, k) => (k === place ? by : x));

function isSettled(simplex: readonly Vertex[]): boolean {
  const [best, ...others] = simplex as [Vertex, ...Vertex[]];
  const isSmall = others.every((v) => v.at.every((x, k) => Math.abs(x - best.at[k]!) < SMALL));
  const isFlat = others.every((v) => Math.abs(v.value - best.value) <= FLAT * Math.abs(best.value));
  const isNear = others.every((v) => v.at.every((x, k) => Math.abs(x - best.at[k]!) < 1e-5));
  return isSmall || (isFlat && isNear);
}

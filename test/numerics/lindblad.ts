import type { DenseMatrix } from "../../src/numerics/dense-matrix.ts";
import { fromTriplets, type SparseMatrix } from "../../src/numerics/sparse-matrix.ts";

interface Complex {
  readonly re: number[][];
  readonly im: number[][];
}

/**
 * A random generator of Lindblad form on states of dimension d as a real sparse matrix of size d²: its unknowns are the
 * populations, then Re and Im of the elements above the diagonal. H is Hermitian of size `frequency`, and each of the
 * `rates` belongs to a random jump with about two entries in a row.
 */
export function randomLindblad(
  d: number,
  random: () => number,
  frequency: number,
  rates: readonly number[],
): SparseMatrix {
  const normal = () => random() + random() + random() - 1.5;
  const H = zeros(d);
  for (let i = 0; i < d; i++) {
    for (let j = i; j < d; j++) {
      H.re[i]![j] = H.re[j]![i] = frequency * normal();
      if (i === j) continue;
      H.im[i]![j] = frequency * normal();
      H.im[j]![i] = -H.im[i]![j]!;
    }
  }
  const jumps = rates.map((rate) => {
    const jump = zeros(d);
    for (let i = 0; i < d; i++) {
      for (let k = 0; k < 2; k++) {
        const j = Math.floor(random() * d);
        jump.re[i]![j]! += Math.sqrt(rate) * normal();
        jump.im[i]![j]! += Math.sqrt(rate) * normal();
      }
    }
    return jump;
  });
  return lindblad(d, H, jumps);
}

const zeros = (d: number): Complex => ({
  re: Array.from({ length: d }, () => new Array<number>(d).fill(0)),
  im: Array.from({ length: d }, () => new Array<number>(d).fill(0)),
});

const product = (a: Complex, b: Complex): Complex => {
  const d = a.re.length;
  const c = zeros(d);
  for (let i = 0; i < d; i++)
    for (let k = 0; k < d; k++)
      for (let j = 0; j < d; j++) {
        c.re[i]![j]! += a.re[i]![k]! * b.re[k]![j]! - a.im[i]![k]! * b.im[k]![j]!;
        c.im[i]![j]! += a.re[i]![k]! * b.im[k]![j]! + a.im[i]![k]! * b.re[k]![j]!;
      }
  return c;
};

const adjoint = (a: Complex): Complex => ({
  re: a.re.map((_, i) => a.re.map((row) => row[i]!)),
  im: a.im.map((_, i) => a.im.map((row) => -row[i]!)),
});

/** −i[H, ρ] + Σ JρJ† − ½{J†J, ρ}, applied to each real unknown in turn. */
function lindblad(d: number, H: Complex, jumps: readonly Complex[]): SparseMatrix {
  const pairs: [number, number, "re" | "im"][] = [];
  for (let i = 0; i < d; i++) pairs.push([i, i, "re"]);
  for (let i = 0; i < d; i++) for (let j = i + 1; j < d; j++) pairs.push([i, j, "re"], [i, j, "im"]);
  const adjoints = jumps.map(adjoint);
  const losses = jumps.map((jump, k) => product(adjoints[k]!, jump));
  const rows: number[] = [];
  const columns: number[] = [];
  const values: number[] = [];
  pairs.forEach(([i, j, part], column) => {
    const rho = zeros(d);
    rho[part][i]![j] = 1;
    if (i !== j) rho[part][j]![i] = part === "re" ? 1 : -1;
    const total = zeros(d);
    const add = (m: Complex, re: number, im: number) => {
      for (let a = 0; a < d; a++)
        for (let b = 0; b < d; b++) {
          total.re[a]![b]! += re * m.re[a]![b]! - im * m.im[a]![b]!;
          total.im[a]![b]! += re * m.im[a]![b]! + im * m.re[a]![b]!;
        }
    };
    add(product(H, rho), 0, -1);
    add(product(rho, H), 0, 1);
    jumps.forEach((jump, k) => {
      add(product(product(jump, rho), adjoints[k]!), 1, 0);
      add(product(losses[k]!, rho), -0.5, 0);
      add(product(rho, losses[k]!), -0.5, 0);
    });
    pairs.forEach(([a, b, p], row) => {
      const value = total[p][a]![b]!;
      if (value === 0) return;
      rows.push(row);
      columns.push(column);
      values.push(value);
    });
  });
  return fromTriplets(pairs.length, pairs.length, rows, columns, values);
}

/** 1 at the populations: the functional that a generator of `randomLindblad` conserves. */
export const traceOf = (x: ArrayLike<number>, d: number): number => {
  let sum = 0;
  for (let i = 0; i < d; i++) sum += x[i]!;
  return sum;
};

export const denseFrom = (rows: readonly (readonly number[])[]): DenseMatrix => ({
  size: rows.length,
  values: Float64Array.from(rows.flat()),
});

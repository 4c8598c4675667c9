import { Matrix, solve } from "ml-matrix";

/** A complex matrix a + ib as the real one [[a, −b], [b, a]]: sums, products and exponentials carry over. */
export type Complex = Matrix;

export const complex = (re: Matrix, im: Matrix = Matrix.zeros(re.rows, re.columns)): Complex => {
  const result = Matrix.zeros(2 * re.rows, 2 * re.columns);
  result.setSubMatrix(re, 0, 0).setSubMatrix(re, re.rows, re.columns);
  return result.setSubMatrix(im, re.rows, 0).setSubMatrix(Matrix.mul(im, -1), 0, re.columns);
};

export const times = (...factors: readonly Complex[]): Complex => factors.reduce((a, b) => a.mmul(b));
export const plus = (...terms: readonly Complex[]): Complex => terms.reduce((a, b) => Matrix.add(a, b));
export const scaled = (a: Complex, by: number): Complex => Matrix.mul(a, by);
export const adjoint = (a: Complex): Complex => a.transpose();
/** Re Tr[ab] */
export const traceOf = (a: Complex, b: Complex): number => times(a, b).trace() / 2;
/** −i·a */
export const minusI = (a: Complex): Complex => {
  const n = a.rows / 2;
  return times(complex(Matrix.zeros(n, n), Matrix.eye(n).mul(-1)), a);
};
export const identity = (n: number): Complex => complex(Matrix.eye(n));

/** a ⊗ b of complex matrices. */
export function tensor(a: Complex, b: Complex): Complex {
  const [ar, ai] = parts(a);
  const [br, bi] = parts(b);
  return complex(
    Matrix.sub(ar.kroneckerProduct(br), ai.kroneckerProduct(bi)),
    Matrix.add(ar.kroneckerProduct(bi), ai.kroneckerProduct(br)),
  );
}

export function parts(a: Complex): [Matrix, Matrix] {
  const [n, m] = [a.rows / 2, a.columns / 2];
  return [a.subMatrix(0, n - 1, 0, m - 1), a.subMatrix(n, 2 * n - 1, 0, m - 1)];
}

/** e^a by a plain Taylor series of a/2^s, squared s times. */
export function exponential(a: Matrix): Matrix {
  const squarings = Math.max(0, Math.ceil(Math.log2(a.norm("frobenius"))) + 3);
  const small = Matrix.mul(a, 2 ** -squarings);
  let term = Matrix.eye(a.rows);
  let sum = Matrix.eye(a.rows);
  for (let k = 1; k < 20; k++) {
    term = term.mmul(small).mul(1 / k);
    sum = Matrix.add(sum, term);
  }
  for (let k = 0; k < squarings; k++) sum = sum.mmul(sum);
  return sum;
}

/** Tr over the second factor, of dimension m. */
export function traceOut(a: Complex, m: number): Complex {
  const n = a.rows / 2 / m;
  const sum = parts(a).map((x) => {
    const result = Matrix.zeros(n, n);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++)
        for (let k = 0; k < m; k++) result.set(i, j, result.get(i, j) + x.get(i * m + k, j * m + k));
    return result;
  });
  return complex(sum[0]!, sum[1]!);
}

/** b of m levels, e^{−xn} normalised on them, and b†b. */
export const lowering = (m: number): Complex => {
  const result = Matrix.zeros(m, m);
  for (let n = 1; n < m; n++) result.set(n - 1, n, Math.sqrt(n));
  return complex(result);
};
export const thermal = (m: number, x: number): Complex => {
  const weights = Array.from({ length: m }, (_, n) => Math.exp(-x * n));
  const sum = weights.reduce((a, b) => a + b, 0);
  return complex(Matrix.diag(weights.map((w) => w / sum)));
};
export const numbers = (m: number): Complex => complex(Matrix.diag(Array.from({ length: m }, (_, n) => n)));

/** The d² Hermitian matrices that span those of dimension d. */
function hermitianBasis(d: number): Complex[] {
  const basis: Complex[] = [];
  for (let i = 0; i < d; i++) {
    for (let j = 0; j < d; j++) {
      const [re, im] = [Matrix.zeros(d, d), Matrix.zeros(d, d)];
      if (i <= j) re.set(i, j, 1).set(j, i, 1);
      else im.set(i, j, 1).set(j, i, -1);
      basis.push(complex(re, im));
    }
  }
  return basis;
}

/** ρ = Eρ with trace 1, for a map of Hermitian matrices of dimension d. */
export function fixedPoint(d: number, map: (rho: Complex) => Complex): Complex {
  const basis = hermitianBasis(d);
  const system = Matrix.zeros(d * d, d * d);
  for (const [column, B] of basis.entries()) {
    const change = Matrix.sub(map(B), B);
    for (let i = 0; i < d; i++)
      for (let j = 0; j < d; j++)
        system.set(i * d + j, column, i <= j ? change.get(i, j) : change.get(d + i, j));
    system.set(0, column, B.trace() / 2);
  }
  const x = solve(system, Matrix.zeros(d * d, 1).set(0, 0, 1));
  return basis.map((B, k) => Matrix.mul(B, x.get(k, 0))).reduce((a, b) => Matrix.add(a, b));
}

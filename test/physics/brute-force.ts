import { EigenvalueDecomposition, Matrix, solve } from "ml-matrix";
import type { Bond, Machine, Site } from "./random-machine.ts";
import { bose, fermi, shannon } from "./steady.ts";

/** A complex matrix a + ib as the real one [[a, −b], [b, a]]: products, sums and eigenvalues (each twice) carry over. */
type Complex = Matrix;

const complex = (re: Matrix, im: Matrix = Matrix.zeros(re.rows, re.columns)): Complex => {
  const n = re.rows;
  const result = Matrix.zeros(2 * n, 2 * re.columns);
  result.setSubMatrix(re, 0, 0).setSubMatrix(re, n, re.columns);
  return result.setSubMatrix(im, n, 0).setSubMatrix(Matrix.mul(im, -1), 0, re.columns);
};

const adjoint = (a: Complex): Complex => a.transpose();
const trace = (a: Complex): number => a.trace() / 2;
const times = (...factors: readonly Complex[]): Complex => factors.reduce((a, b) => a.mmul(b));
const plus = (...terms: readonly Complex[]): Complex => terms.reduce((a, b) => Matrix.add(a, b));

/** Eigenvalues in ascending order. */
const spectrum = (a: Complex): number[] => {
  const both = new EigenvalueDecomposition(a, { assumeSymmetric: true }).realEigenvalues.sort(
    (x, y) => x - y,
  );
  return both.filter((_, k) => k % 2 === 0);
};

const ergotropy = (rho: Complex, H: Complex): number => {
  const populations = spectrum(rho).reverse();
  return trace(times(rho, H)) - spectrum(H).reduce((sum, E, k) => sum + E * populations[k]!, 0);
};

/** H₀, V, H and the jumps of each site. */
function operatorsOf({ sites, bonds }: Machine) {
  const place: Place = (matrix, k) => kronecker(sites, k, { matrix, isOdd: false });
  const lowers = sites.map((s, k) =>
    kronecker(sites, k, { matrix: lowering(s), isOdd: s.part.isFermionic === true }),
  );
  const H0 = complex(sites.map((s, k) => place(Matrix.diag([...s.part.energies(s.ω)]), k)).reduce(sumOf));
  const V = plus(
    complex(Matrix.zeros(H0.rows / 2, H0.rows / 2)),
    ...bonds.map((b, k) => bondMatrix(b, sites, lowers, k, place)),
  );
  const H = plus(H0, V);
  const jumps = sites.map((s, k) => thermalJumps(s, complex(lowers[k]!)));
  return { H0, V, H, jumps };
}

/** What thermill reports of a random machine, from dense matrices in the whole space: nothing is shared with src/. */
export function bruteForce(machine: Machine): Readonly<Record<string, number>> {
  const { sites } = machine;
  const { H0, V, H, jumps } = operatorsOf(machine);
  const rho = steadyState(H, jumps.flat());

  const values: Record<string, number> = { "entropy(all)": shannon(...spectrum(rho)) };
  values["purity(all)"] = trace(times(rho, rho));
  values["ergotropy(all)"] = ergotropy(rho, H);
  for (const [k, { part, ω }] of sites.entries()) {
    const change = plus(...jumps[k]!.map((c) => dissipate(c, rho)));
    values[`heat(b${k})`] = trace(times(H0, change));
    values[`work(b${k})`] = trace(times(V, change));
    const own = reduced(rho, sites, [k]);
    values[`entropy(s${k})`] = shannon(...spectrum(own));
    values[`ergotropy(s${k})`] = ergotropy(own, complex(Matrix.diag([...part.energies(ω)])));
    values[`diagonal(s${k})`] = trace(times(own, complex(Matrix.diag([...part.diagonalValues]))));
  }
  for (const [a, b] of sites.length > 2 ? PAIRS : []) {
    const own = reduced(rho, sites, [a, b]);
    const [first, second] = [sites[a]!, sites[b]!].map(({ part, ω }) => part.energies(ω)) as [
      readonly number[],
      readonly number[],
    ];
    const energies = first.flatMap((E) => second.map((F) => E + F));
    values[`entropy(s${a},s${b})`] = shannon(...spectrum(own));
    values[`ergotropy(s${a},s${b})`] = ergotropy(own, complex(Matrix.diag(energies)));
  }
  return values;
}

/** The parts of three sites whose state is worked out; between the second two stands the third. */
export const PAIRS = [
  [0, 1],
  [0, 2],
] as const;

/** An operator of one site; odd are c and c† of a mode. */
interface Local {
  readonly matrix: Matrix;
  readonly isOdd: boolean;
}

/** An operator of site k on all sites: an odd one has the parity (−1)^n of each mode before it (Jordan and Wigner). */
const kronecker = (sites: readonly Site[], k: number, { matrix, isOdd }: Local): Matrix =>
  sites
    .map(({ part }, j) => {
      if (j === k) return matrix;
      return isOdd && j < k && part.isFermionic ? Matrix.diag([1, -1]) : Matrix.eye(part.energies(1).length);
    })
    .reduce((a, b) => a.kroneckerProduct(b));

type Place = (matrix: Matrix, k: number) => Matrix;

const sumOf = (a: Matrix, b: Matrix): Matrix => Matrix.add(a, b);

/** Between neighbouring levels, towards the lower energy. */
function lowering({ part }: Site): Matrix {
  const energies = part.energies(1);
  const result = Matrix.zeros(energies.length, energies.length);
  for (const [k, amplitude] of part.amplitudes.entries()) {
    if (energies[k]! < energies[k + 1]!) result.set(k, k + 1, amplitude);
    else result.set(k + 1, k, amplitude);
  }
  return result;
}

function bondMatrix(
  { form, strength, phase }: Bond,
  sites: readonly Site[],
  lowers: readonly Matrix[],
  k: number,
  place: Place,
): Complex {
  const [a, b] = [lowers[k]!, lowers[k + 1]!];
  const hopping = (product: Matrix): Complex => {
    const one = complex(
      Matrix.mul(product, strength * Math.cos(phase)),
      Matrix.mul(product, strength * Math.sin(phase)),
    );
    return plus(one, adjoint(one));
  };
  const dispersive = (): Matrix => {
    const [z1, z2] = [k, k + 1].map((j) => place(Matrix.diag([...sites[j]!.part.diagonalValues]), j)) as [
      Matrix,
      Matrix,
    ];
    return z1.mmul(z2).mul(strength);
  };
  switch (form) {
    case "exchange":
      return hopping(a.transpose().mmul(b));
    case "counter-rotating":
      return hopping(a.mmul(b));
    case "Hermitian":
      return complex(Matrix.add(a, a.transpose()).mmul(Matrix.add(b, b.transpose())).mul(strength));
    case "dispersive":
      return complex(dispersive());
    case "Hubbard":
      return plus(hopping(a.transpose().mmul(b)), complex(dispersive().mul(2)));
  }
}

/** Eq. (14) of the paper for a boson; a fermionic lead has 1 − f where a boson has n + 1. All steps of a kind are ω apart. */
function thermalJumps({ β, ω, Γ, bath }: Site, lower: Complex): Complex[] {
  const n = bath === "bosonic" ? bose(β * ω) : fermi(β * ω);
  const emission = bath === "bosonic" ? n + 1 : 1 - n;
  return [Matrix.mul(lower, Math.sqrt(Γ * emission)), Matrix.mul(adjoint(lower), Math.sqrt(Γ * n))];
}

function dissipate(c: Complex, rho: Complex): Complex {
  const K = times(adjoint(c), c);
  return plus(times(c, rho, adjoint(c)), Matrix.mul(plus(times(K, rho), times(rho, K)), -0.5));
}

/** The eigenvalues of the whole Liouvillian of a random machine, slowest first. */
export function liouvillianEigenvalues(machine: Machine): { readonly re: number; readonly im: number }[] {
  const { H, jumps } = operatorsOf(machine);
  const { realEigenvalues, imaginaryEigenvalues } = new EigenvalueDecomposition(liouvillian(H, jumps.flat()));
  return realEigenvalues.map((re, k) => ({ re, im: imaginaryEigenvalues[k]! })).sort((a, b) => b.re - a.re);
}

/** Of the Liouvillian one row is replaced by the trace. */
function steadyState(H: Complex, jumps: readonly Complex[]): Complex {
  const d = H.rows / 2;
  const basis = hermitianBasis(d);
  const system = liouvillian(H, jumps);
  for (const [column, B] of basis.entries()) system.set(0, column, trace(B));
  const right = Matrix.zeros(d * d, 1).set(0, 0, 1);
  const x = solve(system, right);
  return basis.map((B, k) => Matrix.mul(B, x.get(k, 0))).reduce(sumOf);
}

/** The Liouvillian in a basis of Hermitian matrices, one column for each. */
function liouvillian(H: Complex, jumps: readonly Complex[]): Matrix {
  const d = H.rows / 2;
  const basis = hermitianBasis(d);
  const minusI = complex(Matrix.zeros(d, d), Matrix.eye(d).mul(-1));
  const losses = jumps.map((c) => times(adjoint(c), c).mul(-0.5));
  const drift = plus(times(minusI, H), ...losses); // LB = drift·B + h.c. + Σ cBc†
  const system = Matrix.zeros(d * d, d * d);
  for (const [column, B] of basis.entries()) {
    const drifted = times(drift, B);
    const image = plus(drifted, adjoint(drifted), ...jumps.map((c) => times(c, B, adjoint(c))));
    for (let i = 0; i < d; i++)
      for (let j = 0; j < d; j++)
        system.set(i * d + j, column, i <= j ? image.get(i, j) : image.get(d + i, j));
  }
  return system;
}

function hermitianBasis(d: number): Complex[] {
  const basis: Complex[] = [];
  for (let i = 0; i < d; i++) {
    for (let j = 0; j < d; j++) {
      const re = Matrix.zeros(d, d);
      const im = Matrix.zeros(d, d);
      if (i <= j) re.set(i, j, 1).set(j, i, 1);
      else im.set(i, j, 1).set(j, i, -1);
      basis.push(complex(re, im));
    }
  }
  return basis;
}

/**
 * The density operator of some sites, from means alone: Σ Tr[ρ X†] X over the products X of their matrix units, on the
 * left in the space of all sites and on the right in that of the part.
 */
function reduced(rho: Complex, sites: readonly Site[], part: readonly number[]): Complex {
  const own = part.map((k) => sites[k]!);
  const d = rho.rows / 2;
  const size = own.reduce((n, s) => n * s.part.energies(1).length, 1);
  let products = [{ whole: Matrix.eye(d), inPart: Matrix.eye(size) }];
  for (const [place, site] of own.entries()) {
    products = products.flatMap(({ whole, inPart }) =>
      matrixUnits(site).map((unit) => ({
        whole: whole.mmul(kronecker(sites, part[place]!, unit)),
        inPart: inPart.mmul(kronecker(own, place, unit)),
      })),
    );
  }
  const [re, im] = [rho.subMatrix(0, d - 1, 0, d - 1), rho.subMatrix(d, 2 * d - 1, 0, d - 1)];
  return products
    .map(({ whole, inPart }) =>
      complex(
        Matrix.mul(inPart, Matrix.mul(re, whole).sum()),
        Matrix.mul(inPart, Matrix.mul(im, whole).sum()),
      ),
    )
    .reduce(sumOf);
}

function matrixUnits({ part }: Site): Local[] {
  const size = part.energies(1).length;
  return Array.from({ length: size * size }, (_, place) => {
    const [row, column] = [Math.floor(place / size), place % size];
    return {
      matrix: Matrix.zeros(size, size).set(row, column, 1),
      isOdd: part.isFermionic === true && row !== column,
    };
  });
}

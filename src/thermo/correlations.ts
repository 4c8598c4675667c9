import type { HermitianBlock } from "../lower/hermitian-block.ts";
import type { QuantityOperandValue } from "../model/model.ts";
import { hermitianEigen, hermitianEigenvalues } from "../numerics/hermitian-eigen.ts";
import { blockEigenvalues, reducedDensity } from "../solve/density.ts";
import { entropyOf } from "./entropy-rate.ts";
import { type QuantityValue, type StandardQuantity, undefinedBecause, value } from "./quantity.ts";
import type { SolvedPoint } from "./solved-point.ts";

/** Order of a matrix beyond which its eigenvalues are not asked for. */
const MAX_ORDER = 1200;

type Part = Extract<QuantityOperandValue, { kind: "part" }>;

const quantity = (
  name: string,
  description: string,
  of: (point: SolvedPoint, part: Part) => QuantityValue,
): StandardQuantity => ({
  name,
  description,
  operand: "part",
  isText: false,
  evaluate: (point, operand) => {
    if (operand.kind !== "part") throw new Error("a part of the system is needed");
    const order = operand.subsystems.reduce((n, s) => n * point.steady.basis.dimensions[s]!, 1);
    if (!operand.isWhole && order > MAX_ORDER) {
      return undefinedBecause(`the part has ${order} states, more than ${MAX_ORDER}`);
    }
    return of(point, operand);
  },
});

const reduced = (point: SolvedPoint, subsystems: readonly number[]): HermitianBlock =>
  reducedDensity(point.steady, point.state.unknowns, subsystems);

const others = ({ derived }: SolvedPoint, { subsystems }: Part): number[] =>
  derived.model.subsystems.flatMap((_, s) => (subsystems.includes(s) ? [] : [s]));

const entropyOfPart = (point: SolvedPoint, subsystems: readonly number[]): number =>
  entropyOf(blockEigenvalues([reduced(point, subsystems)]));

/** S(A) + S(B) − S(AB), A the part and B the rest. */
const mutualInformation = quantity(
  "mutual_information",
  "S(A) + S(B) − S(AB) between a part A and the rest B",
  (point, part) => {
    const rest = others(point, part);
    if (rest.length === 0) return undefinedBecause("the part is the whole: there is no rest");
    const order = rest.reduce((n, s) => n * point.steady.basis.dimensions[s]!, 1);
    if (order > MAX_ORDER) return undefinedBecause(`the rest has ${order} states, more than ${MAX_ORDER}`);
    const whole = entropyOf(point.state.eigenvalues);
    return value(entropyOfPart(point, part.subsystems) + entropyOfPart(point, rest) - whole);
  },
);

/** Blocks of a part's density operator: of the whole as they are. */
const blocksOf = (point: SolvedPoint, part: Part): readonly HermitianBlock[] =>
  part.isWhole ? point.state.blocks : [reduced(point, part.subsystems)];

/** Σ_{i≠j} |ρ_ij| in the product basis. Baumgratz, Cramer, Plenio, Phys. Rev. Lett. 113, 140401 (2014). */
const l1Coherence = quantity("l1_coherence", "Σ_{i≠j} |ρ_ij| in the product basis", (point, part) => {
  let sum = 0;
  for (const { states, re, im } of blocksOf(point, part)) {
    const n = states.length;
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) if (i !== j) sum += Math.hypot(re[i * n + j]!, im[i * n + j]!);
  }
  return value(sum);
});

/** S(diagonal of ρ) − S(ρ), the same paper. */
const coherence = quantity(
  "coherence",
  "relative entropy of coherence in the product basis, S(diag ρ) − S(ρ)",
  (point, part) => {
    const blocks = blocksOf(point, part);
    const diagonal = blocks.flatMap(({ states, re }) =>
      Array.from(states, (_, k) => re[k * states.length + k]!),
    );
    return value(entropyOf(Float64Array.from(diagonal)) - entropyOf(blockEigenvalues(blocks)));
  },
);

/** (‖ρ^T_A‖₁ − 1)/2. Vidal, Werner, Phys. Rev. A 65, 032314 (2002). */
const negativity = quantity(
  "negativity",
  "entanglement of a part with the rest: the negative eigenvalues of the partial transpose, added up",
  (point, part) => {
    const { steady, state } = point;
    const { basis, sector } = steady;
    if (others(point, part).length === 0) return undefinedBecause("the part is the whole: there is no rest");
    if (basis.fermionic.length > 0) return undefinedBecause("it is not defined for fermionic modes");
    if (basis.dimension > MAX_ORDER) {
      return undefinedBecause(`the system has ${basis.dimension} states, more than ${MAX_ORDER}`);
    }
    const n = basis.dimension;
    const [re, im] = [new Float64Array(n * n), new Float64Array(n * n)];
    const exchanged = (i: number, j: number): [number, number] => {
      let [a, b] = [i, j];
      for (const s of part.subsystems) {
        const [stride, size] = [basis.strides[s]!, basis.dimensions[s]!];
        const [x, y] = [Math.floor(i / stride) % size, Math.floor(j / stride) % size];
        a += (y - x) * stride;
        b += (x - y) * stride;
      }
      return [a, b];
    };
    for (let k = 0; k < sector.row.length; k++) {
      const [i, j, x] = [sector.row[k]!, sector.column[k]!, sector.unknown[k]!];
      const [a, b] = exchanged(i, j);
      const [u, v] = [state.unknowns[x]!, i === j ? 0 : state.unknowns[x + 1]!];
      re[a * n + b] = re[b * n + a] = u;
      im[a * n + b] = v;
      im[b * n + a] = -v;
    }
    const found = hermitianEigenvalues(re, im, n);
    if (found.kind !== "converged") throw new Error(`the eigenvalues of a partial transpose: ${found.kind}`);
    const sum = found.values.reduce((total, p) => (p < 0 ? total - p : total), 0);
    return value(sum < 1e-14 ? 0 : sum);
  },
);

/** Of two qubits. Wootters, Phys. Rev. Lett. 80, 2245 (1998). */
const concurrence = quantity("concurrence", "Wootters' concurrence of two qubits", (point, part) => {
  const isPair =
    part.subsystems.length === 2 &&
    part.subsystems.every((s) => point.derived.model.subsystems[s]!.kind.name === "qubit");
  if (!isPair) return undefinedBecause("it is a quantity of two qubits");
  const { re, im } = reduced(point, part.subsystems);
  const root = squareRoot(re, im, 4);
  // √ρ ρ̃ √ρ with ρ̃ = (σy⊗σy) ρ* (σy⊗σy): element (i, j) is ±ρ*_{3−i, 3−j}
  const sign = [-1, 1, 1, -1];
  const [tr, ti] = [new Float64Array(16), new Float64Array(16)];
  for (let i = 0; i < 4; i++) {
    for (let j = 0; j < 4; j++) {
      const at = (3 - i) * 4 + (3 - j);
      tr[i * 4 + j] = sign[i]! * sign[j]! * re[at]!;
      ti[i * 4 + j] = -sign[i]! * sign[j]! * im[at]!;
    }
  }
  const product = multiplied(multiplied(root, { re: tr, im: ti }, 4), root, 4);
  const found = hermitianEigenvalues(product.re, product.im, 4);
  if (found.kind !== "converged") throw new Error(`the eigenvalues of a concurrence: ${found.kind}`);
  // round-off of an eigenvalue that vanishes would count by its square root
  const least = 1e-14 * found.values.reduce((most, x) => Math.max(most, x), 0);
  const roots = Array.from(found.values, (x) => (x > least ? Math.sqrt(x) : 0)).sort((a, b) => b - a);
  return value(Math.max(0, roots[0]! - roots[1]! - roots[2]! - roots[3]!));
});

interface Dense {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

function squareRoot(re: Float64Array, im: Float64Array, n: number): Dense {
  const found = hermitianEigen(re, im, n);
  if (found.kind !== "converged") throw new Error(`the eigenvalues of a density operator: ${found.kind}`);
  const { values, vectors } = found;
  const out = { re: new Float64Array(n * n), im: new Float64Array(n * n) };
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      for (let k = 0; k < n; k++) {
        const w = Math.sqrt(Math.max(0, values[k]!));
        const [a, b] = [vectors.re[i * n + k]!, vectors.im[i * n + k]!];
        const [c, d] = [vectors.re[j * n + k]!, vectors.im[j * n + k]!];
        out.re[i * n + j]! += w * (a * c + b * d);
        out.im[i * n + j]! += w * (b * c - a * d);
      }
    }
  }
  return out;
}

function multiplied(a: Dense, b: Dense, n: number): Dense {
  const out = { re: new Float64Array(n * n), im: new Float64Array(n * n) };
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      const [x, y] = [a.re[i * n + k]!, a.im[i * n + k]!];
      for (let j = 0; j < n; j++) {
        out.re[i * n + j]! += x * b.re[k * n + j]! - y * b.im[k * n + j]!;
        out.im[i * n + j]! += x * b.im[k * n + j]! + y * b.re[k * n + j]!;
      }
    }
  }
  return out;
}

/** Correlations and coherences of a state. */
export const CORRELATIONS: readonly StandardQuantity[] = [
  mutualInformation,
  l1Coherence,
  coherence,
  negativity,
  concurrence,
];

import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { bose } from "./steady.ts";
import type { CountedBath, DenseMachine } from "./tilted-liouvillian.ts";

// The machines of models/ in textbook matrices at their default parameters, in small windows.

/** σ⁻ with up before down, and σz. */
const lower = new Matrix([
  [0, 0],
  [1, 0],
]);
const σz = Matrix.diag([1, -1]);

/** a on n = 0 … levels − 1. */
function annihilator(levels: number): Matrix {
  const a = Matrix.zeros(levels, levels);
  for (let n = 1; n < levels; n++) a.set(n - 1, n, Math.sqrt(n));
  return a;
}

/** |m⟩⟨n| of `levels` levels. */
const unit = (m: number, n: number, levels: number): Matrix => Matrix.zeros(levels, levels).set(m, n, 1);

const kron = (...factors: readonly Matrix[]): Matrix => factors.reduce((a, b) => a.kroneckerProduct(b));
const plus = (...terms: readonly Matrix[]): Matrix => terms.reduce((a, b) => Matrix.add(a, b));
const times = (factor: number, a: Matrix): Matrix => Matrix.mul(a, factor);
const withAdjoint = (a: Matrix): Matrix => plus(a, a.transpose());
const one = (levels: number): Matrix => Matrix.eye(levels);

/** Eq. (14): a bath at β that takes ω with A and gives it with A†. */
const local = (A: Matrix, ω: number, β: number, rate: number, K: Matrix): CountedBath => ({
  jumps: [times(Math.sqrt(rate * (bose(β * ω) + 1)), A), times(Math.sqrt(rate * bose(β * ω)), A.transpose())],
  K,
});

/** Two qubits of splittings 2 and 3 with an exchange: models/coupled-qubits. */
export function coupledQubits(): DenseMachine {
  const [A, B] = [kron(lower, one(2)), kron(one(2), lower)];
  const H0 = plus(kron(σz, one(2)), times(1.5, kron(one(2), σz)));
  return {
    H: plus(H0, times(0.1, withAdjoint(A.transpose().mmul(B)))),
    baths: { cold: local(A, 2, 1, 0.05, H0), hot: local(B, 3, 0.25, 0.05, H0) },
  };
}

/** The same between the eigenstates of H, with flat baths: D[A(ω)] for each Bohr frequency. */
export function globalQubits(): DenseMachine {
  const { H, baths } = coupledQubits();
  const couplings = { cold: kron(lower, one(2)), hot: kron(one(2), lower) };
  const β = { cold: 1, hot: 0.25 };
  const at = (bath: "cold" | "hot"): CountedBath => secular(H, couplings[bath], β[bath], () => 0.05);
  return { H, baths: Object.fromEntries(Object.keys(baths).map((b) => [b, at(b as "cold" | "hot")])) };
}

/** Eq. (A13): one pair of jumps for each Bohr frequency, J(−ω) = −J(ω). */
function secular(H: Matrix, A: Matrix, β: number, J: (ω: number) => number): CountedBath {
  const eigen = new EigenvalueDecomposition(H, { assumeSymmetric: true });
  const [V, E] = [eigen.eigenvectorMatrix, eigen.realEigenvalues];
  const own = V.transpose().mmul(A).mmul(V);
  const groups: { ω: number; part: Matrix }[] = [];
  for (let m = 0; m < own.rows; m++) {
    for (let n = 0; n < own.columns; n++) {
      if (Math.abs(own.get(m, n)) < 1e-12) continue;
      const ω = E[n]! - E[m]!;
      const group = groups.find((g) => Math.abs(g.ω - ω) < 1e-9);
      if (group) group.part.set(m, n, own.get(m, n));
      else groups.push({ ω, part: unit(m, n, own.rows).mul(own.get(m, n)) });
    }
  }
  const jumps = groups.flatMap(({ ω, part }) => {
    const O = V.mmul(part).mmul(V.transpose());
    // for ω < 0 the odd continuation gives J(|ω|)·n(|ω|) to A(ω) and J(|ω|)(n(|ω|) + 1) to its adjoint
    const [n, rate] = [bose(β * Math.abs(ω)), J(Math.abs(ω))];
    const [down, up] = ω > 0 ? [n + 1, n] : [n, n + 1];
    return [times(Math.sqrt(rate * down), O), times(Math.sqrt(rate * up), O.transpose())];
  });
  return { jumps, K: H };
}

/** Three qubits, models/absorption-refrigerator. */
export function refrigerator(): DenseMachine {
  const on = (A: Matrix, k: number): Matrix => kron(...[0, 1, 2].map((j) => (j === k ? A : one(2))));
  const E = [1, 5, 4];
  const T = [1, 1.2, 6];
  const H0 = plus(...E.map((e, k) => times(e / 2, on(σz, k))));
  const swap = on(lower, 0).mmul(on(lower, 1).transpose()).mmul(on(lower, 2));
  const baths = ["cold", "room", "hot"].map(
    (name, k) => [name, local(on(lower, k), E[k]!, 1 / T[k]!, 1e-3, H0)] as const,
  );
  return { H: plus(H0, times(0.02, withAdjoint(swap))), baths: Object.fromEntries(baths) };
}

/** A mode of so many levels and a qubit, models/optomechanical-cooling. */
export function cooledMode(levels: number): DenseMachine {
  const a = kron(annihilator(levels), one(2));
  const q = kron(one(levels), lower);
  const H0 = plus(a.transpose().mmul(a), times(0.5, kron(one(levels), σz)));
  return {
    H: plus(H0, times(0.02, withAdjoint(a.mmul(q.transpose())))),
    baths: { warm: local(a, 1, 0.5, 0.001, H0), cold: local(q, 1, 5, 0.1, H0) },
  };
}

/** An atom g, x, e and a mode of so many levels, models/three-level-maser. */
export function maser(levels: number): DenseMachine {
  const atom = (m: number, n: number): Matrix => kron(unit(m, n, 3), one(levels));
  const a = kron(one(3), annihilator(levels));
  const H0 = plus(atom(1, 1), times(3, atom(2, 2)), times(2, a.transpose().mmul(a)));
  return {
    H: plus(H0, times(0.05, withAdjoint(a.transpose().mmul(atom(1, 2))))),
    baths: {
      cold: local(atom(0, 1), 1, 2, 0.1, H0),
      hot: local(atom(0, 2), 3, 0.2, 0.05, H0),
      cavity: local(a, 2, 2, 0.005, H0),
    },
  };
}

/** The atom alone in the frame of a resonant field, models/driven-maser: H − G, while H₀ is counted. */
export function drivenMaser(): DenseMachine {
  const H0 = Matrix.diag([0, 1, 3]);
  const G = Matrix.diag([0, 0, 2]);
  return {
    H: plus(H0, times(-1, G), times(0.05, withAdjoint(unit(1, 2, 3)))),
    baths: {
      cold: local(unit(0, 1, 3), 1, 2, 0.1, H0),
      hot: local(unit(0, 2, 3), 3, 0.2, 0.05, H0),
    },
  };
}

/** Three spins, models/spin-chain at N = 3. */
export function chain(hasNoise: boolean): DenseMachine {
  const on = (A: Matrix, k: number): Matrix => kron(...[0, 1, 2].map((j) => (j === k ? A : one(2))));
  const fields = [1, 1.1, 1.2];
  const H0 = plus(...fields.map((b, k) => times(b, on(σz, k))));
  const bonds = [0, 1].map((k) =>
    plus(
      // σxσx + σyσy = 2(σ⁺σ⁻ + h.c.)
      times(
        0.4,
        withAdjoint(
          on(lower, k)
            .transpose()
            .mmul(on(lower, k + 1)),
        ),
      ),
      times(0.1, on(σz, k).mmul(on(σz, k + 1))),
    ),
  );
  const noise = [0, 1, 2].map((k) => [`noise${k + 1}`, { jumps: [times(0.1, on(σz, k))], K: H0 }] as const);
  return {
    H: plus(H0, ...bonds),
    baths: {
      left: local(on(lower, 0), 2, 0.5, 0.05, H0),
      right: local(on(lower, 2), 2.4, 2, 0.05, H0),
      ...(hasNoise ? Object.fromEntries(noise) : {}),
    },
  };
}

/** Two qubits and a rotor of momenta first … last with friction γ, models/rotor-qubit. */
export function rotor(
  kind: "collisions" | "spin_boson" | "unloaded",
  [first, last]: readonly [number, number],
  γ: number,
): DenseMachine {
  const momenta = Array.from({ length: last - first + 1 }, (_, k) => first + k);
  const n = momenta.length;
  const [B1, B2, λ, β1, β2, βr] = [4, 10, 0.1, 0.1, 0.03, 0.09];
  const raise = Matrix.zeros(n, n);
  for (let k = 0; k + 1 < n; k++) raise.set(k + 1, k, 1);
  const L = Matrix.diag(momenta);
  const rotorOnly = (A: Matrix) => kron(one(4), A);
  const [A, B] = [kron(lower, one(2 * n)), kron(one(2), lower, one(n))];
  const H0 = plus(
    times(B1, kron(σz, one(2 * n))),
    times(B2, kron(one(2), σz, one(n))),
    rotorOnly(Matrix.diag(momenta.map((l) => l ** 2 / 2))),
  );
  const H = plus(H0, times(λ, withAdjoint(A.transpose().mmul(B).mmul(rotorOnly(raise)))));
  // cos φ − i c sin φ L and, but for a factor i, sin φ + i c cos φ L with e^{iφ} = raise
  const c = βr / 4;
  const [down, amplitude] = [raise.transpose(), Math.sqrt((2 * γ) / βr) / 2];
  const even = plus(raise, down, times(-c, Matrix.sub(raise, down).mmul(L)));
  const odd = plus(Matrix.sub(down, raise), times(c, plus(raise, down).mmul(L)));
  const load: CountedBath = { jumps: [even, odd].map((O) => rotorOnly(times(amplitude, O))), K: H0 };
  if (kind !== "spin_boson") {
    const baths = { cold: local(A, 2 * B1, β1, 1, H0), hot: local(B, 2 * B2, β2, 1, H0) };
    return { H, baths: kind === "unloaded" ? baths : { ...baths, load } };
  }
  const E = new EigenvalueDecomposition(H, { assumeSymmetric: true }).realEigenvalues;
  const Ω = Math.max(...E) - Math.min(...E);
  const ohmic = (ω: number): number => (ω * Ω ** 2) / (ω ** 2 + Ω ** 2);
  return { H, baths: { cold: secular(H, A, β1, ohmic), hot: secular(H, B, β2, ohmic), load } };
}

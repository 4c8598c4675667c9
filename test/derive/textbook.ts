import { type Complex, complex, type Dense, dense, identity, kronecker, times } from "./dense.ts";

/** A subsystem as the tests know it: levels kept, its operators by name, and whether it is a fermionic mode. */
export interface TextbookPart {
  readonly name: string;
  readonly size: number;
  /** The level of the first basis state, for matrix units and angular momenta. */
  readonly first: number;
  readonly labels?: readonly string[];
  readonly operators: Readonly<Record<string, Dense>>;
  readonly isFermionic?: true;
}

const at = (row: number, column: number) => (r: number, c: number) => (r === row && c === column ? 1 : 0);

export const qubit = (name: string): TextbookPart => ({
  name,
  size: 2,
  first: 0,
  labels: ["up", "down"],
  operators: {
    σx: dense(2, (r, c) => (r === c ? 0 : 1)),
    σy: dense(2, (r, c) => (r === c ? 0 : complex(0, r === 0 ? -1 : 1))),
    σz: dense(2, (r, c) => (r !== c ? 0 : r === 0 ? 1 : -1)),
    "σ⁺": dense(2, at(0, 1)),
    "σ⁻": dense(2, at(1, 0)),
  },
});

export function spin(name: string, j: number): TextbookPart {
  const size = 2 * j + 1;
  const m = (place: number) => j - place;
  const raise = dense(size, (r, c) => (r === c - 1 ? Math.sqrt(j * (j + 1) - m(c) * (m(c) + 1)) : 0));
  const lower = dense(size, (r, c) => raise.re[c * size + r]!);
  return {
    name,
    size,
    first: 0,
    operators: {
      "S⁺": raise,
      "S⁻": lower,
      Sz: dense(size, (r, c) => (r === c ? m(r) : 0)),
      Sx: dense(size, (r, c) => (raise.re[r * size + c]! + lower.re[r * size + c]!) / 2),
      Sy: dense(size, (r, c) => complex(0, -(raise.re[r * size + c]! - lower.re[r * size + c]!) / 2)),
    },
  };
}

/** An oscillator, its operators under the given names. */
export function boson(name: string, size: number, names: readonly string[] = ["a", "a†", "N"]): TextbookPart {
  const [a, up, number] = names as [string, string, string];
  return {
    name,
    size,
    first: 0,
    operators: {
      [a]: dense(size, (r, c) => (r === c - 1 ? Math.sqrt(c) : 0)),
      [up]: dense(size, (r, c) => (r === c + 1 ? Math.sqrt(r) : 0)),
      [number]: dense(size, (r, c) => (r === c ? r : 0)),
    },
  };
}

export const rotor = (name: string, first: number, last: number): TextbookPart => ({
  name,
  size: last - first + 1,
  first,
  operators: { L: dense(last - first + 1, (r, c) => (r === c ? first + r : 0)) },
});

export const levels = (name: string, labels: readonly string[]): TextbookPart => ({
  name,
  size: labels.length,
  first: 0,
  labels,
  operators: {},
});

export const mode = (name: string): TextbookPart => ({
  name,
  size: 2,
  first: 0,
  labels: ["empty", "full"],
  isFermionic: true,
  operators: { c: dense(2, at(0, 1)), "c†": dense(2, at(1, 0)), n: dense(2, at(1, 1)) },
});

/** e^{ikφ}: shifts the level by k. */
export const phase = (part: TextbookPart, k: number): Dense =>
  dense(part.size, (r, c) => (r === c + k ? 1 : 0));

/** |row⟩⟨column| by labels or level numbers. */
export function unit(part: TextbookPart, row: string, column: string): Dense {
  const place = (label: string) => part.labels?.indexOf(label) ?? Number(label) - part.first;
  return dense(part.size, at(place(row), place(column)));
}

/** An operator of one part in the whole space, with the Jordan–Wigner string of the modes before it where it is odd. */
export function placed(parts: readonly TextbookPart[], index: number, operator: Dense): Dense {
  const isOdd =
    parts[index]!.isFermionic === true &&
    (operator.re[1] !== 0 || operator.re[2] !== 0 || operator.im[1] !== 0);
  return parts
    .map((part, k) => {
      if (k === index) return operator;
      if (isOdd && k < index && part.isFermionic) return dense(2, (r, c) => (r !== c ? 0 : r === 0 ? 1 : -1));
      return identity(part.size);
    })
    .reduce(kronecker);
}

/** a·b·c… */
export const product = (...factors: readonly Dense[]): Dense => factors.reduce(times);

/**
 * A random state on the levels `low` … `high` of each part (places), so that no operator of a formula reaches the end
 * of a truncated basis. Not normalised to one vector: a mixture of two.
 */
export function randomState(
  parts: readonly TextbookPart[],
  inside: readonly (readonly [low: number, high: number])[],
  random: () => number,
): Dense {
  const size = parts.reduce((d, p) => d * p.size, 1);
  const strides = parts.map((_, k) => parts.slice(k + 1).reduce((d, p) => d * p.size, 1));
  const isInside = (state: number) =>
    parts.every((p, k) => {
      const place = Math.floor(state / strides[k]!) % p.size;
      return place >= inside[k]![0] && place <= inside[k]![1];
    });
  // fermionic superselection: states of one parity only
  const parity = (state: number) =>
    parts.reduce((sum, p, k) => sum + (p.isFermionic ? Math.floor(state / strides[k]!) % 2 : 0), 0) % 2;
  const vectors = [0, 1].map((odd) =>
    Array.from(
      { length: size },
      (_, s): Complex =>
        isInside(s) && (parity(s) === odd || !parts.some((p) => p.isFermionic))
          ? complex(random() - 0.5, random() - 0.5)
          : complex(0),
    ),
  );
  const norm = vectors.flat().reduce((sum, { re, im }) => sum + re * re + im * im, 0);
  return dense(size, (r, c) => {
    let [re, im] = [0, 0];
    for (const v of vectors) {
      re += (v[r]!.re * v[c]!.re + v[r]!.im * v[c]!.im) / norm;
      im += (v[r]!.im * v[c]!.re - v[r]!.re * v[c]!.im) / norm;
    }
    return complex(re, im);
  });
}

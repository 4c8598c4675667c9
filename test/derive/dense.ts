// Dense complex matrices by the textbook, for checks of formulas: nothing is shared with src/.

export interface Complex {
  readonly re: number;
  readonly im: number;
}

export interface Dense {
  readonly size: number;
  readonly re: Float64Array;
  readonly im: Float64Array;
}

export const complex = (re: number, im = 0): Complex => ({ re, im });

export const timesComplex = (a: Complex, b: Complex): Complex =>
  complex(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re);

export const zeros = (size: number): Dense => ({
  size,
  re: new Float64Array(size * size),
  im: new Float64Array(size * size),
});

/** The matrix with the entries `entry(row, column)`. */
export function dense(size: number, entry: (row: number, column: number) => Complex | number): Dense {
  const m = zeros(size);
  for (let r = 0; r < size; r++) {
    for (let c = 0; c < size; c++) {
      const value = entry(r, c);
      m.re[r * size + c] = typeof value === "number" ? value : value.re;
      m.im[r * size + c] = typeof value === "number" ? 0 : value.im;
    }
  }
  return m;
}

export const identity = (size: number): Dense => dense(size, (r, c) => (r === c ? 1 : 0));

export function plus(a: Dense, b: Dense): Dense {
  return { size: a.size, re: a.re.map((x, k) => x + b.re[k]!), im: a.im.map((x, k) => x + b.im[k]!) };
}

export function scaled(a: Dense, { re, im }: Complex): Dense {
  return {
    size: a.size,
    re: a.re.map((x, k) => x * re - a.im[k]! * im),
    im: a.im.map((x, k) => x * re + a.re[k]! * im),
  };
}

export function times(a: Dense, b: Dense): Dense {
  const n = a.size;
  const m = zeros(n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      const [x, y] = [a.re[i * n + k]!, a.im[i * n + k]!];
      if (x === 0 && y === 0) continue;
      for (let j = 0; j < n; j++) {
        const [u, v] = [b.re[k * n + j]!, b.im[k * n + j]!];
        m.re[i * n + j]! += x * u - y * v;
        m.im[i * n + j]! += x * v + y * u;
      }
    }
  }
  return m;
}

export const adjoint = (a: Dense): Dense =>
  dense(a.size, (r, c) => complex(a.re[c * a.size + r]!, -a.im[c * a.size + r]!));

/** Tr[ab] */
export function traceOfProduct(a: Dense, b: Dense): Complex {
  const n = a.size;
  let re = 0;
  let im = 0;
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      const [x, y] = [a.re[i * n + k]!, a.im[i * n + k]!];
      const [u, v] = [b.re[k * n + i]!, b.im[k * n + i]!];
      re += x * u - y * v;
      im += x * v + y * u;
    }
  }
  return complex(re, im);
}

export function kronecker(a: Dense, b: Dense): Dense {
  const n = b.size;
  return dense(a.size * n, (r, c) => {
    const p = Math.floor(r / n) * a.size + Math.floor(c / n);
    const q = (r % n) * n + (c % n);
    return timesComplex(complex(a.re[p]!, a.im[p]!), complex(b.re[q]!, b.im[q]!));
  });
}

/** OρO† − ½{O†O, ρ} */
export function dissipate(jump: Dense, rho: Dense): Dense {
  const square = times(adjoint(jump), jump);
  const loss = plus(times(square, rho), times(rho, square));
  return plus(times(times(jump, rho), adjoint(jump)), scaled(loss, complex(-0.5)));
}

/** −i[H, ρ] */
export function evolve(hamiltonian: Dense, rho: Dense): Dense {
  const difference = plus(times(hamiltonian, rho), scaled(times(rho, hamiltonian), complex(-1)));
  return scaled(difference, complex(0, -1));
}

/** The largest modulus among the entries. */
export const largest = (a: Dense): number =>
  a.re.reduce((most, x, k) => Math.max(most, Math.hypot(x, a.im[k]!)), 0);

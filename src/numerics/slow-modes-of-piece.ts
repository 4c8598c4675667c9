import { type Eigenpair, refineEigenpair } from "./eigenpair.ts";
import { invertedKrylov, krylovPairs } from "./inverted-krylov.ts";
import { evolveLinear } from "./linear-evolution.ts";
import type { RandomStream } from "./random-stream.ts";
import { type ShiftedSystem, shiftedSystem } from "./shifted-system.ts";
import type { SparseMatrix } from "./sparse-matrix.ts";
import { withoutModes } from "./without-modes.ts";

export type PieceOutcome =
  | {
      readonly kind: "found";
      readonly modes: readonly Eigenpair[];
      /** The decay up to which modes were looked for. */
      readonly frontier: number;
      /** No mode that decays slower than this is missing; 0 where that is not known. */
      readonly completeBelow: number;
      /** Modes with |λ| up to this are there in any case, multiple ones once. */
      readonly radius: number;
    }
  | { readonly kind: "failed"; readonly reason: string };

/** The shift, in units of ‖L‖: away from the eigenvalue 0, nearer to it than any slow mode. */
const SHIFT = 1e-9;

/** Modes beyond those asked for, which are nearest to zero without being the slowest. */
const SPARE = 4;

/**
 * The slowest modes of a large matrix that does not fall into parts: those next to zero from a Krylov space of the
 * shifted inverse. Modes that turn fast are far from zero however slowly they decay, and of a multiple eigenvalue a Krylov space shows one
 * vector; so a random vector without the modes found is evolved until only slow motion is left of it. Where it decays
 * slower than the last mode, what is left of it is the start of one more.
 */
export function slowModesOfPiece(
  L: SparseMatrix,
  low: Float64Array,
  norm: number,
  count: number,
  conserved: Float64Array,
  random: RandomStream,
): PieceOutcome {
  const randomVector = () => Float64Array.from({ length: L.columns }, () => 2 * random() - 1);
  const found = invertedKrylov(L, SHIFT * norm, count + SPARE + 1, randomVector());
  if (found.kind === "failed") return { kind: "failed", reason: REASONS[found.reason] };
  const system = shiftedSystem(L, low);
  const modes: Eigenpair[] = [];
  for (const { value, vector } of found.pairs) {
    const mode = refineEigenpair(system, norm, value, vector);
    if (!mode) return { kind: "failed", reason: REASONS.singular };
    modes.push(mode);
  }
  const piece = { L, low, norm, conserved, system };
  const radius = Math.max(...found.pairs.map(({ value }) => Math.hypot(value.re, value.im)));
  for (let more = 0; more <= MAX_SEARCHES; more++) {
    const frontier = decayOf(modes, count + SPARE, norm);
    const left = whatIsLeft(piece, modes, randomVector(), frontier);
    if (left?.kind === "faster") {
      return { kind: "found", modes, frontier, radius, completeBelow: AS_FAST.vouched * frontier };
    }
    const others = left ? modesIn(piece, left.state, modes, frontier) : [];
    if (others.length === 0) break;
    modes.push(...others);
  }
  return { kind: "found", modes, frontier: decayOf(modes, count + SPARE, norm), radius, completeBelow: 0 };
}

/** How often modes are looked for in what is left. */
const MAX_SEARCHES = 6;

const REASONS = {
  "too-large": "the factors of the Liouvillian would be too large",
  singular: "the shifted Liouvillian is singular",
  "not-converged": "the modes next to zero have not converged",
} as const;

interface WholePiece {
  readonly L: SparseMatrix;
  readonly low: Float64Array;
  readonly norm: number;
  readonly conserved: Float64Array;
  readonly system: ShiftedSystem;
}

/** The decay of the `count`-th slowest of the modes that decay, or of the last. */
function decayOf(modes: readonly Eigenpair[], count: number, norm: number): number {
  const decays = modes.map((m) => -m.value.re).filter((d) => d > STANDING * norm);
  decays.sort((a, b) => a - b);
  return decays[Math.min(count, decays.length) - 1] ?? norm;
}

/** A decay below this, in units of ‖L‖, is none. */
const STANDING = 1e-13;

/** What a random vector without the modes found is like after this many decay times of the last of them, and twice as many. */
const WAIT = 6;

/** The error of the evolution; modes that were taken out come back with this times their condition, and are then no rest. */
const EVOLVED = 1e-9;

/**
 * A rest that decays at the first part of a rate over WAIT of its times holds no mode that decays slower than the second: modes
 * of one decay that beat can make up for a factor e^(0.2·WAIT), about 3, between two looks.
 */
const AS_FAST = { seen: 0.9, vouched: 0.7 };

/** Steps of evolution beyond which nothing is known. */
const MAX_STEPS = 300;

/** Where round-off is larger, relative to the start of a rest, nothing is known of one that is as small. */
const MOST_ROUND_OFF = 1e-6;

type Left = { readonly kind: "faster" } | { readonly kind: "slower"; readonly state: Float64Array };

function whatIsLeft(
  { L, low, conserved }: WholePiece,
  modes: readonly Eigenpair[],
  vector: Float64Array,
  frontier: number,
): Left | undefined {
  const start = withoutModes(vector, modes);
  const wait = WAIT / frontier;
  const { outcome, states } = evolveLinear(L, low, start, [wait, 2 * wait], {
    tolerance: EVOLVED,
    maxSteps: MAX_STEPS,
    conserved,
  });
  if (outcome !== "evolved") return undefined;
  const [first, second] = states.map((s) => withoutModes(s, modes)) as [Float64Array, Float64Array];
  const [a, b] = [norm2(first), norm2(second)];
  if (Math.log(a / b) / wait >= AS_FAST.seen * frontier) return { kind: "faster" };
  const roundOff = 10 * EVOLVED * modes.reduce((most, m) => Math.max(most, m.condition), 1);
  if (b <= roundOff * norm2(start)) return roundOff <= MOST_ROUND_OFF ? { kind: "faster" } : undefined;
  return { kind: "slower", state: second };
}

/** Vectors of the Krylov space of L in which what is left is taken apart. */
const FEW = 24;

/** Of them those that are followed up, the most exact ones. */
const AT_ONCE = 4;

/** The slow modes that a vector is a sum of, without those that are there already. */
function modesIn(
  { L, norm, system }: WholePiece,
  x: Float64Array,
  known: readonly Eigenpair[],
  frontier: number,
): Eigenpair[] {
  const found: Eigenpair[] = [];
  const near = krylovPairs(L, x, FEW).filter(({ value }) => -value.re <= frontier);
  near.sort((a, b) => a.residual - b.residual);
  for (const { value, vector } of near.slice(0, AT_ONCE)) {
    const mode = refineEigenpair(system, norm, value, vector);
    if (mode && -mode.value.re <= frontier && !isAmong(mode, [...known, ...found])) found.push(mode);
  }
  return found;
}

/** Whether a mode is made of those that are there already: none is found twice. */
function isAmong({ right }: Eigenpair, modes: readonly Eigenpair[]): boolean {
  const rest = [right.re, right.im].map((part) => norm2(withoutModes(part, modes)));
  return Math.hypot(...rest) < 1e-6;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

const norm2 = (v: Float64Array): number => Math.sqrt(dot(v, v));

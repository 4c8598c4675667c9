import { type Runs, runsText, superscript, upright } from "../graph/runs.ts";
import type { Axis } from "./figure.ts";

interface AxisOptions {
  readonly isLogarithmic: boolean;
  /** How many ticks there is room for. */
  readonly room: number;
  /** Whether the axis ends with its values, as one that is swept does, or at round numbers beyond them. */
  readonly isTight?: boolean;
  /** Of whole numbers, whether there is room beside the first and the last. */
  readonly isSpaced?: boolean;
}

/** An axis that shows all of the values, with ticks at round numbers. */
export function axisOf(
  values: readonly number[],
  title: Runs,
  { isLogarithmic, room, isTight = false, isSpaced = false }: AxisOptions,
): Axis {
  const finite = values.filter(Number.isFinite);
  const [low, high] = extent(finite);
  if (isLogarithmic && low > 0) return logarithmicAxis([low, high], title, room, isTight);
  const [from, to] = isSpaced
    ? [low - 0.5, high + 0.5]
    : isOneValue(low, high)
      ? around((low + high) / 2)
      : [low, high];
  const isWhole = finite.every(Number.isInteger);
  const step = Math.max(roundStep((to - from) / room), isWhole ? 1 : 0);
  const [first, last] = isTight ? [from, to] : paddedEnds(from, to, step);
  const exponent = exponentOf(Math.max(Math.abs(first), Math.abs(last)));
  const scale = 10 ** exponent;
  const ticks = multiples(first, last, step).map((t) => clean(t / scale));
  return {
    title: exponent === 0 ? title : inUnitsOf(exponent, title),
    isLogarithmic: false,
    domain: [first / scale, last / scale],
    ticks,
    labelEvery: 1,
    decimals: Math.max(0, -Math.floor(Math.log10(step / scale) + 1e-9)),
    exponent,
  };
}

/** Values over their unit; a sum needs parentheses for that. */
function inUnitsOf(exponent: number, title: Runs): Runs {
  const isSum = / [+−] /.test(runsText(title));
  const whole = isSum ? [...upright("("), ...title, ...upright(")")] : title;
  return [...whole, ...upright(" / "), ...powerOfTen(exponent)];
}

export function extent(values: readonly number[]): readonly [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const v of values) [low, high] = [Math.min(low, v), Math.max(high, v)];
  return low > high ? [0, 1] : [low, high];
}

/** Values that differ by no more than round-off are one, not a curve. */
const isOneValue = (low: number, high: number): boolean =>
  high - low <= ONE_VALUE * Math.max(Math.abs(low), Math.abs(high));

const ONE_VALUE = 1e-11;

const around = (x: number): readonly [number, number] =>
  x === 0 ? [-1, 1] : [x - Math.abs(x) / 2, x + Math.abs(x) / 2];

/** 1, 2 or 5 times a power of ten, not below `least`. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return power * ([1, 2, 5].find((m) => m * power >= least * (1 - 1e-9)) ?? 10);
}

/** Ends with a little room beyond the values, and at zero where all values are on one side of it and near. */
function paddedEnds(from: number, to: number, step: number): readonly [number, number] {
  const room = 0.06 * (to - from);
  // populations that vanish are zero within round-off of either sign
  const low = from >= -1e-9 * (to - from) && from <= 0.6 * (to - from) ? 0 : from - room;
  const high = to <= 0 && -to <= 0.6 * (to - from) ? 0 : to + room;
  const onTick = (x: number, round: (y: number) => number): number => {
    const tick = round(x / step) * step;
    return Math.abs(tick - x) <= room ? tick : x;
  };
  return [onTick(low, Math.floor), onTick(high, Math.ceil)];
}

function multiples(from: number, to: number, step: number): number[] {
  const [first, last] = [Math.ceil(from / step - 1e-9), Math.floor(to / step + 1e-9)];
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, k) => (first + k) * step);
}

/** Without the round-off of a product of round numbers. */
const clean = (x: number): number => Number(x.toPrecision(12));

/** Zero for sizes that are written out, else the power of ten in whose units they are. */
const exponentOf = (size: number): number =>
  size === 0 || (size >= 0.01 && size < 1e4) ? 0 : Math.floor(Math.log10(size) + 1e-9);

/** The most decades that are shown below the largest value: what is smaller is round-off beside it. */
const DECADES = 12;

function logarithmicAxis(
  [low, high]: readonly [number, number],
  title: Runs,
  room: number,
  isTight: boolean,
): Axis {
  const least = Math.max(low, high * 10 ** -DECADES);
  const [bottom, top] = [Math.floor(Math.log10(least) + 1e-9), Math.ceil(Math.log10(high) - 1e-9)];
  const domain = isTight && low < high ? ([least, high] as const) : ([10 ** bottom, 10 ** top] as const);
  const every = Math.max(1, Math.ceil((top - bottom) / room));
  const powers = Array.from({ length: top - bottom + 1 }, (_, k) => bottom + k);
  const inside = powers.filter((p) => {
    const value = 10 ** p;
    return value >= domain[0] * (1 - 1e-9) && value <= domain[1] * (1 + 1e-9);
  });
  return {
    title,
    isLogarithmic: true,
    domain: domain[0] === domain[1] ? [domain[0] / 10, domain[1] * 10] : domain,
    ticks: inside.map((p) => Number(`1e${p}`)),
    labelEvery: every,
    decimals: 0,
    exponent: 0,
  };
}

/** 10⁻³ with a raised exponent. */
export const powerOfTen = (exponent: number): Runs => [
  ...upright("10"),
  ...superscript(upright(String(exponent).replace("-", "−"))),
];

/** Whether values were laid out with a constant ratio and not with a constant difference. */
export function isGeometric(values: readonly number[]): boolean {
  const distinct = [...new Set(values)].sort((a, b) => a - b);
  const [first, second, third] = distinct;
  if (first === undefined || second === undefined || third === undefined || first <= 0) return false;
  const ratio = second / first;
  return (
    ratio > 1 + 1e-6 && distinct.every((v, k) => k === 0 || Math.abs(v / distinct[k - 1]! / ratio - 1) < 1e-6)
  );
}

/** Whether all values are positive and too far apart in size for a linear axis. */
export function spansDecades(values: readonly number[]): boolean {
  const [low, high] = extent(values);
  return low > 0 && high / low > 1000;
}

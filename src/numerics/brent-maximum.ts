/** Where a function is largest. */
export interface Maximum {
  readonly at: number;
  readonly value: number;
}

/** The golden section. */
const GOLDEN = (3 - Math.sqrt(5)) / 2;

/** Near a maximum a function changes by less than its rounding over this part of the range. */
const FLAT = 3e-8;

const MAX_STEPS = 100;

/**
 * The maximum of f between two points, begun at a better one between them (or at one of them): parabolas through the three
 * best points, golden sections where these do not help (Brent, Algorithms for Minimization without Derivatives (1973), ch. 5).
 * f is −∞ where it has no value.
 */
export function brentMaximum(f: (x: number) => number, from: Maximum, to: Maximum, start: Maximum): Maximum {
  let [a, b] = [Math.min(from.at, to.at), Math.max(from.at, to.at)];
  const tolerance = FLAT * (b - a);
  let best = start;
  let [second, third] = from.value >= to.value ? [from, to] : [to, from];
  // the first step may be a parabola's, of any length within the bracket
  let [step, before] = [b - a, 2 * (b - a)];
  for (let k = 0; k < MAX_STEPS; k++) {
    const middle = (a + b) / 2;
    if (Math.abs(best.at - middle) <= 2 * tolerance - (b - a) / 2) break;
    const parabola = parabolicStep(best, second, third);
    const isGood =
      Math.abs(parabola) < Math.abs(before / 2) && best.at + parabola > a && best.at + parabola < b;
    const golden = (best.at < middle ? b : a) - best.at;
    [before, step] = isGood ? [step, parabola] : [golden, GOLDEN * golden];
    if (isGood && (best.at + step - a < 2 * tolerance || b - best.at - step < 2 * tolerance)) {
      step = best.at < middle ? tolerance : -tolerance;
    }
    const at = best.at + (Math.abs(step) >= tolerance ? step : step > 0 ? tolerance : -tolerance);
    const tried = { at, value: f(at) };
    if (tried.value >= best.value) {
      if (at < best.at) b = best.at;
      else a = best.at;
      [best, second, third] = [tried, best, second];
      continue;
    }
    if (at < best.at) a = at;
    else b = at;
    if (tried.value >= second.value || second.at === best.at) [second, third] = [tried, second];
    else if (tried.value >= third.value || third.at === best.at || third.at === second.at) third = tried;
  }
  return best;
}

/** From the best of three points to the top of the parabola through them; infinite where there is none. */
function parabolicStep(best: Maximum, second: Maximum, third: Maximum): number {
  const r = (best.at - second.at) * (best.value - third.value);
  const q = (best.at - third.at) * (best.value - second.value);
  const p = (best.at - third.at) * q - (best.at - second.at) * r;
  const step = -p / (2 * (q - r));
  return Number.isFinite(step) ? step : Number.POSITIVE_INFINITY;
}

import type { Band } from "./figure.ts";
import type { Sample } from "./samples.ts";

/** A point of the grid (or one that was searched for) with its regime. */
interface Place {
  readonly x: number;
  readonly sample: Sample;
  readonly regime: string;
}

/**
 * The regimes along an abscissa. Two of them meet where `find` has found a zero between their points; else where a
 * heat of the hot or the cold bath or the work, whichever changes its sign, would vanish on a straight line between
 * them; else half-way. `x` gives the abscissa of a sample, null where it has none.
 */
export function regimeBands(
  grid: readonly Sample[],
  found: readonly Sample[],
  x: (sample: Sample) => number | null,
): Band[] {
  const places = placesOf(grid, x);
  const zeros = found.flatMap((s) => x(s) ?? []);
  const bands: Band[] = [];
  for (const [k, place] of places.entries()) {
    const before = places[k - 1];
    const last = bands.at(-1);
    if (before && last && last.regime === place.regime) bands[bands.length - 1] = { ...last, to: place.x };
    else if (before && last) {
      const border = borderBetween(before, place, zeros);
      bands[bands.length - 1] = { ...last, to: border };
      bands.push({ regime: place.regime, from: border, to: place.x });
    } else bands.push({ regime: place.regime, from: place.x, to: place.x });
  }
  return bands;
}

/** In the order of the abscissa; a point on the very edge of two regimes belongs to neither, and is a border. */
function placesOf(grid: readonly Sample[], x: (sample: Sample) => number | null): Place[] {
  return grid
    .flatMap((sample): Place[] => {
      const [at, { regime }] = [x(sample), sample.quantities];
      const isInside = typeof regime === "string" && !regime.includes("/");
      return at !== null && isInside ? [{ x: at, sample, regime }] : [];
    })
    .sort((a, b) => a.x - b.x);
}

function borderBetween(a: Place, b: Place, zeros: readonly number[]): number {
  const searched = zeros.find((zero) => zero >= a.x && zero <= b.x);
  if (searched !== undefined) return searched;
  const crossings = signKeys(a.sample).flatMap((key) => {
    const [from, to] = [a.sample.quantities[key], b.sample.quantities[key]];
    if (typeof from !== "number" || typeof to !== "number" || from * to >= 0) return [];
    return [a.x + ((b.x - a.x) * from) / (from - to)];
  });
  if (crossings.length === 0) return (a.x + b.x) / 2;
  return crossings.reduce((sum, c) => sum + c, 0) / crossings.length;
}

/** The currents whose signs are the regime. */
export const signKeys = ({ roles }: Sample): readonly string[] => [
  ...["cold", "hot"].flatMap((role) => (roles[role] === undefined ? [] : `heat(${roles[role]})`)),
  "work",
];

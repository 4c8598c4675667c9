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
  const crossings = signedCurrents(a.sample).flatMap((current) => {
    const [from, to] = [currentAt(a.sample, current), currentAt(b.sample, current)];
    if (from === undefined || to === undefined || from * to >= 0) return [];
    return [a.x + ((b.x - a.x) * from) / (from - to)];
  });
  if (crossings.length === 0) return (a.x + b.x) / 2;
  return crossings.reduce((sum, c) => sum + c, 0) / crossings.length;
}

/** A current whose sign is part of what a regime is: the values of these keys together. */
export type SignedCurrent = readonly string[];

/** Heats, and the power that regimes count as work, which is that of chemical potentials and drives as well. */
export const signedCurrents = ({ roles }: Sample): readonly SignedCurrent[] => [
  ...["cold", "hot"].flatMap((role) => (roles[role] === undefined ? [] : [[`heat(${roles[role]})`]])),
  ["work", "chemical_work", "drive_power"],
];

/** Its value, of what is recorded of it; undefined where nothing is. */
export function currentAt({ quantities }: Sample, current: SignedCurrent): number | undefined {
  const recorded = current.map((key) => quantities[key]).filter((value) => typeof value === "number");
  return recorded.length === 0 ? undefined : recorded.reduce((sum, value) => sum + value, 0);
}

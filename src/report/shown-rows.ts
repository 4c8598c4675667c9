/** Rows of a table on a terminal; of longer ones every so many. */
const MAX_ROWS = 40;

/** At most `MAX_ROWS` places, evenly, the last among them. */
export function shownRows(count: number): number[] {
  const step = Math.max(1, Math.ceil(count / MAX_ROWS));
  const places = Array.from({ length: count }, (_, k) => k).filter((k) => k % step === 0);
  return places.at(-1) === count - 1 ? places : [...places, count - 1];
}

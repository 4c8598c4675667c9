/** Magnitudes outside of [10⁻³, 10⁶) are written with a power of ten. */
const SMALLEST_PLAIN = 1e-3;
const LARGEST_PLAIN = 1e6;

/** A number to `digits` significant digits without zeros at its end: `0.1873651`, `-5.694397e-4`, `0`. */
export function numberText(x: number, digits = 7): string {
  if (x === 0) return "0";
  const exponential = x.toExponential(digits - 1);
  const [mantissa, exponent] = exponential.split("e") as [string, string];
  const rounded = Math.abs(Number(exponential));
  if (rounded < SMALLEST_PLAIN || rounded >= LARGEST_PLAIN) {
    return `${withoutZeros(mantissa)}e${exponent.replace("+", "")}`;
  }
  return withoutZeros(x.toFixed(Math.max(0, digits - 1 - Number(exponent))));
}

const withoutZeros = (text: string): string =>
  text.includes(".") ? text.replace(/0+$/, "").replace(/\.$/, "") : text;

/** Texts of one column brought to equal width: numbers stand with their points below each other, words to the left. */
export function alignAtPoint(texts: readonly string[]): string[] {
  const numbers = texts.filter(isNumber);
  const lead = Math.max(0, ...numbers.map((t) => pointOf(t)));
  const placed = texts.map((t) => (isNumber(t) ? " ".repeat(lead - pointOf(t)) + t : t));
  const width = Math.max(0, ...placed.map((t) => columnsOf(t)));
  return placed.map((t) => padded(t, width));
}

const isNumber = (text: string): boolean => /^-?\d/.test(text);

/** Characters before the decimal point, or before where it would stand. */
const pointOf = (text: string): number => /^-?\d+/.exec(text)?.[0].length ?? 0;

/** Columns that a text takes on a screen: code points, without accents that join the letter before them. */
export const columnsOf = (text: string): number => text.match(/\P{Mn}/gu)?.length ?? 0;

/** `text` filled with blanks to `width` columns. */
export const padded = (text: string, width: number): string =>
  text + " ".repeat(Math.max(0, width - columnsOf(text)));

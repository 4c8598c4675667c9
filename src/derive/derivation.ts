import type { FormulaEquation } from "../formula/formula.ts";

/** A derived result: equations in the order in which they are to be read, and remarks. */
export interface Derivation {
  /** What it answers, as typed after `--of`: `heat(cold)`. */
  readonly name: string;
  /** What it is, in words. */
  readonly title: string;
  readonly equations: readonly FormulaEquation[];
  /** Plain sentences, e.g. what was checked. */
  readonly notes: readonly string[];
}

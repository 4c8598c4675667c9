import { type Entry, valueText } from "./entry.ts";
import { entryLine, type Line, renderLines } from "./lines.ts";
import type { Section } from "./section.ts";

/** What the machine does as a whole, in the report's order, by label. */
const LABELS: Readonly<Record<string, string>> = {
  regime: "regime",
  efficiency: "efficiency",
  COP: "COP",
  work: "work",
  chemical_work: "chemical work",
  drive_power: "power of the drives",
  entropy_production: "entropy production",
  first_law_residual: "first-law residual",
};

/** What a reader must know of a quantity. */
const REMARKS: Readonly<Record<string, string>> = { work: "(bosonic and fermionic baths together)" };

/** The bound that stands beside a quantity. */
const BOUNDS: Readonly<Record<string, string>> = { efficiency: "carnot_efficiency", COP: "carnot_COP" };

const KEYS = new Set([...Object.keys(LABELS), ...Object.values(BOUNDS)]);

/** Regime, performance beside its Carnot bounds, and the two laws. */
export const PERFORMANCE_SECTION: Section = {
  takes: (key) => KEYS.has(key),
  render(entries, _, page) {
    const find = (key: string | undefined): Entry | undefined => entries.find((e) => e.key === key);
    const lines = Object.entries(LABELS).flatMap(([key, label]) => {
      const entry = find(key);
      return entry ? [remarkedLine(entry, label, find(BOUNDS[key]))] : [];
    });
    return [page.palette.strong("Performance"), ...renderLines(lines, page)];
  },
};

/** A quantity with its bound or another remark; a bound is left out where it is undefined. */
function remarkedLine(entry: Entry, label: string, bound: Entry | undefined): Line {
  const line = entryLine(entry, label);
  const hasBound = bound !== undefined && bound.value !== null;
  const remark = hasBound ? `(Carnot ${valueText(bound)})` : REMARKS[entry.key];
  if (remark === undefined) return line;
  if (line.kind === "value") return { ...line, remark };
  return hasBound ? { ...line, text: `${line.text} ${remark.replace(" ", "\u00a0")}` } : line;
}

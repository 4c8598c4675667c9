import { type Entry, operandOf } from "./entry.ts";
import type { Section } from "./section.ts";
import { type Column, quantityColumn, renderTable, undefinedNotes } from "./table.ts";

/** A current, its noise and the uncertainty product of both, with the titles of their columns. */
interface Family {
  readonly title: string;
  readonly columns: readonly (readonly [quantity: string, title: string])[];
  readonly product: string;
}

const FAMILIES: readonly Family[] = [
  {
    title: "Fluctuations",
    columns: [
      ["energy_current", "energy"],
      ["energy_noise", "noise"],
      ["uncertainty_product", "uncertainty"],
    ],
    product: "uncertainty_product",
  },
  {
    title: "of particles",
    columns: [
      ["particle_noise", "noise"],
      ["particle_uncertainty_product", "uncertainty"],
    ],
    product: "particle_uncertainty_product",
  },
];

/** What an uncertainty product of classical machines is at least; a product this little below it is round-off. */
const CLASSICAL_BOUND = 2;
const ROUND_OFF = 1e-6;

/** The noise of each bath's currents, and on which side of the classical bound it is. */
export const FLUCTUATION_SECTION: Section = {
  takes: (key) => FAMILIES.some((family) => bathOf(key, family) !== undefined),
  render: (entries, _, page) => [
    ...FAMILIES.flatMap((family) => {
      const own = entries.filter(({ key }) => bathOf(key, family) !== undefined);
      if (own.length === 0) return [];
      const baths = [...new Set(own.map(({ key }) => bathOf(key, family)!))];
      const columns = family.columns
        .filter(([name]) => own.some(({ key }) => operandOf(key, name) !== undefined))
        .map(([name, title]) => ({ ...quantityColumn(name, baths, own), title }));
      return renderTable(family.title, baths, [...columns, boundColumn(family, baths, own)], page);
    }),
    ...undefinedNotes(entries, page),
  ],
};

function bathOf(key: string, { columns }: Family): string | undefined {
  for (const [name] of columns) {
    const bath = operandOf(key, name);
    if (bath !== undefined) return bath;
  }
  return undefined;
}

const boundColumn = ({ product }: Family, baths: readonly string[], entries: readonly Entry[]): Column => ({
  title: "",
  cells: baths.map((bath) => {
    const value = entries.find(({ key }) => key === `${product}(${bath})`)?.value;
    if (typeof value !== "number") return "";
    return value < CLASSICAL_BOUND * (1 - ROUND_OFF)
      ? "below the classical bound 2"
      : "keeps the classical bound 2";
  }),
});

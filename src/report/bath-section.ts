import { operandOf } from "./entry.ts";
import type { Section } from "./section.ts";
import { type Column, quantityColumn, renderTable, undefinedNotes } from "./table.ts";

/** Currents of each bath by quantity, with the titles of their columns. */
const CURRENTS: readonly (readonly [quantity: string, title: string])[] = [
  ["heat", "heat"],
  ["work", "work"],
  ["chemical_work", "chemical work"],
  ["particles", "particles"],
];

const bathOf = (key: string): string | undefined => {
  for (const [name] of CURRENTS) {
    const bath = operandOf(key, name);
    if (bath !== undefined) return bath;
  }
  return undefined;
};

/** The currents of each bath, with the role it plays; a column for each that is reported. */
export const BATH_SECTION: Section = {
  takes: (key) => bathOf(key) !== undefined,
  render(entries, { roles }, page) {
    const baths = [...new Set(entries.map(({ key }) => bathOf(key)!))];
    const currents = CURRENTS.filter(([name]) =>
      entries.some(({ key }) => operandOf(key, name) !== undefined),
    ).map(([name, title]) => ({ ...quantityColumn(name, baths, entries), title }));
    const columns = Object.keys(roles).length > 0 ? [roleColumn(baths, roles), ...currents] : currents;
    return [...renderTable("Baths", baths, columns, page), ...undefinedNotes(entries, page)];
  },
};

const roleColumn = (baths: readonly string[], roles: Readonly<Record<string, string>>): Column => ({
  title: "role",
  cells: baths.map((bath) =>
    Object.keys(roles)
      .filter((role) => roles[role] === bath)
      .join(", "),
  ),
});

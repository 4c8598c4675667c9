import { operandOf } from "./entry.ts";
import type { Section } from "./section.ts";
import { type Column, quantityColumn, renderTable, undefinedNotes } from "./table.ts";

const CURRENTS = ["heat", "work"] as const;

const bathOf = (key: string): string | undefined => operandOf(key, "heat") ?? operandOf(key, "work");

/** Heat and work of each bath, with the role it plays. */
export const BATH_SECTION: Section = {
  takes: (key) => bathOf(key) !== undefined,
  render(entries, { roles }, page) {
    const baths = [...new Set(entries.map(({ key }) => bathOf(key)!))];
    const currents = CURRENTS.map((name) => quantityColumn(name, baths, entries));
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

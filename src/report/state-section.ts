import { operandOf } from "./entry.ts";
import type { Section } from "./section.ts";
import { quantityColumn, renderTable, undefinedNotes } from "./table.ts";

const COLUMNS = ["entropy", "purity", "ergotropy"];

const partOf = (key: string): string | undefined => {
  const name = COLUMNS.find((column) => operandOf(key, column) !== undefined);
  return name === undefined ? undefined : operandOf(key, name);
};

/** What the state of the whole and of its parts is worth. */
export const STATE_SECTION: Section = {
  takes: (key) => partOf(key) !== undefined,
  render(entries, _, page) {
    const parts = [...new Set(entries.map(({ key }) => partOf(key)!))];
    const columns = COLUMNS.map((name) => quantityColumn(name, parts, entries)).filter(({ cells }) =>
      cells.some((cell) => cell !== ""),
    );
    return [...renderTable("State", parts, columns, page), ...undefinedNotes(entries, page)];
  },
};

/** Lines of cells as comma-separated values (RFC 4180, with \n); what is undefined is empty. */
export const csvText = (lines: readonly (readonly (string | number | null)[])[]): string =>
  `${lines.map((cells) => cells.map(csvCell).join(",")).join("\n")}\n`;

function csvCell(value: string | number | null): string {
  if (value === null) return "";
  const text = String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

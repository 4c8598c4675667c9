import { type Line, type Page, renderLines } from "./lines.ts";
import { numberText } from "./number-text.ts";
import type { ModeReport, SpectrumReport, SpectrumWindows } from "./results.ts";
import { renderTable } from "./table.ts";

/** Means that a mode is described by. */
const MOST_MEANS = 3;

/** The gap and the slowest modes of the Liouvillian as a block of the report. */
export function spectrumLines(spectrum: SpectrumReport, page: Page): string[] {
  const { modes } = spectrum;
  const column = (title: string, of: (mode: ModeReport) => string) => ({ title, cells: modes.map(of) });
  const table = renderTable(
    "Slowest modes",
    modes.map(valueText),
    [
      column("decay time", (m) => (m.decayTime === null ? "never" : numberText(m.decayTime, 5))),
      column("period", (m) => (m.period === null ? "" : numberText(m.period, 5))),
      column("elements of ρ", (m) => (m.isInSector ? "with the diagonal" : "apart")),
      column("moves", movesText),
    ],
    page,
  );
  return [...table, ...renderLines(remarks(spectrum), page)];
}

function valueText({ re, im, error }: ModeReport): string {
  const turn = im > error ? ` ± ${numberText(im, 5)}i` : "";
  return `${numberText(re, 7)}${turn}`;
}

const movesText = ({ means }: ModeReport): string =>
  means.length === 0
    ? "coherences only"
    : means
        .slice(0, MOST_MEANS)
        .map(({ quantity, change }) => `${quantity.replace(/^mean\((.*)\)$/, "$1")} ${numberText(change, 2)}`)
        .join(", ");

function remarks({
  gap,
  modes,
  kernelDimension,
  isWhole,
  size,
  completeBelow,
  radius,
  method,
  windows,
}: SpectrumReport): Line[] {
  const worst = modes.reduce((most, m) => Math.max(most, m.error), 0);
  const where = isWhole ? "of all elements of ρ" : "of the elements of ρ joined to the diagonal";
  const steady = kernelDimension === 1 ? "" : `; 0 is an eigenvalue ${kernelDimension} times`;
  const missed =
    completeBelow === null
      ? "none: all eigenvalues are known"
      : completeBelow > 0
        ? `none that decays slower than at ${numberText(completeBelow, 4)}`
        : `modes that turn faster than at ${numberText(radius ?? 0, 3)} may be missing, and further ones of the same eigenvalue`;
  return [
    {
      kind: "text",
      label: "gap",
      text:
        gap === null
          ? "not known: slower modes may have been missed"
          : `${numberText(gap)}, ${where}${steady}`,
    },
    { kind: "text", label: "missing modes", text: missed },
    { kind: "text", label: "error", text: `${numberText(worst, 2)} at most; ${method}, ${size} unknowns` },
    ...(windows.kind === "whole"
      ? []
      : [{ kind: "text", label: "levels", text: windowsText(windows) } as const]),
  ];
}

function windowsText(windows: SpectrumWindows): string {
  const here = "all of this holds for the windows of the certificate";
  if (windows.kind !== "verified") return `${here}, and was not compared with wider ones`;
  const gap =
    windows.gap === null ? "the gap is not known" : `the gap differs by ${numberText(windows.gap, 2)}`;
  return `${here}; with ${windows.levels} levels more ${gap}, and the modes by ${numberText(windows.modes, 2)} at most`;
}

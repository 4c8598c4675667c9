import type { AdvisedEquation } from "../advise/advice.ts";
import type { Finding, Verdict } from "../advise/verdict.ts";
import { PLAIN } from "../source/palette.ts";
import type { AdviceReport } from "./advice-json.ts";
import { INDENT, type Page, wrap } from "./lines.ts";
import { numberText } from "./number-text.ts";
import { renderTable } from "./table.ts";
import type { TerminalReportStyle } from "./terminal-report.ts";

const WORDS: Readonly<Record<Verdict, string>> = {
  trust: "trust",
  caution: "with caution",
  no: "do not trust",
};

/** The advice as text: a table of all currents, then why. */
export function adviceText(
  { model, baths, equations, recommended }: AdviceReport,
  { palette = PLAIN, columns = 80 }: TerminalReportStyle = {},
): string {
  const page: Page = { palette, columns };
  const conclusion =
    recommended === null
      ? "none of these equations can be trusted here"
      : `use ${recommended}${equations.find((e) => e.name === recommended)!.verdict === "trust" ? "" : ", with caution"}`;
  const blocks = [
    [`${palette.strong(model)}: ${palette.strong(conclusion)}`, palette.faint(`baths ${baths.join(", ")}`)],
    currentsTable(equations, page),
    why(equations, page),
  ];
  return `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function currentsTable(equations: readonly AdvisedEquation[], page: Page): string[] {
  const baths = [...new Set(equations.flatMap((e) => Object.keys(e.currents?.heat ?? {})))];
  const cell = (x: number | undefined): string => (x === undefined ? "" : numberText(x));
  const column = (title: string, of: (e: AdvisedEquation) => number | undefined) => ({
    title,
    cells: equations.map((e) => cell(of(e))),
  });
  const sum = (values: Readonly<Record<string, number>>): number =>
    Object.values(values).reduce((total, x) => total + x, 0);
  const hasChemical = equations.some(
    (e) => e.currents && Object.values(e.currents.chemicalWork).some((x) => x !== 0),
  );
  return renderTable(
    "Equations",
    equations.map((e) => e.name),
    [
      { title: "", cells: equations.map((e) => WORDS[e.verdict]) },
      ...baths.map((b) => column(`heat(${b})`, (e) => e.currents?.heat[b])),
      column("all works", (e) => e.currents && sum(e.currents.work) + (e.currents.sharedWork ?? 0)),
      ...(hasChemical ? [column("chemical work", (e) => e.currents && sum(e.currents.chemicalWork))] : []),
      column("entropy production", (e) => e.currents?.entropyProduction),
    ],
    page,
  );
}

/** What is found of all equations alike is said once. */
function why(equations: readonly AdvisedEquation[], page: Page): string[] {
  const solved = equations.filter((e) => e.currents);
  const isShared = ({ text }: Finding): boolean =>
    solved.length > 1 && solved.every(({ findings }) => findings.some((f) => f.text === text));
  const shared = solved[0]?.findings.filter(isShared) ?? [];
  return [
    page.palette.strong("Why"),
    ...(shared.length > 0 ? reasons("all of them", undefined, shared, page) : []),
    ...equations.flatMap(({ name, isDeclared, methods, findings }) => {
      const own = findings.filter((f) => !shared.includes(f) && !isShared(f));
      return reasons(name, isDeclared ? methods.join(", ") : "not in the model", own, page);
    }),
  ];
}

/** The findings of an equation, those that speak against it first. */
function reasons(
  name: string,
  remark: string | undefined,
  findings: readonly Finding[],
  { palette, columns }: Page,
): string[] {
  const rank: Readonly<Record<Verdict, number>> = { no: 0, caution: 1, trust: 2 };
  const sorted = [...findings].sort((a, b) => rank[a.verdict] - rank[b.verdict]);
  return [
    `${INDENT}${name}${remark === undefined ? "" : ` ${palette.faint(`(${remark})`)}`}`,
    ...sorted.flatMap((finding) => {
      const [first, ...more] = wrap(finding.text, columns - 2 * INDENT.length - MARK_WIDTH);
      return [
        `${INDENT}${INDENT}${mark(finding)}${first}`,
        ...more.map((line) => `${INDENT}${INDENT}${" ".repeat(MARK_WIDTH)}${line}`),
      ];
    }),
  ];
}

const MARK_WIDTH = 5;

const MARKS: Readonly<Record<Verdict, string>> = { trust: "ok", caution: "?", no: "no" };

const mark = ({ verdict }: Finding): string => MARKS[verdict].padEnd(MARK_WIDTH);

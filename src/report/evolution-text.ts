import { PLAIN } from "../source/palette.ts";
import { frameRemark } from "./certificate-lines.ts";
import type {
  DistributionReport,
  EvolutionCertificate,
  EvolutionResults,
  TrajectoryReport,
} from "./evolution-results.ts";
import { jumpBlocks } from "./jump-text.ts";
import { type Line, type Page, renderLines, wrap } from "./lines.ts";
import { numberText } from "./number-text.ts";
import { shownRows } from "./shown-rows.ts";
import { type Column, renderTable } from "./table.ts";
import type { TerminalReportStyle } from "./terminal-report.ts";

/** Columns that fit beside the times. */
const MAX_COLUMNS = 5;

/** An evolution as text: a table of what was recorded, populations, and what vouches for them. */
export function evolutionText(
  results: EvolutionResults,
  { palette = PLAIN, columns = 80 }: TerminalReportStyle = {},
): string {
  const page: Page = { palette, columns };
  const blocks = results.trajectories.flatMap((t) => [
    heading(results, t, page),
    ...tables(t, page),
    ...t.distributions.map((d) => distribution(d, t, page)),
    certificate(t.certificate, page),
    ...(t.jumps ? jumpBlocks(t, t.jumps, page) : []),
  ]);
  return blocks.length === 0 ? "" : `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function heading(
  { model, units, experiment }: EvolutionResults,
  { equation, state, parameters }: TrajectoryReport,
  { palette, columns }: Page,
): string[] {
  const values = Object.entries(parameters).map(
    ([name, value]) => `${name}\u00a0=\u00a0${value === null ? "not\u00a0finite" : numberText(value)}`,
  );
  const remarks = [
    ...(values.length > 0 ? wrap(values.join(", "), columns) : []),
    `Units ${units}; energy that enters the machine is positive.`,
  ];
  const title = `${palette.strong(model)}, ${palette.strong(experiment)}: ${palette.strong(equation)} from ${state}`;
  return [title, ...remarks.map(palette.faint)];
}

const timeText = (time: number | null): string => (time === null ? "at rest" : `t = ${numberText(time, 5)}`);

function tables({ times, quantities, recorded }: TrajectoryReport, page: Page): string[][] {
  const keys =
    recorded.length > 0 ? recorded : Object.keys(quantities).filter((k) => /^(heat|work)\(/.test(k));
  const rows = shownRows(times.length);
  const labels = rows.map((k) => timeText(times[k]!));
  const column = (key: string): Column => ({
    title: key,
    cells: rows.map((k) => {
      const value = quantities[key]![k]!;
      return typeof value === "number" ? numberText(value) : (value ?? "undefined");
    }),
  });
  const groups = Array.from({ length: Math.ceil(keys.length / MAX_COLUMNS) }, (_, g) =>
    keys.slice(g * MAX_COLUMNS, (g + 1) * MAX_COLUMNS),
  );
  return groups.map((group) => renderTable("Time", labels, group.map(column), page));
}

/** The mean and the spread of a distribution and its likeliest level, time by time. */
function distribution(
  { subsystem, levels, populations }: DistributionReport,
  { times }: TrajectoryReport,
  page: Page,
): string[] {
  const rows = shownRows(times.length);
  const likeliest = populations.map((p) => p.reduce((best, x, k) => (x > p[best]! ? k : best), 0));
  const range = populations.map((p) => {
    const held = p.flatMap((x, k) => (x >= 1e-3 ? [k] : []));
    return held.length === 0 ? "" : `${levels[held[0]!]}..${levels[held.at(-1)!]}`;
  });
  return renderTable(
    `Population of ${subsystem}`,
    rows.map((k) => timeText(times[k]!)),
    [
      { title: "likeliest level", cells: rows.map((k) => levels[likeliest[k]!]!) },
      { title: "its population", cells: rows.map((k) => numberText(populations[k]![likeliest[k]!]!, 4)) },
      { title: "levels above 0.001", cells: rows.map((k) => range[k]!) },
    ],
    page,
  );
}

const rough = (x: number): string => numberText(x, 2);

function certificate(c: EvolutionCertificate, page: Page): string[] {
  const windows = Object.entries(c.windows).map(([name, w]): Line => {
    const ends = w.edgePopulations.filter((p) => p !== null).map(rough);
    return {
      kind: "text",
      label: `levels of ${name}`,
      text: `${w.first}..${w.last} (${w.isAutomatic ? "automatic" : "stated"}), its ends held ${ends.join(" and ")} at most`,
    };
  });
  const limit = c.longTime
    ? `at t = ${rough(c.longTime.time)} the evolution has come to rest, ${rough(c.longTime.distance)} from the steady state`
    : c.dependsOnTime
      ? "not compared: the equation depends on time and has no steady state"
      : "not compared: there is no steady state, or it is not come to in few steps";
  const lines: Line[] = [
    {
      kind: "text",
      label: "error of ρ",
      text: `estimated ${rough(c.estimatedError)}, ${c.estimatedError > c.tolerance ? "more than the" : "asked for"} ${rough(c.tolerance)}${c.estimatedError > c.tolerance ? " that was asked for" : ""}`,
    },
    { kind: "text", label: "trace", text: `off by ${rough(c.traceError)} at most` },
    { kind: "text", label: "smallest eigenvalue", text: rough(c.smallestEigenvalue) },
    ...windows,
    ...(c.moves > 0
      ? [
          {
            kind: "text",
            label: "moves",
            text: `windows followed the state ${c.moves} ${c.moves === 1 ? "time" : "times"} and left ${rough(c.leftBehind)} of it behind`,
          } as const,
        ]
      : []),
    { kind: "text", label: "unknowns", text: `${c.sectorSize} real ones out of ${c.fullSize}` },
    ...(c.frame === null ? [] : [{ kind: "text", label: "frame", text: frameRemark(c.frame) } as const]),
    { kind: "text", label: "long times", text: limit },
    {
      kind: "text",
      label: "solver",
      text: `${c.route}${c.isRouteAsked ? " (as asked)" : ""}, ${c.steps} steps`,
    },
  ];
  return [page.palette.strong("Certificate"), ...renderLines(lines, page)];
}

import type { JumpReport, SingleTrajectory, TrajectoryReport } from "./evolution-results.ts";
import { type Line, type Page, renderLines } from "./lines.ts";
import { numberText } from "./number-text.ts";
import { shownRows } from "./shown-rows.ts";
import { type Column, renderTable } from "./table.ts";

/** Jumps of a trajectory that are shown on a terminal; all are in the JSON. */
const MAX_JUMPS = 60;

/** Columns of a trajectory that fit beside the times. */
const MAX_COLUMNS = 5;

/** Averages over quantum-jump trajectories, and a single one, as blocks of text. */
export function jumpBlocks(report: TrajectoryReport, jumps: JumpReport, page: Page): string[][] {
  const keys = keysOf(report, jumps);
  return [
    ...(jumps.count > 0 ? keys.map((key) => averageTable(key, report, jumps, page)) : []),
    ...(jumps.single ? singleBlocks(jumps.single, jumps, keys, page) : []),
    remarks(jumps, page),
  ];
}

/** What the experiment records, or else the heats. */
function keysOf({ recorded }: TrajectoryReport, { quantities, single }: JumpReport): string[] {
  const all = Object.keys(single?.quantities ?? quantities);
  const asked = all.filter((key) => recorded.includes(key));
  return asked.length > 0 ? asked : all.filter((key) => /^(accumulated_heat|heat)\(/.test(key));
}

const timeText = (time: number): string => `t = ${numberText(time, 5)}`;

function averageTable(
  key: string,
  { quantities }: TrajectoryReport,
  { times, quantities: averages }: JumpReport,
  page: Page,
): string[] {
  const { average, standardError, deviation } = averages[key]!;
  const rows = shownRows(times.length);
  const column = (title: string, values: readonly (number | string | null)[], digits: number): Column => ({
    title,
    cells: rows.map((k) => {
      const x = values[k] ?? null;
      return typeof x === "number" ? numberText(x, digits) : (x ?? "");
    }),
  });
  return renderTable(
    key,
    rows.map((k) => timeText(times[k]!)),
    [
      column("average", average, 7),
      column("standard error", standardError, 2),
      column("equation", quantities[key]!, 7),
      column("deviation in errors", deviation, 2),
    ],
    page,
  );
}

function singleBlocks(
  { number, jumps, quantities }: SingleTrajectory,
  { times }: JumpReport,
  keys: readonly string[],
  page: Page,
): string[][] {
  const shown = jumps.slice(0, MAX_JUMPS);
  const events = renderTable(
    `Jumps of trajectory ${number}`,
    shown.map(({ time }) => timeText(time)),
    [
      { title: "bath", cells: shown.map((j) => j.bath) },
      { title: "channel", cells: shown.map((j) => String(j.channel)) },
      {
        title: "energy to the bath",
        cells: shown.map((j) => (j.energy === null ? "no fixed one" : numberText(j.energy))),
      },
    ],
    page,
  );
  const more = jumps.length - shown.length;
  const rows = shownRows(times.length);
  const groups = Array.from({ length: Math.ceil(keys.length / MAX_COLUMNS) }, (_, g) =>
    keys.slice(g * MAX_COLUMNS, (g + 1) * MAX_COLUMNS),
  );
  return [
    more > 0 ? [...events, `  and ${more} more, which --json prints`] : events,
    ...groups.map((group) =>
      renderTable(
        `Along trajectory ${number}`,
        rows.map((k) => timeText(times[k]!)),
        group.map((key) => ({ title: key, cells: rows.map((k) => numberText(quantities[key]![k]!)) })),
        page,
      ),
    ),
  ];
}

function remarks({ count, asked, seed, meanJumps, resolution, leftOut }: JumpReport, page: Page): string[] {
  const made = asked === undefined ? `${count}` : `only ${count} of ${asked}`;
  const lines: Line[] = [
    {
      kind: "text",
      label: "made from",
      text: `seed ${seed}${count > 0 ? `, ${made} trajectories with ${numberText(meanJumps ?? 0, 4)} jumps on average` : asked === undefined ? "" : `, none of ${asked} trajectories`}`,
    },
    { kind: "text", label: "times of jumps", text: `to ${numberText(resolution, 2)}` },
    ...Object.entries(leftOut).map(
      ([key, reason]): Line => ({ kind: "text", label: key, text: `left out: ${reason}` }),
    ),
  ];
  return [page.palette.strong("Quantum jumps"), ...renderLines(lines, page)];
}

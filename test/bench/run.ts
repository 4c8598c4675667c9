/**
 * `npm run bench [-- NAME…]`: the same work by Thermill and by QuTiP 5.3, where there is one (`npm run bench:setup`), in one
 * run and by turns; prints the rows and keeps them in docs/benchmarks.md, where rows that were not asked for stay as they
 * are. Times are measured and never tested.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import type { BenchRow } from "./bench-row.ts";
import { type Measurement, measure, PYTHON } from "./measure.ts";
import { EVOLUTIONS } from "./rows/evolutions.ts";
import { GLOBAL_EQUATIONS } from "./rows/global-equations.ts";
import { START_UP } from "./rows/start-up.ts";
import { STEADY_STATES } from "./rows/steady-states.ts";
import { SWEEPS } from "./rows/sweeps.ts";

const ROWS: readonly BenchRow[] = [
  ...SWEEPS,
  ...STEADY_STATES,
  ...GLOBAL_EQUATIONS,
  ...EVOLUTIONS,
  ...START_UP,
];

const PAGE = new URL("../../docs/benchmarks.md", import.meta.url);

const HEADINGS = [
  "name",
  "work",
  "goal",
  "Thermill",
  "QuTiP 5.3",
  "ratio",
  "Thermill, whole process",
  "its memory",
  "QuTiP, whole process",
  "ratio",
  "largest relative deviation",
];

const shown = (x: number): string =>
  x >= 100 ? x.toFixed(0) : x >= 1 ? x.toFixed(1) : x >= 0.01 ? x.toFixed(3) : x.toExponential(1);

const time = (seconds: number | undefined, note = ""): string =>
  seconds === undefined ? "" : `${shown(seconds)} s${note && ` (${note})`}`;

const ratio = (theirs: number | undefined, ours: number | undefined): string =>
  theirs === undefined || ours === undefined ? "" : `${shown(theirs / ours)}×`;

const milliseconds = (seconds: number | undefined): string =>
  seconds === undefined ? "" : `${shown(1000 * seconds)} ms`;

/** What a further point of a sweep adds to a cell. */
const ofFurther = (text: string): string => text && `; a further point ${text}`;

function lineOf({ name, work, goal, theirs, points, otherRoute }: BenchRow, found: Measurement): string {
  const { furtherPoint } = found;
  const theirPoint = found.theirs && points ? found.theirs / points : undefined;
  const cells = [
    name,
    work,
    goal ?? "",
    time(found.ours, found.remark) + ofFurther(milliseconds(furtherPoint)),
    time(found.theirs, theirs?.note) + ofFurther(milliseconds(theirPoint)),
    ratio(found.theirs, found.ours) + ofFurther(ratio(theirPoint, furtherPoint)),
    time(found.ourProcess),
    found.ourMemory === undefined ? "" : `${shown(found.ourMemory / 1e9)} GB`,
    time(found.theirProcess),
    ratio(found.theirProcess, found.ourProcess),
    found.deviation === undefined
      ? ""
      : `${found.deviation.toExponential(0)}${otherRoute ? ` (ours, ${otherRoute.how})` : ""}`,
  ];
  return `| ${cells.join(" | ")} |`;
}

/** The lines of the page's table, by the names of their rows. */
function linesOfPage(): Map<string, string> {
  const lines = existsSync(PAGE) ? readFileSync(PAGE, "utf8").split("\n") : [];
  return new Map(
    lines.flatMap((line) => (line.startsWith("| ") ? [[line.split(" | ")[0]!.slice(2), line]] : [])),
  );
}

function page(lines: ReadonlyMap<string, string>): string {
  const limits = ROWS.flatMap(({ name, limit }) => (limit ? [`- ${name}: ${limit}`] : []));
  return [
    "# Benchmarks",
    "",
    `\`npm run bench\` (\`npm run bench -- NAME…\` for some of the rows), medians of runs by turns on ${cpus().length} cores (${cpus()[0]?.model ?? "unknown"}), Node ${process.version}. Whole processes hold everything, QuTiP's imports too; the times beside them leave out the start. Work on one core that says so is given in time of the processor on both sides.`,
    "",
    `| ${HEADINGS.join(" | ")} |`,
    `|${HEADINGS.map(() => "---").join("|")}|`,
    ...ROWS.flatMap(({ name }) => lines.get(name) ?? []),
    ...(limits.length > 0 ? ["", "What limits a row:", "", ...limits] : []),
    "",
  ].join("\n");
}

const asked = process.argv.slice(2);
const chosen = ROWS.filter(({ name }) => asked.length === 0 || asked.some((word) => name.includes(word)));
if (chosen.length === 0) {
  console.error(`no row is named like that; there are ${ROWS.map((r) => r.name).join(", ")}`);
  process.exit(2);
}
if (!PYTHON) console.error("Without QuTiP: 'npm run bench:setup' puts it into .venv.");
const lines = linesOfPage();
for (const row of chosen) {
  const line = lineOf(row, measure(row));
  console.log(line);
  // what was measured beside a peer is not replaced by what was measured without
  if (PYTHON || !row.theirs || !lines.has(row.name)) lines.set(row.name, line);
}
writeFileSync(PAGE, page(lines));

import { type Runs, runsText, upright } from "../graph/runs.ts";
import type { PlotDefinition, PlotValue } from "../model/model.ts";
import { axisOf, isGeometric, spansDecades } from "./axis.ts";
import { axisTitle, ordinatesTitle, valueLabel } from "./axis-title.ts";
import { regimeBands } from "./bands.ts";
import type { Axis, LinesPanel, Mark, Point, Series } from "./figure.ts";
import { expressionRuns, nameRuns, quantityOf } from "./label.ts";
import { legendPlace } from "./legend-place.ts";
import { numberAt, type Sample, valueAt } from "./samples.ts";

/** What a panel is made of besides its clause. */
export interface PlotData {
  /** Points of the grid, and those that `find` has found. */
  readonly grid: readonly Sample[];
  readonly found: readonly Sample[];
  /** The swept parameters, the first slowest. */
  readonly axes: readonly string[];
  /** The height of a panel. */
  readonly height: number;
  /** Descriptions of parameters and quantities by name. */
  readonly descriptions: ReadonlyMap<string, string>;
}

/** Points that another experiment lays on this plot. */
export interface MarkedSamples {
  readonly ordinate: PlotValue;
  readonly against: PlotValue;
  readonly samples: readonly Sample[];
  readonly axes: readonly string[];
}

/** A line before it is drawn. */
interface Line extends Omit<Series, "pieces"> {
  readonly points: readonly (readonly [x: number | null, y: number | null])[];
}

/** The panel of `plot y, … against x by z`. */
export function linesPanel(
  plot: PlotDefinition,
  data: PlotData,
  marked: readonly MarkedSamples[],
): LinesPanel {
  const [against] = plot.against as [PlotValue];
  const lines = linesOf(plot, against, data);
  const marks = marked.flatMap((m) => marksOf(m, plot));
  const xs = [
    ...lines.flatMap((l) => l.points.map(([x]) => x)),
    ...marks.flatMap((m) => allOf(m).map(([x]) => x)),
  ];
  const known = xs.filter((x) => x !== null);
  const isParametric = against.kind === "quantity" && !isMonotone(lines);
  const isDiscrete = against.kind === "index";
  const x = axisOf(known, axisTitle(against, data), {
    isLogarithmic: !isParametric && !isDiscrete && isGeometric(known),
    room: 6,
    isTight: !isParametric,
    isSpaced: isDiscrete,
  });
  return assembled({
    x,
    lines,
    marks,
    yTitle: ordinatesTitle(plot.ordinates, data, data.height),
    bands: bandsOf(lines, against, data),
    isSequence: false,
    isDiscrete,
    height: data.height,
  });
}

interface Parts {
  readonly x: Axis;
  readonly lines: readonly Line[];
  readonly marks: readonly Mark[];
  readonly yTitle: Runs;
  readonly bands: LinesPanel["bands"];
  readonly isSequence: boolean;
  readonly isDiscrete: boolean;
  readonly height: number;
}

/** The panel with its ordinate fitted, in the units of its axes. */
export function assembled({ x, lines, marks, yTitle, ...rest }: Parts): LinesPanel {
  const shown = [...lines.flatMap((l) => l.points), ...marks.flatMap(allOf)];
  const ys = shown.flatMap(([u, v]) => (u === null || v === null ? [] : v));
  const y = axisOf(ys, yTitle, { isLogarithmic: spansDecades(ys), room: 5 });
  const series = lines.map(({ points, ...line }): Series => ({ ...line, pieces: piecesOf(points, x, y) }));
  const scaled = marks.map(
    (m): Mark => ({
      ...m,
      points: piecesOf(m.points, x, y).flat(),
      ends: piecesOf(m.ends, x, y).flat(),
    }),
  );
  const labels = [...series, ...scaled].map((s) => s.label).filter((l) => runsText(l) !== "");
  const legend = legendPlace({
    x,
    y,
    height: rest.height,
    labels: labels.length > 1 ? labels : [],
    pieces: [...series.flatMap((s) => s.pieces), ...scaled.map(allOf)],
  });
  return { kind: "lines", x, y, series, marks: scaled, legend, ...rest };
}

/** Stretches without undefined points, and without points that a logarithmic axis does not have. */
function piecesOf(points: Line["points"], x: Axis, y: Axis): Point[][] {
  const pieces: Point[][] = [[]];
  const fits = (value: number, { isLogarithmic, domain }: Axis): boolean =>
    !isLogarithmic || value >= domain[0] * (1 - 1e-9);
  for (const [u, v] of points) {
    if (u !== null && v !== null && fits(u, x) && fits(v, y)) {
      pieces.at(-1)!.push([u / 10 ** x.exponent, v / 10 ** y.exponent]);
    } else if (pieces.at(-1)!.length > 0) pieces.push([]);
  }
  return pieces.filter((p) => p.length > 0);
}

function linesOf(plot: PlotDefinition, against: PlotValue, data: PlotData): Line[] {
  const groups = groupsOf(plot, against, data);
  return plot.ordinates.flatMap((ordinate) =>
    groups.map(({ samples, label }): Line => {
      const points = samples.flatMap((s) => pointsOf(s, ordinate, against));
      const own = plot.ordinates.length > 1 ? ordinateLabel(ordinate, plot.ordinates) : [];
      const joined =
        own.length > 0 && label.length > 0 ? [...own, ...upright(", "), ...label] : [...own, ...label];
      const isBound = quantityOf(ordinate.expression)?.symbol.isBound;
      return { label: joined, role: isBound ? "bound" : "value", points };
    }),
  );
}

const pointsOf = (sample: Sample, ordinate: PlotValue, against: PlotValue): Line["points"] =>
  ordinate.kind === "array"
    ? ordinate.elements.map(({ place }) => [
        numberAt(sample, against, place),
        numberAt(sample, ordinate, place),
      ])
    : [[numberAt(sample, against), numberAt(sample, ordinate)]];

/** Among ordinates that are one quantity of several baths or parts these tell them apart. */
function ordinateLabel(ordinate: PlotValue, all: readonly PlotValue[]): Runs {
  const kinds = all.map((o) => quantityOf(o.expression));
  const isOneQuantity = kinds.every((k) => k?.operand && k.name === kinds[0]!.name && k.name !== "mean");
  const own = quantityOf(ordinate.expression);
  return isOneQuantity && own?.operand ? own.operand : expressionRuns(ordinate.expression);
}

interface Group {
  readonly samples: readonly Sample[];
  readonly label: Runs;
}

/**
 * The samples line by line: a line runs along the parameter that is swept fastest (time, in an evolution), and there is
 * one for each equation and each point of the other swept parameters, told apart by what `by` names.
 */
function groupsOf({ by }: PlotDefinition, against: PlotValue, { grid, axes }: PlotData): Group[] {
  const runs = against.kind === "index" || against.kind === "time" ? undefined : runnerOf(axes, by, against);
  const others = axes.filter((a) => a !== runs);
  const hasEquations = new Set(grid.map((s) => s.equation)).size > 1;
  const keyOf = (s: Sample): string =>
    JSON.stringify([s.equation, ...others.map((a) => s.sweep[a]), by ? valueAt(s, by) : null]);
  const byKey = new Map<string, Sample[]>();
  for (const sample of grid) byKey.set(keyOf(sample), [...(byKey.get(keyOf(sample)) ?? []), sample]);
  return [...byKey.values()].map((samples) => {
    const first = samples[0]!;
    const named = by ? valueLabel(by, valueAt(first, by)) : [];
    const unnamed = by && by.kind !== "equation" ? [] : others.map((a) => sweptLabel(a, first));
    const parts = [
      ...(hasEquations && by?.kind !== "equation" ? [nameRuns(first.equation)] : []),
      ...(by && (by.kind !== "equation" || hasEquations) ? [named] : []),
      ...unnamed,
    ];
    return { samples, label: parts.flatMap((p, k) => [...upright(k === 0 ? "" : ", "), ...p]) };
  });
}

/** The parameter along which a line runs: the abscissa where it is swept, else the fastest that does not name lines. */
function runnerOf(
  axes: readonly string[],
  by: PlotValue | undefined,
  against: PlotValue,
): string | undefined {
  if (against.kind === "parameter" && axes.includes(against.name)) return against.name;
  const free = axes.filter((a) => !(by?.kind === "parameter" && by.name === a));
  return free.at(-1);
}

const sweptLabel = (name: string, { sweep }: Sample): Runs =>
  valueLabel({ kind: "parameter", name, expression: nameExpression(name) }, sweep[name]!);

const nameExpression = (name: string): PlotValue["expression"] => {
  const span = { file: "", start: 0, end: 0 };
  return { kind: "name", name: { text: name, ascii: name, span }, span };
};

/** Whether each line's abscissa only grows or only falls: a function is drawn, and no parametric curve. */
const isMonotone = (lines: readonly Line[]): boolean =>
  lines.every(({ points }) => {
    const xs = points.flatMap(([x]) => x ?? []);
    const steps = xs.slice(1).map((x, k) => Math.sign(x - xs[k]!));
    return steps.every((s) => s > 0) || steps.every((s) => s < 0);
  });

/** Regimes are shaded where the experiment records them and the lines run over one and the same stretch. */
function bandsOf(lines: readonly Line[], against: PlotValue, data: PlotData): LinesPanel["bands"] {
  const equations = new Set(data.grid.map((s) => s.equation));
  const isFunction = data.axes.length === 1 && equations.size === 1 && isMonotone(lines);
  if (!isFunction || !data.grid.some((s) => typeof s.quantities.regime === "string")) return [];
  return regimeBands(data.grid, data.found, (s) => numberAt(s, against));
}

const allOf = ({ points, ends }: Mark): readonly Point[] => [...points, ...ends];

/** A mark for each value of the swept parameters by which its plot's lines are not told apart already. */
function marksOf({ ordinate, against, samples, axes }: MarkedSamples, { by }: PlotDefinition): Mark[] {
  const telling = axes.filter((a) => !(by?.kind === "parameter" && by.name === a));
  const groups = new Map<string, Sample[]>();
  for (const s of samples) {
    const key = JSON.stringify(telling.map((a) => s.sweep[a]));
    groups.set(key, [...(groups.get(key) ?? []), s]);
  }
  const pointOf = (s: Sample): Point[] => {
    const [x, y] = [numberAt(s, against), numberAt(s, ordinate)];
    return x === null || y === null ? [] : [[x, y]];
  };
  return [...groups.values()].map((group) => ({
    label: telling.flatMap((a, k) => [...upright(k === 0 ? "" : ", "), ...sweptLabel(a, group[0]!)]),
    points: group.filter((s) => !s.optimum?.isAtEnd).flatMap(pointOf),
    ends: group.filter((s) => s.optimum?.isAtEnd).flatMap(pointOf),
  }));
}

import { italic, type Runs, runsText, upright } from "../graph/runs.ts";
import type { PlotValue } from "../model/model.ts";
import { FONT, PANEL_WIDTH } from "./figure.ts";
import { expressionRuns, numberRuns, quantityOf } from "./label.ts";
import { runsWidth } from "./letter-widths.ts";

interface Described {
  /** Descriptions of parameters and quantities by name. */
  readonly descriptions: ReadonlyMap<string, string>;
}

/** What stands at an axis: the symbol, after the model's description of it where that fits along the axis. */
export function axisTitle(value: PlotValue, described: Described, length: number = PANEL_WIDTH): Runs {
  const symbol = expressionRuns(value.expression);
  if (value.kind === "time") return [...upright("time "), ...italic("t")];
  const description = value.kind === "equation" ? undefined : descriptionOf(value, described);
  const words = description ?? quantityOf(value.expression)?.symbol.family;
  if (words === undefined || words === runsText(symbol)) return symbol;
  const whole = [...upright(`${words} `), ...symbol];
  return FONT.title * runsWidth(whole) <= length ? whole : symbol;
}

function descriptionOf(value: PlotValue, { descriptions }: Described): string | undefined {
  const { expression } = value;
  if (value.kind === "parameter") return descriptions.get(value.name);
  return expression.kind === "name" ? descriptions.get(expression.name.text) : undefined;
}

/** Of one ordinate its title; of several what they have in common, or else all their symbols. */
export function ordinatesTitle(ordinates: readonly PlotValue[], described: Described, height: number): Runs {
  const [first] = ordinates as [PlotValue];
  if (ordinates.length === 1) return axisTitle(first, described, height);
  const kinds = ordinates.map((o) => quantityOf(o.expression));
  const [kind] = kinds;
  if (kind && kinds.every((k) => k?.name === kind.name && k.name !== "mean")) {
    return [...upright(`${kind.symbol.family} `), ...kind.symbol.symbol];
  }
  if (kind && kinds.every((k) => k?.symbol.family === kind.symbol.family)) return upright(kind.symbol.family);
  const all = ordinates.flatMap((o, k) => [...upright(k === 0 ? "" : ", "), ...expressionRuns(o.expression)]);
  return FONT.title * runsWidth(all) <= height ? all : [];
}

/** `β₂ = 0.01`, the name of an equation. */
export function valueLabel(by: PlotValue, value: number | string | null): Runs {
  if (typeof value === "string") return upright(value.replaceAll("_", " "));
  if (by.kind === "time" && value === null) return upright("steady state");
  return [
    ...expressionRuns(by.expression),
    ...upright(" = "),
    ...(value === null ? upright("undefined") : numberRuns(value)),
  ];
}

import type { MasterEquation } from "./equation/master-equation.ts";
import type { EvolutionDefinition, Model, Quantity, QuantityOperandValue } from "./model/model.ts";
import type { DistributionReport, TrajectoryReport } from "./report/evolution-results.ts";
import { populations } from "./solve/density.ts";
import { evaluateQuantity, evaluateStandard, type QuantityContext } from "./thermo/evaluate-quantity.ts";
import type { QuantityValue } from "./thermo/quantity.ts";
import type { SolvedPoint } from "./thermo/solved-point.ts";
import { QUANTITIES } from "./vocabulary.ts";

/** What is recorded of every evolution. */
const ALWAYS = [
  "work",
  "energy",
  "energy_rate",
  "first_law_residual",
  "entropy_production",
  "accumulated_entropy",
];

interface Recorded {
  readonly key: string;
  readonly evaluate: (context: QuantityContext) => QuantityValue;
}

function recordedOf(definition: EvolutionDefinition, model: Model, equation: MasterEquation): Recorded[] {
  const standard = (key: string, name: string, operand: QuantityOperandValue): Recorded => ({
    key,
    evaluate: (context) => evaluateStandard(name, operand, context),
  });
  const own = (quantity: Quantity): Recorded => ({
    key: quantity.name,
    evaluate: (context) => evaluateQuantity(quantity, context),
  });
  const baths = equation.dissipators.map(({ bath }) => bath);
  const all = [
    ...definition.quantities.map(own),
    ...["heat", "work", "accumulated_heat", "accumulated_work"].flatMap((name) =>
      baths.map((bath) => standard(`${name}(${model.baths[bath]!.name})`, name, { kind: "bath", bath })),
    ),
    ...["chemical_work", "accumulated_chemical_work"].flatMap((name) =>
      baths
        .filter((bath) => model.baths[bath]!.mu)
        .map((bath) => standard(`${name}(${model.baths[bath]!.name})`, name, { kind: "bath", bath })),
    ),
    ...(equation.power ? ["drive_power", "accumulated_drive_work"] : []).map((name) =>
      standard(name, name, { kind: "none" }),
    ),
    ...ALWAYS.map((name) => standard(name, name, { kind: "none" })),
  ];
  const seen = new Set<string>();
  return all.filter(({ key }) => !seen.has(key) && seen.add(key));
}

/** Nothing leads from a state on its way to another equation or variant. */
const contextOf = (point: SolvedPoint): QuantityContext => ({
  point,
  standard: QUANTITIES,
  follow: () => ({ problem: "along an evolution there is no other equation or variant" }),
});

/** What is recorded at each of the points, by key, and why it is undefined where it is first. */
export function columnsOf(
  points: readonly SolvedPoint[],
  definition: EvolutionDefinition,
  model: Model,
): Pick<TrajectoryReport, "quantities" | "undefined" | "recorded"> {
  const quantities: Record<string, (number | string | null)[]> = {};
  const reasons: Record<string, string> = {};
  const recorded = recordedOf(definition, model, points[0]!.equation);
  for (const { key, evaluate } of recorded) {
    quantities[key] = points.map((point) => {
      const found = evaluate(contextOf(point));
      if (found.kind === "undefined") reasons[key] ??= found.reason;
      return found.kind === "value" ? found.value : found.kind === "text" ? found.text : null;
    });
  }
  return { quantities, undefined: reasons, recorded: definition.quantities.map((q) => q.name) };
}

/** The populations of a subsystem's levels at each of the points. */
export function distributionOf(
  subsystem: number,
  points: readonly SolvedPoint[],
  model: Model,
): DistributionReport {
  const { name, kind } = model.subsystems[subsystem]!;
  const windows = points.map((p) => p.steady.basis.windows[subsystem]!);
  const first = Math.min(...windows.map((w) => w.first));
  const last = Math.max(...windows.map((w) => w.last));
  return {
    subsystem: name,
    levels: Array.from({ length: last - first + 1 }, (_, k) =>
      kind.basis.kind === "finite" ? kind.basis.labels[first + k]! : String(first + k),
    ),
    populations: points.map(({ steady, state }, k) => {
      const own = populations(steady, state.unknowns, subsystem);
      const shift = windows[k]!.first - first;
      return Array.from({ length: last - first + 1 }, (_, l) => own[l - shift] ?? 0);
    }),
  };
}

/** The levels that truncated subsystems keep at each of the points. */
export function windowsInTime(
  points: readonly SolvedPoint[],
  { subsystems }: Model,
): TrajectoryReport["windows"] {
  const truncated = subsystems.flatMap(({ name, kind }, s) =>
    kind.basis.kind === "infinite" ? [[name, points.map((p) => p.steady.basis.windows[s]!)] as const] : [],
  );
  return Object.fromEntries(
    truncated.map(([name, w]) => [name, { first: w.map((x) => x.first), last: w.map((x) => x.last) }]),
  );
}

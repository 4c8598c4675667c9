import type { Model, QuantityOperandValue } from "../model/model.ts";
import { CORRELATIONS } from "./correlations.ts";
import { ENERGY } from "./energy.ts";
import { FLUCTUATIONS } from "./fluctuations.ts";
import { MEAN } from "./mean.ts";
import { MOTION } from "./motion-quantities.ts";
import { PERFORMANCE } from "./performance.ts";
import type { StandardQuantity } from "./quantity.ts";
import { RECTIFICATION } from "./rectification.ts";
import { ROTOR } from "./rotor-power.ts";
import { SPECTRUM } from "./slowest-modes.ts";
import type { SolvedPoint } from "./solved-point.ts";
import { STATE } from "./state.ts";

/** Every standard quantity: a new one is a line in its family's table. */
export const STANDARD_QUANTITIES: readonly StandardQuantity[] = [
  ...ENERGY,
  ...PERFORMANCE,
  ...FLUCTUATIONS,
  ...MEAN,
  ...STATE,
  ...CORRELATIONS,
  ...MOTION,
  ...ROTOR,
  ...RECTIFICATION,
  ...SPECTRUM,
];

/** A standard quantity with its operand and the key under which it is reported. */
export interface ReportedQuantity {
  readonly key: string;
  readonly name: string;
  readonly operand: QuantityOperandValue;
}

/** Levels of a subsystem without operators of its own up to which each population is reported. */
const MAX_POPULATIONS = 8;

/** The currents of each bath with their noise; those of particles where the bath has fermions. */
export function reportedFluctuations({ derived: { model }, equation }: SolvedPoint): ReportedQuantity[] {
  const baths = bathsOf(equation, model);
  const fermionic = baths.filter(({ bath }) => model.baths[bath]!.kind === "fermionic");
  return [
    ...["energy_current", "energy_noise", "uncertainty_product"].flatMap((name) => ofBaths(name, baths)),
    ...["particle_noise", "particle_uncertainty_product"].flatMap((name) => ofBaths(name, fermionic)),
  ];
}

const bathsOf = ({ dissipators }: SolvedPoint["equation"], model: Model) =>
  dissipators.map(({ bath }) => ({ bath, name: model.baths[bath]!.name }));

/** What a report shows unasked, in its order. */
export function reportedQuantities({ derived: { model }, equation }: SolvedPoint): ReportedQuantity[] {
  const baths = bathsOf(equation, model);
  const withPotential = baths.filter(({ bath }) => model.baths[bath]!.mu);
  const none: QuantityOperandValue = { kind: "none" };
  const plain = (name: string): ReportedQuantity => ({ key: name, name, operand: none });
  const whole = part(
    model,
    model.subsystems.map((_, s) => s),
  );
  return [
    ...["heat", "work"].flatMap((name) => ofBaths(name, baths)),
    ...ofBaths("chemical_work", withPotential),
    ...ofBaths(
      "particles",
      baths.filter(({ bath }) => model.baths[bath]!.kind === "fermionic"),
    ),
    plain("work"),
    ...(withPotential.length > 0 ? [plain("chemical_work")] : []),
    ...(equation.power ? [plain("drive_power")] : []),
    ...["first_law_residual", "entropy_production"].map(plain),
    ...["regime", "efficiency", "carnot_efficiency", "COP", "carnot_COP"].map(plain),
    ...reportedMeans(model),
    ...["entropy", "purity", "ergotropy"].map((name) => ({ key: `${name}(all)`, name, operand: whole })),
    ...(model.subsystems.length > 1
      ? model.subsystems.map(({ name }, s) => ({
          key: `ergotropy(${name})`,
          name: "ergotropy",
          operand: part(model, [s]),
        }))
      : []),
  ];
}

const ofBaths = (
  quantity: string,
  baths: readonly { readonly bath: number; readonly name: string }[],
): ReportedQuantity[] =>
  baths.map(({ bath, name }) => ({
    key: `${quantity}(${name})`,
    name: quantity,
    operand: { kind: "bath", bath },
  }));

const part = (model: Model, subsystems: readonly number[]): QuantityOperandValue => ({
  kind: "part",
  subsystems,
  isWhole: subsystems.length === model.subsystems.length,
});

/** The mean values that a report shows unasked: of the operators that a kind names, or of few levels each population. */
export const reportedMeans = ({ subsystems }: Model): ReportedMean[] =>
  subsystems.flatMap((_, s) => meansOf(subsystems, s));

interface ReportedMean extends ReportedQuantity {
  readonly operand: Extract<QuantityOperandValue, { kind: "operator" }>;
}

function meansOf(subsystems: Model["subsystems"], subsystem: number): ReportedMean[] {
  const { name, kind } = subsystems[subsystem]!;
  if (kind.reported.length > 0) {
    return kind.reported.map((operator) => ({
      key: `mean(${name}.${kind.operators.get(operator)!.name})`,
      name: "mean",
      operand: { kind: "operator", operator: { kind: "named", subsystem, name: operator } },
    }));
  }
  if (kind.basis.kind !== "finite" || kind.basis.labels.length > MAX_POPULATIONS) return [];
  return kind.basis.labels.map((label, level) => ({
    key: `mean(${name}.|${label}><${label}|)`,
    name: "mean",
    operand: { kind: "operator", operator: { kind: "unit", subsystem, row: level, column: level } },
  }));
}

import type { BathCurrents } from "./bath-currents.ts";
import { type QuantityValue, type StandardQuantity, undefinedBecause, value } from "./quantity.ts";
import { entropyProduction } from "./second-law.ts";
import type { SolvedPoint } from "./solved-point.ts";

/** Heat from a bath, Eqs. (18) and (21): positive when it enters the system. */
const heat: StandardQuantity = {
  name: "heat",
  description: "heat current from a bath into the system, Tr[H0 L_b ρ]",
  operand: "bath",
  isText: false,
  evaluate: (point, operand) => ofBath(point, operand, (c) => c.heat),
};

/** Work of a local bath, Eqs. (24) and (25); without a bath the sum over bosonic and fermionic ones, Ẇ^(Q). */
const work: StandardQuantity = {
  name: "work",
  description:
    "power that a local bath puts into the system, Tr[(H − H0) L_b ρ]; without a bath, the sum over the thermal baths",
  operand: "optional bath",
  isText: false,
  evaluate: (point, operand) =>
    operand.kind === "none"
      ? value(thermalWork(point))
      : ofBath(point, operand, (c) => c.work, withoutOwnWork),
};

const withoutOwnWork = (bath: string): string =>
  `the ancillas of '${bath}' collide together with those of another bath, and only their total work is defined`;

/** μ Tr[N L_b ρ] of a fermionic bath; without a bath, of all of them. */
const chemicalWork: StandardQuantity = {
  name: "chemical_work",
  description:
    "power that a bath's chemical potential puts into the system, μ Tr[N L_b ρ]; without a bath, the sum over all",
  operand: "optional bath",
  isText: false,
  evaluate: (point, operand) =>
    operand.kind === "none"
      ? value(sum(point.currents, (c) => c.chemicalWork))
      : ofBath(point, operand, (c) => c.chemicalWork),
};

/** Particles that enter the system from a bath, per time. */
const particles: StandardQuantity = {
  name: "particles",
  description: "particle current from a bath into the system, Tr[N L_b ρ], N what its couplings lower by one",
  operand: "bath",
  isText: false,
  evaluate: (point, operand) => {
    const current = operand.kind === "bath" ? point.currents[operand.bath] : undefined;
    if (!current || operand.kind !== "bath") return ofBath(point, operand, (c) => c.heat);
    const { name } = point.derived.model.baths[operand.bath]!;
    return current.particles === undefined
      ? undefinedBecause(`the Hamiltonian conserves no number that the couplings of '${name}' lower by one`)
      : value(current.particles);
  },
};

/** Tr[ρ ∂H/∂t], which is −i Tr([G, H]ρ) in a frame. */
const drivePower: StandardQuantity = {
  name: "drive_power",
  description: "power that the drives put into the system, Tr[ρ ∂H/∂t]",
  operand: "none",
  isText: false,
  evaluate: (point) => value(drivePowerOf(point)),
};

/** Zero where nothing drives. */
const drivePowerOf = ({ equation, mean }: SolvedPoint): number =>
  equation.power ? mean(equation.power).re : 0;

/** dU/dt − Σ heat − Σ work − Σ chemical work − drive power; dU/dt is zero in a steady state. */
const firstLawResidual: StandardQuantity = {
  name: "first_law_residual",
  description: "rate of change of the energy minus all heats and works: zero but for round-off",
  operand: "none",
  isText: false,
  evaluate: (point) => {
    const { currents, sharedWork, motion } = point;
    const rate = (motion?.energyRate ?? 0) - drivePowerOf(point);
    return value(rate - sum(currents, (c) => c.heat + (c.work ?? 0) + c.chemicalWork) - sharedWork + 0);
  },
};

const entropy: StandardQuantity = {
  name: "entropy_production",
  description: "rate of entropy production, dS/dt − Σ β_b heat(b), where dS/dt is zero in a steady state",
  operand: "none",
  isText: false,
  evaluate: (point) => {
    const found = entropyProduction(point);
    return found.kind === "value" ? value(found.production) : undefinedBecause(found.reason);
  },
};

export const ENERGY: readonly StandardQuantity[] = [
  heat,
  work,
  chemicalWork,
  particles,
  drivePower,
  firstLawResidual,
  entropy,
];

function ofBath(
  { currents, derived, equation }: SolvedPoint,
  operand: Parameters<StandardQuantity["evaluate"]>[1],
  of: (c: BathCurrents) => number | undefined,
  whyNone: (bath: string) => string = () => "",
): QuantityValue {
  if (operand.kind !== "bath") throw new Error("a bath is needed");
  const current = currents[operand.bath];
  const { name } = derived.model.baths[operand.bath]!;
  if (!current) return undefinedBecause(`the equation '${equation.name}' leaves out the bath '${name}'`);
  const found = of(current);
  return found === undefined ? undefinedBecause(whyNone(name)) : value(found);
}

/** Work of the thermal baths together, without that of chemical potentials. */
const thermalWork = ({ currents, derived, sharedWork }: SolvedPoint): number =>
  sharedWork +
  sum(
    currents.filter((_, place) => derived.model.baths[place]!.kind !== "jumps"),
    (c) => c.work ?? 0,
  );

/**
 * All the power that the thermal baths and the drives put in beside heat, chemical work included: what an engine
 * delivers.
 */
export const thermalPower = (point: SolvedPoint): number =>
  thermalWork(point) + sum(point.currents, (c) => c.chemicalWork) + drivePowerOf(point);

const sum = (currents: readonly (BathCurrents | undefined)[], of: (c: BathCurrents) => number): number =>
  currents.reduce((total, c) => total + (c ? of(c) : 0), 0);

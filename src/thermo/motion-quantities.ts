import { sumOperators } from "../algebra/normal-form.ts";
import { entropyOf, entropyRate } from "./entropy-rate.ts";
import type { Motion } from "./motion.ts";
import { type QuantityValue, type StandardQuantity, undefinedBecause, value } from "./quantity.ts";
import type { SolvedPoint } from "./solved-point.ts";

const NOT_MOVING = "a steady state has no beginning: it is defined along an evolution";

const plain = (
  name: string,
  description: string,
  of: (point: SolvedPoint) => QuantityValue,
): StandardQuantity => ({ name, description, operand: "none", isText: false, evaluate: of });

const energy = plain("energy", "mean energy, Tr[H ρ]", ({ equation, mean }) =>
  value(mean(sumOperators([equation.free, equation.interaction], equation.space)).re),
);

const energyRate = plain("energy_rate", "dU/dt, which is zero in a steady state", ({ motion }) =>
  value(motion?.energyRate ?? 0),
);

const rateOfEntropy = plain(
  "entropy_rate",
  "dS/dt of the whole, which is zero in a steady state",
  (point) => {
    const rate = entropyRate(point);
    return Number.isFinite(rate)
      ? value(rate)
      : undefinedBecause("it is infinite: a state that was empty begins to fill");
  },
);

/** ∫₀^t of a current of one bath, or of all of them. */
const accumulated = (
  name: string,
  description: string,
  operand: "bath" | "optional bath",
  of: (flow: Motion["accumulated"][number]) => number,
): StandardQuantity => ({
  name,
  description,
  operand,
  isText: false,
  evaluate: ({ motion, derived, currents }, asked) => {
    if (!motion) return undefinedBecause(NOT_MOVING);
    if (asked.kind === "bath") {
      const { name: bath } = derived.model.baths[asked.bath]!;
      if (!currents[asked.bath]) return undefinedBecause(`the equation leaves out the bath '${bath}'`);
      return value(of(motion.accumulated[asked.bath]!));
    }
    const thermal = motion.accumulated.filter((_, place) => derived.model.baths[place]!.kind !== "jumps");
    return value(thermal.reduce((sum, flow) => sum + of(flow), 0));
  },
});

const accumulatedDriveWork = plain(
  "accumulated_drive_work",
  "energy that the drives have put in since the start of an evolution",
  ({ motion }) => (motion ? value(motion.accumulatedDrive) : undefinedBecause(NOT_MOVING)),
);

const accumulatedEntropy = plain(
  "accumulated_entropy",
  "entropy produced since the start of an evolution, ΔS − Σ ∫β_b heat(b)dt",
  ({ motion, state, derived, currents }) => {
    if (!motion) return undefinedBecause(NOT_MOVING);
    let produced = entropyOf(state.eigenvalues) - motion.initialEntropy;
    for (const [place, current] of currents.entries()) {
      if (!current) continue;
      const { heat, entropyFlow } = motion.accumulated[place]!;
      const { name } = derived.model.baths[place]!;
      if (entropyFlow !== undefined) {
        if (!Number.isFinite(entropyFlow))
          return undefinedBecause(`the bath '${name}' is at zero temperature`);
        produced -= entropyFlow;
        continue;
      }
      if (heat === 0) continue;
      if (current.beta === undefined) return undefinedBecause(`the bath '${name}' has no temperature`);
      if (current.beta === Number.POSITIVE_INFINITY) {
        return undefinedBecause(`the bath '${name}' is at zero temperature and takes heat`);
      }
      produced -= current.beta * heat;
    }
    return value(produced);
  },
);

/** Quantities of states on their way. */
export const MOTION: readonly StandardQuantity[] = [
  energy,
  energyRate,
  rateOfEntropy,
  accumulated(
    "accumulated_heat",
    "energy that came in as heat since the start of an evolution",
    "bath",
    (f) => f.heat,
  ),
  accumulated(
    "accumulated_work",
    "energy that came in as work since the start of an evolution; without a bath, of the thermal baths together",
    "optional bath",
    (f) => f.work,
  ),
  accumulated(
    "accumulated_chemical_work",
    "energy that came in as chemical work since the start of an evolution; without a bath, of the thermal baths together",
    "optional bath",
    (f) => f.chemicalWork,
  ),
  accumulatedDriveWork,
  accumulatedEntropy,
];

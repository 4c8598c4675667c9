import type { MasterEquation } from "../equation/master-equation.ts";
import type { FormulaEquation } from "../formula/formula.ts";
import { collisionDerivation } from "./collision-derivation.ts";
import { motionDerivation } from "./collision-map.ts";
import { definitionsOf } from "./definitions.ts";
import type { Derivation } from "./derivation.ts";
import { drivePowerDerivation, hamiltonianDerivation } from "./hamiltonian.ts";
import type { Presentation } from "./presentation.ts";
import { type QuantityDefinition, quantityDefinitions } from "./quantity-definitions.ts";
import { symmetriesDerivation } from "./symmetries-derivation.ts";
import {
  chemicalPlaces,
  chemicalWorkDerivation,
  heatDerivation,
  particlePlaces,
  particlesDerivation,
  totalWorkDerivation,
  workDerivation,
} from "./thermodynamics.ts";

/** The model section of a paper as data: everything that a reader needs to repeat the calculation. */
export interface ModelSection {
  readonly presentation: Presentation;
  readonly hamiltonian: Derivation;
  readonly masterEquation: Derivation;
  readonly collision?: Derivation;
  readonly heats: readonly Derivation[];
  readonly works: readonly Derivation[];
  readonly totalWork: Derivation;
  /** Power of the drives, where there are any. */
  readonly drivePower?: Derivation;
  /** Of fermionic baths: particles, and chemical work where there is a chemical potential. */
  readonly particles: readonly Derivation[];
  readonly symmetries: Derivation;
  readonly quantities: readonly QuantityDefinition[];
  /** Of derived values and occupations in any of these. */
  readonly definitions: readonly FormulaEquation[];
}

/** Makes a derivation, or says in its place why there is none. */
export type Guarded = (name: string, make: () => readonly Derivation[]) => readonly Derivation[];

/** Puts the section of an equation together; `original` is the equation before it was prepared for printing. */
export function modelSection(original: MasterEquation, p: Presentation, guarded: Guarded): ModelSection {
  const places = p.equation.dissipators.map((_, place) => place);
  const one = (name: string, make: () => Derivation): Derivation => guarded(name, () => [make()])[0]!;
  const [collision] = guarded("collision", () => {
    const found = collisionDerivation(p);
    return found ? [found] : [];
  });
  const section = {
    hamiltonian: hamiltonianDerivation(p),
    masterEquation: motionDerivation(p),
    heats: places.map((place) => one("heat", () => heatDerivation(place, p))),
    works: places.map((place) => one("work", () => workDerivation(place, p))),
    totalWork: one("work", () => totalWorkDerivation(p)),
    ...(p.equation.power && { drivePower: one("drive_power", () => drivePowerDerivation(p)) }),
    particles: [
      ...particlePlaces(p).map((place) => one("particles", () => particlesDerivation(place, p))),
      ...chemicalPlaces(p).map((place) => one("chemical_work", () => chemicalWorkDerivation(place, p))),
    ],
    symmetries: symmetriesDerivation(original, p),
  };
  const quantities = quantityDefinitions(p);
  const equations = [
    ...[section.hamiltonian, section.masterEquation, ...(collision ? [collision] : [])],
    ...[...section.heats, ...section.works, section.totalWork, ...section.particles],
    ...(section.drivePower ? [section.drivePower] : []),
  ].flatMap((d) => d.equations);
  return {
    presentation: p,
    ...section,
    ...(collision && { collision }),
    quantities,
    definitions: definitionsOf([...equations, ...quantities.flatMap((q) => q.equation ?? [])], p),
  };
}

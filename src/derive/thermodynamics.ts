import { type NormalForm, scaleOperator, subtractOperators, sumOperators } from "../algebra/normal-form.ts";
import { coefficientFormula, wordsFormula } from "../algebra/words/word-formula.ts";
import { adjointDissipator } from "../equation/heisenberg.ts";
import {
  appliedFormula,
  equationFormula,
  type Formula,
  meanFormula,
  negativeFormula,
  productFormula,
  sumFormula,
  symbolFormula,
  ZERO_FORMULA,
} from "../formula/formula.ts";
import { type Canonical, multiply, ONE, subtract } from "../scalar/canonical.ts";
import { canonicalFromScalar } from "../scalar/canonical-from-scalar.ts";
import {
  collisionHeat,
  collisionParticles,
  collisionTotalWork,
  collisionWork,
  hasCollisions,
} from "./collision-thermodynamics.ts";
import type { Derivation } from "./derivation.ts";
import type { Presentation } from "./presentation.ts";
import {
  chemicalWorkSymbol,
  FREE,
  HAMILTONIAN,
  heatSymbol,
  INTERACTION,
  liouvillian,
  numberSymbol,
  particlesSymbol,
  RHO,
  TOTAL_WORK,
  TRACE,
  workSymbol,
} from "./symbols.ts";
import { squareMean, thermalChannels } from "./thermal-channel.ts";

/** Σ Ē|n⟩⟨n| of a unified equation. */
const H_TD = symbolFormula("H_TD", "H_{\\mathrm{TD}}");

/** L_b†X of the bath at a place in `equation.dissipators`. */
export function adjointOfBath(place: number, x: NormalForm, { jumps, space }: Presentation): NormalForm {
  return sumOperators(
    jumps[place]!.map((jump) => adjointDissipator(jump, x, space)),
    space,
  );
}

/** ⟨X⟩ as a sum over words. */
export const meanOf = (x: NormalForm, { words, notation }: Presentation): Formula =>
  wordsFormula(words.expanded(x), notation, meanFormula);

const traceOf = (operator: Formula, p: Presentation, bath: number): Formula =>
  appliedFormula(TRACE, productFormula([operator, appliedFormula(liouvillian(p, bath), RHO)]));

/**
 * Q̇_b = Tr[H₀ L_b ρ], Eqs. (18), (21): jump by jump for eigenoperators, each of which takes ω from H₀ (Eq. 19), else
 * as the mean of L_b†H₀.
 */
export function heatDerivation(place: number, p: Presentation): Derivation {
  if (hasCollisions(p)) return collisionHeat(place, p);
  const { bath, spectral } = p.equation.dissipators[place]!;
  const { name } = p.model.baths[bath]!;
  if (spectral) return spectralHeat(place, p);
  const energy = energyOf(FREE, bath, p);
  return {
    name: `heat(${name})`,
    title: `Heat from the bath ${name}`,
    equations: [
      equationFormula(
        heatSymbol(p, bath),
        traceOf(energy, p, bath),
        heatByJumps(place, p) ?? meanOf(heatOperator(place, p), p),
      ),
    ],
    notes: [],
  };
}

/** Tr[H L_b ρ] (Eq. 29), or with H_TD: the jumps of these baths are not known as formulas. */
function spectralHeat(place: number, p: Presentation): Derivation {
  const { bath, spectral } = p.equation.dissipators[place]!;
  const { name } = p.model.baths[bath]!;
  const energy = energyOf(spectral!.approximation === "unified" ? H_TD : HAMILTONIAN, bath, p);
  return {
    name: `heat(${name})`,
    title: `Heat from the bath ${name}`,
    equations: [equationFormula(heatSymbol(p, bath), traceOf(energy, p, bath))],
    notes: ["its jumps are between the eigenstates of H, which are found at each point of the parameters"],
  };
}

/** K − μN of a bath */
function energyOf(energy: Formula, bath: number, p: Presentation): Formula {
  const mu = potentialOf(bath, p);
  if (!mu) return energy;
  const chemical = productFormula([coefficientFormula(mu, p.notation), numberSymbol(p, bath)]);
  return sumFormula([energy, negativeFormula(chemical)]);
}

const potentialOf = (bath: number, p: Presentation): Canonical | undefined => {
  const { mu } = p.model.baths[bath]!;
  return mu && canonicalFromScalar(mu);
};

export function heatOperator(place: number, p: Presentation): NormalForm {
  const { bath, particleNumber } = p.equation.dissipators[place]!;
  const mu = potentialOf(bath, p);
  const energy =
    mu && particleNumber ? subtractOperators(p.free, scaleOperator(particleNumber, mu), p.space) : p.free;
  return adjointOfBath(place, energy, p);
}

/** Σ (ω − μ)|c|²(n⟨AA†⟩ − (n+1)⟨A†A⟩); undefined where a frequency depends on the level. */
function heatByJumps(place: number, p: Presentation): Formula | undefined {
  const mu = potentialOf(p.equation.dissipators[place]!.bath, p);
  return byJumps(place, p, (frequency) => (mu ? subtract(frequency, mu) : frequency));
}

/** Σ w(ω)|c|²(n⟨AA†⟩ − (n+1)⟨A†A⟩): what a bath brings in where each absorption brings w. */
function byJumps(
  place: number,
  p: Presentation,
  weight: (frequency: Canonical) => Canonical,
): Formula | undefined {
  const { jumps } = p.equation.dissipators[place]!;
  const channels = thermalChannels(jumps, p);
  if (channels.length * 2 !== jumps.length || channels.length === 0) return undefined;
  if (channels.some((c) => c.levelwise.length > 0)) return undefined;
  return sumFormula(
    channels.map(({ frequency, strength, absorption, emission, raising, lowering }) =>
      productFormula([
        coefficientFormula(multiply(weight(frequency), strength), p.notation),
        sumFormula([
          productFormula([coefficientFormula(absorption, p.notation), squareMean(raising, p)]),
          negativeFormula(
            productFormula([coefficientFormula(emission, p.notation), squareMean(lowering, p)]),
          ),
        ]),
      ]),
    ),
  );
}

/** Ṅ_b = Tr[N L_b ρ] of a bath with a conserved number of particles. */
export function particlesDerivation(place: number, p: Presentation): Derivation {
  const { bath, particleNumber, spectral } = p.equation.dissipators[place]!;
  const { name } = p.model.baths[bath]!;
  const head = { name: `particles(${name})`, title: `Particles from the bath ${name}` };
  if (!particleNumber) {
    const why = "the Hamiltonian conserves no number that the couplings lower by one";
    return { ...head, equations: [], notes: [why] };
  }
  if (hasCollisions(p)) return collisionParticles(place, p);
  const trace = traceOf(numberSymbol(p, bath), p, bath);
  const formula = spectral
    ? []
    : [byJumps(place, p, () => ONE) ?? meanOf(adjointOfBath(place, particleNumber, p), p)];
  return {
    ...head,
    equations: [
      equationFormula(numberSymbol(p, bath), wordsFormula(p.words.expanded(particleNumber), p.notation)),
      equationFormula(particlesSymbol(p, bath), trace, ...formula),
    ],
    notes: [],
  };
}

/** μ Ṅ_b of a bath with a chemical potential. */
export function chemicalWorkDerivation(place: number, p: Presentation): Derivation {
  const { bath } = p.equation.dissipators[place]!;
  const { name } = p.model.baths[bath]!;
  const mu = potentialOf(bath, p)!;
  return {
    name: `chemical_work(${name})`,
    title: `Chemical work of the bath ${name}`,
    equations: [
      equationFormula(
        chemicalWorkSymbol(p, bath),
        productFormula([coefficientFormula(mu, p.notation), particlesSymbol(p, bath)]),
      ),
    ],
    notes: [],
  };
}

/** Places among the dissipators of the fermionic baths, whose particles are reported. */
export const particlePlaces = ({ equation, model }: Presentation): number[] =>
  equation.dissipators.flatMap(({ bath }, place) => (model.baths[bath]!.kind === "fermionic" ? [place] : []));

/** Those of baths with a chemical potential. */
export const chemicalPlaces = (p: Presentation): number[] =>
  particlePlaces(p).filter((place) => p.model.baths[p.equation.dissipators[place]!.bath]!.mu);

/** Ẇ_b = Tr[V L_b ρ], Eqs. (24), (25), as the mean of L_b†V. */
export function workDerivation(place: number, p: Presentation): Derivation {
  if (hasCollisions(p)) return collisionWork(place, p);
  const { bath, spectral } = p.equation.dissipators[place]!;
  const { name } = p.model.baths[bath]!;
  if (spectral) {
    const equations = [equationFormula(workSymbol(p, bath), ZERO_FORMULA)];
    return { name: `work(${name})`, title: `Work of the bath ${name}`, equations, notes: [] };
  }
  if (p.equation.dissipators.some((d) => d.spectral?.approximation === "unified")) {
    const moved = sumFormula([H_TD, negativeFormula(FREE)]);
    const equations = [equationFormula(workSymbol(p, bath), traceOf(moved, p, bath))];
    return { name: `work(${name})`, title: `Work of the bath ${name}`, equations, notes: [] };
  }
  return {
    name: `work(${name})`,
    title: `Work of the bath ${name}`,
    equations: [
      equationFormula(workSymbol(p, bath), traceOf(INTERACTION, p, bath), meanOf(workOperator(place, p), p)),
    ],
    notes: [],
  };
}

export const workOperator = (place: number, p: Presentation): NormalForm =>
  adjointOfBath(place, p.interaction, p);

/** The places of the bosonic and fermionic baths among the dissipators. */
export const thermalPlaces = ({ equation, model }: Presentation): number[] =>
  equation.dissipators.flatMap(({ bath }, place) => (model.baths[bath]!.kind === "jumps" ? [] : [place]));

/** Those of them that do work: baths between the eigenstates of H exchange heat alone. */
const workingPlaces = (p: Presentation): number[] =>
  thermalPlaces(p).filter((place) => !p.equation.dissipators[place]!.spectral);

/** Ẇ, the work of the bosonic and fermionic baths together: Eq. (23) by way of Eq. (24). */
export function totalWorkDerivation(p: Presentation): Derivation {
  if (hasCollisions(p)) return collisionTotalWork(p);
  const places = workingPlaces(p);
  if (places.length === 0) {
    const equations = [equationFormula(TOTAL_WORK, ZERO_FORMULA)];
    return { name: "work", title: "Work of the thermal baths", equations, notes: [] };
  }
  const baths = places.map((place) => p.equation.dissipators[place]!.bath);
  const sum = sumOperators(
    places.map((place) => workOperator(place, p)),
    p.space,
  );
  const trace = appliedFormula(
    TRACE,
    productFormula([INTERACTION, sumFormula(baths.map((bath) => appliedFormula(liouvillian(p, bath), RHO)))]),
  );
  return {
    name: "work",
    title: "Work of the thermal baths",
    equations: [equationFormula(TOTAL_WORK, trace, meanOf(sum, p))],
    notes: [],
  };
}

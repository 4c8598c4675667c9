import { coefficientFormula } from "../algebra/words/word-formula.ts";
import {
  appliedFormula,
  equationFormula,
  type Formula,
  fractionFormula,
  negativeFormula,
  numberFormula,
  productFormula,
  sumFormula,
  symbolFormula,
} from "../formula/formula.ts";
import { subscriptLatex } from "../formula/name-latex.ts";
import { canonicalFromScalar } from "../scalar/canonical-from-scalar.ts";
import type { Derivation } from "./derivation.ts";
import type { Presentation } from "./presentation.ts";
import {
  ANCILLA_ENERGY,
  FREE,
  HAMILTONIAN,
  heatSymbol,
  INTERACTION,
  JOINT_CHANGE,
  liouvillian,
  numberSymbol,
  particlesSymbol,
  TAU,
  TOTAL_WORK,
  TRACE,
  workSymbol,
} from "./symbols.ts";

/** Whether an equation has collisions that last: its quantities are those of one collision, divided by τ. */
export const hasCollisions = ({ equation }: Presentation): boolean =>
  equation.dissipators.some((d) => d.collision);

/** The mean of the system's state over one collision. */
const MEAN_STATE = symbolFormula("ρ_mean", "\\bar{\\rho}");

const MEAN_NOTE = "ρ_mean is the state of the system and the ancillas, averaged over one collision";

const rate = (operator: Formula): Formula =>
  productFormula([
    fractionFormula(numberFormula(1), TAU),
    appliedFormula(TRACE, productFormula([operator, JOINT_CHANGE])),
  ]);

/** −Tr[(H_b − μN_b) Δρ]/τ of ancillas; of another bath its trace in the state averaged over a collision. */
export function collisionHeat(place: number, p: Presentation): Derivation {
  const { bath, collision } = p.equation.dissipators[place]!;
  const { name, mu } = p.model.baths[bath]!;
  const head = { name: `heat(${name})`, title: `Heat from the bath ${name}` };
  if (!collision) {
    const trace = averaged(FREE, bath, p);
    return { ...head, equations: [equationFormula(heatSymbol(p, bath), trace)], notes: [MEAN_NOTE] };
  }
  const energy = symbolFormula(`H_${name}`, `H_{${subscriptLatex(name)}}`);
  const chemical =
    mu && productFormula([coefficientFormula(canonicalFromScalar(mu), p.notation), ancillas(name)]);
  const operator = chemical ? sumFormula([energy, negativeFormula(chemical)]) : energy;
  return {
    ...head,
    equations: [equationFormula(heatSymbol(p, bath), negativeFormula(rate(operator)))],
    notes: [`H_${name} is the part of H_B that belongs to its ancillas`],
  };
}

/** b†b of the ancillas of a bath, summed. */
const ancillas = (name: string): Formula => symbolFormula(`B_${name}`, `B_{${subscriptLatex(name)}}`);

const averaged = (operator: Formula, bath: number, p: Presentation): Formula =>
  appliedFormula(TRACE, productFormula([operator, appliedFormula(liouvillian(p, bath), MEAN_STATE)]));

/** The work of a collision, where it is one bath's; of a bath that is none of ancillas Tr[V L_b ρ] in the averaged state. */
export function collisionWork(place: number, p: Presentation): Derivation {
  const { bath, collision } = p.equation.dissipators[place]!;
  const { name } = p.model.baths[bath]!;
  const head = { name: `work(${name})`, title: `Work of the bath ${name}` };
  if (!collision) {
    const trace = averaged(INTERACTION, bath, p);
    return { ...head, equations: [equationFormula(workSymbol(p, bath), trace)], notes: [MEAN_NOTE] };
  }
  if (p.equation.dissipators.filter((d) => d.collision).length > 1) {
    const why =
      "undefined: its ancillas collide together with those of another bath, and only their total work is defined";
    return { ...head, equations: [], notes: [why] };
  }
  return { ...head, equations: [equationFormula(workSymbol(p, bath), workOfAncillas(p))], notes: [] };
}

/** Tr[(H + H_B) Δρ]/τ, without what the baths that are no ancillas brought meanwhile. */
function workOfAncillas(p: Presentation): Formula {
  const others = p.equation.dissipators.filter((d) => !d.collision);
  return sumFormula([
    rate(sumFormula([HAMILTONIAN, ANCILLA_ENERGY])),
    ...others.map(({ bath }) => negativeFormula(averaged(HAMILTONIAN, bath, p))),
  ]);
}

/** The work of the collisions and of the thermal baths beside them. */
export function collisionTotalWork(p: Presentation): Derivation {
  const beside = p.equation.dissipators.filter(
    (d) => !d.collision && p.model.baths[d.bath]!.kind !== "jumps",
  );
  const terms = [workOfAncillas(p), ...beside.map(({ bath }) => workSymbol(p, bath))];
  return {
    name: "work",
    title: "Work of the thermal baths",
    equations: [equationFormula(TOTAL_WORK, sumFormula(terms))],
    notes: [],
  };
}

/** −Tr[B_b Δρ]/τ: what the ancillas lose the system gains. */
export function collisionParticles(place: number, p: Presentation): Derivation {
  const { bath, collision } = p.equation.dissipators[place]!;
  const { name } = p.model.baths[bath]!;
  const trace = collision ? negativeFormula(rate(ancillas(name))) : averaged(numberSymbol(p, bath), bath, p);
  return {
    name: `particles(${name})`,
    title: `Particles from the bath ${name}`,
    equations: [equationFormula(particlesSymbol(p, bath), trace)],
    notes: [collision ? `B_${name} is the number of quanta of its ancillas` : MEAN_NOTE],
  };
}

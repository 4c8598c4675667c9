import { oddPart } from "../algebra/fermion-sign.ts";
import { type NormalForm, scaleOperator } from "../algebra/normal-form.ts";
import { coefficientFormula } from "../algebra/words/word-formula.ts";
import {
  appliedFormula,
  equationFormula,
  type Formula,
  type FormulaEquation,
  fractionFormula,
  meanFormula,
  negativeFormula,
  numberFormula,
  productFormula,
  sumFormula,
  symbolFormula,
} from "../formula/formula.ts";
import { subscriptLatex } from "../formula/name-latex.ts";
import { FREQUENCY } from "../model/model.ts";
import {
  type Canonical,
  conjugate,
  divide,
  functionCanonical,
  isEqual,
  isReal,
  multiply,
  ONE,
  subtract,
  symbolCanonical,
} from "../scalar/canonical.ts";
import { canonicalFromScalar } from "../scalar/canonical-from-scalar.ts";
import { type Scalar, substitute } from "../scalar/scalar.ts";
import { scalarFromCanonical } from "../scalar/scalar-from-canonical.ts";
import { type AncillaCoupling, isLocalDissipator, isLocalWork, workOfCollision } from "./collision.ts";
import { hasCollisions } from "./collision-thermodynamics.ts";
import type { Derivation } from "./derivation.ts";
import { dissipatorDerivation } from "./dissipators.ts";
import type { Presentation } from "./presentation.ts";
import {
  ANCILLA_ENERGY,
  HAMILTONIAN,
  IMAGINARY,
  JOINT_CHANGE,
  RHO,
  RHO_DOT,
  TAU,
  TOTAL_WORK,
  TRACE,
} from "./symbols.ts";
import { compactFormula, type ThermalChannel, thermalChannels } from "./thermal-channel.ts";
import { meanOf, thermalPlaces } from "./thermodynamics.ts";

const H_I = symbolFormula("H_I", "H_{I}");
const H_TOTAL = symbolFormula("H_τ", "H_{\\tau}");
const RHO_B = symbolFormula("ρ_B", "\\rho_{B}");
const PRODUCT_STATE = symbolFormula("ρ⊗ρ_B", "\\rho \\otimes \\rho_{B}");
const TRACE_B = symbolFormula("Tr_B", "\\operatorname{Tr}_{B}");
const ONE_HALF = fractionFormula(numberFormula(1), numberFormula(2));

/** A thermal bath of a local equation with its couplings to ancillas. */
export interface CollidingBath {
  readonly place: number;
  readonly couplings: readonly (AncillaCoupling & {
    readonly channel: ThermalChannel;
    /** g of g(A b† + A† b) */
    readonly amplitude: Canonical;
    readonly symbols: AncillaSymbols;
  })[];
}

interface AncillaSymbols {
  readonly annihilation: Formula;
  readonly creation: Formula;
  readonly state: Extract<Formula, { kind: "symbol" }>;
}

/**
 * The collision model behind the local dissipators, Eqs. (5)–(14) and (22): from H + H_B + H_I/√τ, traced over thermal
 * ancillas, to second order in √τ. The results are compared, by normal forms, with the dissipators and the work that the
 * local equation has. Undefined where `withoutCollisions` says why there is none.
 */
export function collisionDerivation(p: Presentation): Derivation | undefined {
  const baths = collidingBaths(p, "local", "collision");
  if (!baths || p.equation.frame || p.equation.dependsOnTime) return undefined;
  const couplings = baths.flatMap((b) => b.couplings);
  const places = baths.map((b) => b.place);
  const isDerived = baths.every((b) => isLocalDissipator(b.place, b.couplings, p));
  const isWork = isLocalWork(places, couplings, p);
  const dissipators = dissipatorDerivation(p).equations.slice(1);
  return {
    name: "collision",
    title: hasCollisions(p) ? "Limit of short collisions" : "Collision model",
    equations: [
      ...ancillaEquations(baths, p),
      ...expansionEquations(),
      ...couplings.map((c) => occupationEquation(c, p)),
      equationFormula(secondOrder(), sumFormula(places.map((place) => leftOf(dissipators[place]!)))),
      ...places.map((place) => dissipators[place]!),
      workEquation(workOfCollision(couplings, p.hamiltonian, p.space), p),
    ],
    notes: [
      isDerived
        ? "the second order of the collision equals the local dissipators, as an identity of normal forms"
        : "the second order of the collision differs from the local dissipators",
      isWork
        ? "the energy that system and ancillas gain equals Tr[V L ρ] summed over these baths, as an identity of normal forms"
        : "the energy that system and ancillas gain differs from Tr[V L ρ]",
    ],
  };
}

/** What is said in the place of a collision model where there is none. */
export const withoutCollisions: Derivation = {
  name: "collision",
  title: "Collision model",
  equations: [],
  notes: [
    "no collision model: a thermal bath in a local equation or one of collisions has one, with an ancilla for each of its Bohr frequencies, none of which may depend on the level, where nothing depends on time",
  ],
};

const leftOf = ({ left }: FormulaEquation): Formula => left;

/** The baths that are treated as local or as collisions, with one ancilla for each Bohr frequency (physics: split couplings). */
export function collidingBaths(
  p: Presentation,
  ...methods: readonly string[]
): readonly CollidingBath[] | undefined {
  const places = thermalPlaces(p).filter((place) => methods.includes(p.equation.dissipators[place]!.method));
  if (places.length === 0) return undefined;
  const baths: CollidingBath[] = [];
  for (const place of places) {
    const { jumps } = p.equation.dissipators[place]!;
    const channels = thermalChannels(jumps, p);
    if (channels.length === 0 || channels.some((c) => c.levelwise.length > 0)) return undefined;
    baths.push({
      place,
      couplings: channels.map((channel, k) => couplingOf(channel, k, channels.length, place, p)),
    });
  }
  return baths;
}

function couplingOf(
  channel: ThermalChannel,
  k: number,
  count: number,
  place: number,
  p: Presentation,
): CollidingBath["couplings"][number] {
  const { bath, coupling } = p.equation.dissipators[place]!;
  const { kind, name } = p.model.baths[bath]!;
  const density = densityAt(channel.frequency, bath, coupling!.density, p);
  const amplitude = multiply(channel.amplitude, functionCanonical("sqrt", [density]));
  const isFermionic = kind === "fermionic";
  const plain = name.replace(/\[(.*)\]/, "$1") + (count > 1 ? `_${k + 1}` : "");
  const index = subscriptLatex(plain);
  return {
    bath,
    channel,
    amplitude,
    lowering: scaleOperator(channel.lowering, amplitude),
    frequency: channel.frequency,
    occupation: divide(channel.absorption, density),
    isFermionic,
    isOdd: oddPart(channel.lowering, p.space).size > 0,
    symbols: {
      annihilation: symbolFormula(`b_${plain}`, `b_{${index}}`),
      creation: symbolFormula(`b_${plain}†`, `b_{${index}}^{\\dagger}`),
      state: symbolFormula(`ρ_${plain}`, `\\rho_{${index}}`),
    },
  };
}

/** J(ω), by its name where it has one. */
function densityAt(frequency: Canonical, bath: number, density: Scalar, p: Presentation): Canonical {
  const value = canonicalFromScalar(
    substitute(density, (s) => (s === FREQUENCY ? scalarFromCanonical(frequency) : undefined)),
  );
  const named = p.occupations.find((o) => o.bath === bath && isEqual(canonicalFromScalar(o.value), value));
  return named ? symbolCanonical(named.symbol) : value;
}

/** H_B, H_I, H_τ and the states of the ancillas. */
export function ancillaEquations(baths: readonly CollidingBath[], p: Presentation): FormulaEquation[] {
  const couplings = baths.flatMap((b) => b.couplings);
  const energy = sumFormula(
    couplings.map(({ frequency, symbols }) =>
      productFormula([coefficientFormula(frequency, p.notation), symbols.creation, symbols.annihilation]),
    ),
  );
  const interaction = sumFormula(
    couplings.map(({ amplitude, channel, symbols }) => {
      const exchange = (front: Canonical, operator: NormalForm, ancilla: Formula): Formula =>
        productFormula([coefficientFormula(front, p.notation), compactFormula(operator, p), ancilla]);
      const { lowering, raising } = channel;
      const parts = (up: Canonical, down: Canonical): Formula =>
        sumFormula([exchange(up, lowering, symbols.creation), exchange(down, raising, symbols.annihilation)]);
      return isReal(amplitude)
        ? productFormula([coefficientFormula(amplitude, p.notation), parts(ONE, ONE)])
        : parts(amplitude, conjugate(amplitude));
    }),
  );
  const root: Formula = { kind: "call", name: "sqrt", operands: [TAU] };
  return [
    equationFormula(ANCILLA_ENERGY, energy),
    equationFormula(H_I, interaction),
    equationFormula(H_TOTAL, sumFormula([HAMILTONIAN, ANCILLA_ENERGY, fractionFormula(H_I, root)])),
    ...couplings.map((c) => equationFormula(c.symbols.state, thermalState(c, p))),
    equationFormula(RHO_B, tensorProduct(couplings.map((c) => c.symbols.state))),
  ];
}

/** ρ(t+τ) = Tr_B[…] and its limit for short collisions. */
function expansionEquations(): FormulaEquation[] {
  const after = symbolFormula("ρ(t + τ)", "\\rho(t+\\tau)");
  const unitary = (sign: "" | "-") => symbolFormula(`exp(${sign}i*H_τ*τ)`, `e^{${sign}i H_{\\tau} \\tau}`);
  const state = symbolFormula("(ρ(t)⊗ρ_B)", "\\left(\\rho(t) \\otimes \\rho_{B}\\right)");
  const commutator: Formula = { kind: "bracket", which: "commutator", left: HAMILTONIAN, right: RHO };
  return [
    equationFormula(after, appliedFormula(TRACE_B, productFormula([unitary("-"), state, unitary("")]))),
    equationFormula(
      RHO_DOT,
      sumFormula([negativeFormula(productFormula([IMAGINARY, commutator])), secondOrder()]),
    ),
  ];
}

/** −½ Tr_B[H_I, [H_I, ρ⊗ρ_B]] */
function secondOrder(): Formula {
  const inner: Formula = { kind: "bracket", which: "commutator", left: H_I, right: PRODUCT_STATE };
  const outer: Formula = { kind: "bracket", which: "commutator", left: H_I, right: inner };
  return negativeFormula(productFormula([ONE_HALF, appliedFormula(TRACE_B, outer)]));
}

/** ⟨b†b⟩ = n */
const occupationEquation = (
  { symbols, occupation }: CollidingBath["couplings"][number],
  p: Presentation,
): FormulaEquation =>
  equationFormula(
    meanFormula(productFormula([symbols.creation, symbols.annihilation])),
    coefficientFormula(occupation, p.notation),
  );

/** Ẇ = lim Tr[(H + H_B) Δρ]/τ = … */
function workEquation(work: NormalForm, p: Presentation): FormulaEquation {
  const limit = symbolFormula("lim(τ → 0)", "\\lim_{\\tau \\to 0}");
  const trace = appliedFormula(
    TRACE,
    productFormula([sumFormula([HAMILTONIAN, ANCILLA_ENERGY]), JOINT_CHANGE]),
  );
  const rate = productFormula([limit, fractionFormula(numberFormula(1), TAU), trace]);
  return equationFormula(TOTAL_WORK, rate, meanOf(work, p));
}

const tensorProduct = (states: readonly { readonly text: string; readonly latex: string }[]): Formula =>
  symbolFormula(states.map((s) => s.text).join("⊗"), states.map((s) => s.latex).join(" \\otimes "));

/** e^{−β(ω−μ) b†b}/Tr[e^{−β(ω−μ) b†b}] */
function thermalState(
  { bath, frequency, symbols }: CollidingBath["couplings"][number],
  p: Presentation,
): Formula {
  const { beta: inverse, mu } = p.model.baths[bath]!;
  const beta = canonicalFromScalar(inverse!);
  const above = mu ? subtract(frequency, canonicalFromScalar(mu)) : frequency;
  const exponent = negativeFormula(
    productFormula([
      coefficientFormula(multiply(beta, above), p.notation),
      symbols.creation,
      symbols.annihilation,
    ]),
  );
  const weight: Formula = { kind: "call", name: "exp", operands: [exponent] };
  return fractionFormula(weight, appliedFormula(TRACE, weight));
}

import { coefficientFormula } from "../algebra/words/word-formula.ts";
import {
  appliedFormula,
  equationFormula,
  type Formula,
  type FormulaEquation,
  negativeFormula,
  productFormula,
  sumFormula,
} from "../formula/formula.ts";
import { equationText } from "../formula/formula-text.ts";
import type { OperatorExpression } from "../model/operator-expression.ts";
import { type Canonical, canonicalKey, conjugate, multiply, ONE } from "../scalar/canonical.ts";
import { canonicalFromScalar } from "../scalar/canonical-from-scalar.ts";
import type { Derivation } from "./derivation.ts";
import { dissipator, levelwiseFormula } from "./levelwise.ts";
import { mixedJumps } from "./mixed-jumps.ts";
import type { Presentation } from "./presentation.ts";
import { spectralEquations } from "./spectral.ts";
import { FRAME, HAMILTONIAN, IMAGINARY, liouvillian, RHO, RHO_DOT } from "./symbols.ts";
import { compactFormula, type ThermalChannel, thermalChannels } from "./thermal-channel.ts";

/** ρ̇ = −i[H, ρ] + Σ_b L_b[ρ] (H − G in a frame), and the dissipator of each bath. */
export function dissipatorDerivation(p: Presentation): Derivation {
  const { equation, model } = p;
  const generating = equation.frame ? sumFormula([HAMILTONIAN, negativeFormula(FRAME)]) : HAMILTONIAN;
  const commutator: Formula = { kind: "bracket", which: "commutator", left: generating, right: RHO };
  const masterEquation = equationFormula(
    RHO_DOT,
    sumFormula([
      negativeFormula(productFormula([IMAGINARY, commutator])),
      ...equation.dissipators.map(({ bath }) => appliedFormula(liouvillian(p, bath), RHO)),
    ]),
  );
  const notes: string[] = [];
  const levelEquations: FormulaEquation[] = [];
  const dissipators = equation.dissipators.map((d): FormulaEquation => {
    const left = appliedFormula(liouvillian(p, d.bath), RHO);
    const bath = model.baths[d.bath]!;
    if (d.spectral) {
      const [own, ...definitions] = spectralEquations(d, p);
      levelEquations.push(...definitions);
      return own!;
    }
    if (bath.kind !== "jumps") {
      const { formula, abbreviations } = thermalFormula(thermalChannels(d.jumps, p), d.bath, p);
      levelEquations.push(...abbreviations);
      return equationFormula(left, formula);
    }
    const mixed = mixedJumps(d.jumps, p);
    const right = [
      jumpFormula(
        bath.jumps.map((j) => j.operator),
        p,
      ),
    ];
    if (mixed) {
      right.push(
        ratedSum(
          mixed.map(({ weight, operator }) => [weight, compactFormula(operator, p)]),
          p,
        ),
      );
      notes.push(
        `the jumps of '${bath.name}' are equal, as superoperators, to jumps that shift the levels by one amount each`,
      );
    }
    return equationFormula(left, ...right);
  });
  return {
    name: "dissipators",
    title: "Master equation",
    equations: [masterEquation, ...dissipators, ...withoutRepeats(levelEquations)],
    notes,
  };
}

/** Abbreviations that several baths share are written once. */
function withoutRepeats(equations: readonly FormulaEquation[]): readonly FormulaEquation[] {
  const seen = new Set<string>();
  return equations.filter((e) => {
    const text = equationText(e);
    return !seen.has(text) && seen.add(text);
  });
}

/** Σ |c|²(n D[A†] + (n+1) D[A]), and where a frequency depends on levels a sum over these. */
function thermalFormula(
  channels: readonly ThermalChannel[],
  bath: number,
  p: Presentation,
): { readonly formula: Formula; readonly abbreviations: readonly FormulaEquation[] } {
  const abbreviations: FormulaEquation[] = [];
  const terms = channels.map((channel) => {
    if (channel.levelwise.length > 0) {
      const levelwise = levelwiseFormula(channel, bath, p);
      abbreviations.push(...levelwise.abbreviations);
      return levelwise.formula;
    }
    const { strength, absorption, emission, raising, lowering } = channel;
    return productFormula([
      coefficientFormula(strength, p.notation),
      sumFormula([
        productFormula([coefficientFormula(absorption, p.notation), dissipator(compactFormula(raising, p))]),
        productFormula([coefficientFormula(emission, p.notation), dissipator(compactFormula(lowering, p))]),
      ]),
    ]);
  });
  return { formula: sumFormula(terms), abbreviations };
}

/** Σ |c|² D[O] of jumps as they are written, cO with a scalar c. */
function jumpFormula(jumps: readonly OperatorExpression[], p: Presentation): Formula {
  return ratedSum(
    jumps.map((jump) => {
      const [amplitude, rest] = withoutAmplitude(jump);
      return [multiply(amplitude, conjugate(amplitude)), p.written(rest)] as const;
    }),
    p,
  );
}

/** Σ weight·D[O], equal weights drawn out. */
function ratedSum(jumps: readonly (readonly [Canonical, Formula])[], p: Presentation): Formula {
  const groups = new Map<string, { weight: Canonical; members: Formula[] }>();
  for (const [weight, operator] of jumps) {
    const key = canonicalKey(weight);
    const group = groups.get(key) ?? { weight, members: [] };
    group.members.push(dissipator(operator));
    groups.set(key, group);
  }
  return sumFormula(
    [...groups.values()].map(({ weight, members }) =>
      productFormula([coefficientFormula(weight, p.notation), sumFormula(members)]),
    ),
  );
}

/** The scalar factors of a jump, and what they multiply. */
function withoutAmplitude(jump: OperatorExpression): readonly [Canonical, OperatorExpression] {
  if (jump.kind !== "product") return [ONE, jump];
  let amplitude = ONE;
  const rest: OperatorExpression[] = [];
  for (const factor of jump.factors) {
    if (factor.kind === "scalar") amplitude = multiply(amplitude, canonicalFromScalar(factor.value));
    else rest.push(factor);
  }
  if (rest.length !== 1) return [amplitude, { kind: "product", factors: rest }];
  const [inner, operator] = withoutAmplitude(rest[0]!);
  return [multiply(amplitude, inner), operator];
}

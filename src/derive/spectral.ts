import { coefficientFormula } from "../algebra/words/word-formula.ts";
import type { CouplingOperator, Dissipator, SpectralTreatment } from "../equation/master-equation.ts";
import {
  appliedFormula,
  equationFormula,
  type Formula,
  type FormulaEquation,
  numberFormula,
  productFormula,
  sumFormula,
  symbolFormula,
} from "../formula/formula.ts";
import { subscriptLatex } from "../formula/name-latex.ts";
import { scalarFormula } from "../formula/scalar-formula.ts";
import { FREQUENCY, LARGEST_FREQUENCY } from "../model/model.ts";
import { negate } from "../scalar/canonical.ts";
import { canonicalFromScalar } from "../scalar/canonical-from-scalar.ts";
import { type Scalar, view } from "../scalar/scalar.ts";
import { dissipator } from "./levelwise.ts";
import type { Presentation } from "./presentation.ts";
import { liouvillian, RHO } from "./symbols.ts";
import { compactFormula } from "./thermal-channel.ts";

const OMEGA = symbolFormula("ω", "\\omega");

/**
 * L_b[ρ] of a bath between the eigenstates of H, with the definitions of A(ω), the rates and J: Eqs. (A5), (A13)–(A16)
 * for the global equation, the same with clusters for the unified one, and Redfield's in terms of A and B.
 */
export function spectralEquations(d: Dissipator, p: Presentation): readonly FormulaEquation[] {
  const { approximation, hasLambShift } = d.spectral!;
  const { operators: couplings, density } = d.coupling!;
  const { name, kind } = p.model.baths[d.bath]!;
  const index = subscriptLatex(name);
  const indices = couplings.map((_, k) => (couplings.length === 1 ? index : `${index},${k + 1}`));
  const left = appliedFormula(liouvillian(p, d.bath), RHO);
  const terms = couplings.map(({ isHermitian }, k) =>
    approximation === "redfield"
      ? redfieldTerm(`${name}${couplings.length === 1 ? "" : `_${k + 1}`}`, indices[k]!, isHermitian)
      : secularTerm(approximation, name, index, indices[k]!, isHermitian, kind === "fermionic"),
  );
  const isFlat = view(density).kind === "number";
  const J = symbolFormula(`J_${name}(ω)`, `J_{${index}}(\\omega)`);
  return [
    equationFormula(
      left,
      sumFormula([
        ...terms,
        ...(hasLambShift && approximation !== "redfield" ? [lambTerm(name, index)] : []),
      ]),
    ),
    ...couplings.map(({ operator }, k) =>
      equationFormula(symbolFormula(`A_${name}`, `A_{${indices[k]!}}`), compactFormula(operator, p)),
    ),
    ...(approximation === "redfield"
      ? redfieldDefinitions(kind === "fermionic", hasLambShift)
      : [projectionEquation(approximation)]),
    ...(hasLambShift ? lambDefinitions(approximation, name, index, couplings) : []),
    occupationEquation(d.bath, p),
    equationFormula(J, isFlat ? scalarFormula(density, p.notation.symbol) : densityFormula(density, p)),
  ];
}

const densityFormula = (density: Scalar, p: Presentation): Formula =>
  scalarFormula(density, (symbol) =>
    symbol === FREQUENCY
      ? OMEGA
      : symbol === LARGEST_FREQUENCY
        ? symbolFormula("largest_frequency", "\\omega_{\\max}")
        : p.notation.symbol(symbol),
  );

/** Σ_ω J(ω)((n(ω)+1) D[A(ω)] + n(ω) D[A(ω)†]) */
function secularTerm(
  approximation: SpectralTreatment["approximation"],
  name: string,
  index: string,
  operatorIndex: string,
  isHermitian: boolean,
  isFermionic: boolean,
): Formula {
  const ω = approximation === "unified" ? symbolFormula("ω̄", "\\bar{\\omega}") : OMEGA;
  const letter = isFermionic ? "f" : "n";
  const n = symbolFormula(`${letter}_${name}(${ω.text})`, `${letter}_{${index}}(${ω.latex})`);
  const J = symbolFormula(`J_${name}(${ω.text})`, `J_{${index}}(${ω.latex})`);
  const sum = symbolFormula(`sum(${ω.text})`, `\\sum_{${ω.latex}}`);
  const A = symbolFormula(`A_${name}(${ω.text})`, `A_{${operatorIndex}}(${ω.latex})`);
  const emission: Formula = isFermionic
    ? sumFormula([numberFormula(1), { kind: "negative", operand: n }])
    : sumFormula([n, numberFormula(1)]);
  const down = productFormula([emission, dissipator(A)]);
  // over all frequencies of both signs, J(−ω) = −J(ω), a Hermitian A needs no second term
  if (isHermitian) return productFormula([sum, J, down]);
  const up = productFormula([n, dissipator({ kind: "adjoint", operand: A })]);
  return productFormula([sum, J, sumFormula([up, down])]);
}

/** A(ω) = Σ Π(ε) A Π(ε′) over ε′ − ε = ω, or over the ω of a cluster. */
function projectionEquation(approximation: SpectralTreatment["approximation"]): FormulaEquation {
  const isUnified = approximation === "unified";
  return equationFormula(
    isUnified ? symbolFormula("A(ω̄)", "A(\\bar{\\omega})") : symbolFormula("A(ω)", "A(\\omega)"),
    isUnified
      ? symbolFormula(
          "sum(ε' - ε near ω̄) Π(ε)*A*Π(ε')",
          "\\sum_{\\epsilon' - \\epsilon \\approx \\bar{\\omega}} \\Pi(\\epsilon) A \\Pi(\\epsilon')",
        )
      : symbolFormula(
          "sum(ε' - ε == ω) Π(ε)*A*Π(ε')",
          "\\sum_{\\epsilon' - \\epsilon = \\omega} \\Pi(\\epsilon) A \\Pi(\\epsilon')",
        ),
  );
}

/** BρA† − A†Bρ + h.c., for an exchange coupling also with C and A in the place of B and A†. */
function redfieldTerm(name: string, index: string, isHermitian: boolean): Formula {
  const term = (letter: string, dagger: boolean): Formula => {
    const [b, B] = [`${letter}_${name}`, `${letter}_{${index}}`];
    const [a, A] = dagger ? [`A_${name}†`, `A_{${index}}^{\\dagger}`] : [`A_${name}`, `A_{${index}}`];
    return symbolFormula(
      `(${b}*ρ*${a} - ${a}*${b}*ρ + h.c.)`,
      `\\left(${B} \\rho ${A} - ${A} ${B} \\rho + \\mathrm{h.c.}\\right)`,
    );
  };
  return isHermitian ? term("B", true) : sumFormula([term("B", true), term("C", false)]);
}

/** B = ½ Σ γ(ω) A(ω) for emission, and C for absorption. */
function redfieldDefinitions(isFermionic: boolean, hasLambShift: boolean): readonly FormulaEquation[] {
  const n = isFermionic ? "f(ω)" : "n(ω)";
  const N = isFermionic ? "f(\\omega)" : "n(\\omega)";
  const [emission, EMISSION] = isFermionic ? [`1 - ${n}`, `1 - ${N}`] : [`${n} + 1`, `${N} + 1`];
  return [
    equationFormula(
      symbolFormula("B", "B"),
      symbolFormula(
        hasLambShift ? `sum(ω) (1/2*J(ω)*(${emission}) + i*S(ω))*A(ω)` : `1/2*sum(ω) J(ω)*(${emission})*A(ω)`,
        hasLambShift
          ? `\\sum_{\\omega} \\left(\\tfrac{1}{2} J(\\omega) \\left(${EMISSION}\\right) + i S(\\omega)\\right) A(\\omega)`
          : `\\frac{1}{2} \\sum_{\\omega} J(\\omega) \\left(${EMISSION}\\right) A(\\omega)`,
      ),
    ),
    equationFormula(
      symbolFormula("C", "C"),
      symbolFormula(
        hasLambShift ? `sum(ω) (1/2*J(ω)*${n} + i*S'(ω))*A(ω)†` : `1/2*sum(ω) J(ω)*${n}*A(ω)†`,
        hasLambShift
          ? `\\sum_{\\omega} \\left(\\tfrac{1}{2} J(\\omega) ${N} + i S'(\\omega)\\right) A(\\omega)^{\\dagger}`
          : `\\frac{1}{2} \\sum_{\\omega} J(\\omega) ${N} A(\\omega)^{\\dagger}`,
      ),
    ),
    projectionEquation("secular"),
  ];
}

/** −i[H_LS, ρ] */
const lambTerm = (name: string, index: string): Formula => ({
  kind: "negative",
  operand: symbolFormula(`i*[H_LS_${name}, ρ]`, `i \\left[H_{\\mathrm{LS},${index}}, \\rho\\right]`),
});

/** H_LS = Σ S(ω)A(ω)†A(ω), and S(ω) as the principal value over the rates γ of A(ω), S′ over those of A(ω)†. */
function lambDefinitions(
  approximation: SpectralTreatment["approximation"],
  name: string,
  index: string,
  couplings: readonly CouplingOperator[],
): readonly FormulaEquation[] {
  const [ω, OMEGA_BAR] = approximation === "unified" ? ["ω̄", "\\bar{\\omega}"] : ["ω", "\\omega"];
  const hasExchange = couplings.some((c) => !c.isHermitian);
  const [A, ADAGGER] = [`A(${OMEGA_BAR})`, `A(${OMEGA_BAR})^{\\dagger}`];
  const shift = equationFormula(
    symbolFormula(`H_LS_${name}`, `H_{\\mathrm{LS},${index}}`),
    symbolFormula(
      `sum(${ω}) S(${ω})*A(${ω})†*A(${ω})${hasExchange ? ` + S'(${ω})*A(${ω})*A(${ω})†` : ""}`,
      `\\sum_{${OMEGA_BAR}} S(${OMEGA_BAR}) ${ADAGGER} ${A}${hasExchange ? ` + S'(${OMEGA_BAR}) ${A} ${ADAGGER}` : ""}`,
    ),
  );
  const value = (S: string, γ: string, GAMMA: string, sign: string): FormulaEquation =>
    equationFormula(
      symbolFormula(`${S}(ω)`, `${S}(\\omega)`),
      symbolFormula(
        `${sign}P ∫dω'/(2*π) ${γ}(ω')/(ω - ω')`,
        `${sign}\\mathrm{P}\\!\\int \\frac{d\\omega'}{2 \\pi} \\frac{${GAMMA}(\\omega')}{\\omega - \\omega'}`,
      ),
    );
  return [
    ...(approximation === "redfield" ? [] : [shift]),
    value("S", "γ↓", "\\gamma_{\\downarrow}", ""),
    ...(hasExchange ? [value("S'", "γ↑", "\\gamma_{\\uparrow}", "-")] : []),
  ];
}

/** n_b(ω) = 1/(e^{βω} − 1), or f_b(ω) = 1/(e^{β(ω−μ)} + 1). */
function occupationEquation(bath: number, p: Presentation): FormulaEquation {
  const { name, kind, beta, mu } = p.model.baths[bath]!;
  const isFermionic = kind === "fermionic";
  const letter = isFermionic ? "f" : "n";
  const occupation = symbolFormula(`${letter}_${name}(ω)`, `${letter}_{${subscriptLatex(name)}}(\\omega)`);
  const above = mu
    ? sumFormula([OMEGA, coefficientFormula(negate(canonicalFromScalar(mu)), p.notation)])
    : OMEGA;
  const exponent = productFormula([scalarFormula(beta!, p.notation.symbol), above]);
  return equationFormula(occupation, {
    kind: "call",
    name: isFermionic ? "fermi" : "bose",
    operands: [exponent],
  });
}

import { canonicalText } from "../algebra/operator-text.ts";
import { type Equation, FREQUENCY, type Model } from "../model/model.ts";
import { canonicalFromScalar } from "../scalar/canonical-from-scalar.ts";
import { equivalent } from "../scalar/equivalent.ts";
import { call, number, type Scalar, substitute } from "../scalar/scalar.ts";
import { scalarFromCanonical } from "../scalar/scalar-from-canonical.ts";
import { inClause, jumpsOfFree } from "./local.ts";
import type { Ancilla, JumpTerm } from "./master-equation.ts";
import type { Derivation, EquationReport, Method } from "./method.ts";

/** Collisions that last, Eqs. (5)–(9): one ancilla for each eigenoperator of H₀ in the bath's couplings. */
export const collision: Method = {
  name: "collision",
  description:
    "collisions of duration τ with thermal ancillas, Eqs. (5)–(9), one ancilla for each Bohr frequency of the free Hamiltonian",
  baths: ["bosonic", "fermionic"],
  settings: ["tau", "levels", "spectrum"],
  neededSettings: ["tau"],
  derive: (own, derivation, clause) => {
    const bath = inClause(own, clause);
    const jumps = jumpsOfFree(own, derivation, clause);
    const uneven = jumps.find((j) => j.levelwise.length > 0);
    if (uneven) {
      reportUneven(uneven, bath.name, clause.span, derivation);
      return { jumps: [] };
    }
    return {
      jumps,
      collision: {
        duration: clause.duration ?? number(Number.NaN),
        ...(clause.ancillaLevels !== undefined && { levels: clause.ancillaLevels }),
        ancillas: jumps
          .filter((j) => j.direction === "emission")
          .map((j) => ancilla(j, bath.kind === "bosonic", bath.spectralDensity)),
      },
    };
  },
};

function ancilla({ operator, frequency }: JumpTerm, isBosonic: boolean, density: Scalar): Ancilla {
  const ω = scalarFromCanonical(frequency!);
  const at = isBosonic ? call("abs", ω) : ω;
  return {
    operator,
    frequency: frequency!,
    density: substitute(density, (name) => (name === FREQUENCY ? at : undefined)),
  };
}

function reportUneven(
  { frequency, levelwise }: JumpTerm,
  bath: string,
  span: Parameters<EquationReport>[1],
  { model, report }: Derivation,
): void {
  const names = levelwise.map((s) => `'${model.subsystems[s]!.name}'`).join(" and ");
  report(
    "E412",
    span,
    `the Bohr frequency ${canonicalText(frequency!, model)} of '${bath}' depends on the level of ${names}: each level would need an ancilla of its own`,
    { fix: "use 'local' for this bath, or move what makes the levels uneven into 'interaction'" },
  );
}

/** The methods between the eigenstates of H, which have no place inside a collision. */
const BETWEEN_EIGENSTATES: readonly string[] = ["global", "unified", "redfield"];

/** All ancillas meet the system at once, for one time τ, while the other baths act as generators on the system alone. */
export function checkCollisions({ clauses, name }: Equation, model: Model, report: EquationReport): void {
  const [first, ...others] = clauses.filter((c) => c.method === "collision");
  if (!first) return;
  const spectral = clauses.find((c) => BETWEEN_EIGENSTATES.includes(c.method));
  if (spectral) {
    const baths = spectral.baths.map((b) => `'${model.baths[b]!.name}'`).join(", ");
    report(
      "E411",
      spectral.span,
      `the equation '${name}' holds collisions and ${baths} as ${spectral.method}: while ancillas act on the system, its eigenstates are not those of H`,
      { fix: "beside collision use local or jumps" },
    );
  }
  for (const { duration, span } of others) {
    if (!duration || !first.duration) continue;
    if (equivalent(canonicalFromScalar(duration), canonicalFromScalar(first.duration))) continue;
    report(
      "E411",
      span,
      `the equation '${name}' holds collisions of two durations τ, and all ancillas collide at once`,
      { fix: "give them one duration", related: [{ message: "the first is here", span: first.span }] },
    );
  }
}

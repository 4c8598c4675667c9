import {
  adjointOperator,
  commutator,
  type Factor,
  multiplyOperators,
  type NormalForm,
  type Space,
  scalarOperator,
  scaleOperator,
  sumOperators,
} from "../algebra/normal-form.ts";
import { type Canonical, constant, IMAGINARY_UNIT } from "../scalar/canonical.ts";

/** A jump of a dissipator rate·D[O], as the Heisenberg picture needs it. */
export interface RatedJump {
  readonly operator: NormalForm;
  /** May hold the levels (before the jump) of the subsystems in `levelwise`. */
  readonly rate: Canonical;
  /** Subsystems for each of whose levels this is a jump of its own. */
  readonly levelwise: readonly number[];
}

const MINUS_HALF = constant(-0.5);

/** D†[O]X·rate = rate·(O†XO − ½{O†O, X}), with Tr[X D[O]ρ] = Tr[ρ D†[O]X]. */
export function adjointDissipator(jump: RatedJump, x: NormalForm, space: Space): NormalForm {
  const adjoint = adjointOperator(jump.operator, space);
  const gain = withinLevels(
    multiplyOperators(adjoint, multiplyOperators(x, jump.operator, space), space),
    jump.levelwise,
  );
  const square = multiplyOperators(adjoint, jump.operator, space);
  if (jump.levelwise.length === 0) {
    const loss = sumOperators(
      [multiplyOperators(square, x, space), multiplyOperators(x, square, space)],
      space,
    );
    return scaleOperator(sumOperators([gain, scaleOperator(loss, MINUS_HALF)], space), jump.rate);
  }
  // one jump for each level n: Σ_n r(n) P_n O†XO P_n, and r(N) stands beside O†O
  const rate = scalarOperator(jump.rate);
  const rated = multiplyOperators(withinLevels(square, jump.levelwise), rate, space);
  const loss = sumOperators([multiplyOperators(rated, x, space), multiplyOperators(x, rated, space)], space);
  return sumOperators([multiplyOperators(gain, rate, space), scaleOperator(loss, MINUS_HALF)], space);
}

/** The terms that leave the levels of the given subsystems as they are: Σ_n P_n X P_n. */
function withinLevels(x: NormalForm, subsystems: readonly number[]): NormalForm {
  if (subsystems.length === 0) return x;
  const isKept = (f: Factor | undefined): boolean => !f || (f.kind === "unit" && f.row === f.column);
  return new Map([...x].filter(([, { factors }]) => subsystems.every((s) => isKept(factors.get(s)))));
}

/** i[H, X]. */
export const adjointCommutator = (hamiltonian: NormalForm, x: NormalForm, space: Space): NormalForm =>
  scaleOperator(commutator(hamiltonian, x, space), IMAGINARY_UNIT);

/** L†X = i[H, X] + Σ rate·D†[O]X: d⟨X⟩/dt = ⟨L†X⟩ for an X that does not depend on time. */
export function adjointLiouvillian(
  hamiltonian: NormalForm,
  jumps: readonly RatedJump[],
  x: NormalForm,
  space: Space,
): NormalForm {
  return sumOperators(
    [adjointCommutator(hamiltonian, x, space), ...jumps.map((j) => adjointDissipator(j, x, space))],
    space,
  );
}

import type { NormalForm } from "../algebra/normal-form.ts";
import type { MasterEquation } from "../equation/master-equation.ts";

/**
 * By how many levels a term of H or a jump moves each subsystem at most, at least 1. An end of a window that is shorter
 * than this may be empty although ρ goes on beyond it: |n−2⟩⟨n| leaves out every other level.
 */
export function largestShifts({ free, interaction, dissipators, space }: MasterEquation): number[] {
  const shifts = space.map(() => 1);
  const note = (operator: NormalForm): void => {
    for (const { factors } of operator.values()) {
      for (const [s, factor] of factors) {
        const by = factor.kind === "shift" ? factor.by : factor.row - factor.column;
        shifts[s] = Math.max(shifts[s]!, Math.abs(by));
      }
    }
  };
  note(free);
  note(interaction);
  for (const { jumps, spectral, coupling } of dissipators) {
    for (const { operator } of jumps) note(operator);
    if (spectral) for (const { operator } of coupling!.operators) note(operator);
  }
  return shifts;
}

import { levelIn, type ProductBasis } from "../lower/window.ts";
import type { Model } from "../model/model.ts";

/**
 * What tells groups of product states apart that an equation never joins, in the model's words: subsystems that keep
 * their level, or else one state of each of the first two groups.
 */
export function describeGroups(model: Model, basis: ProductBasis, groups: readonly Int32Array[]): string {
  const kept = model.subsystems.flatMap(({ name }, s) => (isKept(s, basis, groups) ? [name] : []));
  if (kept.length > 0) return `conserved: the level of ${kept.join(" and of ")}`;
  const [first, second] = groups.map((group) => stateText(model, basis, group[0]!));
  return `for example ${first} and ${second} are in different groups`;
}

/** Whether no two groups share a level of the subsystem. */
function isKept(subsystem: number, basis: ProductBasis, groups: readonly Int32Array[]): boolean {
  const owner = new Map<number, number>();
  for (const [g, states] of groups.entries()) {
    for (const state of states) {
      const level = levelIn(basis, state, subsystem);
      if ((owner.get(level) ?? g) !== g) return false;
      owner.set(level, g);
    }
  }
  return true;
}

function stateText({ subsystems }: Model, basis: ProductBasis, state: number): string {
  const labels = subsystems.map(({ kind }, s) => {
    const level = levelIn(basis, state, s);
    return kind.basis.kind === "finite" ? kind.basis.labels[level] : String(level);
  });
  return `|${labels.join(", ")}>`;
}

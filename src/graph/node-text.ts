import { formulaText } from "../formula/formula-text.ts";
import type { BathNode, GraphEdge, ModelGraph, SubsystemNode, TermNode } from "./model-graph.ts";

/** The operators of an edge in the spelling of model files, without the name of the subsystem: `σ⁺`, `exp(i*φ)`. */
export function operatorsText({ to, operators }: GraphEdge, { subsystems }: ModelGraph): string {
  const { name } = subsystems.find(({ id }) => id === to)!;
  return operators.map((o) => withoutOwner(formulaText(o), name)).join(", ");
}

const withoutOwner = (text: string, owner: string): string => text.replaceAll(`${owner}.`, "");

/** The lines of a subsystem: its name and kind, then its own terms. */
export const subsystemLines = ({ name, kind, terms }: SubsystemNode): string[] => [
  `${name} : ${kind}`,
  ...terms.map((t) => withoutOwner(formulaText(t), name)),
];

/** The lines of a term: its labels, its coefficient, then its summands. */
export function termLines(term: TermNode): string[] {
  const { labels, coefficient } = term;
  return [...labels, ...(coefficient ? [formulaText(coefficient)] : []), summandsText(term)];
}

/** A + B + h.c. */
export function summandsText({ summands }: TermNode): string {
  const isAllPaired = summands.every((s) => s.plusAdjoint);
  const texts = summands.map(({ formula, plusAdjoint }) => {
    const text = formulaText(formula);
    return plusAdjoint && !isAllPaired ? `(${text} + h.c.)` : text;
  });
  return [...texts, ...(isAllPaired ? ["h.c."] : [])].join(" + ").replaceAll("+ -", "- ");
}

/** The lines of a bath: name, kind and role, β. */
export const bathLines = ({ name, kind, role, beta }: BathNode): string[] => [
  name,
  role === undefined || role === name ? kind : `${kind}, ${role}`,
  ...(beta ? [`β = ${formulaText(beta)}`] : []),
];

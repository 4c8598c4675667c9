import type { EvolveClause, ExperimentDeclaration } from "../syntax/ast.ts";
import type { Elaboration } from "./elaboration.ts";
import { gridOf, settingsOf } from "./experiment-parts.ts";
import type { EvolutionDefinition, Quantity } from "./model.ts";
import { recordClauses } from "./plots.ts";

/** What an experiment with an `evolve` clause asks for; undefined for others, and where it is in error. */
export function elaborateEvolution(
  { name, clauses, description }: ExperimentDeclaration,
  elaboration: Elaboration,
): EvolutionDefinition | undefined {
  const evolve = clauses.find((c): c is EvolveClause => c.kind === "evolve");
  if (!evolve) return undefined;
  const times = gridOf(evolve.times, "times", elaboration);
  const equations = evolve.equations.map((e) => elaboration.equations.findIndex((x) => x.name === e.text));
  if (!times || equations.some((e) => e < 0)) return undefined;
  const quantities: Quantity[] = [];
  const distributions = new Set<number>();
  const { plots } = recordClauses(clauses, "evolve", quantities, elaboration, distributions);
  return {
    name: name.text,
    span: name.span,
    ...(description && { description: description.text }),
    equations,
    state: evolve.from.text,
    times,
    settings: clauses.flatMap((c) => (c.kind === "with" ? settingsOf(c, elaboration) : [])),
    quantities,
    distributions: [...distributions],
    plots,
  };
}

import { EVOLUTION_ROUTES, routeNamed } from "../numerics/evolution-route.ts";
import { nearestName } from "../source/name.ts";
import type { EvolveClause, ExperimentDeclaration, Identifier } from "../syntax/ast.ts";
import { type Elaboration, GLOBAL_SCOPE } from "./elaboration.ts";
import { gridOf, settingsOf } from "./experiment-parts.ts";
import type { EvolutionDefinition, Quantity } from "./model.ts";
import { recordClauses } from "./plots.ts";
import { realOf } from "./typed-values.ts";

/** What an experiment with an `evolve` clause asks for; undefined for others, and where it is in error. */
export function elaborateEvolution(
  { name, clauses, description }: ExperimentDeclaration,
  elaboration: Elaboration,
): EvolutionDefinition | undefined {
  const evolve = clauses.find((c): c is EvolveClause => c.kind === "evolve");
  if (!evolve) return undefined;
  const times = gridOf(evolve.times, "times", elaboration);
  const equations = evolve.equations.map((e) => elaboration.equations.findIndex((x) => x.name === e.text));
  const tolerance = evolve.tolerance && realOf(evolve.tolerance, GLOBAL_SCOPE, elaboration)?.node;
  const route = evolve.route && routeNamed(evolve.route.text);
  if (evolve.route && !route) unknownRoute(evolve.route, elaboration);
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
    ...(tolerance && { tolerance }),
    ...(route && { route }),
    settings: clauses.flatMap((c) => (c.kind === "with" ? settingsOf(c, elaboration) : [])),
    quantities,
    distributions: [...distributions],
    plots,
  };
}

/** The routes as words of the language. */
const ROUTES = EVOLUTION_ROUTES.map((route) => route.replace("-", "_"));

function unknownRoute({ text, span }: Identifier, { report }: Elaboration): void {
  const near = nearestName(text, ROUTES);
  report("E201", span, `there is no route '${text}'; there are ${ROUTES.join(", ")}`, {
    fix: near && `did you mean '${near}'?`,
  });
}

import { EVOLUTION_ROUTES, routeNamed } from "../numerics/evolution-route.ts";
import { nearestName } from "../source/name.ts";
import type { EvolveClause, ExperimentDeclaration, Expression, Identifier } from "../syntax/ast.ts";
import { type Elaboration, GLOBAL_SCOPE } from "./elaboration.ts";
import { gridOf, settingsOf } from "./experiment-parts.ts";
import { expressionText } from "./expression-text.ts";
import type { EvolutionDefinition, Quantity } from "./model.ts";
import { quantityFrom } from "./quantities.ts";
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
  const recorded = clauses.flatMap((c) =>
    c.kind === "record" ? c.quantities : c.kind === "plot" ? [...c.ordinates, ...c.against] : [],
  );
  for (const expression of recorded) {
    if (isTime(expression)) continue;
    const subsystem = populationOf(expression, elaboration);
    if (subsystem !== undefined) distributions.add(subsystem);
    else record(expression, quantities, elaboration);
  }
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

const isTime = (expression: Expression): boolean =>
  expression.kind === "constant" && expression.name === "time";

/** Records what an expression stands for: of an array of quantities all its elements. */
export function record(expression: Expression, quantities: Quantity[], elaboration: Elaboration): void {
  const entry = expression.kind === "name" ? elaboration.names.values.get(expression.name.ascii) : undefined;
  if (entry?.kind === "quantity" && entry.declaration.declared.index) {
    elaboration.used.add(entry.name.ascii);
    const elements = elaboration.quantities.filter((q) => q.name.startsWith(`${entry.name.text}[`));
    quantities.push(...elements.filter((e) => !quantities.includes(e)));
    return;
  }
  const text = expressionText(expression, elaboration);
  if (quantities.some((q) => q.name === text)) return;
  const quantity = quantityFrom({ value: expression }, text, GLOBAL_SCOPE, elaboration);
  if (quantity) quantities.push(quantity);
}

/** The subsystem of `population(r)`: all its levels at once. */
function populationOf(expression: Expression, elaboration: Elaboration): number | undefined {
  if (expression.kind !== "call" || expression.callee.kind !== "name") return undefined;
  const { callee, arguments: given } = expression;
  if (callee.name.ascii !== "population" || elaboration.names.values.has("population")) return undefined;
  const value = given[0] && elaboration.evaluate(given[0].value, GLOBAL_SCOPE, elaboration);
  if (value?.kind === "subsystem" && given.length === 1) return value.index;
  elaboration.report("E204", expression.span, "population takes one subsystem: population(r)");
  return undefined;
}

import type { ExperimentDeclaration, SteadyClause, SweepClause } from "../syntax/ast.ts";
import type { Elaboration } from "./elaboration.ts";
import { record } from "./evolutions.ts";
import { gridOf, settingsOf } from "./experiment-parts.ts";
import type { Quantity, SweepAxis, SweepDefinition } from "./model.ts";

/** What an experiment with a `steady` clause asks for; undefined for others, and where it is in error. */
export function elaborateSweep(
  { name, clauses, description }: ExperimentDeclaration,
  elaboration: Elaboration,
): SweepDefinition | undefined {
  const steady = clauses.find((c): c is SteadyClause => c.kind === "steady");
  if (!steady) return undefined;
  const equations = steady.equations.map((e) => elaboration.equations.findIndex((x) => x.name === e.text));
  if (equations.some((e) => e < 0)) return undefined;
  const quantities: Quantity[] = [];
  for (const clause of clauses) {
    if (clause.kind === "record") for (const q of clause.quantities) record(q, quantities, elaboration);
    if (clause.kind === "plot") for (const q of clause.ordinates) record(q, quantities, elaboration);
  }
  const axes = clauses.flatMap((c) => (c.kind === "sweep" ? (axisOf(c, elaboration) ?? []) : []));
  return {
    name: name.text,
    span: name.span,
    ...(description && { description: description.text }),
    equations,
    settings: clauses.flatMap((c) => (c.kind === "with" ? settingsOf(c, elaboration) : [])),
    axes,
    quantities,
    notYet: [
      ...new Set(
        clauses.flatMap(({ kind }) =>
          kind === "maximise" || kind === "minimise" || kind === "find" ? [kind] : [],
        ),
      ),
    ],
  };
}

function axisOf({ parameter, values }: SweepClause, elaboration: Elaboration): SweepAxis | undefined {
  const found = gridOf(values, "values", elaboration);
  if (!found || parameter.kind !== "name") return undefined;
  const entry = elaboration.names.values.get(parameter.name.ascii);
  const place = elaboration.parameters.findIndex((p) => p.name === entry?.name.text);
  if (place < 0) return undefined;
  return {
    parameter: place,
    values: found,
    span: parameter.span,
    isSet: elaboration.overrides.has(parameter.name.ascii),
  };
}

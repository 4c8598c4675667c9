import type { ExperimentClause, ExperimentDeclaration, Expression, Identifier } from "../syntax/ast.ts";
import type { Elaboration } from "./elaboration.ts";
import { checkNames } from "./mentioned-names.ts";
import { indexNames } from "./plots.ts";

/** Checks the names that experiments mention: equations, parameters, subsystems, other experiments. */
export function checkExperiment(declaration: ExperimentDeclaration, elaboration: Elaboration): void {
  for (const clause of declaration.clauses) {
    checkClause(clause, elaboration);
    const words =
      clause.kind === "plot" || clause.kind === "mark" ? ["equation", ...indexNames(elaboration)] : [];
    for (const expression of expressionsOf(clause)) checkNames(expression, words, elaboration);
  }
}

function expressionsOf(clause: ExperimentClause): readonly Expression[] {
  switch (clause.kind) {
    case "steady":
      return [];
    case "evolve":
      return [clause.times, ...(clause.tolerance ? [clause.tolerance] : [])];
    case "with":
      return clause.settings.map((s) => s.value);
    case "sweep":
      return [clause.values];
    case "record":
      return clause.quantities;
    case "plot":
      return [...clause.ordinates, ...clause.against, ...(clause.by ? [clause.by] : [])];
    case "mark":
      return [clause.ordinate, clause.against];
    case "maximise":
    case "minimise":
      return [clause.objective, ...clause.over.map((o) => o.domain)];
    case "find":
      return [clause.condition, clause.domain];
  }
}

function checkClause(clause: ExperimentClause, elaboration: Elaboration): void {
  switch (clause.kind) {
    case "steady":
      for (const equation of clause.equations) expectEntry(equation, "equation", elaboration);
      break;
    case "evolve":
      for (const equation of clause.equations) expectEntry(equation, "equation", elaboration);
      expectEntry(clause.from, "state", elaboration);
      break;
    case "with":
      for (const { name } of clause.settings) expectEntry(name, "parameter", elaboration);
      break;
    case "sweep":
    case "find":
      expectParameter(clause.parameter, elaboration);
      break;
    case "maximise":
    case "minimise":
      for (const { parameter } of clause.over) expectParameter(parameter, elaboration);
      break;
    case "mark":
      if (!elaboration.names.experiments.has(clause.on.ascii)) {
        elaboration.report("E201", clause.on.span, `there is no experiment '${clause.on.text}'`);
      }
      break;
    case "record":
    case "plot":
      break;
  }
}

function expectParameter(expression: Expression, elaboration: Elaboration): void {
  if (expression.kind === "name") expectEntry(expression.name, "parameter", elaboration);
  else elaboration.report("E213", expression.span, "only a parameter can be varied");
}

function expectEntry(
  name: Identifier,
  kind: "equation" | "state" | "parameter",
  elaboration: Elaboration,
): void {
  elaboration.used.add(name.ascii);
  const entry = elaboration.names.values.get(name.ascii);
  if (entry?.kind === kind) return;
  elaboration.report(
    "E201",
    name.span,
    entry ? `'${name.text}' is not a ${kind}` : `there is no ${kind} '${name.text}'`,
  );
}

import type {
  ExperimentClause,
  ExperimentDeclaration,
  Expression,
  Identifier,
  StateDeclaration,
} from "../syntax/ast.ts";
import { type Elaboration, GLOBAL_SCOPE } from "./elaboration.ts";

/**
 * Checks the names that experiments and states mention (equations, parameters, subsystems, other experiments), so
 * that files written for later versions are right today. Running them is not part of this version.
 */
export function checkExperiment(declaration: ExperimentDeclaration, elaboration: Elaboration): void {
  for (const clause of declaration.clauses) checkClause(clause, elaboration);
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

/** Checks that a state gives each subsystem once. */
export function checkState(declaration: StateDeclaration, elaboration: Elaboration): void {
  const given = new Set<number>();
  for (const { targets } of declaration.assignments) {
    for (const target of targets) {
      const value = elaboration.evaluate(target, GLOBAL_SCOPE, elaboration);
      const members = value.kind === "array" ? value.indices.map(value.element) : [value];
      for (const member of members) {
        if (member.kind === "unknown") continue;
        if (member.kind !== "subsystem")
          elaboration.report("E204", target.span, "a state is given for subsystems");
        else if (given.has(member.index))
          elaboration.report("E202", target.span, "the state of this subsystem is given twice");
        else given.add(member.index);
      }
    }
  }
}

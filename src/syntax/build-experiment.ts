import type {
  EvolveCstNode,
  ExperimentClauseCstNode,
  ExperimentCstNode,
  FindCstNode,
  MarkCstNode,
  OptimiseCstNode,
  PlotCstNode,
  SearchCstNode,
} from "../../grammar/generated/cst.ts";
import type {
  EvolveClause,
  ExperimentClause,
  ExperimentDeclaration,
  Expression,
  FindClause,
  MarkClause,
  OptimiseClause,
  PlotClause,
} from "./ast.ts";
import { buildDesignator, buildExpression, buildExpressions } from "./build-expression.ts";
import { buildWith } from "./build-names.ts";
import {
  type Building,
  buildIdentifier,
  buildIdentifiers,
  description,
  optional,
  spanOf,
} from "./building.ts";

/** `experiment name "…" { … }` */
export function buildExperiment(node: ExperimentCstNode, building: Building): ExperimentDeclaration {
  const { Name, String: text, experimentClause = [] } = node.children;
  return {
    kind: "experiment",
    name: buildIdentifier(Name[0]!, building),
    ...description(text, building),
    clauses: experimentClause.map((clause) => buildClause(clause, building)),
    span: spanOf(node, building),
  };
}

function buildClause(node: ExperimentClauseCstNode, building: Building): ExperimentClause {
  const { steady, evolve, withSettings, sweep, record, plot, mark, optimise, find } = node.children;
  const span = spanOf(node, building);
  if (steady) {
    const names = steady[0]!.children.names[0]!.children.Name;
    return { kind: "steady", equations: buildIdentifiers(names, building), span };
  }
  if (evolve) return buildEvolve(evolve[0]!, building);
  if (withSettings) return { kind: "with", settings: buildWith(withSettings, building), span };
  if (sweep) {
    const { parameter, domain } = buildSearch(sweep[0]!.children.search[0]!, building);
    return { kind: "sweep", parameter, values: domain, span };
  }
  if (record) {
    const quantities = record[0]!.children.expressions[0]!.children.expression;
    return { kind: "record", quantities: buildExpressions(quantities, building), span };
  }
  if (plot) return buildPlot(plot[0]!, building);
  if (mark) return buildMark(mark[0]!, building);
  if (optimise) return buildOptimise(optimise[0]!, building);
  return buildFind(find![0]!, building);
}

function buildEvolve(node: EvolveCstNode, building: Building): EvolveClause {
  const { names, Name: words, expression } = node.children;
  const [from, route] = words;
  const [times, tolerance] = expression;
  return {
    kind: "evolve",
    equations: buildIdentifiers(names[0]!.children.Name, building),
    from: buildIdentifier(from!, building),
    times: buildExpression(times!, building),
    ...optional("tolerance", tolerance, (e) => buildExpression(e, building)),
    ...optional("route", route, (name) => buildIdentifier(name, building)),
    span: spanOf(node, building),
  };
}

function buildPlot(node: PlotCstNode, building: Building): PlotClause {
  const { expressions, expression, String: text } = node.children;
  const [ordinates, against] = expressions;
  return {
    kind: "plot",
    ordinates: buildExpressions(ordinates!.children.expression, building),
    against: buildExpressions(against?.children.expression ?? [], building),
    ...optional("by", expression?.[0], (by) => buildExpression(by, building)),
    ...description(text, building),
    span: spanOf(node, building),
  };
}

function buildMark(node: MarkCstNode, building: Building): MarkClause {
  const [ordinate, against] = node.children.expression;
  return {
    kind: "mark",
    ordinate: buildExpression(ordinate!, building),
    against: buildExpression(against!, building),
    on: buildIdentifier(node.children.Name[0]!, building),
    span: spanOf(node, building),
  };
}

function buildOptimise(node: OptimiseCstNode, building: Building): OptimiseClause {
  const { Maximise, expression, search } = node.children;
  return {
    kind: Maximise === undefined ? "minimise" : "maximise",
    objective: buildExpression(expression[0]!, building),
    over: search.map((one) => buildSearch(one, building)),
    span: spanOf(node, building),
  };
}

function buildFind(node: FindCstNode, building: Building): FindClause {
  return {
    kind: "find",
    condition: buildExpression(node.children.expression[0]!, building),
    ...buildSearch(node.children.search[0]!, building),
    span: spanOf(node, building),
  };
}

/** A parameter and the values it takes. */
function buildSearch(node: SearchCstNode, building: Building): { parameter: Expression; domain: Expression } {
  return {
    parameter: buildDesignator(node.children.designator[0]!, building),
    domain: buildExpression(node.children.expression[0]!, building),
  };
}

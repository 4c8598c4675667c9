import type { BathOperator, Model, Subsystem } from "../model/model.ts";
import { bathWarmths } from "./bath-warmth.ts";
import { joinedTerms } from "./joined-terms.ts";
import { type GraphEdge, type ModelGraph, nodeId, type SubsystemNode } from "./model-graph.ts";
import { type GraphWriting, graphWriting } from "./operator-labels.ts";
import { type Summand, summandsOf } from "./summands.ts";

/** The graph of a model without errors. */
export function graphOfModel(model: Model): ModelGraph {
  const writing = graphWriting(model);
  const hamiltonian = model.hamiltonian.flatMap(({ operator, label }) =>
    summandsOf(writing.expand(operator)).map((summand) => ({ ...summand, ...(label && { label }) })),
  );
  const joined = joinedTerms(hamiltonian, writing);
  const warmths = bathWarmths(model);
  return {
    name: model.name,
    ...(model.description !== undefined && { description: model.description }),
    subsystems: model.subsystems.map((s, place) => subsystemNode(s, place, hamiltonian, writing)),
    terms: joined.map(({ node }) => node),
    baths: model.baths.map(({ name, kind, role, beta }, place) => ({
      id: nodeId("bath", place),
      name,
      kind,
      ...(role && { role }),
      ...(beta && { beta: writing.scalar(beta) }),
      warmth: warmths[place]!,
    })),
    edges: [
      ...joined.flatMap(({ edges }) => edges),
      ...model.baths.flatMap((bath, place) =>
        bathEdges(nodeId("bath", place), [...bath.couplings, ...bath.jumps], writing),
      ),
    ],
  };
}

function subsystemNode(
  { name, kind }: Subsystem,
  place: number,
  hamiltonian: readonly Summand[],
  writing: GraphWriting,
): SubsystemNode {
  const own = hamiltonian.filter(({ support }) => support.length === 1 && support[0] === place);
  return {
    id: nodeId("subsystem", place),
    name,
    kind: kind.name,
    levels:
      kind.basis.kind === "finite"
        ? { kind: "finite", count: kind.basis.labels.length }
        : {
            kind: kind.angles.size > 0 || kind.basis.from === Number.NEGATIVE_INFINITY ? "circle" : "ladder",
          },
    terms: own.map((summand) => writing.local(summand, place)),
  };
}

/** An edge to each subsystem that the couplings and jumps of a bath act on, in the order of the subsystems. */
function bathEdges(from: string, operators: readonly BathOperator[], writing: GraphWriting): GraphEdge[] {
  const summands = operators.flatMap(({ operator }) => summandsOf(writing.expand(operator)));
  const touched = [...new Set(summands.flatMap(({ support }) => support))].sort((a, b) => a - b);
  return touched.map((place) => ({
    from,
    to: nodeId("subsystem", place),
    operators: writing.letters(
      summands.filter(({ support }) => support.includes(place)).flatMap(({ factors }) => factors),
      place,
    ),
  }));
}

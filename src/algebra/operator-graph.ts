import type { Model } from "../model/model.ts";
import type { OperatorExpression } from "../model/operator-expression.ts";
import { canonicalKey } from "../scalar/canonical.ts";
import { canonicalFromScalar } from "../scalar/canonical-from-scalar.ts";
import type { Scalar } from "../scalar/scalar.ts";
import { asPhases } from "./as-phases.ts";
import type { Space } from "./normal-form.ts";

/** The place of a node in `OperatorGraph.nodes`. */
export type NodeId = number;

/**
 * An operator as a node: children are earlier nodes, so that the list is in order of evaluation. `scale` multiplies
 * by a scalar; the other kinds are as in `OperatorExpression`.
 */
export type OperatorNode =
  | { readonly kind: "identity" }
  | { readonly kind: "named"; readonly subsystem: number; readonly name: string }
  | { readonly kind: "phase"; readonly subsystem: number; readonly multiple: number }
  | { readonly kind: "unit"; readonly subsystem: number; readonly row: number; readonly column: number }
  | {
      readonly kind: "band";
      readonly subsystem: number;
      readonly shift: number;
      readonly coefficient: Scalar;
    }
  | { readonly kind: "scale"; readonly factor: Scalar; readonly operand: NodeId }
  | { readonly kind: "sum"; readonly terms: readonly NodeId[] }
  | { readonly kind: "product"; readonly factors: readonly NodeId[] }
  | { readonly kind: "adjoint"; readonly operand: NodeId }
  | { readonly kind: "power"; readonly base: NodeId; readonly exponent: number };

/** All operators of a model, each different one once (hash-consed). */
export interface OperatorGraph {
  readonly space: Space;
  readonly nodes: readonly OperatorNode[];
  readonly roots: GraphRoots;
}

/** Where the operators of a model begin, in the order of the model's lists. */
export interface GraphRoots {
  readonly hamiltonian: readonly NodeId[];
  readonly couplings: readonly (readonly NodeId[])[];
  readonly jumps: readonly (readonly NodeId[])[];
}

/** Interns nodes: the same node asked for twice has one place. */
export interface GraphBuilder {
  readonly nodes: OperatorNode[];
  readonly keys: Map<string, NodeId>;
}

export const newGraphBuilder = (): GraphBuilder => ({ nodes: [], keys: new Map() });

/** The operator graph of a model. */
export function operatorGraph(model: Model, builder: GraphBuilder = newGraphBuilder()): OperatorGraph {
  const intern = (o: { readonly operator: OperatorExpression }) => internExpression(o.operator, builder);
  return {
    space: spaceOf(model),
    nodes: builder.nodes,
    roots: {
      hamiltonian: model.hamiltonian.map(intern),
      couplings: model.baths.map((b) => b.couplings.map(intern)),
      jumps: model.baths.map((b) => b.jumps.map(intern)),
    },
  };
}

/** The levels of a model's subsystems. */
export const spaceOf = (model: Model): Space =>
  model.subsystems.map(({ kind: { basis, isFermionic } }) =>
    basis.kind === "finite"
      ? { kind: "finite", dimension: basis.labels.length, ...(isFermionic ? { isFermionic } : {}) }
      : { kind: "infinite", from: basis.from, to: basis.to },
  );

/** The node of an expression; scalars become factors, and factors of one product are joined. */
export function internExpression(expression: OperatorExpression, builder: GraphBuilder): NodeId {
  const visit = (e: OperatorExpression): NodeId => internExpression(e, builder);
  switch (expression.kind) {
    case "scalar":
      return intern({ kind: "scale", factor: expression.value, operand: identity(builder) }, builder);
    case "named":
    case "phase":
    case "unit":
    case "band":
      return intern(expression, builder);
    case "trigonometric":
      return visit(asPhases(expression));
    case "sum":
      return intern({ kind: "sum", terms: expression.terms.map(visit) }, builder);
    case "adjoint":
      return intern({ kind: "adjoint", operand: visit(expression.operand) }, builder);
    case "power":
      return intern({ kind: "power", base: visit(expression.base), exponent: expression.exponent }, builder);
    case "product":
      return internProduct(expression.factors, builder);
  }
}

function internProduct(factors: readonly OperatorExpression[], builder: GraphBuilder): NodeId {
  const scalars = factors.flatMap((f) => (f.kind === "scalar" ? [f.value] : []));
  const rest = factors.filter((f) => f.kind !== "scalar").map((f) => internExpression(f, builder));
  let node =
    rest.length === 0
      ? identity(builder)
      : rest.length === 1
        ? rest[0]!
        : intern({ kind: "product", factors: rest }, builder);
  for (const factor of scalars.reverse()) node = intern({ kind: "scale", factor, operand: node }, builder);
  return node;
}

const identity = (builder: GraphBuilder): NodeId => intern({ kind: "identity" }, builder);

function intern(node: OperatorNode, { nodes, keys }: GraphBuilder): NodeId {
  const key = nodeKey(node);
  const present = keys.get(key);
  if (present !== undefined) return present;
  nodes.push(node);
  keys.set(key, nodes.length - 1);
  return nodes.length - 1;
}

function nodeKey(node: OperatorNode): string {
  switch (node.kind) {
    case "identity":
      return "1";
    case "named":
      return `named ${node.subsystem} ${node.name}`;
    case "phase":
      return `phase ${node.subsystem} ${node.multiple}`;
    case "unit":
      return `unit ${node.subsystem} ${node.row} ${node.column}`;
    case "band":
      return `band ${node.subsystem} ${node.shift} ${scalarKey(node.coefficient)}`;
    case "scale":
      return `scale ${scalarKey(node.factor)} ${node.operand}`;
    case "sum":
      return `sum ${node.terms.join(" ")}`;
    case "product":
      return `product ${node.factors.join(" ")}`;
    case "adjoint":
      return `adjoint ${node.operand}`;
    case "power":
      return `power ${node.base} ${node.exponent}`;
  }
}

const scalarKey = (factor: Scalar): string => canonicalKey(canonicalFromScalar(factor));

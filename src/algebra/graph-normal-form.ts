import type { Model } from "../model/model.ts";
import { LEVEL, type OperatorExpression, onSubsystem } from "../model/operator-expression.ts";
import { type Canonical, ONE, substituteCanonical, symbolCanonical } from "../scalar/canonical.ts";
import { canonicalFromScalar } from "../scalar/canonical-from-scalar.ts";
import {
  adjointOperator,
  bandOperator,
  levelSymbol,
  multiplyOperators,
  type NormalForm,
  type Space,
  scalarOperator,
  scaleOperator,
  sumOperators,
  unitOperator,
} from "./normal-form.ts";
import {
  internExpression,
  type NodeId,
  newGraphBuilder,
  type OperatorNode,
  spaceOf,
} from "./operator-graph.ts";

/** Normal forms of the operators of one model; each node of the graph is worked out once. */
export interface OperatorAlgebra {
  readonly space: Space;
  /** The normal form of an operator. Throws `ExpressionTooLarge` and `NoCanonicalForm`. */
  readonly normalForm: (expression: OperatorExpression) => NormalForm;
}

/** The algebra of a model's subsystems. */
export function operatorAlgebra(model: Model): OperatorAlgebra {
  const space = spaceOf(model);
  const builder = newGraphBuilder();
  const forms: NormalForm[] = [];
  const definitions = new Map<string, NormalForm>();

  const named = (subsystem: number, name: string): NormalForm => {
    const key = `${subsystem} ${name}`;
    const present = definitions.get(key);
    if (present) return present;
    const { definition } = model.subsystems[subsystem]!.kind.operators.get(name)!;
    const form = normalForm(onSubsystem(definition, subsystem));
    definitions.set(key, form);
    return form;
  };

  const normalForm = (expression: OperatorExpression): NormalForm => {
    const root = internExpression(expression, builder);
    return formOf(root);
  };

  const formOf = (id: NodeId): NormalForm => {
    forms[id] ??= workOut(builder.nodes[id]!, formOf, named, space);
    return forms[id];
  };

  return { space, normalForm };
}

function workOut(
  node: OperatorNode,
  formOf: (id: NodeId) => NormalForm,
  named: (subsystem: number, name: string) => NormalForm,
  space: Space,
): NormalForm {
  switch (node.kind) {
    case "identity":
      return scalarOperator(ONE);
    case "named":
      return named(node.subsystem, node.name);
    case "phase":
      return bandOperator(node.subsystem, node.multiple, ONE, space);
    case "unit":
      return unitOperator(node.subsystem, node.row, node.column, space);
    case "band":
      return bandOperator(
        node.subsystem,
        node.shift,
        bandCoefficient(node.coefficient, node.subsystem),
        space,
      );
    case "scale":
      return scaleOperator(formOf(node.operand), canonicalFromScalar(node.factor));
    case "sum":
      return sumOperators(node.terms.map(formOf), space);
    case "product":
      return node.factors.map(formOf).reduce((a, b) => multiplyOperators(a, b, space));
    case "adjoint":
      return adjointOperator(formOf(node.operand), space);
    case "power": {
      let result = scalarOperator(ONE);
      for (let i = 0; i < node.exponent; i++) result = multiplyOperators(result, formOf(node.base), space);
      return result;
    }
  }
}

/** A band coefficient in the level symbol of its own subsystem. */
function bandCoefficient(
  coefficient: Extract<OperatorNode, { kind: "band" }>["coefficient"],
  subsystem: number,
): Canonical {
  const level = symbolCanonical(levelSymbol(subsystem));
  return substituteCanonical(canonicalFromScalar(coefficient), (name) =>
    name === LEVEL ? level : undefined,
  );
}

import { type Scalar, view } from "../scalar/scalar.ts";
import type { Span } from "../source/span.ts";
import { type Elaboration, type Extent, MAX_DEPTH, MAX_NODES } from "./elaboration.ts";
import type { Quantity } from "./model.ts";
import type { OperatorExpression } from "./operator-expression.ts";
import type { AngleValue, Value } from "./value.ts";

type Extents = Elaboration["extents"];

const LEAF: Extent = { nodes: 1, depth: 1 };

/** Whether a value is larger than any later phase should walk through, which is reported where it would be made. */
export function isTooLarge(value: Value, span: Span, { extents, report }: Elaboration): boolean {
  const extent = extentOfValue(value, extents);
  return extent !== undefined && reportExcess(extent, span, report);
}

/** The same for a quantity together with those that it is made of. */
export function isQuantityTooLarge(
  quantity: Quantity,
  span: Span,
  { extents, report }: Elaboration,
): boolean {
  const parts = quantity.atoms.flatMap(({ target }) =>
    target.kind === "defined" ? [extents.get(target.quantity) ?? LEAF] : [],
  );
  const extent = joined([extentOfScalar(quantity.value, extents), ...parts]);
  extents.set(quantity, extent);
  return reportExcess(extent, span, report);
}

function reportExcess({ nodes, depth }: Extent, span: Span, report: Elaboration["report"]): boolean {
  if (nodes <= MAX_NODES && depth <= MAX_DEPTH) return false;
  const excess =
    nodes > MAX_NODES
      ? `with its functions and derived values written out, this has more than the ${MAX_NODES} parts allowed`
      : `with its functions and derived values written out, this is nested deeper than the ${MAX_DEPTH} levels allowed`;
  report("E220", span, excess, {
    fix: "a derived real number (let) is computed once and counts as one part, however often it is used",
  });
  return true;
}

function extentOfValue(value: Value, extents: Extents): Extent | undefined {
  switch (value.kind) {
    case "scalar":
    case "truth":
      return extentOfScalar(value.node, extents);
    case "operator":
      return extentOfOperator(value.expression, extents);
    case "angle":
      return extentOfAngle(value, extents);
    default:
      return undefined;
  }
}

const extentOfAngle = ({ terms, offset }: AngleValue, extents: Extents): Extent =>
  joined([...terms.map((t) => t.coefficient), offset].map((c) => extentOfScalar(c.node, extents)));

/** The extent of what consists of the given parts. */
function joined(parts: readonly Extent[]): Extent {
  let nodes = 1;
  let depth = 0;
  for (const part of parts) {
    nodes += part.nodes;
    depth = Math.max(depth, part.depth);
  }
  return { nodes, depth: depth + 1 };
}

function remembered<T extends object>(key: T, extents: Extents, measure: (key: T) => Extent): Extent {
  const present = extents.get(key);
  if (present) return present;
  const extent = measure(key);
  extents.set(key, extent);
  return extent;
}

/** Without recursion: a sum of thousands of terms is as many levels deep, and is measured when it is whole. */
function extentOfScalar(scalar: Scalar, extents: Extents): Extent {
  const open = [scalar];
  for (let node = open.at(-1); node; node = open.at(-1)) {
    const parts = partsOf(node);
    const missing = parts.filter((part) => !extents.has(part));
    if (missing.length > 0) open.push(...missing);
    else {
      extents.set(node, joined(parts.map((part) => extents.get(part)!)));
      open.pop();
    }
  }
  return extents.get(scalar)!;
}

function partsOf(scalar: Scalar): readonly Scalar[] {
  const v = view(scalar);
  switch (v.kind) {
    case "binary":
      return [v.left, v.right];
    case "call":
      return v.operands;
    case "negative":
    case "not":
      return [v.operand];
    default:
      return [];
  }
}

const extentOfOperator = (operator: OperatorExpression, extents: Extents): Extent =>
  remembered(operator, extents, (node) => {
    const of = (part: OperatorExpression) => extentOfOperator(part, extents);
    switch (node.kind) {
      case "scalar":
        return extentOfScalar(node.value, extents);
      case "named":
      case "phase":
      case "unit":
        return LEAF;
      case "trigonometric":
        return extentOfScalar(node.offset, extents);
      case "band":
        return extentOfScalar(node.coefficient, extents);
      case "sum":
        return joined(node.terms.map(of));
      case "product":
        return joined(node.factors.map(of));
      case "adjoint":
        return joined([of(node.operand)]);
      case "power": {
        // a power is multiplied out, factor by factor
        const { nodes, depth } = of(node.base);
        return { nodes: nodes * Math.max(1, node.exponent) + 1, depth: depth + 1 };
      }
    }
  });

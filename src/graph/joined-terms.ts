import { ONE_FORMULA } from "../formula/formula.ts";
import { formulaText } from "../formula/formula-text.ts";
import type { OperatorExpression } from "../model/operator-expression.ts";
import { canonicalKey, multiply, ONE } from "../scalar/canonical.ts";
import { canonicalFromScalar } from "../scalar/canonical-from-scalar.ts";
import { type Scalar, scalarText } from "../scalar/scalar.ts";
import { type GraphEdge, nodeId, type TermNode } from "./model-graph.ts";
import { distinct, type GraphWriting } from "./operator-labels.ts";
import { type Summand, summandsOf } from "./summands.ts";

type Labelled = Summand & { readonly label?: string };

/** A summand, and whether it stands for its adjoint too. */
interface Paired extends Labelled {
  readonly plusAdjoint: boolean;
}

/** One term for each set of two or more subsystems that summands of the Hamiltonian join, with its edges. */
export function joinedTerms(
  hamiltonian: readonly Labelled[],
  writing: GraphWriting,
): { readonly node: TermNode; readonly edges: readonly GraphEdge[] }[] {
  const groups = new Map<string, Labelled[]>();
  for (const summand of hamiltonian.filter(({ support }) => support.length > 1)) {
    const key = summand.support.join(" ");
    groups.set(key, [...(groups.get(key) ?? []), summand]);
  }
  return [...groups.values()].map((group, place) => {
    const id = nodeId("term", place);
    const summands = withoutAdjoints(group, writing);
    return { node: termNode(id, summands, writing), edges: termEdges(id, summands, writing) };
  });
}

function termNode(id: string, summands: readonly Paired[], writing: GraphWriting): TermNode {
  const shared = sharedFactors(summands.map(({ scalars }) => scalars));
  const coefficient = writing.whole(productOf(shared, []));
  return {
    id,
    labels: [...new Set(summands.flatMap(({ label }) => label ?? []))],
    ...(shared.length > 0 && coefficient !== ONE_FORMULA && { coefficient }),
    summands: summands.map(({ scalars, factors, plusAdjoint }) => ({
      formula: writing.whole(productOf(without(scalars, shared), factors)),
      plusAdjoint,
    })),
  };
}

const termEdges = (from: string, summands: readonly Paired[], writing: GraphWriting): GraphEdge[] =>
  summands[0]!.support.map((subsystem) => ({
    from,
    to: nodeId("subsystem", subsystem),
    operators: distinct(summands.flatMap(({ factors }) => writing.productOn(factors, subsystem))),
  }));

/** Drops each summand that is the adjoint of an earlier one, which then stands for both. */
function withoutAdjoints(group: readonly Labelled[], writing: GraphWriting): Paired[] {
  const open = new Map<string, number[]>();
  const kept: (Labelled | undefined)[] = [...group];
  const paired = new Set<number>();
  for (const [place, summand] of group.entries()) {
    const partner = open.get(keyOf(summand, writing))?.shift();
    if (partner !== undefined) {
      paired.add(partner);
      kept[place] = undefined;
      continue;
    }
    const sought = adjointKeyOf(summand, writing);
    open.set(sought, [...(open.get(sought) ?? []), place]);
  }
  return kept.flatMap((summand, place) => (summand ? [{ ...summand, plusAdjoint: paired.has(place) }] : []));
}

function adjointKeyOf({ scalars, factors }: Summand, writing: GraphWriting): string {
  const adjoint = writing.expand({ kind: "adjoint", operand: productOf(scalars, factors) });
  const [only, ...more] = summandsOf(adjoint);
  return only && more.length === 0 ? keyOf(only, writing) : "";
}

/** Equal for summands that are equal, as far as their forms tell. */
const keyOf = ({ scalars, factors }: Summand, writing: GraphWriting): string =>
  `${scalarKey(scalars)} ${formulaText(writing.whole(productOf([], factors)))}`;

function scalarKey(scalars: readonly Scalar[]): string {
  try {
    return canonicalKey(scalars.map(canonicalFromScalar).reduce(multiply, ONE));
  } catch {
    // without a canonical form, equal scalars are those that are written alike
    return scalars.map((s) => scalarText(s, (name) => name)).join("*");
  }
}

const productOf = (
  scalars: readonly Scalar[],
  factors: readonly OperatorExpression[],
): OperatorExpression => ({
  kind: "product",
  factors: [...scalars.map((value) => ({ kind: "scalar", value }) as const), ...factors],
});

/** The factors that every list has, as often as all of them have it, in the order of the first list. */
function sharedFactors([first = [], ...others]: readonly (readonly Scalar[])[]): Scalar[] {
  return others.reduce<Scalar[]>(
    (shared, list) => {
      const left = list.map(textOf);
      return shared.filter((s) => take(left, textOf(s)));
    },
    [...first],
  );
}

function without(scalars: readonly Scalar[], shared: readonly Scalar[]): Scalar[] {
  const gone = shared.map(textOf);
  return scalars.filter((s) => !take(gone, textOf(s)));
}

const textOf = (scalar: Scalar): string => scalarText(scalar, (name) => name);

/** Takes one occurrence of an item out of a list; false where there is none. */
function take(list: string[], item: string): boolean {
  const place = list.indexOf(item);
  if (place >= 0) list.splice(place, 1);
  return place >= 0;
}

import { parameterSlot } from "../model/parameter-values.ts";
import { type ComplexSparse, complexSparse, newEntries } from "../numerics/complex-sparse.ts";
import { components } from "../numerics/connected-components.ts";
import { hermitianEigen } from "../numerics/hermitian-eigen.ts";
import { type ComplexEvaluator, compileComplex, compileReal } from "../scalar/compile.ts";
import { scalarFromCanonical } from "../scalar/scalar-from-canonical.ts";
import { type ElementaryOperator, type ShiftMatrix, shiftMatrix } from "./elementary-operator.ts";
import type { DissipatorTerm, Superoperator } from "./superoperator.ts";
import type { ProductBasis } from "./window.ts";

/** rate·D[operator] in the product basis. */
export interface NumericJump {
  readonly operator: ComplexSparse;
  readonly rate: number;
}

/** The jumps of one dissipator at a point of the parameters. */
export type JumpsAt = (parameters: ArrayLike<number>) => readonly NumericJump[];

/** Eigenvalues of a coefficient matrix below this fraction of the largest one are round-off. */
const RANK_TOLERANCE = 1e-13;

/**
 * The dissipators of an expanded equation as jumps that share nothing: the exact coefficient matrix of a bath falls
 * into blocks (Eq. 17's into one for each direction), and each block's eigenvectors are the jumps. So what cancels
 * between the jumps as written joins nothing here either.
 */
export function mixedJumps(
  superoperator: Superoperator,
  basis: ProductBasis,
  parameterCount: number,
): readonly JumpsAt[] {
  const slot = (name: string): number => {
    const rate = /^r(\d+)$/.exec(name);
    return rate ? parameterCount + Number(rate[1]) : parameterSlot(name);
  };
  const rates = superoperator.rates.map((r) => compileReal(r, parameterSlot));
  const matrices = new Map<string, ShiftMatrix>();
  const matrixOf = (operator: ElementaryOperator): ShiftMatrix => {
    let matrix = matrices.get(operator.key);
    if (!matrix) {
      matrix = shiftMatrix(operator, basis);
      matrices.set(operator.key, matrix);
    }
    return matrix;
  };
  return superoperator.dissipators.map((terms) => {
    const blocks = blocksOf(terms, matrixOf, slot);
    return (parameters) => {
      const known = [
        ...Array.from({ length: parameterCount }, (_, k) => parameters[k]!),
        ...rates.map((rate) => rate(parameters)),
      ];
      return blocks.flatMap((block) => jumpsOfBlock(block, known, basis.dimension));
    };
  });
}

interface Block {
  readonly operators: readonly ShiftMatrix[];
  /** c_ab for a ≤ b. */
  readonly coefficients: readonly {
    readonly a: number;
    readonly b: number;
    readonly value: ComplexEvaluator;
  }[];
}

function blocksOf(
  terms: readonly DissipatorTerm[],
  matrixOf: (operator: ElementaryOperator) => ShiftMatrix,
  slot: (name: string) => number,
): readonly Block[] {
  const places = new Map<string, number>();
  const operators: ElementaryOperator[] = [];
  const placeOf = (operator: ElementaryOperator): number => {
    let place = places.get(operator.key);
    if (place === undefined) {
      place = operators.push(operator) - 1;
      places.set(operator.key, place);
    }
    return place;
  };
  const edges = terms.map(
    ({ left, right, coefficient }) => [placeOf(left), placeOf(right), coefficient] as const,
  );
  const { labels, count } = components(
    operators.length,
    Int32Array.from(edges, ([a]) => a),
    Int32Array.from(edges, ([, b]) => b),
  );
  return Array.from({ length: count }, (_, label) => {
    const members = operators.flatMap((_o, k) => (labels[k] === label ? [k] : []));
    const own = new Map(members.map((k, place) => [k, place]));
    return {
      operators: members.map((k) => matrixOf(operators[k]!)),
      coefficients: edges
        .filter(([a]) => labels[a] === label)
        .map(([a, b, c]) => ({
          a: own.get(a)!,
          b: own.get(b)!,
          value: compileComplex(scalarFromCanonical(c), slot),
        })),
    };
  });
}

function jumpsOfBlock(
  { operators, coefficients }: Block,
  known: ArrayLike<number>,
  dimension: number,
): readonly NumericJump[] {
  const n = operators.length;
  const [re, im] = [new Float64Array(n * n), new Float64Array(n * n)];
  for (const { a, b, value } of coefficients) {
    const [x, y] = [value.re(known), value.im?.(known) ?? 0];
    re[a * n + b] = re[b * n + a] = x;
    im[a * n + b] = y;
    im[b * n + a] = -y;
  }
  const found = hermitianEigen(re, im, n);
  if (found.kind !== "converged") throw new Error(`the jumps of a bath: ${found.kind}`);
  const largest = found.values.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
  return Array.from(found.values).flatMap((rate, k) => {
    if (Math.abs(rate) <= RANK_TOLERANCE * largest) return [];
    const entries = newEntries();
    for (const [a, { target, weight }] of operators.entries()) {
      const [x, y] = [found.vectors.re[a * n + k]!, found.vectors.im[a * n + k]!];
      for (let column = 0; column < dimension; column++) {
        if (target[column]! < 0) continue;
        entries.row.push(target[column]!);
        entries.column.push(column);
        entries.re.push(x * weight[column]!);
        entries.im.push(y * weight[column]!);
      }
    }
    return [{ rate, operator: complexSparse(dimension, entries) }];
  });
}

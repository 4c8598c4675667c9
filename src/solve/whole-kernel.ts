import type { MasterEquation } from "../equation/master-equation.ts";
import { generatorOutside } from "../lower/generator.ts";
import { conditionEstimate } from "../numerics/condition.ts";
import { kernelDimension } from "../numerics/kernel-dimension.ts";
import { minimumDegree } from "../numerics/minimum-degree.ts";
import { factorise } from "../numerics/sparse-lu.ts";
import { hasCollisions, isSpectral, type SteadyPoint } from "./steady-point.ts";

/** Unknowns of the whole space beyond which the other sectors are not looked at. */
const LARGEST = 1500;

/** A condition below this is no kernel's. */
const REGULAR = 1e9;

/**
 * The dimension of the kernel of the whole Liouvillian, where the sector of the diagonal holds one steady state: 1 and
 * the coherences outside that sector which never decay. Undefined where they are too many to be looked at, where a
 * bath acts between eigenstates of H, or where there are collisions.
 */
export function wholeKernelDimension(
  equation: MasterEquation,
  { basis, sector }: SteadyPoint,
  parameters: ArrayLike<number>,
): number | undefined {
  if (isSpectral(equation) || hasCollisions(equation) || basis.dimension ** 2 > LARGEST) return undefined;
  const outside = generatorOutside(equation, basis, parameters.length, sector);
  if (outside.sector.size === 0) return 1;
  const { matrix } = outside.matrixAt(outside.slotsAt(parameters));
  const factorised = factorise(matrix, minimumDegree(matrix, []));
  if (factorised.kind === "factorised" && conditionEstimate(matrix, factorised.lu) < REGULAR) return 1;
  const kernel = kernelDimension(matrix);
  return kernel && 1 + kernel.dimension;
}

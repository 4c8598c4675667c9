import type { DerivedModel } from "../equation/derive.ts";
import type { MasterEquation } from "../equation/master-equation.ts";
import { blockEigenvalues, densityBlocks } from "../solve/density.ts";
import type { TrajectoryPoint } from "../solve/trajectory-outcome.ts";
import type { Motion } from "./motion.ts";
import { type SolvedPoint, solvedPoint } from "./solved-point.ts";

/** A state on its way as quantities see it: with its rate of change, and what has flowed since the start. */
export function movingPoint(
  derived: DerivedModel,
  equation: MasterEquation,
  parameters: Float64Array,
  at: TrajectoryPoint,
  initialEntropy: number,
): SolvedPoint {
  const { basis, sector, rho, flows } = at;
  const blocks = densityBlocks(sector, rho);
  const eigenvalues = blockEigenvalues(blocks);
  const trace = eigenvalues.reduce((sum, p) => sum + p, 0);
  const state = {
    unknowns: rho,
    blocks,
    eigenvalues,
    certificate: {
      residual: 0,
      traceError: Math.abs(trace - 1),
      smallestEigenvalue: eigenvalues.reduce((least, p) => Math.min(least, p), Number.POSITIVE_INFINITY),
      kernelDimension: 1,
      conditionEstimate: 1,
      solver: "",
    },
  } as const;
  const point = solvedPoint(
    derived,
    equation,
    { basis, sector, state, size: sector.size, flows },
    parameters,
  );
  const { time, change, dissipative, energyRate, accumulatedDrive } = at;
  const accumulated = point.currents.map((): Motion["accumulated"][number] => NOTHING);
  for (const [place, { bath, spectral, collision }] of equation.dissipators.entries()) {
    const { free, interaction, chemical, entropy } = at.accumulated[place]!;
    const isHeatAlone = spectral !== undefined || collision !== undefined;
    accumulated[bath] = {
      heat: (isHeatAlone ? free + interaction : free) - chemical,
      work: isHeatAlone ? 0 : interaction,
      chemicalWork: chemical,
      ...(entropy !== undefined && { entropyFlow: entropy }),
    };
  }
  return {
    ...point,
    motion: { time, change, dissipative, energyRate, accumulated, accumulatedDrive, initialEntropy },
  };
}

const NOTHING = { heat: 0, work: 0, chemicalWork: 0 } as const;

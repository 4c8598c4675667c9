import type { ModeReport, SpectrumReport } from "./report/results.ts";
import type { LiouvillianMode, LiouvillianSpectrum } from "./solve/liouvillian-spectrum.ts";
import { gapOf, movedMeans } from "./thermo/slowest-modes.ts";
import type { SolvedPoint } from "./thermo/solved-point.ts";
import { reportedQuantities } from "./thermo/standard-quantities.ts";

/** The slow end of a spectrum as it is reported. */
export function spectrumReport(point: SolvedPoint, spectrum: LiouvillianSpectrum): SpectrumReport {
  const means = reportedQuantities(point).filter(({ name }) => name === "mean");
  const gap = gapOf(spectrum);
  const { kernelDimension, isWhole, size, completeBelow, radius, method } = spectrum;
  const modeOf = (mode: LiouvillianMode): ModeReport => {
    const { value, error, isInSector } = mode;
    return {
      ...value,
      error,
      decayTime: value.re < -error ? -1 / value.re : null,
      period: value.im > error ? (2 * Math.PI) / value.im : null,
      isInSector,
      means: movedMeans(mode, point, means).map(({ key, change }) => ({ quantity: key, change })),
    };
  };
  return {
    gap: completeBelow < gap || gap === Infinity ? null : gap,
    modes: spectrum.modes.map(modeOf),
    kernelDimension,
    isWhole,
    size,
    completeBelow: finiteOrNull(completeBelow),
    radius: finiteOrNull(radius),
    method,
  };
}

const finiteOrNull = (x: number): number | null => (x < Infinity ? x : null);

import type { ModeReport, SpectrumReport, SpectrumWindows } from "./report/results.ts";
import type { LiouvillianMode, LiouvillianSpectrum } from "./solve/liouvillian-spectrum.ts";
import { gapOf, movedMeans } from "./thermo/slowest-modes.ts";
import type { SolvedPoint } from "./thermo/solved-point.ts";
import { reportedQuantities } from "./thermo/standard-quantities.ts";

/** The same spectrum in wider windows. */
export interface WiderSpectrum {
  readonly levels: number;
  readonly spectrum: LiouvillianSpectrum;
}

/** The slow end of a spectrum as it is reported; `wider` where there are wider windows to compare it with. */
export function spectrumReport(
  point: SolvedPoint,
  spectrum: LiouvillianSpectrum,
  wider: WiderSpectrum | undefined,
): SpectrumReport {
  const means = reportedQuantities(point).filter(({ name }) => name === "mean");
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
    gap: knownGap(spectrum),
    modes: spectrum.modes.map(modeOf),
    kernelDimension,
    isWhole,
    size,
    completeBelow: finiteOrNull(completeBelow),
    radius: finiteOrNull(radius),
    method,
    windows: windowsOf(point, spectrum, wider),
  };
}

/** The gap, where no slower mode can have been missed. */
function knownGap(spectrum: LiouvillianSpectrum): number | null {
  const gap = gapOf(spectrum);
  return spectrum.completeBelow < gap || gap === Infinity ? null : gap;
}

function windowsOf(
  { equation }: SolvedPoint,
  spectrum: LiouvillianSpectrum,
  wider: WiderSpectrum | undefined,
): SpectrumWindows {
  if (equation.space.every((basis) => basis.kind === "finite")) return { kind: "whole" };
  if (!wider) return { kind: "unverified" };
  const [here, there] = [knownGap(spectrum), knownGap(wider.spectrum)];
  const nearest = ({ value }: LiouvillianMode): number =>
    wider.spectrum.modes.reduce(
      (least, m) => Math.min(least, Math.hypot(m.value.re - value.re, m.value.im - value.im)),
      Infinity,
    );
  return {
    kind: "verified",
    levels: wider.levels,
    gap: here === null || there === null ? null : Math.abs(here - there),
    modes: spectrum.modes.reduce((most, mode) => Math.max(most, nearest(mode)), 0),
  };
}

const finiteOrNull = (x: number): number | null => (x < Infinity ? x : null);

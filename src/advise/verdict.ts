import type { ClusterCertificate } from "../lower/unified.ts";
import type { Model } from "../model/model.ts";
import type { BathValidity } from "./validity.ts";

/** Whether to trust an equation at a point. */
export type Verdict = "trust" | "caution" | "no";

/** What was looked at. */
export type Condition =
  | "weak coupling"
  | "secular"
  | "local frequencies"
  | "clusters"
  | "second law"
  | "equal temperatures"
  | "positivity"
  | "no result";

/** One reason for a verdict. */
export interface Finding {
  readonly verdict: Verdict;
  readonly condition: Condition;
  readonly text: string;
}

/** Above the first of each pair an approximation is doubtful, above the second it fails. */
const LIMITS = {
  /** Rate of a transition against its difference in frequency from another that is taken apart from it. */
  secular: [0.05, 0.25],
  /** Linewidth against the temperature. */
  width: [0.3, 1],
  /** Relative change of rates within a linewidth. */
  variation: [0.5, 1],
  /** Relative change of rates between the frequencies of H₀ and of H. */
  shift: [0.05, 0.3],
  /** Shift of a gap against the temperature. */
  cluster: [0.1, 0.5],
  /** Current between equal temperatures against the current here. */
  equal: [0.01, 0.1],
} as const;

function judge(value: number, [doubtful, fails]: readonly [number, number]): Verdict {
  if (value > fails) return "no";
  return value > doubtful ? "caution" : "trust";
}

/** What the numbers of one bath say of the approximations that its method makes. */
export function bathFindings(validity: BathValidity, model: Model): readonly Finding[] {
  const { name } = model.baths[validity.bath]!;
  return [...weakCoupling(validity, name), ...secular(validity, name), ...localFrequencies(validity, name)];
}

function weakCoupling(
  { linewidth, linewidthOverTemperature, rateVariation }: BathValidity,
  name: string,
): readonly Finding[] {
  const width = judge(linewidthOverTemperature, LIMITS.width);
  const found: Finding[] = [
    {
      verdict: width,
      condition: "weak coupling",
      text: `the linewidth from '${name}' is ${rough(linewidth)}, ${rough(linewidthOverTemperature)} of its temperature${width === "trust" ? "" : ": Born and Markov ask for much less"}`,
    },
  ];
  const variation = judge(rateVariation, LIMITS.variation);
  if (variation !== "trust") {
    found.push({
      verdict: variation,
      condition: "weak coupling",
      text: `the rates of '${name}' change by ${percent(rateVariation)} within a linewidth: the bath remembers longer than the system takes to relax`,
    });
  }
  return found;
}

function secular({ secular: term, method }: BathValidity, name: string): readonly Finding[] {
  if (!term || (method !== "global" && method !== "unified")) return [];
  const ratio = term.rate / term.difference;
  const [a, b] = term.frequencies.map((ω) => rough(ω, 5));
  const what = method === "global" ? "takes apart" : "leaves apart";
  return [
    {
      verdict: judge(ratio, LIMITS.secular),
      condition: "secular",
      text: `'${name}' ${what} the frequencies ${a} and ${b}, which differ by ${rough(term.difference)}, against a relaxation rate of ${rough(term.rate)}`,
    },
  ];
}

function localFrequencies({ shift }: BathValidity, name: string): readonly Finding[] {
  if (!shift) return [];
  return [
    {
      verdict: judge(shift.rateChange, LIMITS.shift),
      condition: "local frequencies",
      text: `'${name}' takes the frequency ${rough(shift.free, 5)} of H0 for ${rough(shift.frequency, 5)} of H, where its rates ${shift.rateChange < 1e-6 ? "do not differ" : `differ by ${percent(shift.rateChange)}`}`,
    },
  ];
}

/** What the clusters of a unified equation say. */
export function clusterFinding({
  largestShift,
  shiftOverTemperature,
  linewidths,
}: ClusterCertificate): Finding {
  return {
    verdict: judge(shiftOverTemperature, LIMITS.cluster),
    condition: "clusters",
    text: `frequencies within ${linewidths} linewidths are one; that moves a gap by ${rough(largestShift)} at most, ${rough(shiftOverTemperature)} of the lowest temperature`,
  };
}

/** Currents that remain when all baths are given one temperature, against those at the point. */
export function equalTemperatureFinding(ratio: number, hasWork: boolean): Finding {
  const paid = hasWork
    ? ", paid for by the work of its baths: it describes repeated collisions, not baths that are always coupled"
    : "";
  return {
    verdict: judge(ratio, LIMITS.equal),
    condition: "equal temperatures",
    text:
      ratio < 1e-9
        ? "no current flows between equal temperatures"
        : `between equal temperatures ${percent(ratio)} of the largest heat still flows${paid}`,
  };
}

export const secondLawFinding = (production: number, isViolated: boolean): Finding => ({
  verdict: isViolated ? "no" : "trust",
  condition: "second law",
  text: `the entropy production is ${rough(production, 4)}${isViolated ? ", a violation" : ""}`,
});

export const positivityFinding = (smallest: number, isNegative: boolean): Finding => ({
  verdict: isNegative ? "caution" : "trust",
  condition: "positivity",
  text: `the smallest eigenvalue of the state is ${rough(smallest)}`,
});

/** The worst of several verdicts. */
export const worstOf = (findings: readonly Finding[]): Verdict =>
  findings.some((f) => f.verdict === "no")
    ? "no"
    : findings.some((f) => f.verdict === "caution")
      ? "caution"
      : "trust";

const rough = (x: number, digits = 2): string => String(Number(x.toPrecision(digits)));

const percent = (x: number): string => (x >= 10 ? `a factor of ${rough(x + 1)}` : `${rough(100 * x)} %`);

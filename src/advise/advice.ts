import type { DerivedModel } from "../equation/derive.ts";
import type { Method } from "../equation/method.ts";
import { compileParameters } from "../model/parameter-values.ts";
import { entropyProduction, violatesSecondLaw } from "../thermo/second-law.ts";
import { type SolvedPoint, solvedPoint } from "../thermo/solved-point.ts";
import { settledSteadyState } from "../truncate/settled-steady-state.ts";
import { type Candidate, candidatesOf } from "./candidates.ts";
import { atEqualTemperatures } from "./equal-temperatures.ts";
import { validityOf } from "./validity.ts";
import {
  bathFindings,
  clusterFinding,
  equalTemperatureFinding,
  type Finding,
  positivityFinding,
  secondLawFinding,
  type Verdict,
  worstOf,
} from "./verdict.ts";

/** One equation, what it gives and what speaks for and against it. */
export interface AdvisedEquation {
  readonly name: string;
  /** Whether the model declares it; the others are made for the comparison. */
  readonly isDeclared: boolean;
  readonly methods: readonly string[];
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
  /** Undefined where there is no steady state; the findings say why. */
  readonly currents?: AdvisedCurrents;
}

/** In the units of the model; energy that enters the system is positive. */
export interface AdvisedCurrents {
  /** By the name of the bath. */
  readonly heat: Readonly<Record<string, number>>;
  readonly work: Readonly<Record<string, number>>;
  /** Of collisions with the ancillas of several baths, which have no work of their own. */
  readonly sharedWork?: number;
  readonly chemicalWork: Readonly<Record<string, number>>;
  /** Undefined where a bath has no temperature. */
  readonly entropyProduction: number | undefined;
}

export interface Advice {
  readonly equations: readonly AdvisedEquation[];
  /** The name of the equation to use; undefined where none can be recommended. */
  readonly recommended: string | undefined;
}

/** Blocks of H up to which eigenstates are looked for. */
const LARGEST_BLOCK = 1000;

/** An eigenvalue of ρ below this is more than round-off. */
const NEGATIVE = -1e-9;

/** Which of the equations for the same baths to trust at the model's parameters. `place` is one of `Model.equations`. */
export function adviceOn(
  { model }: DerivedModel,
  place: number,
  methods: ReadonlyMap<string, Method>,
  onProgress: (message: string) => void,
): Advice {
  const equations = candidatesOf(model, place, methods).map((candidate) => {
    onProgress(candidate.name);
    return advised(candidate, methods);
  });
  return { equations, recommended: recommendedOf(equations) };
}

/** The best verdict; among equals the method whose assumptions are fewest, then what the model declares. */
function recommendedOf(equations: readonly AdvisedEquation[]): string | undefined {
  const order = ["unified", "global", "redfield", "local"];
  const rank = ({ methods }: AdvisedEquation): number =>
    methods.length === 1 && order.includes(methods[0]!) ? order.indexOf(methods[0]!) : order.length;
  const solved = equations.filter((e) => e.currents);
  for (const verdict of ["trust", "caution"] as const) {
    const [best] = solved.filter((e) => e.verdict === verdict).sort((a, b) => rank(a) - rank(b));
    if (best) return best.name;
  }
  return undefined;
}

function advised(candidate: Candidate, methods: ReadonlyMap<string, Method>): AdvisedEquation {
  const { name, isDeclared, methods: words, derived } = candidate;
  const head = { name, isDeclared, methods: words };
  if ("problem" in derived) return refused(head, derived.problem);
  const solved = solve(derived);
  if ("problem" in solved) return refused(head, solved.problem);
  const findings = findingsOf(solved, methods);
  return { ...head, verdict: worstOf(findings), findings, currents: currentsOf(solved) };
}

const refused = (
  head: Pick<AdvisedEquation, "name" | "isDeclared" | "methods">,
  problem: string,
): AdvisedEquation => ({
  ...head,
  verdict: "no",
  findings: [{ verdict: "no", condition: "no result", text: problem }],
});

function solve(derived: DerivedModel): SolvedPoint | { readonly problem: string } {
  const parameters = compileParameters(derived.model.parameters).at([]);
  const equation = derived.equations[0]!;
  const outcome = settledSteadyState(derived, equation, parameters, new Map(), () => {});
  if (outcome.kind === "failed") return { problem: outcome.failure.reason };
  return solvedPoint(derived, equation, outcome.settled.point, parameters);
}

function findingsOf(point: SolvedPoint, methods: ReadonlyMap<string, Method>): readonly Finding[] {
  const { derived, equation, steady, parameters, state } = point;
  const { model } = derived;
  const validity = validityOf(equation, model, steady, parameters, { largestBlock: LARGEST_BLOCK });
  const produced = entropyProduction(point);
  const { smallestEigenvalue } = state.certificate;
  const isNegative = smallestEigenvalue < NEGATIVE;
  return [
    ...(validity ?? []).flatMap((v) => bathFindings(v, model)),
    ...(steady.clusters ? [clusterFinding(steady.clusters)] : []),
    ...(produced.kind === "value"
      ? [secondLawFinding(produced.production, violatesSecondLaw(produced))]
      : []),
    ...equalTemperatures(point, methods),
    ...(isNegative ? [positivityFinding(smallestEigenvalue, isNegative)] : []),
  ];
}

function equalTemperatures(point: SolvedPoint, methods: ReadonlyMap<string, Method>): readonly Finding[] {
  const here = largestHeat(point);
  if (here === 0) return [];
  const equal = atEqualTemperatures(point.derived, point.parameters, methods);
  const solved = equal && solve(equal);
  if (!solved || "problem" in solved) return [];
  const { sharedWork } = solved;
  const works = solved.currents.some(
    (c) => c && Math.abs((c.work ?? 0) + sharedWork) > 1e-3 * Math.abs(c.heat),
  );
  return [equalTemperatureFinding(largestHeat(solved) / here, works)];
}

/** Of the thermal baths; jumps need not have a thermal state. */
const largestHeat = ({ currents, derived }: SolvedPoint): number =>
  currents.reduce(
    (most, c, place) =>
      c && derived.model.baths[place]!.kind !== "jumps" ? Math.max(most, Math.abs(c.heat)) : most,
    0,
  );

function currentsOf(point: SolvedPoint): AdvisedCurrents {
  const { currents, derived } = point;
  const by = (
    of: (c: NonNullable<(typeof currents)[number]>) => number | undefined,
  ): Record<string, number> =>
    Object.fromEntries(
      currents.flatMap((c, place) => {
        const current = c && of(c);
        return current === undefined ? [] : [[derived.model.baths[place]!.name, current]];
      }),
    );
  const produced = entropyProduction(point);
  return {
    heat: by((c) => c.heat),
    work: by((c) => c.work),
    ...(currents.some((c) => c && c.work === undefined) && { sharedWork: point.sharedWork }),
    chemicalWork: by((c) => c.chemicalWork),
    entropyProduction: produced.kind === "value" ? produced.production : undefined,
  };
}

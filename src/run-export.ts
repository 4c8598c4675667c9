import { ADVICE_ON_MOVING, type DerivedModel } from "./equation/derive.ts";
import type { MasterEquation } from "./equation/master-equation.ts";
import { exploration } from "./experiment/exploration.ts";
import { EXPORT_CODES } from "./export/codes.ts";
import { type EquationData, equationData } from "./export/equation-data.ts";
import type { ExportSource } from "./export/export-source.ts";
import { type NumericArray, npzFile } from "./export/npy.ts";
import { qutipScript } from "./export/qutip-script.ts";
import { evolutionArrays, steadyArrays } from "./export/state-arrays.ts";
import { spectralLowering } from "./lower/spectral-lowering.ts";
import { initialWindows, type ProductBasis, productBasis } from "./lower/window.ts";
import { compileParameters } from "./model/parameter-values.ts";
import type { Compiled } from "./pipeline.ts";
import { type EvolveOutcome, runEvolve } from "./run-evolve.ts";
import { equationPlace, type RunOutcome, refusal, runSteady } from "./run-steady.ts";
import { hasCollisions, isSpectral } from "./solve/steady-point.ts";
import { createReporter, type Diagnostic } from "./source/diagnostic.ts";
import { VERSION } from "./version.ts";
import { QUANTITIES } from "./vocabulary.ts";

/** What models are written as for other programs. */
export const EXPORT_FORMATS = ["qutip", "json", "npz"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export interface ExportOptions {
  readonly to: ExportFormat;
  /** The equation's name; the model's first, or the experiment's, where absent. */
  readonly equation?: string;
  /** Of arrays: an experiment with `evolve` in the place of the steady state. */
  readonly experiment?: string;
  readonly onProgress?: (message: string) => void;
}

export interface ExportOutcome {
  readonly status: RunOutcome["status"] | EvolveOutcome["status"];
  /** Of the compilation and of what was solved. */
  readonly diagnostics: readonly Diagnostic[];
  /** Where the status is good: text, or the bytes of an archive. */
  readonly content?: string | Uint8Array;
}

/**
 * One equation of a compiled model for other programs: a script for QuTiP, the equation as data, or the arrays of its
 * steady state or of an evolution. Automatic windows are those of the steady state, which is solved for where there are any.
 */
export function runExport(compiled: Compiled, options: ExportOptions): ExportOutcome {
  return options.to === "npz" ? exportArrays(compiled, options) : exportEquation(compiled, options);
}

function exportEquation(compiled: Compiled, options: ExportOptions): ExportOutcome {
  const { derived, diagnostics } = compiled;
  if (!derived) return { status: "model-error", diagnostics };
  const place = equationPlace(derived, options.equation);
  if (place < 0) return { status: "unknown-equation", diagnostics };
  const isScript = options.to === "qutip";
  const unfaithful = withoutForm(derived.equations[place]!, derived, place, isScript);
  if (unfaithful.length > 0) {
    return { status: "not-vouched", diagnostics: [...diagnostics, ...unfaithful] };
  }
  const source = sourceOf(derived, place, options.onProgress ?? (() => {}));
  if ("refused" in source) {
    return { status: "not-vouched", diagnostics: [...diagnostics, ...source.refused] };
  }
  return {
    status: "good",
    diagnostics,
    content: isScript ? qutipScript(source) : dataText(equationData(source)),
  };
}

/** JSON with one line for each list of numbers, which may be long. */
const dataText = (data: EquationData): string =>
  `${JSON.stringify(data, null, 2).replace(/\[\s+(-?\d[^[\]{}"]*?)\s+\]/g, (_, list: string) => `[${list.replace(/,\s+/g, ", ")}]`)}\n`;

type Refused = { readonly refused: readonly Diagnostic[] };

function sourceOf(
  derived: DerivedModel,
  place: number,
  onProgress: (message: string) => void,
): ExportSource | Refused {
  const equation = derived.equations[place]!;
  const { windows, automatic } = initialWindows(derived.model);
  const basis = automatic.includes(true) ? foundBasis(derived, place, onProgress) : productBasis(windows);
  if ("refused" in basis) return basis;
  const parameters = compileParameters(derived.model.parameters).at([]);
  const source = { derived, equation, parameters, basis, automatic, version: VERSION };
  if (!isSpectral(equation)) return source;
  const lowered = spectralLowering(equation, derived.model, basis)(parameters);
  if (lowered.kind === "lowered") return { ...source, spectral: lowered.point };
  const { reason, advice } = lowered;
  return { refused: refusal(derived, place, { problem: reason, advice, code: "E501" }) };
}

/** The levels that the steady state of an equation needs. */
function foundBasis(
  derived: DerivedModel,
  place: number,
  onProgress: (message: string) => void,
): ProductBasis | Refused {
  const found = exploration(derived, { standard: QUANTITIES, onProgress })([]).solve(place, []);
  return "problem" in found ? { refused: refusal(derived, place, found) } : found.settled.point.basis;
}

/** Why an equation has no form outside that would be true to it. */
function withoutForm(
  equation: MasterEquation,
  { model }: DerivedModel,
  place: number,
  isScript: boolean,
): readonly Diagnostic[] {
  const { diagnostics, report } = createReporter(EXPORT_CODES);
  const { name, span } = model.equations[place]!;
  if (hasCollisions(equation)) {
    report(
      "E601",
      span,
      `the equation '${name}' holds collisions that last: it has no generator to write down`,
      {
        fix: "export the same baths under 'local', the limit of short collisions",
      },
    );
  }
  if (equation.dependsOnTime) {
    report("E601", span, `the equation '${name}' depends on time, and what is written is constant`, {
      fix: ADVICE_ON_MOVING,
    });
  }
  if (isScript && equation.dissipators.some((d) => d.spectral?.hasLambShift)) {
    report(
      "E601",
      span,
      `the equation '${name}' has a Lamb shift, whose principal values no script works out`,
      {
        fix: "leave out lamb_shift = on, or write --to json, which holds the matrices",
      },
    );
  }
  return diagnostics;
}

function exportArrays(compiled: Compiled, options: ExportOptions): ExportOutcome {
  const { equation, experiment, onProgress } = options;
  const asked = { ...(equation !== undefined && { equation }), ...(onProgress && { onProgress }) };
  if (experiment === undefined) {
    const { status, diagnostics, point, results } = runSteady(compiled, asked);
    const quantities = results.results[0]?.rows[0]?.quantities ?? {};
    return { status, diagnostics, ...(point && { content: npzFile(steadyArrays(point, quantities)) }) };
  }
  const { status, diagnostics, results, points } = runEvolve(compiled, { ...asked, experiment });
  if (status !== "good") return { status, diagnostics };
  const { trajectories } = results;
  const all = trajectories.flatMap((trajectory, k) => {
    const arrays = evolutionArrays(points[k]!, trajectory);
    const prefix = trajectories.length > 1 ? `${trajectory.equation}/` : "";
    return [...arrays].map(([name, array]): [string, NumericArray] => [`${prefix}${name}`, array]);
  });
  return { status, diagnostics, content: npzFile(new Map(all)) };
}

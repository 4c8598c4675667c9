import type { Advice, AdvisedEquation } from "../advise/advice.ts";
import type { ReportedDiagnostic } from "./results.ts";

/** What `thermill advise --json` prints (docs/advice.schema.json). */
export interface AdviceReport {
  readonly format: "thermill-advice/1";
  /** Version of this program. */
  readonly thermill: string;
  readonly model: string;
  readonly diagnostics: readonly ReportedDiagnostic[];
  /** The baths that all the equations treat. */
  readonly baths: readonly string[];
  readonly equations: readonly AdvisedEquation[];
  /** The equation to use; null where none can be recommended. */
  readonly recommended: string | null;
}

/** The report on an advice; without one, e.g. for a model with errors, it holds the diagnostics alone. */
export const adviceReport = (
  advice: Advice | undefined,
  about: Pick<AdviceReport, "thermill" | "model" | "diagnostics">,
): AdviceReport => ({
  format: "thermill-advice/1",
  ...about,
  baths: [...new Set((advice?.equations ?? []).flatMap((e) => Object.keys(e.currents?.heat ?? {})))],
  equations: advice?.equations ?? [],
  recommended: advice?.recommended ?? null,
});

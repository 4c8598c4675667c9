import type { ReportedDiagnostic, Results } from "./results.ts";

/** Results that hold only what was wrong: of a check, or where nothing could be solved. */
export const emptyResults = (
  thermill: string,
  model: string,
  diagnostics: readonly ReportedDiagnostic[],
): Results => ({
  format: "thermill-results/1",
  thermill,
  language: 1,
  units: "hbar = k_B = 1",
  model,
  diagnostics,
  results: [],
});

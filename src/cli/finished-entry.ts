import type { FinishedExperiment } from "../report/experiment-files.ts";
import type { CertificateReport } from "../report/results.ts";
import type { Diagnostic } from "../source/diagnostic.ts";
import type { ExperimentEntry } from "./output-directory.ts";

/** What a manifest says of an experiment: how much there is of it, and the worst of its certificates. */
export function finishedEntry(
  finished: FinishedExperiment,
  diagnostics: readonly Diagnostic[],
): ExperimentEntry {
  const { name, kind } = finished;
  const count = (severity: Diagnostic["severity"]) =>
    diagnostics.filter((d) => d.severity === severity).length;
  const problems = { errors: count("error"), warnings: count("warning") };
  if (finished.kind === "evolution") {
    const { trajectories } = finished.results;
    const worst = trajectories.map((t) => t.certificate);
    return {
      name,
      kind,
      equations: trajectories.map((t) => t.equation),
      times: trajectories[0]?.times.length ?? 0,
      ...problems,
      certificates: {
        estimatedError: most(worst.map((c) => c.estimatedError)),
        traceError: most(worst.map((c) => c.traceError)),
        smallestEigenvalue: -most(worst.map((c) => -c.smallestEigenvalue)),
      },
    };
  }
  const { results } = finished.results;
  const rows = results.flatMap((r) => r.rows);
  return {
    name,
    kind,
    equations: results.map((r) => r.equation),
    rows: rows.length,
    recorded: finished.recorded,
    ...problems,
    certificates: steadyCertificates(rows.map((r) => r.certificate)),
  };
}

const steadyCertificates = (all: readonly CertificateReport[]) => ({
  residual: most(all.map((c) => c.residual)),
  traceError: most(all.map((c) => c.traceError)),
  smallestEigenvalue: -most(all.map((c) => -c.smallestEigenvalue)),
  conditionEstimate: most(all.map((c) => c.conditionEstimate)),
  windowChange: most(all.flatMap((c) => c.wider?.change ?? [])),
});

/** −∞ of none, which JSON writes as null. */
const most = (values: readonly number[]): number =>
  values.reduce((largest, x) => Math.max(largest, x), Number.NEGATIVE_INFINITY);

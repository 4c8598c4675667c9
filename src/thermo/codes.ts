import type { DiagnosticTable } from "../source/diagnostic.ts";

/** What can be wrong with a result. */
export const RESULT_CODES = {
  E501: { severity: "error", title: "no steady state that can be vouched for" },
  E502: { severity: "error", title: "a mean value of an operator that is not Hermitian" },
  E503: {
    severity: "error",
    title: "a mean value of an operator that the algebra cannot bring to normal form",
  },
  E504: { severity: "error", title: "a rate that is negative, infinite or not a number" },
  W501: { severity: "warning", title: "a stated window is too small: its end is populated" },
  W502: { severity: "warning", title: "negative entropy production" },
  W503: { severity: "warning", title: "a Redfield equation whose steady state is not positive" },
  W504: { severity: "warning", title: "coherences that never decay: the steady state depends on the start" },
} as const satisfies DiagnosticTable;

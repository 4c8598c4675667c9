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
  E505: { severity: "error", title: "a parameter that is swept and set on the command line" },
  E506: { severity: "error", title: "no spectrum of the Liouvillian that can be vouched for" },
  E507: { severity: "error", title: "a Bohr frequency that reaches zero along an evolution" },
  E508: { severity: "error", title: "quantum-jump trajectories that cannot be made" },
  E509: { severity: "error", title: "advice on an equation that is driven" },
  W501: { severity: "warning", title: "a stated window is too small: its end is populated" },
  W502: { severity: "warning", title: "negative entropy production" },
  W503: { severity: "warning", title: "a Redfield equation whose steady state is not positive" },
  W504: { severity: "warning", title: "coherences that never decay: the steady state depends on the start" },
  W505: { severity: "warning", title: "a secular equation that leaves out terms between near frequencies" },
  W506: { severity: "warning", title: "a bath that is not weakly coupled" },
  W507: { severity: "warning", title: "a local equation whose frequencies are not those of the Hamiltonian" },
  W508: { severity: "warning", title: "a search for an optimum that did not come to an end" },
  W509: { severity: "warning", title: "a condition that holds nowhere in its range" },
  W510: { severity: "warning", title: "a local bath that follows a frequency which changes in time" },
  W511: { severity: "warning", title: "an evolution whose estimated error is above what was asked for" },
  W512: { severity: "warning", title: "a quantity that grows without bound where its optimum is looked for" },
  W513: { severity: "warning", title: "a gap of the Liouvillian that depends on the windows of levels" },
} as const satisfies DiagnosticTable;

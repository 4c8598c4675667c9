import type { DiagnosticTable } from "../source/diagnostic.ts";

/** What can go wrong around a model. */
export const CLI_CODES = {
  E001: { severity: "error", title: "a file that cannot be read" },
  E002: { severity: "error", title: "a wrong command line" },
  E003: { severity: "error", title: "a bug in Thermill" },
  E004: { severity: "error", title: "a file that cannot be written" },
  E005: { severity: "error", title: "a graph too large to be drawn" },
  E006: { severity: "error", title: "an experiment without anything to draw" },
  E007: { severity: "error", title: "a cluster that did not do its work" },
} as const satisfies DiagnosticTable;

export type CliCode = keyof typeof CLI_CODES;

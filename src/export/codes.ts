import type { DiagnosticTable } from "../source/diagnostic.ts";

/** Reasons why something is not written for other programs. */
export const EXPORT_CODES = {
  E601: { severity: "error", title: "an equation that no script of another program stands for" },
} as const satisfies DiagnosticTable;

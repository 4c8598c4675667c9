import type { Span } from "./span.ts";

export type Severity = "error" | "warning";

/**
 * What is wrong with a model, as data. `code` is stable across versions (docs/diagnostics.md lists them);
 * `message` names the cause in the model's own words; `fix` says what to write instead, where that is known.
 */
export interface Diagnostic {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly span: Span;
  readonly fix?: string;
  /** Further places that explain the message, e.g. the other declaration of a name declared twice. */
  readonly related?: readonly { readonly message: string; readonly span: Span }[];
}

/** The entry of one code in docs/diagnostics.md. */
export interface DiagnosticKind {
  readonly severity: Severity;
  /** One line for the table in the docs. */
  readonly title: string;
}

/** Codes of one phase: `E1xx`/`W1xx` syntax, 2xx names and types, 3xx physics of the model, 4xx equations, 5xx results. */
export type DiagnosticTable = Readonly<Record<string, DiagnosticKind>>;

/** What a language phase returns: always a value as good as could be made, and what was wrong. */
export interface Outcome<T> {
  readonly value: T;
  readonly diagnostics: readonly Diagnostic[];
}

/** A list of diagnostics under construction; severities come from the phase's own table. */
export interface Reporter<Code extends string> {
  readonly diagnostics: Diagnostic[];
  report(
    code: Code,
    span: Span,
    message: string,
    more?: { fix?: string | undefined; related?: Diagnostic["related"] },
  ): void;
}

/** A reporter for the codes of `table`. */
export function createReporter<Table extends DiagnosticTable>(table: Table): Reporter<keyof Table & string> {
  const diagnostics: Diagnostic[] = [];
  return {
    diagnostics,
    report(code, span, message, more = {}) {
      const severity = table[code]!.severity;
      diagnostics.push({
        code,
        severity,
        message,
        span,
        ...(more.fix === undefined ? {} : { fix: more.fix }),
        ...(more.related === undefined ? {} : { related: more.related }),
      });
    },
  };
}

/** Whether any of them is an error. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((d) => d.severity === "error");
}

import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { compile } from "../../src/pipeline.ts";
import type { CertificateReport } from "../../src/report/results.ts";
import { runSteady } from "../../src/run-steady.ts";

export interface Asked {
  /** Values that replace defaults of parameters, as `--set` does. */
  readonly set?: Readonly<Record<string, number | string>>;
  /** Quantities beyond the standard ones, as `--quantity` asks for them. */
  readonly quantities?: readonly string[];
  readonly equation?: string;
}

/** A steady state as a test asks about it. */
export interface Steady {
  /** The value of a quantity by its key, e.g. `heat(hot)`; throws where it is undefined or no number. */
  readonly of: (quantity: string) => number;
  readonly regime: string;
  readonly quantities: Readonly<Record<string, number | string | null>>;
  /** Why a quantity is null. */
  readonly undefined: Readonly<Record<string, string>>;
  readonly certificate: CertificateReport;
  /** Codes of all errors and warnings. */
  readonly codes: readonly string[];
}

export const modelText = (name: string): string =>
  readFileSync(new URL(`../../models/${name}.thermill`, import.meta.url), "utf8");

/** The steady state of a model's text; throws with the diagnostics where there is none that can be vouched for. */
export function steady(text: string, { set = {}, quantities = [], equation }: Asked = {}): Steady {
  const sets = Object.entries(set).map(([name, value]) => `${name}=${value}`);
  const compiled = compile(
    { name: "test.thermill", text },
    { sets, quantities, readLibrary: () => undefined },
  );
  const { status, results, diagnostics } = runSteady(compiled, equation ? { equation } : {});
  const row = results.results[0]?.rows[0];
  if (status !== "good" || !row) {
    const messages = diagnostics.map((d) => `${d.code} ${d.message}`).join("\n");
    throw new Error(`${status}: ${messages}\n${text}`);
  }
  const of = (quantity: string): number => {
    const value = row.quantities[quantity];
    if (typeof value === "number") return value;
    const reason = row.undefined[quantity] ?? `there are ${Object.keys(row.quantities).join(", ")}`;
    throw new Error(`${quantity} is no number: ${reason}`);
  };
  return {
    of,
    regime: String(row.quantities.regime),
    quantities: row.quantities,
    undefined: row.undefined,
    certificate: row.certificate,
    codes: diagnostics.map((d) => d.code),
  };
}

/** Holds `actual` to `expected` within a relative tolerance, and an absolute one where something cancels to zero. */
export function expectClose(actual: number, expected: number, relative: number, absolute = 0): void {
  const deviation = Math.abs(actual - expected);
  const allowed = Math.max(relative * Math.abs(expected), absolute);
  if (!(deviation <= allowed)) {
    expect.fail(
      `${actual} is off ${expected} by ${deviation.toExponential(1)}, allowed ${allowed.toExponential(1)}`,
    );
  }
}

/** Occupation of a bosonic mode, 1/(eˣ − 1) with x = βω. */
export const bose = (x: number): number => 1 / Math.expm1(x);

/** Occupation of a fermionic level, 1/(eˣ + 1). */
export const fermi = (x: number): number => 1 / (Math.exp(x) + 1);

/** −Σ p log p. */
export const shannon = (...p: readonly number[]): number =>
  -p.reduce((sum, x) => (x > 0 ? sum + x * Math.log(x) : sum), 0);

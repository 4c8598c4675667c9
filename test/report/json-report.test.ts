import { describe, expect, it } from "vitest";
import { jsonReport } from "../../src/report/json-report.ts";
import type { Results } from "../../src/report/results.ts";
import { EXAMPLE } from "./example-results.ts";

describe("JSON report", () => {
  it("reads back as the same numbers", () => {
    expect(JSON.parse(jsonReport(EXAMPLE))).toEqual(EXAMPLE);
  });

  it("refuses numbers that JSON cannot hold", () => {
    const [equation] = EXAMPLE.results;
    const [row] = equation!.rows;
    const broken: Results = {
      ...EXAMPLE,
      results: [{ ...equation!, rows: [{ ...row!, quantities: { work: Number.NaN } }] }],
    };
    expect(() => jsonReport(broken)).toThrow("'work' is NaN");
  });
});

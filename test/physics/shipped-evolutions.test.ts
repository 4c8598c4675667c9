import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { compile } from "../../src/pipeline.ts";
import { evolve, farthest } from "./evolve.ts";
import { modelText } from "./steady.ts";

const evolutions = readdirSync(new URL("../../models", import.meta.url))
  .filter((file) => file.endsWith(".thermill"))
  .map((file) => file.replace(".thermill", ""))
  .flatMap((model) => {
    const file = { name: model, text: modelText(model) };
    const { model: compiled } = compile(file, { sets: [], quantities: [], readLibrary: () => undefined });
    return compiled.evolutions.map(({ name }) => [model, name] as const);
  });

describe("every shipped evolution", () => {
  it.each(evolutions)(
    "%s %s keeps the trace, positivity and the first law",
    (model, experiment) => {
      const { certificate, of, quantities } = evolve(modelText(model), { experiment });
      expect(certificate.traceError).toBeLessThan(1e-12);
      expect(certificate.smallestEigenvalue).toBeGreaterThan(-1e-10);
      const flows = Object.keys(quantities).filter((key) => /^(heat|work)\(/.test(key));
      const scale = Math.max(...flows.flatMap(of).map(Math.abs));
      const still = of("first_law_residual").map(() => 0);
      expect(farthest(of("first_law_residual"), still)).toBeLessThan(1e-12 * scale);
    },
    20_000,
  );
});

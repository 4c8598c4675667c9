import { lowerToSector } from "../../src/lower/generator.ts";
import { initialWindows, productBasis } from "../../src/lower/window.ts";
import { compileParameters } from "../../src/model/parameter-values.ts";
import { compile } from "../../src/pipeline.ts";

/** One equation of a model's text over its reachable sector, at the values of its parameters. */
export function lowered(text: string, set: Readonly<Record<string, number>> = {}, equation = 0) {
  const sets = Object.entries(set).map(([name, value]) => `${name}=${value}`);
  const { derived, diagnostics } = compile(
    { name: "test.thermill", text },
    { sets, quantities: [], readLibrary: () => undefined },
  );
  if (!derived) throw new Error(diagnostics.map((d) => d.message).join("\n"));
  const { model } = derived;
  const basis = productBasis(initialWindows(model).windows);
  const master = derived.equations[equation]!;
  const found = lowerToSector(master, basis, model.parameters.length);
  if (found.kind !== "found") throw new Error(found.reason);
  return { ...found, basis, equation: master, parameters: compileParameters(model.parameters).at([]) };
}

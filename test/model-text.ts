import { operatorAlgebra } from "../src/algebra/graph-normal-form.ts";
import type { OperatorExpression } from "../src/model/operator-expression.ts";
import { type Compiled, compile } from "../src/pipeline.ts";

/** Compiles a model given as text, with `--set` and `--quantity` where asked. */
export const compileText = (
  text: string,
  sets: readonly string[] = [],
  quantities: readonly string[] = [],
): Compiled => compile({ name: "test.thermill", text }, { sets, quantities, readLibrary: () => undefined });

/** Compiles and expects no diagnostics at all. */
export function compileClean(text: string, sets: readonly string[] = [], quantities: readonly string[] = []) {
  const compiled = compileText(text, sets, quantities);
  if (compiled.diagnostics.length > 0 || !compiled.derived) {
    throw new Error(compiled.diagnostics.map((d) => `${d.code} ${d.message}`).join("\n") || "not derived");
  }
  return { ...compiled, derived: compiled.derived };
}

/**
 * The operators of a model that consists of subsystem declarations and expressions: each expression becomes the jump
 * of a bath of its own, where any operator may stand.
 */
export function operatorsOf(subsystems: string, expressions: readonly string[]) {
  const text = `model m\n${subsystems}\nhamiltonian { free 0 }\nbath b : jumps {\n${expressions
    .map((e) => `jump ${e}`)
    .join("\n")}\n}\nequation e { jumps b }\n`;
  const compiled = compileText(text);
  // no jump may mix parities of fermions (E406) or be zero (E408), but the algebra has no such rules
  const errors = compiled.diagnostics.filter(
    (d) => d.severity === "error" && !["E406", "E408"].includes(d.code),
  );
  if (errors.length > 0) throw new Error(errors.map((d) => `${d.code} ${d.message}`).join("\n"));
  const algebra = operatorAlgebra(compiled.model);
  return {
    algebra,
    model: compiled.model,
    forms: compiled.model.baths[0]!.jumps.map((j: { operator: OperatorExpression }) =>
      algebra.normalForm(j.operator),
    ),
  };
}

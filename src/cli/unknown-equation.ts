import type { Compiled } from "../index.ts";
import type { Diagnostic } from "../source/diagnostic.ts";
import { nearestName } from "../source/name.ts";
import { cliDiagnostic } from "./diagnostics-output.ts";

/** What to say where an equation is asked for by a name that the model does not have. */
export function unknownEquation(equation: string, { model }: Compiled): Diagnostic {
  const names = model.equations.map((e) => e.name);
  const nearest = nearestName(equation, names);
  const has = names.length > 0 ? `the model has ${names.join(", ")}` : "the model has none";
  return {
    ...cliDiagnostic("E002", `unknown equation '${equation}'; ${has}`),
    ...(nearest !== undefined && { fix: `--equation ${nearest}` }),
  };
}

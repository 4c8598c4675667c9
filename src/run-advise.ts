import { type Advice, adviceOn } from "./advise/advice.ts";
import type { Compiled } from "./pipeline.ts";
import { createReporter, type Diagnostic } from "./source/diagnostic.ts";
import { sameName } from "./source/name.ts";
import { RESULT_CODES } from "./thermo/codes.ts";
import { METHODS } from "./vocabulary.ts";

export interface AdviseOptions {
  /** The equation whose baths are meant; the model's first where absent. */
  readonly equation?: string;
  readonly onProgress?: (message: string) => void;
}

/** Which equation to trust, or why that cannot be said. */
export type AdviseOutcome =
  | { readonly status: "good"; readonly advice: Advice }
  | { readonly status: "driven"; readonly diagnostics: readonly Diagnostic[] }
  | { readonly status: "model-error" }
  | { readonly status: "unknown-equation" };

/** Runs the equations that apply to the baths of one, and says which to trust and why. */
export function runAdvise({ derived }: Compiled, { equation, onProgress }: AdviseOptions): AdviseOutcome {
  if (!derived) return { status: "model-error" };
  const place = equation === undefined ? 0 : derived.equations.findIndex((e) => sameName(e.name, equation));
  if (place < 0) return { status: "unknown-equation" };
  const { frame, dependsOnTime, name } = derived.equations[place]!;
  if (frame || dependsOnTime) {
    const { diagnostics, report } = createReporter(RESULT_CODES);
    report(
      "E509",
      derived.model.equations[place]!.span,
      `'${name}' is driven: the other equations for its baths need a constant Hamiltonian, so that there is nothing to compare it with`,
      { fix: "compare the same model without its drive" },
    );
    return { status: "driven", diagnostics };
  }
  return { status: "good", advice: adviceOn(derived, place, METHODS, onProgress ?? (() => {})) };
}

import { levelSymbol } from "../algebra/normal-form.ts";
import { canonicalText } from "../algebra/operator-text.ts";
import type { Bath } from "../model/model.ts";
import { parameterSlot } from "../model/parameter-values.ts";
import { compileComplex, compileReal } from "../scalar/compile.ts";
import { scalarFromCanonical } from "../scalar/scalar-from-canonical.ts";
import type { Span } from "../source/span.ts";
import type { JumpTerm } from "./master-equation.ts";
import type { Derivation } from "./method.ts";

/** Levels that are looked at, from the first of the window. */
const LEVELS = 12;

/**
 * Warns where a jump is split by level although neighbouring frequencies lie closer than its rate: jumps of different
 * levels would then interfere, which one jump for each frequency leaves out.
 */
export function warnOfCloseLevels(emission: JumpTerm, bath: Bath, span: Span, derivation: Derivation): void {
  const { model, report, values } = derivation;
  const firsts = model.subsystems.map(({ kind, window }) => window?.from ?? kind.firstWindow?.[0] ?? 0);
  const known = Float64Array.from([...Array.from(values), ...firsts]);
  const slot = (name: string) =>
    /^n\d+$/.test(name) ? values.length + Number(name.slice(1)) : parameterSlot(name);
  const frequency = compileReal(scalarFromCanonical(emission.frequency!), slot);
  const rate = compileReal(emission.evaluatedRate, slot);
  const amplitudes = [...emission.operator.values()].map((t) =>
    compileComplex(scalarFromCanonical(t.coefficient), slot),
  );
  for (const subsystem of emission.levelwise) {
    const at = values.length + subsystem;
    const first = known[at]!;
    let before = frequency(known);
    for (let level = first + 1; level < first + LEVELS; level++) {
      known[at] = level;
      const here = frequency(known);
      const strength = amplitudes.reduce((sum, c) => sum + c.re(known) ** 2 + (c.im?.(known) ?? 0) ** 2, 0);
      const width = strength * Math.abs(rate(known));
      const spacing = Math.abs(here - before);
      if (spacing < width) {
        const formula = canonicalText(emission.frequency!, model).replaceAll(levelSymbol(subsystem), "n");
        report(
          "W404",
          span,
          `the Bohr frequency ${formula} of '${bath.name}' changes from level to level by ${spacing.toPrecision(2)}, less than the rate ${width.toPrecision(2)} there: one jump for each level leaves out how they interfere`,
          { fix: "weaken the coupling, or move what makes the levels uneven into 'interaction'" },
        );
        return;
      }
      before = here;
    }
    known[at] = first;
  }
}

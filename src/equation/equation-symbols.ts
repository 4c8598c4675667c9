import type { NormalForm } from "../algebra/normal-form.ts";
import type { Bath, Parameter } from "../model/model.ts";
import { type Canonical, canonicalSymbols } from "../scalar/canonical.ts";
import { type Scalar, symbolsOf } from "../scalar/scalar.ts";
import type { Dissipator, MasterEquation } from "./master-equation.ts";

/**
 * The symbols of the parameters that an equation and its states depend on: those that stand in it, and those that these
 * are made of. Others, such as the weights of a figure of merit, only enter what is made of its states.
 */
export function equationSymbols(
  { free, interaction, frame, power, dissipators }: MasterEquation,
  baths: readonly Bath[],
  parameters: readonly Parameter[],
): ReadonlySet<string> {
  const found = new Set<string>();
  const inForm = (form: NormalForm | undefined): void => {
    for (const { coefficient } of form?.values() ?? []) canonicalSymbols(coefficient, found);
  };
  for (const form of [free, interaction, frame, power]) inForm(form);
  for (const dissipator of dissipators) {
    const { beta, mu } = baths[dissipator.bath]!;
    const { operators, scalars, canonicals } = partsOf(dissipator);
    for (const form of operators) inForm(form);
    for (const value of [beta, mu, ...scalars]) if (value) symbolsOf(value, found);
    for (const value of canonicals) canonicalSymbols(value, found);
  }
  // a set that grows while it is gone through is gone through to its end
  const definitions = new Map(parameters.map(({ symbol, value }) => [symbol, value]));
  for (const symbol of found) {
    const value = definitions.get(symbol);
    if (value) symbolsOf(value, found);
  }
  return found;
}

interface Parts {
  readonly operators: readonly (NormalForm | undefined)[];
  readonly scalars: readonly (Scalar | undefined)[];
  readonly canonicals: readonly Canonical[];
}

function partsOf({ jumps, particleNumber, coupling, collision }: Dissipator): Parts {
  const ancillas = collision?.ancillas ?? [];
  return {
    operators: [...jumps, ...(coupling?.operators ?? []), ...ancillas]
      .map(({ operator }): NormalForm | undefined => operator)
      .concat(particleNumber),
    scalars: [
      ...jumps.flatMap(({ rate, evaluatedRate }) => [rate, evaluatedRate]),
      coupling?.density,
      collision?.duration,
      ...ancillas.map(({ density }) => density),
    ],
    canonicals: [
      ...jumps.flatMap(({ frequency }) => frequency ?? []),
      ...ancillas.map(({ frequency }) => frequency),
    ],
  };
}

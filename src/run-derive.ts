import { collisionDerivation, withoutCollisions } from "./derive/collision-derivation.ts";
import { motionDerivation } from "./derive/collision-map.ts";
import { definitionsOf } from "./derive/definitions.ts";
import type { Derivation } from "./derive/derivation.ts";
import { modelSection } from "./derive/document.ts";
import { drivePowerDerivation, hamiltonianDerivation } from "./derive/hamiltonian.ts";
import { type Closure, momentDerivation } from "./derive/moments.ts";
import { type Presentation, presentationOf } from "./derive/presentation.ts";
import { symmetriesDerivation } from "./derive/symmetries-derivation.ts";
import {
  chemicalPlaces,
  chemicalWorkDerivation,
  heatDerivation,
  particlePlaces,
  particlesDerivation,
  totalWorkDerivation,
  workDerivation,
} from "./derive/thermodynamics.ts";
import type { DerivedModel } from "./equation/derive.ts";
import type { FormulaEquation } from "./formula/formula.ts";
import type { Compiled } from "./pipeline.ts";
import { latexDocument } from "./report/latex-document.ts";
import { NoCanonicalForm } from "./scalar/canonical-from-scalar.ts";
import { ExpressionTooLarge } from "./scalar/polynomial.ts";
import { asciiName, nearestName, sameName } from "./source/name.ts";
import { METHODS } from "./vocabulary.ts";

export interface DeriveOptions {
  /** The equation's name; the model's first where absent. */
  readonly equation?: string;
  /** What to derive, as typed (`heat(cold)`, `d<q1.σz>/dt`, …); everything that needs no operand where empty. */
  readonly of: readonly string[];
  readonly closure: Closure;
}

/** Formulas, with the definitions of what occurs in them; or why there are none. */
export type DeriveOutcome =
  | {
      readonly status: "good";
      readonly equation: string;
      readonly derivations: readonly Derivation[];
      readonly definitions: readonly FormulaEquation[];
    }
  | { readonly status: "model-error" }
  | { readonly status: "unknown-equation" }
  | { readonly status: "unknown-target"; readonly message: string; readonly fix?: string };

/** d<O>/dt or d⟨O⟩/dt */
const MOMENT = /^\s*d\s*[<⟨](.*)[>⟩]\s*\/\s*dt\s*$/su;

/** The operators in `d<O>/dt` among what is to be derived: `compile` must be given them. */
export const operatorsIn = (of: readonly string[]): string[] =>
  of.flatMap((target) => {
    const moment = MOMENT.exec(target);
    return moment ? [moment[1]!] : [];
  });

/** Derives formulas for one equation of a compiled model. `compiled` must have been given `operatorsIn(options.of)`. */
export function deriveFormulas(compiled: Compiled, options: DeriveOptions): DeriveOutcome {
  const { derived } = compiled;
  if (!derived) return { status: "model-error" };
  const place = equationPlace(derived, options.equation);
  if (place < 0) return { status: "unknown-equation" };
  const p = presentationOf(derived, place, METHODS);
  const targets = targetsOf(derived, place, p);
  const isAll = options.of.length === 0;
  const chosen: Target[] = isAll ? [...targets] : [];
  let moments = 0;
  for (const wanted of options.of) {
    if (MOMENT.test(wanted)) {
      const { operator, text } = p.model.operators[moments++]!;
      chosen.push({ name: wanted, make: () => [momentDerivation(operator, text, options.closure, p)] });
      continue;
    }
    const found = targets.find((t) => sameTarget(t.name, wanted));
    if (!found) return unknownTarget(wanted, targets);
    chosen.push(found);
  }
  // why there is no collision model is said only to those who ask for one
  const derivations = chosen
    .flatMap(({ name, make }) => orTooLarge(name, make))
    .filter((d) => !isAll || d !== withoutCollisions);
  return {
    status: "good",
    equation: p.equation.name,
    derivations,
    definitions: definitionsOf(
      derivations.flatMap((d) => d.equations),
      p,
    ),
  };
}

/** A complete LaTeX document on one equation of a compiled model. */
export type DocumentOutcome =
  | { readonly status: "good"; readonly latex: string }
  | { readonly status: "model-error" }
  | { readonly status: "unknown-equation" };

/** Section II of a paper on the model: Hamiltonian, baths, master equation, quantities and parameters. */
export function deriveDocument({ derived }: Compiled, equation?: string): DocumentOutcome {
  if (!derived) return { status: "model-error" };
  const place = equationPlace(derived, equation);
  if (place < 0) return { status: "unknown-equation" };
  const section = modelSection(
    derived.equations[place]!,
    presentationOf(derived, place, METHODS),
    orTooLarge,
  );
  return { status: "good", latex: latexDocument(section) };
}

/** A formula that nobody could read is refused by the algebra: that is said in its place. */
function orTooLarge(name: string, make: () => readonly Derivation[]): readonly Derivation[] {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof ExpressionTooLarge || error instanceof NoCanonicalForm)) throw error;
    return [{ name, title: "No formula", equations: [], notes: [`no formula: ${error.message}`] }];
  }
}

interface Target {
  readonly name: string;
  readonly make: () => readonly Derivation[];
}

/** What can be derived without an operand of the user's, in the order of a paper. */
function targetsOf(derived: DerivedModel, place: number, p: Presentation): readonly Target[] {
  const baths = p.equation.dissipators.map(({ bath }) => p.model.baths[bath]!.name);
  return [
    { name: "hamiltonian", make: () => [hamiltonianDerivation(p)] },
    { name: "dissipators", make: () => [motionDerivation(p)] },
    { name: "collision", make: () => collisionDerivation(p) ?? withoutCollisions },
    ...baths.map((name, k) => ({ name: `heat(${name})`, make: () => [heatDerivation(k, p)] })),
    ...baths.map((name, k) => ({ name: `work(${name})`, make: () => [workDerivation(k, p)] })),
    ...particlePlaces(p).map((k) => ({
      name: `particles(${baths[k]})`,
      make: () => [particlesDerivation(k, p)],
    })),
    ...chemicalPlaces(p).map((k) => ({
      name: `chemical_work(${baths[k]})`,
      make: () => [chemicalWorkDerivation(k, p)],
    })),
    { name: "work", make: () => [totalWorkDerivation(p)] },
    ...(p.equation.power ? [{ name: "drive_power", make: () => [drivePowerDerivation(p)] }] : []),
    { name: "symmetries", make: () => [symmetriesDerivation(derived.equations[place]!, p)] },
  ].map(({ name, make }) => ({ name, make: () => [make()].flat() }));
}

const sameTarget = (a: string, b: string): boolean =>
  asciiName(a.replace(/\s/g, "")) === asciiName(b.replace(/\s/g, ""));

function unknownTarget(wanted: string, targets: readonly Target[]): DeriveOutcome {
  const names = [...targets.map((t) => t.name), "d<O>/dt"];
  const near = nearestName(wanted, names);
  return {
    status: "unknown-target",
    message: `nothing is called '${wanted}' here; there are ${names.join(", ")}`,
    ...(near !== undefined && { fix: `--of "${near}"` }),
  };
}

function equationPlace({ equations }: DerivedModel, name: string | undefined): number {
  return name === undefined ? 0 : equations.findIndex((e) => sameName(e.name, name));
}

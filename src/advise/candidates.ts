import { type DerivedModel, deriveEquations } from "../equation/derive.ts";
import type { Method } from "../equation/method.ts";
import type { Equation, EquationClause, Model } from "../model/model.ts";

/** An equation for the baths of a model, derived by itself, or why it cannot be. */
export interface Candidate {
  readonly name: string;
  /** Whether the model declares it. */
  readonly isDeclared: boolean;
  /** By bath: the words of its methods, each once. */
  readonly methods: readonly string[];
  readonly derived: DerivedModel | { readonly problem: string };
}

/** The methods by which the thermal baths are treated in turn, those to be preferred first. */
const METHOD_ORDER = ["unified", "global", "redfield", "local"];

/**
 * The equation at a place of a model and those that treat the same thermal baths by one method each; baths of jumps stay as
 * they are. Declared equations of the same baths come first, in their order.
 */
export function candidatesOf(
  model: Model,
  place: number,
  methods: ReadonlyMap<string, Method>,
): readonly Candidate[] {
  const base = model.equations[place]!;
  const wanted = bathsOf(base);
  const declared = model.equations.filter((e) => e === base || bathsOf(e) === wanted);
  const known = new Set(declared.map((e) => treatmentOf(e)));
  const isThermal = ({ baths }: EquationClause): boolean =>
    baths.every((b) => model.baths[b]!.kind !== "jumps");
  const made = METHOD_ORDER.map(
    (method): Equation => ({
      ...base,
      name: freeName(method, declared),
      clauses: base.clauses.map((c) => (isThermal(c) ? { ...c, method } : c)),
    }),
  ).filter((e) => !known.has(treatmentOf(e)));
  return [
    ...declared.map((e) => candidate(e, model, methods, true)),
    ...made.map((e) => candidate(e, model, methods, false)),
  ];
}

const bathsOf = ({ clauses }: Equation): string =>
  clauses
    .flatMap((c) => c.baths)
    .sort((a, b) => a - b)
    .join();

/** What tells equations of the same baths apart; their spectral densities count only where they are their own. */
const treatmentOf = ({ clauses }: Equation): string =>
  clauses
    .flatMap((c) =>
      c.baths.map((b) => {
        const collisions = c.method === "collision" ? `${c.duration} ${c.ancillaLevels}` : "";
        return `${b} ${c.method} ${c.spectralDensity ?? ""} ${c.lambShift ?? ""} ${collisions}`;
      }),
    )
    .sort()
    .join("; ");

function freeName(wanted: string, taken: readonly Equation[]): string {
  let name = wanted;
  while (taken.some((e) => e.name === name)) name = `${name}_`;
  return name;
}

function candidate(
  equation: Equation,
  model: Model,
  methods: ReadonlyMap<string, Method>,
  isDeclared: boolean,
): Candidate {
  const { value, diagnostics } = deriveEquations({ ...model, equations: [equation] }, methods);
  const error = diagnostics.find((d) => d.severity === "error");
  return {
    name: equation.name,
    isDeclared,
    methods: [...new Set(equation.clauses.map((c) => c.method))].filter((m) => m !== "jumps"),
    derived: error ? { problem: error.message } : value,
  };
}

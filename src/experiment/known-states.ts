import type { DerivedModel } from "../equation/derive.ts";
import { equationSymbols } from "../equation/equation-symbols.ts";
import type { Sector } from "../lower/sector.ts";
import type { CountedCurrents } from "../solve/counted-currents.ts";
import type { SteadyPoint } from "../solve/steady-point.ts";
import type { SteadyState } from "../solve/steady-state.ts";
import type { SettledOutcome } from "../truncate/settled-steady-state.ts";

/** Steady states that were found, by the equation and the parameters that they depend on; the least used are forgotten. */
export interface KnownStates {
  /**
   * What `find` gives, unless it is known of parameters that differ only in what the equation does not depend on.
   * `reference` is the other point of the parameters that answers depend on.
   */
  readonly at: (
    equation: number,
    parameters: Float64Array,
    reference: Float64Array | undefined,
    find: () => SettledOutcome,
  ) => SettledOutcome;
}

/** Elements of all states that are kept, some 300 bytes for each, and what is added for a failure. */
const MOST_ELEMENTS = 250_000;
const OF_FAILURE = 100;
const MOST_SECTORS = 20;

export function knownStates({ model, equations }: DerivedModel): KnownStates {
  const slots = equations.map((equation) => {
    const symbols = equationSymbols(equation, model.baths, model.parameters);
    return model.parameters.flatMap(({ symbol }, place) => (symbols.has(symbol) ? [place] : []));
  });
  const known = new Map<string, SettledOutcome>();
  const shared = sharedSectors();
  let elements = 0;
  const keep = (key: string, outcome: SettledOutcome): void => {
    known.set(key, outcome);
    elements += sizeOf(outcome);
    for (const [oldest, forgotten] of known) {
      if (elements <= MOST_ELEMENTS) break;
      known.delete(oldest);
      elements -= sizeOf(forgotten);
    }
  };
  return {
    at: (equation, parameters, reference, find) => {
      const valuesIn = (values: Float64Array) => slots[equation]!.map((slot) => values[slot]!).join(",");
      const key = `${equation}:${valuesIn(parameters)}:${reference ? valuesIn(reference) : ""}`;
      const present = known.get(key);
      if (!present) {
        const outcome = find();
        keep(key, alone(outcome, shared));
        return outcome;
      }
      // a map keeps the order in which its keys came in
      known.delete(key);
      known.set(key, present);
      return present.kind === "failed" ? present : recounted(present, find);
    },
  };
}

const sizeOf = (outcome: SettledOutcome): number =>
  outcome.kind === "settled" ? outcome.settled.point.state.unknowns.length : OF_FAILURE;

type SharedSector = (point: SteadyPoint) => Sector;

/**
 * One sector in the place of all that are equal: equations between eigenstates make theirs anew at each point. Observables
 * are compiled once for a sector, so that it belongs to the same windows, too.
 */
function sharedSectors(): SharedSector {
  const known = new Map<string, Sector>();
  // most states come from solvers that give all of theirs one sector
  const ours = new Set<Sector>();
  return ({ sector, basis }) => {
    if (ours.has(sector)) return sector;
    const windows = basis.windows.map(({ first, last }) => `${first}..${last}`);
    const key = `${windows} ${sector.row} ${sector.column} ${sector.unknown}`;
    const present = known.get(key);
    if (present) return present;
    if (known.size === MOST_SECTORS) {
      known.clear();
      ours.clear();
    }
    known.set(key, sector);
    ours.add(sector);
    return sector;
  };
}

/** A state without what it was found with, which is larger by far. */
function alone(outcome: SettledOutcome, shared: SharedSector): SettledOutcome {
  if (outcome.kind === "failed") return outcome;
  const { point, verified, ...settled } = outcome.settled;
  const bare = (whole: SteadyPoint): SteadyPoint => {
    const { statistics: _, ...rest } = whole;
    return { ...rest, sector: shared(whole), state: rest.state.bare ?? withoutResponse(rest.state) };
  };
  return {
    kind: "settled",
    settled: {
      ...settled,
      point: bare(point),
      ...(verified && { verified: { ...verified, point: bare(verified.point) } }),
      counted: UNCOUNTED,
    },
  };
}

const withoutResponse = ({ response: _, ...state }: SteadyState): SteadyState => state;

const UNCOUNTED: CountedCurrents = {
  of: () => ({ kind: "undefined", reason: "a state that is only kept counts nothing" }),
  found: () => [],
};

/** Counting starts anew for each use, since a certificate lists what was counted, and needs what the state was found with. */
function recounted(
  { settled }: Extract<SettledOutcome, { kind: "settled" }>,
  find: () => SettledOutcome,
): SettledOutcome {
  let counted: CountedCurrents | undefined;
  const again = (): CountedCurrents => {
    const outcome = find();
    if (outcome.kind === "failed") throw new Error("a steady state that was found before");
    return outcome.settled.counted;
  };
  return {
    kind: "settled",
    settled: {
      ...settled,
      counted: {
        of: (dissipator, what) => {
          counted ??= again();
          return counted.of(dissipator, what);
        },
        found: () => counted?.found() ?? [],
      },
    },
  };
}

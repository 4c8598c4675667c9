import { sumOperators } from "../algebra/normal-form.ts";
import type { MasterEquation } from "../equation/master-equation.ts";
import type { Model } from "../model/model.ts";
import { parameterSlot } from "../model/parameter-values.ts";
import { meanOverTimeCost } from "../numerics/exponential-action.ts";
import type { SparseMatrix } from "../numerics/sparse-matrix.ts";
import { compileReal } from "../scalar/compile.ts";
import { type AncillaKind, type AncillaPoint, thermalPopulations } from "./ancillas.ts";
import type { CollisionFlow, CollisionMap } from "./collision-map.ts";
import { dissipativeMap, refreshed, systemSector } from "./dissipative-map.ts";
import { lowerEquation } from "./generator.ts";
import { type JointSystem, jointSystem } from "./joint-system.ts";
import { observable } from "./observable.ts";
import { operatorMatrix } from "./operator-matrix.ts";
import { closedSector, type Sector } from "./sector.ts";
import { joinedByCollision, jointUnitary, MAX_JOINT_BLOCK } from "./unitary-collision.ts";
import { type MapAncillas, unitaryMap } from "./unitary-map.ts";
import type { ProductBasis } from "./window.ts";

/** The map of a collision, or why there is none. */
export type CollisionOutcome =
  | { readonly kind: "lowered"; readonly map: CollisionMap; readonly leftOut: number }
  | NoMap;

interface NoMap {
  readonly kind: "too-large" | "not-finite";
  readonly reason: string;
  readonly advice: string;
}

/** Makes the map at a point of the parameters, with given numbers of levels of the ancillas. */
export type CollisionLowering = (
  parameters: ArrayLike<number>,
  ancillas: readonly AncillaPoint[],
  levels: readonly number[],
) => CollisionOutcome;

/** States of system and ancillas that are tried: where they evolve unitarily, and where other baths act on them meanwhile. */
const MAX_UNITARY = 20_000;
const MAX_DISSIPATIVE = 4_000;

/** Arithmetic of a collision during which other baths act, beyond which it takes many minutes. */
const MAX_WORK = 2e11;

/** Unknowns of the system's ρ. */
const MAX_UNKNOWNS = 4_000;

/** Prepares the collisions of an equation on a product basis of the system. */
export function collisionLowering(
  equation: MasterEquation,
  kinds: readonly AncillaKind[],
  model: Model,
  basis: ProductBasis,
): CollisionLowering {
  const isUnitary = equation.dissipators.every((d) => d.collision);
  const limit = isUnitary ? MAX_UNITARY : MAX_DISSIPATIVE;
  const durationAt = compileReal(
    equation.dissipators.find((d) => d.collision)!.collision!.duration,
    parameterSlot,
  );
  const hamiltonian = sumOperators([equation.free, equation.interaction], equation.space);
  const makers = new Map<string, MapMaker>();
  return (parameters, ancillas, levels) => {
    const states = levels.reduce((n, m) => n * m, basis.dimension);
    if (!(states <= limit)) return tooManyStates(states, limit, kinds, levels, isUnitary);
    const key = ancillas.map(({ isInverted }, k) => `${levels[k]}${isInverted ? "-" : ""}`).join(" ");
    let maker = makers.get(key);
    if (!maker) {
      const kept = kinds.map((kind, k) => ({
        ...kind,
        isInverted: ancillas[k]!.isInverted,
        kept: levels[k]!,
      }));
      const joint = jointSystem(equation, basis, model.parameters.length, kept);
      maker = isUnitary ? unitaryMaker(joint) : dissipativeMaker(joint, equation);
      makers.set(key, maker);
    }
    const duration = durationAt(parameters);
    const { thermal, leftOut } = thermalAncillas(kinds, ancillas, levels);
    const made = maker(parameters, ancillas, thermal, duration, equation.dissipators.length);
    if (made.kind !== "made") return made;
    const { sector, rate } = made;
    if (!rate.values.every(Number.isFinite)) return NOT_FINITE;
    const flows = equation.dissipators.map(({ collision, particleNumber }, k): CollisionFlow => {
      const { heat, gross, work, particles } = made.flows[k]!;
      return {
        heat,
        gross,
        ...(!collision && work && { work }),
        ...(particleNumber && particles && { particles }),
      };
    });
    const H = observable(hamiltonian, sector, basis);
    const energy = columnsOf(rate).map((column) => H.trace(parameters, column).re);
    const map = { sector, duration, rate, flows, energy: Float64Array.from(energy) };
    return { kind: "lowered", map, leftOut };
  };
}

type Made =
  | {
      readonly kind: "made";
      readonly sector: Sector;
      readonly rate: SparseMatrix;
      readonly flows: readonly CollisionFlow[];
    }
  | NoMap;

/** The map for ancillas of given numbers of levels. */
type MapMaker = (
  parameters: ArrayLike<number>,
  ancillas: readonly AncillaPoint[],
  thermal: ThermalAncillas,
  duration: number,
  flowCount: number,
) => Made;

/** Ancillas alone act on the system: system and ancillas evolve unitarily. */
function unitaryMaker(joint: JointSystem): MapMaker {
  const { free, interaction, space } = joint.equation;
  const matrix = operatorMatrix(sumOperators([free, interaction], space), joint.basis);
  const { ancillaStates } = joint;
  return (parameters, ancillas, thermal, duration, flowCount) => {
    const each = thermal(joint);
    const energies = Float64Array.from({ length: ancillaStates }, (_, state) =>
      each.each.reduce((sum, { frequency, levels }) => sum + frequency * levels[state]!, 0),
    );
    const found = jointUnitary(
      matrix(joint.parametersAt(parameters, ancillas, duration)),
      duration,
      energies,
    );
    if (found.kind === "too-large") return tooLargeBlock(found.size);
    if (found.kind === "not-finite") return NOT_FINITE;
    const dimension = joint.basis.dimension / ancillaStates;
    const reached = closedSector(dimension, joinedByCollision(found.unitary, ancillaStates), MAX_UNKNOWNS);
    if (reached.kind === "too-large") return tooManyUnknowns(reached.limit);
    const { sector } = reached;
    return { kind: "made", sector, ...unitaryMap(found.unitary, each, duration, sector, flowCount) };
  };
}

/** Other baths act on the system while it collides: its density operator together with the ancillas' evolves. */
function dissipativeMaker(joint: JointSystem, equation: MasterEquation): MapMaker {
  const { ancillaStates, parameterCount } = joint;
  const lowered = lowerEquation(joint.equation, joint.basis, parameterCount, refreshed(ancillaStates));
  if (lowered.kind === "too-large") return () => tooManyElements(joint.basis.dimension);
  const sector = systemSector(lowered.generator.sector, ancillaStates);
  if (sector.size > MAX_UNKNOWNS) return () => tooManyUnknowns(MAX_UNKNOWNS);
  const dissipators = joint.dissipators.map((flow) => ({ flow, source: equation.dissipators[flow]! }));
  return (parameters, ancillas, thermal, duration, flowCount) => {
    const known = joint.parametersAt(parameters, ancillas, duration);
    const { matrix } = lowered.generator.matrixAt(lowered.generator.slotsAt(known));
    if (!matrix.values.every(Number.isFinite)) return NOT_FINITE;
    const work = sector.size * meanOverTimeCost(matrix, duration);
    if (work > MAX_WORK) return tooLong(work);
    const made = dissipativeMap(
      lowered.generator,
      known,
      equation,
      dissipators,
      thermal(joint),
      duration,
      sector,
      flowCount,
    );
    return { kind: "made", sector, ...made };
  };
}

/** The thermal state of the ancillas on the states of a joint system. */
type ThermalAncillas = (joint: JointSystem) => MapAncillas;

function thermalAncillas(
  kinds: readonly AncillaKind[],
  ancillas: readonly AncillaPoint[],
  levels: readonly number[],
): { readonly thermal: ThermalAncillas; readonly leftOut: number } {
  const states = kinds.map((kind, k) => thermalPopulations(kind, ancillas[k]!, levels[k]!));
  return {
    leftOut: states.reduce((most, { leftOut }) => Math.max(most, leftOut), 0),
    thermal: ({ ancillaStates, ancillaLevels }) => ({
      populations: Float64Array.from({ length: ancillaStates }, (_, state) =>
        states.reduce((p, { populations }, k) => p * populations[ancillaLevels[k]![state]!]!, 1),
      ),
      each: kinds.map(({ dissipator }, k) => ({
        levels: ancillaLevels[k]!,
        frequency: ancillas[k]!.frequency,
        charge: ancillas[k]!.isInverted ? -1 : 1,
        flow: dissipator,
      })),
    }),
  };
}

function columnsOf({ rows, columns, columnStarts, rowIndices, values }: SparseMatrix): Float64Array[] {
  return Array.from({ length: columns }, (_, column) => {
    const dense = new Float64Array(rows);
    for (let e = columnStarts[column]!; e < columnStarts[column + 1]!; e++)
      dense[rowIndices[e]!] = values[e]!;
    return dense;
  });
}

const FEWER = "state fewer levels (levels = n beside τ), make β larger, or let fewer baths collide";

function tooManyStates(
  states: number,
  limit: number,
  kinds: readonly AncillaKind[],
  levels: readonly number[],
  isUnitary: boolean,
): NoMap {
  const kept = kinds.map(({ bath }, k) => `${levels[k]} of '${bath}'`).join(", ");
  const meanwhile = isUnitary ? "" : " while other baths act";
  return {
    kind: "too-large",
    reason: `system and ancillas have ${states} states together (levels of the ancillas: ${kept}), more than the ${limit} that are tried${meanwhile}`,
    advice: FEWER,
  };
}

const tooLargeBlock = (size: number): NoMap => ({
  kind: "too-large",
  reason: `the collision joins ${size} states of system and ancillas, too many for its length and strength (${MAX_JOINT_BLOCK} are always tried)`,
  advice: `choose a smaller τ, or ${FEWER}`,
});

const tooManyElements = (states: number): NoMap => ({
  kind: "too-large",
  reason: `a collision while other baths act joins more elements than are tried of the density operator of ${states} states of system and ancillas`,
  advice: FEWER,
});

const tooLong = (work: number): NoMap => ({
  kind: "too-large",
  reason: `a collision that lasts so long while other baths act would take about ${work.toExponential(0)} multiplications, more than the ${MAX_WORK.toExponential(0)} that are tried`,
  advice: `choose a smaller τ, or ${FEWER}`,
});

const tooManyUnknowns = (limit: number): NoMap => ({
  kind: "too-large",
  reason: `the collisions join more than ${limit} elements of ρ`,
  advice: "use fewer subsystems, or smaller windows of levels",
});

const NOT_FINITE: NoMap = {
  kind: "not-finite",
  reason: "a coefficient of the collision is infinite or not a number at this point",
  advice: "look for a root of a negative number or a spectral density without a value",
};

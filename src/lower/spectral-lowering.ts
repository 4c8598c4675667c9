import { sumOperators } from "../algebra/normal-form.ts";
import type { Dissipator, MasterEquation } from "../equation/master-equation.ts";
import type { Model } from "../model/model.ts";
import type { ComplexSparse } from "../numerics/complex-sparse.ts";
import { bathCouplings, type EigenCoupling } from "./bath-couplings.ts";
import { plainDissipator, redfieldDissipators, secularDissipators } from "./bohr-frequencies.ts";
import { type Eigenbasis, eigenbasisOf, toEigenbasis } from "./eigenbasis.ts";
import { DivergentShift } from "./lamb-shift.ts";
import { type JumpsAt, mixedJumps } from "./mixed-jumps.ts";
import { type OperatorMatrix, operatorMatrix } from "./operator-matrix.ts";
import { BadRateError, describeBadRate } from "./rate-check.ts";
import type { SpectralDissipator } from "./spectral-dissipator.ts";
import { type ElementList, type SpectralGenerator, spectralGenerator } from "./spectral-generator.ts";
import { expandEquation } from "./superoperator.ts";
import { DivergentRate } from "./thermal-rates.ts";
import { type ClusterCertificate, unifiedDissipators } from "./unified.ts";
import type { ProductBasis } from "./window.ts";

/** An equation between eigenstates at one point of the parameters. */
export interface SpectralPoint {
  readonly eigenbasis: Eigenbasis;
  readonly generator: SpectralGenerator;
  /** What `generator` is made of, in the order of the equation's dissipators. */
  readonly dissipators: readonly (readonly SpectralDissipator[])[];
  /** H₀ and H − H₀ between the eigenstates of H. */
  readonly free: ComplexSparse;
  readonly interaction: ComplexSparse;
  /** N of each bath between the eigenstates, where it has one; in the order of the equation's dissipators. */
  readonly particleNumbers: readonly (ComplexSparse | undefined)[];
  /** Of an equation with unified baths. */
  readonly clusters?: Clusters;
}

/** H_TD = Σ Ē|n⟩⟨n| and what vouches for it. */
export interface Clusters {
  /** Ē, by eigenstate. */
  readonly energies: Float64Array;
  readonly certificate: ClusterCertificate;
}

export type SpectralOutcome =
  | { readonly kind: "lowered"; readonly point: SpectralPoint }
  | {
      readonly kind: "too-large" | "not-finite" | "no-clusters" | "bad-rate";
      readonly reason: string;
      readonly advice: string;
    };

/** Prepares an equation with spectral dissipators on a product basis; the result makes a point of it. */
export type SpectralLowering = (
  parameters: ArrayLike<number>,
  /** Elements between eigenstates that a state may start with, beside the diagonal. */
  seedsOf?: (eigenbasis: Eigenbasis) => ElementList,
) => SpectralOutcome;

/** Unknowns beyond which a sparse factorisation would need more than a few GiB. */
const MAX_UNKNOWNS = 400_000;

/** Product states beyond which even listing the levels is refused. */
const MAX_DIMENSION = 20_000;

export function spectralLowering(
  equation: MasterEquation,
  model: Model,
  basis: ProductBasis,
): SpectralLowering {
  if (basis.dimension > MAX_DIMENSION) return () => tooManyStates(basis.dimension);
  const hamiltonian = operatorMatrix(
    sumOperators([equation.free, equation.interaction], equation.space),
    basis,
  );
  const free = operatorMatrix(equation.free, basis);
  const interaction = operatorMatrix(equation.interaction, basis);
  const numbers = equation.dissipators.map(
    ({ particleNumber }) => particleNumber && operatorMatrix(particleNumber, basis),
  );
  const jumps = mixedJumps(expandEquation(equation, basis), basis, model.parameters.length);
  const parts = equation.dissipators.map((d, place) => preparePart(d, jumps[place]!, model, basis));
  const given = equation.dissipators.flatMap((d) => d.spectral?.tolerance ?? []);
  const relative = given.length > 0 ? Math.max(...given) : undefined;
  return (parameters, seedsOf) => {
    const found = eigenbasisOf(hamiltonian(parameters), relative);
    if (found.kind === "too-large") return tooLargeBlock(found.size);
    if (found.kind === "failed") return NOT_FINITE;
    const { eigenbasis } = found;
    try {
      const treated = treat(
        parts.map((part) => part(parameters, eigenbasis)),
        eigenbasis,
      );
      if (treated.kind === "no-clusters") return noClusters(treated.best);
      const { dissipators } = treated;
      if (dissipators.flat().some((d) => !d.rate.every(Number.isFinite))) return NOT_FINITE;
      const lowered = spectralGenerator(
        eigenbasis.energies,
        dissipators,
        MAX_UNKNOWNS,
        seedsOf?.(eigenbasis),
      );
      if (lowered.kind === "too-large") return tooManyUnknowns(lowered.limit);
      const between = (matrix: OperatorMatrix) => toEigenbasis(matrix(parameters), eigenbasis);
      return {
        kind: "lowered",
        point: {
          eigenbasis,
          generator: lowered.generator,
          dissipators,
          free: between(free),
          interaction: between(interaction),
          particleNumbers: numbers.map((n) => n && between(n)),
          ...(treated.clusters && { clusters: treated.clusters }),
        },
      };
    } catch (error) {
      if (error instanceof DivergentRate) return DIVERGENT;
      if (error instanceof DivergentShift) return DIVERGENT_SHIFT;
      if (error instanceof BadRateError) return { kind: "bad-rate", ...describeBadRate(error.bad) };
      throw error;
    }
  };
}

/** The dissipators of one bath, or its couplings where all unified baths are clustered together. */
type TreatedPart =
  | { readonly kind: "dissipators"; readonly dissipators: readonly SpectralDissipator[] }
  | { readonly kind: "unified"; readonly couplings: readonly EigenCoupling[] };

type Part = (parameters: ArrayLike<number>, eigenbasis: Eigenbasis) => TreatedPart;

type Treated =
  | {
      readonly kind: "treated";
      readonly dissipators: readonly (readonly SpectralDissipator[])[];
      readonly clusters?: Clusters;
    }
  | { readonly kind: "no-clusters"; readonly best: ClusterCertificate };

function treat(parts: readonly TreatedPart[], eigenbasis: Eigenbasis): Treated {
  const couplings = parts.flatMap((p) => (p.kind === "unified" ? p.couplings : []));
  if (couplings.length === 0) {
    return {
      kind: "treated",
      dissipators: parts.map((p) => (p.kind === "dissipators" ? p.dissipators : [])),
    };
  }
  const unified = unifiedDissipators(couplings, eigenbasis);
  if (unified.kind === "none") return { kind: "no-clusters", best: unified.best };
  let next = 0;
  const dissipators = parts.map((p) =>
    p.kind === "dissipators" ? p.dissipators : p.couplings.flatMap(() => unified.dissipators[next++]!),
  );
  const { energies, certificate } = unified;
  return { kind: "treated", dissipators, clusters: { energies, certificate } };
}

function preparePart(dissipator: Dissipator, jumps: JumpsAt, model: Model, basis: ProductBasis): Part {
  const { spectral } = dissipator;
  if (!spectral) {
    return (parameters, eigenbasis) => ({
      kind: "dissipators",
      dissipators: jumps(parameters).map(({ operator, rate }) =>
        plainDissipator(toEigenbasis(operator, eigenbasis), rate),
      ),
    });
  }
  const { approximation, hasLambShift } = spectral;
  const couplingsAt = bathCouplings(dissipator, model, basis, { hasLambShift });
  return (parameters, eigenbasis) => {
    const couplings = couplingsAt(parameters, eigenbasis);
    if (approximation === "unified") return { kind: "unified", couplings };
    const dissipatorsOf = approximation === "redfield" ? redfieldDissipators : secularDissipators;
    return {
      kind: "dissipators",
      dissipators: couplings.flatMap((c) => dissipatorsOf(c, eigenbasis)),
    };
  };
}

const FEWER = "use fewer subsystems, or smaller windows of levels";

const tooManyStates = (dimension: number): SpectralOutcome => ({
  kind: "too-large",
  reason: `the windows have ${dimension} product states, more than the ${MAX_DIMENSION} whose eigenstates are tried`,
  advice: FEWER,
});

const tooLargeBlock = (size: number): SpectralOutcome => ({
  kind: "too-large",
  reason: `the Hamiltonian joins ${size} product states, too many for their eigenstates`,
  advice: FEWER,
});

const tooManyUnknowns = (limit: number): SpectralOutcome => ({
  kind: "too-large",
  reason: `the equation joins more than ${limit} elements of ρ between the eigenstates`,
  advice: FEWER,
});

const NOT_FINITE: SpectralOutcome = {
  kind: "not-finite",
  reason: "a rate or a coefficient of the equation is infinite or not a number at this point",
  advice:
    "look for a root of a negative number, an infinite temperature or a spectral density without a value",
};

const DIVERGENT: SpectralOutcome = {
  kind: "not-finite",
  reason: "a bath couples levels of equal energy, and its J(ω)n(ω) has no finite limit at ω = 0",
  advice: "give the bath a spectral density that falls off at small frequencies, such as ohmic(cutoff = …)",
};

const DIVERGENT_SHIFT: SpectralOutcome = {
  kind: "not-finite",
  reason: "the Lamb shift of a bath has no finite value: its J(ω) does not fall off, or is singular",
  advice:
    "give the bath a spectral density with a cutoff, such as ohmic(cutoff = …), or leave out lamb_shift = on",
};

const noClusters = ({
  largestShift,
  shiftOverTemperature,
  densityVariation,
}: ClusterCertificate): SpectralOutcome => ({
  kind: "no-clusters",
  reason: `no clustering of the Bohr frequencies can be vouched for: joining the gaps within ten linewidths moves one by ${largestShift.toPrecision(2)}, ${shiftOverTemperature.toPrecision(2)} of the lowest temperature, and J varies by ${Number((100 * densityVariation).toPrecision(2))} % within a cluster`,
  advice: "weaken the couplings to the baths, or compare the local, global and redfield equations",
});

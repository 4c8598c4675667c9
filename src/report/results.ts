/** What a run prints with `--json` (docs/results.schema.json); the other reports render it and compute nothing. */
export interface Results {
  readonly format: "thermill-results/1";
  /** Version of this program. */
  readonly thermill: string;
  /** Version of the language. */
  readonly language: 1;
  readonly units: "hbar = k_B = 1";
  readonly model: string;
  readonly diagnostics: readonly ReportedDiagnostic[];
  readonly results: readonly EquationResults[];
}

/** A diagnostic with its place as editors count, from 1. */
export interface ReportedDiagnostic {
  readonly code: string;
  readonly severity: "error" | "warning";
  readonly message: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly fix?: string;
}

export interface EquationResults {
  readonly equation: string;
  /** The bath that plays each role at the point, e.g. `{ cold: "cold", hot: "hot", load: "load" }`. */
  readonly roles: Readonly<Record<string, string>>;
  readonly rows: readonly Row[];
}

/** The results at one point of the parameters. */
export interface Row {
  /** The experiment that asked for it, and the point of its grid. */
  readonly experiment?: string;
  readonly sweep?: Readonly<Record<string, number>>;
  readonly parameters: Readonly<Record<string, number | null>>;
  /** By the model's spelling without spaces: `heat(cold)`, `ergotropy(q1,q2)`, `mean(r.L)`; null where undefined. */
  readonly quantities: Readonly<Record<string, number | string | null>>;
  /** Why a quantity is null. */
  readonly undefined: Readonly<Record<string, string>>;
  readonly certificate: CertificateReport;
  /** Where it was asked for. */
  readonly spectrum?: SpectrumReport;
  /** Where the point is one that a quantity is largest or smallest at. */
  readonly optimum?: OptimumReport;
}

/** An optimum of an experiment with `maximise` or `minimise`. */
export interface OptimumReport {
  readonly kind: "maximise" | "minimise";
  /** The quantity; its value is among the row's quantities. */
  readonly of: string;
  /** Parameters whose value is an end of the range that was searched. */
  readonly atEnds: readonly string[];
  /** Of the best between the ends, where the best of all sits on an end and has a row of its own. */
  readonly isLocal: boolean;
  /** Whether there is one between the ends. */
  readonly hasInside: boolean;
  /** Points of the parameters that were tried. */
  readonly evaluations: number;
}

/** The slow end of the Liouvillian's spectrum. */
export interface SpectrumReport {
  /** The smallest decay rate; 0 where something never decays; null where modes that are as slow may have been missed. */
  readonly gap: number | null;
  readonly modes: readonly ModeReport[];
  /** How many times 0 is an eigenvalue. */
  readonly kernelDimension: number;
  /** Whether all elements of ρ were looked at, or those alone that the equation joins to its diagonal. */
  readonly isWhole: boolean;
  /** Real unknowns that were looked at. */
  readonly size: number;
  /** No mode that decays slower than this is missing; null where all eigenvalues are known. */
  readonly completeBelow: number | null;
  /** All modes with |λ| up to this are there; null where all eigenvalues are known. */
  readonly radius: number | null;
  readonly method: string;
  /** What all of this is a statement about: the whole space, or truncated windows of levels, and what wider ones changed. */
  readonly windows: SpectrumWindows;
}

export type SpectrumWindows =
  | { readonly kind: "whole" | "unverified" }
  | {
      readonly kind: "verified";
      /** By how many levels they were wider. */
      readonly levels: number;
      /** |difference| of the gap; null where it is not known in one of them. */
      readonly gap: number | null;
      /** The largest distance of a mode that is shown to the nearest one there. */
      readonly modes: number;
    };

/** An eigenvalue λ of the Liouvillian, with im ≥ 0 one of a complex pair, and what it moves. */
export interface ModeReport {
  readonly re: number;
  readonly im: number;
  /** How far λ may be off. */
  readonly error: number;
  /** −1/re; null where it does not decay. */
  readonly decayTime: number | null;
  /** 2π/im; null where it does not turn. */
  readonly period: number | null;
  /** Whether it moves elements of ρ that the equation joins to the diagonal. */
  readonly isInSector: boolean;
  /** By how much means differ between two states whose difference is the mode, largest first. */
  readonly means: readonly { readonly quantity: string; readonly change: number }[];
}

/** What vouches for a steady state. */
export interface CertificateReport {
  /** max|Lρ| over the reachable sector, relative to max|L|. */
  readonly residual: number;
  /** |Tr ρ − 1| */
  readonly traceError: number;
  readonly smallestEigenvalue: number;
  /**
   * Dimension of the kernel of the Liouvillian within the sector, the elements of ρ that the equation joins to its
   * diagonal: 1 where all states without coherences outside it have one steady state.
   */
  readonly kernelDimension: number;
  /** Dimension of the kernel of the whole Liouvillian: 1 where all states have one; null where it was not counted. */
  readonly wholeKernelDimension: number | null;
  /** 1-norm condition estimate of the linear system that was solved. */
  readonly conditionEstimate: number;
  /** Levels kept and the populations at their ends, of each subsystem with a truncated basis. */
  readonly windows: Readonly<Record<string, WindowReport>>;
  /** Of automatic windows, where wider ones were tried. */
  readonly wider?: WiderReport;
  /** Real unknowns that were solved for. */
  readonly sectorSize: number;
  /** d², the unknowns of the whole space. */
  readonly fullSize: number;
  readonly solver: string;
  /** G of the rotating frame e^{iGt} in which the state and all means are taken. */
  readonly frame?: string;
  /** Of an equation between eigenstates of H. */
  readonly levels?: LevelReport;
  /** Of an equation with unified baths. */
  readonly clusters?: ClusterReport;
  /** Of an equation with collisions that last: the state is what one of them leaves as it is. */
  readonly collision?: CollisionReport;
  /** Of each noise that was asked for. */
  readonly noise?: readonly NoiseReport[];
}

/** What vouches for the noise of a bath's current. */
export interface NoiseReport {
  readonly bath: string;
  readonly counted: "energy" | "particles";
  /** About how much of the noise may be round-off. */
  readonly uncertainty: number;
  /** Whether the bath's jumps do not change what is counted by definite amounts, and O(ξ) = e^{iξK/2} O e^{−iξK/2} is a choice. */
  readonly isSymmetrised: boolean;
  /** Of automatic windows: the relative change of the noise in wider ones. */
  readonly wider?: WiderReport;
}

/** The ancillas of collisions. */
export interface CollisionReport {
  /** τ */
  readonly duration: number;
  /** Levels kept of each ancilla, by bath. */
  readonly ancillas: Readonly<Record<string, readonly number[]>>;
  /** The largest thermal population above an ancilla's levels. */
  readonly leftOut: number;
  /** What one more level of each automatic ancilla changes, relative; null where all numbers are stated. */
  readonly change: number | null;
}

/** What changes in wider windows. */
export interface WiderReport {
  /** The largest relative change: of a state's heats, works, and means and variances of truncated levels; of a noise. */
  readonly change: number;
  /** By how many levels they were wider. */
  readonly levels: number;
  /** By how much each reported number is another in them. */
  readonly quantities?: Readonly<Record<string, number>>;
  /** The reported number that changes the most, relative to itself or to the largest heat, whichever is larger. */
  readonly most?: { readonly quantity: string; readonly relative: number };
}

/** Which energies of the truncated Hamiltonian count as one level. */
export interface LevelReport {
  readonly count: number;
  /** Energies closer than this are one level: as a fraction of the spectral range, and in units of energy. */
  readonly relativeTolerance: number;
  readonly tolerance: number;
  /** The largest Bohr frequency. */
  readonly largestFrequency: number;
  /** Whether a spectral density is made of it, and so depends on the windows. */
  readonly isCutoff: boolean;
}

/** How the Bohr frequencies of a unified equation were joined. */
export interface ClusterReport {
  /** Gaps closer than this were joined, in units of energy; and how many linewidths that is. */
  readonly width: number;
  readonly linewidths: number;
  readonly clusters: number;
  /** The largest shift of a gap, in units of energy; and in units of the lowest temperature. */
  readonly largestShift: number;
  readonly shiftOverTemperature: number;
  /** The largest relative variation of a spectral density within a cluster. */
  readonly densityVariation: number;
}

export interface WindowReport {
  readonly first: number;
  readonly last: number;
  readonly isAutomatic: boolean;
  /** Largest population of the first and last level (the k first and last where a term moves by k); null at an end that is the end of the basis itself. */
  readonly edgePopulations: readonly [number | null, number | null];
}

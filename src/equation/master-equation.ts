import type { NormalForm, Space } from "../algebra/normal-form.ts";
import type { Canonical } from "../scalar/canonical.ts";
import type { Scalar } from "../scalar/scalar.ts";

/**
 * ρ̇ = −i[H − G, ρ] + Σ_b L_b[ρ], each bath's dissipator kept apart. Operators are normal forms of the untruncated
 * algebra; scalars are in the model's parameters (and level symbols), among which may be `time`.
 */
export interface MasterEquation {
  readonly name: string;
  readonly space: Space;
  /** H₀ */
  readonly free: NormalForm;
  /** H − H₀: interactions and drives. In a frame this is constant, e^{iGt}(H − H₀)e^{−iGt}. */
  readonly interaction: NormalForm;
  /** G of the rotating frame e^{iGt} in which states are taken; absent in the laboratory. */
  readonly frame?: NormalForm;
  /** What the drive does: its power is the mean of ∂H/∂t, in a frame −i[G, H]. Absent where nothing drives. */
  readonly power?: NormalForm;
  /** Whether the generator changes in time: then there is no steady state. */
  readonly dependsOnTime: boolean;
  readonly dissipators: readonly Dissipator[];
}

/** L_b[ρ] = Σ rate·D[O], D[O]ρ = OρO† − ½{O†O, ρ}. */
export interface Dissipator {
  /** Place in `Model.baths`. */
  readonly bath: number;
  readonly method: string;
  /** Of methods that name their jumps beforehand; of collisions those of the limit of short ones. */
  readonly jumps: readonly JumpTerm[];
  /** N, up to a constant: what the bath's couplings lower by one and H conserves; absent where there is no such charge. */
  readonly particleNumber?: NormalForm;
  /** What a bosonic or fermionic bath couples to, by whatever method. */
  readonly coupling?: BathCoupling;
  /** Of methods whose jumps are made between the eigenstates of H, at each point of the parameters. */
  readonly spectral?: SpectralTreatment;
  /** Of collisions that last: in the place of L_b stands what they make of ρ. */
  readonly collision?: CollisionTreatment;
}

/**
 * A bath of ancillas that meet the system for a time τ and are discarded, Eqs. (5)–(9):
 * ρ → Tr_B[e^{−iτ(H + H_B + H_I/√τ)} ρ⊗ρ_B e^{iτ(H + H_B + H_I/√τ)}].
 */
export interface CollisionTreatment {
  /** τ */
  readonly duration: Scalar;
  /** The levels kept of each bosonic ancilla; found automatically where absent. */
  readonly levels?: number;
  readonly ancillas: readonly Ancilla[];
}

/** One ancilla, of energy ω b†b, in exchange with the system: H_I = sqrt(J(ω)) (A b† + h.c.). */
export interface Ancilla {
  /** A, amplitude included; it lowers the energy where ω > 0. Where ω < 0 a boson has |ω|, and A and A† change places. */
  readonly operator: NormalForm;
  readonly frequency: Canonical;
  /** J(ω), of |ω| for bosons. */
  readonly density: Scalar;
}

/** The operators that a bath couples to, and its spectral density. */
export interface BathCoupling {
  readonly operators: readonly CouplingOperator[];
  /** J as an expression in the symbol `w` (the frequency) and parameters: the equation's, or else the bath's. */
  readonly density: Scalar;
}

/** How a bath is treated between the eigenstates of H. */
export interface SpectralTreatment {
  readonly approximation: "secular" | "redfield" | "unified";
  /** Whether H gains the principal-value part of the bath's correlations. */
  readonly hasLambShift: boolean;
  /** Energies that differ by less than this fraction of the spectral range are one level; absent for the usual one. */
  readonly tolerance?: number;
}

export interface CouplingOperator {
  /** Amplitude included. */
  readonly operator: NormalForm;
  /** A = A†: coupled to a Hermitian operator of the bath; else exchange coupling, A⊗E† + A†⊗E. */
  readonly isHermitian: boolean;
}

export interface JumpTerm {
  /** Amplitude included. */
  readonly operator: NormalForm;
  /** Whether a thermal jump gives energy to its bath or takes it; an emission is followed by its absorption. */
  readonly direction?: "emission" | "absorption";
  /** The rate as a paper writes it, valid for positive Bohr frequencies; 1 for explicit jumps. */
  readonly rate: Scalar;
  /** The rate for numbers of either sign: where the frequency is negative, A and A† change places. */
  readonly evaluatedRate: Scalar;
  /** Energy that the jump takes from the free Hamiltonian; absent for explicit jumps. */
  readonly frequency?: Canonical;
  /** Subsystems on whose level the frequency depends: such a jump is one jump for each of their levels. */
  readonly levelwise: readonly number[];
}

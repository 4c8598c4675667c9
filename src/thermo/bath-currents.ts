/** Energy and particles per time that enter the system through one bath. */
export interface BathCurrents {
  /**
   * Tr[(K − μN) L_b ρ], K = H₀ of a local bath (Eqs. (18), (21)), H or H_TD of one between eigenstates (Eq. 29); of
   * ancillas −Tr[(H_B − μN_B) Δρ]/τ.
   */
  readonly heat: number;
  /** Tr[(H − H₀) L_b ρ], Eqs. (24), (25); undefined of ancillas that collide together with those of another bath. */
  readonly work: number | undefined;
  /** μ Tr[N L_b ρ] */
  readonly chemicalWork: number;
  /** Tr[N L_b ρ]; undefined where H conserves no number that the bath's couplings lower by one. */
  readonly particles: number | undefined;
  /** A heat smaller than this is round-off of larger flows back and forth. */
  readonly roundOff: number;
  /** Inverse temperature; undefined for jumps without one. */
  readonly beta: number | undefined;
}

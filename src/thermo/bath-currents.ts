/** Energy per time that enters the system through one bath. */
export interface BathCurrents {
  /** Tr[H₀ L_b ρ], Eqs. (18), (21) */
  readonly heat: number;
  /** Tr[(H − H₀) L_b ρ], Eqs. (24), (25) */
  readonly work: number;
  /** A heat smaller than this is round-off of larger flows back and forth. */
  readonly roundOff: number;
  /** Inverse temperature; undefined for jumps without one. */
  readonly beta: number | undefined;
}

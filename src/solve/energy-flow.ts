/** Traces of L_b ρ. */
export interface EnergyFlow {
  /** Tr[H₀ L_b ρ]; of a bath of ancillas −Tr[H_B Δρ]/τ. */
  readonly free: number;
  /** Tr[(H − H₀) L_b ρ]; 0 of a bath of ancillas, whose work belongs to all of them together. */
  readonly interaction: number;
  /** Tr[H_TD L_b ρ], where a bath is unified. */
  readonly thermodynamic?: number;
  /** Tr[N L_b ρ], where the bath exchanges particles that H conserves. */
  readonly particles?: number;
  /** Σ of the moduli that the traces are sums of: what their round-off is measured against. */
  readonly bound: number;
}

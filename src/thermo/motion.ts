/** What a state on its way has beside one at rest. Unknowns are those of the point's sector. */
export interface Motion {
  readonly time: number;
  /** dρ/dt, and Σ_b L_b ρ of it. */
  readonly change: Float64Array;
  readonly dissipative: Float64Array;
  /** dU/dt */
  readonly energyRate: number;
  /** By place in `Model.baths`: energy that has come in since the start, and ∫βQ̇dt where the temperature depends on time. */
  readonly accumulated: readonly {
    readonly heat: number;
    readonly work: number;
    readonly chemicalWork: number;
    readonly entropyFlow?: number;
  }[];
  /** What the drives have put in since the start. */
  readonly accumulatedDrive: number;
  /** −Tr[ρ log ρ] at the start. */
  readonly initialEntropy: number;
}

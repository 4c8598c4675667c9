/** How a steady state responds to what disturbs it. */
export interface LinearResponse {
  /**
   * Solves L x = right, Tr x = 0 for a right-hand side without trace with what the state was solved by:
   * x = −∫₀^∞ e^{Lt} right dt.
   */
  readonly respond: (right: Float64Array) => ResponseOutcome;
  /** About the error of the elements of ρ beyond their own rounding, relative to the largest of them. */
  readonly stateError: number;
}

export type ResponseOutcome =
  | {
      readonly kind: "found";
      readonly x: Float64Array;
      /** About the relative error of x beyond what round-off in the right-hand side leads to. */
      readonly relativeError: number;
    }
  | { readonly kind: "failed"; readonly reason: string };

/** L x for one part of a generator, and Σ|L_ij x_j|, what its round-off is measured against. */
export interface Image {
  readonly change: Float64Array;
  readonly gross: Float64Array;
}

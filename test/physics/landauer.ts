/**
 * ∫dω/2π |[(ω − h)⁻¹]_1N|² for a chain of sites with the given energies, one hopping amplitude and losses at its two ends
 * (imaginary parts −loss/2 in h): the transmission of Landauer's formula divided by both losses. Quadrature over
 * ω = centre + width·tan(θ/2), in which the integrand is periodic and analytic, so that the midpoint rule converges
 * exponentially. With `power` 2 the square of what is averaged: ∫dω/2π of the transmission squared.
 */
export function meanSquareResponse(
  energies: readonly number[],
  hopping: number,
  losses: readonly [first: number, last: number],
  points = 20000,
  power: 1 | 2 = 1,
): number {
  const centre = energies.reduce((sum, e) => sum + e, 0) / energies.length;
  const width = losses[0] + losses[1] + 2 * Math.abs(hopping) + Math.max(...energies) - Math.min(...energies);
  let total = 0;
  for (let k = 0; k < points; k++) {
    const t = Math.tan(Math.PI * ((k + 0.5) / points - 0.5));
    total += response(centre + width * t, energies, hopping, losses) ** power * width * (1 + t ** 2);
  }
  return total / (2 * points); // dω = (width/2)(1 + t²)dθ, dθ = 2π/points, and 1/2π
}

/** |[(ω − h)⁻¹]_1N|² = hopping^{2(N−1)}/|det(ω − h)|², the determinant of a tridiagonal matrix by recurrence. */
function response(
  ω: number,
  energies: readonly number[],
  hopping: number,
  losses: readonly [number, number],
): number {
  const last = energies.length - 1;
  let [re, im] = [1, 0];
  let [beforeRe, beforeIm] = [0, 0];
  for (const [j, energy] of energies.entries()) {
    const x = ω - energy;
    const y = ((j === 0 ? losses[0] : 0) + (j === last ? losses[1] : 0)) / 2;
    const nextRe = x * re - y * im - hopping ** 2 * beforeRe;
    const nextIm = x * im + y * re - hopping ** 2 * beforeIm;
    [beforeRe, beforeIm, re, im] = [re, im, nextRe, nextIm];
  }
  return hopping ** (2 * last) / (re ** 2 + im ** 2);
}

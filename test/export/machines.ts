import { readdirSync } from "node:fs";
import { modelText } from "../physics/steady.ts";

// Models beside the shipped ones whose export is not plain: each holds what the name says.

/** Fermionic modes with a qubit between them: signs of Jordan and Wigner, chemical potentials, reserved words as names. */
const MODES = `
model dots "two leads, a qubit beside"
parameter e = 1
parameter t = 0.3
parameter lambda = 2
parameter mu_l = 0.7
subsystem a, b : mode
subsystem q : qubit
subsystem c : mode
hamiltonian {
  free e*a.n + 1.4*b.n + 0.9*c.n + 0.3*q.σz
  interaction t*(a.c†*b.c + h.c.) + 0.5*a.n*b.n + 0.2*(b.c†*c.c + h.c.) + 0.15*q.σz*b.n
}
bath left  : fermionic { β = 1/lambda; μ = mu_l; couples sqrt(0.1)*a.c }
bath right : fermionic { β = 1.5; μ = -0.2; couples sqrt(0.2)*c.c }
bath hot   : bosonic   { β = 0.4; couples 0.3*q.σ⁻ }
equation on_site  { local left, right, hot }
equation dressed  { global left, right, hot with { spectrum = ohmic(cutoff = 5) } }
equation coherent { redfield left, right; local hot }
quantity gain = particles(left)/mu_l when particles(left) > 0
`;

/** Frequencies that depend on the level, products of ladder operators at the ends of stated windows, a bath at zero temperature. */
const ANHARMONIC = `
model kerr
parameter K = 0.2
parameter np = 0.1 "a name that Python's users import"
subsystem m : oscillator(n in 0..5)
subsystem k : oscillator(n in 0..3)
hamiltonian {
  free 1*m.N + K*m.a†^2*m.a^2 + 1.7*k.N
  interaction np*(m.a*k.a† + h.c.) + 0.02*(m.a + m.a†)*(m.a + m.a†)
}
bath warm : bosonic { β = 0.7; couples sqrt(0.01)*m.a }
bath cold : bosonic { β = inf; couples sqrt(0.05)*k.a }
bath noise : jumps { jump 0.1*k.N }
equation weak { local warm, cold; jumps noise }
`;

/** Spins and named levels with Hermitian couplings, some with diagonal parts, and nearly equal frequencies. */
const NEAR = `
model near_resonance
parameter B = 1
parameter d = 0.02
subsystem s : spin(j = 1)
subsystem t : levels(g, x, e)
subsystem q : qubit
hamiltonian {
  free B*s.Sz + (B + d)*t.|x><x| + 2.3*t.|e><e| + (B - d)/2*q.σz
  interaction 0.01*(s.S⁺*t.|g><x| + h.c.) + 0.005*s.Sx*q.σx
}
bath one   : bosonic { β = 1;   spectrum = ohmic(cutoff = 3); couples 0.1*s.Sx + 0.05*s.Sz }
bath two   : bosonic { β = 0.3; couples 0.1*(t.|g><x| + t.|x><g|) }
bath three : bosonic { β = 0.5; couples 0.07*q.σ⁺ }
bath four  : bosonic { β = 0.6; couples 0.1*t.|x><e| }
equation joined   { unified one, two, three, four with { spectrum = ohmic(cutoff = 3) } }
equation apart    { global one, two, three, four with { spectrum = power_law(exponent = 1.5, cutoff = 3) } }
equation coherent { redfield one, two, three, four with { spectrum = ohmic_exponential(cutoff = 3) } }
equation mixed    { unified one, two, four with { spectrum = ohmic(cutoff = 3) }; local three }
`;

/** A rotor between stated momenta with shifted angles and steps of two. */
const ANGLES = `
model angles
parameter φ0 = 0.4
subsystem r : rotor(l in -3..4)
subsystem q : qubit
hamiltonian {
  free 0.5*r.L^2 + q.σz
  interaction 0.2*cos(2*r.φ + φ0)*q.σz + 0.1*(exp(-2*i*r.φ)*q.σ⁺ + h.c.)
}
bath hot  : bosonic { β = 0.5; couples 0.2*q.σ⁻ }
bath drag : jumps { β = 0.8; jump 0.3*(cos(r.φ) - 0.1*i*sin(r.φ)*r.L); jump 0.3*(sin(r.φ) + 0.1*i*cos(r.φ)*r.L) }
equation turning { local hot; jumps drag }
`;

const SHIPPED: readonly string[] = readdirSync(new URL("../../models", import.meta.url))
  .filter((file) => file.endsWith(".thermill"))
  .map((file) => file.replace(".thermill", ""));

/** Every shipped model and the ones above. */
export const MACHINES: readonly { readonly name: string; readonly text: string }[] = [
  ...SHIPPED.map((name) => ({ name, text: modelText(name) })),
  { name: "modes", text: MODES },
  { name: "anharmonic", text: ANHARMONIC },
  { name: "near", text: NEAR },
  { name: "angles", text: ANGLES },
];

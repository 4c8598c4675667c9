import type { SpectrumSignature } from "../model/vocabulary.ts";
import { binary, call, negative, number, type Scalar } from "../scalar/scalar.ts";

const times = (a: Scalar, b: Scalar) => binary("*", a, b);
const over = (a: Scalar, b: Scalar) => binary("/", a, b);
const square = (a: Scalar) => binary("^", a, number(2));

/** J = 1: the square of the coupling amplitude is the rate (Eq. 14). */
const flat: SpectrumSignature = {
  name: "flat",
  description: "J = 1, so that the squared amplitude of a coupling is its rate",
  parameters: [],
  density: () => number(1),
};

/** ω Ω²/(ω² + Ω²), Eq. (A16) without the coupling. */
const ohmic: SpectrumSignature = {
  name: "ohmic",
  description: "ω with a Lorentz–Drude cutoff: ω Ω²/(ω² + Ω²)",
  parameters: ["cutoff"],
  density: (w, [cutoff]) => over(times(w, square(cutoff!)), binary("+", square(w), square(cutoff!))),
};

const ohmicExponential: SpectrumSignature = {
  name: "ohmic_exponential",
  description: "ω with an exponential cutoff: ω exp(−ω/Ω)",
  parameters: ["cutoff"],
  density: (w, [cutoff]) => times(w, call("exp", negative(over(w, cutoff!)))),
};

const powerLaw: SpectrumSignature = {
  name: "power_law",
  description: "sub- or super-ohmic: Ω (ω/Ω)^s exp(−ω/Ω)",
  parameters: ["exponent", "cutoff"],
  density: (w, [exponent, cutoff]) =>
    times(times(cutoff!, binary("^", over(w, cutoff!), exponent!)), call("exp", negative(over(w, cutoff!)))),
};

const lorentzian: SpectrumSignature = {
  name: "lorentzian",
  description: "structured: κ²/((ω − ω0)² + κ²), one at its centre",
  parameters: ["centre", "width"],
  density: (w, [centre, width]) =>
    over(square(width!), binary("+", square(binary("-", w, centre!)), square(width!))),
};

/** The spectral densities that every model can name. */
export const SPECTRA: readonly SpectrumSignature[] = [flat, ohmic, ohmicExponential, powerLaw, lorentzian];

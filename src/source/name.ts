const GREEK: Readonly<Record<string, string>> = {
  α: "alpha",
  β: "beta",
  γ: "gamma",
  δ: "delta",
  ε: "epsilon",
  ζ: "zeta",
  η: "eta",
  θ: "theta",
  ι: "iota",
  κ: "kappa",
  λ: "lambda",
  μ: "mu",
  ν: "nu",
  ξ: "xi",
  π: "pi",
  ρ: "rho",
  σ: "sigma",
  ς: "sigma",
  τ: "tau",
  υ: "upsilon",
  φ: "phi",
  χ: "chi",
  ψ: "psi",
  ω: "omega",
  Γ: "Gamma",
  Δ: "Delta",
  Θ: "Theta",
  Λ: "Lambda",
  Ξ: "Xi",
  Π: "Pi",
  Σ: "Sigma",
  Φ: "Phi",
  Ψ: "Psi",
  Ω: "Omega",
};

/** Characters that mean the same letter as another one; brought together before names are compared. */
const VARIANTS: Readonly<Record<string, string>> = { µ: "μ", ϕ: "φ", ϵ: "ε", ϑ: "θ", "\u2212": "-" };

const SIGNS: Readonly<Record<string, string>> = { "⁺": "plus", "⁻": "minus" };

const SUBSCRIPT_ZERO = "₀".codePointAt(0)!;

/** A name in NFC with letter variants unified: how messages and reports print it. */
export function normaliseName(text: string): string {
  return [...text.normalize("NFC")].map((c) => VARIANTS[c] ?? c).join("");
}

/**
 * The ASCII spelling by which names are compared: `β₁`, `β1` and `beta1` give `beta1`; `σ⁺` gives `sigmaplus`.
 * Characters without a spelling are kept, so that different names stay different.
 */
export function asciiName(text: string): string {
  return [...normaliseName(text)].map(asciiCharacter).join("");
}

function asciiCharacter(character: string): string {
  const code = character.codePointAt(0)!;
  if (code >= SUBSCRIPT_ZERO && code <= SUBSCRIPT_ZERO + 9) return String(code - SUBSCRIPT_ZERO);
  return GREEK[character] ?? SIGNS[character] ?? character;
}

/** Whether two spellings are one name. */
export function sameName(a: string, b: string): boolean {
  return asciiName(a) === asciiName(b);
}

/** The candidate closest to `name` for "did you mean", or undefined where none is near (edit distance on ASCII spellings). */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  const wanted = asciiName(name);
  let best: string | undefined;
  let bestDistance = Math.min(3, Math.ceil(wanted.length / 2)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(wanted.toLowerCase(), asciiName(candidate).toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substitution, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}

/** Greek letters as LaTeX writes them; those that look Latin are no names in model files. */
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
  τ: "tau",
  υ: "upsilon",
  φ: "varphi",
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
  Υ: "Upsilon",
  Φ: "Phi",
  Ψ: "Psi",
  Ω: "Omega",
};

const BY_WORD = new Map(Object.values(GREEK).map((word) => [word === "varphi" ? "phi" : word, `\\${word}`]));

const SUBSCRIPT_DIGITS = "₀₁₂₃₄₅₆₇₈₉";

/**
 * A name of a model file as a physicist sets it: `B1` is B_{1}, `βr` β_{r}, `T_warm` T_{\mathrm{warm}}, `field[2]`
 * \mathrm{field}_{2}.
 */
export function nameLatex(name: string): string {
  const { base, subscript } = nameParts(name);
  return subscript === undefined ? base : `${base}_{${subscript}}`;
}

/** The two parts of a name in LaTeX, for those who add a superscript or another subscript. */
export function nameParts(name: string): { readonly base: string; readonly subscript?: string } {
  const plain = name.replace(/[₀-₉]/g, (digit) => String(SUBSCRIPT_DIGITS.indexOf(digit)));
  const [, head = "", index] = /^(.*?)(?:\[(.*)\])?$/.exec(plain)!;
  const { letter, rest } = splitHead(head);
  const subscripts = [rest.replace(/^_+/, ""), index ?? ""].filter((s) => s !== "").map(subscriptLatex);
  return { base: letter, ...(subscripts.length > 0 && { subscript: subscripts.join(",") }) };
}

/** The letter that a name begins with and what follows it; a word of Latin letters is one upright symbol. */
function splitHead(head: string): { readonly letter: string; readonly rest: string } {
  const [first = ""] = head;
  if (Object.hasOwn(GREEK, first)) return { letter: `\\${GREEK[first]!}`, rest: head.slice(1) };
  const [, word = "", rest = ""] = /^([A-Za-z]+)(.*)$/s.exec(head) ?? ["", head, ""];
  const greek = BY_WORD.get(word);
  if (greek) return { letter: greek, rest };
  if (word.length === 1) return { letter: word, rest };
  const [, name = word, digits = ""] = /^(.*?)((?:\d|_).*)?$/s.exec(head) ?? [];
  return { letter: `\\mathrm{${escaped(name)}}`, rest: digits };
}

/** One letter or a number as it is, words upright. */
export function subscriptLatex(text: string): string {
  if (/^(\d+|[A-Za-z])$/.test(text)) return text;
  const greek = GREEK[text] ?? BY_WORD.get(text)?.slice(1);
  if (greek) return `\\${greek}`;
  const [first = ""] = text;
  if (Object.hasOwn(GREEK, first) || [...text].some((c) => Object.hasOwn(GREEK, c))) return nameLatex(text);
  return `\\mathrm{${escaped(text)}}`;
}

const escaped = (text: string): string => text.replace(/_/g, "\\_");

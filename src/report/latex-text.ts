import { nameLatex } from "../formula/name-latex.ts";

const SPECIAL: Readonly<Record<string, string>> = {
  "\\": "\\textbackslash{}",
  "{": "\\{",
  "}": "\\}",
  $: "\\$",
  "&": "\\&",
  "#": "\\#",
  "%": "\\%",
  _: "\\_",
  "^": "\\textasciicircum{}",
  "~": "\\textasciitilde{}",
  "<": "$<$",
  ">": "$>$",
  "|": "$|$",
  "−": "$-$",
  "→": "$\\to$",
  "≥": "$\\geq$",
  "≤": "$\\leq$",
  "∞": "$\\infty$",
  ħ: "$\\hbar$",
  ℏ: "$\\hbar$",
  "†": "$^{\\dagger}$",
  "⁺": "$^{+}$",
  "⁻": "$^{-}$",
  "²": "$^{2}$",
  "…": "\\ldots{}",
  "–": "--",
  "—": "---",
  "“": "``",
  "”": "''",
  "’": "'",
};

/** Plain text for LaTeX's text mode: special characters escaped, Greek letters as mathematics. */
export function latexText(text: string): string {
  return [...text.normalize("NFC")].map(latexCharacter).join("");
}

function latexCharacter(character: string): string {
  const special = SPECIAL[character];
  if (special !== undefined) return special;
  if (/[α-ωΑ-Ω]/u.test(character)) {
    const latex = nameLatex(character);
    return latex.startsWith("\\") ? `$${latex}$` : character;
  }
  // what a plain LaTeX has no glyph for must not stop it
  return /[\u0020-\u007e\u00c0-\u00ff]/u.test(character) ? character : "?";
}

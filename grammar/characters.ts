import type { Problem } from "./problem.ts";

/** Signs that Thermill writes otherwise, and how. */
const SIGNS: Readonly<Record<string, string>> = {
  ...all("\u2010\u2011\u2012\u2013\u2014\u2015\uFE63\uFF0D", "-"),
  ...all("×·⋅∗•⨯⊗", "*"),
  ...all("÷∕⁄", "/"),
  ...all("“”„‟«»'‘’", '"'),
  ...all("∣│｜", "|"),
  ...all("〉〉", ">"),
  ...all("〈〈", "<"),
  ...all("≡", "=="),
  "≤": "<=",
  "≥": ">=",
  "≠": "!=",
  "∧": "and",
  "&": "and",
  "∨": "or",
  "¬": "not",
  "!": "not, or != for unequal",
  "√": "sqrt( )",
  "∑": "sum(j in 1..N)",
  "∏": "*",
  "∈": "in",
  "…": "..",
  "½": "1/2",
  "⅓": "1/3",
  "¼": "1/4",
  "⅔": "2/3",
  "¾": "3/4",
  ℏ: "hbar (a name that you may declare; Thermill sets it to 1)",
  "%": "# before a comment",
  "\\": "the letter itself (σ) or its name (sigma)",
};

/** Letters of other alphabets that look like Latin ones, and variants of Greek letters. */
const LETTERS: Readonly<Record<string, string>> = {
  ...each(
    "\u0391\u0392\u0395\u0396\u0397\u0399\u039A\u039C\u039D\u039F\u03A1\u03A4\u03A5\u03A7\u03BF",
    "ABEZHIKMNOPTYXo",
  ),
  ...each(
    "\u0410\u0412\u0415\u0405\u0406\u0408\u041A\u041C\u041D\u041E\u0420\u0421\u0422\u0423\u0425",
    "ABESIJKMHOPCTYX",
  ),
  ...each("\u0430\u0435\u043E\u0440\u0441\u0443\u0445\u0455\u0456\u0458", "aeopcyxsij"),
  ...each("\u03D6\u03F1\u03F0\u03F4", "πρκΘ"),
};

const NAME_LETTER = /^[A-Za-z0-9_₀-₉⁺⁻µÀ-ÖØ-öø-\u024F\u1E00-\u1EFFαβγδεζηθικλμνξπρσςτυφχψωΓΔΘΛΞΠΣΦΨΩϕϵϑ]/;
const LETTER_WITH_MARKS = /.[\u0300-\u036F]*/gu;
const INVISIBLE = /^[\p{Cf}\p{Cc}\p{Cs}]/u;
const ALPHABETS = [
  { name: "Greek", letters: /\p{Script=Greek}/u },
  { name: "Cyrillic", letters: /\p{Script=Cyrillic}/u },
];
const POWER = /^⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+$/;
const POWER_DIGITS = each("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789");

function all(characters: string, replacement: string): Record<string, string> {
  return Object.fromEntries([...characters].map((c) => [c, replacement]));
}

function each(characters: string, replacements: string): Record<string, string> {
  return Object.fromEntries([...characters].map((c, i) => [c, replacements[i]!]));
}

/** What is wrong with a character, or a power in superscripts, that begins no token. */
export function characterProblem(text: string, start: number): Problem {
  const fix = replacementFor(text);
  return {
    kind: "character",
    start,
    end: start + text.length,
    message: `unexpected character ${describe(String.fromCodePoint(text.codePointAt(0)!))}`,
    ...(fix === undefined ? {} : { fix }),
  };
}

/** The sign that Thermill has for a character, if there is one. */
export function signFor(character: string): string | undefined {
  return Object.hasOwn(SIGNS, character) ? SIGNS[character] : undefined;
}

function replacementFor(text: string): string | undefined {
  if (POWER.test(text)) return `write ^${[...text].map((c) => POWER_DIGITS[c]).join("")}`;
  const sign = signFor(text);
  if (sign !== undefined) return `write ${sign}`;
  if (INVISIBLE.test(text)) return "delete it: it is invisible";
  const plain = text.normalize("NFKC");
  return plain !== text && NAME_LETTER.test(plain) ? `write ${plain}` : undefined;
}

/** What is wrong with the first letter of a word that no name may hold, if there is one. */
export function letterProblem(word: string, offset: number): Problem | undefined {
  for (const { 0: letter, index } of word.matchAll(LETTER_WITH_MARKS)) {
    if (isNameLetter(letter)) continue;
    const replacement = plainLetter(letter);
    const looks = /[A-Za-z]/.test(replacement) ? `; it looks like the Latin ${replacement}` : "";
    return {
      kind: "letter",
      start: offset + index,
      end: offset + index + letter.length,
      message: `${describe(letter)} is not a letter of names, which are Latin and Greek${looks}`,
      ...(replacement === letter ? {} : { fix: `write ${replacement}` }),
    };
  }
  return undefined;
}

/** The word with each foreign letter replaced by the one it looks like. */
export function plainName(word: string): string {
  return word.replace(LETTER_WITH_MARKS, (letter) => (isNameLetter(letter) ? letter : plainLetter(letter)));
}

function isNameLetter(letter: string): boolean {
  return NAME_LETTER.test(letter.normalize("NFC"));
}

/** The letter that names may hold instead, or the letter itself where there is none. */
function plainLetter(letter: string): string {
  const base = letter.normalize("NFD")[0]!;
  return LETTERS[letter] ?? LETTERS[base] ?? (NAME_LETTER.test(base) ? base : letter);
}

/** `'Β' (Greek, U+0392)`; of plain characters the sign alone, of invisible ones the number. */
function describe(character: string): string {
  const number = `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`;
  if (INVISIBLE.test(character)) return number;
  if (character < "\u007F") return `'${character}'`;
  const alphabet = ALPHABETS.find(({ letters }) => letters.test(character));
  return `'${character}' (${alphabet === undefined ? "" : `${alphabet.name}, `}${number})`;
}

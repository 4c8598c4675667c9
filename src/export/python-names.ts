import { asciiName } from "../source/name.ts";

/** Gives names of a model their spelling in Python, each its own. */
export interface PythonNames {
  /** An identifier for a name that has none yet: `q[1].σ⁻` becomes `q_1_sigmaminus`; one that is taken gets a `_`. */
  readonly claim: (name: string) => string;
}

/** Words that a Python name may not be, and built-in functions that a script may call. */
const PYTHON_WORDS =
  "False None True and as assert async await break class continue def del elif else except finally for from global if " +
  "import in is lambda nonlocal not or pass raise return try while with yield match case type " +
  "abs all any bool complex dict enumerate filter float format int len list map max min open pow print range round set " +
  "sorted str sum super tuple vars zip";

/** Names for Python that meet neither its own words nor `reserved`, nor each other. */
export function pythonNames(reserved: readonly string[]): PythonNames {
  const taken = new Set([...PYTHON_WORDS.split(" "), ...reserved]);
  return {
    claim: (name) => {
      let identifier = identifierOf(name);
      while (taken.has(identifier)) identifier += "_";
      taken.add(identifier);
      return identifier;
    },
  };
}

/** ASCII letters, digits and `_`; whatever else a name holds is spelt by its code. */
function identifierOf(name: string): string {
  const spelt = [...asciiName(name).replace(/[[\].,|><\s]+/g, "_")]
    .map((c) => (/\w/.test(c) ? c : `u${c.codePointAt(0)!.toString(16)}`))
    .join("")
    .replace(/^_+|_+$/g, "");
  return /^[A-Za-z]/.test(spelt) ? spelt : `x_${spelt}`;
}

/**
 * Text of a model for a comment: on one line, without characters that end it, hide it or turn it round.
 */
export const commentText = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu, " ").trim();

/** Text as a Python string. */
export const pythonString = (text: string): string =>
  JSON.stringify(text).replace(/[\p{Cf}\p{Zl}\p{Zp}]/gu, escapedCharacter);

const escapedCharacter = (character: string): string =>
  `\\U${character.codePointAt(0)!.toString(16).padStart(8, "0")}`;

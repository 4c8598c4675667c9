import { createToken, Lexer, type TokenType } from "chevrotain";

/**
 * Every kind of token. The lexer matches those with a pattern; words become keywords, `|`, `<`, `>` parts of kets and
 * ends of lines ends of statements in the passes that follow it (see `read.ts`).
 */

// ───────────────────────────── categories: what the parser asks for

// Wider than what names may hold, so that a look-alike letter is one error in a word and not a hole in it.
const LATIN = "A-Za-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u024F\\u1E00-\\u1EFF\\u212A\\u212B";
const GREEK =
  "\\u00B5\\u0370-\\u0373\\u0376\\u0377\\u037B-\\u037D\\u037F\\u0386\\u0388-\\u03F5\\u03F7-\\u03FF\\u1F00-\\u1FFF\\u2126";
const CYRILLIC = "\\u0400-\\u0481\\u048A-\\u052F";
const LETTERS = `${LATIN}${GREEK}${CYRILLIC}_`;
const COMBINING_MARKS = "\\u0300-\\u036F";

/** A name, or a keyword away from the head of its statement or clause. */
export const Name = createToken({
  name: "Name",
  label: "name",
  pattern: new RegExp(`[${LETTERS}](?:[${LETTERS}0-9₀-₉]|[${COMBINING_MARKS}])*(?:[⁺⁻](?![⁰¹²³⁴⁵⁶⁷⁸⁹]))?`),
});

export const BinaryOperator = createToken({ name: "BinaryOperator", label: "operator", pattern: Lexer.NA });
export const PrefixOperator = createToken({
  name: "PrefixOperator",
  label: "prefix operator",
  pattern: Lexer.NA,
});
/** The reserved words that are values. */
export const Constant = createToken({ name: "Constant", label: "constant", pattern: Lexer.NA });

// ───────────────────────────── words

type Words<Word extends string> = Readonly<Record<Word, TokenType>>;

/** Token types for `words`, named with a capital. */
function words<const Word extends string>(list: readonly Word[], categories: TokenType[]): Words<Word> {
  const entries = list.map((word): [Word, TokenType] => {
    const name = word[0]!.toUpperCase() + word.slice(1);
    return [word, createToken({ name, label: word, pattern: Lexer.NA, categories })];
  });
  return Object.fromEntries(entries) as Words<Word>;
}

/** Keywords at the head of a statement of the file. */
export const declarationKeyword = words(
  [
    "thermill",
    "model",
    "use",
    "parameter",
    "let",
    "kind",
    "spectrum",
    "subsystem",
    "hamiltonian",
    "bath",
    "equation",
    "variant",
    "quantity",
    "state",
    "experiment",
  ],
  [Name],
);

/** Keywords at the head of a statement inside the braces of a kind, a Hamiltonian, a bath or an experiment. */
export const itemKeyword = words(
  [
    "basis",
    "operator",
    "free",
    "interaction",
    "drive",
    "frame",
    "couples",
    "jump",
    "steady",
    "evolve",
    "sweep",
    "record",
    "plot",
    "mark",
    "maximise",
    "minimise",
    "find",
    "with",
  ],
  [Name],
);

/** Keywords that begin a clause within a statement (`with` does both). */
export const clauseKeyword = words(["from", "over", "within", "against", "by", "on", "when"], [Name]);

/** Reserved everywhere, for values. */
export const constantWord = words(["i", "pi", "inf", "time", "all"], [Constant]);

/** Reserved everywhere, for operations. */
export const operatorWord = {
  ...words(["sum", "in"], []),
  ...words(["and", "or"], [BinaryOperator]),
  ...words(["not"], [PrefixOperator]),
};

/** All keywords that are names elsewhere, by spelling. */
export const contextualKeywords: Words<string> = { ...declarationKeyword, ...itemKeyword, ...clauseKeyword };

/** All words that are never names, by spelling. */
export const reservedWords: Words<string> = {
  ...constantWord,
  π: constantWord.pi,
  "∞": constantWord.inf,
  ...operatorWord,
};

// ───────────────────────────── literals

export const NumberToken = createToken({
  name: "Number",
  label: "number",
  pattern: /\d+(?:\.\d+)?(?:[eE][+\-−]?\d+)?/,
});
/** `5.` or `.5`: reported, then read as a number. */
export const MalformedNumber = createToken({
  name: "MalformedNumber",
  pattern: /\d+\.(?![\d.])(?:[eE][+\-−]?\d+)?|\.\d+(?:[eE][+\-−]?\d+)?/,
});
export const StringToken = createToken({ name: "String", label: "text in quotes", pattern: /"[^"\r\n]*"/ });
/** Reported, then read as if the quote stood at the end of its line, or before a brace there. */
export const UnterminatedString = createToken({ name: "UnterminatedString", pattern: /"[^"\r\n{}]*/ });
export const HermitianConjugate = createToken({
  name: "HermitianConjugate",
  label: "h.c.",
  pattern: /h\.c\.(?![.A-Za-z_\u0370-\u03FF])/,
});

// ───────────────────────────── signs

function sign(name: string, label: string, pattern: RegExp, categories: TokenType[] = []): TokenType {
  return createToken({ name, label, pattern, categories });
}

export const Range = sign("Range", "..", /\.\./, [BinaryOperator]);
export const EqualTo = sign("EqualTo", "==", /==/, [BinaryOperator]);
export const NotEqualTo = sign("NotEqualTo", "!=", /!=/, [BinaryOperator]);
export const LessOrEqual = sign("LessOrEqual", "<=", /<=/, [BinaryOperator]);
export const GreaterOrEqual = sign("GreaterOrEqual", ">=", />=/, [BinaryOperator]);
export const Less = sign("Less", "<", /</, [BinaryOperator]);
export const Greater = sign("Greater", ">", />/, [BinaryOperator]);
export const Plus = sign("Plus", "+", /\+/, [BinaryOperator]);
export const Minus = sign("Minus", "-", /[-−]/, [BinaryOperator, PrefixOperator]);
export const Times = sign("Times", "*", /\*/, [BinaryOperator]);
export const Divide = sign("Divide", "/", /\//, [BinaryOperator]);
export const Power = sign("Power", "^", /\^/, [BinaryOperator]);
export const Dagger = sign("Dagger", "†", /†/);
export const Dot = sign("Dot", ".", /\./);
export const Comma = sign("Comma", ",", /,/);
export const Colon = sign("Colon", ":", /:/);
export const Equals = sign("Equals", "=", /=/);
export const LeftParenthesis = sign("LeftParenthesis", "(", /\(/);
export const RightParenthesis = sign("RightParenthesis", ")", /\)/);
export const LeftBracket = sign("LeftBracket", "[", /\[/);
export const RightBracket = sign("RightBracket", "]", /\]/);
export const LeftBrace = sign("LeftBrace", "{", /\{/);
export const RightBrace = sign("RightBrace", "}", /\}/);
export const InfinitySign = sign("InfinitySign", "∞", /∞/);

// ───────────────────────────── kets: `|`, `<`, `>` by what they do (see kets.ts)

export const Bar = sign("Bar", "|", /\|/);
export const LeftAngle = sign("LeftAngle", "⟨", /⟨/);
export const RightAngle = sign("RightAngle", "⟩", /⟩/);
const role = (name: string, label: string) => createToken({ name, label, pattern: Lexer.NA });
export const KetOpen = role("KetOpen", "|");
export const KetClose = role("KetClose", ">");
export const BraOpen = role("BraOpen", "<");
export const BraClose = role("BraClose", "|");

// ───────────────────────────── lines

export const Newline = createToken({ name: "Newline", pattern: /\r\n|\r|\n/ });
export const Semicolon = sign("Semicolon", ";", /;/);
/** The end of a statement: of its line, at `;` or before `}` (see statement-ends.ts). */
export const End = createToken({ name: "End", label: "END", pattern: Lexer.NA });

const WhiteSpace = createToken({
  name: "WhiteSpace",
  pattern: /[ \t\f\v\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000\uFEFF]+/,
  group: Lexer.SKIPPED,
});
const Comment = createToken({ name: "Comment", pattern: /#[^\r\n]*/, group: "comments" });

const ANY_CHARACTER = "[\\uD800-\\uDBFF][\\uDC00-\\uDFFF]|[\\u0000-\\uFFFF]";

/** What begins no other token: reported, then read as the sign that it looks like, if there is one. */
export const Foreign = createToken({
  name: "Foreign",
  pattern: new RegExp(`⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+|${ANY_CHARACTER}`),
});

/** What the lexer matches, the first that fits winning; together they match every text. */
export const lexerTokens: readonly TokenType[] = [
  WhiteSpace,
  Newline,
  Comment,
  HermitianConjugate,
  Name,
  MalformedNumber,
  NumberToken,
  StringToken,
  UnterminatedString,
  Range,
  Dot,
  EqualTo,
  Equals,
  NotEqualTo,
  LessOrEqual,
  Less,
  GreaterOrEqual,
  Greater,
  Plus,
  Minus,
  Times,
  Divide,
  Power,
  Dagger,
  Comma,
  Colon,
  Semicolon,
  LeftParenthesis,
  RightParenthesis,
  LeftBracket,
  RightBracket,
  LeftBrace,
  RightBrace,
  Bar,
  LeftAngle,
  RightAngle,
  InfinitySign,
  Foreign,
];

/** What the parser may meet. */
export const parserTokens: readonly TokenType[] = [
  Name,
  BinaryOperator,
  PrefixOperator,
  Constant,
  ...Object.values(contextualKeywords),
  ...Object.values(constantWord),
  ...Object.values(operatorWord),
  ...lexerTokens,
  KetOpen,
  KetClose,
  BraOpen,
  BraClose,
  End,
];

import type { TokenType } from "chevrotain";
import { precedence } from "./precedence.ts";
import type { Production } from "./rule-order.ts";
import * as t from "./tokens.ts";

/** Tokens that stand for many spellings; their names are written in capitals. */
const CLASSES: ReadonlySet<string> = new Set(
  [t.Name, t.NumberToken, t.StringToken, t.Constant, t.BinaryOperator, t.PrefixOperator, t.End].map(
    ({ name }) => name,
  ),
);

/** The grammar in EBNF: `{ }` any number of times, `[ ]` at most once; then what the words in capitals stand for. */
export function ebnf(rules: readonly Production[]): string {
  const productions = rules.map((rule) => `${rule.name} = ${sequence(rule.definition)} ;`);
  return `${[HEADER, ...productions, lexicalPart()].join("\n\n")}\n`;
}

const HEADER = "(* Thermill, generated from grammar/ by grammar/generate.ts *)";

function sequence(productions: readonly Production[] = []): string {
  return productions.map(production).join(" ");
}

function production(p: Production): string {
  switch (p.type) {
    case "NonTerminal":
      return p.name;
    case "Terminal":
      return terminal(p);
    case "Option":
      return `[ ${sequence(p.definition)} ]`;
    case "Repetition":
      return `{ ${sequence(p.definition)} }`;
    case "RepetitionWithSeparator":
      return `[ ${separated(p)} ]`;
    case "RepetitionMandatoryWithSeparator":
      return separated(p);
    case "Alternation":
      return choice((p.definition ?? []).map((alternative) => sequence(alternative.definition)));
    default:
      throw new Error(`no EBNF for a ${p.type}`);
  }
}

function separated(p: Production): string {
  const item = sequence(p.definition);
  return `${item} { ${terminal(p.separator!)} ${item} }`;
}

function choice(alternatives: readonly string[]): string {
  return `( ${alternatives.join(" | ")} )`;
}

function terminal(token: { readonly name: string; readonly label?: string }): string {
  return CLASSES.has(token.name) ? capitals(token.name) : `"${token.label ?? token.name}"`;
}

function capitals(name: string): string {
  return name.replace(/(?<=[a-z])(?=[A-Z])/g, "_").toUpperCase();
}

function lexicalPart(): string {
  const operators = precedence.map(
    ({ infix = [], prefix, side }) =>
      `   ${[...infix.map(spelling), ...(prefix === undefined ? [] : [`${spelling(prefix)} (prefix)`])].join("  ")}${
        side === "right" ? "  (to the right)" : ""
      }`,
  );
  const contextual = Object.keys(t.contextualKeywords).join(" ");
  return [
    "(* BINARY_OPERATOR and PREFIX_OPERATOR, from the loosest to the tightest; all group to the left but ^,",
    "   and .. and comparisons do not stand in a row:",
    ...operators,
    "   tightest of all: .name [ ] ( ) † *)",
    `(* CONSTANT: ${[...Object.keys(t.constantWord), "π", "∞"].join(" ")} *)`,
    `(* NAME: Latin and Greek letters, digits, _ and subscript digits, beginning with a letter or _, at the end`,
    `   perhaps ⁺ or ⁻; not a reserved word: ${Object.keys(t.reservedWords).join(" ")}.`,
    `   A keyword is a name wherever a name may stand: ${contextual} *)`,
    `(* NUMBER: digits, with digits on both sides of a point, perhaps e and a whole power of ten *)`,
    `(* STRING: anything but " and line ends between " and " *)`,
    `(* END: the end of a line, ";", or nothing before "}" and at the end of the file. A line goes on inside ( ) and`,
    `   [ ], and where it ends or the next begins with a binary operator, "in", "," "=" ":" or "." *)`,
    `(* "|" "<" ">" are parts of kets where "|" has begun one; "⟨" and "⟩" are accepted there. # begins a comment. *)`,
  ].join("\n");
}

function spelling(type: TokenType): string {
  return type.LABEL ?? type.name;
}

import type { ProblemKind } from "../../grammar/problem.ts";
import type { DiagnosticTable } from "../source/diagnostic.ts";

/** What a text can get wrong before its meaning is asked for. */
export const syntaxCodes = {
  E101: { severity: "error", title: "the file is too long" },
  E102: { severity: "error", title: "a character that Thermill does not use" },
  E103: { severity: "error", title: "a letter in a name that is neither Latin nor Greek, or only looks so" },
  E104: { severity: "error", title: "a number without a digit on both sides of its point" },
  E105: { severity: "error", title: "text in quotes that does not end on its line" },
  E106: { severity: "error", title: "a ket or matrix unit that does not end on its line" },
  E107: { severity: "error", title: "a parenthesis, bracket or brace without its counterpart" },
  E108: { severity: "error", title: "nested too deeply" },
  E109: { severity: "error", title: "a statement that begins with no word known in its place" },
  E110: { severity: "error", title: "a statement that ends too early" },
  E111: { severity: "error", title: "a reserved word in the place of a name" },
  E112: { severity: "error", title: "two values side by side" },
  E113: { severity: "error", title: "something else was expected" },
  E114: { severity: "error", title: "comparisons or ranges in a row" },
  E115: { severity: "error", title: "a language version that is unknown or does not stand first" },
  E116: { severity: "error", title: "a second model statement" },
  E117: { severity: "error", title: "a subsystem with two windows" },
  E118: { severity: "error", title: "a statement that belongs in other braces, or outside of them" },
  E119: { severity: "error", title: "too many errors to show" },
} as const satisfies DiagnosticTable;

/** A code of this phase. */
export type SyntaxCode = keyof typeof syntaxCodes;

/** The code of each problem that the reader finds. */
export const codeOfProblem: Readonly<Record<ProblemKind, SyntaxCode>> = {
  "text-too-long": "E101",
  character: "E102",
  letter: "E103",
  number: "E104",
  string: "E105",
  ket: "E106",
  bracket: "E107",
  nesting: "E108",
  head: "E109",
  misplaced: "E118",
  incomplete: "E110",
  reserved: "E111",
  juxtaposition: "E112",
  unexpected: "E113",
};

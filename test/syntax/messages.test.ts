import { describe, expect, it } from "vitest";
import { parse } from "../../src/syntax/parse.ts";

interface Wrong {
  readonly text: string;
  readonly code: string;
  /** The part of the text that the message is about. */
  readonly at: string;
  readonly message: string;
  readonly fix?: string;
}

/** Texts with one fault each, and all that is said of it. */
const wrong: readonly Wrong[] = [
  // characters
  {
    text: "let x = a×b",
    code: "E102",
    at: "×",
    message: "unexpected character '×' (U+00D7)",
    fix: "write *",
  },
  {
    text: "let x = a — b",
    code: "E102",
    at: "—",
    message: "unexpected character '—' (U+2014)",
    fix: "write -",
  },
  {
    text: "let x = y²",
    code: "E102",
    at: "²",
    message: "unexpected character '²' (U+00B2)",
    fix: "write ^2",
  },
  {
    text: "let x = y⁻¹²",
    code: "E102",
    at: "⁻¹²",
    message: "unexpected character '⁻' (U+207B)",
    fix: "write ^-12",
  },
  {
    text: "let x = ½",
    code: "E102",
    at: "½",
    message: "unexpected character '½' (U+00BD)",
    fix: "write 1/2",
  },
  {
    text: "let x = a ≤ b",
    code: "E102",
    at: "≤",
    message: "unexpected character '≤' (U+2264)",
    fix: "write <=",
  },
  {
    text: "parameter ℏ = 1",
    code: "E102",
    at: "ℏ",
    message: "unexpected character 'ℏ' (U+210F)",
    fix: "write hbar (a name that you may declare; Thermill sets it to 1)",
  },
  {
    text: "let x = 𝛽 + 1",
    code: "E102",
    at: "𝛽",
    message: "unexpected character '𝛽' (U+1D6FD)",
    fix: "write β",
  },
  {
    text: "let x = a\u200Bb",
    code: "E102",
    at: "\u200B",
    message: "unexpected character U+200B",
    fix: "delete it: it is invisible",
  },
  {
    text: "let x = 1 % one",
    code: "E102",
    at: "%",
    message: "unexpected character '%'",
    fix: "write # before a comment",
  },
  { text: "let x = a @ b", code: "E102", at: "@", message: "unexpected character '@'" },
  // letters
  {
    text: "parameter Βeta = 3",
    code: "E103",
    at: "Β",
    message:
      "'Β' (Greek, U+0392) is not a letter of names, which are Latin and Greek; it looks like the Latin B",
    fix: "write B",
  },
  {
    text: "pаrameter x = 3",
    code: "E103",
    at: "а",
    message:
      "'а' (Cyrillic, U+0430) is not a letter of names, which are Latin and Greek; it looks like the Latin a",
    fix: "write a",
  },
  {
    text: "let x = ϱ",
    code: "E103",
    at: "ϱ",
    message: "'ϱ' (Greek, U+03F1) is not a letter of names, which are Latin and Greek",
    fix: "write ρ",
  },
  // numbers, texts, kets
  {
    text: "let x = .5",
    code: "E104",
    at: ".5",
    message: "'.5': a number has a digit on both sides of its point",
    fix: "write 0.5 (a range is written with two points: 1..N)",
  },
  {
    text: "let x = 5.",
    code: "E104",
    at: "5.",
    message: "'5.': a number has a digit on both sides of its point",
    fix: "write 5.0 (a range is written with two points: 1..N)",
  },
  {
    text: 'let x = 1 "one',
    code: "E105",
    at: '"one',
    message: 'the text in quotes has no closing "',
    fix: 'end it with " on the same line',
  },
  {
    text: "let x = |y|",
    code: "E106",
    at: "|y|",
    message: "'|' begins a ket |…>, and no '>' closes it on this line",
    fix: "write abs(x) for an absolute value, and 'or' between conditions",
  },
  {
    text: "let x = a.|x><e\nlet y = 1",
    code: "E106",
    at: "<",
    message: "'<' begins the column of a matrix unit |…><…|, and no '|' closes it on this line",
  },
  {
    text: "let x = a.|0>",
    code: "E110",
    at: ">",
    message: "the statement ends after '>', where '<' is expected",
    fix: "a matrix unit is written |row><column|",
  },
  // brackets
  {
    text: "let x = (1 + f(2)",
    code: "E107",
    at: "(",
    message: "'(' is never closed",
    fix: "write ')' where it ends",
  },
  {
    text: "experiment e { sweep x in {1, 2} }",
    code: "E113",
    at: "{",
    message: "expected a value after 'in', found '{'",
    fix: "a list is written [1, 2]",
  },
  {
    text: "let x = 1)))",
    code: "E107",
    at: ")",
    message: "')' closes nothing",
    fix: "delete it, or open it before",
  },
  {
    text: "let x = 1)",
    code: "E107",
    at: ")",
    message: "')' closes nothing",
    fix: "delete it, or open it before",
  },
  { text: "let x = [1, 2)", code: "E107", at: ")", message: "'[' is closed by ')'", fix: "write ']'" },
  {
    text: "let x = f([1, 2)",
    code: "E107",
    at: "[",
    message: "'[' is never closed",
    fix: "write ']' where it ends",
  },
  { text: "variant v { a = 1", code: "E107", at: "1", message: "'}' is missing at the end of the file" },
  { text: "variant v { a = 1\nlet x = 2", code: "E107", at: "let", message: "'}' is missing before 'let'" },
  {
    text: "bath b : jumps\n jump a\n jump b\n}",
    code: "E107",
    at: "jumps",
    message: "'{' is missing after 'jumps'",
  },
  {
    text: "bath b : jumps β = 1; jump a }",
    code: "E107",
    at: "jumps",
    message: "'{' is missing after 'jumps'",
  },
  {
    text: "hamiltonian\n free a\n}",
    code: "E107",
    at: "hamiltonian",
    message: "'{' is missing after 'hamiltonian'",
  },
  {
    text: "experiment e {\n with { a = 1\n steady e\n}",
    code: "E107",
    at: "steady",
    message: "'}' is missing before 'steady'",
  },
  {
    text: "jump a\njump b\ncouples c",
    code: "E118",
    at: "jump",
    message: "'jump' does not belong here",
    fix: "it stands in the braces of a bath",
  },
  { text: "}", code: "E107", at: "}", message: "'}' closes nothing", fix: "delete it, or open it before" },
  // heads of statements
  {
    text: "paramter x = 3",
    code: "E109",
    at: "paramter",
    message: "expected a declaration, found 'paramter'",
    fix: "did you mean 'parameter'?",
  },
  {
    text: "Γ = 3",
    code: "E109",
    at: "Γ",
    message: "expected a declaration, found 'Γ'",
    fix: "write parameter Γ = … or let Γ = …",
  },
  {
    text: "hamiltonian { fre x }",
    code: "E109",
    at: "fre",
    message: "expected a term of the Hamiltonian, found 'fre'",
    fix: "did you mean 'free'?",
  },
  {
    text: "hamiltonian { q.σz }",
    code: "E109",
    at: "q",
    message: "expected a term of the Hamiltonian, found 'q'",
    fix: "it begins with free, interaction, drive or frame",
  },
  {
    text: "hamiltonian { jump x }",
    code: "E118",
    at: "jump",
    message: "'jump' does not belong here",
    fix: "it stands in the braces of a bath",
  },
  {
    text: "experiment e { let y = 3 }",
    code: "E118",
    at: "let",
    message: "'let' does not belong here",
    fix: "it stands outside of braces",
  },
  {
    text: "bath b : bosonic { β 3 }",
    code: "E109",
    at: "β",
    message: "expected a line of a bath, found 'β'",
    fix: "it begins with couples or jump; a setting is written β = 1",
  },
  {
    text: "experiment e {\n plot a\n against b }",
    code: "E109",
    at: "against",
    message: "'against' goes on with a statement and begins none",
    fix: "put it at the end of the line above",
  },
  {
    text: "experiment e { β = 3 }",
    code: "E109",
    at: "β",
    message: "expected a line of an experiment, found 'β'",
    fix: "it begins with steady, evolve, with, sweep, record, plot, mark, maximise, minimise or find; settings stand in with { β = … }",
  },
  // statements that end too early
  {
    text: "let x = 3 +",
    code: "E110",
    at: "+",
    message: "the statement ends after '+', where a value is expected",
  },
  {
    text: "parameter x",
    code: "E110",
    at: "x",
    message: "the statement ends after 'x', where '=' is expected",
  },
  {
    text: "let",
    code: "E110",
    at: "let",
    message: "the statement ends after 'let', where a name is expected",
  },
  {
    text: "bath b : jumps",
    code: "E110",
    at: "jumps",
    message: "the statement ends after 'jumps', where '{' is expected",
  },
  {
    text: "let x =\nlet y = 3",
    code: "E110",
    at: "=",
    message: "the statement ends after '=', where a value is expected",
  },
  // names
  {
    text: "parameter i = 3",
    code: "E111",
    at: "i",
    message: "'i' is reserved for the imaginary unit and cannot be a name",
    fix: "choose another name",
  },
  {
    text: "let x = a.in",
    code: "E111",
    at: "in",
    message: "'in' is reserved for an operation and cannot be a name",
    fix: "choose another name",
  },
  // products without a sign
  {
    text: "let x = 2I",
    code: "E112",
    at: "2I",
    message: "'2' and 'I' stand side by side; a product needs its sign",
    fix: "write 2*I",
  },
  {
    text: "let x = 2 I",
    code: "E112",
    at: "2 I",
    message: "'2' and 'I' stand side by side; a product needs its sign",
    fix: "write 2*I",
  },
  {
    text: "let x = f(a b)",
    code: "E112",
    at: "a b",
    message: "'a' and 'b' stand side by side; a product needs its sign",
    fix: "write a*b",
  },
  {
    text: "let y = sin(x) cos(x)",
    code: "E112",
    at: ") cos",
    message: "')' and 'cos' stand side by side; a product needs its sign",
    fix: "write * between them",
  },
  {
    text: "let x = 2(a + b)",
    code: "E112",
    at: "(a + b)",
    message: "two values stand side by side",
    fix: "write 2*(a + b) for their product",
  },
  // other things
  {
    text: "bath b bosonic { β = 1 }",
    code: "E113",
    at: "bosonic",
    message: "expected ':' after 'b', found 'bosonic'",
  },
  {
    text: "experiment e { steady a b }",
    code: "E113",
    at: "b",
    message: "'a' and 'b' stand side by side",
    fix: "write a, b",
  },
  {
    text: "experiment e { plot a agains b }",
    code: "E113",
    at: "agains",
    message: "expected 'against' or 'by', found 'agains'",
    fix: "did you mean 'against'?",
  },
  {
    text: "experiment e { find work = 0 over x in 0..1 }",
    code: "E113",
    at: "=",
    message: "expected 'over' after 'work', found '='",
    fix: "write == to compare",
  },
  {
    text: "experiment e { sweep x from 0 }",
    code: "E113",
    at: "from",
    message: "expected 'in' after 'x', found 'from'",
  },
  { text: "let x = f(a,)", code: "E113", at: ")", message: "expected a value after ',', found ')'" },
  {
    text: "let x = +3",
    code: "E113",
    at: "+",
    message: "expected a value after '=', found '+'",
    fix: "leave the + out",
  },
  {
    text: "let x = a**b",
    code: "E113",
    at: "*",
    message: "expected a value after '*', found '*'",
    fix: "write ^ for a power",
  },
  {
    text: "let x = a < b < c",
    code: "E114",
    at: "<",
    message: "comparisons do not stand in a row",
    fix: "write a < b and b < …",
  },
  { text: "let x = 1..2..3", code: "E114", at: "..", message: "a range has two ends, not three" },
  // the file
  {
    text: "thermill 2",
    code: "E115",
    at: "2",
    message: "version 2 of the language is not known here",
    fix: "write thermill 1, or use a newer Thermill",
  },
  {
    text: "model a\nthermill 1",
    code: "E115",
    at: "thermill 1",
    message: "the version of the language stands once, first in the file",
  },
  {
    text: "model a\nmodel b",
    code: "E116",
    at: "model b",
    message: "a file holds one model, and this is a second",
    fix: "put it in a file of its own",
  },
  {
    text: "subsystem m : oscillator(n in 0..3, k in 0..2)",
    code: "E117",
    at: "k in 0..2",
    message: "a subsystem has one window, and this is a second",
  },
];

describe("what wrong text gets", () => {
  it.each(wrong.map((one) => [one.text, one] as const))("%s", (_, { text, code, at, message, fix }) => {
    const { diagnostics } = parse({ name: "wrong.thermill", text });
    const said = diagnostics.map((d) => ({
      code: d.code,
      at: text.slice(d.span.start, d.span.end),
      message: d.message,
      ...(d.fix === undefined ? {} : { fix: d.fix }),
    }));
    expect(said).toEqual([{ code, at, message, ...(fix === undefined ? {} : { fix }) }]);
  });

  it("points at the brace that a missing one would close", () => {
    const text = "variant v { a = 1\nlet x = 2";
    const [diagnostic] = parse({ name: "wrong.thermill", text }).diagnostics;
    expect(diagnostic?.related).toEqual([
      { message: "the '{' that it closes", span: { file: "wrong.thermill", start: 10, end: 11 } },
    ]);
  });
});

describe("several faults in one file", () => {
  const text = `model m
paramter a = 1
parameter b = 2I
subsystem q qubit
hamiltonian {
  fre q.σz
  free b*q.σz
  interaction q.σx +
}
bath cold bosonic { β = 1; couples q.σ⁻ q.σ⁺ }
bath hot : bosonic { β = = 1; couples (q.σ⁻; role = hot }
equation e { local cold hot with { a = 1; b }; jumps load }
let c = a × b ≤ 2
let d = 3
`;

  it("are each told once, in the order of the text", () => {
    const { diagnostics } = parse({ name: "wrong.thermill", text });
    expect(diagnostics.map((d) => [d.code, text.slice(d.span.start, d.span.end)])).toEqual([
      ["E109", "paramter"],
      ["E112", "2I"],
      ["E113", "qubit"],
      ["E109", "fre"],
      ["E110", "+"],
      ["E113", "bosonic"],
      ["E112", "σ⁻ q"],
      ["E113", "="],
      ["E107", "("],
      ["E113", "hot"],
      ["E110", "b"],
      ["E102", "×"],
      ["E102", "≤"],
    ]);
  });

  it("leave the rest of the file as it is", () => {
    const { value } = parse({ name: "wrong.thermill", text });
    expect(value.declarations.map((d) => d.kind)).toEqual(["hamiltonian", "bath", "equation", "let", "let"]);
    expect(value.declarations[0]).toMatchObject({ terms: [{ role: "free" }] });
    expect(value.declarations[1]).toMatchObject({ settings: [{ name: { text: "role" } }], couplings: [{}] });
  });

  it("are counted where they are too many to show", () => {
    const { diagnostics } = parse({ name: "wrong.thermill", text: "let\n".repeat(150) });
    expect(diagnostics).toHaveLength(101);
    expect(diagnostics.at(-1)).toMatchObject({
      code: "E119",
      message: "50 more errors from here on are not shown",
    });
  });
});

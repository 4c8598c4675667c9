import { EOF, type IToken } from "chevrotain";
import { nearestName } from "../src/source/name.ts";
import { decodeExpectation, type Expectation } from "./expectation.ts";
import { describeExpected } from "./expected-words.ts";
import { explainHead } from "./explain-head.ts";
import type { Problem } from "./problem.ts";
import type { BadStatement, StatementRule } from "./sound-part.ts";
import { clauseWords } from "./statement-words.ts";
import { is, isAny, placeOf } from "./token-list.ts";
import * as t from "./tokens.ts";

/** Where a statement cannot be read. */
interface Failure {
  readonly rule: StatementRule;
  readonly head: IToken;
  readonly before: IToken;
  /** The token that does not fit. */
  readonly found: IToken;
  readonly after: IToken | undefined;
  readonly expected: Expectation;
}

/** The problem of a statement that cannot be read: the first explanation that fits. */
export function explain({ tokens, rule, failure: exception }: BadStatement): Problem {
  const found = exception.token;
  const head = tokens[0]!;
  if (found === head) return explainHead(tokens, rule);
  const at = found.tokenType === EOF ? tokens.length : tokens.indexOf(found);
  const expected = decodeExpectation(exception.message);
  const failure = { rule, head, before: tokens[at - 1]!, found, after: tokens[at + 1], expected };
  return (
    endsTooEarly(failure) ??
    reservedName(failure) ??
    missingComma(failure) ??
    clauseWord(failure) ??
    juxtaposition(failure) ??
    somethingElse(failure)
  );
}

const MATRIX_UNIT = "a matrix unit is written |row><column|";

function endsTooEarly({ found, before, expected }: Failure): Problem | undefined {
  if (found.tokenType !== EOF) return undefined;
  const message = `the statement ends after '${before.image}', where ${describeExpected(expected)} is expected`;
  const fix = expected.rule === "bra" ? MATRIX_UNIT : undefined;
  return { kind: "incomplete", ...placeOf(before), message, ...(fix === undefined ? {} : { fix }) };
}

const RESERVED_FOR: Readonly<Record<string, string>> = {
  i: "the imaginary unit",
  pi: "the number π",
  inf: "infinity",
  time: "the time",
  all: "all subsystems",
};

function reservedName({ found, expected }: Failure): Problem | undefined {
  const word = found.tokenType.LABEL!;
  const isWord = isAny(found, Object.values(t.reservedWords));
  if (!isWord || !expected.tokens.includes(t.Name.name) || describeExpected(expected) === "a value")
    return undefined;
  const message = `'${found.image}' is reserved for ${RESERVED_FOR[word] ?? "an operation"} and cannot be a name`;
  return { kind: "reserved", ...placeOf(found), message, fix: "choose another name" };
}

const VALUE_STARTS = [t.Name, t.NumberToken, t.Constant, t.HermitianConjugate, t.KetOpen, t.operatorWord.sum];
const VALUE_ENDS = [
  t.Name,
  t.NumberToken,
  t.Constant,
  t.HermitianConjugate,
  t.Dagger,
  t.RightParenthesis,
  t.RightBracket,
  t.KetClose,
  t.BraClose,
];

/** Names side by side where a list of names stands. */
function missingComma({ rule, head, before, found, after, expected }: Failure): Problem | undefined {
  const inList =
    rule === "equationClause" ||
    is(head, t.itemKeyword.steady) ||
    (is(head, t.declarationKeyword.subsystem) && after !== undefined) ||
    expected.tokens.includes(t.clauseKeyword.from.name);
  if (!inList || before === head || !is(before, t.Name) || found.tokenType !== t.Name) return undefined;
  const message = `'${before.image}' and '${found.image}' stand side by side`;
  return { kind: "unexpected", ...placeOf(found), message, fix: `write ${before.image}, ${found.image}` };
}

/** A name in the place of `against`, `by`, `over`, …: it stands between two values. */
function clauseWord({ head, before, found, after }: Failure): Problem | undefined {
  const words = clauseWords[head.image];
  const between =
    isAny(before, VALUE_ENDS) && isAny(after, [...VALUE_STARTS, t.LeftParenthesis, t.LeftBrace]);
  if (words === undefined || !between || found.tokenType !== t.Name) return undefined;
  const near = nearestName(found.image, words);
  return {
    kind: "unexpected",
    ...placeOf(found),
    message: `expected ${words.map((word) => `'${word}'`).join(" or ")}, found '${found.image}'`,
    ...(near === undefined ? {} : { fix: `did you mean '${near}'?` }),
  };
}

/** What the parser expects where a value has ended; nothing at all at the end of a statement. */
const AFTER_VALUE = new Set(
  [
    t.RightParenthesis,
    t.RightBracket,
    t.KetClose,
    t.BraClose,
    t.clauseKeyword.over,
    t.clauseKeyword.against,
    t.clauseKeyword.on,
  ].map(({ name }) => name),
);

/** Statements without values. */
const NAMES_ONLY = [t.declarationKeyword.thermill, t.declarationKeyword.model, t.declarationKeyword.use];

function isAfterValue({ rule, head, before, expected }: Failure): boolean {
  if (rule === "declaration" && isAny(head, NAMES_ONLY)) return false;
  return expected.tokens.every((name) => AFTER_VALUE.has(name)) && isAny(before, VALUE_ENDS);
}

function juxtaposition(failure: Failure): Problem | undefined {
  const { before, found } = failure;
  if (!isAfterValue(failure) || !isAny(found, VALUE_STARTS)) return undefined;
  const simple = [before, found].every((token) => isAny(token, [t.Name, t.NumberToken, t.Constant]));
  return {
    kind: "juxtaposition",
    start: placeOf(before).start,
    end: placeOf(found).end,
    message: `'${before.image}' and '${found.image}' stand side by side; a product needs its sign`,
    fix: simple ? `write ${before.image}*${found.image}` : "write * between them",
  };
}

function somethingElse(failure: Failure): Problem {
  const { before, found, expected } = failure;
  const message = `expected ${describeExpected(expected)} after '${before.image}', found '${found.image}'`;
  const fix = habitFix(failure);
  return { kind: "unexpected", ...placeOf(found), message, ...(fix === undefined ? {} : { fix }) };
}

/** What to write instead of a habit from elsewhere. */
function habitFix(failure: Failure): string | undefined {
  const { before, found } = failure;
  if (is(found, t.Equals) && isAfterValue(failure)) return "write == to compare";
  if (is(found, t.Comma) && isAfterValue(failure))
    return "a comma separates items of a list; statements end at ; or at the end of the line";
  if (is(found, t.LeftBrace) && describeExpected(failure.expected) === "a value")
    return "a list is written [1, 2]";
  if (is(found, t.Plus)) return "leave the + out";
  if (is(before, t.Times) && is(found, t.Times)) return "write ^ for a power";
  if (is(before, t.KetClose)) return MATRIX_UNIT;
  return undefined;
}

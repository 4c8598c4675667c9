import { nameLatex, nameParts } from "../formula/name-latex.ts";
import { type Runs, runsFromLatex, subscript, superscript, upright } from "../graph/runs.ts";
import type { CallExpression, Expression } from "../syntax/ast.ts";
import { QUANTITY_SYMBOLS, type QuantitySymbol } from "./symbols.ts";

/** A name of the model as a physicist sets it: β1 with a lowered 1. */
export const nameRuns = (name: string): Runs => runsFromLatex(nameLatex(name));

/** An expression of the model in the field's symbols: heat(hot) is Q̇ with `hot` below, mean(r.L) is ⟨L⟩. */
export function expressionRuns(expression: Expression): Runs {
  switch (expression.kind) {
    case "number":
      return numberRuns(Number(expression.text));
    case "constant":
      return runsFromLatex(CONSTANTS[expression.name] ?? `\\mathrm{${expression.name}}`);
    case "name": {
      const standard = standardOf(expression.name.ascii);
      return standard ? standard.symbol : nameRuns(expression.name.text);
    }
    case "member":
      return memberRuns(expression.object, expression.member.text);
    case "index":
      return [...expressionRuns(expression.object), ...subscript(expressionRuns(expression.index))];
    case "call":
      return callRuns(expression);
    case "group":
      return parenthesised(expressionRuns(expression.inner));
    case "unary":
      return [...upright(expression.operator === "-" ? "−" : "not "), ...expressionRuns(expression.operand)];
    case "binary":
      return binaryRuns(expression);
    case "dagger":
      return [...expressionRuns(expression.operand), ...superscript(upright("†"))];
    case "matrixUnit": {
      const list = (labels: readonly Expression[]): Runs =>
        labels.flatMap((l, k) => [...upright(k === 0 ? "" : ", "), ...expressionRuns(l)]);
      return [
        ...upright("|"),
        ...list(expression.row),
        ...upright("⟩⟨"),
        ...list(expression.column),
        ...upright("|"),
      ];
    }
    case "sum":
      return [...upright("Σ"), ...expressionRuns(expression.body)];
    default:
      return upright("…");
  }
}

const CONSTANTS: Readonly<Record<string, string>> = { time: "t", pi: "\\pi", i: "i", inf: "\\infty" };

const standardOf = (name: string): QuantitySymbol | undefined =>
  Object.hasOwn(QUANTITY_SYMBOLS, name) ? QUANTITY_SYMBOLS[name] : undefined;

/** The standard quantity that an expression is, whatever its operand and whichever variant or equation it is of. */
export function quantityOf(
  expression: Expression,
): { readonly name: string; readonly symbol: QuantitySymbol; readonly operand?: Runs } | undefined {
  const named = (e: Expression): string | undefined =>
    e.kind === "name" ? e.name.ascii : e.kind === "member" ? e.member.ascii : undefined;
  const name = named(expression.kind === "call" ? expression.callee : expression);
  const symbol = name === undefined ? undefined : standardOf(name);
  if (name === undefined || !symbol) return undefined;
  return { name, symbol, ...(expression.kind === "call" && { operand: operandRuns(expression) }) };
}

const parenthesised = (runs: Runs): Runs => [...upright("("), ...runs, ...upright(")")];

const operandRuns = ({ arguments: given }: CallExpression): Runs =>
  given.flatMap(({ value }, k) => [
    ...upright(k === 0 ? "" : ", "),
    ...(value.kind === "name" || value.kind === "constant" ? partRuns(value) : expressionRuns(value)),
  ]);

/** The name of a bath or a subsystem: letters in upright words. */
const partRuns = (value: Expression): Runs =>
  value.kind === "constant" ? upright(value.name) : expressionRuns(value);

/** Quantities whose operand would only repeat what the model has but one of. */
const WITHOUT_OPERAND = ["kinetic_power", "intrinsic_power", "back_action_heat", "net_power"];

const FUNCTIONS: Readonly<Record<string, string>> = {
  log: "ln",
  asin: "arcsin",
  acos: "arccos",
  atan: "arctan",
};

function callRuns(expression: CallExpression): Runs {
  const { callee, arguments: given } = expression;
  if (callee.kind === "member")
    return superscribed(callee.object, calledRuns(callee.member.ascii, expression));
  if (callee.kind !== "name") return upright("…");
  const { ascii, text } = callee.name;
  const inner = given.map(({ value }) => expressionRuns(value));
  if (ascii === "abs") return [...upright("|"), ...(inner[0] ?? []), ...upright("|")];
  if (ascii === "sqrt") return [...upright("√"), ...parenthesised(inner[0] ?? [])];
  if (standardOf(ascii)) return calledRuns(ascii, expression);
  const head = FUNCTIONS[ascii] ? upright(FUNCTIONS[ascii]) : nameRuns(text);
  return [...head, ...parenthesised(operandRuns(expression))];
}

function calledRuns(name: string, expression: CallExpression): Runs {
  const operand = operandRuns(expression);
  if (name === "mean") return [...upright("⟨"), ...operand, ...upright("⟩")];
  const standard = standardOf(name);
  if (!standard) return [...nameRuns(name), ...parenthesised(operand)];
  return WITHOUT_OPERAND.includes(name) ? standard.symbol : [...standard.symbol, ...subscript(operand)];
}

/** swapped.heat(cold), collisions.work: whose it is stands above. */
const superscribed = (owner: Expression, runs: Runs): Runs => [
  ...runs,
  ...superscript(parenthesised(expressionRuns(owner))),
];

const OPERATOR = /^(.*?)([⁺⁻†xyz]?)$/u;

/** q1.σz is σ with z above and q1 below; of a variant its parameter or quantity. */
function memberRuns(object: Expression, member: string): Runs {
  const standard = standardOf(member);
  if (standard) return superscribed(object, standard.symbol);
  const [, head = member, mark = ""] = OPERATOR.exec(member) ?? [];
  const isOperator = mark !== "" && (/[⁺⁻†]/u.test(mark) || /^[σS]$/u.test(head));
  const letter = isOperator ? head : member;
  const above = { "⁺": "+", "⁻": "−" }[mark] ?? mark;
  return [
    ...runsFromLatex(nameParts(letter).base),
    ...(isOperator ? superscript(upright(above)) : []),
    ...subscript(expressionRuns(object)),
  ];
}

const SIGNS: Readonly<Record<string, string>> = {
  "*": "\u2009",
  "/": "/",
  "+": " + ",
  "-": " − ",
  "==": " = ",
};

function binaryRuns({ operator, left, right }: Extract<Expression, { kind: "binary" }>): Runs {
  const [l, r] = [expressionRuns(left), expressionRuns(right)];
  if (operator === "^") return [...l, ...superscript(r)];
  return [...l, ...upright(SIGNS[operator] ?? ` ${operator} `), ...r];
}

/** A number in up to six digits: 0.01, −3, 5×10⁻⁵. */
export function numberRuns(value: number): Runs {
  if (!Number.isFinite(value)) return upright(String(value).replace("Infinity", "∞").replace("-", "−"));
  const size = Math.abs(value);
  const isPlain = size === 0 || (size >= 1e-3 && size < 1e4);
  if (isPlain) return upright(String(Number(value.toPrecision(6))).replace("-", "−"));
  const [mantissa = "", exponent = ""] = Number(value.toPrecision(6)).toExponential().split("e");
  const raised = superscript(upright(String(Number(exponent)).replace("-", "−")));
  const head = mantissa === "1" ? "10" : `${mantissa.replace("-", "−")}×10`;
  return [...upright(head), ...raised];
}

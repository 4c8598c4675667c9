import type { Expression, LetDeclaration, ModelFile } from "../../src/syntax/ast.ts";
import { parse } from "../../src/syntax/parse.ts";

/** The tree of a text that must be without fault. */
export function parsed(text: string): ModelFile {
  const { value, diagnostics } = parse({ name: "test", text });
  if (diagnostics.length > 0) throw new Error(diagnostics.map((d) => `${d.code} ${d.message}`).join("\n"));
  return value;
}

/** The expression that a text is. */
export function expression(text: string): Expression {
  return (parsed(`let x = ${text}`).declarations[0] as LetDeclaration).value;
}

/** An expression with its structure in plain sight: a call of each operator. */
export function show(e: Expression): string {
  switch (e.kind) {
    case "number":
      return e.text;
    case "name":
      return e.name.text;
    case "constant":
      return e.name;
    case "hc":
      return "h.c.";
    case "member":
      return `${show(e.object)}.${e.member.text}`;
    case "index":
      return `${show(e.object)}[${show(e.index)}]`;
    case "call":
      return `${show(e.callee)}(${e.arguments.map((a) => (a.name ? `${a.name.text} = ` : "") + show(a.value)).join(", ")})`;
    case "ket":
      return `|${e.labels.map(show).join(", ")}>`;
    case "matrixUnit": {
      const object = e.object ? `${show(e.object)}.` : "";
      return `${object}|${e.row.map(show).join(", ")}><${e.column.map(show).join(", ")}|`;
    }
    case "dagger":
      return `${show(e.operand)}†`;
    case "unary":
      return `{${e.operator} ${show(e.operand)}}`;
    case "binary":
      return `{${show(e.left)} ${e.operator} ${show(e.right)}}`;
    case "range":
      return `{${show(e.from)} .. ${show(e.to)}}`;
    case "list":
      return `[${e.items.map(show).join(", ")}]`;
    case "group":
      return `(${show(e.inner)})`;
    case "sum":
      return `{sum ${e.variable.text}${e.domain ? ` in ${show(e.domain)}` : ""} : ${show(e.body)}}`;
  }
}

import type { IToken } from "chevrotain";
import type { CallCstNode } from "../../grammar/generated/cst.ts";
import type { Span } from "../source/span.ts";
import type { Expression } from "./ast.ts";
import { type Building, spanOf } from "./building.ts";

/** Reports `a < b < c` and `a..b..c`; `left` is what stands before the second operator. */
export function reportRow(left: Expression, operator: IToken, building: Building): void {
  if (left.kind === "binary") {
    const middle = textOf(left.right.span, building);
    building.reporter.report("E114", spanOf(operator, building), "comparisons do not stand in a row", {
      fix: `write ${textOf(left.span, building)} and ${middle} ${operator.image} …`,
    });
  } else building.reporter.report("E114", spanOf(operator, building), "a range has two ends, not three");
}

/** Reports `2(x)`, `(a)(b)` and the like, which are no calls: only names have arguments. */
export function reportCallOfValue(callee: Expression, call: CallCstNode, building: Building): void {
  if (callee.kind === "name" || callee.kind === "member" || callee.kind === "index") return;
  building.reporter.report("E112", spanOf(call, building), "two values stand side by side", {
    fix: `write ${textOf(callee.span, building)}*${textOf(spanOf(call, building), building)} for their product`,
  });
}

/** The text of a span, cut where it is long. */
function textOf({ start, end }: Span, { file }: Building): string {
  return end - start > 40 ? `${file.text.slice(start, start + 40)}…` : file.text.slice(start, end);
}

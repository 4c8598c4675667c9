import type { IRecognitionException, IToken } from "chevrotain";
import { decodeExpectation } from "./expectation.ts";
import type { Problem } from "./problem.ts";
import type { StatementRule } from "./sound-part.ts";
import { placeOf } from "./token-list.ts";

/** The problem of a statement that cannot be read. */
export function explain(
  statement: readonly IToken[],
  rule: StatementRule,
  failure: IRecognitionException,
): Problem {
  const expectation = decodeExpectation(failure.message);
  const place = Number.isNaN(failure.token.startOffset) ? placeOf(statement.at(-1)!) : placeOf(failure.token);
  return {
    kind: "unexpected",
    ...place,
    message: `${rule} ${JSON.stringify(expectation)} found ${failure.token.image}`,
  };
}

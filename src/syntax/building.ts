import type { CstNode, IToken } from "chevrotain";
import type { Reporter } from "../source/diagnostic.ts";
import { asciiName, normaliseName } from "../source/name.ts";
import type { SourceFile, Span } from "../source/span.ts";
import type { Description, Identifier, NumberLiteral } from "./ast.ts";
import type { SyntaxCode } from "./codes.ts";

/** What the builders of the abstract syntax share: the file, and where to report what the grammar lets through. */
export interface Building {
  readonly file: SourceFile;
  readonly reporter: Reporter<SyntaxCode>;
}

/** Where a token or a node of the concrete syntax stands. */
export function spanOf(part: IToken | CstNode, { file }: Building): Span {
  const { startOffset, endOffset } = "image" in part ? part : part.location!;
  return { file: file.name, start: startOffset, end: endOffset! + 1 };
}

/** A name as it is compared and printed, where it stands. */
export function buildIdentifier(token: IToken, building: Building): Identifier {
  return { text: normaliseName(token.image), ascii: asciiName(token.image), span: spanOf(token, building) };
}

/** Names, each as `buildIdentifier` gives it. */
export function buildIdentifiers(tokens: readonly IToken[], building: Building): Identifier[] {
  return tokens.map((token) => buildIdentifier(token, building));
}

/** A number with its digits as written. */
export function buildNumber(token: IToken, building: Building): NumberLiteral {
  return { kind: "number", text: token.image.replace("−", "-"), span: spanOf(token, building) };
}

/** A text without its quotes; the span has them. */
export function buildText(token: IToken, building: Building): Description {
  return { text: token.image.slice(1, -1), span: spanOf(token, building) };
}

/** The description of a declaration as a property to spread: none where there is no token. */
export function description(tokens: readonly IToken[] | undefined, building: Building) {
  return optional("description", tokens?.[0], (token) => buildText(token, building));
}

/** The property `key`, made from `value`, to spread into a node: none where there is no value. */
export function optional<Key extends string, Value, Built>(
  key: Key,
  value: Value | undefined,
  build: (value: Value) => Built,
): { readonly [K in Key]?: Built } {
  return (value === undefined ? {} : { [key]: build(value) }) as { readonly [K in Key]?: Built };
}

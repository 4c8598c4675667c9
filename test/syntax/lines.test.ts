import { describe, expect, it } from "vitest";
import { parse } from "../../src/syntax/parse.ts";
import { parsed, show } from "./show.ts";

/** Each statement of the text as `name = value`. */
function lets(text: string): string[] {
  return parsed(text).declarations.map((d) =>
    d.kind === "let" ? `${d.declared.name.text} = ${show(d.value)}` : d.kind,
  );
}

describe("the end of a statement", () => {
  it.each([
    ["the end of its line", "let a = 1\nlet b = 2", ["a = 1", "b = 2"]],
    ["a semicolon", "let a = 1; let b = 2;", ["a = 1", "b = 2"]],
    ["carriage return and line feed", "let a = 1\r\nlet b = 2\r\n", ["a = 1", "b = 2"]],
    ["empty statements", ";;let a = 1;;\n\n;let b = 2\n;", ["a = 1", "b = 2"]],
    ["a line within parentheses", "let a = f(\n1\n,\n2\n)\nlet b = [1,\n2]", ["a = f(1, 2)", "b = [1, 2]"]],
    ["a line that ends with an operator", "let a = 1 +\n2\nlet b = 3", ["a = {1 + 2}", "b = 3"]],
    ["a line that begins with an operator", "let a = 1\n  - 2\nlet b = 3", ["a = {1 - 2}", "b = 3"]],
    ["a line that ends with =", "let a =\n1", ["a = 1"]],
    ["a line that ends with not", "let a = not\nb", ["a = {not b}"]],
    ["a line that begins with and", "let a = b\n and c", ["a = {b and c}"]],
    [
      "comments and empty lines between",
      "let a = 1 + # one\n\n  # two\n 2 # three\n\n# four\n * 3",
      ["a = {1 + {2 * 3}}"],
    ],
    ["a ket at the end of a line", "let a = |0>\nlet b = 1", ["a = |0>", "b = 1"]],
    ["a matrix unit at the end of a line", "let a = |g><x|\nlet b = 1", ["a = |g><x|", "b = 1"]],
    ["a dagger at the end of a line", "let a = c†\nlet b = 1", ["a = c†", "b = 1"]],
    ["a comparison at the end of a line", "let a = b >\nc", ["a = {b > c}"]],
    ["a brace on a line of its own", "variant v\n{ a = 1 }\nlet b = 1", ["variant", "b = 1"]],
  ])("%s", (_, text, expected) => {
    expect(lets(text)).toEqual(expected);
  });

  it("comes before }", () => {
    const [bath] = parsed("bath b : jumps { β = 1; jump a }").declarations;
    expect(bath).toMatchObject({ kind: "bath", settings: [{}], jumps: [{}] });
  });

  it("is no comma", () => {
    const { diagnostics } = parse({ name: "test", text: "variant v { a = 1, b = 2 }" });
    expect(diagnostics.map((d) => d.message)).toEqual([
      "expected the end of the statement after '1', found ','",
    ]);
  });

  it("comes in files of comments and of nothing", () => {
    for (const text of ["", "\n\n", "# a comment", "  \n# a\n\t\n#", "\uFEFF"])
      expect(lets(text)).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import { NESTING_LIMIT } from "../../grammar/nesting.ts";
import { TEXT_LIMIT } from "../../grammar/read.ts";
import { parse } from "../../src/syntax/parse.ts";
import { expression } from "./show.ts";

const codes = (text: string) => parse({ name: "test", text }).diagnostics.map((d) => d.code);
const nested: readonly [string, (n: number) => string][] = [
  ["parentheses", (n) => "(".repeat(n) + "a" + ")".repeat(n)],
  ["lists", (n) => "[".repeat(n) + "a" + "]".repeat(n)],
  ["calls", (n) => "f(".repeat(n) + "a" + ")".repeat(n)],
  ["subscripts", (n) => "q[".repeat(n) + "1" + "]".repeat(n)],
  ["minus", (n) => "-".repeat(n) + "a"],
  ["not", (n) => "not ".repeat(n) + "a"],
  ["powers", (n) => "a^".repeat(n) + "a"],
  ["sums", (n) => "sum(n) ".repeat(n - 1) + "a"],
  ["sums of products", (n) => "sum(n) a*".repeat(n - 1) + "a"],
  ["minus in powers", (n) => "a^-".repeat(n / 2) + "a"],
  ["daggers", (n) => "a" + "†".repeat(n)],
  ["members", (n) => "a" + ".a".repeat(n)],
  ["calls of calls", (n) => "a" + "(b)".repeat(n)],
];

describe("nesting", () => {
  it.each(nested.filter(([name]) => name !== "calls of calls"))(
    "%s may be as deep as the limit",
    (_, text) => {
      expect(codes(`let x = ${text(NESTING_LIMIT)}`)).toEqual([]);
    },
  );

  it.each(nested)("%s may not be deeper", (_, text) => {
    expect(codes(`let x = ${text(NESTING_LIMIT + 4)}`)).toEqual(["E108"]);
    expect(codes(`let x = ${text(20_000)}`)).toEqual(["E108"]);
  });

  it("is not what stands side by side", () => {
    expect(codes(`let x = ${Array(1000).fill("-a^2^b†*f((c))").join(" + ")}`)).toEqual([]);
    expect(codes(`let x = ${Array(1000).fill("not a == b").join(" and ")}`)).toEqual([]);
    expect(codes(`let x = ${Array(1000).fill("sum(n) a*-b").join(" - ")}`)).toEqual([]);
    expect(codes(`let x = f(${Array(1000).fill("a.b^-c").join(", ")})`)).toEqual([]);
  });

  it("is the only fault told of a file", () => {
    expect(codes(`let = 1\nlet x = ${"(".repeat(1000)}`)).toEqual(["E108"]);
  });
});

describe("length", () => {
  it("of a sum may be great", () => {
    const e = expression(Array(100_000).fill("a").join(" + "));
    expect(e.kind).toBe("binary");
  });

  it("of a file is bounded", () => {
    expect(codes("#".repeat(TEXT_LIMIT))).toEqual([]);
    expect(codes("#".repeat(TEXT_LIMIT + 1))).toEqual(["E101"]);
  });
});

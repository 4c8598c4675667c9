import { describe, expect, it } from "vitest";
import { expression, show } from "./show.ts";

describe("precedence", () => {
  it.each([
    ["a + b*c", "{a + {b * c}}"],
    ["a*b + c", "{{a * b} + c}"],
    ["a - b - c", "{{a - b} - c}"],
    ["a - b + c", "{{a - b} + c}"],
    ["a/b/c", "{{a / b} / c}"],
    ["a/b*c", "{{a / b} * c}"],
    ["a^b^c", "{a ^ {b ^ c}}"],
    ["-x^2", "{- {x ^ 2}}"],
    ["2^-1", "{2 ^ {- 1}}"],
    ["2^-x^2*y", "{{2 ^ {- {x ^ 2}}} * y}"],
    ["-a*b", "{{- a} * b}"],
    ["a*-b", "{a * {- b}}"],
    ["a - -b", "{a - {- b}}"],
    ["--a", "{- {- a}}"],
    ["a\u2212b", "{a - b}"],
    ["a^2/b", "{{a ^ 2} / b}"],
    ["x^2†", "{x ^ 2†}"],
    ["A.c†*B.c", "{A.c† * B.c}"],
    ["-q[1].σz", "{- q[1].σz}"],
    ["f(x)^2", "{f(x) ^ 2}"],
    ["a + b < c*d", "{{a + b} < {c * d}}"],
    ["a > 0 and b > 0 or c == d", "{{{a > 0} and {b > 0}} or {c == d}}"],
    ["a or b and c", "{a or {b and c}}"],
    ["not a == b", "{not {a == b}}"],
    ["not a and b", "{{not a} and b}"],
    ["a and not b or c", "{{a and {not b}} or c}"],
    ["not not a", "{not {not a}}"],
    ["0.02*a .. 0.9*a", "{{0.02 * a} .. {0.9 * a}}"],
    ["-1..1", "{{- 1} .. 1}"],
    ["1..N-1", "{1 .. {N - 1}}"],
    ["(a + b)*c", "{({a + b}) * c}"],
    ["sum(j in 1..N) a[j]*b + c", "{{sum j in {1 .. N} : {a[j] * b}} + c}"],
    ["sum(n) sqrt(n)*|n-1><n|", "{sum n : {sqrt(n) * |{n - 1}><n|}}"],
    ["2*sum(j in 1..N) a*b/c - d", "{{2 * {sum j in {1 .. N} : {{a * b} / c}}} - d}"],
    ["sum(n) -n^2*a", "{sum n : {{- {n ^ 2}} * a}}"],
    ["sum(j in 1..2) sum(k in 1..2) a*b", "{sum j in {1 .. 2} : {sum k in {1 .. 2} : {a * b}}}"],
    ["-sum(n) a*b + c", "{{- {sum n : {a * b}}} + c}"],
    ["sum(n) a == b", "{{sum n : a} == b}"],
    ["[0, 1e2, inf]", "[0, 1e2, inf]"],
    ["[]", "[]"],
    ["spectrum(a = 1, b = 2)", "spectrum(a = 1, b = 2)"],
    ["swapped.heat(cold)", "swapped.heat(cold)"],
    ["λ*(a*b + h.c.)", "{λ * ({{a * b} + h.c.})}"],
    ["h.c", "h.c"],
    ["h.c†", "h.c†"],
    ["i*pi*time*all*inf", "{{{{i * pi} * time} * all} * inf}"],
    ["π + ∞", "{pi + inf}"],
  ])("%s", (text, tree) => {
    expect(show(expression(text))).toBe(tree);
  });
});

describe("kets and matrix units", () => {
  it.each([
    ["|0>", "|0>"],
    ["|-1>", "|{- 1}>"],
    ["|up, down>", "|up, down>"],
    ["(|0, 1> + |1, 0>)/sqrt(2)", "{({|0, 1> + |1, 0>}) / sqrt(2)}"],
    ["atom.|x><e|", "atom.|x><e|"],
    ["|n-1><n|", "|{n - 1}><n|"],
    ["|x><-1|", "|x><{- 1}|"],
    ["|n><n| + |0>", "{|n><n| + |0>}"],
    ["|x⟩⟨e|", "|x><e|"],
    ["|f(1, 2)>", "|f(1, 2)>"],
    ["a < b", "{a < b}"],
    ["mean(atom.|x><x|) > 0", "{mean(atom.|x><x|) > 0}"],
    ["a > mean(atom.|x><x|)", "{a > mean(atom.|x><x|)}"],
    ["atom.|x><e|†", "atom.|x><e|†"],
  ])("%s", (text, tree) => {
    expect(show(expression(text))).toBe(tree);
  });
});

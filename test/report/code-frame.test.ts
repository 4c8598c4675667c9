import { describe, expect, it } from "vitest";
import { codeFrame } from "../../src/source/code-frame.ts";
import type { Diagnostic } from "../../src/source/diagnostic.ts";
import { PLAIN } from "../../src/source/palette.ts";

const FILE = "models/x.thermill";

/** The frame of an error on the first occurrence of `marked` in `text`. */
function frameOf(text: string, marked: string, more: Partial<Diagnostic> = {}, columns?: number): string[] {
  const start = text.indexOf(marked);
  const diagnostic: Diagnostic = {
    code: "E206",
    severity: "error",
    message: "unknown operator",
    span: { file: FILE, start, end: start + marked.length },
    ...more,
  };
  return codeFrame(diagnostic, [{ name: FILE, text }], columns === undefined ? {} : { columns }).split("\n");
}

describe("code frame", () => {
  it("shows message, place, source line, underline and fix", () => {
    expect(frameOf("model m\n\n  free B1*q1.σq\n", "q1.σq", { fix: "a qubit has σx" })).toEqual([
      "error[E206]: unknown operator",
      ` --> ${FILE}:3:11`,
      "  |",
      "3 |   free B1*q1.σq",
      "  |           ^^^^^",
      "  = fix: a qubit has σx",
    ]);
  });

  it("makes the gutter as wide as the largest line number, also of a related place", () => {
    const text = `${"\n".repeat(8)}parameter β1 = 1\n\nparameter beta1 = 2\n`;
    const start = text.indexOf("β1");
    const related = [{ message: "first declared here", span: { file: FILE, start, end: start + 2 } }];
    expect(frameOf(text, "beta1", { related })).toEqual([
      "error[E206]: unknown operator",
      `  --> ${FILE}:11:11`,
      "   |",
      "11 | parameter beta1 = 2",
      "   |           ^^^^^",
      `  ::: ${FILE}:9:11`,
      "   |",
      " 9 | parameter β1 = 1",
      "   |           -- first declared here",
    ]);
  });

  it("counts code points, widens tabs and keeps accents with their letter", () => {
    expect(frameOf('\t"𝛽 é" ?', "?").slice(3)).toEqual(['1 |     "𝛽 é" ?', "  |           ^"]);
    expect(frameOf('"e\u0301" ?', "?").at(-1)).toBe("  |     ^");
  });

  it("marks a span over several lines to the end of its first line", () => {
    expect(frameOf("bath b {  \n  β = 1\n}", "b {  \n  β = 1\n}").slice(3)).toEqual([
      "1 | bath b {",
      "  |      ^^^",
    ]);
  });

  it("puts one mark where a span is empty, and at the end of the text", () => {
    const span = { file: FILE, start: 7, end: 7 };
    expect(frameOf("model m\r\n", "model", { span }).slice(3)).toEqual(["1 | model m", "  |        ^"]);
    const end = { file: FILE, start: 8, end: 8 };
    expect(frameOf("model m\n", "model", { span: end }).slice(1)).toEqual([
      ` --> ${FILE}:2:1`,
      "  |",
      "2 |",
      "  | ^",
    ]);
    expect(frameOf("\nx", "\n", { span: { file: FILE, start: 0, end: 0 } }).slice(3)).toEqual([
      "1 |",
      "  | ^",
    ]);
  });

  it("cuts a long line around the mark, wherever it is", () => {
    const sum = Array.from({ length: 80 }, (_, k) => `t${k}`).join(" + ");
    for (const marked of ["t0", "t40", "t79"]) {
      const lines = frameOf(sum, marked, {}, 60);
      const [source, underline] = lines.slice(3) as [string, string];
      expect(source.length).toBeLessThanOrEqual(60);
      expect(source.includes("…")).toBe(true);
      const at = underline.indexOf("^");
      expect(source.slice(at, at + marked.length)).toBe(marked);
      expect(underline.slice(at)).toBe("^".repeat(marked.length));
    }
    const whole = frameOf(sum, sum, {}, 60);
    expect(whole[3]?.endsWith("…")).toBe(true);
    expect(whole[4]?.length).toBeLessThanOrEqual(60);
  });

  it("lets no control character of a model reach the terminal", () => {
    const text = 'model m "\u001b[31m\u202e"';
    const shown = frameOf(text, "model", { message: `a \u001b[2J title` }).join("");
    expect(["\u001b", "\u202e"].filter((c) => shown.includes(c))).toEqual([]);
  });

  it("shows the message alone where the text of the file is not known", () => {
    const diagnostic: Diagnostic = {
      code: "W201",
      severity: "warning",
      message: "unused",
      span: { file: "elsewhere", start: 3, end: 4 },
      fix: "remove it",
    };
    expect(codeFrame(diagnostic, [])).toBe("warning[W201]: unused\n  = fix: remove it");
  });

  it("marks severity with the colours it is given", () => {
    const palette = { ...PLAIN, error: (text: string) => `<red>${text}</red>` };
    const span = { file: FILE, start: 0, end: 1 };
    const diagnostic: Diagnostic = { code: "E1", severity: "error", message: "m", span };
    expect(codeFrame(diagnostic, [{ name: FILE, text: "x" }], { palette }).split("\n")).toEqual([
      "<red>error[E1]</red>: m",
      ` --> ${FILE}:1:1`,
      "  |",
      "1 | x",
      "  | <red>^</red>",
    ]);
  });
});

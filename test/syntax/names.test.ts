import { describe, expect, it } from "vitest";
import { contextualKeywords, reservedWords } from "../../grammar/tokens.ts";
import type { LetDeclaration } from "../../src/syntax/ast.ts";
import { parse } from "../../src/syntax/parse.ts";
import { expression, parsed, show } from "./show.ts";

describe("names", () => {
  it.each([
    ["β1", "β1", "beta1"],
    ["β₁", "β₁", "beta1"],
    ["E_cold", "E_cold", "E_cold"],
    ["_x", "_x", "_x"],
    ["σ⁺", "σ⁺", "sigmaplus"],
    ["S⁻", "S⁻", "Sminus"],
    ["\u00B5", "μ", "mu"],
    ["ϕ", "φ", "phi"],
    ["ϵ1", "ε1", "epsilon1"],
    ["ϑ", "θ", "theta"],
    ["e\u0301tat", "état", "état"],
    ["\u2126", "Ω", "Omega"],
    ["x\u0302", "x\u0302", "x\u0302"],
    ["h", "h", "h"],
    ["pie", "pie", "pie"],
    ["π2", "π2", "pi2"],
    ["times", "times", "times"],
    ["index", "index", "index"],
  ])("%s", (text, normal, ascii) => {
    const [declaration] = parsed(`let ${text} = 1`).declarations as LetDeclaration[];
    expect(declaration!.declared.name).toEqual({
      text: normal,
      ascii,
      span: { file: "test", start: 4, end: 4 + text.length },
    });
  });

  it("keep a following sign or power apart", () => {
    expect(show(expression("σ⁺*σ⁻"))).toBe("{σ⁺ * σ⁻}");
    expect(show(expression("a⁻-b"))).toBe("{a⁻ - b}");
  });
});

describe("a keyword away from the head of a statement", () => {
  it.each(Object.keys(contextualKeywords))("%s is a name", (word) => {
    const text = `
parameter ${word} = ${word} in 0..${word}
let f(${word}) = ${word}*q.${word}[${word}] + ${word}(${word} = ${word})
kind ${word}(${word}) { basis ${word} in 0..inf; operator ${word} = sum(${word}) |${word}><${word}| }
spectrum ${word}(${word}) = ${word}
subsystem ${word}, x[${word} in 1..2] : ${word}(${word} in 0..2)
hamiltonian { free ${word}; interaction ${word} : ${word}; frame ${word} }
bath ${word} : ${word} { ${word} = ${word}; couples ${word}; jump ${word} }
equation ${word} { ${word} ${word}, ${word} with { ${word} = ${word} } }
variant ${word} { ${word} = ${word} }
quantity ${word} = ${word} when ${word}
quantity ${word} =
  ${word} when f(
    ${word}, ${word}
  )
state ${word} { ${word}, ${word} = ${word} }
experiment ${word} {
  steady ${word}, ${word}
  evolve ${word} from ${word} over time in ${word}
  sweep ${word} in ${word}
  record ${word}, ${word}
  plot ${word} against ${word},
    ${word} by ${word} "${word}"
  record ${word},
    ${word}
  mark ${word} against ${word} on ${word}
  maximise ${word} over ${word} in ${word}, ${word} in ${word}
  find ${word} over ${word} in ${word}
}`;
    expect(parse({ name: "test", text }).diagnostics).toEqual([]);
  });
});

describe("a reserved word", () => {
  it.each(Object.keys(reservedWords))("%s is no name", (word) => {
    const { diagnostics } = parse({ name: "test", text: `let ${word} = 1` });
    expect(diagnostics.map((d) => d.code)).toEqual(["E111"]);
  });
});

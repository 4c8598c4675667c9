import type { KindSignature } from "../../model/vocabulary.ts";
import { binary, call, number, symbol } from "../../scalar/scalar.ts";
import { band, level, operatorTable, own, scaled, sum } from "./band.ts";

const MAX_SPIN = 100;

/** su(2) with total spin j: levels m = j, j − 1, … −j; S⁺|m⟩ = √(j(j+1) − m(m+1)) |m+1⟩. */
export const spin: KindSignature = {
  name: "spin",
  description: "angular momentum j, levels m = j … -j",
  parameters: ["j"],
  takesLabels: false,
  instantiate: ({ numbers }) => {
    const j = numbers.get("j")!;
    if (!(j > 0 && j <= MAX_SPIN && Number.isInteger(2 * j))) {
      return { problem: `a spin has j = 1/2, 1, 3/2, … up to ${MAX_SPIN}, not ${j}` };
    }
    const m = binary("-", number(j), level);
    const raised = binary("*", m, binary("+", m, number(1)));
    const raising = call("sqrt", binary("-", number(j * (j + 1)), raised));
    const overTwoI = binary("/", number(1), binary("*", number(2), symbol("i")));
    return {
      name: "spin",
      basis: { kind: "finite", labels: Array.from({ length: 2 * j + 1 }, (_, n) => label(j - n)) },
      operators: operatorTable([
        ["Sx", scaled(number(0.5), sum(own("S⁺"), own("S⁻")))],
        ["Sy", scaled(overTwoI, sum(own("S⁺"), scaled(number(-1), own("S⁻"))))],
        ["Sz", band(0, m)],
        ["S⁺", band(-1, raising)],
        ["S⁻", { kind: "adjoint", operand: own("S⁺") }],
      ]),
      angles: new Map(),
      reported: ["Sz"],
    };
  },
};

const label = (m: number): string => (Number.isInteger(m) ? String(m) : `${2 * m}/2`);

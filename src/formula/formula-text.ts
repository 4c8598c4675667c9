import type { Formula, FormulaEquation } from "./formula.ts";

/** How tightly a printed formula binds. */
const Binding = { sum: 0, product: 1, power: 2, atom: 3 } as const;

/** A formula in the spelling of model files: `2*B1*g1^2*mean(q1.σ⁻*q1.σ⁺)`. Dissipators and traces have no such spelling; they read D[…], Tr[…]. */
export const formulaText = (formula: Formula): string => print(formula);

/** `left = right = …` */
export const equationText = ({ left, right }: FormulaEquation): string =>
  [left, ...right].map(formulaText).join(" = ");

function print(f: Formula): string {
  switch (f.kind) {
    case "number":
      return String(f.value);
    case "symbol":
    case "operator":
      return f.text;
    case "sum":
      return f.terms
        .map((t, i) => {
          if (t.kind === "negative") return `${i === 0 ? "-" : " - "}${within(t.operand, Binding.product)}`;
          return `${i === 0 ? "" : " + "}${within(t, Binding.product)}`;
        })
        .join("");
    case "negative":
      return `-${within(f.operand, Binding.product)}`;
    case "product":
      return f.factors
        .map((factor, i) => within(factor, i === 0 ? Binding.product : Binding.power))
        .join("*");
    case "fraction":
      return `${within(f.over, Binding.product)}/${within(f.under, Binding.power)}`;
    case "power":
      return `${within(f.base, Binding.atom)}^${within(f.exponent, Binding.atom)}`;
    case "call":
      return `${f.name}(${f.operands.map(print).join(", ")})`;
    case "mean":
      return `mean(${print(f.operand)})`;
    case "adjoint":
      return `${within(f.operand, Binding.atom)}†`;
    case "dissipator":
      return `D[${print(f.operand)}]`;
    case "bracket": {
      const [open, close] = f.which === "commutator" ? ["[", "]"] : ["{", "}"];
      return `${open}${print(f.left)}, ${print(f.right)}${close}`;
    }
    case "applied":
      return f.operand.kind === "bracket"
        ? `${print(f.head)}${print(f.operand)}`
        : `${print(f.head)}[${print(f.operand)}]`;
    case "derivative":
      return `d ${print(f.operand)}/dt`;
  }
}

function bindingOf(f: Formula): number {
  switch (f.kind) {
    case "sum":
    case "negative":
      return Binding.sum;
    case "product":
    case "fraction":
    case "derivative":
      return Binding.product;
    case "power":
      return Binding.power;
    default:
      return Binding.atom;
  }
}

const within = (f: Formula, least: number): string => (bindingOf(f) < least ? `(${print(f)})` : print(f));

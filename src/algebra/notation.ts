import { type Formula, type OperatorFormula, symbolFormula } from "../formula/formula.ts";
import { nameLatex, subscriptLatex } from "../formula/name-latex.ts";
import type { Model } from "../model/model.ts";
import { LEVEL } from "../model/operator-expression.ts";
import type { SubsystemKind } from "../model/subsystem-kind.ts";
import { view } from "../scalar/scalar.ts";

/** How the symbols of one model are written: in the model's words, and in LaTeX as a physicist sets them. */
export interface Notation {
  readonly model: Model;
  /** A scalar's symbol: a parameter, or the level of a subsystem as an operator. */
  readonly symbol: (symbol: string) => Formula;
  /** An operator of a subsystem's kind, by its ASCII name. */
  readonly named: (subsystem: number, name: string) => OperatorFormula;
  /** e^{ikφ} */
  readonly phase: (subsystem: number, multiple: number) => OperatorFormula;
  /** φ itself, inside cos and sin. */
  readonly angle: (subsystem: number) => Formula;
  /** |row⟩⟨column|, the levels by their places (finite) or numbers (infinite). */
  readonly unit: (subsystem: number, row: number, column: number) => OperatorFormula;
  /** The operator whose eigenvalue is the level, e.g. L or N, where the kind has one. */
  readonly level: (subsystem: number) => OperatorFormula | undefined;
}

/** The notation of a model; `special` overrides symbols (parameters that stand for expressions). */
export function notationOf(
  model: Model,
  special: (symbol: string) => Formula | undefined = () => undefined,
): Notation {
  const subscripts = subscriptsOf(model);
  const withSubscript = (subsystem: number) => {
    const subscript = subscripts[subsystem];
    return subscript === undefined ? {} : { subscript };
  };
  const named: Notation["named"] = (subsystem, name) => {
    const { name: owner, kind } = model.subsystems[subsystem]!;
    const printed = kind.operators.get(name)!.name;
    return {
      kind: "operator",
      subsystem,
      name: { kind: "named", name },
      text: `${owner}.${printed}`,
      latex: countedLatex(printed, kind, subscripts[subsystem]) ?? {
        ...operatorLatex(printed, kind),
        ...withSubscript(subsystem),
      },
    };
  };
  /** Σ_n |n+k⟩⟨n| of a kind without an angle. */
  const ladder: Notation["phase"] = (subsystem, multiple) => {
    const { name: owner } = model.subsystems[subsystem]!;
    const shift = `n${multiple > 0 ? "+" : ""}${multiple}`;
    return {
      kind: "operator",
      subsystem,
      name: { kind: "phase", multiple },
      text: `${owner}.|${shift}><n|`,
      latex: { base: `|${shift}\\rangle\\langle n|`, ...withSubscript(subsystem) },
    };
  };
  const level: Notation["level"] = (subsystem) => {
    const name = levelOperator(model.subsystems[subsystem]!.kind);
    return name === undefined ? undefined : named(subsystem, name);
  };
  return {
    model,
    named,
    level,
    phase: (subsystem, multiple) => {
      const { name: owner, kind } = model.subsystems[subsystem]!;
      const [angle] = kind.angles.values();
      if (angle === undefined) return ladder(subsystem, multiple);
      const times = multiple === 1 ? "" : multiple === -1 ? "-" : `${multiple} `;
      const below = subscripts[subsystem] === undefined ? "" : `_{${subscripts[subsystem]}}`;
      const factor = multiple === 1 ? "i" : multiple === -1 ? "-i" : `${multiple}*i`;
      return {
        kind: "operator",
        subsystem,
        name: { kind: "phase", multiple },
        text: `exp(${factor}*${owner}.${angle})`,
        latex: { base: "e", superscript: `${times}i${nameLatex(angle)}${below}` },
      };
    },
    angle: (subsystem) => {
      const { name: owner, kind } = model.subsystems[subsystem]!;
      const [angle = "φ"] = kind.angles.values();
      const below = subscripts[subsystem] === undefined ? "" : `_{${subscripts[subsystem]}}`;
      return symbolFormula(`${owner}.${angle}`, `${nameLatex(angle)}${below}`);
    },
    unit: (subsystem, row, column) => {
      const { name: owner, kind } = model.subsystems[subsystem]!;
      const label = (place: number): string =>
        kind.basis.kind === "finite" ? kind.basis.labels[place]! : String(place);
      return {
        kind: "operator",
        subsystem,
        name: { kind: "unit", row, column },
        text: `${owner}.|${label(row)}><${label(column)}|`,
        latex: {
          base: `|${subscriptLatex(label(row))}\\rangle\\langle ${subscriptLatex(label(column))}|`,
          ...withSubscript(subsystem),
        },
      };
    },
    symbol: (symbol) => special(symbol) ?? scalarSymbol(symbol, model, level),
  };
}

function scalarSymbol(symbol: string, model: Model, level: Notation["level"]): Formula {
  const place = Number(symbol.slice(1));
  if (/^p\d+$/.test(symbol) && model.parameters[place]) {
    const { name, role } = model.parameters[place];
    const latex = role === "time" ? "t" : nameLatex(name);
    return { ...symbolFormula(name, latex), parameter: symbol };
  }
  if (/^n\d+$/.test(symbol) && model.subsystems[place]) {
    const { name } = model.subsystems[place];
    return level(place) ?? symbolFormula(`n(${name})`, `n_{${subscriptLatex(name)}}`);
  }
  return symbol === "w" ? symbolFormula("ω", "\\omega") : symbolFormula(symbol, nameLatex(symbol));
}

/** The name of the operator Σ n|n⟩⟨n| of an infinite basis. */
function levelOperator({ basis, operators }: SubsystemKind): string | undefined {
  if (basis.kind !== "infinite") return undefined;
  for (const [ascii, { definition }] of operators) {
    if (definition.kind !== "band" || definition.shift !== 0) continue;
    const coefficient = view(definition.coefficient);
    if (coefficient.kind === "symbol" && coefficient.name === LEVEL) return ascii;
  }
  return undefined;
}

/** The number operators of bosons and fermions are written out: a^{\dagger} a. */
function countedLatex(
  name: string,
  kind: SubsystemKind,
  subscript: string | undefined,
): OperatorFormula["latex"] | undefined {
  const letter =
    kind.name === "oscillator" && name === "N" ? "a" : kind.name === "mode" && name === "n" ? "c" : undefined;
  if (letter === undefined) return undefined;
  const below = subscript === undefined ? "" : `_{${subscript}}`;
  return { base: `${letter}${below}^{\\dagger} ${letter}${below}` };
}

/** σ⁺ is σ^{+}, Sz is S^{z}, a† is a^{\dagger}. */
function operatorLatex(name: string, kind: SubsystemKind): OperatorFormula["latex"] {
  const [, head = name, sign] = /^(.*?)([⁺⁻†]?)$/u.exec(name) ?? [];
  if (sign) {
    const superscript = sign === "⁺" ? "+" : sign === "⁻" ? "-" : "\\dagger";
    return { base: nameLatex(head), superscript };
  }
  const component = /^([σS])([xyz])$/.exec(name);
  if (component && (kind.name === "qubit" || kind.name === "spin")) {
    return { base: nameLatex(component[1]!), superscript: component[2]! };
  }
  return { base: nameLatex(name) };
}

/**
 * The index of each subsystem's operators. None where its letters are its own; among subsystems of one kind what their
 * names differ in: 1 and 2 of q1 and q2, cold and hot of q_cold and q_hot; else the name.
 */
function subscriptsOf(model: Model): readonly (string | undefined)[] {
  const letters = model.subsystems.map(({ kind }) => lettersOf(kind));
  return model.subsystems.map(({ name, kind }, s) => {
    const isShared = letters.some((other, t) => t !== s && [...other].some((l) => letters[s]!.has(l)));
    if (!isShared) return undefined;
    const alike = model.subsystems.filter((other) => other.kind.name === kind.name);
    const endings = alike.map((other) => ending(other.name));
    const heads = new Set(endings.map(([head]) => head));
    const isDistinct = new Set(endings.map(([, index]) => index)).size === alike.length;
    const [, index] = ending(name);
    const isFamily = alike.length > 1 && heads.size === 1 && isDistinct && index !== "";
    const others = letters.some(
      (other, t) =>
        model.subsystems[t]!.kind.name !== kind.name && [...other].some((l) => letters[s]!.has(l)),
    );
    return subscriptLatex(isFamily && !others ? index : name);
  });
}

/** The letters that a kind's operators are printed with. */
function lettersOf(kind: SubsystemKind): ReadonlySet<string> {
  const letters = new Set([...kind.operators.values()].map((o) => operatorLatex(o.name, kind).base));
  for (const angle of kind.angles.values()) letters.add(nameLatex(angle));
  if (kind.operators.size === 0) letters.add("|");
  return letters;
}

/** q1 → q and 1; q[2] → q and 2; q_hot → q and hot. */
function ending(name: string): readonly [head: string, index: string] {
  const [, head = name, index = ""] =
    /^(.*?)(?:\[(.*)\]|_(\w+)|(\d+))$/u.exec(name)?.filter((m) => m !== undefined) ?? [];
  return [head, index];
}

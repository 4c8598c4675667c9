import type { DerivedModel } from "../equation/derive.ts";
import type { JumpTerm, MasterEquation } from "../equation/master-equation.ts";
import type { Model, Parameter } from "../model/model.ts";
import { canonicalKey } from "../scalar/canonical.ts";
import { canonicalFromScalar } from "../scalar/canonical-from-scalar.ts";
import { binary, call, negative, type Scalar, symbol, symbolsOf, view } from "../scalar/scalar.ts";
import { asciiName } from "../source/name.ts";
import { derivedParameter } from "./derived-parameter.ts";

/** The occupation, or the spectral density, of a bath at one of its Bohr frequencies. */
export interface Occupation {
  /** Its symbol in scalars. */
  readonly symbol: string;
  /** Its name in formulas: n_cold, f_left, J_cold. */
  readonly name: string;
  readonly bath: number;
  /** bose(βω), fermi(βω), or J(ω) */
  readonly value: Scalar;
}

/** An equation whose rates hold names for occupations, and the model with these names as derived parameters. */
export interface NamedOccupations {
  readonly model: Model;
  readonly equation: MasterEquation;
  readonly occupations: readonly Occupation[];
}

/** Names every occupation and spectral density in the rates of an equation that is the same for all levels. */
export function namedOccupations({ model, equations }: DerivedModel, place: number): NamedOccupations {
  const equation = equations[place]!;
  const occupations: Occupation[] = [];
  const added: Parameter[] = [];
  const taken = new Set(model.parameters.map((p) => asciiName(p.name)));
  const dissipators = equation.dissipators.map((d) => {
    const names = new Map<string, string>();
    const { name: bath, span } = model.baths[d.bath]!;
    for (const values of [distinctOccupations(d.jumps), distinctDensities(d.jumps)]) {
      for (const [k, value] of values.entries()) {
        const index = values.length > 1 ? `_${k + 1}` : "";
        const name = freeName(`${letterOf(value)}_${bath.replace(/\[(.*)\]/, "$1")}${index}`, taken);
        const parameter = derivedParameter(model.parameters.length + added.length, name, value, span);
        added.push(parameter);
        occupations.push({ symbol: parameter.symbol, name, bath: d.bath, value });
        names.set(occupationKey(value), parameter.symbol);
      }
    }
    return { ...d, jumps: d.jumps.map((j) => withNames(j, names)) };
  });
  return {
    model: { ...model, parameters: [...model.parameters, ...added] },
    equation: { ...equation, dissipators },
    occupations,
  };
}

function freeName(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let k = 2; taken.has(asciiName(name)); k++) name = `${wanted}_${k}`;
  taken.add(asciiName(name));
  return name;
}

const isOccupation = (name: string): boolean => name === "bose" || name === "fermi";

const callName = (node: Scalar): string => {
  const v = view(node);
  return v.kind === "call" ? v.name : "";
};

const letterOf = (value: Scalar): string =>
  callName(value) === "fermi" ? "f" : callName(value) === "bose" ? "n" : "J";

const occupationKey = (node: Scalar): string => canonicalKey(canonicalFromScalar(node));

/** The calls of bose and fermi in the rates without levels, each once. */
function distinctOccupations(jumps: readonly JumpTerm[]): readonly Scalar[] {
  const found = new Map<string, Scalar>();
  const visit = (node: Scalar): Scalar => {
    if (isOccupation(callName(node)) && ![...symbolsOf(node)].some((s) => /^n\d+$/.test(s))) {
      const key = occupationKey(node);
      if (!found.has(key)) found.set(key, node);
    }
    return mapCalls(node, visit);
  };
  for (const { rate } of jumps) visit(rate);
  return [...found.values()];
}

/** J of a thermal rate J·n, where it is no plain number and the same for all levels. */
export function densityOf({ rate, direction, levelwise }: JumpTerm): Scalar | undefined {
  const v = view(rate);
  if (!direction || levelwise.length > 0 || v.kind !== "binary" || v.operator !== "*") return undefined;
  return view(v.left).kind === "number" || view(v.left).kind === "symbol" ? undefined : v.left;
}

function distinctDensities(jumps: readonly JumpTerm[]): readonly Scalar[] {
  const found = new Map<string, Scalar>();
  for (const jump of jumps) {
    const density = densityOf(jump);
    if (density) found.set(occupationKey(density), density);
  }
  return [...found.values()];
}

function withNames(jump: JumpTerm, names: ReadonlyMap<string, string>): JumpTerm {
  if (names.size === 0) return jump;
  const visit = (node: Scalar): Scalar => {
    const name = isOccupation(callName(node)) ? names.get(occupationKey(node)) : undefined;
    return name === undefined ? mapCalls(node, visit) : symbol(name);
  };
  const density = densityOf(jump);
  const named = density && names.get(occupationKey(density));
  const rate = view(jump.rate);
  if (named !== undefined && rate.kind === "binary") {
    return { ...jump, rate: binary("*", symbol(named), visit(rate.right)) };
  }
  return { ...jump, rate: visit(jump.rate) };
}

/** The same expression with its parts replaced. */
function mapCalls(node: Scalar, visit: (n: Scalar) => Scalar): Scalar {
  const v = view(node);
  if (v.kind === "binary") return binary(v.operator, visit(v.left), visit(v.right));
  if (v.kind === "negative") return negative(visit(v.operand));
  if (v.kind === "call") return call(v.name, ...v.operands.map(visit));
  return node;
}

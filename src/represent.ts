import { operatorGraph } from "./algebra/operator-graph.ts";
import { canonicalText, operatorText, symbolSpeller } from "./algebra/operator-text.ts";
import type { DerivedModel } from "./equation/derive.ts";
import { frameText } from "./equation/hamiltonian.ts";
import type { Dissipator, MasterEquation } from "./equation/master-equation.ts";
import type { Model } from "./model/model.ts";
import type { Compiled } from "./pipeline.ts";
import { type Scalar, scalarText } from "./scalar/scalar.ts";

/** The data structures between the phases that can be printed. */
export const REPRESENTATIONS = ["ast", "model", "graph", "equation"] as const;
export type Representation = (typeof REPRESENTATIONS)[number];

/** A representation as plain JSON data; scalars become text in the model's names. Equations are null where there are errors. */
export function represent(compiled: Compiled, which: Representation): unknown {
  const { ast, derived, model } = compiled;
  switch (which) {
    case "ast":
      return ast;
    case "model":
      return plain(model, model);
    case "graph":
      return plain(graphData(model), model);
    case "equation":
      return derived ? derived.equations.map((e) => equationData(e, derived)) : null;
  }
}

/** The graph with subsystems by name, and the roots by what they belong to. */
function graphData(model: Model): unknown {
  const { nodes, roots } = operatorGraph(model);
  const byBath = (lists: readonly (readonly number[])[]) =>
    Object.fromEntries(model.baths.map(({ name }, b) => [name, lists[b]]));
  return {
    nodes: nodes.map((node, id) => ({
      id,
      ...node,
      ...("subsystem" in node && { subsystem: model.subsystems[node.subsystem]!.name }),
    })),
    hamiltonian: model.hamiltonian.map(({ role, label }, k) => ({ role, label, node: roots.hamiltonian[k] })),
    couplings: byBath(roots.couplings),
    jumps: byBath(roots.jumps),
  };
}

/** Maps become objects, scalars text, infinities words; functions are left out. */
function plain(value: unknown, model: Model): unknown {
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (typeof value !== "object" || value === null) return typeof value === "function" ? undefined : value;
  if (isScalar(value)) return scalarText(value, symbolSpeller(model));
  if (value instanceof Map) return plainEntries([...value] as [string, unknown][], model);
  if (Array.isArray(value)) return value.map((item) => plain(item, model));
  return plainEntries(Object.entries(value), model);
}

const plainEntries = (entries: readonly (readonly [string, unknown])[], model: Model): unknown =>
  Object.fromEntries(entries.map(([key, item]) => [key, plain(item, model)]));

const isScalar = (value: object): value is Scalar => "isNode" in value && value.isNode === true;

function equationData(
  { name, free, interaction, frame, power, dependsOnTime, dissipators }: MasterEquation,
  derived: DerivedModel,
): unknown {
  const { model } = derived;
  return {
    name,
    free: operatorText(free, model),
    interaction: operatorText(interaction, model),
    ...(frame && { frame: frameText(model) }),
    ...(power && { drivePower: operatorText(power, model) }),
    ...(dependsOnTime && { dependsOnTime }),
    dissipators: dissipators.map((d) => dissipatorData(d, model)),
  };
}

function dissipatorData(
  { bath, method, jumps, spectral, coupling, collision }: Dissipator,
  model: Model,
): unknown {
  const spell = symbolSpeller(model);
  if (spectral) {
    return {
      bath: model.baths[bath]!.name,
      method,
      couplings: coupling!.operators.map(({ operator, isHermitian }) => ({
        operator: operatorText(operator, model),
        form: isHermitian ? "hermitian" : "exchange",
      })),
      spectralDensity: scalarText(coupling!.density, spell),
    };
  }
  if (collision) {
    return {
      bath: model.baths[bath]!.name,
      method,
      duration: scalarText(collision.duration, spell),
      ancillas: collision.ancillas.map(({ operator, frequency, density }) => ({
        operator: operatorText(operator, model),
        frequency: canonicalText(frequency, model),
        density: scalarText(density, spell),
        ...(collision.levels !== undefined && { levels: collision.levels }),
      })),
    };
  }
  return {
    bath: model.baths[bath]!.name,
    method,
    jumps: jumps.map(({ operator, rate, frequency, levelwise }) => ({
      operator: operatorText(operator, model),
      rate: scalarText(rate, spell),
      ...(frequency && { frequency: canonicalText(frequency, model) }),
      ...(levelwise.length > 0 && { onePerLevelOf: levelwise.map((s) => model.subsystems[s]!.name) }),
    })),
  };
}

import { readdirSync, readFileSync } from "node:fs";
import { formulaText } from "../../src/formula/formula-text.ts";
import { graphOfModel } from "../../src/graph/graph-of-model.ts";
import type { ModelGraph } from "../../src/graph/model-graph.ts";
import { summandsText } from "../../src/graph/node-text.ts";
import { compileText } from "../model-text.ts";

const MODELS = new URL("../../models/", import.meta.url);

/** The names of the shipped models. */
export const SHIPPED = readdirSync(MODELS)
  .filter((name) => name.endsWith(".thermill"))
  .map((name) => name.replace(".thermill", ""));

export const shippedGraph = (name: string, sets: readonly string[] = []): ModelGraph =>
  graphOf(readFileSync(new URL(`${name}.thermill`, MODELS), "utf8"), sets);

/** The graph of a model's text; only errors beyond the model itself may be in it. */
export function graphOf(text: string, sets: readonly string[] = []): ModelGraph {
  const { model, diagnostics } = compileText(text, sets);
  const errors = diagnostics.filter((d) => d.severity === "error" && d.code < "E4");
  if (errors.length > 0) throw new Error(errors.map((d) => `${d.code} ${d.message}`).join("\n"));
  return graphOfModel(model);
}

const BATH = "bath x : jumps { jump a.σ⁻ }\nequation e { jumps x }";

/** A model with these subsystems and terms; without baths of its own, one of the qubit `a`. */
export const modelText = (subsystems: string, hamiltonian: string, baths = BATH): string =>
  `model m\nparameter J = 1\nparameter K = 2\n${subsystems}\nhamiltonian {\n${hamiltonian}\n}\n${baths}\n`;

/** A chain of `length` qubits with a bath on each. */
export const longChain = (length: number): string =>
  modelText(
    `subsystem q[1..${length}] : qubit`,
    `free sum(j in 1..${length}) q[j].σz\ninteraction sum(j in 1..${length - 1}) J*(q[j].σ⁺*q[j+1].σ⁻ + h.c.)`,
    `bath b[j in 1..${length}] : bosonic { β = 1; couples q[j].σ⁻ }\nequation e { local b }`,
  );

/** Parts that no order of left and right makes simple: circles, shared baths, an idle part, long operators. */
export const TANGLED = `model tangled "a <b> & 'c' ]]> --"
parameter J = 1
parameter K = 2
subsystem a, b : qubit
subsystem r1, r2 : rotor
subsystem m : oscillator
subsystem idle : qubit
hamiltonian {
  free J*a.σz + 2*b.σz + r1.L^2 + r2.L^2 + K*m.N
  interaction hop: J*(a.σ⁺*b.σ⁻ + h.c.) + K*a.σz*b.σz
  interaction J*cos(r1.φ - 2*r2.φ)
  interaction J*(m.a + m.a†)*a.σx - K*m.N*b.σz
}
bath common : bosonic { β = 1; couples a.σ⁻ + b.σ⁻ }
bath hot : bosonic { β = 1/3; role = hot; couples m.a }
bath two : jumps { jump a.σ⁻*b.σ⁺
                   jump K*r1.L*exp(2*i*r1.φ) }
bath more : jumps { jump idle.σ⁻ }
equation e { local common, hot; jumps two, more }
`;

/** A graph as short lines: what stands in each node, and the operators of each edge. */
export function told(graph: ModelGraph) {
  const { subsystems, terms, baths, edges } = graph;
  const names = new Map([...subsystems, ...baths].map(({ id, name }) => [id, name]));
  const name = (id: string): string => names.get(id) ?? id;
  return {
    subsystems: subsystems.map((s) => [`${s.name} : ${s.kind}`, ...s.terms.map(formulaText)].join(" | ")),
    terms: terms.map((t) =>
      [
        ...[t.id, ...t.labels],
        t.coefficient ? formulaText(t.coefficient) : "no common factor",
        summandsText(t),
      ].join(" | "),
    ),
    baths: baths.map(({ name: bath, kind, warmth }) => `${bath} : ${kind}, ${warmth}`),
    edges: edges.map((e) => `${name(e.from)} - ${name(e.to)}: ${e.operators.map(formulaText).join("; ")}`),
  };
}

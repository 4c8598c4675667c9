import { describe, expect, it } from "vitest";
import { graphOf, modelText, SHIPPED, shippedGraph, TANGLED, told } from "./graph-cases.ts";

describe("the graphs of the models", () => {
  it("rotor-qubit: two qubits and a rotor under one term, each with its bath", () => {
    expect(told(shippedGraph("rotor-qubit"))).toEqual({
      subsystems: ["q1 : qubit | B1*q1.σz", "q2 : qubit | B2*q2.σz", "r : rotor | r.L^2/(2*I)"],
      terms: ["t1 | λ | q1.σ⁺*q2.σ⁻*exp(i*r.φ) + h.c."],
      baths: ["cold : bosonic, cold", "hot : bosonic, hot", "load : jumps, load"],
      edges: [
        "t1 - q1: q1.σ⁺",
        "t1 - q2: q2.σ⁻",
        "t1 - r: exp(i*r.φ)",
        "cold - q1: q1.σ⁻",
        "hot - q2: q2.σ⁻",
        "load - r: cos(r.φ); sin(r.φ); r.L",
      ],
    });
  });

  it("absorption-refrigerator: the coldest and the hottest of three baths without roles", () => {
    expect(told(shippedGraph("absorption-refrigerator"))).toEqual({
      subsystems: [
        "q_cold : qubit | E_cold/2*q_cold.σz",
        "q_room : qubit | E_room/2*q_room.σz",
        "q_hot : qubit | E_hot/2*q_hot.σz",
      ],
      terms: ["t1 | λ | q_cold.σ⁻*q_room.σ⁺*q_hot.σ⁻ + h.c."],
      baths: ["cold : bosonic, cold", "room : bosonic, neutral", "hot : bosonic, hot"],
      edges: [
        "t1 - q_cold: q_cold.σ⁻",
        "t1 - q_room: q_room.σ⁺",
        "t1 - q_hot: q_hot.σ⁻",
        "cold - q_cold: q_cold.σ⁻",
        "room - q_room: q_room.σ⁻",
        "hot - q_hot: q_hot.σ⁻",
      ],
    });
  });

  it("three-level-maser: two baths on one atom, by their own transitions", () => {
    expect(told(shippedGraph("three-level-maser"))).toEqual({
      subsystems: [
        "atom : levels | ω_cold*atom.|x><x| | ω_hot*atom.|e><e|",
        "field : oscillator | ω_cavity*field.N",
      ],
      terms: ["t1 | g | atom.|x><e|*field.a† + h.c."],
      baths: ["cold : bosonic, cold", "hot : bosonic, hot", "cavity : bosonic, cold"],
      edges: [
        "t1 - atom: atom.|x><e|",
        "t1 - field: field.a†",
        "cold - atom: atom.|g><x|",
        "hot - atom: atom.|g><e|",
        "cavity - field: field.a",
      ],
    });
  });

  it("coupled-qubits and optomechanical-cooling: one exchange", () => {
    expect(told(shippedGraph("coupled-qubits")).edges).toEqual([
      "t1 - q1: q1.σ⁺",
      "t1 - q2: q2.σ⁻",
      "cold - q1: q1.σ⁻",
      "hot - q2: q2.σ⁻",
    ]);
    expect(told(shippedGraph("optomechanical-cooling")).edges).toEqual([
      "t1 - m: m.a",
      "t1 - q: q.σ⁺",
      "warm - m: m.a",
      "cold - q: q.σ⁻",
    ]);
  });

  it("spin-chain: one term a bond with its common factor, at any length", () => {
    const { terms, edges, baths } = told(shippedGraph("spin-chain", ["N=3"]));
    expect(terms).toEqual([
      "t1 | J | q[1].σx*q[2].σx + q[1].σy*q[2].σy + Δ*q[1].σz*q[2].σz",
      "t2 | J | q[2].σx*q[3].σx + q[2].σy*q[3].σy + Δ*q[2].σz*q[3].σz",
    ]);
    expect(edges.slice(0, 4)).toEqual([
      "t1 - q[1]: q[1].σx; q[1].σy; q[1].σz",
      "t1 - q[2]: q[2].σx; q[2].σy; q[2].σz",
      "t2 - q[2]: q[2].σx; q[2].σy; q[2].σz",
      "t2 - q[3]: q[3].σx; q[3].σy; q[3].σz",
    ]);
    expect(edges.slice(4)).toEqual([
      "left - q[1]: q[1].σ⁻",
      "right - q[3]: q[3].σ⁻",
      "noise[1] - q[1]: q[1].σz",
      "noise[2] - q[2]: q[2].σz",
      "noise[3] - q[3]: q[3].σz",
    ]);
    expect(baths.slice(0, 3)).toEqual([
      "left : bosonic, hot",
      "right : bosonic, cold",
      "noise[1] : jumps, neutral",
    ]);
    expect(shippedGraph("spin-chain", ["N=10"]).terms).toHaveLength(9);
  });

  it.each(SHIPPED)("%s: ids are unique and edges join what there is", (name) => {
    const { subsystems, terms, baths, edges } = shippedGraph(name);
    const ids = [...subsystems, ...terms, ...baths].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { from, to, operators } of edges) {
      expect([...terms, ...baths].map(({ id }) => id)).toContain(from);
      expect(subsystems.map(({ id }) => id)).toContain(to);
      expect(operators.length).toBeGreaterThan(0);
    }
  });
});

describe("what joins subsystems", () => {
  const terms = (hamiltonian: string, subsystems = "subsystem a, b, c : qubit"): string[] =>
    told(graphOf(modelText(subsystems, hamiltonian, BATH))).terms.map((t) => t.replace(/^t\d+ \| /, ""));
  const BATH = "bath x : jumps { jump a.|0><1| }\nequation e { jumps x }";
  const TWO = "subsystem a, b : levels(0, 1)";

  it("is one term for each set of subsystems, over all statements", () => {
    const { terms: found } = told(
      graphOf(
        modelText(
          "subsystem a, b, c : qubit",
          "interaction hop: J*a.σx*b.σx + b.σx*c.σx\ninteraction K*a.σz*b.σz\nfree a.σz*c.σz + a.σx",
        ),
      ),
    );
    expect(found).toEqual([
      "t1 | hop | no common factor | J*a.σx*b.σx + K*a.σz*b.σz",
      "t2 | hop | no common factor | b.σx*c.σx",
      "t3 | no common factor | a.σz*c.σz",
    ]);
  });

  it("shows h.c. once, however it is written", () => {
    const hop = "a.|0><1|*b.|1><0|";
    expect(terms(`interaction J*(${hop} + h.c.)`, TWO)).toEqual([`J | ${hop} + h.c.`]);
    expect(terms(`interaction J*${hop} + J*b.|0><1|*a.|1><0|`, TWO)).toEqual([`J | ${hop} + h.c.`]);
    expect(terms(`interaction i*J*(${hop} - h.c.)`, TWO)).toEqual([`i*J | ${hop} + h.c.`]);
    expect(terms(`interaction J*(${hop} + h.c.) + K*a.|0><0|*b.|0><0|`, TWO)).toEqual([
      `no common factor | (J*${hop} + h.c.) + K*a.|0><0|*b.|0><0|`,
    ]);
  });

  it("multiplies sums over several subsystems out, and keeps a sum on one as an operator", () => {
    const { edges, terms: found } = told(graphOf(TANGLED));
    expect(found).toContain("t3 | J | (m.a + m.a†)*a.σx");
    expect(edges).toContain("t3 - m: m.a + m.a†");
    expect(terms("interaction J*(a.|0><0| + b.|0><0|)*c.|0><0|", "subsystem a, b, c : levels(0, 1)")).toEqual(
      ["J | a.|0><0|*c.|0><0|", "J | b.|0><0|*c.|0><0|"],
    );
  });

  it("turns both angles of a cosine", () => {
    const { edges } = told(graphOf(TANGLED));
    expect(edges).toContain("t2 - r1: exp(i*r1.φ)");
    expect(edges).toContain("t2 - r2: exp(-2*i*r2.φ)");
  });

  it("does not multiply out what would never end", () => {
    const many = Array.from({ length: 12 }, () => "(a.|0><1| + b.|0><1|)").join("*");
    expect(terms(`interaction J*(${many} + h.c.)`, TWO)).toHaveLength(1);
    expect(terms("interaction J*(a.|0><1| + b.|0><1| + h.c.)^30", TWO)).toHaveLength(1);
  });
});

describe("baths", () => {
  it("may touch several subsystems, by several operators each", () => {
    const { edges } = told(graphOf(TANGLED));
    expect(edges.filter((e) => /^(common|two)/.test(e))).toEqual([
      "common - a: a.σ⁻",
      "common - b: b.σ⁻",
      "two - a: a.σ⁻",
      "two - b: b.σ⁺",
      "two - r1: r1.L; exp(2*i*r1.φ)",
    ]);
  });

  it("have no warmth of their own where all are as hot as each other", () => {
    const two = "bath x : bosonic { β = 1; couples a.σ⁻ }\nbath y : bosonic { β = J; couples a.σ⁻ }";
    const graph = graphOf(modelText("subsystem a : qubit", "free a.σz", `${two}\nequation e { local x, y }`));
    expect(graph.baths.map((b) => b.warmth)).toEqual(["neutral", "neutral"]);
  });
});

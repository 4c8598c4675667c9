import { describe, expect, it } from "vitest";
import { GRAPH_FORMATS, type GraphFormat, graphText } from "../../src/graph/graph-text.ts";
import type { ModelGraph } from "../../src/graph/model-graph.ts";
import { graphOf, longChain, SHIPPED, shippedGraph, TANGLED } from "./graph-cases.ts";

function write(graph: ModelGraph, format: GraphFormat): string {
  const outcome = graphText(graph, format);
  if (outcome.kind !== "written") throw new Error(outcome.message);
  return outcome.text;
}

/** A graph whose names and descriptions hold what formats give a meaning to. */
function hostile(graph: ModelGraph): ModelGraph {
  const nasty = `end"; x -- y [label=<b>] %% \\n\n]]></svg><script>alert(1)</script> # | \`_*\` & \u0007`;
  return {
    ...graph,
    name: nasty,
    description: nasty,
    subsystems: graph.subsystems.map((s) => ({ ...s, name: nasty, kind: nasty })),
    terms: graph.terms.map((t) => ({ ...t, labels: [nasty] })),
    baths: graph.baths.map((b) => ({ ...b, name: nasty })),
  };
}

const CASES: readonly (readonly [string, () => ModelGraph])[] = [
  ...SHIPPED.map((name) => [name, () => shippedGraph(name)] as const),
  ["a tangled model", () => graphOf(TANGLED)],
  ["hostile names", () => hostile(shippedGraph("rotor-qubit"))],
];

describe.each(GRAPH_FORMATS)("%s", (format) => {
  it("is the same each time", () => {
    for (const [, make] of CASES) expect(write(make(), format)).toBe(write(make(), format));
  });
});

/** The statements of a DOT graph, each of a form that the graphs here use; throws on anything else. */
function dotStatements(text: string): string[] {
  const string = String.raw`"(?:[^"\\\n]|\\.)*"`;
  const value = `(?:${string}|[A-Za-z]\\w*)`;
  const list = `\\[\\w+=${value}(?:, \\w+=${value})*\\]`;
  const edge = `\\w+ -- \\w+ ${list};`;
  const statement = new RegExp(`^(?:rankdir=LR;|\\w+ ${list};|${edge}|\\{ rank=same; ${edge} \\})$`);
  const lines = text.trimEnd().split("\n");
  expect(lines[0]).toMatch(new RegExp(`^graph ${string} \\{$`));
  expect(lines.at(-1)).toBe("}");
  const inner = lines.slice(1, -1).map((line) => line.trim());
  expect(inner.filter((line) => !statement.test(line))).toEqual([]);
  return inner;
}

describe("dot", () => {
  it.each(CASES)("is sound: %s", (_, make) => {
    const graph = make();
    const statements = dotStatements(write(graph, "dot"));
    expect(
      statements.filter((s) => s.includes(" -- ") && !s.startsWith("s1 [")).length,
    ).toBeGreaterThanOrEqual(graph.edges.length);
  });

  it("names nodes and edges", () => {
    const text = write(shippedGraph("rotor-qubit"), "dot");
    expect(text).toContain('s3 [label="r : rotor\\nL^2/(2*I)"];');
    expect(text).toContain('t1 -- s3 [label="exp(i*φ)"];');
    expect(text).toContain('s3 -- b3 [label="cos(φ), sin(φ), L"];');
  });

  it("stands stacked baths in the column of their subsystem", () => {
    expect(write(shippedGraph("spin-chain"), "dot")).toContain('{ rank=same; b4 -- s2 [label="σz"]; }');
  });
});

describe("mermaid", () => {
  const label = String.raw`"(?:[\p{L}\p{N} ,=^+()⁺⁻†]|#\d+;|<br/>)*"`;
  const line = new RegExp(
    `^  (?:\\w+\\[${label}\\]:::\\w+|\\w+\\(\\[${label}\\]\\):::\\w+|\\w+\\(${label}\\):::\\w+|\\w+ ---\\|${label}\\| \\w+|classDef .*)$`,
    "u",
  );

  it.each(CASES)("holds nothing that Mermaid would read: %s", (_, make) => {
    const [head, ...lines] = write(make(), "mermaid").trimEnd().split("\n");
    expect(head).toBe("flowchart LR");
    expect(lines.filter((l) => !line.test(l))).toEqual([]);
  });

  it("writes by numbers what has a meaning", () => {
    expect(write(shippedGraph("three-level-maser"), "mermaid")).toContain('|"#124;x#62;#60;e#124;"|');
  });
});

describe("json", () => {
  it("holds the graph with formulas as text and as LaTeX", () => {
    const data = JSON.parse(write(shippedGraph("rotor-qubit"), "json"));
    expect(Object.keys(data)).toEqual([
      "format",
      "model",
      "description",
      "subsystems",
      "terms",
      "baths",
      "edges",
    ]);
    expect(data.terms[0]).toEqual({
      id: "t1",
      labels: [],
      coefficient: { text: "λ", latex: "\\lambda" },
      summands: [
        {
          text: "q1.σ⁺*q2.σ⁻*exp(i*r.φ)",
          latex: "\\sigma_{1}^{+} \\sigma_{2}^{-} e^{i\\varphi}",
          plusAdjoint: true,
        },
      ],
    });
    expect(data.baths[2]).toEqual({
      id: "b3",
      name: "load",
      kind: "jumps",
      role: "load",
      beta: { text: "βr", latex: "\\beta_{r}" },
      warmth: "load",
    });
    expect(data.edges[0]).toEqual({
      from: "t1",
      to: "s1",
      operators: [{ text: "q1.σ⁺", latex: "\\sigma^{+}" }],
    });
  });

  it.each(CASES)("is one object: %s", (_, make) => {
    expect(JSON.parse(write(make(), "json")).format).toBe("thermill-graph/1");
  });
});

describe("a graph of very many nodes", () => {
  const large = graphOf(longChain(150));

  it("is not drawn, and says what to do", () => {
    const outcome = graphText(large, "svg");
    expect(outcome).toMatchObject({ kind: "too-large" });
    if (outcome.kind === "too-large") {
      expect(outcome.message).toContain("449 nodes");
      expect(outcome.fix).toContain("--format dot");
    }
  });

  it("is written for other programs", () => {
    for (const format of ["dot", "mermaid", "json"] as const) {
      expect(write(large, format).length).toBeGreaterThan(10_000);
    }
  });
});

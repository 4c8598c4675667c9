import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { symbolFormula } from "../../src/formula/formula.ts";
import { formulaRuns } from "../../src/graph/formula-runs.ts";
import { graphSvg } from "../../src/graph/graph-svg.ts";
import { type ModelGraph, nodeId } from "../../src/graph/model-graph.ts";
import { bodyBoxes, type Extent, pictureExtent, textBoxes } from "../../src/graph/picture-extent.ts";
import { pictureLayout } from "../../src/graph/picture-layout.ts";
import { graphOf, modelText, SHIPPED, shippedGraph, TANGLED } from "./graph-cases.ts";

const CASES: readonly (readonly [string, () => ModelGraph])[] = [
  ...SHIPPED.map((name) => [name, () => shippedGraph(name)] as const),
  ["a chain of ten", () => shippedGraph("spin-chain", ["N=10"])],
  ["a tangled model", () => graphOf(TANGLED)],
  ["one subsystem", () => graphOf(modelText("subsystem a : qubit", "free a.σz"))],
  ["names of any length", () => graphOf(longNames)],
];

const word = "w".repeat(120);
const longNames = modelText(
  `parameter ${word} = 1\nsubsystem ${word}_1, ${word}_2 : qubit`,
  `free ${word}*${word}_1.σz\ninteraction ${word}*${word}_1.σx*${word}_2.σx`,
  `bath ${word}_b : bosonic { β = ${word}; couples ${word}_1.σ⁻ }\nequation e { local ${word}_b }`,
);

/** The names of the elements of an XML text, in their order; throws where it is not well-formed. */
function elements(xml: string): string[] {
  const open: string[] = [];
  const names: string[] = [];
  const text = `(?:[^<&]|&(?:amp|lt|gt|quot);)*`;
  const attribute = String.raw`\s+[\w:-]+="(?:[^<&"]|&(?:amp|lt|gt|quot);)*"`;
  const token = new RegExp(`<(/?)([A-Za-z]+)((?:${attribute})*)(/?)>|(${text})`, "uy");
  while (token.lastIndex < xml.length) {
    const start = token.lastIndex;
    const match = token.exec(xml);
    if (!match || match[0] === "") throw new Error(`not XML at ${start}: ${xml.slice(start, start + 40)}`);
    const [, closing, name, , empty] = match;
    if (name === undefined) continue;
    if (closing) expect(open.pop()).toBe(name);
    else {
      names.push(name);
      if (!empty) open.push(name);
    }
  }
  expect(open).toEqual([]);
  return names;
}

const overlap = (a: Extent, b: Extent): boolean =>
  a.left < b.left + b.width &&
  b.left < a.left + a.width &&
  a.top + 3 < b.top + b.height &&
  b.top + 3 < a.top + a.height;

const isInside = (a: Extent, b: Extent): boolean =>
  a.left >= b.left &&
  a.top >= b.top &&
  a.left + a.width <= b.left + b.width &&
  a.top + a.height <= b.top + b.height;

describe.each(CASES)("the picture of %s", (_, make) => {
  const graph = make();

  it("is well-formed and complete in itself", () => {
    const svg = graphSvg(graph);
    const names = elements(svg.trimEnd());
    expect(names.slice(0, 3)).toEqual(["svg", "title", "desc"]);
    expect(new Set(names)).toEqual(
      new Set(
        ["svg", "title", "desc", "rect", "path", "g", "text", "tspan"].filter((n) => names.includes(n)),
      ),
    );
    expect(svg).not.toMatch(/href|url\(|\sstyle=|NaN|undefined|Infinity/);
    expect(svg.match(/https?:[^"]*/g)).toEqual(["http://www.w3.org/2000/svg"]);
  });

  it("lets no text overlap another, no body another, and no text stick out of the page", () => {
    const layout = pictureLayout(graph);
    const page = pictureExtent(layout);
    const texts = textBoxes(layout);
    const bodies = bodyBoxes(layout);
    for (const boxes of [texts, bodies]) {
      for (const [i, box] of boxes.entries()) {
        expect(isInside(box, page)).toBe(true);
        for (const other of boxes.slice(i + 1))
          expect([box, other, overlap(box, other)]).toEqual([box, other, false]);
      }
    }
    for (const text of texts) {
      for (const body of bodies) expect(isInside(text, body) || !overlap(text, body)).toBe(true);
    }
  });
});

const anyText = fc.string({ minLength: 1, maxLength: 24 });
const label = anyText.map((text) => symbolFormula(text, text.replace(/[{}_^\\\\]/g, "")));
const labels = (minLength: number) => fc.array(label, { minLength, maxLength: 8 });

/** Any graph: terms that join any subsystems, baths on none, one or many of them, texts of any length. */
const anyGraph: fc.Arbitrary<ModelGraph> = fc.integer({ min: 1, max: 7 }).chain((count) => {
  const ids = Array.from({ length: count }, (_, i) => nodeId("subsystem", i));
  const touched = (minLength: number) => fc.subarray(ids, { minLength: Math.min(minLength, count) });
  const edges = fc.array(fc.tuple(touched(2), labels(1)), { maxLength: 7 });
  const bathEdges = fc.array(fc.tuple(touched(0), labels(1)), { maxLength: 6 });
  return fc.record({ terms: edges, baths: bathEdges, own: labels(0), name: anyText }).map(
    (g): ModelGraph => ({
      name: g.name,
      subsystems: ids.map((id) => ({
        id,
        name: g.name,
        kind: "qubit",
        levels: { kind: "finite", count: 2 },
        terms: g.own,
      })),
      terms: g.terms.map(([, texts], i) => ({
        id: nodeId("term", i),
        labels: [],
        ...(i % 2 === 0 && { coefficient: texts[0]! }),
        summands: texts.map((formula) => ({ formula, plusAdjoint: i % 3 === 0 })),
      })),
      baths: g.baths.map((_, i) => ({
        id: nodeId("bath", i),
        name: g.name,
        kind: i % 2 === 0 ? "bosonic" : "jumps",
        warmth: "neutral",
      })),
      edges: [
        ...g.terms.flatMap(([to, operators], i) =>
          to.map((t) => ({ from: nodeId("term", i), to: t, operators })),
        ),
        ...g.baths.flatMap(([to, operators], i) =>
          to.map((t) => ({ from: nodeId("bath", i), to: t, operators })),
        ),
      ],
    }),
  );
});

describe("the picture of any graph", () => {
  it("is well-formed, the same each time, and lets nothing overlap", () => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        const svg = graphSvg(graph);
        elements(svg.trimEnd());
        expect(graphSvg(graph)).toBe(svg);
        const layout = pictureLayout(graph);
        for (const boxes of [textBoxes(layout), bodyBoxes(layout)]) {
          for (const [i, box] of boxes.entries()) {
            expect(boxes.slice(i + 1).filter((other) => overlap(box, other))).toEqual([]);
          }
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe("a chain", () => {
  const graph = shippedGraph("spin-chain", ["N=10"]);
  const { nodes } = pictureLayout(graph);
  const placeOf = (name: string) => {
    const id = [...graph.subsystems, ...graph.baths].find((n) => n.name === name)!.id;
    return nodes.find(({ figure }) => figure.id === id)!;
  };

  it("is a row of spins with the bonds between them and the baths at its ends", () => {
    const row = ["left", ...Array.from({ length: 10 }, (_, k) => `q[${k + 1}]`), "right"].map(placeOf);
    expect(new Set(row.map(({ y }) => y)).size).toBe(1);
    const xs = row.map(({ x }) => x);
    expect(xs).toEqual([...xs].sort((a, b) => a - b));
    const bonds = nodes.filter(({ figure }) => figure.body.kind === "term");
    for (const [k, bond] of bonds.entries()) {
      expect(bond.y).toBe(row[0]!.y);
      expect(bond.x).toBeGreaterThan(xs[k + 1]!);
      expect(bond.x).toBeLessThan(xs[k + 2]!);
    }
  });

  it("has its noise above the spins", () => {
    for (let k = 1; k <= 10; k++) {
      expect(placeOf(`noise[${k}]`).x).toBe(placeOf(`q[${k}]`).x);
      expect(placeOf(`noise[${k}]`).y).toBeLessThan(placeOf(`q[${k}]`).y);
    }
  });
});

describe("the picture", () => {
  it("sets operators with real superscripts", () => {
    const svg = graphSvg(shippedGraph("rotor-qubit"));
    const span = (text: string) => `<tspan dy="[-\\d.]+" font-size="[\\d.]+"[^>]*>${text}</tspan>`;
    expect(svg).toMatch(new RegExp(`<tspan font-style="italic">e</tspan>${span("iφ")}</text>`));
    expect(svg).toMatch(new RegExp(`<tspan font-style="italic">σ</tspan>${span("−")}</text>`));
  });

  it("stands what comes first in the model above what comes later", () => {
    const { nodes } = pictureLayout(shippedGraph("rotor-qubit"));
    const y = (id: string) => nodes.find(({ figure }) => figure.id === id)!.y;
    expect(y("s1")).toBeLessThan(y("s2"));
    expect(y("b1")).toBeLessThan(y("b2"));
  });

  it("tells in words what it shows", () => {
    expect(graphSvg(shippedGraph("coupled-qubits"))).toContain(
      "<desc>2 subsystems, 1 interaction, 2 baths: q1 (qubit), q2 (qubit). " +
        "An interaction of strength g joins q1 by σ⁺, q2 by σ⁻. " +
        "The bath cold touches q1 by σ⁻. The bath hot touches q2 by σ⁻.</desc>",
    );
  });

  it("escapes what a model says", () => {
    expect(graphSvg(graphOf(TANGLED))).toContain("<title>tangled: a &lt;b&gt; &amp; 'c' ]]&gt; --</title>");
  });
});

describe("formulas on one line", () => {
  const own = (term: string) =>
    graphOf(modelText("subsystem a : qubit", `free ${term}`)).subsystems[0]!.terms.map((t) =>
      formulaRuns(t)
        .map((r) => r.text)
        .join(""),
    );

  it.each([
    ["J/2*a.σz", "(J/2)\u2009σz"],
    ["-J*a.σz", "−J\u2009σz"],
    ["(J + K)*a.σz", "(J + K)\u2009σz"],
    ["J/(2*K)*a.σz", "(J/(2\u2009K))\u2009σz"],
    ["sqrt(J)*a.σz", "√J\u2009σz"],
    ["5e-8*a.σz", "5×10−8\u2009σz"],
  ])("%s", (term, shown) => {
    expect(own(term)).toEqual([shown]);
  });
});

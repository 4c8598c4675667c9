import { readFileSync } from "node:fs";
import type { CstElement, CstNode } from "chevrotain";
import { describe, expect, it } from "vitest";
import { ModelParser } from "../../grammar/model-parser.ts";
import { createReader } from "../../grammar/read.ts";
import * as t from "../../grammar/tokens.ts";
import type { ModelFile } from "../../src/syntax/ast.ts";
import { parsed, show } from "./show.ts";
import { isIdentifier, isNumber, nodesOf } from "./walk.ts";

const text = readFileSync(new URL("./every-construct.thermill", import.meta.url), "utf8");
const tree = parsed(text);
const cst = createReader()(text).tree!;

function elements(node: CstNode): CstElement[] {
  const children = Object.values(node.children).flat();
  return [node, ...children.flatMap((child) => ("image" in child ? [child] : elements(child)))];
}

function declaration<Kind extends ModelFile["declarations"][number]["kind"]>(kind: Kind, index = 0) {
  const all = tree.declarations.filter((d) => d.kind === kind);
  return all[index] as Extract<ModelFile["declarations"][number], { readonly kind: Kind }>;
}

describe("the tree of a file with every construct", () => {
  it("comes from every rule of the grammar", () => {
    const used = new Set(elements(cst).map((e) => ("image" in e ? "" : e.name)));
    const rules = Object.keys(new ModelParser({ validate: true }).getGAstProductions());
    expect(rules.filter((rule) => !used.has(rule))).toEqual([]);
  });

  it("holds every name and number of the text, where it stands", () => {
    const heads = new Set(Object.values(t.contextualKeywords).map(({ name }) => name));
    const names = elements(cst).flatMap((e) =>
      "image" in e && e.tokenType === t.Name ? [e.startOffset] : [],
    );
    const numbers = elements(cst).flatMap((e) =>
      "image" in e && e.tokenType === t.NumberToken ? [e.startOffset] : [],
    );
    const starts = new Set(nodesOf(tree).map(({ span }) => span.start));
    expect(heads.size).toBeGreaterThan(30);
    expect(names.filter((start) => !starts.has(start))).toEqual([]);
    expect(numbers.filter((start) => !starts.has(start))).toEqual([]);
  });

  it("has the places of names, numbers and texts", () => {
    for (const node of nodesOf(tree)) {
      const source = text.slice(node.span.start, node.span.end);
      if (isIdentifier(node)) expect(source).toBe(node.text);
      if (isNumber(node)) expect(source).toBe(node.text);
      if (!("kind" in node) && "text" in node && !isIdentifier(node)) expect(source).toBe(`"${node.text}"`);
    }
  });

  it("has nodes that lie within the nodes around them", () => {
    const check = (value: unknown, start: number, end: number): void => {
      if (typeof value !== "object" || value === null) return;
      const span = "span" in value ? (value.span as { start: number; end: number }) : { start, end };
      expect(span.start).toBeGreaterThanOrEqual(start);
      expect(span.end).toBeLessThanOrEqual(end);
      for (const [key, part] of Object.entries(value)) if (key !== "span") check(part, span.start, span.end);
    };
    check(tree, 0, text.length);
  });
});

describe("declarations", () => {
  it("version and header", () => {
    expect(tree.version?.text).toBe("1");
    expect(tree.header).toMatchObject({
      name: { text: "fast" },
      description: { text: "a faster rotor" },
      base: { name: { text: "rotor_qubit" }, settings: [{ name: { text: "γ" }, value: { text: "1e-3" } }] },
    });
    expect(parsed('model m "two qubits"').header).toMatchObject({ description: { text: "two qubits" } });
    expect(parsed("model m").header).not.toHaveProperty("base");
  });

  it("parameter", () => {
    const first = declaration("parameter");
    expect(first.type?.text).toBe("integer");
    expect(show(first.value)).toBe("4");
    expect(show(first.domain!)).toBe("{2 .. 10}");
    expect(first.description?.text).toBe("sites");
    expect(declaration("parameter", 1).declared.index).toMatchObject({ variable: { text: "j" } });
    expect(declaration("parameter", 2).declared.index).not.toHaveProperty("variable");
  });

  it("let, spectrum, use", () => {
    expect(declaration("let")).not.toHaveProperty("parameters");
    expect(declaration("let", 1).parameters?.map((p) => p.text)).toEqual(["x", "y"]);
    expect(declaration("spectrum").parameters.map((p) => p.text)).toEqual(["ω", "ω0", "width"]);
    expect(declaration("use").path.text).toBe("lib/spectra.thermill");
  });

  it("kind", () => {
    const kind = declaration("kind");
    expect(kind.parameters.map((p) => p.text)).toEqual(["K"]);
    expect(kind.bases.map((b) => `${b.variable.text} in ${show(b.domain)}`)).toEqual(["n in {0 .. inf}"]);
    expect(kind.operators.map((o) => o.name.text)).toEqual(["b", "X"]);
    expect(kind.operators[0]?.description?.text).toBe("lowers");
  });

  it("subsystem", () => {
    const [spins, mode] = [declaration("subsystem"), declaration("subsystem", 1)];
    expect(spins.declared.map((d) => d.name.text)).toEqual(["q", "p"]);
    expect(spins.arguments).toEqual([]);
    expect(spins).not.toHaveProperty("window");
    expect(mode.window && show(mode.window.domain)).toBe("{0 .. 7}");
    expect(mode.arguments.map((a) => a.name?.text)).toEqual(["K", undefined]);
  });

  it("hamiltonian", () => {
    const { terms } = declaration("hamiltonian");
    expect(terms.map((term) => [term.role, term.label?.text])).toEqual([
      ["free", undefined],
      ["interaction", "mill"],
      ["drive", undefined],
      ["frame", undefined],
    ]);
  });

  it("bath, its lines sorted by what they are", () => {
    const bath = declaration("bath");
    expect(bath.bathKind.text).toBe("jumps");
    expect(bath.settings.map((s) => s.name.text)).toEqual(["β", "role"]);
    expect(bath.couplings.map(show)).toEqual(["{2 * m.b}"]);
    expect(bath.jumps.map(show)).toEqual(["q[j].σz", "m.|0><1|"]);
    expect(bath.description?.text).toBe("dephasing");
  });

  it("equation", () => {
    const { clauses } = declaration("equation");
    expect(
      clauses.map((c) => [c.method.text, c.baths.map(show), c.settings.map((s) => s.name.text)]),
    ).toEqual([
      ["local", ["noise[1]", "cold"], []],
      ["global", ["hot"], ["spectrum", "τ"]],
    ]);
  });

  it("variant and quantity", () => {
    expect(declaration("variant").settings.map((s) => s.name.text)).toEqual(["β1", "β2"]);
    expect(show(declaration("quantity").condition!)).toBe("{not ({{{1 < 2} and {3 >= 4}} or {all == 5}})}");
    expect(declaration("quantity", 1).parameters?.map((p) => p.text)).toEqual(["α"]);
  });

  it("state", () => {
    const [start, cooled] = [declaration("state"), declaration("state", 1)];
    expect(start.assignments.map((a) => a.targets.map(show))).toEqual([["q[1]", "m"], ["p"]]);
    expect(start).not.toHaveProperty("value");
    expect(show(cooled.value!)).toBe("steady(e)");
    expect(cooled.assignments).toEqual([]);
  });

  it("experiment", () => {
    const { clauses } = declaration("experiment");
    expect(clauses.map((c) => c.kind)).toEqual([
      ..."steady evolve evolve with sweep record plot plot mark maximise minimise find".split(" "),
    ]);
    const [, evolve, asked, , sweep, , plot, bare, , maximise] = clauses;
    expect(evolve).toMatchObject({ equations: [{ text: "e" }, { text: "g" }], from: { text: "start" } });
    expect(evolve).not.toHaveProperty("tolerance");
    expect(asked).toMatchObject({ route: { text: "shift_invert" } });
    expect(asked?.kind === "evolve" && [asked.times, asked.tolerance!].map(show)).toEqual([
      "linear(0, 1, 5)",
      "1e-8",
    ]);
    expect(sweep?.kind === "sweep" && show(sweep.parameter)).toBe("B[1]");
    expect(
      plot?.kind === "plot" && [plot.ordinates, plot.against, [plot.by!]].map((es) => es.map(show)),
    ).toEqual([["a", "b"], ["c", "d"], ["z"]]);
    expect(bare).toMatchObject({ against: [] });
    expect(bare).not.toHaveProperty("by");
    expect(maximise?.kind === "maximise" && maximise.over).toHaveLength(2);
  });

  it("is plain data", () => {
    expect(JSON.parse(JSON.stringify(tree))).toEqual(tree);
  });
});

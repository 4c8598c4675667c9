import { Resvg } from "@resvg/resvg-js";
import { describe, expect, it } from "vitest";
import { figureFile } from "../../src/cli/figure-files.ts";
import type { Figure } from "../../src/figure/figure.ts";
import { vegaLite } from "../../src/figure/vega-lite.ts";
import { figurePage } from "../../src/render/figure-page.ts";
import { figureSvg } from "../../src/render/figure-svg.ts";
import { figureOf, PAIR } from "./figures.ts";

const NASTY = `</title><script>alert('\\u0041')</script> & datum['x'] \${1+1}`;
const TEXT = `${PAIR.replace("field on qubit 1", NASTY)}
experiment many "${NASTY}" {
  steady weak
  sweep β2 in linear(0.1, 0.9, 9)
  record regime
  plot heat(cold), heat(hot), work against β2/β1
  plot efficiency, carnot_efficiency against β2/β1
}
experiment sideways { steady weak; sweep B1 in linear(0.5, 2.5, 5); plot work against B1 }
experiment regimes {
  steady weak
  sweep B1 in linear(0.55, 2.5, 5); sweep β2 in linear(0.1, 0.9, 5)
  plot regime against β2/β1, B1/B2
}
experiment powers {
  steady weak
  sweep B1 in linear(0.55, 2.5, 5); sweep β2 in logarithmic(0.01, 0.9, 5)
  plot work against β2, B1
}
experiment fading { evolve weak from start over time in [0, 1, 2, 5, 10, 20, inf]; plot population(q1) by time }
`;
const NAMES = ["many", "sideways", "regimes", "powers", "fading"] as const;
const FIGURES: ReadonlyMap<string, Figure> = new Map(NAMES.map((name) => [name, figureOf(TEXT, name)]));

/** Tags open and close in order, and there is nothing that XML does not take. */
function expectWellFormed(xml: string): void {
  const open: string[] = [];
  for (const [, slash, name, self] of xml.matchAll(/<(\/?)([A-Za-z:]+)(?:\s[^<>]*?)?(\/?)>/g)) {
    if (slash) expect(open.pop()).toBe(name);
    else if (!self) open.push(name!);
  }
  expect(open).toEqual([]);
  expect(xml.replace(/<[^<>]*>/g, "")).not.toMatch(/[<>\ue001\ue002\u200b]|&(?!amp;|lt;|gt;|quot;|#)/);
}

const texts = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>(.*?)<\/text>/gs)].map(([, t]) => t!.replace(/<[^>]*>/g, ""));

describe.each(NAMES)("the drawing of '%s'", (name) => {
  const figure = FIGURES.get(name)!;

  it("is a well-formed picture of the width of a column, with all of it inside", async () => {
    const svg = await figureSvg(figure);
    expectWellFormed(svg);
    const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg)!;
    expect(Number(width)).toBeGreaterThanOrEqual(322);
    expect(Number(width)).toBeLessThanOrEqual(328);
    const drawn = svg.replace(/<rect width="[\d.]+" height="[\d.]+" fill="white"\/>/, "");
    expect(drawn).not.toBe(svg);
    const box = new Resvg(drawn, { font: { loadSystemFonts: true } }).innerBBox()!;
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.y).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(Number(width));
    expect(box.y + box.height).toBeLessThanOrEqual(Number(height));
  });

  it("is the same, to the byte, whenever it is made", async () => {
    const again = await figureSvg(JSON.parse(JSON.stringify(figure)));
    expect((await figureSvg(figure)) === again).toBe(true);
  });
});

describe("a picture", () => {
  it("holds the labels", async () => {
    const labels = texts(await figureSvg(FIGURES.get("many")!));
    for (const label of [
      "β2/β1",
      "Q̇cold",
      "Q̇hot",
      "Ẇ",
      "η",
      "ηC",
      "efficiency",
      "engine",
      "refrigerator",
      "(a)",
      "(b)",
    ])
      expect(labels).toContain(label);
    expect(labels.filter((l) => l === "β2/β1")).toHaveLength(1);
    expect(texts(await figureSvg(FIGURES.get("fading")!))).toContain("steady state");
  });

  it("as PNG has 600 dots an inch, and letters though no font of the machine is read", async () => {
    const png = (await figureFile(FIGURES.get("sideways")!, "png")) as Uint8Array;
    const header = Buffer.from(png);
    expect(header.subarray(1, 4).toString()).toBe("PNG");
    expect(Math.abs(header.readUInt32BE(16) - (86 / 25.4) * 600)).toBeLessThan(20);
    const svg = await figureSvg(FIGURES.get("sideways")!);
    const ink = (text: string): number => {
      const { pixels } = new Resvg(text, { font: { loadSystemFonts: false } }).render();
      return pixels.filter((value, k) => k % 4 === 0 && value < 128).length;
    };
    // without the fonts that come with the program there are no letters at all, and the file would be smaller
    const bare = new Resvg(svg, {
      font: { loadSystemFonts: false },
      fitTo: { mode: "zoom", value: 600 / 96 },
    });
    expect(png.length).toBeGreaterThan(1.3 * bare.render().asPng().length);
    expect(ink(svg)).toBeGreaterThan(100);
  });
});

describe("what a model writes", () => {
  it("is data of the specification, never a field or an expression", () => {
    const expressions = new Set<string>();
    const fields = new Set<string>();
    const walk = (value: unknown): void => {
      if (typeof value !== "object" || value === null) return;
      for (const [key, item] of Object.entries(value)) {
        if (key === "field" && typeof item === "string") fields.add(item);
        else if (/^(expr|labelExpr|signal|calculate|filter|test)$/.test(key)) expressions.add(String(item));
        else if (key !== "values") walk(item);
      }
    };
    for (const figure of FIGURES.values()) {
      for (const isInteractive of [false, true]) walk(vegaLite(figure, { width: 260, isInteractive }));
    }
    expect([...fields].sort()).toEqual(["b", "o", "p", "r", "s", "t", "x", "x2", "y", "y2", "z"]);
    for (const e of expressions) expect(e).toMatch(/^\(round\(log\(datum\.value\) \/ LN10\)/);
  });

  it("is escaped in pictures and pages", async () => {
    const svg = await figureSvg(FIGURES.get("many")!);
    expect(svg).toContain("&lt;/title&gt;&lt;script&gt;");
    expect(svg).not.toContain("<script");
    const page = await figurePage(FIGURES.get("many")!, "draw()");
    expect(page.match(/<script/g)).toHaveLength(2);
    expect(page.match(/<\/script>/g)).toHaveLength(2);
  });
});

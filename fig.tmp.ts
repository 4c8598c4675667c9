import { readFileSync, writeFileSync } from "node:fs";
import { compile } from "/tmp/team/plots/src/pipeline.ts";
import { runSweep } from "/tmp/team/plots/src/run-sweep.ts";
import { runEvolve } from "/tmp/team/plots/src/run-evolve.ts";
import { experimentFigure, experimentsOfFigure } from "/tmp/team/plots/src/figure/experiment-figure.ts";
import { figureSvg } from "/tmp/team/plots/src/render/figure-svg.ts";
import { Resvg } from "@resvg/resvg-js";
const [file, experiment, out] = process.argv.slice(2) as [string, string, string];
const c = compile({ name: "m", text: readFileSync(file, "utf8") }, { sets: [], quantities: [], readLibrary: () => undefined });
const sweeps = new Map(), evolutions = new Map();
for (const name of experimentsOfFigure(c.model, experiment)) {
  if (c.model.evolutions.some((e) => e.name === name)) evolutions.set(name, runEvolve(c, { experiment: name }).results.trajectories);
  else { const r = runSweep(c, { experiment: name }); sweeps.set(name, r.results.results); for (const d of r.diagnostics) console.error(d.code, d.message); }
}
const f = experimentFigure(c.model, experiment, { sweeps, evolutions });
console.error(c.diagnostics.map(d=>d.message));
writeFileSync(out.replace(".png", ".json"), JSON.stringify(f, null, 1));
const t = performance.now();
const svg = await figureSvg(f!);
console.error("svg ms", performance.now() - t);
writeFileSync(out.replace(".png", ".svg"), svg);
const root = "/tmp/team/plots/node_modules/";
const png = new Resvg(svg, { font: { loadSystemFonts: false, fontFiles: [root+"@expo-google-fonts/arimo/400Regular/Arimo_400Regular.ttf", root+"@expo-google-fonts/arimo/400Regular_Italic/Arimo_400Regular_Italic.ttf", root+"dejavu-fonts-ttf/ttf/DejaVuSans.ttf"], defaultFontFamily: "Arimo", sansSerifFamily: "Arimo" }, fitTo: { mode: "zoom", value: 3 } }).render();
writeFileSync(out, png.asPng());

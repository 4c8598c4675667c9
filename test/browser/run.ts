/**
 * Loads the library in headless Chromium, without any part of Node, and holds what it computes there against Node's own
 * numbers: every quantity of the reference model's steady state, a sweep and an evolution. Prints the bundle's size.
 * CHROMIUM names the browser; /usr/bin/chromium where it does not.
 */
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import * as thermill from "../../src/api.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const model = readFileSync(`${root}/models/rotor-qubit.thermill`, "utf8");

/** A number of Chromium's may differ by this from Node's: both are V8, whose versions may round functions differently. */
const TOLERANCE = 1e-12;

type Numbers = Readonly<Record<string, number | string | null>>;

/** The same calls on both sides; a page receives it as text, so that it uses nothing from outside. */
function computed({ compile, steadyState, sweep, evolve }: typeof thermill, text: string): Numbers {
  const machine = compile(text);
  const state = steadyState(machine, { set: { beta2: 0.05 }, quantities: ["mean(r.L^2)"] });
  const global = steadyState(machine, { equation: "spin_boson" });
  const { points } = sweep(machine, { over: { beta2: [0.03, 0.06] }, quantities: ["heat(hot)", "regime"] });
  const course = evolve(machine, { from: "start", times: [0, 10], quantities: ["mean(r.L)"] });
  return {
    ...state.quantities,
    "global heat(hot)": global.value("heat(hot)"),
    ...Object.fromEntries(points.map(({ quantities }, k) => [`sweep ${k}`, quantities["heat(hot)"]!])),
    "evolution mean(r.L)": course.quantities["mean(r.L)"]![1]!,
    "rho[0]": state.density().re[0]!,
  };
}

async function bundled(): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ["src/api.ts"],
    bundle: true,
    minify: true,
    platform: "browser",
    target: "es2022",
    format: "iife",
    globalName: "thermill",
    write: false,
    logLevel: "warning",
  });
  return outputFiles[0]!.text;
}

/** What the page answers when it is opened on a server of this machine. */
async function inChromium(bundle: string): Promise<Numbers> {
  const server = createServer((request, response) => {
    const isScript = request.url === "/thermill.js";
    response.setHeader("content-type", `${isScript ? "text/javascript" : "text/html"}; charset=utf-8`);
    // no code from text: a page may forbid it, and the library must not need it
    response.setHeader("content-security-policy", "script-src 'self' 'sha256-none'");
    response.end(
      isScript ? bundle : `<!doctype html><title>thermill</title><script src="/thermill.js"></script>`,
    );
  }).listen(0, "127.0.0.1");
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  try {
    const page = await browser.newPage();
    const problems: string[] = [];
    page.on("pageerror", (error) => problems.push(error.message));
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    if (problems.length > 0) throw new Error(problems.join("\n"));
    return (await page.evaluate(`(${computed.toString()})(thermill, ${JSON.stringify(model)})`)) as Numbers;
  } finally {
    await browser.close();
    server.close();
  }
}

/** Every value that is not the same on both sides. */
const differences = (ours: Numbers, theirs: Numbers): string[] =>
  [...new Set([...Object.keys(ours), ...Object.keys(theirs)])].flatMap((key) => {
    const [x, y] = [ours[key], theirs[key]];
    if (typeof x === "number" && typeof y === "number") {
      // a current that vanishes is held to the others, not to itself
      return Math.abs(x - y) <= TOLERANCE * Math.max(Math.abs(x), 1e-3) ? [] : [`${key}: ${y}, not ${x}`];
    }
    return x === y ? [] : [`${key}: ${y}, not ${x}`];
  });

const bundle = await bundled();
const kilobytes = (size: number): string => `${Math.round(size / 1000)} kB`;
console.log(`the bundle: ${kilobytes(bundle.length)}, compressed ${kilobytes(gzipSync(bundle).length)}`);
const ours = computed(thermill, model);
const wrong = differences(ours, await inChromium(bundle));
for (const line of wrong) console.log(line);
console.log(`${Object.keys(ours).length} values in Chromium, ${wrong.length} unlike Node's`);
process.exitCode = wrong.length > 0 ? 1 : 0;

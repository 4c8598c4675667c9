/**
 * Compiles the kernels and bundles the program into dist, where it needs nothing but Node: thermill.cjs starts program.cjs,
 * whose compiled form is in program.cache; figure-files.cjs joins it where a figure is asked for. The library becomes
 * dist/index.js. Run with `npm run bundle`; `npm run build` adds the library's
 * type declarations.
 */
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type BuildOptions, build, type Plugin } from "esbuild";
import { generateKernels } from "./kernels/generate.ts";

const root = fileURLToPath(new URL(".", import.meta.url));

const shared: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  target: "node20",
  sourcemap: true,
  sourcesContent: false,
  legalComments: "none",
  logLevel: "warning",
};

/** Writes the program and its cache into `directory`; returns the path of the file that Node is given. */
export async function bundleProgram(directory: string): Promise<string> {
  const start = build({
    ...shared,
    entryPoints: { thermill: "src/cli/start.ts" },
    outdir: directory,
    outExtension: { ".js": ".cjs" },
    platform: "node",
    format: "cjs",
    sourcemap: false,
  });
  await Promise.all([start, bundleMain(directory), bundleFigures(directory)]);
  const path = join(directory, "thermill.cjs");
  writeCache(directory, path);
  return path;
}

/** program.cjs, a script whose value is a function that runs the program. */
async function bundleMain(directory: string): Promise<void> {
  const { outputFiles } = await build({
    ...shared,
    entryPoints: { program: "src/cli/main.ts" },
    outdir: directory,
    outExtension: { ".js": ".cjs" },
    platform: "node",
    format: "cjs",
    // a script can require but not import
    supported: { "dynamic-import": false },
    plugins: [besideTheProgram, whenCalled],
    banner: { js: "(function (require, __filename) {" },
    footer: { js: "})" },
    write: false,
  });
  mkdirSync(directory, { recursive: true });
  for (const { path, text } of outputFiles) writeFileSync(path, path.endsWith(".map") ? text : inAscii(text));
}

/** Esbuild writes signs beyond ASCII as escapes except in regular expressions and comments, where they mean the same. */
const inAscii = (text: string): string =>
  text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** The program loads what makes figures from a bundle of its own, when it is asked for a figure. */
const besideTheProgram: Plugin = {
  name: "beside-the-program",
  setup: ({ onResolve }) =>
    onResolve({ filter: /\/figure-files\.ts$/ }, () => ({ path: "./figure-files.cjs", external: true })),
};

/** Functions that few commands call, by what they are imported from: it is loaded when one of them is called. */
const CALLED_SELDOM: Readonly<Record<string, readonly string[]>> = {
  fflate: ["zipSync"],
  "node:child_process": ["spawn"],
  "node:crypto": ["createHash", "randomUUID"],
};

const whenCalled: Plugin = {
  name: "when-called",
  setup: ({ onResolve, onLoad }) => {
    const namespace = "when-called";
    onResolve({ filter: new RegExp(`^(${Object.keys(CALLED_SELDOM).join("|")})$`) }, (imported) =>
      imported.namespace === namespace ? undefined : { path: imported.path, namespace },
    );
    onLoad({ filter: /./, namespace }, ({ path }) => ({
      contents: CALLED_SELDOM[path]!.map(
        (name) => `export const ${name} = (...given) => require("${path}").${name}(...given);`,
      ).join("\n"),
      resolveDir: root,
    }));
  },
};

/** figure-files.cjs with Vega inside, figure-page.js for browsers, and the fonts of PNG pictures. */
async function bundleFigures(directory: string): Promise<void> {
  const files = build({
    ...shared,
    entryPoints: { "figure-files": "src/cli/figure-files.ts" },
    outdir: directory,
    outExtension: { ".js": ".cjs" },
    platform: "node",
    format: "cjs",
    sourcemap: false,
    external: ["@resvg/resvg-js"],
    // the one for Node looks for a canvas that we do not have
    alias: { "vega-canvas": join(root, "node_modules/vega-canvas/build/vega-canvas.browser.js") },
    define: { "import.meta.dirname": "__dirname" },
  });
  const page = build({
    ...shared,
    entryPoints: { "figure-page": "src/render/page-script.ts" },
    outdir: directory,
    platform: "browser",
    format: "iife",
    minify: true,
    sourcemap: false,
  });
  for (const file of FONTS) copy(file, join(directory, "fonts"));
  await Promise.all([files, page]);
}

/** Arimo has the widths of Helvetica and Arial; DejaVu Sans has the signs that it lacks, such as ⟨ and ⟩. */
const FONTS = [
  "@expo-google-fonts/arimo/400Regular/Arimo_400Regular.ttf",
  "@expo-google-fonts/arimo/400Regular_Italic/Arimo_400Regular_Italic.ttf",
  "@expo-google-fonts/arimo/LICENSE_FONT",
  "dejavu-fonts-ttf/ttf/DejaVuSans.ttf",
  "dejavu-fonts-ttf/LICENSE",
];

function copy(file: string, directory: string): void {
  mkdirSync(directory, { recursive: true });
  const name = file.endsWith(".ttf") ? basename(file) : `${file.split("/").at(-2)}-licence.txt`;
  copyFileSync(join(root, "node_modules", file), join(directory, name));
}

async function bundleLibrary(directory: string): Promise<void> {
  await build({
    ...shared,
    entryPoints: { index: "src/api.ts" },
    outdir: directory,
    platform: "neutral",
    format: "esm",
    packages: "external",
  });
}

/** The cache holds the functions that ran before it was written: those that a check of any model needs, and a usual run. */
function writeCache(directory: string, program: string): void {
  // V8 tells sources apart by their length alone, so that an old cache must not meet the new program.
  rmSync(join(directory, "program.cache"), { force: true });
  const models = readdirSync(join(root, "models"))
    .filter((name) => name.endsWith(".thermill"))
    .map((name) => join(root, "models", name));
  const rotor = join(root, "models/rotor-qubit.thermill");
  // each starts from the cache of the one before it
  for (const args of [
    ["check", ...models],
    ["run", rotor],
    ["run", rotor, "operation", "--json"],
  ]) {
    execFileSync(process.execPath, [program, ...args], {
      env: { ...process.env, THERMILL_WRITE_CACHE: "1" },
      stdio: ["ignore", "ignore", "inherit"],
    });
  }
}

async function main(): Promise<void> {
  generateKernels();
  const directory = join(root, "dist");
  mkdirSync(directory, { recursive: true });
  // not the types, which another command makes: npm bundles once more before it packs
  for (const name of readdirSync(directory).filter((n) => n !== "types"))
    rmSync(join(directory, name), { recursive: true });
  await Promise.all([bundleProgram(directory), bundleLibrary(directory)]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();

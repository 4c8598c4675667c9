/**
 * Compiles the kernels and bundles the program into dist, where it needs nothing but Node: thermill.js starts program.cjs, whose compiled form
 * is in program.cache. The library becomes dist/index.js. Run with `npm run bundle`; `npm run build` adds the library's
 * type declarations.
 */
import { execFileSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type BuildOptions, build } from "esbuild";
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
    platform: "node",
    format: "esm",
    sourcemap: false,
  });
  const program = build({
    ...shared,
    entryPoints: { program: "src/cli/main.ts" },
    outdir: directory,
    outExtension: { ".js": ".cjs" },
    platform: "node",
    format: "cjs",
  });
  await Promise.all([start, program]);
  const path = join(directory, "thermill.js");
  // V8 tells sources apart by their length alone, so that an old cache must not meet the new program.
  rmSync(join(directory, "program.cache"), { force: true });
  writeCache(path);
  return path;
}

async function bundleLibrary(directory: string): Promise<void> {
  await build({
    ...shared,
    entryPoints: ["src/index.ts"],
    outdir: directory,
    platform: "neutral",
    format: "esm",
    packages: "external",
  });
}

/** The cache holds the functions that ran before it was written: those that a check of any model needs. */
function writeCache(program: string): void {
  const directory = join(root, "models");
  const models = readdirSync(directory)
    .filter((name) => name.endsWith(".thermill"))
    .map((name) => join(directory, name));
  execFileSync(process.execPath, [program, "check", ...models], {
    env: { ...process.env, THERMILL_WRITE_CACHE: "1" },
    stdio: ["ignore", "ignore", "inherit"],
  });
}

async function main(): Promise<void> {
  generateKernels();
  const directory = join(root, "dist");
  await Promise.all([bundleProgram(directory), bundleLibrary(directory)]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();

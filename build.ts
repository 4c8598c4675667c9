/**
 * Bundles the program into dist, where it needs nothing but Node: thermill.js starts program.cjs, whose compiled form
 * is in program.cache. The library becomes dist/index.js. Run with `npm run bundle`; `npm run build` adds the library's
 * type declarations.
 */
import { execFileSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { type BuildOptions, build } from "esbuild";

const shared: BuildOptions = {
  bundle: true,
  target: "node20",
  sourcemap: true,
  sourcesContent: false,
  legalComments: "none",
  logLevel: "warning",
};

rmSync("dist", { recursive: true, force: true });
await Promise.all([
  build({
    ...shared,
    entryPoints: { thermill: "src/cli/start.ts" },
    outdir: "dist",
    platform: "node",
    format: "esm",
    sourcemap: false,
  }),
  build({
    ...shared,
    entryPoints: { program: "src/cli/main.ts" },
    outdir: "dist",
    outExtension: { ".js": ".cjs" },
    platform: "node",
    format: "cjs",
  }),
  build({
    ...shared,
    entryPoints: ["src/index.ts"],
    outdir: "dist",
    platform: "neutral",
    format: "esm",
    packages: "external",
  }),
]);

/** The cache holds the functions that ran before it was written: those that a check of any model needs. */
const models = readdirSync("models")
  .filter((name) => name.endsWith(".thermill"))
  .map((name) => `models/${name}`);
execFileSync(process.execPath, ["dist/thermill.js", "check", ...models], {
  env: { ...process.env, THERMILL_WRITE_CACHE: "1" },
  stdio: ["ignore", "ignore", "inherit"],
});

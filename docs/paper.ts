/**
 * Makes the figures of the paper into docs/images/paper, by `thermill run models/rotor-qubit.thermill --all --out DIR`.
 * Run with `npm run paper`.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const made = mkdtempSync(join(tmpdir(), "thermill-paper-"));
const pictures = path("images/paper");
const start = performance.now();
try {
  const given = ["run", path("../models/rotor-qubit.thermill"), "--all", "--out", made];
  const { status } = spawnSync(process.execPath, [path("../dist/thermill.cjs"), ...given], {
    stdio: "inherit",
  });
  if (status !== 0) throw new Error(`'thermill run' ended with ${status}`);
  mkdirSync(pictures, { recursive: true });
  for (const name of readdirSync(made).filter((n) => n.endsWith(".svg"))) {
    copyFileSync(join(made, name), join(pictures, name));
  }
} finally {
  rmSync(made, { recursive: true, force: true });
}
console.log(`docs/images/paper: ${((performance.now() - start) / 1000).toFixed(1)} s`);

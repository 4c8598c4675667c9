import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readBelow } from "../../src/cli/model-input.ts";

const root = mkdtempSync(join(tmpdir(), "thermill-library-"));
afterAll(() => rmSync(root, { recursive: true }));

const models = join(root, "models");
mkdirSync(join(models, "lib"), { recursive: true });
mkdirSync(join(root, "models-too"));
for (const path of ["outside.thermill", "models-too/near.thermill", "secret.txt"]) {
  writeFileSync(join(root, path), path);
}
for (const path of ["lib/inside.thermill", "..odd.thermill", "notes.txt"])
  writeFileSync(join(models, path), path);
symlinkSync(join(root, "outside.thermill"), join(models, "escape.thermill"));
symlinkSync(join(root, "secret.txt"), join(models, "secret.thermill"));
symlinkSync(join(models, "lib/inside.thermill"), join(models, "link.thermill"));
symlinkSync(root, join(models, "up"));

describe("files that a model uses", () => {
  it.each(["lib/inside.thermill", "./lib/inside.thermill", "..odd.thermill"])("are read: %s", (path) => {
    expect(readBelow(models, path)).toBe(path.replace("./lib", "lib"));
  });

  it("are read through links that stay below", () => {
    expect(readBelow(models, "link.thermill")).toBe("lib/inside.thermill");
  });

  it.each([
    "../outside.thermill",
    "lib/../../outside.thermill",
    "../models-too/near.thermill",
    join(root, "outside.thermill"),
    "escape.thermill",
    "secret.thermill",
    "up/outside.thermill",
    "notes.txt",
    "none.thermill",
    "lib",
  ])("are not read: %s", (path) => {
    expect(readBelow(models, path)).toBeUndefined();
  });
});

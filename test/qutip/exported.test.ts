import { describe, expect, it } from "vitest";
import { compile } from "../../src/pipeline.ts";
import { runExport } from "../../src/run-export.ts";
import { runSteady } from "../../src/run-steady.ts";
import { MACHINES } from "../export/machines.ts";
import { ask, python } from "./peer.ts";

type Report = Readonly<Record<string, number | null>>;

interface Case {
  readonly name: string;
  readonly script: string;
  readonly ours: Readonly<Record<string, number | string | null>>;
}

/** Every equation of every machine that has a steady state. */
function cases(): readonly Case[] {
  return MACHINES.flatMap(({ name, text }) => {
    const compiled = compile({ name, text }, { sets: [], quantities: [], readLibrary: () => undefined });
    return compiled.model.equations.flatMap(({ name: equation }) => {
      const { status, content } = runExport(compiled, { to: "qutip", equation });
      const row = runSteady(compiled, { equation }).results.results[0]?.rows[0];
      // what has no steady state has no script either
      if (status !== "good" || !row) return status === "not-vouched" && !row ? [] : [undefined];
      return [{ name: `${name}: ${equation}`, script: content as string, ours: row.quantities }];
    });
  }).map((c) => {
    if (!c) throw new Error("a script without a steady state, or the other way about");
    return c;
  });
}

const isCurrent = (key: string): boolean =>
  /^(heat|work|chemical_work|particles|entropy_production)/.test(key);

/** Each number is held to 1e-8 of its own size; what vanishes to 1e-11 of the largest heat, and of means to 1e-12. */
function disagreements({ ours }: Case, theirs: Report): string[] {
  const largest = Math.max(
    ...Object.entries(theirs).map(([key, x]) => (key.startsWith("heat(") ? Math.abs(x ?? 0) : 0)),
  );
  return Object.entries(theirs).flatMap(([key, x]) => {
    const y = ours[key];
    if (x === null || y === null) return x === y ? [] : [`${key}: ${y}, not ${x}`];
    if (typeof y !== "number") return [`${key}: ${y}, not ${x}`];
    const allowed = Math.max(1e-8 * Math.abs(y), isCurrent(key) ? 1e-11 * largest : 1e-12);
    return Math.abs(x - y) <= allowed ? [] : [`${key}: ${y}, not ${x}`];
  });
}

describe.runIf(python)("exported scripts", () => {
  const all = python ? cases() : [];
  const reports = ask<Report>(
    "run_exported.py",
    all.map(({ script }) => ({ script })),
  );

  it("are there for every method that a script can stand for", () => {
    expect(all.map((c) => c.name)).toEqual(
      expect.arrayContaining([
        "rotor-qubit: collisions",
        "rotor-qubit: spin_boson",
        "near: joined",
        "modes: coherent",
      ]),
    );
    expect(all.length).toBeGreaterThan(14);
  });

  it.each(all.map((c, k) => [c.name, k] as const))("give what Thermill gives: %s", (_, k) => {
    const report = reports[k]!;
    expect(disagreements(all[k]!, report)).toEqual([]);
    for (const key of Object.keys(all[k]!.ours)) {
      if (/^(heat|work|particles|mean)\(/.test(key)) expect(report).toHaveProperty([key]);
    }
  });
});

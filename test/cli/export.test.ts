import { readFileSync } from "node:fs";
import { unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { ROTOR, SMALL, useCli } from "./cli-process.ts";

const cli = useCli();

describe("thermill export", () => {
  it("prints a script or data, and nothing else", () => {
    const script = cli.run(["export", SMALL, "--to", "qutip", "--set", "g=0.25"]);
    expect([script.code, script.stderr]).toEqual([0, ""]);
    expect(script.stdout).toMatch(/^#!\/usr\/bin\/env python3\n/);
    expect(script.stdout).toContain("\ng = 0.25  # exchange\n");
    const data = cli.run(["export", SMALL, "--to", "json", "--set", "g=0.25"]);
    expect(JSON.parse(data.stdout).parameters.g).toBe(0.25);
  });

  it("writes files, arrays only there", () => {
    const path = cli.write("held.npz", "");
    const written = cli.run(["export", ROTOR, "held", "--to", "npz", "--output", path]);
    expect([written.code, written.stdout]).toEqual([0, ""]);
    expect(Object.keys(unzipSync(readFileSync(path)))).toEqual(
      expect.arrayContaining(["times.npy", "rho.npy", "level.r.npy", "population(r).npy"]),
    );
    expect(cli.run(["export", SMALL, "--to", "npz"])).toMatchObject({ code: 2, stdout: "" });
  });

  it("exits as the other commands do", () => {
    expect(cli.run(["export", SMALL]).code).toBe(2);
    expect(cli.run(["export", SMALL, "--to", "qutip", "--equation", "no"]).code).toBe(2);
    expect(cli.run(["export", SMALL, "operation", "--to", "qutip"]).code).toBe(2);
    expect(cli.run(["export", ROTOR, "nothing", "--to", "npz", "--output", "x.npz"]).code).toBe(2);
    expect(cli.run(["export", SMALL, "--to", "qutip", "--set", "g=h"]).code).toBe(1);
    const drifting = cli.run(["export", ROTOR, "--to", "qutip", "--equation", "unloaded"]);
    expect(drifting).toMatchObject({ code: 3, stdout: "" });
    expect(drifting.stderr).toContain("E501");
    const { code, stderr } = cli.run(["export", SMALL, "--to", "qutip", "--output", "there/is/none.py"]);
    expect(code).toBe(2);
    expect(stderr).toContain("E004");
  });
});

import { describe, expect, it } from "vitest";
import { ROTOR, resultsOf, SMALL, useCli } from "./cli-process.ts";

const cli = useCli();

describe("thermill run", () => {
  it("prints a report on stdout and nothing else, without colours where there is no terminal", () => {
    const { code, stdout, stderr } = cli.run(["run", SMALL, "--set", "g=0.02", "--set", "ω2=2.02"]);
    expect([code, stderr]).toEqual([0, ""]);
    for (const part of ["coupled_qubits", "heat", "regime", "engine", "(Carnot 0.75)", "Certificate"]) {
      expect(stdout).toContain(part);
    }
    expect(stdout).not.toContain("\u001b");
  });

  it("prints one JSON object with --json, the values of the report in full", () => {
    const finished = cli.run(["run", ROTOR, "--set", "beta2=0.03", "--json"]);
    const [result] = resultsOf(finished).results;
    const [row] = result!.rows;
    expect(finished.code).toBe(0);
    expect(row?.quantities.regime).toBe("engine");
    expect(row?.parameters.β2).toBe(0.03);
    expect(result?.roles).toEqual({ cold: "cold", hot: "hot", load: "load" });
  });

  it("takes a name in any of its spellings", () => {
    const [greek, ascii, subscript] = ["β2=0.07", "beta2=0.07", "β₂ = 0.07"].map(
      (set) => cli.run(["run", ROTOR, "--set", set, "--json"]).stdout,
    );
    expect(ascii).toBe(greek);
    expect(subscript).toBe(greek);
  });

  it("replaces a default by an expression before derived values are computed", () => {
    const { results } = resultsOf(cli.run(["run", SMALL, "--set", "T2=3*T1", "--set", "T1=2", "--json"]));
    expect(results[0]?.rows[0]?.parameters).toMatchObject({ T1: 2, T2: 6 });
  });

  it("solves the equation that is asked for, and adds quantities", () => {
    const args = ["run", ROTOR, "--quantity", "ergotropy(q1, q2)", "--json"];
    const [row] = resultsOf(cli.run(args)).results[0]!.rows;
    expect(row?.quantities).toHaveProperty("ergotropy(q1,q2)");
    const report = cli.run(["run", SMALL, "--equation", "collisions"]).stdout;
    expect(report).toContain("steady state of collisions");
  });

  it("adds the noise of each current with --noise, and says on which side of the classical bound it is", () => {
    const report = cli.run(["run", SMALL, "--noise"]).stdout;
    expect(report).toMatch(/Fluctuations +energy +noise +uncertainty/);
    expect(report).toMatch(/hot .* keeps the classical bound 2/);
    expect(report).toMatch(/noise +round-off below \d/);
    const dots =
      "model m\nsubsystem a, b : mode\nhamiltonian { free 2.5*a.n + 2.5*b.n; interaction 0.06*(a.c†*b.c + h.c.) }\nbath l : fermionic { β = 1; μ = 5; couples sqrt(0.1)*a.c }\nbath r : fermionic { β = 1; couples sqrt(0.1)*b.c }\nequation e { local l, r }\n";
    const { stdout } = cli.run(["run", "-", "--noise"], { input: dots });
    expect(stdout).toMatch(/of particles +noise +uncertainty\n +l .* below the classical bound 2/);
    expect(cli.run(["run", ROTOR, "operation", "--noise"])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("record energy_noise(…)"),
    });
  });

  it("reads the standard input", () => {
    const text =
      "model m\nsubsystem q : qubit\nhamiltonian { free q.σz }\nbath b : bosonic { β = 1; couples q.σ⁻ }\nequation e { local b }\n";
    const { code, stdout } = cli.run(["run", "-", "--json"], { input: text });
    expect([code, JSON.parse(stdout).model]).toEqual([0, "m"]);
    expect(cli.run(["check", "-"], { input: "model" }).stderr).toContain("<stdin>:1:");
  });

  it("prints each representation as JSON", () => {
    for (const which of ["ast", "model", "graph", "equation"]) {
      const { code, stdout } = cli.run(["run", SMALL, "--emit", which]);
      expect([which, code, typeof JSON.parse(stdout)]).toEqual([which, 0, "object"]);
    }
  });

  it("reads used files below the model's directory and no others", () => {
    const library = "spectrum half(ω) = 1/2\n";
    cli.write("half.thermill", library);
    const used = (path: string) =>
      cli.run(["check", cli.write("user.thermill", `use "${path}"\nmodel m\n`), "--json"]);
    const codes = (path: string) => resultsOf(used(path)).diagnostics.map((d) => d.code);
    expect(codes("half.thermill")).not.toContain("E221");
    for (const path of ["../half.thermill", "/etc/hosts", "none.thermill", "user.txt"]) {
      expect([path, codes(path).includes("E221")]).toEqual([path, true]);
    }
  });
});

describe("what goes wrong in thermill run", () => {
  it("exits with 1 and code frames on stderr for errors in a model", () => {
    const path = cli.write("wrong.thermill", "model m\nsubsystem q : qubit\nhamiltonian { free q.σq }\n");
    const { code, stdout, stderr } = cli.run(["run", path]);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("error[E206]");
    expect(stderr).toContain(`--> ${path}:3:`);
    expect(stderr).toContain("3 | hamiltonian { free q.σq }");
    expect(stderr).toMatch(/wrong\.thermill: 2 errors\n$/);
  });

  it("prints the JSON object all the same", () => {
    const path = cli.write("wrong-too.thermill", "model m\nsubsystem q : qubit\nhamiltonian { free q.σq }\n");
    const finished = cli.run(["run", path, "--json"]);
    const { results, diagnostics } = resultsOf(finished);
    expect([finished.code, results]).toEqual([1, []]);
    expect(diagnostics.find((d) => d.code === "E206")).toMatchObject({ line: 3, file: path });
  });

  it("exits with 1 for a parameter that does not exist and for a VALUE that cannot be read", () => {
    expect(cli.run(["run", SMALL, "--set", "nothing=1"]).code).toBe(1);
    expect(cli.run(["run", SMALL, "--set", "T1=(2"]).code).toBe(1);
    expect(cli.run(["run", SMALL, "--quantity", "heat(nothing)"]).code).toBe(1);
  });

  it("exits with 2 for --set without '='", () => {
    for (const set of ["T1", "=3", ""]) {
      const { code, stderr } = cli.run(["run", SMALL, "--set", set]);
      expect([set, code, stderr.includes("NAME=VALUE")]).toEqual([set, 2, true]);
    }
  });

  it.each([
    ["--equation", ROTOR, "operation", "--equation", "collisions"],
    ["--quantity", ROTOR, "operation", "--quantity", "work"],
    ["--emit", ROTOR, "operation", "--emit", "model"],
    ["--noise", ROTOR, "--all", "--noise"],
    ["--csv", SMALL, "--csv"],
    ["--workers", SMALL, "--workers", "2"],
    ["--out", SMALL, "--out", "nowhere"],
    ["--json", ROTOR, "operation", "--out", "nowhere", "--json"],
    ["--noise", SMALL, "--emit", "model", "--noise"],
  ])("exits with 2 where %s would be left out of account", (option, ...line) => {
    const { code, stdout, stderr } = cli.run(["run", ...line]);
    expect([code, stderr.includes(option)]).toEqual([2, true]);
    expect(stdout === "").toBe(!line.includes("--json"));
  });

  it("shows the slowest modes where asked, and not of an experiment", () => {
    const { code, stdout } = cli.run(["run", SMALL, "--spectrum"]);
    expect(code).toBe(0);
    for (const part of ["Slowest modes", "decay time", "coherences only", "of all elements of ρ"]) {
      expect(stdout).toContain(part);
    }
    const experiment = cli.run(["run", ROTOR, "operation", "--spectrum", "3"]);
    expect([experiment.code, experiment.stderr.includes("record gap")]).toEqual([2, true]);
    expect(cli.run(["run", SMALL, "--spectrum", "0"]).code).toBe(2);
  });

  it("exits with 2 for an unknown equation, and names those there are", () => {
    const { code, stdout, stderr } = cli.run(["run", ROTOR, "--equation", "unladen", "--json"]);
    expect(code).toBe(2);
    expect(stderr).toContain("collisions, spin_boson, unloaded");
    expect(stderr).toContain("fix: --equation unloaded");
    expect(JSON.parse(stdout)).toMatchObject({ results: [], diagnostics: [{ code: "E002" }] });
  });

  it("exits with 3 where no steady state can be vouched for", () => {
    const finished = cli.run(["run", SMALL, "--set", "Γ=0", "--json"]);
    expect(finished.code).toBe(3);
    expect(resultsOf(finished)).toMatchObject({ results: [], diagnostics: [{ code: "E501" }] });
    expect(finished.stderr).toContain("not unique");
    expect(cli.run(["run", SMALL, "--set", "Γ=0"]).stdout).toBe("");
  });

  it("exits with 2 for files that cannot be read, and says why", () => {
    const cases: readonly (readonly [string, string])[] = [
      ["nowhere.thermill", "does not exist"],
      ["models", "is a directory"],
      [cli.write("latin1.thermill", new Uint8Array([109, 0xff, 10])), "not UTF-8"],
      [cli.write("large.thermill", "#".repeat(2_000_001)), "larger than 2 MB"],
      ["/dev/zero", "larger than 2 MB"],
    ];
    for (const [path, reason] of cases) {
      const finished = cli.run(["run", path, "--json"]);
      expect([path, finished.code]).toEqual([path, 2]);
      expect(finished.stderr).toContain(reason);
      expect(resultsOf(finished)).toMatchObject({ results: [], diagnostics: [{ code: "E001", file: path }] });
    }
  });
});

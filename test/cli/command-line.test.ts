import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ROOT, ROTOR, resultsOf, SMALL, useCli } from "./cli-process.ts";

const cli = useCli();

describe("the command line", () => {
  it("prints the version of the package", () => {
    const { version } = JSON.parse(readFileSync(`${ROOT}/package.json`, "utf8"));
    expect(cli.run(["--version"])).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
  });

  it.each([
    [["--help"]],
    [["run", "--help"]],
    [["check", "--help"]],
    [["graph", "--help"]],
    [["help", "run"]],
  ])("prints help with examples: %s", (args) => {
    const { code, stdout, stderr } = cli.run(args);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^Usage: thermill/);
    expect(stdout).toContain("Examples:\n  thermill ");
  });

  it("shows only examples that work", () => {
    for (const args of [["--help"], ["run", "--help"], ["check", "--help"]]) {
      const examples = cli.run(args).stdout.match(/^ {2}thermill .*$/gm) ?? [];
      // one shows errors, one needs a cluster
      for (const example of examples.filter((e) => !/broken|--on slurm/.test(e))) {
        const command = example
          .trim()
          .replace(/^thermill/, "$THERMILL")
          .replace("> results.json", "");
        expect([example, cli.shell(command).code]).toEqual([example, 0]);
      }
    }
  });

  it("exits with 2 and says how it is used where the line is wrong", () => {
    for (const args of [[], ["run"], ["rnu", SMALL], ["run", SMALL, "--frobnicate"], ["run", SMALL, SMALL]]) {
      const { code, stdout, stderr } = cli.run(args);
      expect([args, code, stdout]).toEqual([args, 2, ""]);
      expect(stderr).toContain("thermill");
    }
    expect(cli.run(["rnu", SMALL]).stderr).toContain("Did you mean run?");
    expect(cli.run([SMALL]).stderr).toContain(`thermill run ${SMALL}`);
    expect(cli.run(["run", SMALL, "--emit", "nothing"]).stderr).toContain("ast, model, graph, equation");
  });

  it("prints the JSON object also where the line is wrong", () => {
    const finished = cli.run(["run", SMALL, "--json", "--frobnicate"]);
    expect(resultsOf(finished)).toMatchObject({
      results: [],
      diagnostics: [{ code: "E002", severity: "error" }],
    });
  });
});

describe("streams and signals", () => {
  it("ends silently when its reader has seen enough", () => {
    const { stdout, stderr } = cli.shell(
      `$THERMILL run ${ROTOR} --emit model | head -c 1; echo " \${PIPESTATUS[0]}"`,
    );
    expect([stdout, stderr]).toEqual(["{ 0\n", ""]);
  });

  it("says so when its output cannot be written", () => {
    const { code, stderr } = cli.shell(`test -e /dev/full || exit 2; $THERMILL run ${SMALL} > /dev/full`);
    expect(code).toBe(2);
    if (process.platform === "linux") expect(stderr).toContain("cannot write");
  });

  it("ends at once when it is interrupted, and shells see 130", () => {
    const { stdout } = cli.shell(
      `$THERMILL run models/spin-chain.thermill --set N=9 & sleep 0.7; kill -INT $!; wait $!; echo $?`,
    );
    expect(stdout).toBe("130\n");
  });
});

describe("thermill check", () => {
  it("finds nothing wrong with the models", () => {
    const { code, stdout, stderr } = cli.shell("$THERMILL check models/*.thermill");
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain(`${ROTOR}: no problems\n`);
  });

  it("goes on over several files and ends with the worst of their codes", () => {
    const wrong = cli.write("wrong.thermill", "model m\nsubsystem q : qbit\n");
    const { code, stdout, stderr } = cli.run(["check", wrong, SMALL]);
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /wrong\.thermill: \d+ errors?(, \d+ warnings?)?\nmodels\/coupled-qubits\.thermill: no problems\n$/,
    );
    expect(stderr).toContain("error[E208]");
    expect(cli.run(["check", "nowhere", wrong, SMALL]).code).toBe(2);
  });

  it("counts warnings and exits with 0", () => {
    const warned = cli.write(
      "warned.thermill",
      "model m\nparameter unused = 1\nsubsystem q : qubit\nhamiltonian { free q.σz }\nbath b : bosonic { β = 1; couples q.σ⁻ }\nequation e { local b }\n",
    );
    const { code, stdout, stderr } = cli.run(["check", warned]);
    expect([code, stdout]).toEqual([0, `${warned}: 1 warning\n`]);
    expect(stderr).toContain("warning[W201]");
  });

  it("prints one object for all files with --json", () => {
    const wrong = cli.write("wrong-too.thermill", "model m\nsubsystem q : qbit\n");
    const { model, diagnostics, results } = resultsOf(cli.run(["check", wrong, "nowhere", SMALL, "--json"]));
    expect([model, results]).toEqual(["m, coupled_qubits", []]);
    expect(new Set(diagnostics.map((d) => d.file))).toEqual(new Set([wrong, "nowhere"]));
  });
});

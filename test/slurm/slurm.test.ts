import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { arrayText } from "../../src/cli/batch-script.ts";
import { shardOfKeys } from "../../src/cli/result-keys.ts";
import { sha256 } from "../../src/cli/result-store.ts";
import { ROOT, useCli } from "../cli/cli-process.ts";
import { keptBytes, keptRecords, MANY, PAIR, pause } from "../cli/pair-model.ts";

const TEXT = `${PAIR}experiment fading { evolve weak from start over time in linear(0, 10, 5); record mean(a.σz), heat(hot) }
`;

const cli = useCli();
let model = "";
let directory = "";
beforeAll(() => {
  // a name that neither a shell nor Slurm must get to read
  model = cli.write("it's a $(pair) 100%.thermill", TEXT);
  directory = join(model, "..");
});

describe("shards", () => {
  it("are even, and a matter of the keys alone", () => {
    const keys = Array.from({ length: 103 }, (_, k) => sha256(String(k)));
    const shards = shardOfKeys(keys, 10);
    const sizes = Array.from({ length: 10 }, (_, k) => [...shards.values()].filter((s) => s === k).length);
    expect(sizes.sort()).toEqual([10, 10, 10, 10, 10, 10, 10, 11, 11, 11]);
    const reversed = shardOfKeys([...keys].reverse(), 10);
    for (const key of keys) expect(reversed.get(key)).toBe(shards.get(key));
  });

  it("are written as ranges", () => {
    expect(arrayText([0, 1, 2, 3])).toBe("0-3");
    expect(arrayText([0, 2, 3, 7])).toBe("0,2-3,7");
  });
});

describe("--on slurm without Slurm", () => {
  it("prints the batch script in a dry run, and writes nothing", () => {
    const out = join(directory, "dry it's");
    const args = ["run", model, "many", "--on", "slurm", "--jobs", "7", "--workers", "3", "--out", out];
    const { code, stdout, stderr } = cli.run([...args, "--dry-run"], { env: { PATH: "/nowhere" } });
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("#SBATCH --array=0-6\n");
    expect(stdout).toContain("#SBATCH --cpus-per-task=3\n");
    // what the shell makes of the command, a word a line
    const command = stdout.replace(/^exec > .*\n/m, "").replace(/^exec /m, "printf '%s\\n' ");
    const words = spawnSync("sh", ["-c", command]).stdout;
    const plan = String(words)
      .split("\n")
      .find((word) => word.endsWith("plan.json"))!;
    expect(plan.startsWith(`${out}/.thermill/slurm-`)).toBe(true);
    expect(existsSync(out)).toBe(false);
  });

  it("says what is missing", () => {
    const out = join(directory, "without");
    const missing = cli.run(["run", model, "few", "--on", "slurm", "--out", out], {
      env: { PATH: "/nowhere" },
    });
    expect(missing.code).toBe(2);
    expect(missing.stderr).toMatch(/E007.*there is no 'sbatch' on this machine/);
    expect(missing.stderr).toContain("login node");
    for (const [args, message] of [
      [["few", "--on", "slurm"], "fix: --out DIR"],
      [["few", "--jobs", "3", "--out", out], "fix: --on slurm"],
      [["few", "--dry-run"], "fix: --on slurm"],
      [["--on", "slurm", "--out", out], "is for experiments"],
      [["few", "--on", "slurm", "--out", `${out}\n#SBATCH --wrap=x`, "--dry-run"], "control character"],
    ] as const) {
      const { code, stderr } = cli.run(["run", model, ...args]);
      expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
    }
  });
});

const isInstalled = ["slurmctld", "slurmd", "munged", "sbatch"].every(
  (program) => spawnSync("sh", ["-c", `command -v ${program}`]).status === 0,
);
const canStart = isInstalled && process.getuid?.() === 0;

// where Slurm has to be there (THERMILL_SLURM is set) its tests fail without it
describe.skipIf(!canStart && !process.env.THERMILL_SLURM)("--on slurm, on a Slurm of one node", () => {
  const home = mkdtempSync(join(tmpdir(), "thermill-slurm-"));
  const env = { PATH: process.env.PATH, SLURM_CONF: join(home, "slurm.conf") };
  const node = (what: "start" | "stop") =>
    spawnSync("bash", [join(ROOT, "test/slurm/single-node.sh"), what, home], { stdio: "ignore" });
  let local = "";

  beforeAll(() => {
    expect(node("start").status).toBe(0);
    local = join(directory, "local");
    expect(cli.run(["run", model, "--all", "--out", local]).code).toBe(0);
  }, 60_000);
  afterAll(() => {
    node("stop");
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  });

  /** The program in a process that goes on while the test does other things. */
  const start = (args: readonly string[], more: Readonly<Record<string, string>> = {}) => {
    const child = spawn(
      process.execPath,
      [join(directory, "program", "thermill.cjs"), "run", model, ...args],
      {
        env: { ...env, ...more },
        stdio: ["ignore", "ignore", "pipe"],
      },
    );
    let stderr = "";
    child.stderr.on("data", (text) => {
      stderr += text;
    });
    const ended = new Promise<{ code: number | null; stderr: string }>((resolve) =>
      child.on("close", (code) => resolve({ code, stderr })),
    );
    return { child, ended, stderr: () => stderr };
  };
  const until = async (condition: () => boolean): Promise<void> => {
    const begin = Date.now();
    while (!condition()) {
      if (Date.now() > begin + 30_000) throw new Error("it has not come to pass");
      await pause(10);
    }
  };
  const queue = (): string =>
    String(spawnSync("squeue", ["-h", "-r", "-o", "%K %T"], { env, encoding: "utf8" }).stdout);
  const expectSame = (out: string, names: readonly string[]): void => {
    for (const name of names) {
      for (const file of [`${name}.csv`, `${name}.json`]) {
        expect(readFileSync(join(out, file), "utf8")).toBe(readFileSync(join(local, file), "utf8"));
      }
    }
  };
  /** Processes of shards whose results go below `out`. */
  const shardProcesses = (out: string): number[] =>
    readdirSync("/proc").flatMap((pid) => {
      if (!/^\d+$/.test(pid)) return [];
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`, "utf8");
        return line.includes("\0run-shard\0") && line.includes(out) ? [Number(pid)] : [];
      } catch {
        return [];
      }
    });

  it("gives the bytes of a local run, though shards are killed and cancelled on the way", async () => {
    const out = join(directory, "it's $HOME 50% out");
    const { ended, stderr } = start(["--all", "--on", "slurm", "--jobs", "4", "--out", out]);
    await until(() => keptBytes(out) > 20_000);
    const [killed] = shardProcesses(out);
    process.kill(killed!, "SIGKILL");
    await until(() => /PENDING|RUNNING/.test(queue()));
    const id = /submitted as job (\d+)/.exec(stderr())![1];
    spawnSync("scancel", [`${id}_3`], { env });
    const { code, stderr: said } = await ended;
    expect(said).toMatch(/shards .* ended without all of their points: submitted again as job \d+/);
    expect(code).toBe(0);
    expectSame(out, ["few", "many", "fading"]);
    // plan, script and logs are gone with the work
    expect(readdirSync(join(out, ".thermill")).filter((n) => n.startsWith("slurm"))).toEqual([]);
  });

  it("cancels its jobs on Ctrl-C, and the same command does only what is left", async () => {
    const out = join(directory, "interrupted");
    const args = ["many", "--on", "slurm", "--jobs", "3", "--out", out];
    const first = start(args);
    await until(() => keptBytes(out) > 20_000);
    first.child.kill("SIGINT");
    const { code, stderr } = await first.ended;
    expect(code).toBe(130);
    expect(stderr).toMatch(/job \d+ is cancelled/);
    expect(stderr).toMatch(new RegExp(`interrupted: [1-9]\\d* of ${MANY} points of 'many' are done`));
    await until(() => queue() === "" && shardProcesses(out).length === 0);
    expect(existsSync(join(out, "many.json"))).toBe(false);
    expect((await start(args).ended).code).toBe(0);
    expectSame(out, ["many"]);
    expect(keptRecords(out)).toBe(MANY);
    // all is there: nothing is submitted
    expect(await start(args).ended).toEqual({ code: 0, stderr: "" });
  });

  it("finds the jobs of a call that was killed", async () => {
    const out = join(directory, "left alone");
    const args = ["many", "--on", "slurm", "--jobs", "2", "--out", out];
    const first = start(args);
    await until(() => /submitted as job/.test(first.stderr()));
    first.child.kill("SIGKILL");
    await first.ended;
    const { code, stderr } = await start(args).ended;
    expect(stderr).toMatch(/^job \d+ is still at work\n$/);
    expect(code).toBe(0);
    expectSame(out, ["many"]);
    expect(keptRecords(out)).toBe(MANY);
  });

  it("gives up what fails again and again, with the reason", async () => {
    const out = join(directory, "hopeless");
    // in the environment of the tasks alone
    const broken = { SBATCH_EXPORT: "NODE_OPTIONS=--no-such-option" };
    const { code, stderr } = await start(["few", "--on", "slurm", "--jobs", "1", "--out", out], broken).ended;
    expect(code).toBe(2);
    expect(stderr.match(/submitted again/g)).toHaveLength(2);
    expect(stderr).toContain("E007");
    expect(stderr).toContain("5 of 5 points are missing: shards 0 ended 3 times");
    expect(stderr).toContain("--no-such-option is not allowed in NODE_OPTIONS");
  });
});

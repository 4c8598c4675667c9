import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { randomSequence } from "../../src/numerics/random-sequence.ts";
import { useCli } from "./cli-process.ts";
import { keptRecords, MANY, PAIR, pause } from "./pair-model.ts";

const cli = useCli();

/** Points that take long enough for workers to be worth their start. */
const TEXT = PAIR.replaceAll("many {", "costly {").replace(
  "record heat(hot), work, regime",
  "record heat(hot), work, regime, gap, energy_noise(hot), energy_noise(cold)",
);

/** Of the runs that are killed, those that are only once workers have begun; the others are killed after a few results. */
const WITH_WORKERS = [1, 5];

/** Of a process on Linux. */
const threads = (pid: number | undefined): number =>
  Number(/^Threads:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);

/** Each takes a quarter of a minute, so that they belong to .ci/run. */
describe.runIf(process.env.THERMILL_KILLS)("a sweep of 2000 points that is killed ten times", () => {
  const FILES = ["costly.csv", "costly.json"];
  let model = "";
  let whole: string[] = [];
  const contents = (out: string): string[] => FILES.map((name) => readFileSync(join(out, name), "utf8"));
  const outOf = (name: string): string => join(model, "..", name);
  beforeAll(() => {
    model = cli.write("pair.thermill", TEXT);
    expect(cli.run(["run", model, "costly", "--out", outOf("whole")]).code).toBe(0);
    whole = contents(outOf("whole"));
  }, 60_000);

  it.each([1, 2])(
    "is the same to the byte in the end, on %i workers",
    async (workers) => {
      const out = outOf(`killed-${workers}`);
      const args = ["run", model, "costly", "--out", out, "--workers", String(workers)];
      const next = randomSequence(workers);
      for (let kill = 0; kill < 10; kill++) {
        const before = keptRecords(out);
        const child = spawn(process.execPath, [cli.program, ...args], { stdio: "ignore" });
        const ended = new Promise<NodeJS.Signals | null>((resolve) =>
          child.on("exit", (_, signal) => resolve(signal)),
        );
        const until = async (isReached: () => boolean): Promise<void> => {
          while (child.exitCode === null && !isReached()) await pause(2);
        };
        await until(() => keptRecords(out) > before);
        const alone = threads(child.pid);
        if (WITH_WORKERS.includes(kill)) await until(() => threads(child.pid) >= alone + workers);
        const enough = keptRecords(out) + 50 * next();
        await until(() => keptRecords(out) > enough);
        await pause(20 * next());
        child.kill("SIGKILL");
        expect(await ended).toBe("SIGKILL");
        const after = keptRecords(out);
        expect(after).toBeGreaterThan(before);
        expect(after).toBeLessThan(MANY);
        expect(() => contents(out)).toThrow("ENOENT");
      }
      expect(cli.run(args).code).toBe(0);
      expect(contents(out)).toEqual(whole);
    },
    120_000,
  );
});

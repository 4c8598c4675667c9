import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Script } from "node:vm";
import { describe, expect, it } from "vitest";
import { ROTOR, useCli } from "./cli-process.ts";

const cli = useCli();
const beside = (name: string): string => join(dirname(cli.program), name);

describe("the compiled form of the program", () => {
  it("belongs to a text in ASCII, as whoever reads it takes for granted", () => {
    expect(readFileSync(beside("program.cjs")).every((byte) => byte < 0x80)).toBe(true);
  });

  it("is what V8 takes", () => {
    const cachedData = readFileSync(beside("program.cache"));
    const script = new Script(readFileSync(beside("program.cjs"), "latin1"), { cachedData });
    expect(script.cachedDataRejected).toBe(false);
  });

  it("may be missing, cut off, of another program or no such thing at all", () => {
    const path = beside("program.cache");
    const whole = readFileSync(path);
    const other = new Script("1 + 1").createCachedData();
    const expected = cli.run(["check", ROTOR]);
    expect(expected.code).toBe(0);
    for (const content of [undefined, whole.subarray(0, 1000), other, Buffer.from("text")]) {
      rmSync(path, { force: true });
      if (content) writeFileSync(path, content);
      expect(cli.run(["check", ROTOR])).toEqual(expected);
    }
    writeFileSync(path, whole);
  });
});

describe("the end of the program", () => {
  it("waits for a reader that is slow", () => {
    const args = `check ${ROTOR} --emit ast`;
    const { stdout } = cli.shell(`$THERMILL ${args}`);
    expect(stdout.length).toBeGreaterThan(0x20000);
    expect(cli.shell(`$THERMILL ${args} | (sleep 0.5; cat)`).stdout).toBe(stdout);
  });
});

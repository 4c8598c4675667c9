import type { BenchRow } from "../bench-row.ts";

export const START_UP: readonly BenchRow[] = [
  {
    name: "check",
    work: "`thermill check models/rotor-qubit.thermill`",
    goal: "< 0.2 s",
    process: ["check", "models/rotor-qubit.thermill"],
    repeats: 9,
  },
  {
    name: "run",
    work: "`thermill run models/rotor-qubit.thermill`",
    goal: "< 0.5 s",
    process: ["run", "models/rotor-qubit.thermill"],
    repeats: 9,
  },
];

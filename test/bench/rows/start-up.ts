import type { BenchRow } from "../bench-row.ts";

export const START_UP: readonly BenchRow[] = [
  {
    name: "check",
    work: "`thermill check models/rotor-qubit.thermill`",
    goal: "< 0.2 s",
    process: ["check", "models/rotor-qubit.thermill"],
    repeats: 9,
    limit:
      "Node itself, 0.06 s (`node -e 0`). Of the rest V8 takes 7 ms to accept the compiled program, 4 ms are reading its files, 13 ms the start of its modules, 13 ms reading the model, 18 ms elaborating and deriving it, in all of which collecting garbage has 10 ms; once V8 has optimised the code the model is compiled in 6 ms. Before, by turns with it: 0.20 s (37 ms more for Chevrotain's lexer and parser and what they read, 9 ms for a start as an ES module, 7 ms for a program that was not ASCII, 10 ms of waiting for V8's threads at the end).",
  },
  {
    name: "run",
    work: "`thermill run models/rotor-qubit.thermill`",
    goal: "< 0.5 s",
    process: ["run", "models/rotor-qubit.thermill"],
    repeats: 9,
    limit:
      "start-up of the code: beyond the check 0.2 s, where the same report takes 23 ms once V8 has optimised what lowers, orders, factorises and evaluates it in five windows. Before, by turns with it: 0.57 s (its functions were not in the compiled program, the state was evaluated a second time to be compared with wider windows).",
  },
];

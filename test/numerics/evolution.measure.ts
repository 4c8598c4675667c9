/**
 * Measures the routes of evolution against each other: `npm run measure:evolution`. Each line is one run after a first one
 * that is not counted; a route that is not done after so many steps is given up. The difference is from the first route
 * that ended. Nothing here is asserted.
 */
import { evolveDense } from "../../src/numerics/dense-evolution.ts";
import type { Evolution } from "../../src/numerics/evolution.ts";
import { evolveKrylov } from "../../src/numerics/krylov-evolution.ts";
import { evolveLinear } from "../../src/numerics/linear-evolution.ts";
import { minimumDegree } from "../../src/numerics/minimum-degree.ts";
import { evolveRadau } from "../../src/numerics/radau-evolution.ts";
import { evolveRational } from "../../src/numerics/rational-evolution.ts";
import { evolveRungeKutta } from "../../src/numerics/runge-kutta.ts";
import { evolveShiftInvert } from "../../src/numerics/shift-invert-evolution.ts";
import { multiply, norm1, type SparseMatrix } from "../../src/numerics/sparse-matrix.ts";
import { symbolicFill } from "../../src/numerics/symbolic-fill.ts";
import { randomLindblad } from "./lindblad.ts";
import { logarithmic, rotorSystem } from "./rotor.ts";
import { maxDifference, randomNumbers } from "./test-matrices.ts";

interface System {
  readonly name: string;
  readonly L: SparseMatrix;
  readonly low: Float64Array;
  readonly start: Float64Array;
}

const linear = (to: number, count: number): Float64Array =>
  Float64Array.from({ length: count }, (_, k) => (to * k) / (count - 1));

const rotor = (last: number, sets: readonly string[], name: string): System => ({
  name,
  ...rotorSystem(-25, last, sets),
});

function lindblad(d: number, frequency: number, rates: readonly number[]): System {
  const L = randomLindblad(d, randomNumbers(5), frequency, rates);
  const start = new Float64Array(d * d);
  start[0] = 1;
  return { name: `Lindblad d=${d}, rates ${rates}`, L, low: new Float64Array(L.values.length), start };
}

const only = new Set(process.argv.slice(2));

function measure(
  { name, L, low, start }: System,
  times: Float64Array,
  routes: readonly string[] = ["shift-invert", "rational", "dense", "krylov"],
): void {
  if (only.size > 0 && ![...only].some((word) => name.includes(word))) return;
  const normTime = norm1(L) * times[times.length - 1]!;
  const fill = symbolicFill(L, minimumDegree(L, []), 1e7);
  console.log(
    `${name}: ${L.columns} unknowns, ${L.values.length} entries, fill ${fill}, ${times.length} times, ‖L‖t = ${normTime.toExponential(0)}`,
  );
  const at = () => L;
  const runs: Readonly<Record<string, (maxSteps: number) => Evolution>> = {
    "shift-invert": (maxSteps) =>
      evolveShiftInvert(L, low, start, times, { maxSteps: Math.min(maxSteps, 400) }),
    rational: (maxSteps) => evolveRational(L, low, start, times, { maxSteps: Math.min(maxSteps, 1500) }),
    dense: () => evolveDense(L, start, times),
    krylov: (maxSteps) => evolveKrylov(L, start, times, { maxSteps: Math.min(maxSteps, 1000) }),
    "runge-kutta": (maxSteps) =>
      evolveRungeKutta((_, x, out) => void multiply(L, x, out), start, times, { maxSteps }),
    radau: (maxSteps) => evolveRadau(at, start, times, { maxSteps: Math.min(maxSteps, 1000) }),
    chosen: () => evolveLinear(L, low, start, times),
  };
  let reference: Evolution | undefined;
  for (const route of [...routes, "chosen"]) {
    runs[route]!(3);
    const begun = performance.now();
    const run = runs[route]!(20_000);
    const ms = performance.now() - begun;
    if (run.outcome === "evolved") reference ??= run;
    const off = Math.max(0, ...run.states.map((x, k) => maxDifference(x, reference?.states[k] ?? x)));
    const which = "route" in run ? ` = ${run.route}` : "";
    console.log(
      `  ${(route + which).padEnd(22)} ${ms.toFixed(0).padStart(6)} ms  ${String(run.steps).padStart(6)} steps  ${run.outcome}  difference ${off.toExponential(0)}`,
    );
  }
}

const FIG_8 = logarithmic(0.1, 2e5, 200);
measure(rotor(34, ["β2=0.08"], "rotor, Fig. 8"), FIG_8);
measure(rotor(34, ["β2=0.08"], "rotor, Fig. 8"), linear(40, 41));
measure(rotor(34, ["γ=0", "β2=0.08"], "rotor without load"), linear(40, 41));
measure(rotor(200, ["β2=0.08"], "wide rotor"), FIG_8, ["shift-invert", "rational"]);
measure(lindblad(4, 3, [1, 0.3]), linear(20, 101), [
  "shift-invert",
  "rational",
  "dense",
  "krylov",
  "runge-kutta",
  "radau",
]);
measure(lindblad(4, 3, [1, 0.3]), logarithmic(0.1, 1e4, 100));
measure(lindblad(8, 3, [1, 0.3]), logarithmic(0.1, 1e4, 100), ["shift-invert", "dense"]);
measure(lindblad(14, 3, [1, 0.3]), linear(5, 101), ["shift-invert", "dense", "krylov", "runge-kutta"]);
measure(lindblad(14, 3, [1, 0.3]), logarithmic(0.1, 1e4, 100), ["shift-invert", "dense"]);
measure(lindblad(14, 3, [1e-3]), logarithmic(0.1, 1e4, 100), ["shift-invert", "dense"]);
measure(lindblad(14, 3, [1e3, 1e-3]), logarithmic(0.1, 1e4, 100), ["shift-invert", "dense"]);

// What a user of the package writes; .ci/run compiles it strictly against the published types and runs it.
import { readFileSync } from "node:fs";
import { compile, evolve, ModelError, type SteadyState, steadyState, sweep } from "thermill";

const machine = compile(readFileSync("node_modules/thermill/models/rotor-qubit.thermill", "utf8"));
console.log(machine.name, machine.equations, machine.parameters.β2);

// a steady state: numbers by the keys of the report
const cold: SteadyState = steadyState(machine, { set: { β2: 0.05 }, quantities: ["mean(r.L^2)"] });
console.log(cold.quantities.regime, cold.value("heat(hot)"), cold.value("mean(r.L^2)"));

// its density operator
const { dimension, re } = cold.density();
let trace = 0;
for (let k = 0; k < dimension; k++) trace += re[k * dimension + k] ?? Number.NaN;
if (Math.abs(trace - 1) > 1e-12) throw new Error(`Tr ρ = ${trace}`);

// a sweep: one line a point
const { points } = sweep(machine, { over: { β2: [0.02, 0.04, 0.06] }, quantities: ["work", "efficiency"] });
for (const { at, quantities } of points) console.log(at.β2, quantities.work, quantities.efficiency);
if (points.length !== 3) throw new Error("a point is missing");

// in time, from a state of the file
const { times, quantities } = evolve(machine, {
  from: "start",
  times: [0, 10, 100],
  quantities: ["mean(r.L)"],
});
times.forEach((t, k) => {
  console.log(t, quantities["mean(r.L)"]?.[k]);
});

// what is wrong comes as an error with places and fixes
try {
  compile("model m\nsubsystem q : qubits");
  throw new Error("a model without a kind was not refused");
} catch (error) {
  if (!(error instanceof ModelError)) throw error;
  console.log(error.message);
}

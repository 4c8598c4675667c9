import type { Results } from "../../src/report/results.ts";

/** Results with every form that a quantity, a window and a role can take. */
export const EXAMPLE: Results = {
  format: "thermill-results/1",
  thermill: "0.1.0",
  language: 1,
  units: "hbar = k_B = 1",
  model: "mill",
  diagnostics: [],
  results: [
    {
      equation: "weak",
      roles: { cold: "sink", hot: "source" },
      rows: [
        {
          parameters: { B1: 4, β1: null, γ: 5e-5 },
          quantities: {
            "heat(sink)": -0.0005694397421278683,
            "heat(source)": 0.0014235993553198113,
            "heat(loss)": null,
            "work(sink)": 0,
            "work(source)": -12.5,
            "work(loss)": null,
            work: -12.5,
            first_law_residual: -1.3444106938820255e-17,
            entropy_production: null,
            regime: "engine",
            efficiency: 0.1873650869445224,
            carnot_efficiency: 0.7,
            COP: null,
            carnot_COP: 0.4285714285714285,
            "mean(q1.σz)": -0.37989487274545286,
            "mean(r.L)": 12345678.9,
            "entropy(all)": 4.1740233030729,
            "ergotropy(all)": 2.333754113278455,
            "ergotropy(q1,q2)": 0,
            "swapped.heat(sink)": 1,
            "mean(q1.σz)/mean(r.L)": 2,
            noise: 1e-12,
            Γ: null,
          },
          undefined: {
            "heat(loss)": "the bath 'loss' has no temperature",
            "work(loss)": "the bath 'loss' has no temperature",
            entropy_production: "the bath 'loss' has no temperature",
            COP: "the regime is engine, not refrigerator",
            Γ: "it divides by zero",
          },
          certificate: {
            residual: 6.9103463480751354e-18,
            traceError: 0,
            smallestEigenvalue: 1.5258825631214133e-18,
            kernelDimension: 1,
            conditionEstimate: 5284688.055481452,
            solver: "sparse LU",
            windows: {
              r: { first: -28, last: 31, isAutomatic: true, edgePopulations: [1.4e-17, 7.5e-15] },
              m: { first: 0, last: 19, isAutomatic: false, edgePopulations: [null, 1e-9] },
              f: { first: 0, last: 1, isAutomatic: true, edgePopulations: [null, null] },
            },
            sectorSize: 358,
            fullSize: 57600,
          },
        },
      ],
    },
  ],
};

/** What stands below the options in the help of each command. */
export const PROGRAM_HELP = `
Examples:
  thermill run models/rotor-qubit.thermill
  thermill check models/*.thermill
  thermill run --help

Results go to stdout, diagnostics to stderr. NO_COLOR turns colours off.
Exit codes:
  0   good, perhaps with warnings
  1   errors in a model
  2   a wrong command line, or a file that cannot be read
  3   a result that cannot be vouched for
  70  a bug in thermill
  130 interrupted`;

export const RUN_HELP = `
VALUE is an expression over other parameters; it replaces the default before
derived values are computed.
Every name has an ASCII spelling: --set beta2=0.03 and --set β2=0.03 mean the same.
Experiments run on all cores when that is worth it. With --out DIR each point is kept
as it is done: Ctrl-C or a crash costs nothing, the same command goes on from there.
With --on slurm an array job computes the points, with --workers cores for each of its
tasks (default: 1). sbatch reads SBATCH_PARTITION, SBATCH_TIMELIMIT and others.

Examples:
  thermill run models/rotor-qubit.thermill
  thermill run models/rotor-qubit.thermill --set beta2=0.08 --set "lambda=B1/50"
  thermill run models/rotor-qubit.thermill --equation collisions
  thermill run models/rotor-qubit.thermill --quantity "ergotropy(q1,q2)" --quantity "mean(r.L^2)"
  thermill run models/coupled-qubits.thermill --noise
  thermill run models/rotor-qubit.thermill --json > results.json
  thermill run models/rotor-qubit.thermill operation --csv > fig2.csv
  thermill run models/rotor-qubit.thermill --spectrum 10
  thermill run models/rotor-qubit.thermill operation borders --out figures
  thermill run models/rotor-qubit.thermill --all --out figures --on slurm --jobs 40
  thermill run models/rotor-qubit.thermill --emit equation`;

export const EVOLVE_HELP = `
An experiment says from which state, over what times, and what to record:

  state start { q1 = |up>; q2 = thermal(β2) }
  experiment relaxing {
    evolve weak from start over time in linear(0, 100, 51)
    record mean(q1.σz), heat(cold)
  }

Heats, works, energy and entropy are in the JSON in any case. The accuracy and the route
can also be said in the file: over time in linear(0, 100, 51) within 1e-8 by krylov

A trajectory is fixed by the seed and its own number, however many there are.

Examples:
  thermill evolve models/rotor-qubit.thermill powers
  thermill evolve models/rotor-qubit.thermill held --tolerance 1e-8 --route shift-invert
  thermill evolve models/rotor-qubit.thermill held --set γ=1e-3
  thermill evolve models/rotor-qubit.thermill running_away --json > packet.json`;

export const ADVISE_HELP = `
Each thermal bath of the equation is treated by each method in turn (unified, global,
redfield, local), and every equation of the file with the same baths is judged, too:
frequencies against relaxation rates, rates against temperatures, the second law, and
what still flows between equal temperatures.

Examples:
  thermill advise models/coupled-qubits.thermill
  thermill advise models/rotor-qubit.thermill --equation spin_boson
  thermill advise models/coupled-qubits.thermill --set g=0.001 --json`;

export const CHECK_HELP = `
Examples:
  thermill check models/rotor-qubit.thermill
  thermill check models/*.thermill
  thermill check broken.thermill --json
  thermill check models/coupled-qubits.thermill --emit model`;

export const DERIVE_HELP = `
Formulas come from the symbolic algebra, not from numbers. Text is in the spelling
of model files; LaTeX needs amsmath and compiles as it is.

Examples:
  thermill derive models/rotor-qubit.thermill
  thermill derive models/rotor-qubit.thermill --of "heat(cold)" --of work --format latex
  thermill derive models/coupled-qubits.thermill --of "d<q1.σz>/dt" --close
  thermill derive models/rotor-qubit.thermill --equation unloaded --of symmetries
  thermill derive models/rotor-qubit.thermill --document > section.tex`;

export const GRAPH_HELP = `
A picture (svg) is complete in itself and reads on light and dark pages; dot is for
Graphviz, mermaid for Markdown on GitHub, json for other programs.

Examples:
  thermill graph models/rotor-qubit.thermill > rotor.svg
  thermill graph models/spin-chain.thermill --set N=10 --output /tmp/chain.svg
  thermill graph models/three-level-maser.thermill --format mermaid
  thermill graph models/coupled-qubits.thermill --format json`;

export const PLOT_HELP = `
A figure is as wide as a column of a journal, 86 mm, with a panel for each plot.
svg and png are for papers (png with 600 dots an inch), html is one page on which
values can be read off, needing nothing else, vega-lite the specification (JSON).

Examples:
  thermill plot models/rotor-qubit.thermill operation --output fig2.svg
  thermill plot models/rotor-qubit.thermill powers --output fig8.png
  thermill plot models/rotor-qubit.thermill operation --output fig2.html
  thermill plot models/spin-chain.thermill length --format vega-lite`;

export const EXPORT_HELP = `
The script needs Python with QuTiP 5.3 and prints what 'thermill run --json' reports.
Arrays are read by numpy.load("out.npz") and by NPZ.npzread("out.npz") of Julia.

Examples:
  thermill export models/rotor-qubit.thermill --to qutip --output mill.py
  thermill export models/rotor-qubit.thermill --to qutip --equation spin_boson
  thermill export models/coupled-qubits.thermill --to json --set g=0.2
  thermill export models/coupled-qubits.thermill --to npz --output state.npz
  thermill export models/rotor-qubit.thermill held --to npz --output held.npz`;

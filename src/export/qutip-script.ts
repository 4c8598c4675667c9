import type { Parameter } from "../model/model.ts";
import { orderParameters, parameterSlot } from "../model/parameter-values.ts";
import type { ExportSource } from "./export-source.ts";
import { commentText, pythonNames } from "./python-names.ts";
import { operatorWriter, signedText } from "./python-operators.ts";
import { type PythonText, pythonScalar } from "./python-scalar.ts";
import { bathLines, type ScriptContext } from "./qutip-baths.ts";
import { helpersIn, importsIn, SCRIPT_NAMES } from "./qutip-helpers.ts";
import { reportLines } from "./qutip-report.ts";

/**
 * The model and one of its equations as a Python script for QuTiP 5.3 that finds the steady state and prints heats,
 * works, means and the model's own quantities as JSON, by the same keys as `Row.quantities`.
 */
export function qutipScript(source: ExportSource): string {
  const { derived, basis, spectral } = source;
  const { model, algebra } = derived;
  const names = pythonNames(SCRIPT_NAMES);
  const parameters = model.parameters.map(({ name }) => names.claim(name));
  const spell = (symbol: string): string => {
    if (symbol === "w") return "w";
    if (symbol === "wmax") return "w_max";
    return parameters[parameterSlot(symbol)] ?? symbol;
  };
  const operators = operatorWriter({ model, algebra, basis, names, spell });
  const context: ScriptContext = {
    ...source,
    model,
    names,
    spell,
    operators,
    isUnified: spectral?.clusters !== undefined,
  };
  const hamiltonian = hamiltonianLines(context);
  const baths = bathLines(context);
  const report = reportLines(context, baths);
  const rest = [
    section("Hamiltonian", hamiltonian),
    ...(spectral ? [section("Eigenstates of H", eigenstateLines(context))] : []),
    section("Baths", baths.lines),
    section("Steady state", steadyLines(context, baths.superoperators)),
    section("Report", report),
  ].join("\n");
  const space = [
    ...spaceLines(source),
    ...operators.declarations(),
    ...(rest.includes("diagonal(") ? QUIET : []),
  ];
  const body = [
    section("Parameters", parameterLines(model.parameters, parameters, spell)),
    section("Space", space),
    rest,
  ].join("\n");
  const helpers = helpersIn(body);
  return [heading(source), importsIn(helpers + body), "", helpers, "", body].join("\n");
}

/** Where amplitudes are written for all levels, also for those from which they lead out of the window. */
const QUIET = [
  'np.seterr(invalid="ignore", divide="ignore")  # amplitudes that lead out of the levels have no value',
];

const section = (title: string, lines: readonly string[]): string =>
  [`# --- ${title}`, "", ...lines, ""].join("\n");

function heading({ derived: { model }, equation, version }: ExportSource): string {
  const description = model.description === undefined ? "" : `: ${commentText(model.description)}`;
  return [
    "#!/usr/bin/env python3",
    "# -*- coding: utf-8 -*-",
    `# ${commentText(model.name)}${description}`,
    `# The steady state of its equation ${commentText(equation.name)}. Written by thermill ${version} for QuTiP 5.3.`,
    "# hbar = k_B = 1; energy that enters the system is positive; D[c] rho = c rho c' - (c'c rho + rho c'c)/2.",
    "",
  ].join("\n");
}

function parameterLines(
  all: readonly Parameter[],
  names: readonly string[],
  spell: (symbol: string) => string,
): string[] {
  const order = orderParameters(all.map((p) => p.value));
  return order.places.map((place) => {
    const { name, value, description } = all[place]!;
    const said = [
      ...(names[place] === name ? [] : [commentText(name)]),
      ...(description === undefined ? [] : [commentText(description)]),
    ].join(": ");
    return `${names[place]} = ${pythonScalar(value, spell)}${said === "" ? "" : `  # ${said}`}`;
  });
}

/** The levels of each subsystem, those that were found by name. */
function spaceLines({ derived: { model }, basis, automatic }: ExportSource): string[] {
  const levels = model.subsystems.map(({ name, kind }, s) => {
    const { first, last } = basis.windows[s]!;
    const said =
      kind.basis.kind === "finite"
        ? kind.basis.labels.join(", ")
        : `${first} to ${last}${automatic[s] ? ", found so that both ends are empty" : ""}`;
    return `    np.arange(${first}.0, ${last + 1}.0),  # ${commentText(`${name}: ${kind.name}, ${said}`)}`;
  });
  return [
    "levels = [",
    ...levels,
    "]",
    "dims = [n.size for n in levels]",
    ...(basis.fermionic.length > 0 ? [`modes = [${basis.fermionic.join(", ")}]`] : []),
    "one = tensor([qeye(d) for d in dims])",
    "",
  ];
}

function hamiltonianLines({ model, operators, equation }: ScriptContext): string[] {
  const of = (isFree: boolean): readonly PythonText[] =>
    model.hamiltonian
      .filter((t) => (t.role === "free") === isFree)
      .flatMap((t) => operators.summands(t.operator));
  const frame = model.frame.flatMap((t) => operators.summands(t.operator));
  return [
    ...assignment("H0", of(true)),
    ...assignment("V", of(false)),
    "H = H0 + V",
    ...(equation.frame
      ? ["# In the frame exp(i*G*t) H is what it is at the time 0.", ...assignment("G", frame)]
      : []),
  ];
}

/** The widest line that a sum is written on. */
const WIDTH = 110;

/** A name that a sum is assigned to, on several lines where one is too long. */
export function assignment(name: string, summands: readonly PythonText[]): string[] {
  if (summands.length === 0) return [`${name} = 0*one`];
  const signed = summands.map(signedText);
  const line = `${name} = ${signed.join(" ").replace(/^\+ /, "")}`;
  if (line.length <= WIDTH || signed.length === 1) return [line];
  const [first, ...others] = signed;
  return [`${name} = (`, `    ${first!.replace(/^\+ /, "")}`, ...others.map((s) => `    ${s}`), ")"];
}

function eigenstateLines({ spectral, isUnified, equation }: ScriptContext): string[] {
  const { eigenbasis, clusters } = spectral!;
  const { relativeTolerance, level, levelEnergies } = eigenbasis;
  const lines = [
    "E, U = eigenstates(H)",
    "w_max = E.max() - E.min()  # the largest Bohr frequency",
    `tolerance = ${relativeTolerance}*w_max  # closer energies are one level`,
    "number, mean = groups(E, tolerance)",
    "E = mean[number]",
  ];
  if (!isUnified || !clusters) return lines;
  const reference = new Float64Array(levelEnergies.length);
  for (const [state, l] of level.entries()) reference[l] = clusters.energies[state]!;
  return [
    ...lines,
    `# Energies for which the transitions of one cluster have one frequency (gaps within ${Number(clusters.certificate.width.toPrecision(3))}),`,
    `# one for each level of H in ascending order; for the parameters above, and '${commentText(equation.name)}'.`,
    "E_bar = np.array([",
    ...numberRows([...reference]),
    "])[number]",
    "H_TD = qdiags(E_bar, 0, dims=[dims, dims])",
  ];
}

function numberRows(values: readonly number[]): string[] {
  const rows: string[] = [];
  for (let k = 0; k < values.length; k += 5) rows.push(`    ${values.slice(k, k + 5).join(", ")},`);
  return rows;
}

function steadyLines({ spectral, equation }: ScriptContext, superoperators: readonly string[]): string[] {
  const generator = spectral ? "qdiags(E, 0, dims=[dims, dims])" : equation.frame ? "H - G" : "H";
  return [
    `L = liouvillian(${generator})${superoperators.map((s) => ` + ${s}`).join("")}`,
    'rho = steadystate(L, method="direct", solver="spsolve")',
  ];
}

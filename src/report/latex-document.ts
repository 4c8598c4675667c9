import { hasCollisions } from "../derive/collision-thermodynamics.ts";
import type { Derivation } from "../derive/derivation.ts";
import type { ModelSection } from "../derive/document.ts";
import { formulaLatex } from "../formula/formula-latex.ts";
import { nameLatex } from "../formula/name-latex.ts";
import { scalarFormula } from "../formula/scalar-formula.ts";
import { equationBlock, equationsBlock } from "./derivation-latex.ts";
import { latexText } from "./latex-text.ts";

const PREAMBLE = `\\documentclass[11pt]{article}
\\usepackage[T1]{fontenc}
\\usepackage[margin=25mm]{geometry}
\\usepackage{amsmath}
\\usepackage{booktabs}
\\usepackage{longtable}
\\allowdisplaybreaks`;

/** A complete LaTeX document: Section II of a paper on the model. Needs amsmath, booktabs, longtable and geometry. */
export function latexDocument(section: ModelSection): string {
  const { model, equation } = section.presentation;
  const title = model.description === undefined ? latexText(model.name) : latexText(model.description);
  return `${[
    PREAMBLE,
    `\\title{${title}}`,
    `\\author{Model \\texttt{${latexText(model.name)}}, equation \\texttt{${latexText(equation.name)}}}`,
    "\\date{}",
    "\\begin{document}",
    "\\maketitle",
    "Units are such that $\\hbar = k_{\\mathrm{B}} = 1$. Energy that enters the system, as heat or as work, is positive.",
    hamiltonianPart(section),
    bathPart(section),
    masterEquationPart(section),
    collisionPart(section),
    thermodynamicsPart(section),
    quantityPart(section),
    definitionPart(section),
    parameterPart(section),
    "\\end{document}",
  ]
    .filter((part) => part !== "")
    .join("\n\n")}\n`;
}

const blocks = ({ equations }: Derivation): string => equationsBlock(equations);

function hamiltonianPart({ hamiltonian, symmetries, presentation }: ModelSection): string {
  const parts = presentation.model.subsystems.map(
    ({ name, kind }) => `\\texttt{${latexText(name)}} (${latexText(kind.name)})`,
  );
  const noun = parts.length === 1 ? "subsystem is" : "subsystems are";
  return [
    "\\section{Hamiltonian}",
    `The ${noun} ${joined(parts)}. The Hamiltonian has a free part $H_{0}$ and ${restText(presentation)}:`,
    blocks(hamiltonian),
    ...hamiltonian.notes.map(sentence),
    symmetryText(symmetries),
  ].join("\n");
}

const restText = ({ model }: ModelSection["presentation"]): string => {
  const roles = new Set(model.hamiltonian.map((t) => t.role));
  if (!roles.has("drive")) return "an interaction $V$";
  return roles.has("interaction") ? "the rest $V$, interactions and drives" : "a drive $V$";
};

function symmetryText({ equations, notes }: Derivation): string {
  if (equations.length === 0) return "";
  return [
    "The equation of motion has the weak symmetries",
    equationsBlock(equations),
    `${sentence(notes.at(-1) ?? "")}`,
  ].join("\n");
}

const sentence = (note: string): string =>
  note === "" ? "" : `${latexText(note[0]!.toUpperCase() + note.slice(1))}.`;

function bathPart({ presentation: p }: ModelSection): string {
  const rows = p.equation.dissipators.map(({ bath, method }) => {
    const { name, kind, role, beta, couplings, jumps } = p.model.baths[bath]!;
    const operators = [...couplings, ...jumps].map(
      ({ operator }) => `$${formulaLatex(p.written(operator))}$`,
    );
    const inverse = beta === undefined ? "--" : `$${formulaLatex(scalarFormula(beta, p.notation.symbol))}$`;
    const cells = [latexText(name), kind, role ?? "--", inverse, latexText(method)];
    return `${cells.join(" & ")} & ${operators.join(", ")} \\\\`;
  });
  return [
    "\\section{Baths}",
    "\\begin{center}",
    "\\begin{tabular}{lllllp{70mm}}",
    "\\toprule",
    "bath & kind & role & $\\beta$ & treated as & coupling or jump operators \\\\",
    "\\midrule",
    ...rows,
    "\\bottomrule",
    "\\end{tabular}",
    "\\end{center}",
  ].join("\n");
}

function masterEquationPart({ masterEquation, presentation }: ModelSection): string {
  const isMap = hasCollisions(presentation);
  return [
    isMap ? "\\section{Collisions}" : "\\section{Master equation}",
    isMap
      ? "From one collision to the next the state of the system becomes"
      : "The state of the system obeys",
    blocks(masterEquation),
    "with $\\mathcal{D}[O]\\rho = O \\rho O^{\\dagger} - \\frac{1}{2} \\{O^{\\dagger} O, \\rho\\}$.",
    ...masterEquation.notes.map(sentence),
  ].join("\n");
}

function collisionPart({ collision, presentation }: ModelSection): string {
  if (!collision) return "";
  return [
    hasCollisions(presentation) ? "\\section{Limit of short collisions}" : "\\section{Collision model}",
    hasCollisions(presentation)
      ? "For $\\tau \\to 0$ the state obeys a local equation:"
      : "The local dissipators follow from ancillas that meet the system one after the other, each for a time $\\tau \\to 0$:",
    blocks(collision),
    ...collision.notes.map(sentence),
  ].join("\n");
}

const COLLISION_SYMBOLS =
  "where the Hamiltonians are the parts of $H_{B}$ that belong to the ancillas of each bath, and $\\bar{\\rho}$ is the state averaged over one collision.";

function thermodynamicsPart({
  heats,
  works,
  totalWork,
  drivePower,
  particles,
  presentation,
}: ModelSection): string {
  const isSpectral = presentation.equation.dissipators.some((d) => d.spectral);
  const [ofHeat, ofWork] = hasCollisions(presentation)
    ? [
        "The heat from a bath of ancillas is the energy that they lose in a collision, divided by its duration; of another bath it is the mean rate at which it changes the free energy of the system,",
        "The work of each bath that has one of its own is",
      ]
    : [
        isSpectral
          ? "The heat from a bath is the rate at which it changes the energy of the system, for a bath that is local or has given jumps the free energy alone,"
          : "The heat from a bath is the rate at which it changes the free energy of the system,",
        "and its work the rate at which it changes the interaction energy,",
      ];
  const workEquations = works.flatMap((d) => d.equations);
  return [
    "\\section{Heat and work}",
    ofHeat!,
    equationsBlock(heats.flatMap((d) => d.equations)),
    ...(hasCollisions(presentation) ? [COLLISION_SYMBOLS] : []),
    ...(workEquations.length === 0 ? [] : [ofWork!, equationsBlock(workEquations)]),
    "The thermal baths together do the work",
    blocks(totalWork),
    ...(drivePower ? ["The drives put in the power", blocks(drivePower)] : []),
    ...(particles.length === 0
      ? []
      : [
          "Particles that the Hamiltonian conserves enter from the fermionic baths,",
          equationsBlock(particles.flatMap((d) => d.equations)),
        ]),
  ].join("\n");
}

function quantityPart({ quantities }: ModelSection): string {
  const items = quantities.map(({ name, equation, words }) => {
    const head = `\\texttt{${latexText(name)}}`;
    const tail = words === undefined ? "" : ` ${latexText(words)}`;
    return equation ? `${head}:${tail}\n${equationBlock(equation)}` : `${head}:${tail}.\n`;
  });
  return ["\\section{Reported quantities}", ...items.map((item) => `\\par\\noindent ${item}`)].join("\n");
}

const definitionPart = ({ definitions }: ModelSection): string =>
  definitions.length === 0 ? "" : ["\\section{Abbreviations}", equationsBlock(definitions)].join("\n");

function parameterPart({ presentation }: ModelSection): string {
  const { model, notation } = presentation;
  const rows = model.parameters.flatMap(({ name, role, value, description }) => {
    if (role !== "parameter") return [];
    const shown = formulaLatex(scalarFormula(value, notation.symbol));
    return `$${nameLatex(name)}$ & $${shown}$ & ${description === undefined ? "" : latexText(description)} \\\\`;
  });
  return [
    "\\section{Parameters}",
    "\\begin{longtable}{lll}",
    "\\toprule",
    "symbol & value & meaning \\\\",
    "\\midrule",
    "\\endhead",
    ...rows,
    "\\bottomrule",
    "\\end{longtable}",
  ].join("\n");
}

const joined = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;

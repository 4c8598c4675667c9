import { adjointOperator, areEqual, type NormalForm } from "../algebra/normal-form.ts";
import type { Dissipator, JumpTerm } from "../equation/master-equation.ts";
import { type Bath, LARGEST_FREQUENCY, type Model } from "../model/model.ts";
import type { OperatorExpression } from "../model/operator-expression.ts";
import { parameterSlot } from "../model/parameter-values.ts";
import { compileReal } from "../scalar/compile.ts";
import { type Scalar, symbolsOf, view } from "../scalar/scalar.ts";
import { scalarFromCanonical } from "../scalar/scalar-from-canonical.ts";
import type { ExportSource } from "./export-source.ts";
import { commentText, type PythonNames } from "./python-names.ts";
import { atLevels, type OperatorWriter, sumText } from "./python-operators.ts";
import { BINDING, bracketed, pythonScalar, scalarPiece } from "./python-scalar.ts";

/** What the parts of a script share. */
export interface ScriptContext extends ExportSource {
  readonly model: Model;
  readonly names: PythonNames;
  readonly spell: (symbol: string) => string;
  readonly operators: OperatorWriter;
  /** Whether the energy of the system is that of H_TD. */
  readonly isUnified: boolean;
}

/** The part of a script that defines the baths. */
export interface BathSection {
  readonly lines: readonly string[];
  /** The Python names of the dissipators, in the equation's order. */
  readonly superoperators: readonly string[];
  /** The Python name of each bath's particle number, where it is needed. */
  readonly numbers: readonly (string | undefined)[];
}

/** One block of Python for each bath: its jumps, or its dissipator between eigenstates of H. */
export function bathLines(context: ScriptContext): BathSection {
  const { equation, model, names, operators, isUnified } = context;
  const numbers = equation.dissipators.map(({ bath, particleNumber }) => {
    const { kind, mu, name } = model.baths[bath]!;
    return particleNumber && (mu || kind === "fermionic") ? names.claim(`N_${name}`) : undefined;
  });
  const numberLines = equation.dissipators.flatMap(({ particleNumber, bath }, k) => {
    if (numbers[k] === undefined) return [];
    const number = sumText(operators.formSummands(particleNumber!)).text;
    return [`${numbers[k]} = ${number}  # what ${commentText(model.baths[bath]!.name)} lowers by one`];
  });
  const weights = equation.dissipators.map((d, k) =>
    d.spectral ? weightOf(d, numbers[k], context) : undefined,
  );
  const populated = weights.filter((w) => w !== undefined);
  const superoperators = equation.dissipators.map(({ bath }) => names.claim(`L_${model.baths[bath]!.name}`));
  const blocks = equation.dissipators.flatMap((d, k) => [
    ...(d.spectral
      ? spectralBath(d, superoperators[k]!, weights[k]!, context)
      : jumpBath(d, superoperators[k]!, context)),
    "",
  ]);
  return {
    superoperators,
    numbers,
    lines: [
      ...numberLines,
      ...(isUnified ? [`populated = np.max([${populated.join(", ")}], axis=0) >= 1e-6`] : []),
      ...(numberLines.length > 0 || isUnified ? [""] : []),
      ...blocks.slice(0, -1),
    ],
  };
}

/** β of a bath at the parameters of the script; undefined for jumps without one. */
export const betaAt = ({ beta }: Bath, { parameters }: ScriptContext): number | undefined =>
  beta && compileReal(beta, parameterSlot)(parameters);

/** The Python text of β; of an infinite one that word, since Python divides by no zero. */
const betaText = (bath: Bath, context: ScriptContext): string =>
  betaAt(bath, context) === Number.POSITIVE_INFINITY ? "np.inf" : scalarOf(bath.beta, context);

/** The Python text of an inverse temperature or a chemical potential. */
const scalarOf = (scalar: Scalar | undefined, { spell }: ScriptContext): string =>
  scalar ? pythonScalar(scalar, spell) : "0.0";

/** The same as a factor of a product. */
export const factorOf = (scalar: Scalar, { spell }: ScriptContext): string =>
  bracketed(scalarPiece(scalar, spell), BINDING.product);

/** J as a named function, where it is not 1; nothing where it is. */
function densityOf(
  density: Scalar,
  bath: Bath,
  { names, spell }: ScriptContext,
): { readonly name?: string; readonly lines: readonly string[] } {
  const v = view(density);
  if (v.kind === "number" && v.value === 1) return { lines: [] };
  const name = names.claim(`J_${bath.name}`);
  const said = symbolsOf(density).has(LARGEST_FREQUENCY) ? "  # w_max hangs on the levels kept" : "";
  return { name, lines: [`def ${name}(w):`, `    return ${pythonScalar(density, spell)}${said}`, "", ""] };
}

/** A local bath as pairs of jumps, or a list of jumps as the model wrote it; and their dissipator. */
function jumpBath(dissipator: Dissipator, superoperator: string, context: ScriptContext): string[] {
  const { model, names, operators, spectral } = context;
  const bath = model.baths[dissipator.bath]!;
  const jumps = names.claim(bath.name);
  const said = `# ${commentText(bath.name)}: ${dissipator.method}`;
  const own = `${superoperator} = lindblad(${spectral ? `into(c) for c in ${jumps}` : jumps})`;
  if (bath.kind === "jumps") {
    const texts = bath.jumps.map(({ operator }) => sumText(operators.summands(operator)).text);
    return [said, `${jumps} = [`, ...texts.map((t) => `    ${t},`), "]", own];
  }
  const density = densityOf(dissipator.coupling!.density, bath, context);
  const emissions = dissipator.jumps.filter((j) => j.direction === "emission");
  const plain = emissions.filter((j) => j.levelwise.length === 0);
  const levelwise = emissions.filter((j) => j.levelwise.length > 0);
  const pairs = plain.map((jump) =>
    pairText(
      operatorText(jump.operator, bath, context),
      pythonScalar(scalarFromCanonical(jump.frequency!), context.spell),
      bath,
      density.name,
      context,
    ),
  );
  const first = pairs.length === 0 ? "[]" : pairs.join(" + ");
  return [
    said,
    ...density.lines,
    `${jumps} = ${first}`,
    ...levelwise.flatMap((jump) => levelwiseLines(jump, jumps, bath, density.name, context)),
    own,
  ];
}

/** `thermal(A, omega, beta)`, or `lead(A, omega, beta, mu)`. */
function pairText(
  operator: string,
  frequency: string,
  bath: Bath,
  density: string | undefined,
  context: ScriptContext,
): string {
  const parts = [operator, frequency, betaText(bath, context)];
  if (bath.kind === "fermionic") parts.push(scalarOf(bath.mu, context));
  if (density !== undefined) parts.push(density);
  return `${bath.kind === "fermionic" ? "lead" : "thermal"}(${parts.join(", ")})`;
}

/** One pair of jumps for each level on which the frequency depends. */
function levelwiseLines(
  { operator, frequency, levelwise }: JumpTerm,
  jumps: string,
  bath: Bath,
  density: string | undefined,
  context: ScriptContext,
): string[] {
  const { operators, names, spell, model } = context;
  const whole = names.claim(`A_${bath.name}`);
  const at = new Map(levelwise.map((s) => [s, names.claim(`level_${model.subsystems[s]!.name}`)]));
  const loops = levelwise.map((s, depth) => `${"    ".repeat(depth)}for ${at.get(s)} in levels[${s}]:`);
  const inside = "    ".repeat(levelwise.length);
  const here = levelwise.map((s) => `(${operators.levelsOf(s)} == ${at.get(s)})`).join("*");
  const omega = pythonScalar(scalarFromCanonical(frequency!), atLevels(at, spell));
  return [
    `${whole} = ${operatorText(operator, bath, context)}`,
    ...loops,
    `${inside}part = ${whole}*diagonal(1.0*${here})  # its frequency depends on the level`,
    `${inside}if part.norm("max") > 0:`,
    `${inside}    ${jumps} += ${pairText("part", omega, bath, density, context)}`,
  ];
}

/** An eigenoperator as one of the bath's couplings is written, where it is one. */
function operatorText(form: NormalForm, bath: Bath, { derived, operators }: ScriptContext): string {
  const { algebra } = derived;
  for (const { operator } of bath.couplings) {
    const coupling = algebra.normalForm(operator);
    if (areEqual(form, coupling, algebra.space)) return writtenText(operator, operators);
    if (areEqual(form, adjointOperator(coupling, algebra.space), algebra.space)) {
      return writtenText({ kind: "adjoint", operand: operator }, operators);
    }
  }
  return sumText(operators.formSummands(form)).text;
}

const writtenText = (operator: OperatorExpression, operators: OperatorWriter): string =>
  sumText(operators.summands(operator)).text;

const TREATMENTS = { secular: "secular", unified: "clustered", redfield: "redfield" } as const;

/** How much the bath's own thermal state holds of each eigenstate, 1 for the likeliest. */
function weightOf({ bath }: Dissipator, number: string | undefined, context: ScriptContext): string {
  const own = context.model.baths[bath]!;
  const { mu } = own;
  const above = number !== undefined && mu ? `E - ${factorOf(mu, context)}*into(${number}).diag().real` : "E";
  return `thermal_weight(${above}, ${betaText(own, context)})`;
}

/** The dissipator of a bath between the eigenstates of H. */
function spectralBath(
  { bath: place, method, spectral, coupling }: Dissipator,
  superoperator: string,
  weight: string,
  context: ScriptContext,
): string[] {
  const bath = context.model.baths[place]!;
  const density = densityOf(coupling!.density, bath, context);
  const treat = TREATMENTS[spectral!.approximation];
  const J = density.name ?? "lambda w: 1.0";
  const isFermionic = bath.kind === "fermionic";
  const isCold = betaAt(bath, context) === Number.POSITIVE_INFINITY;
  const beta = isFermionic && !isCold ? factorOf(bath.beta!, context) : betaText(bath, context);
  const held = context.names.claim(`weight_${bath.name}`);
  const down = context.names.claim(`gamma_${bath.name}`);
  const up = isFermionic ? context.names.claim(`gamma_in_${bath.name}`) : down;
  const mu = scalarOf(bath.mu, context);
  const taken = (at: string): string => (density.name === undefined ? "" : `${density.name}(${at})*`);
  const rates = isFermionic
    ? [
        `${down} = lambda w: ${taken("w")}(1 - fermi(${beta}*(w - (${mu}))))`,
        `${up} = lambda w: ${taken("-w")}fermi(${beta}*(-w - (${mu})))`,
      ]
    : [`${down} = boson_rate(${beta}, ${J})`];
  const couplings = coupling!.operators.map(({ operator, isHermitian }) => ({
    A: context.names.claim(`A_${bath.name}`),
    text: operatorText(operator, bath, context),
    isHermitian,
  }));
  const terms = couplings.flatMap(({ A, isHermitian }) => [
    `${treat}(${A}, ${down}, ${held})`,
    ...(isHermitian ? [] : [`${treat}(${A}.dag(), ${up}, ${held})`]),
  ]);
  return [
    `# ${commentText(bath.name)}: ${method}`,
    ...density.lines,
    ...rates,
    `${held} = ${weight}`,
    ...couplings.map(({ A, text }) => `${A} = into(${text})`),
    `${superoperator} = ${terms.join(" + ")}`,
  ];
}

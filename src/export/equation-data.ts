import type { NormalForm } from "../algebra/normal-form.ts";
import { canonicalText, operatorText, symbolSpeller } from "../algebra/operator-text.ts";
import type { Dissipator } from "../equation/master-equation.ts";
import { toProductBasis } from "../lower/eigenbasis.ts";
import { mixedJumps } from "../lower/mixed-jumps.ts";
import { operatorMatrix } from "../lower/operator-matrix.ts";
import type { SpectralDissipator } from "../lower/spectral-dissipator.ts";
import { expandEquation } from "../lower/superoperator.ts";
import { namedValues, parameterSlot } from "../model/parameter-values.ts";
import { type ComplexSparse, complexSparse, forEachEntry, newEntries } from "../numerics/complex-sparse.ts";
import { compileReal } from "../scalar/compile.ts";
import { type Scalar, scalarText } from "../scalar/scalar.ts";
import { scalarFromCanonical } from "../scalar/scalar-from-canonical.ts";
import type { ExportSource } from "./export-source.ts";

/** What `thermill export --to json` prints (docs/equation.schema.json): ρ̇ = −i[H, ρ] + Σ_b L_b[ρ] as formulas and as matrices. */
export interface EquationData {
  readonly format: "thermill-equation/1";
  readonly thermill: string;
  readonly units: "hbar = k_B = 1";
  readonly model: string;
  readonly equation: string;
  readonly parameters: Readonly<Record<string, number | null>>;
  /** The product basis: state = Σ (level − first)·stride, the first subsystem slowest. */
  readonly subsystems: readonly SubsystemData[];
  readonly dimension: number;
  readonly hamiltonian: {
    readonly free: OperatorData;
    readonly interaction: OperatorData;
    /** G of the frame e^{iGt} in which both are constant: the generator is that of their sum minus G. */
    readonly frame: OperatorData | null;
  };
  readonly dissipators: readonly DissipatorData[];
}

export interface SubsystemData {
  readonly name: string;
  readonly kind: string;
  readonly first: number;
  readonly last: number;
  readonly isAutomatic: boolean;
  /** Names of the levels of a finite basis. */
  readonly labels?: readonly string[];
}

/** An operator as a sum of products in the model's words, term by term, and as a matrix at the parameters. */
export interface OperatorData {
  readonly text: string;
  readonly terms: readonly TermData[];
  readonly matrix: MatrixData;
}

/** coefficient · Π factors; `n(s)` in a coefficient is the level of subsystem s before the term acts. */
export interface TermData {
  readonly coefficient: string;
  readonly factors: readonly FactorData[];
}

/** |row⟩⟨column| of a subsystem, or a shift of its level by a number of steps. */
export type FactorData =
  | { readonly subsystem: string; readonly row: number; readonly column: number }
  | { readonly subsystem: string; readonly shift: number };

/** The entries of a matrix that are not zero. */
export interface MatrixData {
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  readonly re: readonly number[];
  readonly im: readonly number[];
}

export interface DissipatorData {
  readonly bath: string;
  readonly kind: string;
  readonly method: string;
  readonly beta: number | null;
  readonly mu: number | null;
  /** Of local baths and of explicit jumps, as formulas. */
  readonly formulas: readonly JumpFormula[];
  /** L = Σ rate·D[operator], and what a Lamb shift adds to H: Σ shift·operator†·operator. */
  readonly jumps: readonly JumpData[];
  /** Of a Redfield bath instead: L = Σ BρA† + AρB† − A†Bρ − ρB†A. */
  readonly redfield: readonly { readonly A: MatrixData; readonly B: MatrixData }[];
}

export interface JumpFormula {
  readonly operator: OperatorText;
  readonly rate: string;
  readonly value: number | null;
  /** The energy that the jump takes from the free Hamiltonian. */
  readonly frequency?: string;
}

type OperatorText = Omit<OperatorData, "matrix">;

export interface JumpData {
  readonly rate: number;
  readonly shift?: number;
  readonly operator: MatrixData;
}

/** One equation as data, in formulas and in numbers. Collisions that last have no such form. */
export function equationData(source: ExportSource): EquationData {
  const { derived, equation, parameters, basis, automatic, version } = source;
  const { model } = derived;
  const finite = (x: number): number | null => (Number.isFinite(x) ? x : null);
  const operatorData = (form: NormalForm): OperatorData => ({
    ...operatorTexts(form, source),
    matrix: matrixData(operatorMatrix(form, basis)(parameters)),
  });
  const plain = mixedJumps(expandEquation(equation, basis), basis, model.parameters.length);
  const value = (scalar: Scalar | undefined): number | null =>
    scalar ? finite(compileReal(scalar, parameterSlot)(parameters)) : null;
  return {
    format: "thermill-equation/1",
    thermill: version,
    units: "hbar = k_B = 1",
    model: model.name,
    equation: equation.name,
    parameters: namedValues(model.parameters, parameters),
    subsystems: model.subsystems.map(({ name, kind }, s) => ({
      name,
      kind: kind.name,
      first: basis.windows[s]!.first,
      last: basis.windows[s]!.last,
      isAutomatic: automatic[s]!,
      ...(kind.basis.kind === "finite" && { labels: kind.basis.labels }),
    })),
    dimension: basis.dimension,
    hamiltonian: {
      free: operatorData(equation.free),
      interaction: operatorData(equation.interaction),
      frame: equation.frame ? operatorData(equation.frame) : null,
    },
    dissipators: equation.dissipators.map((d, place) => {
      const bath = model.baths[d.bath]!;
      return {
        bath: bath.name,
        kind: bath.kind,
        method: d.method,
        beta: value(bath.beta),
        mu: value(bath.mu),
        formulas: d.spectral ? [] : formulasOf(d, source, value),
        ...(d.spectral
          ? spectralData(source.spectral!.dissipators[place]!, source)
          : {
              jumps: plain[place]!(parameters).map(({ operator, rate }) => ({
                rate,
                operator: matrixData(operator),
              })),
              redfield: [],
            }),
      };
    }),
  };
}

function operatorTexts(form: NormalForm, { derived: { model } }: ExportSource): OperatorText {
  return {
    text: operatorText(form, model),
    terms: [...form.values()].map(({ factors, coefficient }) => ({
      coefficient: canonicalText(coefficient, model),
      factors: [...factors]
        .sort(([a], [b]) => a - b)
        .map(([s, f]) => {
          const subsystem = model.subsystems[s]!.name;
          return f.kind === "shift"
            ? { subsystem, shift: f.by }
            : { subsystem, row: f.row, column: f.column };
        }),
    })),
  };
}

function formulasOf(
  { jumps }: Dissipator,
  source: ExportSource,
  value: (scalar: Scalar) => number | null,
): JumpFormula[] {
  const { model } = source.derived;
  return jumps.map(({ operator, evaluatedRate, frequency, levelwise }) => ({
    operator: operatorTexts(operator, source),
    rate: scalarText(evaluatedRate, symbolSpeller(model)),
    value: levelwise.length > 0 ? null : value(evaluatedRate),
    ...(frequency && { frequency: scalarText(scalarFromCanonical(frequency), symbolSpeller(model)) }),
  }));
}

/** One jump for each group of entries that act together, or the two operators of Redfield's equation. */
function spectralData(
  dissipators: readonly SpectralDissipator[],
  { spectral }: ExportSource,
): Pick<DissipatorData, "jumps" | "redfield"> {
  const { eigenbasis } = spectral!;
  const back = (matrix: ComplexSparse): MatrixData => matrixData(toProductBasis(matrix, eigenbasis));
  return {
    jumps: dissipators
      .filter((d) => !d.isRedfield)
      .flatMap((d) =>
        groupsOf(d).map(({ entries, rate, shift }) => ({
          rate,
          ...(shift !== undefined && { shift }),
          operator: back(chosen(d.operator, (e) => (entries.has(e) ? [1, 0] : [0, 0]))),
        })),
      ),
    redfield: dissipators
      .filter((d) => d.isRedfield)
      .map(({ operator, rate, shift }) => ({
        A: back(operator),
        B: back(chosen(operator, (e) => [rate[e]! / 2, shift?.[e] ?? 0])),
      })),
  };
}

interface Group {
  readonly entries: ReadonlySet<number>;
  readonly rate: number;
  readonly shift?: number;
}

/** Groups of entries with one rate; those that do nothing are left out. */
function groupsOf({ group, rate, shift }: SpectralDissipator): Group[] {
  const groups = new Map<string, { entries: Set<number>; rate: number; shift?: number }>();
  for (const [e, g] of group.entries()) {
    if (rate[e] === 0 && !shift?.[e]) continue;
    const key = `${g} ${rate[e]}`;
    const known = groups.get(key) ?? {
      entries: new Set(),
      rate: rate[e]!,
      ...(shift && { shift: shift[e]! }),
    };
    known.entries.add(e);
    groups.set(key, known);
  }
  return [...groups.values()];
}

/** A matrix with its entries multiplied by complex numbers. */
function chosen(matrix: ComplexSparse, factor: (entry: number) => readonly [number, number]): ComplexSparse {
  const entries = newEntries();
  for (let column = 0; column < matrix.size; column++) {
    for (let e = matrix.columnStarts[column]!; e < matrix.columnStarts[column + 1]!; e++) {
      const [x, y] = factor(e);
      if (x === 0 && y === 0) continue;
      entries.row.push(matrix.rows[e]!);
      entries.column.push(column);
      entries.re.push(matrix.re[e]! * x - matrix.im[e]! * y);
      entries.im.push(matrix.re[e]! * y + matrix.im[e]! * x);
    }
  }
  return complexSparse(matrix.size, entries);
}

/** The entries of a matrix in the form of `MatrixData`. */
function matrixData(matrix: ComplexSparse): MatrixData {
  const data = { rows: [] as number[], columns: [] as number[], re: [] as number[], im: [] as number[] };
  forEachEntry(matrix, (row, column, re, im) => {
    if (re === 0 && im === 0) return;
    data.rows.push(row);
    data.columns.push(column);
    data.re.push(re);
    data.im.push(im + 0);
  });
  return data;
}

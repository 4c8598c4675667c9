import { normaliseName } from "../source/name.ts";
import type {
  BathDeclaration,
  Declaration,
  DeclaredName,
  EquationDeclaration,
  ExperimentDeclaration,
  Identifier,
  KindDeclaration,
  LetDeclaration,
  ParameterDeclaration,
  QuantityDeclaration,
  SpectrumDeclaration,
  StateDeclaration,
  SubsystemDeclaration,
  VariantDeclaration,
} from "../syntax/ast.ts";
import type { ModelReport } from "./model-report.ts";

/** What a name of the model stands for. */
export type Entry =
  | { readonly kind: "parameter"; readonly name: Identifier; readonly declaration: ParameterDeclaration }
  | { readonly kind: "let"; readonly name: Identifier; readonly declaration: LetDeclaration }
  | {
      readonly kind: "subsystem";
      readonly name: Identifier;
      readonly declared: DeclaredName;
      readonly declaration: SubsystemDeclaration;
    }
  | { readonly kind: "bath"; readonly name: Identifier; readonly declaration: BathDeclaration }
  | { readonly kind: "equation"; readonly name: Identifier; readonly declaration: EquationDeclaration }
  | { readonly kind: "variant"; readonly name: Identifier; readonly declaration: VariantDeclaration }
  | { readonly kind: "quantity"; readonly name: Identifier; readonly declaration: QuantityDeclaration }
  | { readonly kind: "state"; readonly name: Identifier; readonly declaration: StateDeclaration };

/** The declared names of a model, by ASCII spelling; kinds, spectra and experiments have their own tables. */
export interface SymbolTable {
  readonly values: ReadonlyMap<string, Entry>;
  readonly kinds: ReadonlyMap<string, KindDeclaration>;
  readonly spectra: ReadonlyMap<string, SpectrumDeclaration>;
  readonly experiments: ReadonlyMap<string, ExperimentDeclaration>;
}

/** Collects every declared name; of two declarations of one name the first counts and the second is reported. */
export function collectNames(declarations: readonly Declaration[], report: ModelReport): SymbolTable {
  const values = new Map<string, Entry>();
  const kinds = new Map<string, KindDeclaration>();
  const spectra = new Map<string, SpectrumDeclaration>();
  const experiments = new Map<string, ExperimentDeclaration>();
  const add = <T>(
    table: Map<string, T>,
    name: Identifier,
    entry: T,
    nameOf: (entry: T) => Identifier,
  ): void => {
    const present = table.get(name.ascii);
    if (present === undefined) table.set(name.ascii, entry);
    else reportDuplicate(name, nameOf(present), report);
  };
  const addValue = (entry: Entry): void => add(values, entry.name, entry, (e) => e.name);
  for (const declaration of declarations) {
    switch (declaration.kind) {
      case "parameter":
      case "let":
      case "bath":
      case "quantity":
        if ("parameters" in declaration) reportIndexedFunction(declaration, report);
        addValue({ kind: declaration.kind, name: declaration.declared.name, declaration } as Entry);
        break;
      case "equation":
      case "variant":
      case "state":
        addValue({ kind: declaration.kind, name: declaration.name, declaration } as Entry);
        break;
      case "subsystem":
        for (const declared of declaration.declared) {
          addValue({ kind: "subsystem", name: declared.name, declared, declaration });
        }
        break;
      case "kind":
        add(kinds, declaration.name, declaration, (d) => d.name);
        break;
      case "spectrum":
        add(spectra, declaration.name, declaration, (d) => d.name);
        break;
      case "experiment":
        add(experiments, declaration.name, declaration, (d) => d.name);
        break;
      case "use":
      case "hamiltonian":
        break;
    }
  }
  return { values, kinds, spectra, experiments };
}

/** A function of an index takes it as one of its arguments. */
function reportIndexedFunction(
  { declared, parameters }: LetDeclaration | QuantityDeclaration,
  report: ModelReport,
): void {
  if (!declared.index || !parameters) return;
  report("E205", declared.index.span, `'${declared.name.text}' has arguments and an index`, {
    fix: "make the index one of the arguments",
  });
}

function reportDuplicate(second: Identifier, first: Identifier, report: ModelReport): void {
  const spelling =
    normaliseName(first.text) === normaliseName(second.text)
      ? `'${second.text}' is declared twice`
      : `'${second.text}' and '${first.text}' are two spellings of one name (${first.ascii})`;
  report("E202", second.span, spelling, {
    fix: "rename one of them",
    related: [{ message: "first declared here", span: first.span }],
  });
}

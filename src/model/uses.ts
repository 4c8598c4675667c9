import { createReporter, type Outcome } from "../source/diagnostic.ts";
import type { SourceFile } from "../source/span.ts";
import type { Declaration, Expression, Identifier, ModelFile, Setting } from "../syntax/ast.ts";
import { MODEL_CODES } from "./codes.ts";
import type { ModelReport } from "./model-report.ts";

/** How used files are found and read. */
export interface Library {
  /** Text of a file by its path relative to the directory of the file that was run; undefined where there is none. */
  readonly read: (path: string) => string | undefined;
  readonly parse: (file: SourceFile) => Outcome<ModelFile>;
}

/** A model file with what it uses merged in, and the sources that spans refer to. */
export interface Resolved {
  readonly file: ModelFile;
  readonly sources: readonly SourceFile[];
  /** Parameters that `model name = base with { … }` replaces, by ASCII name. */
  readonly settings: ReadonlyMap<string, Expression>;
}

const MAX_FILES = 64;

/**
 * Reads the files that a model uses, and those that they use. From a library come kinds, spectra and functions; the
 * parts of a model come only where the header builds on it.
 */
export function resolveUses(file: ModelFile, source: SourceFile, library: Library): Outcome<Resolved> {
  const { diagnostics, report } = createReporter(MODEL_CODES);
  const loaded = new Map<string, ModelFile>();
  const sources: SourceFile[] = [source];
  const parsed: Outcome<ModelFile>["diagnostics"][number][] = [];
  const load = (user: ModelFile): void => {
    for (const use of user.declarations) {
      if (use.kind !== "use" || loaded.has(use.path.text)) continue;
      const path = use.path.text;
      if (!isAllowedPath(path)) {
        report(
          "E221",
          use.path.span,
          `'${path}' is not a .thermill file below the directory of the file that is run`,
          {
            fix: 'use a relative path without "..": use "lib/spectra.thermill"',
          },
        );
        continue;
      }
      const text = loaded.size < MAX_FILES ? library.read(path) : undefined;
      if (text === undefined) {
        report("E221", use.path.span, `'${path}' cannot be read`);
        continue;
      }
      const librarySource = { name: path, text };
      sources.push(librarySource);
      const outcome = library.parse(librarySource);
      parsed.push(...outcome.diagnostics);
      loaded.set(path, outcome.value);
      load(outcome.value);
    }
  };
  load(file);
  const shared = [...loaded.values()].flatMap((f) => f.declarations.filter(isLibraryDeclaration));
  const base = baseOf(file, [...loaded.values()], report);
  const declarations = [...shared, ...base.declarations, ...file.declarations];
  const value = { file: { ...file, declarations }, sources, settings: base.settings };
  return { value, diagnostics: [...parsed, ...diagnostics] };
}

/** A relative path to a .thermill file that does not climb. */
const isAllowedPath = (path: string): boolean =>
  path.endsWith(".thermill") &&
  !path.startsWith("/") &&
  !/[\\:\0]/.test(path) &&
  path.split("/").every((part) => part !== ".." && part !== "");

/** Kinds, spectra and functions: what a file gives to whoever uses it. */
const isLibraryDeclaration = (declaration: Declaration): boolean =>
  declaration.kind === "kind" ||
  declaration.kind === "spectrum" ||
  (declaration.kind === "let" && declaration.parameters !== undefined);

function baseOf(
  { header }: ModelFile,
  files: readonly ModelFile[],
  report: ModelReport,
): { readonly declarations: readonly Declaration[]; readonly settings: ReadonlyMap<string, Expression> } {
  if (!header?.base) return { declarations: [], settings: new Map() };
  const { name, settings } = header.base;
  const base = files.find((f) => f.header?.name.ascii === name.ascii);
  if (!base) {
    report("E201", name.span, `there is no model '${name.text}' in the used files`, {
      fix: `add: use "${name.text.replaceAll("_", "-")}.thermill"`,
    });
    return { declarations: [], settings: new Map() };
  }
  const declarations = base.declarations.filter((d) => !isLibraryDeclaration(d) && d.kind !== "use");
  return { declarations, settings: settingsByName(settings, declarations, report) };
}

function settingsByName(
  settings: readonly Setting[],
  declarations: readonly Declaration[],
  report: ModelReport,
): ReadonlyMap<string, Expression> {
  const parameters = declarations.flatMap((d): Identifier[] =>
    d.kind === "parameter" ? [d.declared.name] : [],
  );
  const values = new Map<string, Expression>();
  for (const { name, value } of settings) {
    if (parameters.some((p) => p.ascii === name.ascii)) values.set(name.ascii, value);
    else report("E213", name.span, `the base model has no parameter '${name.text}'`);
  }
  return values;
}

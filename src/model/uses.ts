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
      if (use.kind !== "use") continue;
      const path = plainPath(use.path.text);
      if (loaded.has(path)) continue;
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

/** One spelling of a path: `./lib/./x.thermill` is `lib/x.thermill`. */
const plainPath = (path: string): string =>
  path
    .split("/")
    .filter((part) => part !== ".")
    .join("/");

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

/** What a model takes over from the one that it builds on. */
interface Inherited {
  readonly declarations: readonly Declaration[];
  readonly settings: ReadonlyMap<string, Expression>;
}

const NOTHING: Inherited = { declarations: [], settings: new Map() };

/** The parts of the model that a header builds on, and of the one below it; the settings nearest to the top count. */
function baseOf(file: ModelFile, files: readonly ModelFile[], report: ModelReport): Inherited {
  const above: Identifier[] = [];
  const inherit = ({ header }: ModelFile): Inherited => {
    if (!header?.base) return NOTHING;
    above.push(header.name);
    const { name, settings } = header.base;
    if (above.some((model) => model.ascii === name.ascii)) {
      const circle = [...above.slice(above.findIndex((m) => m.ascii === name.ascii)), name];
      const message = `the model '${name.text}' is built on itself: ${circle.map((m) => m.text).join(" → ")}`;
      report("E203", name.span, message);
      return NOTHING;
    }
    const base = files.find((f) => f.header?.name.ascii === name.ascii);
    if (!base) {
      report("E201", name.span, `there is no model '${name.text}' in the used files`, {
        fix: `add: use "${name.text.replaceAll("_", "-")}.thermill"`,
      });
      return NOTHING;
    }
    const below = inherit(base);
    const own = base.declarations.filter((d) => !isLibraryDeclaration(d) && d.kind !== "use");
    const declarations = [...below.declarations, ...own];
    const nearest = settingsByName(settings, declarations, report);
    return { declarations, settings: new Map([...below.settings, ...nearest]) };
  };
  return inherit(file);
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
    if (values.has(name.ascii)) report("E213", name.span, `'${name.text}' is set twice`);
    else if (parameters.some((p) => p.ascii === name.ascii)) values.set(name.ascii, value);
    else report("E213", name.span, `the base model has no parameter '${name.text}'`);
  }
  return values;
}

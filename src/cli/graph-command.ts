import type { Compiled, GraphFormat } from "../index.ts";
import { hasErrors } from "../source/diagnostic.ts";

import { countText, writeDiagnostics } from "./diagnostics-output.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import type { Host } from "./host.ts";
import { displayName, readModel } from "./model-input.ts";
import { refuse, unknownFormat, writeTo } from "./refuse.ts";

/** The options of `thermill graph` as typed. */
export interface GraphCommandOptions {
  readonly format?: GraphFormat;
  readonly output?: string;
  readonly set?: readonly string[];
}

/** `thermill graph FILE`: a picture of the model, or its graph for other programs. Throws `UnreadableFile`. */
export function graphCommand(file: string, options: GraphCommandOptions, host: Host): ExitCode {
  const format = options.format ?? formatOf(options.output);
  if (format === undefined)
    return refuse("E002", EXIT.usage, unknownFormat(options.output!, "graph", NAMES), host);
  const { source, readLibrary } = readModel(file);
  const compiled = host.compiler.compile(source, { sets: options.set ?? [], quantities: [], readLibrary });
  writeDiagnostics(compiled.diagnostics, compiled.sources, host);
  const isWrong = hasErrors(compiled.diagnostics);
  if (isWrong) host.stderr.write(`${displayName(file)}: ${countText(compiled.diagnostics)}\n`);
  return writeGraph(compiled, format, options.output, host) ?? (isWrong ? EXIT.modelErrors : EXIT.good);
}

/** Writes the graph where there is one; the exit code where it cannot be written. */
function writeGraph(
  compiled: Compiled,
  format: GraphFormat,
  output: string | undefined,
  host: Host,
): ExitCode | undefined {
  const graph = host.compiler.modelGraph(compiled);
  if (!graph) return undefined;
  const outcome = host.compiler.graphText(graph, format);
  if (outcome.kind === "too-large") return refuse("E005", EXIT.notVouched, outcome, host);
  return writeTo(output, outcome.text, host);
}

/** What names of files may end with. */
const NAMES = ".svg, .dot, .mmd, .json";

const FORMAT_BY_EXTENSION: Readonly<Record<string, GraphFormat>> = {
  svg: "svg",
  dot: "dot",
  gv: "dot",
  mmd: "mermaid",
  mermaid: "mermaid",
  json: "json",
};

/** The format that the name of the output file asks for; undefined where it asks for one that there is not. */
function formatOf(output: string | undefined): GraphFormat | undefined {
  const extension = /[^/\\]\.([^./\\]+)$/.exec(output ?? "")?.[1]?.toLowerCase();
  if (extension === undefined) return "svg";
  return Object.hasOwn(FORMAT_BY_EXTENSION, extension) ? FORMAT_BY_EXTENSION[extension] : undefined;
}

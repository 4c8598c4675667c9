import type { ModelFileCstNode } from "../../grammar/generated/cst.ts";
import { createReader, type Reading } from "../../grammar/read.ts";
import { createReporter, type Diagnostic, type Outcome, type Reporter } from "../source/diagnostic.ts";
import type { SourceFile, Span } from "../source/span.ts";
import type { ModelFile } from "./ast.ts";
import { buildModelFile } from "./build-model-file.ts";
import { codeOfProblem, type SyntaxCode, syntaxCodes } from "./codes.ts";

/**
 * The abstract syntax of a file, and what is wrong with its text, in the order of the text. Statements that cannot be
 * read are left out; each is reported once. Never throws.
 */
export const parse = createParse();

/** A `parse` with a reader of its own, which is made when it is first needed. */
export function createParse(): (file: SourceFile) => Outcome<ModelFile> {
  let read: ((text: string) => Reading) | undefined;
  return (file) => {
    read ??= createReader();
    const { tree, problems } = read(file.text);
    const reporter = createReporter(syntaxCodes);
    reportProblems(problems, file, reporter);
    const value =
      tree === undefined
        ? { declarations: [], span: { file: file.name, start: 0, end: file.text.length } }
        : buildModelFile(tree as ModelFileCstNode, { file, reporter });
    return { value, diagnostics: firstOf(reporter.diagnostics) };
  };
}

/** Diagnostics beyond this number are counted, not shown. */
const SHOWN = 100;

/** The first diagnostics in the order of the text, and how many more there are. */
function firstOf(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const sorted = [...diagnostics].sort((a, b) => a.span.start - b.span.start);
  const next = sorted[SHOWN];
  if (next === undefined) return sorted;
  const rest = createReporter(syntaxCodes);
  rest.report("E119", next.span, `${sorted.length - SHOWN} more errors from here on are not shown`);
  return [...sorted.slice(0, SHOWN), ...rest.diagnostics];
}

function reportProblems(
  problems: Reading["problems"],
  file: SourceFile,
  reporter: Reporter<SyntaxCode>,
): void {
  const span = ({ start, end }: { start: number; end: number }): Span => ({ file: file.name, start, end });
  for (const problem of problems) {
    const related = problem.related?.map((place) => ({ message: place.message, span: span(place) }));
    reporter.report(codeOfProblem[problem.kind], span(problem), problem.message, {
      fix: problem.fix,
      related,
    });
  }
}

import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import ts from "typescript";

/** The text of each TypeScript file by its path from the root of the repository, with `/`. */
export type SourceTree = ReadonlyMap<string, string>;

/** One import of one file, type-only ones included. */
export interface Import {
  readonly from: string;
  /** The path of one of our files, or the name of a package. */
  readonly to: string;
  readonly isOwn: boolean;
}

/** The sources below `folders` of the repository at `root`. */
export function readSourceTree(root: string, folders: readonly string[]): SourceTree {
  const paths = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .map((path) => posix.join(folder, path.replaceAll("\\", "/")))
      .filter((path) => path.endsWith(".ts")),
  );
  return new Map(paths.sort().map((path) => [path, readFileSync(join(root, path), "utf8")]));
}

/** Every import and re-export of every file. */
export function importsOf(tree: SourceTree): Import[] {
  return [...tree].flatMap(([from, text]) =>
    ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }): Import => {
      const isOwn = fileName.startsWith(".");
      return { from, to: isOwn ? posix.join(posix.dirname(from), fileName) : fileName, isOwn };
    }),
  );
}

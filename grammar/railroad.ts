import { createSyntaxDiagramsCode, type ISerializedGast } from "chevrotain";

/**
 * A page of railroad diagrams. Chevrotain's page loads its code from unpkg.com; here it is written into the page,
 * so that it can be read without a network. `readSource` reads a file of Chevrotain's `diagrams` folder.
 */
export function railroadDiagrams(rules: ISerializedGast[], readSource: (path: string) => string): string {
  return createSyntaxDiagramsCode(rules, { resourceBase: "", css: "diagrams.css" })
    .replace(
      /<link rel='stylesheet' href='(.*?)'>/,
      (_, path: string) => `<style>${readSource(path)}</style>`,
    )
    .replace(/<script src='(.*?)'><\/script>/g, (_, path: string) => `<script>${readSource(path)}</script>`);
}

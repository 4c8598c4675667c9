import ts from "typescript";
import type { SourceTree } from "./source-tree.ts";

/** Every use of run-time code generation and of mutable state of a module, one line each. */
export function forbiddenCode(tree: SourceTree): string[] {
  return [...tree].flatMap(([path, text]) => {
    const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
    const at = (node: ts.Node): string =>
      `${path}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
    return [
      ...file.statements.filter(isMutableState).map((s) => `${at(s)} keeps mutable state in a module`),
      ...nodesOf(file)
        .filter(makesCode)
        .map((n) => `${at(n)} makes code from text`),
    ];
  });
}

function nodesOf(node: ts.Node): ts.Node[] {
  const nodes: ts.Node[] = [node];
  node.forEachChild((child) => {
    nodes.push(...nodesOf(child));
  });
  return nodes;
}

/** `eval(…)`, `Function(…)` or `new Function(…)`. */
function makesCode(node: ts.Node): boolean {
  if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return false;
  return ts.isIdentifier(node.expression) && ["eval", "Function"].includes(node.expression.text);
}

/** `let` or `var` in a module, or a constant that starts as an empty collection and is not declared readonly. */
function isMutableState(statement: ts.Statement): boolean {
  if (!ts.isVariableStatement(statement)) return false;
  const { declarationList } = statement;
  if (!(declarationList.flags & ts.NodeFlags.Const)) return true;
  return declarationList.declarations.some(
    ({ initializer, type }) => initializer && isEmptyCollection(initializer) && !isReadonly(type),
  );
}

function isEmptyCollection(node: ts.Expression): boolean {
  if (ts.isArrayLiteralExpression(node)) return node.elements.length === 0;
  if (ts.isObjectLiteralExpression(node)) return node.properties.length === 0;
  return ts.isNewExpression(node) && (node.arguments ?? []).length === 0;
}

const isReadonly = (type: ts.TypeNode | undefined): boolean =>
  type !== undefined && !/^(Weak)?(Map|Set)<|^Array<|^(?!readonly ).*\[\]$/.test(type.getText());

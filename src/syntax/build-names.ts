import type {
  DeclaredNameCstNode,
  ParametersCstNode,
  SettingCstNode,
  SettingsCstNode,
  WithSettingsCstNode,
} from "../../grammar/generated/cst.ts";
import type { DeclaredName, Identifier, Setting } from "./ast.ts";
import { buildExpression } from "./build-expression.ts";
import { type Building, buildIdentifier, buildIdentifiers, optional, spanOf } from "./building.ts";

/** A name where it is declared, perhaps as an indexed set. */
export function buildDeclaredName(node: DeclaredNameCstNode, building: Building): DeclaredName {
  return {
    name: buildIdentifier(node.children.Name[0]!, building),
    ...optional("index", node.children.index?.[0], (index) => ({
      ...optional("variable", index.children.Name?.[0], (name) => buildIdentifier(name, building)),
      domain: buildExpression(index.children.expression[0]!, building),
      span: spanOf(index, building),
    })),
    span: spanOf(node, building),
  };
}

/** The names in `f(x, y)`. */
export function buildParameters(node: ParametersCstNode, building: Building): Identifier[] {
  return buildIdentifiers(node.children.names[0]!.children.Name, building);
}

/** `name = value` */
export function buildSetting(node: SettingCstNode, building: Building): Setting {
  return {
    name: buildIdentifier(node.children.Name[0]!, building),
    value: buildExpression(node.children.expression[0]!, building),
    span: spanOf(node, building),
  };
}

/** The settings in `{ … }`. */
export function buildSettings(node: SettingsCstNode, building: Building): Setting[] {
  return (node.children.setting ?? []).map((setting) => buildSetting(setting, building));
}

/** The settings of `with { … }`; none where it is absent. */
export function buildWith(nodes: readonly WithSettingsCstNode[] | undefined, building: Building): Setting[] {
  return nodes === undefined ? [] : buildSettings(nodes[0]!.children.settings[0]!, building);
}

import type {
  LetCstNode,
  ParameterCstNode,
  QuantityCstNode,
  SpectrumCstNode,
  UseCstNode,
  VariantCstNode,
} from "../../grammar/generated/cst.ts";
import type {
  LetDeclaration,
  ParameterDeclaration,
  QuantityDeclaration,
  SpectrumDeclaration,
  UseDeclaration,
  VariantDeclaration,
} from "./ast.ts";
import { buildExpression } from "./build-expression.ts";
import { buildDeclaredName, buildParameters, buildSettings } from "./build-names.ts";
import { type Building, buildIdentifier, buildText, description, optional, spanOf } from "./building.ts";

/** `use "lib/spectra.thermill"` */
export function buildUse(node: UseCstNode, building: Building): UseDeclaration {
  return { kind: "use", path: buildText(node.children.String[0]!, building), span: spanOf(node, building) };
}

/** `parameter N : integer = 4 in 2..10 "sites"` */
export function buildParameter(node: ParameterCstNode, building: Building): ParameterDeclaration {
  const { declaredName, Name, expression, String: text } = node.children;
  const [value, domain] = expression;
  return {
    kind: "parameter",
    declared: buildDeclaredName(declaredName[0]!, building),
    ...optional("type", Name?.[0], (type) => buildIdentifier(type, building)),
    value: buildExpression(value!, building),
    ...optional("domain", domain, (values) => buildExpression(values, building)),
    ...description(text, building),
    span: spanOf(node, building),
  };
}

/** `let E = …`, `let f(x) = …` */
export function buildLet(node: LetCstNode, building: Building): LetDeclaration {
  const { declaredName, parameters, expression, String: text } = node.children;
  return {
    kind: "let",
    declared: buildDeclaredName(declaredName[0]!, building),
    ...optional("parameters", parameters?.[0], (names) => buildParameters(names, building)),
    value: buildExpression(expression[0]!, building),
    ...description(text, building),
    span: spanOf(node, building),
  };
}

/** `spectrum name(ω, a) = …` */
export function buildSpectrum(node: SpectrumCstNode, building: Building): SpectrumDeclaration {
  const { Name, parameters, expression, String: text } = node.children;
  return {
    kind: "spectrum",
    name: buildIdentifier(Name[0]!, building),
    parameters: buildParameters(parameters[0]!, building),
    value: buildExpression(expression[0]!, building),
    ...description(text, building),
    span: spanOf(node, building),
  };
}

/** `variant swapped { … }` */
export function buildVariant(node: VariantCstNode, building: Building): VariantDeclaration {
  const { Name, settings, String: text } = node.children;
  return {
    kind: "variant",
    name: buildIdentifier(Name[0]!, building),
    settings: buildSettings(settings[0]!, building),
    ...description(text, building),
    span: spanOf(node, building),
  };
}

/** `quantity η = … when …` */
export function buildQuantity(node: QuantityCstNode, building: Building): QuantityDeclaration {
  const { declaredName, parameters, expression, String: text } = node.children;
  const [value, condition] = expression;
  return {
    kind: "quantity",
    declared: buildDeclaredName(declaredName[0]!, building),
    ...optional("parameters", parameters?.[0], (names) => buildParameters(names, building)),
    value: buildExpression(value!, building),
    ...optional("condition", condition, (when) => buildExpression(when, building)),
    ...description(text, building),
    span: spanOf(node, building),
  };
}

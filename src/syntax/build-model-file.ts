import type {
  DeclarationCstNode,
  HeaderCstNode,
  ModelFileCstNode,
  VersionCstNode,
} from "../../grammar/generated/cst.ts";
import type { Declaration, ModelFile, ModelHeader, NumberLiteral } from "./ast.ts";
import { buildExperiment } from "./build-experiment.ts";
import {
  buildBath,
  buildEquation,
  buildHamiltonian,
  buildKind,
  buildState,
  buildSubsystem,
} from "./build-machine.ts";
import { buildWith } from "./build-names.ts";
import {
  buildLet,
  buildParameter,
  buildQuantity,
  buildSpectrum,
  buildUse,
  buildVariant,
} from "./build-values.ts";
import { type Building, buildIdentifier, buildNumber, description, optional, spanOf } from "./building.ts";

/** The version of the language that this grammar is. */
const LANGUAGE_VERSION = "1";

/** The abstract syntax of a file. */
export function buildModelFile(node: ModelFileCstNode, building: Building): ModelFile {
  const all = node.children.declaration ?? [];
  return {
    ...optional("version", versionOf(all, building), (version) => version),
    ...optional("header", headerOf(all, building), (header) => header),
    declarations: all.flatMap((declaration) => buildDeclaration(declaration, building) ?? []),
    span: { file: building.file.name, start: 0, end: building.file.text.length },
  };
}

/** The version, of which there is one, in the first statement. */
function versionOf(all: readonly DeclarationCstNode[], building: Building): NumberLiteral | undefined {
  const [first, ...others] = all.flatMap(({ children }) => children.version ?? []);
  if (first === undefined) return undefined;
  for (const misplaced of first === all[0]!.children.version?.[0] ? others : [first, ...others])
    building.reporter.report(
      "E115",
      spanOf(misplaced, building),
      "the version of the language stands once, first in the file",
    );
  return buildVersion(first, building);
}

function buildVersion(node: VersionCstNode, building: Building): NumberLiteral {
  const version = buildNumber(node.children.Number[0]!, building);
  if (version.text !== LANGUAGE_VERSION)
    building.reporter.report(
      "E115",
      version.span,
      `version ${version.text} of the language is not known here`,
      {
        fix: `write thermill ${LANGUAGE_VERSION}, or use a newer Thermill`,
      },
    );
  return version;
}

function headerOf(all: readonly DeclarationCstNode[], building: Building): ModelHeader | undefined {
  const [first, ...others] = all.flatMap(({ children }) => children.header ?? []);
  if (first === undefined) return undefined;
  for (const other of others)
    building.reporter.report(
      "E116",
      spanOf(other, building),
      "a file holds one model, and this is a second",
      {
        fix: "put it in a file of its own",
        related: [{ message: "the first", span: spanOf(first, building) }],
      },
    );
  return buildHeader(first, building);
}

function buildHeader(node: HeaderCstNode, building: Building): ModelHeader {
  return {
    name: buildIdentifier(node.children.Name[0]!, building),
    ...description(node.children.String, building),
    ...optional("base", node.children.base?.[0], ({ children }) => ({
      name: buildIdentifier(children.Name[0]!, building),
      settings: buildWith(children.withSettings, building),
    })),
    span: spanOf(node, building),
  };
}

/** The declaration, or undefined for the version and the header. */
function buildDeclaration({ children }: DeclarationCstNode, building: Building): Declaration | undefined {
  if (children.use) return buildUse(children.use[0]!, building);
  if (children.parameter) return buildParameter(children.parameter[0]!, building);
  if (children.let) return buildLet(children.let[0]!, building);
  if (children.kind) return buildKind(children.kind[0]!, building);
  if (children.spectrum) return buildSpectrum(children.spectrum[0]!, building);
  if (children.subsystem) return buildSubsystem(children.subsystem[0]!, building);
  if (children.hamiltonian) return buildHamiltonian(children.hamiltonian[0]!, building);
  if (children.bath) return buildBath(children.bath[0]!, building);
  if (children.equation) return buildEquation(children.equation[0]!, building);
  if (children.variant) return buildVariant(children.variant[0]!, building);
  if (children.quantity) return buildQuantity(children.quantity[0]!, building);
  if (children.state) return buildState(children.state[0]!, building);
  if (children.experiment) return buildExperiment(children.experiment[0]!, building);
  return undefined;
}

import type {
  BathCstNode,
  EquationClauseCstNode,
  EquationCstNode,
  HamiltonianCstNode,
  KindCstNode,
  OperatorCstNode,
  StateCstNode,
  SubsystemCstNode,
  TermCstNode,
} from "../../grammar/generated/cst.ts";
import type {
  BathDeclaration,
  EquationClause,
  EquationDeclaration,
  HamiltonianDeclaration,
  HamiltonianTerm,
  KindDeclaration,
  OperatorDeclaration,
  StateDeclaration,
  SubsystemDeclaration,
} from "./ast.ts";
import { buildArgument, buildDesignator, buildExpression } from "./build-expression.ts";
import { buildDeclaredName, buildParameters, buildSetting, buildWith } from "./build-names.ts";
import { type Building, buildIdentifier, description, optional, spanOf } from "./building.ts";

/** `kind kerr(K) { … }`: its lines sorted into bases and operators. */
export function buildKind(node: KindCstNode, building: Building): KindDeclaration {
  const { Name, parameters, String: text, kindItem = [] } = node.children;
  return {
    kind: "kind",
    name: buildIdentifier(Name[0]!, building),
    parameters: parameters === undefined ? [] : buildParameters(parameters[0]!, building),
    ...description(text, building),
    bases: kindItem
      .flatMap(({ children }) => children.basis ?? [])
      .map((basis) => ({
        variable: buildIdentifier(basis.children.Name[0]!, building),
        domain: buildExpression(basis.children.expression[0]!, building),
        span: spanOf(basis, building),
      })),
    operators: kindItem
      .flatMap(({ children }) => children.operator ?? [])
      .map((operator) => buildOperator(operator, building)),
    span: spanOf(node, building),
  };
}

function buildOperator(node: OperatorCstNode, building: Building): OperatorDeclaration {
  return {
    name: buildIdentifier(node.children.Name[0]!, building),
    value: buildExpression(node.children.expression[0]!, building),
    ...description(node.children.String, building),
    span: spanOf(node, building),
  };
}

/** `subsystem q1, q2 : qubit`; reports a second window. */
export function buildSubsystem(node: SubsystemCstNode, building: Building): SubsystemDeclaration {
  const { declaredName, Name, kindArgument = [], String: text } = node.children;
  const [window, another] = kindArgument.flatMap(({ children }) => children.window ?? []);
  if (another !== undefined)
    building.reporter.report(
      "E117",
      spanOf(another, building),
      "a subsystem has one window, and this is a second",
      {
        related: [{ message: "the first", span: spanOf(window!, building) }],
      },
    );
  return {
    kind: "subsystem",
    declared: declaredName.map((declared) => buildDeclaredName(declared, building)),
    subsystemKind: buildIdentifier(Name[0]!, building),
    arguments: kindArgument
      .flatMap(({ children }) => children.argument ?? [])
      .map((argument) => buildArgument(argument, building)),
    ...optional("window", window, ({ children, ...at }) => ({
      variable: buildIdentifier(children.Name[0]!, building),
      domain: buildExpression(children.expression[0]!, building),
      span: spanOf({ children, ...at }, building),
    })),
    ...description(text, building),
    span: spanOf(node, building),
  };
}

/** `hamiltonian { … }` */
export function buildHamiltonian(node: HamiltonianCstNode, building: Building): HamiltonianDeclaration {
  const { term = [] } = node.children;
  return {
    kind: "hamiltonian",
    terms: term.map((one) => buildTerm(one, building)),
    span: spanOf(node, building),
  };
}

function buildTerm(node: TermCstNode, building: Building): HamiltonianTerm {
  const { Free, Interaction, Drive, Name, expression } = node.children;
  return {
    role: Free ? "free" : Interaction ? "interaction" : Drive ? "drive" : "frame",
    ...optional("label", Name?.[0], (label) => buildIdentifier(label, building)),
    value: buildExpression(expression[0]!, building),
    span: spanOf(node, building),
  };
}

/** `bath cold : bosonic { … }`: its lines sorted into settings, couplings and jumps. */
export function buildBath(node: BathCstNode, building: Building): BathDeclaration {
  const { declaredName, Name, String: text, bathItem = [] } = node.children;
  const items = bathItem.map(({ children }) => children);
  return {
    kind: "bath",
    declared: buildDeclaredName(declaredName[0]!, building),
    bathKind: buildIdentifier(Name[0]!, building),
    settings: items.flatMap(({ setting = [] }) => setting).map((setting) => buildSetting(setting, building)),
    couplings: items
      .flatMap(({ coupling = [] }) => coupling)
      .map(({ children }) => buildExpression(children.expression[0]!, building)),
    jumps: items
      .flatMap(({ jump = [] }) => jump)
      .map(({ children }) => buildExpression(children.expression[0]!, building)),
    ...description(text, building),
    span: spanOf(node, building),
  };
}

/** `equation name { … }` */
export function buildEquation(node: EquationCstNode, building: Building): EquationDeclaration {
  const { Name, String: text, equationClause = [] } = node.children;
  return {
    kind: "equation",
    name: buildIdentifier(Name[0]!, building),
    clauses: equationClause.map((clause) => buildEquationClause(clause, building)),
    ...description(text, building),
    span: spanOf(node, building),
  };
}

function buildEquationClause(node: EquationClauseCstNode, building: Building): EquationClause {
  const { Name, designators, withSettings } = node.children;
  return {
    method: buildIdentifier(Name[0]!, building),
    baths: designators[0]!.children.designator.map((bath) => buildDesignator(bath, building)),
    settings: buildWith(withSettings, building),
    span: spanOf(node, building),
  };
}

/** `state start { … }` or `state s = …` */
export function buildState(node: StateCstNode, building: Building): StateDeclaration {
  const { Name, expression, String: text, assignment = [] } = node.children;
  return {
    kind: "state",
    name: buildIdentifier(Name[0]!, building),
    ...optional("value", expression?.[0], (value) => buildExpression(value, building)),
    assignments: assignment.map((one) => ({
      targets: one.children.designators[0]!.children.designator.map((target) =>
        buildDesignator(target, building),
      ),
      value: buildExpression(one.children.expression[0]!, building),
      span: spanOf(one, building),
    })),
    ...description(text, building),
    span: spanOf(node, building),
  };
}

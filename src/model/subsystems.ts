import type { DeclaredName, SubsystemDeclaration } from "../syntax/ast.ts";
import { type Elaboration, GLOBAL_SCOPE } from "./elaboration.ts";
import { kindOf } from "./kinds.ts";
import type { Subsystem } from "./model.ts";
import type { SubsystemKind } from "./subsystem-kind.ts";
import { indexRange, realOf } from "./typed-values.ts";
import type { Value } from "./value.ts";

/** Makes the subsystems of a declaration; their names then stand for them. */
export function elaborateSubsystems(declaration: SubsystemDeclaration, elaboration: Elaboration): void {
  const kind = kindOf(declaration, elaboration);
  const window = kind && windowOf(declaration, kind, elaboration);
  for (const declared of declaration.declared) {
    const value = kind
      ? declareSubsystem(declared, kind, window, elaboration)
      : ({ kind: "unknown" } as const);
    const key = `value ${declared.name.ascii}`;
    if (!elaboration.memo.has(key)) elaboration.memo.set(key, value);
  }
}

function declareSubsystem(
  { name, index }: DeclaredName,
  kind: SubsystemKind,
  window: Subsystem["window"],
  elaboration: Elaboration,
): Value {
  const add = (text: string): Value => {
    elaboration.subsystems.push({ name: text, kind, span: name.span, ...(window && { window }) });
    return { kind: "subsystem", index: elaboration.subsystems.length - 1 };
  };
  if (!index) return add(name.text);
  const indices = indexRange(index.domain, GLOBAL_SCOPE, elaboration);
  if (!indices) return { kind: "unknown" };
  const elements = new Map(indices.map((place) => [place, add(`${name.text}[${place}]`)]));
  return { kind: "array", indices, element: (place) => elements.get(place) ?? { kind: "unknown" } };
}

function windowOf(
  { window }: SubsystemDeclaration,
  kind: SubsystemKind,
  elaboration: Elaboration,
): Subsystem["window"] {
  if (!window) return undefined;
  const { domain } = window;
  if (kind.basis.kind === "finite") {
    elaboration.report("E209", window.span, `a ${kind.name} has finitely many levels and needs no window`);
    return undefined;
  }
  if (domain.kind !== "range") {
    elaboration.report("E209", domain.span, "a window is a range of levels, e.g. 0..19");
    return undefined;
  }
  const from = realOf(domain.from, GLOBAL_SCOPE, elaboration);
  const to = realOf(domain.to, GLOBAL_SCOPE, elaboration);
  if (!from || !to) return undefined;
  const { basis } = kind;
  const isEmpty = from.integer !== undefined && to.integer !== undefined && from.integer > to.integer;
  const isOutside =
    (from.integer !== undefined && from.integer < basis.from) ||
    (to.integer !== undefined && to.integer > basis.to);
  if (isEmpty) elaboration.report("E209", domain.span, `the window ${from.integer}..${to.integer} is empty`);
  else if (isOutside) {
    const levels = `${basis.from}..${basis.to}`.replaceAll("Infinity", "inf");
    elaboration.report(
      "E209",
      domain.span,
      `the window reaches beyond the levels ${levels} of a ${kind.name}`,
    );
  } else if (from.integer === undefined || to.integer === undefined) {
    elaboration.report("E210", domain.span, "the ends of a window are whole numbers");
  } else return { from: from.integer, to: to.integer };
  return undefined;
}

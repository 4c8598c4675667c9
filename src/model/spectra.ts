import { type Scalar, symbol } from "../scalar/scalar.ts";
import { nearestName } from "../source/name.ts";
import type { Argument, Expression, Identifier, SpectrumDeclaration } from "../syntax/ast.ts";
import { type Elaboration, GLOBAL_SCOPE, type Scope, withLocals } from "./elaboration.ts";
import { LARGEST_FREQUENCY } from "./model.ts";
import { realOf } from "./typed-values.ts";
import { realValue, type ScalarValue } from "./value.ts";

/** J at a frequency, from `flat`, `ohmic(cutoff = 5)` or a spectrum of the model; its first argument is left out. */
export function spectralDensity(
  expression: Expression,
  frequency: Scalar,
  outer: Scope,
  elaboration: Elaboration,
): Scalar | undefined {
  // the paper's cutoff: the largest Bohr frequency of the truncated Hamiltonian
  const scope = withLocals(outer, [["largest_frequency", realValue(symbol(LARGEST_FREQUENCY))]]);
  const called = expression.kind === "call" ? expression.callee : expression;
  const given = expression.kind === "call" ? expression.arguments : [];
  if (called.kind !== "name") {
    elaboration.report("E217", expression.span, "a spectrum is named: spectrum = ohmic(cutoff = 5)");
    return undefined;
  }
  const { name } = called;
  const own = elaboration.names.spectra.get(name.ascii);
  if (own) return ownDensity(own, given, expression, frequency, scope, elaboration);
  const standard = elaboration.vocabulary.spectra.get(name.ascii);
  if (!standard) {
    reportUnknown(name, elaboration);
    return undefined;
  }
  const values = matchArguments(name, standard.parameters, given, expression, scope, elaboration);
  return (
    values &&
    standard.density(
      frequency,
      values.map((v) => v.node),
    )
  );
}

function reportUnknown(name: Identifier, elaboration: Elaboration): void {
  const known = [
    ...[...elaboration.vocabulary.spectra.values()].map((s) => s.name),
    ...[...elaboration.names.spectra.values()].map((s) => s.name.text),
  ];
  const near = nearestName(name.text, known);
  elaboration.report(
    "E217",
    name.span,
    `unknown spectral density '${name.text}'; there are ${known.join(", ")}`,
    {
      fix: near && `did you mean '${near}'?`,
    },
  );
}

function ownDensity(
  own: SpectrumDeclaration,
  given: readonly Argument[],
  expression: Expression,
  frequency: Scalar,
  scope: Scope,
  elaboration: Elaboration,
): Scalar | undefined {
  elaboration.used.add(own.name.ascii);
  const [first, ...rest] = own.parameters;
  if (!first) {
    elaboration.report(
      "E217",
      own.name.span,
      `the spectrum '${own.name.text}' needs the frequency as its first argument`,
    );
    return undefined;
  }
  const values = matchArguments(
    own.name,
    rest.map((p) => p.ascii),
    given,
    expression,
    scope,
    elaboration,
  );
  if (!values) return undefined;
  const inner = withLocals(GLOBAL_SCOPE, [
    [first.ascii, realValue(frequency)],
    ...rest.map((p, i) => [p.ascii, values[i]!] as const),
  ]);
  return realOf(own.value, inner, elaboration)?.node;
}

/** The values of a spectrum's parameters in their order, from positional and named arguments. */
function matchArguments(
  name: Identifier,
  parameters: readonly string[],
  given: readonly Argument[],
  expression: Expression,
  scope: Scope,
  elaboration: Elaboration,
): ScalarValue[] | undefined {
  const matched = new Map<string, ScalarValue>();
  for (const [place, argument] of given.entries()) {
    const parameter = argument.name ? parameters.find((p) => p === argument.name?.ascii) : parameters[place];
    const value = realOf(argument.value, scope, elaboration);
    if (parameter === undefined || matched.has(parameter)) {
      elaboration.report(
        "E217",
        argument.span,
        `'${name.text}' takes ${parameters.join(", ") || "no arguments"}`,
      );
      return undefined;
    }
    if (!value) return undefined;
    matched.set(parameter, value);
  }
  const missing = parameters.filter((p) => !matched.has(p));
  if (missing.length === 0) return parameters.map((p) => matched.get(p)!);
  elaboration.report("E217", expression.span, `'${name.text}' needs ${missing.join(", ")}`, {
    fix: `write ${name.text}(${parameters.map((p) => `${p} = …`).join(", ")})`,
  });
  return undefined;
}

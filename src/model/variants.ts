import { view } from "../scalar/scalar.ts";
import type { VariantDeclaration } from "../syntax/ast.ts";
import { type Elaboration, GLOBAL_SCOPE } from "./elaboration.ts";
import type { Variant } from "./model.ts";
import { realOf } from "./typed-values.ts";

/** A variant: parameters (never derived values) replaced simultaneously. */
export function elaborateVariant(declaration: VariantDeclaration, elaboration: Elaboration): Variant {
  const seen = new Set<string>();
  const settings = declaration.settings.flatMap(({ name, value, span }) => {
    const entry = elaboration.names.values.get(name.ascii);
    if (entry?.kind !== "parameter") {
      const what = entry ? "is not a parameter" : "is unknown";
      elaboration.report("E213", name.span, `a variant replaces parameters, and '${name.text}' ${what}`);
      return [];
    }
    if (seen.has(name.ascii)) {
      elaboration.report("E213", name.span, `'${name.text}' is replaced twice`);
      return [];
    }
    seen.add(name.ascii);
    const replaced = elaboration.evaluate({ kind: "name", name, span: name.span }, GLOBAL_SCOPE, elaboration);
    if (entry.declaration.declared.index) {
      const message = `'${name.text}' is an array, and a variant replaces single parameters`;
      const fix = "make its elements from a single parameter, which the variant then replaces";
      elaboration.report("E213", name.span, message, { fix });
      return [];
    }
    const node = realOf(value, GLOBAL_SCOPE, elaboration)?.node;
    const symbol = replaced.kind === "scalar" ? view(replaced.node) : undefined;
    if (!node || symbol?.kind !== "symbol") return [];
    const parameter = Number(symbol.name.slice(1));
    if (elaboration.parameters[parameter]?.type === "integer") {
      elaboration.report(
        "E213",
        name.span,
        "a variant cannot change an integer parameter, which decides the model's shape",
      );
      return [];
    }
    return [{ parameter, value: node, span }];
  });
  return { name: declaration.name.text, settings };
}

import { timeDependence } from "../equation/time-derivative.ts";
import type { QuantityAtom } from "../model/model.ts";
import { holds, movingSymbols } from "../model/time-dependence.ts";
import { reportedMeans } from "../thermo/standard-quantities.ts";
import { commentText, pythonString } from "./python-names.ts";
import { sumText } from "./python-operators.ts";
import { pythonScalar } from "./python-scalar.ts";
import { type BathSection, betaAt, factorOf, type ScriptContext } from "./qutip-baths.ts";

/** The part of a script that works out what it reports, by the keys of `Row.quantities`, and prints it. */
export function reportLines(context: ScriptContext, baths: BathSection): string[] {
  const { lines, keys } = bathQuantities(context, baths);
  const means = meanLines(context);
  const known = new Set([...keys, ...means.keys, "entropy(all)", "purity(all)"]);
  const own = ownQuantities(context, known);
  return [
    "report = {}",
    ...lines,
    ...means.lines,
    ...entry("entropy(all)", "float(entropy_vn(rho))"),
    ...entry("purity(all)", "float((rho*rho).tr().real)"),
    ...own.lines,
    ...(own.left.length === 0 ? [] : [`# Not worked out here: ${commentText(own.left.join(", "))}.`]),
    "",
    'sys.stdout.reconfigure(encoding="utf-8")',
    "print(json.dumps(report, indent=2, ensure_ascii=False))",
  ];
}

const item = (key: string): string => `report[${pythonString(key)}]`;
const entry = (key: string, value: string): string[] => [`${item(key)} = ${value}`];

interface Entries {
  readonly lines: readonly string[];
  readonly keys: readonly string[];
}

/** Heats, works and particles of each bath; their sums; the entropy production. */
function bathQuantities(context: ScriptContext, { superoperators, numbers }: BathSection): Entries {
  const { equation, model, isUnified, spectral } = context;
  const between = (operator: string): string => (spectral ? `into(${operator})` : operator);
  const lines: string[] = [];
  const keys: string[] = [];
  const put = (key: string, value: string): void => {
    keys.push(key);
    lines.push(...entry(key, value));
  };
  const all = equation.dissipators.map((d, k) => ({
    ...d,
    own: model.baths[d.bath]!,
    L: superoperators[k]!,
  }));
  for (const [k, { own, L, spectral: isSpectral }] of all.entries()) {
    const energy = isSpectral ? (isUnified ? "H_TD" : between("H")) : between("H0");
    const N = numbers[k];
    const chemical =
      N !== undefined && own.mu ? ` - ${factorOf(own.mu, context)}*flow(${between(N)}, ${L})` : "";
    put(`heat(${own.name})`, `flow(${energy}, ${L})${chemical}`);
  }
  for (const { own, L, spectral: isSpectral } of all) {
    const beyond = isUnified ? `H_TD - ${between("H0")}` : between("V");
    put(`work(${own.name})`, isSpectral ? "0.0" : `flow(${beyond}, ${L})`);
  }
  for (const [k, { own, L }] of all.entries()) {
    const N = numbers[k];
    if (N === undefined) continue;
    put(`particles(${own.name})`, `flow(${between(N)}, ${L})`);
    if (!own.mu) continue;
    put(`chemical_work(${own.name})`, `${factorOf(own.mu, context)}*${item(`particles(${own.name})`)}`);
  }
  const thermal = all.filter(({ own }) => own.kind !== "jumps");
  put("work", thermal.map(({ own }) => item(`work(${own.name})`)).join(" + ") || "0.0");
  const chemical = all.filter(({ own }, k) => own.mu && numbers[k] !== undefined);
  if (chemical.length > 0) {
    put("chemical_work", chemical.map(({ own }) => item(`chemical_work(${own.name})`)).join(" + "));
  }
  if (equation.frame) put("drive_power", "float((-1j*((G*H - H*G)*rho).tr()).real)");
  if (all.every(({ own }) => Number.isFinite(betaAt(own, context)))) {
    const terms = all.map(({ own }) => `${factorOf(own.beta!, context)}*${item(`heat(${own.name})`)}`);
    put("entropy_production", `-(${terms.join(" + ")})`);
  }
  return { lines, keys };
}

/** The means that a report of Thermill shows unasked. */
function meanLines({ model, operators, spectral }: ScriptContext): Entries {
  const keys: string[] = [];
  const lines: string[] = [];
  for (const { key, operand } of reportedMeans(model)) {
    const text = sumText(operators.summands(operand.operator)).text;
    keys.push(key);
    lines.push(...entry(key, meanText(text, spectral !== undefined, "real")));
  }
  return { lines, keys };
}

const meanText = (operator: string, isSpectral: boolean, part: "real" | "imag"): string =>
  `float(np.${part}(expect(${isSpectral ? `into(${operator})` : operator}, rho)))`;

interface Own {
  readonly lines: readonly string[];
  /** The names of those that need more than this one steady state. */
  readonly left: readonly string[];
}

/** The model's own quantities that are made of what the script knows. */
function ownQuantities(context: ScriptContext, known: Set<string>): Own {
  const lines: string[] = [];
  const left: string[] = [];
  const optional = new Set<string>();
  for (const quantity of context.model.quantities) {
    const values = quantity.atoms.map((atom) => atomText(atom, context, known));
    const holdsTime = holds(quantity.value, movingSymbols(context.model.parameters));
    if (known.has(quantity.name) || holdsTime || values.some((v) => v === undefined)) {
      left.push(quantity.name);
      continue;
    }
    const spell = (symbol: string): string => {
      const place = quantity.atoms.findIndex((a) => a.symbol === symbol);
      return place < 0 ? context.spell(symbol) : values[place]!;
    };
    const missing = quantity.atoms.flatMap(({ target }) =>
      target.kind === "defined" && optional.has(target.quantity.name) ? [target.quantity.name] : [],
    );
    const conditions = [
      ...missing.map((name) => `${item(name)} is not None`),
      ...(quantity.condition ? [`(${pythonScalar(quantity.condition, spell)})`] : []),
    ];
    const value = `float(${pythonScalar(quantity.value, spell)})`;
    const guarded = conditions.length === 0 ? value : `${value} if ${conditions.join(" and ")} else None`;
    if (conditions.length > 0) optional.add(quantity.name);
    known.add(quantity.name);
    lines.push(...entry(quantity.name, guarded));
  }
  return { lines, left };
}

/** The Python value of a part of a quantity; undefined where it is another variant's, or nothing the script works out. */
function atomText(
  atom: QuantityAtom,
  context: ScriptContext,
  known: ReadonlySet<string>,
): string | undefined {
  const { path, target } = atom;
  if (path.length > 0) return undefined;
  if (target.kind === "parameter") return context.spell(`p${target.parameter}`);
  if (target.kind === "defined")
    return known.has(target.quantity.name) ? item(target.quantity.name) : undefined;
  const { operand, name } = target;
  if (operand.kind === "operator" && name === "mean") {
    const { algebra } = context.derived;
    const form = algebra.normalForm(operand.operator);
    if (timeDependence(context.model, algebra.space).isMoving(form)) return undefined;
    const text = sumText(context.operators.summands(operand.operator)).text;
    return meanText(text, context.spectral !== undefined, operand.part === "im" ? "imag" : "real");
  }
  const key =
    operand.kind === "bath"
      ? `${name}(${context.model.baths[operand.bath]!.name})`
      : operand.kind === "part" && operand.isWhole
        ? `${name}(all)`
        : operand.kind === "none"
          ? name
          : undefined;
  return key !== undefined && known.has(key) ? item(key) : undefined;
}

import fc from "fast-check";
import { boson, levels, mode, qubit, rotor, spin, type TextbookPart } from "./textbook.ts";

// Machines made at random as text, of every kind of subsystem, with their parts as the textbook has them.

interface Template {
  readonly kind: string;
  readonly textbook: (name: string) => TextbookPart;
  /** Places of the levels on which random states live. */
  readonly inside: readonly [low: number, high: number];
  /** H₀ whose lowering operator takes the energy ω. */
  readonly free: (s: string, ω: string) => string;
  readonly lower: (s: string) => string;
  readonly diagonal: (s: string) => string;
  /** Further operators to ask for. */
  readonly others: readonly ((s: string) => string)[];
}

const KIND = `kind ladder { basis n in 0..inf
  operator b = sum(n) sqrt(n)*|n-1><n|
  operator M = sum(n) n*|n><n| }`;

const TEMPLATES: readonly Template[] = [
  {
    kind: "qubit",
    textbook: qubit,
    inside: [0, 1],
    free: (s, ω) => `${ω}/2*${s}.σz`,
    lower: (s) => `${s}.σ⁻`,
    diagonal: (s) => `${s}.σz`,
    others: [(s) => `${s}.σx`, (s) => `${s}.σ⁺`, (s) => `${s}.|down><down|`],
  },
  {
    kind: "spin(j = 1)",
    textbook: (name) => spin(name, 1),
    inside: [0, 2],
    free: (s, ω) => `${ω}*${s}.Sz`,
    lower: (s) => `${s}.S⁻`,
    diagonal: (s) => `${s}.Sz`,
    others: [(s) => `${s}.Sx^2`, (s) => `${s}.S⁺*${s}.Sz`],
  },
  {
    kind: "spin(j = 3/2)",
    textbook: (name) => spin(name, 1.5),
    inside: [0, 3],
    free: (s, ω) => `${ω}*${s}.Sz`,
    lower: (s) => `${s}.S⁻`,
    diagonal: (s) => `${s}.Sz^2`,
    others: [(s) => `${s}.Sy`, (s) => `${s}.S⁺^2`],
  },
  {
    kind: "oscillator",
    textbook: (name) => boson(name, 7),
    inside: [0, 2],
    free: (s, ω) => `${ω}*${s}.N`,
    lower: (s) => `${s}.a`,
    diagonal: (s) => `${s}.N`,
    others: [(s) => `${s}.a + ${s}.a†`, (s) => `${s}.a†*${s}.N`, (s) => `${s}.N^2`],
  },
  {
    kind: "rotor",
    textbook: (name) => rotor(name, -4, 4),
    inside: [3, 5],
    free: (s, ω) => `${ω}*${s}.L^2/2`,
    lower: (s) => `exp(-i*${s}.φ)`,
    diagonal: (s) => `${s}.L`,
    others: [(s) => `cos(${s}.φ)`, (s) => `exp(i*${s}.φ)*${s}.L`, (s) => `sin(2*${s}.φ)`],
  },
  {
    kind: "levels(g, x, e)",
    textbook: (name) => levels(name, ["g", "x", "e"]),
    inside: [0, 2],
    free: (s, ω) => `${ω}*${s}.|x><x| + 2.5*${ω}*${s}.|e><e|`,
    lower: (s) => `${s}.|g><x|`,
    diagonal: (s) => `${s}.|e><e|`,
    others: [(s) => `${s}.|x><e|`, (s) => `${s}.|g><g|`],
  },
  {
    kind: "mode",
    textbook: mode,
    inside: [0, 1],
    free: (s, ω) => `${ω}*${s}.n`,
    lower: (s) => `${s}.c`,
    diagonal: (s) => `${s}.n`,
    others: [(s) => `${s}.c*${s}.c†`],
  },
  {
    kind: "ladder",
    textbook: (name) => boson(name, 6, ["b", "b†", "M"]),
    inside: [0, 1],
    free: (s, ω) => `${ω}*${s}.M`,
    lower: (s) => `${s}.b`,
    diagonal: (s) => `${s}.M`,
    others: [(s) => `${s}.b + ${s}.b†`],
  },
];

/** A machine with what a test needs to know it independently. */
export interface RandomMachine {
  readonly text: string;
  readonly parts: readonly TextbookPart[];
  readonly inside: readonly (readonly [number, number])[];
  readonly parameters: Readonly<Record<string, number>>;
  readonly free: string;
  readonly interaction: string;
  /** Of each bath b0, b1, …: its jumps as texts with the numbers that multiply D[…]. */
  readonly baths: readonly {
    readonly kind: "bosonic" | "fermionic" | "jumps";
    readonly jumps: readonly { readonly operator: string; readonly rate: number }[];
  }[];
  /** Operators to derive equations of motion for. */
  readonly operators: readonly string[];
  readonly seed: number;
}

const value = (min: number, max: number) =>
  fc.integer({ min: 1, max: 40 }).map((k) => min + ((max - min) * k) / 41);

/** Numbers with few digits, so that text and value are the same. */
const short = (x: number): number => Number(x.toFixed(3));

export const randomMachine = fc
  .record({
    templates: fc.array(fc.constantFrom(...TEMPLATES), { minLength: 2, maxLength: 3 }),
    numbers: fc.array(value(0.2, 1.5), { minLength: 24, maxLength: 24 }),
    fermionic: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
    form: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 3, maxLength: 3 }),
    seed: fc.integer({ min: 1, max: 1_000_000 }),
  })
  .filter(({ templates }) => templates.reduce((d, t) => d * t.textbook("s").size, 1) <= 90)
  .map(({ templates, numbers, fermionic, form, seed }): RandomMachine => {
    const names = templates.map((_, k) => `s${k}`);
    const next = (() => {
      let k = 0;
      return () => short(numbers[k++ % numbers.length]! + 0.013 * k);
    })();
    const parameters: Record<string, number> = { χ: short(next() - 0.9) };
    for (const k of templates.keys()) {
      for (const name of ["ω", "Γ", "β", "λ"]) parameters[`${name}${k}`] = next();
    }
    const free = templates.map((t, k) => t.free(names[k]!, `ω${k}`)).join(" + ");
    const bonds = templates.slice(1).map((t, k) => bond(templates[k]!, t, k, form[k]!));
    if (templates.length === 3 && templates.every((t) => t.kind !== "mode") && form[2] === 0) {
      const [a, b, c] = templates.map((t, k) => t.lower(names[k]!)) as [string, string, string];
      bonds.push(`λ2*(1 + χ)*(${a}*(${b})†*${c} + (${c})†*${b}*(${a})†)`);
    }
    const interaction = bonds.join(" + ");
    const baths = templates.map((t, k) => bath(t, k, fermionic[k]!, parameters));
    const declared = Object.entries(parameters).map(([name, x]) => `parameter ${name} = ${x}`);
    const text = [
      "model random",
      ...(templates.some((t) => t.kind === "ladder") ? [KIND] : []),
      ...declared,
      ...templates.map((t, k) => `subsystem s${k} : ${t.kind}`),
      `hamiltonian {\n free ${free}\n interaction ${interaction}\n}`,
      ...baths.map((b) => b.text),
      `equation e { ${equationClauses(baths)} }`,
    ].join("\n");
    return {
      text,
      parts: templates.map((t, k) => t.textbook(names[k]!)),
      inside: templates.map((t) => t.inside),
      parameters,
      free,
      interaction,
      baths,
      operators: operatorsOf(templates, names, seed),
      seed,
    };
  });

function bond(a: Template, b: Template, k: number, form: number): string {
  const [x, y] = [`s${k}`, `s${k + 1}`];
  const isMixed = (a.kind === "mode") !== (b.kind === "mode");
  if (form === 0 || isMixed) return `λ${k}*${a.diagonal(x)}*${b.diagonal(y)}`;
  const hop = `(${a.lower(x)})†*${b.lower(y)}`;
  const back = `(${b.lower(y)})†*${a.lower(x)}`;
  if (form === 1) return `λ${k}*(1 - χ)*(${hop} + ${back})`;
  return `((0.6 + 0.8*i)*λ${k}*${hop} + (0.6 - 0.8*i)*λ${k}*${back})`;
}

function bath(t: Template, k: number, isFermionic: boolean, p: Record<string, number>) {
  const [ω, Γ, β] = [p[`ω${k}`]!, p[`Γ${k}`]!, p[`β${k}`]!];
  if (t.kind === "rotor") {
    const jumps = [
      `sqrt(Γ${k})*(cos(s${k}.φ) - i*β${k}*sin(s${k}.φ)*s${k}.L)`,
      `sqrt(Γ${k})*(sin(s${k}.φ) + i*β${k}*cos(s${k}.φ)*s${k}.L)`,
    ];
    const text = `bath b${k} : jumps { β = β${k}; ${jumps.map((j) => `jump ${j}`).join("; ")} }`;
    return { kind: "jumps" as const, text, jumps: jumps.map((operator) => ({ operator, rate: 1 })) };
  }
  const kind = isFermionic ? ("fermionic" as const) : ("bosonic" as const);
  const n = isFermionic ? 1 / (Math.exp(β * ω) + 1) : 1 / Math.expm1(β * ω);
  const lower = t.lower(`s${k}`);
  const size = Γ * Γ * (1 - p.χ!) ** 2;
  return {
    kind,
    text: `bath b${k} : ${kind} { β = β${k}; couples Γ${k}*(1 - χ)*${lower} }`,
    jumps: [
      { operator: lower, rate: size * (isFermionic ? 1 - n : n + 1) },
      { operator: `(${lower})†`, rate: size * n },
    ],
  };
}

function equationClauses(baths: readonly { readonly kind: string }[]): string {
  const names = (isJump: boolean) =>
    baths.flatMap((b, k) => ((b.kind === "jumps") === isJump ? [`b${k}`] : [])).join(", ");
  return [names(false) && `local ${names(false)}`, names(true) && `jumps ${names(true)}`]
    .filter((c) => c !== "")
    .join("; ");
}

/** One operator of each part, and a product of two. */
function operatorsOf(templates: readonly Template[], names: readonly string[], seed: number): string[] {
  const single = templates.map((t, k) => t.others[(seed + k) % t.others.length]!(names[k]!));
  return [
    ...single,
    templates
      .map((t, k) => t.diagonal(names[k]!))
      .slice(0, 2)
      .join("*"),
  ];
}

import fc from "fast-check";

// Machines made at random as text: two or three subsystems of any kind in a row, each with a thermal bath of its own, joined
// by random terms.

export interface Part {
  readonly kind: string;
  /** H₀ for a Bohr frequency ω of the lowest step, and its energies. */
  readonly free: (s: string, ω: number) => string;
  readonly energies: (ω: number) => readonly number[];
  readonly lowers: (s: string) => string;
  /** Matrix elements ⟨k−1 or k+1|A|k⟩ of the lowering operator: amplitudes between neighbours of `energies`. */
  readonly amplitudes: readonly number[];
  readonly diagonal: (s: string) => string;
  readonly diagonalValues: readonly number[];
  readonly isFermionic?: true;
}

const MODE: Part = {
  kind: "mode",
  free: (s, ω) => `${ω}*${s}.n`,
  energies: (ω) => [0, ω],
  lowers: (s) => `${s}.c`,
  amplitudes: [1],
  diagonal: (s) => `${s}.n`,
  diagonalValues: [0, 1],
  isFermionic: true,
};

const PARTS: readonly Part[] = [
  {
    kind: "qubit",
    free: (s, ω) => `${ω}/2*${s}.σz`,
    energies: (ω) => [ω / 2, -ω / 2],
    lowers: (s) => `${s}.σ⁻`,
    amplitudes: [1],
    diagonal: (s) => `${s}.σz`,
    diagonalValues: [1, -1],
  },
  {
    kind: "spin(j = 1)",
    free: (s, ω) => `${ω}*${s}.Sz`,
    energies: (ω) => [ω, 0, -ω],
    lowers: (s) => `${s}.S⁻`,
    amplitudes: [Math.SQRT2, Math.SQRT2],
    diagonal: (s) => `${s}.Sz`,
    diagonalValues: [1, 0, -1],
  },
  {
    kind: "oscillator(n in 0..3)",
    free: (s, ω) => `${ω}*${s}.N`,
    energies: (ω) => [0, ω, 2 * ω, 3 * ω],
    lowers: (s) => `${s}.a`,
    amplitudes: [1, Math.SQRT2, Math.sqrt(3)],
    diagonal: (s) => `${s}.N`,
    diagonalValues: [0, 1, 2, 3],
  },
  {
    kind: "levels(g, x, e)",
    free: (s, ω) => `${ω}*${s}.|x><x| + 2*${ω}*${s}.|e><e|`,
    energies: (ω) => [0, ω, 2 * ω],
    lowers: (s) => `(${s}.|g><x| + 0.7*${s}.|x><e|)`,
    amplitudes: [1, 0.7],
    diagonal: (s) => `${s}.|e><e|`,
    diagonalValues: [0, 0, 1],
  },
  MODE,
];

export interface Site {
  readonly part: Part;
  readonly ω: number;
  readonly β: number;
  readonly Γ: number;
  readonly bath: "bosonic" | "fermionic";
}

export interface Bond {
  /** Hubbard: exchange and, twice as strong, dispersive. */
  readonly form: "exchange" | "counter-rotating" | "dispersive" | "Hermitian" | "Hubbard";
  readonly strength: number;
  readonly phase: number;
}

export const between = (min: number, max: number) =>
  fc.double({ min, max, noNaN: true }).map((x) => Number(x.toFixed(4)));

const siteOf = (parts: readonly Part[]) =>
  fc.record<Site>({
    part: fc.constantFrom(...parts),
    ω: between(0.5, 2),
    β: between(0.2, 3),
    Γ: between(0.05, 0.5),
    bath: fc.constantFrom("bosonic", "bosonic", "fermionic"),
  });

const bond = fc.record<Bond>({
  form: fc.constantFrom("exchange", "counter-rotating", "dispersive", "Hermitian", "Hubbard"),
  strength: between(0.05, 0.6),
  phase: between(0, 3),
});

/** Between a mode and something else only what is even in c; between modes nothing that is its own negative adjoint. */
function fermionicBond(bond: Bond, left: Part, right: Part): Bond {
  if (left.isFermionic !== right.isFermionic) return { ...bond, form: "dispersive" };
  return left.isFermionic && bond.form === "Hermitian" ? { ...bond, form: "counter-rotating" } : bond;
}

export interface Machine {
  readonly sites: readonly Site[];
  readonly bonds: readonly Bond[];
}

const machineOf = (parts: readonly Part[], min: number) =>
  fc
    .integer({ min, max: 3 })
    .chain((size) =>
      fc.record<Machine>({
        sites: fc.array(siteOf(parts), { minLength: size, maxLength: size }),
        bonds: fc.array(bond, { minLength: size - 1, maxLength: size - 1 }),
      }),
    )
    .map(({ sites, bonds }) => ({
      sites,
      bonds: bonds.map((b, k) => fermionicBond(b, sites[k]!.part, sites[k + 1]!.part)),
    }));

/** Three fermionic modes. */
export const fermionicMachine = machineOf([MODE], 3);

export const machine = machineOf(PARTS, 2).filter(
  ({ sites }) => sites.reduce((d, { part }) => d * part.energies(1).length, 1) <= 27,
);

function term({ form, strength, phase }: Bond, left: Site, right: Site, k: number): string {
  const [a, b] = [left.part.lowers(`s${k}`), right.part.lowers(`s${k + 1}`)];
  const diagonals = `${left.part.diagonal(`s${k}`)}*${right.part.diagonal(`s${k + 1}`)}`;
  switch (form) {
    case "exchange":
      return `${strength}*(exp(i*${phase})*${a}†*${b} + h.c.)`;
    case "counter-rotating":
      return `${strength}*(exp(i*${phase})*${a}*${b} + h.c.)`;
    case "Hermitian":
      return `${strength}*(${a} + ${a}†)*(${b} + ${b}†)`;
    case "dispersive":
      return `${strength}*${diagonals}`;
    case "Hubbard":
      return `${strength}*(exp(i*${phase})*${a}†*${b} + h.c.) + 2*${strength}*${diagonals}`;
  }
}

export function machineText({ sites, bonds }: Machine): string {
  const lines = sites.flatMap(({ part, β, Γ, bath }, k) => [
    `subsystem s${k} : ${part.kind}`,
    `bath b${k} : ${bath} { β = ${β}; couples sqrt(${Γ})*${part.lowers(`s${k}`)} }`,
  ]);
  const free = sites.map(({ part, ω }, k) => part.free(`s${k}`, ω)).join(" + ");
  const interaction = bonds.map((b, k) => term(b, sites[k]!, sites[k + 1]!, k)).join(" + ");
  return `
model random_machine
${lines.join("\n")}
hamiltonian {
  free ${free}
  ${interaction && `interaction ${interaction}`}
}
equation e { local ${sites.map((_, k) => `b${k}`).join(", ")} }
`;
}

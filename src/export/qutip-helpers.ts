/** Python functions that exported scripts are made of, by name, in the order in which a script defines them. */
export const HELPERS = {
  bose: `
def bose(x):
    """Bose-Einstein occupation 1/(exp(x) - 1)."""
    with np.errstate(over="ignore", divide="ignore"):
        return 1/np.expm1(x)`,

  fermi: `
def fermi(x):
    """Fermi-Dirac occupation 1/(exp(x) + 1); one half where x is inf*0."""
    return 0.5 if np.isnan(x) else np.exp(-np.logaddexp(0.0, x))`,

  on: `
def on(k, operator):
    """An operator of the k-th subsystem on the whole space."""
    return tensor([operator if j == k else qeye(d) for j, d in enumerate(dims)]).to("CSR")`,

  on_mode: `
def on_mode(k, operator):
    """An odd operator of the k-th subsystem, a fermionic mode: it sees the parity of the modes before it (Jordan, Wigner)."""
    before = [sigmaz() if j in modes and j < k else qeye(d) for j, d in enumerate(dims)]
    return tensor([operator if j == k else o for j, o in enumerate(before)]).to("CSR")`,

  band: `
def band(levels, step, f):
    """The sum over n of f(n) |n + step><n|, both in levels."""
    n = levels[:-step] if step > 0 else levels[-step:]
    return qdiags(f(n)*np.ones(n.size), -step)`,

  diagonal: `
def diagonal(values):
    """The operator with these values at the product states."""
    return qdiags(values, 0, dims=[dims, dims])`,

  cosine: `
def cosine(turn):
    """cos of an angle, from exp(i*angle)."""
    return (turn + turn.dag())/2`,

  sine: `
def sine(turn):
    """sin of an angle, from exp(i*angle)."""
    return (turn - turn.dag())/2j`,

  thermal: `
def thermal(A, omega, beta, J=lambda w: 1.0):
    """Emission and absorption by A, which takes omega out of H0; where omega < 0, A and its adjoint change places."""
    n = bose(beta*abs(omega))
    down, up = (A, A.dag()) if omega > 0 else (A.dag(), A)
    return [np.sqrt(J(abs(omega))*(n + 1))*down, np.sqrt(J(abs(omega))*n)*up]`,

  lead: `
def lead(A, omega, beta, mu, J=lambda w: 1.0):
    """Particles that leave by A, which takes omega out of H0, and enter by its adjoint."""
    f = fermi(beta*(omega - mu))
    return [np.sqrt(J(omega)*(1 - f))*A, np.sqrt(J(omega)*f)*A.dag()]`,

  lindblad: `
def lindblad(jumps):
    """The sum of D[c] over the jumps, as a superoperator."""
    return sum(lindblad_dissipator(c) for c in jumps)`,

  groups: `
def groups(x, tolerance):
    """A number for each value, the same where neighbours lie within the tolerance; and the mean of each group."""
    order = np.argsort(x)
    number = np.empty(x.size, int)
    number[order] = np.cumsum(np.diff(x[order], prepend=x[order[:1]]) > tolerance)
    return number, np.bincount(number, x)/np.bincount(number)`,

  eigenstates: `
def eigenstates(H):
    """Energies and eigenvectors (as columns), each within the states that H joins: degenerate levels stay sparse."""
    h = H.to("CSR").data.as_scipy()
    count, block = connected_components(abs(h), directed=False)
    energies, vectors = np.empty(h.shape[0]), lil_array(h.shape, dtype=complex)
    for b in range(count):
        states = np.flatnonzero(block == b)
        energies[states], own = np.linalg.eigh(h[states][:, states].toarray())
        vectors[np.ix_(states, states)] = own
    return energies, vectors.tocsr()`,

  into: `
def into(operator):
    """An operator of the product states between the eigenstates of H."""
    x = (U.conj().T @ operator.to("CSR").data.as_scipy() @ U).tocoo()
    kept = abs(x.data) > 1e-14*max(abs(x.data), default=0)
    return Qobj(csr_matrix((x.data[kept], (x.row[kept], x.col[kept])), x.shape), dims=[dims, dims])`,

  entries: `
def entries(a):
    """Rows, columns and values of a sparse operator."""
    x = a.to("CSR").data.as_scipy().tocoo()
    return x.row, x.col, x.data`,

  limit: `
def limit(f, scale):
    """f(w) for w -> 0, extrapolated from three decades."""
    a, b, c = (f(x*scale) for x in (1e-9, 1e-10, 1e-11))
    if abs(c - b) <= 1e-13*abs(c) or b == a:
        return c
    r = (c - b)/(b - a)
    return max(c + (c - b)*r/(1 - r), 0.0)`,

  boson_rate: `
def boson_rate(beta, J):
    """gamma(w) of a jump that takes w out of H: J(w)(n + 1) for w > 0, J(-w) n(-w) for w < 0, their limit at 0."""
    def gamma(w):
        if abs(w) <= 4*tolerance:
            return limit(lambda x: J(x)*bose(beta*x), 1/beta) if beta < np.inf else 0.0
        return J(w)*(bose(beta*w) + 1) if w > 0 else J(-w)*bose(-beta*w)
    return gamma`,

  gather: `
def gather(row, col, value, rate, group):
    """The sum over groups of D[c], c the entries of one group times the roots of their rates, as a superoperator."""
    d = E.size
    value = np.sqrt(rate)*value
    e, f = np.nonzero(group[:, None] == group[None, :])
    gain = csr_matrix((value[e]*value[f].conj(), (row[e] + d*row[f], col[e] + d*col[f])), (d*d, d*d))
    same = row[e] == row[f]
    e, f = e[same], f[same]
    loss = Qobj(csr_matrix((value[e].conj()*value[f], (col[e], col[f])), (d, d)), dims=[dims, dims])
    return Qobj(gain, dims=[[dims, dims], [dims, dims]]) - (spre(loss) + spost(loss))/2`,

  thermal_weight: `
def thermal_weight(above, beta):
    """exp(-beta*x) for energies x above the lowest: what a bath's own thermal state holds of each eigenstate."""
    x = above - above.min()
    weight = np.ones(x.size)
    weight[x > 0] = np.exp(-beta*x[x > 0])
    return weight`,

  rates_of: `
def rates_of(gamma, omega, value, weight):
    """gamma at each frequency; 0 for what is round-off, or empty, at the frequency 0, where there may be no limit."""
    counts = (abs(value) >= 1e-8*max(abs(value), default=0)) & (weight >= 1e-6)
    zero = abs(omega) <= 4*tolerance
    known = {w: gamma(w) for w in set(omega[~zero | counts])}
    return np.array([known.get(w, 0.0) for w in omega])`,

  secular: `
def secular(A, gamma, weight):
    """One jump for each Bohr frequency: the entries of A that take it out of H, with the rate gamma."""
    row, col, value = entries(A)
    group, centres = groups(E[col] - E[row], 2*tolerance)
    omega = centres[group]
    return gather(row, col, value, rates_of(gamma, omega, value, weight[col]), group)`,

  clustered: `
def clustered(A, gamma, weight):
    """One jump for each cluster: equal differences of E_bar between populated levels, those of E elsewhere."""
    row, col, value = entries(A)
    inside = populated[col] & populated[row]
    omega, group = np.empty(row.size), np.empty(row.size, int)
    for part, energy, within, first in ((inside, E_bar, 10*tolerance, 0), (~inside, E, 4*tolerance, row.size)):
        if part.any():
            own, centres = groups(energy[col[part]] - energy[row[part]], within)
            omega[part], group[part] = centres[own], own + first
    return gather(row, col, value, rates_of(gamma, omega, value, weight[col]), group)`,

  redfield: `
def redfield(A, gamma, weight):
    """B rho A' - A' B rho + h.c., A' the adjoint and B half the entries of A times their rates; nothing is left out."""
    row, col, value = entries(A)
    group, centres = groups(E[col] - E[row], 2*tolerance)
    half = rates_of(gamma, centres[group], value, weight[col])/2
    B = Qobj(csr_matrix((half*value, (row, col)), A.shape), dims=A.dims)
    return sprepost(B, A.dag()) + sprepost(A, B.dag()) - spre(A.dag()*B) - spost(B.dag()*A)`,

  flow: `
def flow(K, L):
    """Tr[K L rho]"""
    return float((K*vector_to_operator(L*operator_to_vector(rho))).tr().real)`,
} as const;

export type Helper = keyof typeof HELPERS;

/** What a helper calls. */
const NEEDS: Partial<Record<Helper, readonly Helper[]>> = {
  thermal: ["bose"],
  lead: ["fermi"],
  boson_rate: ["bose", "limit"],
  secular: ["entries", "groups", "rates_of", "gather"],
  clustered: ["entries", "groups", "rates_of", "gather"],
  redfield: ["entries", "groups", "rates_of"],
  eigenstates: ["groups", "into"],
};

/** The definitions of the helpers that a script calls, and of what these call, as Python. */
export function helpersIn(script: string): string {
  const used = new Set<Helper>();
  const use = (name: Helper): void => {
    if (used.has(name)) return;
    used.add(name);
    for (const other of NEEDS[name] ?? []) use(other);
  };
  const all = Object.keys(HELPERS) as Helper[];
  for (const name of all) if (new RegExp(`(?<![\\w"])${name}\\(`).test(script)) use(name);
  return all.flatMap((name) => (used.has(name) ? [`${HELPERS[name]}\n`] : [])).join("\n");
}

/** What scripts import from QuTiP, as far as they need it. */
const QUTIP = [
  "Qobj",
  "basis",
  "destroy",
  "entropy_vn",
  "expect",
  "jmat",
  "lindblad_dissipator",
  "liouvillian",
  "num",
  "operator_to_vector",
  "qdiags",
  "qeye",
  "qzero",
  "sigmam",
  "sigmap",
  "sigmax",
  "sigmay",
  "sigmaz",
  "spost",
  "spre",
  "sprepost",
  "steadystate",
  "tensor",
  "vector_to_operator",
] as const;

/** The imports that a script needs. */
export function importsIn(script: string): string {
  const calls = (name: string): boolean => new RegExp(`(?<![\\w."])${name}\\(`).test(script);
  const own = QUTIP.filter(calls);
  return [
    "import json",
    "import sys",
    "",
    "import numpy as np",
    `from qutip import (${own.join(", ")})`.replace(/(.{70,105}?), /g, "$1,\n    "),
    ...(["csr_matrix", "lil_array"].some(calls) ? ["from scipy.sparse import csr_matrix, lil_array"] : []),
    ...(calls("connected_components") ? ["from scipy.sparse.csgraph import connected_components"] : []),
  ].join("\n");
}

/** The names that every script keeps for itself. */
export const SCRIPT_NAMES: readonly string[] = [
  ...Object.keys(HELPERS),
  ...QUTIP,
  ..."json sys np csr_matrix lil_array connected_components dims levels modes one H0 V H G E U E_bar H_TD L rho w w_max".split(
    " ",
  ),
  ..."tolerance number mean populated report part".split(" "),
];

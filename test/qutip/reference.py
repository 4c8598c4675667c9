#!/usr/bin/env python3
"""The shipped models as a QuTiP user would write them: an independent reference for what thermill computes.

    echo '{"model": "coupled-qubits", "parameters": {"T2": 6}}' | python reference.py

reads a request, or a list of them, and prints the list of answers as JSON. A request has the keys

    model        name of the model file, without its ending
    equation     name of the equation; the first of the file if it is left out
    parameters   values that replace the defaults of the file
    windows      {subsystem: [first, last]} for rotors and oscillators; both ends belong to the window

and an answer the same keys, completed, and

    quantities   heat(b), work(b), work, mean(...), entropy_production, ... keyed as thermill keys them; null = undefined
    edges        {subsystem: [population of the first level, of the last]} of each window
    residual     largest element of L[rho]

Units: hbar = k_B = 1. Energy that enters the system is positive. Nothing here is taken from thermill: every Hamiltonian
and every jump operator is written out by hand, and the steady state is QuTiP's direct solution in the whole space.
"""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import json
import sys
import warnings
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Callable

warnings.filterwarnings("ignore", message="matplotlib not found")

import numpy as np
import qutip as qt
from qutip import Qobj
from scipy.sparse import csc_array, csr_array
from scipy.sparse.linalg import splu


qt.settings.core["auto_tidyup"] = False    # populations of 1e-15 are what the edges are about


@dataclass
class Bath:
    jumps: list[Qobj]
    beta: float | None = None    # None: no temperature, entropy production is undefined
    thermal: bool = True         # bosonic, so that it counts in the sum `work`


@dataclass
class Model:
    H: Qobj
    H0: Qobj
    baths: dict[str, Bath]
    means: dict[str, Qobj]                       # what stands inside mean(...), as the model file spells it
    parts: dict[str, tuple[list[int], Qobj]]     # parts whose ergotropy is asked for: their factors, their own H0
    windowed: dict[str, int]                     # subsystems with a window: their factor
    cold_hot: tuple[str, str] | None = None      # the baths that regime, efficiency and COP are about
    own: Callable[[dict], dict] = lambda q: {}   # the file's own quantities, from the standard ones
    levels: dict[str, np.ndarray] = field(default_factory=dict)  # energies that the window of a part leaves out
    G: Qobj | None = None    # of the rotating frame in which a driven H is constant; H is as it is there


# --- what every model needs ---------------------------------------------------------------------------------------

def place(operator: Qobj, k: int, dims: list[int]) -> Qobj:
    """The operator on the k-th factor of a tensor product, identity elsewhere; sparse."""
    return qt.tensor([operator if j == k else qt.qeye(d) for j, d in enumerate(dims)]).to("CSR")


def bose(x: float) -> float:
    return 1 / np.expm1(x)


def thermal_bath(lowering: Qobj, rate: float, omega: float, beta: float) -> Bath:
    """rate (n + 1) D[A] + rate n D[A†]: Eq. (14) of the paper."""
    n = bose(beta * omega)
    return Bath([np.sqrt(rate * (n + 1)) * lowering, np.sqrt(rate * n) * lowering.dag()], beta)


def dissipate(jumps: list[Qobj], rho: Qobj) -> Qobj:
    return sum(c * rho * c.dag() - (c.dag() * c * rho + rho * c.dag() * c) / 2 for c in jumps)


def energy(H: Qobj, drho: Qobj) -> float:
    return (H * drho).tr().real


def ergotropy(rho: Qobj, H: Qobj, levels: np.ndarray | None = None) -> float:
    """Tr[H rho] minus the energy of the passive state: largest population on the lowest level. `levels` are those of H
    without the cut of the window, as many as lie as low."""
    populations = np.sort(rho.eigenenergies())[::-1]
    energies = np.sort(H.eigenenergies() if levels is None else levels)
    return float(qt.expect(H, rho) - np.dot(populations, energies[:populations.size]))


def entropy(rho: Qobj) -> float:
    p = rho.eigenenergies()
    p = p[p > 0]
    return float(-np.sum(p * np.log(p)))


# --- the steady state ---------------------------------------------------------------------------------------------

def generating(model: Model) -> Qobj:
    """What moves the state: H, or H - G in a frame."""
    return model.H if model.G is None else model.H - model.G


def lindblad(model: Model, rho: np.ndarray) -> np.ndarray:
    """-i[H, rho] + Σ D[c] rho in extended precision. The Liouvillian's own elements, of order n + 1 and rounded to doubles,
    break the conservation of the trace by 1e-15, which beside the load's rates of 1e-5 would show in the tenth digit."""
    extended = lambda operator: csr_array(operator.to("CSR").data.as_scipy()).astype(np.clongdouble)
    K = -1j * extended(generating(model))
    drho = np.zeros_like(rho)
    for c in (extended(c) for bath in model.baths.values() for c in bath.jumps):
        K = K - (c.conj().T @ c) / 2
        drho += (c.conj() @ (c @ rho).T).T
    return drho + K @ rho + (K @ rho).conj().T


def polish(model: Model, L: Qobj, rho: Qobj, steps: int = 4) -> tuple[Qobj, float]:
    """Iterative refinement of the direct solution, with residuals in extended precision; the last residual."""
    n = rho.shape[0]
    A = L.data.as_scipy().tocsc()
    weight = np.abs(A.data).mean()
    trace = csc_array((np.full(n, weight), (np.zeros(n, int), np.arange(n) * (n + 1))), shape=A.shape)
    lu = splu(csc_array(A + trace))    # A rho = 0 and Tr[rho] = 1 in one: the first row of A gains weight * trace
    x = rho.full().astype(np.clongdouble)
    for _ in range(steps):
        r = lindblad(model, x).ravel(order="F")
        r[0] += weight * (np.trace(x) - 1)
        x = x - lu.solve(r.astype(complex)).reshape((n, n), order="F")
        x = (x + x.conj().T) / 2
    return Qobj(x.astype(complex), dims=rho.dims), float(np.abs(lindblad(model, x)).max())


def steady(model: Model) -> tuple[Qobj, float]:
    """The steady state and the largest element of L[rho]."""
    L = qt.liouvillian(generating(model), [c for bath in model.baths.values() for c in bath.jumps])
    return polish(model, L, qt.steadystate(L, method="direct", solver="spsolve"))


# --- thermodynamics -----------------------------------------------------------------------------------------------

def regime(cold: float, hot: float, work: float, scale: float) -> str:
    """Table I, and the heater; `other` where a current vanishes."""
    signs = tuple(0 if abs(x) < 1e-10 * scale else int(np.sign(x)) for x in (cold, hot, work))
    return {(-1, 1, -1): "engine", (1, -1, 1): "refrigerator", (-1, 1, 1): "accelerator", (-1, -1, 1): "heater"}.get(
        signs, "other")


def report(model: Model, rho: Qobj) -> dict:
    """Every quantity of the steady state rho, keyed as thermill keys it."""
    q = {}
    for name, bath in model.baths.items():
        drho = dissipate(bath.jumps, rho)
        q[f"heat({name})"] = energy(model.H0, drho)
        q[f"work({name})"] = energy(model.H - model.H0, drho)
    q["work"] = sum(q[f"work({name})"] for name, bath in model.baths.items() if bath.thermal)
    if model.G is not None:
        q["drive_power"] = (-1j * (qt.commutator(model.G, model.H) * rho).tr()).real
    q["first_law_residual"] = -sum(q[f"heat({b})"] + q[f"work({b})"] for b in model.baths) - q.get("drive_power", 0)
    q["entropy_production"] = (None if any(bath.beta is None for bath in model.baths.values()) else
                               -sum(bath.beta * q[f"heat({name})"] for name, bath in model.baths.items()))
    q |= {f"mean({name})": float(qt.expect(operator, rho)) for name, operator in model.means.items()}
    q["entropy(all)"] = entropy(rho)
    q["purity(all)"] = (rho * rho).tr().real
    q["ergotropy(all)"] = ergotropy(rho, model.H, model.levels.get("all"))
    q |= {f"ergotropy({name})": ergotropy(rho.ptrace(factors), H, model.levels.get(name)) for name, (factors, H) in model.parts.items()}
    if model.cold_hot:
        q |= performance(q, *model.cold_hot, model.baths)
    return q | model.own(q)


def ratio(a: float, b: float) -> float | None:
    return a / b if b else None


def performance(q: dict, cold: str, hot: str, baths: dict[str, Bath]) -> dict:
    """Regime, efficiency (36) and COP (37), each only in its regime, and Carnot's bounds."""
    Q_cold, Q_hot, W = q[f"heat({cold})"], q[f"heat({hot})"], q["work"] + q.get("drive_power", 0)
    name = regime(Q_cold, Q_hot, W, sum(abs(q[f"heat({b})"]) for b in baths))
    b_cold, b_hot = baths[cold].beta, baths[hot].beta
    return {"regime": name,
            "efficiency": -W / Q_hot if name == "engine" else None,
            "COP": Q_cold / W if name == "refrigerator" else None,
            "carnot_efficiency": 1 - b_hot / b_cold,
            "carnot_COP": b_hot / (b_cold - b_hot)}


# --- the models ---------------------------------------------------------------------------------------------------
# QuTiP's sigmap() raises basis(2, 0), the eigenvector of sigmaz() with +1: `up` in thermill. sigmam() lowers the energy
# of +B sigmaz, so it is what a thermal bath couples to.

def paulis(name: str, k: int, dims: list[int]) -> dict[str, Qobj]:
    return {f"{name}.{label}": place(matrix, k, dims)
            for label, matrix in (("σx", qt.sigmax()), ("σy", qt.sigmay()), ("σz", qt.sigmaz()))}


def rotor_qubit(p: SimpleNamespace, window: dict, equation: str) -> Model:
    first, last = window["r"]
    l = np.arange(first, last + 1.0)
    dims = [2, 2, l.size]
    L = Qobj(np.diag(l))
    up = Qobj(np.eye(l.size, k=-1))    # exp(iφ) takes l to l + 1 and the last level to 0
    cos, sin = (up + up.dag()) / 2, (up - up.dag()) / 2j
    b = p.βr / (4 * p.I)
    load = [np.sqrt(2 * p.I * p.γ / p.βr) * (cos - 1j * b * sin * L),
            np.sqrt(2 * p.I * p.γ / p.βr) * (sin + 1j * b * cos * L)]

    s1, s2 = place(qt.sigmam(), 0, dims), place(qt.sigmam(), 1, dims)
    free = [p.B1 * qt.sigmaz(), p.B2 * qt.sigmaz(), L * L / (2 * p.I)]
    H0 = sum(place(h, k, dims) for k, h in enumerate(free))
    V = p.λ * s1.dag() * s2 * place(up, 2, dims)
    baths = {"cold": thermal_bath(s1, (p.g * (1 - p.χ)) ** 2, 2 * p.B1, p.β1),
             "hot": thermal_bath(s2, (p.g * (1 + p.χ)) ** 2, 2 * p.B2, p.β2)}
    if equation == "collisions":
        baths["load"] = Bath([place(c, 2, dims) for c in load], p.βr, thermal=False)

    def rectification(q: dict) -> dict:
        swapped = SimpleNamespace(**vars(p) | {"β1": p.β2, "β2": p.β1})
        other = rotor_qubit(swapped, window, equation)
        other.own = lambda q: {}
        s = report(other, steady(other)[0])
        Q, Q_swapped, l, l_swapped = q["heat(hot)"], s["heat(cold)"], q["mean(r.L)"], s["mean(r.L)"]
        R = ratio(abs(Q - Q_swapped), abs(Q + Q_swapped))
        J = ratio(max(abs(Q), abs(Q_swapped)), p.λ * p.g**2)
        R_angular = ratio(abs(l - l_swapped), abs(l + l_swapped))
        J_angular = max(abs(l), abs(l_swapped))
        weigh = lambda R, J: None if R is None or J is None else p.α * R + (1 - p.α) * J
        return {"R": R, "J": J, "Γ": weigh(R, J),
                "R_angular": R_angular, "J_angular": J_angular, "Γ_angular": weigh(R_angular, J_angular)}

    qubits = qt.tensor(free[0], qt.qeye(2)) + qt.tensor(qt.qeye(2), free[1])
    return Model(
        H0 + V + V.dag(), H0, baths,
        paulis("q1", 0, dims) | paulis("q2", 1, dims) | {
            "r.L": place(L, 2, dims), "r.L^2": place(L * L, 2, dims),
            "cos(r.φ)": place(cos, 2, dims), "sin(r.φ)": place(sin, 2, dims)},
        {"q1": ([0], free[0]), "q2": ([1], free[1]), "r": ([2], free[2]), "q1,q2": ([0, 1], qubits)},
        {"r": 2}, ("cold", "hot"), rectification, rotor_levels(p, window))


def rotor_levels(p: SimpleNamespace, window: dict) -> dict[str, np.ndarray]:
    """Energies with momenta of both signs, up to the largest of the window."""
    most = max(abs(l) for l in window["r"])
    l = np.arange(-most, most + 1.0)
    up = Qobj(np.eye(l.size, k=-1))
    dims = [2, 2, l.size]
    free = [p.B1 * qt.sigmaz(), p.B2 * qt.sigmaz(), Qobj(np.diag(l**2 / (2 * p.I)))]
    V = p.λ * place(qt.sigmap(), 0, dims) * place(qt.sigmam(), 1, dims) * place(up, 2, dims)
    H = sum(place(h, k, dims) for k, h in enumerate(free)) + V + V.dag()
    return {"all": H.eigenenergies(), "r": l**2 / (2 * p.I)}


def absorption_refrigerator(p: SimpleNamespace, window: dict, equation: str) -> Model:
    dims = [2, 2, 2]
    names = ["cold", "room", "hot"]
    E = [p.E_cold, p.E_cold + p.E_hot, p.E_hot]
    T = [p.T_cold, p.T_room, p.T_hot]
    lower = [place(qt.sigmam(), k, dims) for k in range(3)]
    free = [e / 2 * qt.sigmaz() for e in E]
    H0 = sum(place(h, k, dims) for k, h in enumerate(free))
    V = p.λ * lower[0] * lower[1].dag() * lower[2]

    def own(q: dict) -> dict:
        cools, z = q["heat(cold)"] > 0 and q["heat(hot)"] > 0, q["mean(q_cold.σz)"]
        return {"cooling_COP": q["heat(cold)"] / q["heat(hot)"] if cools else None,
                "cooling_COP_bound": ((1 / p.T_room - 1 / p.T_hot) / (1 / p.T_cold - 1 / p.T_room)
                                      if p.T_cold < p.T_room < p.T_hot else None),
                "qubit_temperature": p.E_cold / np.log((1 - z) / (1 + z))}

    return Model(
        H0 + V + V.dag(), H0,
        {b: thermal_bath(lower[k], p.Γ, E[k], 1 / T[k]) for k, b in enumerate(names)},
        {key: o for k, b in enumerate(names) for key, o in paulis(f"q_{b}", k, dims).items()},
        {f"q_{b}": ([k], free[k]) for k, b in enumerate(names)}, {}, None, own)


def three_level_maser(p: SimpleNamespace, window: dict, equation: str) -> Model:
    first, last = window["field"]
    assert first == 0, "an oscillator's window begins at 0"
    dims = [3, last + 1]
    g, x, e = (qt.basis(3, k) for k in range(3))
    atom = lambda ket, bra: place(ket * bra.dag(), 0, dims)
    a = place(qt.destroy(dims[1]), 1, dims)
    omega = p.ω_hot - p.ω_cold
    free = [p.ω_cold * x.proj() + p.ω_hot * e.proj(), omega * qt.num(dims[1])]
    H0 = sum(place(h, k, dims) for k, h in enumerate(free))
    V = p.g * a.dag() * atom(x, e)

    def own(q: dict) -> dict:
        works = q["heat(hot)"] > 0 and q["heat(cavity)"] < 0
        return {"output_ratio": -q["heat(cavity)"] / q["heat(hot)"] if works else None,
                "inversion": q["mean(atom.|e><e|)"] - q["mean(atom.|x><x|)"]}

    return Model(
        H0 + V + V.dag(), H0,
        {"cold": thermal_bath(atom(g, x), p.Γ_cold, p.ω_cold, 1 / p.T_cold),
         "hot": thermal_bath(atom(g, e), p.Γ_hot, p.ω_hot, 1 / p.T_hot),
         "cavity": thermal_bath(a, p.κ, omega, 1 / p.T_cavity)},
        {"atom.|g><g|": atom(g, g), "atom.|x><x|": atom(x, x), "atom.|e><e|": atom(e, e),
         "field.N": place(qt.num(dims[1]), 1, dims)},
        {"atom": ([0], free[0]), "field": ([1], free[1])}, {"field": 1}, None, own)


def driven_maser(p: SimpleNamespace, window: dict, equation: str) -> Model:
    g, x, e = (qt.basis(3, k) for k in range(3))
    omega = p.ω_hot - p.ω_cold + p.Δ
    H0 = p.ω_cold * x.proj() + p.ω_hot * e.proj()
    V = p.ε * x * e.dag()
    return Model(
        H0 + V + V.dag(), H0,
        {"cold": thermal_bath(g * x.dag(), p.Γ_cold, p.ω_cold, 1 / p.T_cold),
         "hot": thermal_bath(g * e.dag(), p.Γ_hot, p.ω_hot, 1 / p.T_hot)},
        {"atom.|g><g|": g.proj(), "atom.|x><x|": x.proj(), "atom.|e><e|": e.proj()},
        {}, {}, ("cold", "hot"),
        lambda q: {"inversion": q["mean(atom.|e><e|)"] - q["mean(atom.|x><x|)"]}, G=omega * e.proj())


def coupled_qubits(p: SimpleNamespace, window: dict, equation: str) -> Model:
    dims = [2, 2]
    s1, s2 = place(qt.sigmam(), 0, dims), place(qt.sigmam(), 1, dims)
    free = [p.ω1 / 2 * qt.sigmaz(), p.ω2 / 2 * qt.sigmaz()]
    H0 = sum(place(h, k, dims) for k, h in enumerate(free))
    V = p.g * s1.dag() * s2
    return Model(
        H0 + V + V.dag(), H0,
        {"cold": thermal_bath(s1, p.Γ, p.ω1, 1 / p.T1), "hot": thermal_bath(s2, p.Γ, p.ω2, 1 / p.T2)},
        paulis("q1", 0, dims) | paulis("q2", 1, dims),
        {"q1": ([0], free[0]), "q2": ([1], free[1])}, {}, ("cold", "hot"))


def optomechanical_cooling(p: SimpleNamespace, window: dict, equation: str) -> Model:
    first, last = window["m"]
    assert first == 0, "an oscillator's window begins at 0"
    dims = [last + 1, 2]
    a, s = place(qt.destroy(dims[0]), 0, dims), place(qt.sigmam(), 1, dims)
    free = [p.ω * qt.num(dims[0]), p.ω / 2 * qt.sigmaz()]
    H0 = sum(place(h, k, dims) for k, h in enumerate(free))
    V = p.g * a * s.dag()
    own = lambda q: {"phonons_without_qubit": bose(p.ω / p.T_warm), "phonons_at_best": bose(p.ω / p.T_cold)}
    return Model(
        H0 + V + V.dag(), H0,
        {"warm": thermal_bath(a, p.γ, p.ω, 1 / p.T_warm), "cold": thermal_bath(s, p.Γ, p.ω, 1 / p.T_cold)},
        {"m.N": place(qt.num(dims[0]), 0, dims)} | paulis("q", 1, dims),
        {"m": ([0], free[0]), "q": ([1], free[1])}, {"m": 0}, ("cold", "warm"), own)


def spin_chain(p: SimpleNamespace, window: dict, equation: str) -> Model:
    N = int(p.N)
    dims = [2] * N
    field = [p.B + p.δ * j for j in range(N)]
    x, y, z, up, down = ([place(o, j, dims) for j in range(N)]
                         for o in (qt.sigmax(), qt.sigmay(), qt.sigmaz(), qt.sigmap(), qt.sigmam()))
    H0 = sum(field[j] * z[j] for j in range(N))
    V = sum(p.J * (x[j] * x[j + 1] + y[j] * y[j + 1] + p.Δ * z[j] * z[j + 1]) for j in range(N - 1))
    flow = {f"current[{j + 1}]": 2j * p.J * (up[j] * down[j + 1] - down[j] * up[j + 1]) for j in range(N - 1)}
    baths = {"left": thermal_bath(down[0], p.Γ, 2 * field[0], 1 / p.T_left),
             "right": thermal_bath(down[-1], p.Γ, 2 * field[-1], 1 / p.T_right)}
    if equation == "noisy":
        baths |= {f"noise[{j + 1}]": Bath([np.sqrt(p.κ) * z[j]], thermal=False) for j in range(N)}

    def own(q: dict) -> dict:
        return {name: q[f"mean({name})"] for name in flow} | {
            "inflow": q["heat(left)"] / (2 * field[0]),
            "magnetisation": sum(q[f"mean(q[{j + 1}].σz)"] for j in range(N)) / N}

    return Model(
        H0 + V, H0, baths,
        {key: o for j in range(N) for key, o in paulis(f"q[{j + 1}]", j, dims).items()} | flow,
        {f"q[{j + 1}]": ([j], field[j] * qt.sigmaz()) for j in range(N)}, {},
        ("right", "left") if p.T_left > p.T_right else ("left", "right"), own)


@dataclass
class Entry:
    build: Callable[[SimpleNamespace, dict, str], Model]
    equations: list[str]
    parameters: dict[str, float]
    windows: dict[str, list[int]]    # wide enough for edges below 1e-12 at the defaults


MODELS = {
    "rotor-qubit": Entry(
        rotor_qubit, ["collisions"],
        dict(B1=4, B2=10, I=1, λ=0.1, g=1, χ=0, β1=0.1, β2=0.03, βr=0.09, γ=5e-5, α=0.5), {"r": [-30, 30]}),
    "absorption-refrigerator": Entry(
        absorption_refrigerator, ["weak"],
        dict(E_cold=1, E_hot=4, λ=0.02, Γ=1e-3, T_cold=1, T_room=1.2, T_hot=6), {}),
    "three-level-maser": Entry(
        three_level_maser, ["weak"],
        dict(ω_cold=1, ω_hot=3, g=0.05, Γ_cold=0.1, Γ_hot=0.05, κ=0.005, T_cold=0.5, T_hot=5, T_cavity=0.5),
        {"field": [0, 29]}),
    "driven-maser": Entry(
        driven_maser, ["weak"],
        dict(ω_cold=1, ω_hot=3, Δ=0, ε=0.05, Γ_cold=0.1, Γ_hot=0.05, T_cold=0.5, T_hot=5),
        {}),
    "coupled-qubits": Entry(
        coupled_qubits, ["collisions"], dict(ω1=2, ω2=3, g=0.1, Γ=0.05, T1=1, T2=4), {}),
    "optomechanical-cooling": Entry(
        optomechanical_cooling, ["weak"], dict(ω=1, g=0.02, γ=0.001, Γ=0.1, T_warm=2, T_cold=0.2), {"m": [0, 39]}),
    "spin-chain": Entry(
        spin_chain, ["quiet", "noisy"],
        dict(N=4, B=1, δ=0.1, J=0.2, Δ=0.5, Γ=0.05, κ=0.01, T_left=2, T_right=0.5), {}),
}


# --- requests and answers -----------------------------------------------------------------------------------------

def answer(request: dict) -> dict:
    entry = MODELS[request["model"]]
    equation = request.get("equation", entry.equations[0])
    given = request.get("parameters", {})
    unknown = [*(given.keys() - entry.parameters.keys()), *({equation} - set(entry.equations))]
    if unknown:
        raise SystemExit(f"{request['model']}: unknown {', '.join(unknown)}")
    parameters = entry.parameters | given
    windows = entry.windows | request.get("windows", {})
    model = entry.build(SimpleNamespace(**parameters), windows, equation)
    rho, residual = steady(model)
    populations = {name: rho.ptrace(factor).diag().real for name, factor in model.windowed.items()}
    return {"model": request["model"], "equation": equation, "parameters": parameters, "windows": windows,
            "quantities": report(model, rho),
            "edges": {name: [float(p[0]), float(p[-1])] for name, p in populations.items()},
            "residual": residual}


def main() -> None:
    requests = json.load(sys.stdin)
    requests = requests if isinstance(requests, list) else [requests]
    json.dump([answer(r) for r in requests], sys.stdout, ensure_ascii=False, indent=1, allow_nan=False)
    print()


if __name__ == "__main__":
    main()

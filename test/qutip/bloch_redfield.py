#!/usr/bin/env python3
"""Machines under QuTiP's Bloch–Redfield equation, as a QuTiP user would write them.

    echo '{"model": "two-qubits", "parameters": {"T1": 0.5}, "cutoff": "none"}' | python bloch_redfield.py

reads a request, or a list of them, and prints the list of answers as JSON. A request has the keys

    model        one of MODELS below
    parameters   values that replace the defaults there
    cutoff       "none": sec_cutoff = -1, no secular approximation
                 "equal": only equal frequencies are kept (see `sec_cutoff`)
                 "default": QuTiP's own, sec_cutoff = 0.1

and an answer the same keys, completed, and

    quantities   heat(b) = Tr[H L_b rho] with each bath's own tensor, mean(...), re(mean(...)), im(mean(...))
    residual     largest element of L[rho]

Every Hamiltonian and coupling is written out by hand; tensors and steady states are QuTiP's. The convention of its
spectra, which the model "qubit" shows: S(ω) itself is the rate |<a|A|b>|² S(ω) of the transition that gives the energy ω to
the bath, no factor 2π. The tensor has no Lamb shift.
"""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import json
import sys
import warnings
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Callable

warnings.filterwarnings("ignore", message="matplotlib not found")

import numpy as np
import qutip as qt
from qutip import Qobj
from scipy.linalg import expm

qt.settings.core["auto_tidyup"] = False


@dataclass
class Machine:
    H: Qobj
    baths: dict[str, list[tuple[Qobj, Callable]]]    # couplings A = A† with their power spectra
    means: dict[str, Qobj]                           # what stands inside mean(...), as the model's text spells it


def place(operator: Qobj, k: int, dims: list[int]) -> Qobj:
    return qt.tensor([operator if j == k else qt.qeye(d) for j, d in enumerate(dims)])


# --- power spectra S(ω) = J(ω)(n(ω) + 1), S(−ω) = J(ω)n(ω) ---------------------------------------------------------

def thermal(density: Callable, slope: float, T: float) -> Callable:
    """Of J(ω) with the slope J'(0), so that S(0) = T J'(0)."""

    def S(w):
        if w == 0:
            return T * slope
        n = 1 / np.expm1(abs(w) / T)
        return density(abs(w)) * (n + 1 if w > 0 else n)

    return S


def ohmic(T: float, cutoff: float) -> Callable:
    return thermal(lambda w: w * cutoff**2 / (w**2 + cutoff**2), 1, T)


def ohmic_exponential(T: float, cutoff: float) -> Callable:
    return thermal(lambda w: w * np.exp(-w / cutoff), 1, T)


def super_ohmic(T: float, cutoff: float) -> Callable:
    return thermal(lambda w: cutoff * (w / cutoff) ** 3 * np.exp(-w / cutoff), 0, T)


# --- the models ---------------------------------------------------------------------------------------------------

def qubit(p: SimpleNamespace) -> Machine:
    return Machine(p.ω / 2 * qt.sigmaz(), {"bath": [(np.sqrt(p.Γ) * qt.sigmax(), ohmic(p.T, p.Ω))]},
                   {"q.σz": qt.sigmaz()})


def two_qubits(p: SimpleNamespace) -> Machine:
    dims = [2, 2]
    lower = [place(qt.sigmam(), k, dims) for k in range(2)]
    z = [place(qt.sigmaz(), k, dims) for k in range(2)]
    x = [place(qt.sigmax(), k, dims) for k in range(2)]
    hop = lower[0].dag() * lower[1]
    return Machine(
        p.ω1 / 2 * z[0] + p.ω2 / 2 * z[1] + p.g * (hop + hop.dag()),
        {"cold": [(np.sqrt(p.Γ) * x[0], ohmic(p.T1, p.Ω))], "hot": [(np.sqrt(p.Γ) * x[1], ohmic(p.T2, p.Ω))]},
        {"q1.σz": z[0], "q2.σz": z[1], "q1.σ⁺*q2.σ⁻": hop, "q1.σ⁻*q2.σ⁻": lower[0] * lower[1]})


def atom(p: SimpleNamespace) -> Machine:
    """Three levels, of which a static field mixes g and x; couplings with diagonal parts, hence S(0)."""
    g, x, e = (qt.basis(3, k) for k in range(3))
    flip = lambda a, b: a * b.dag() + b * a.dag()
    hot = flip(g, e) + p.d * (e.proj() - g.proj())
    cold = flip(g, x) + p.d * x.proj()
    probe = 1j * (x * e.dag() - e * x.dag())
    return Machine(
        p.ω_x * x.proj() + p.ω_e * e.proj() + p.m * flip(g, x),
        {"hot": [(np.sqrt(p.Γ) * hot, ohmic_exponential(p.T_hot, p.Ω))],
         "cold": [(np.sqrt(p.Γ) * cold, ohmic(p.T_cold, p.Ω))],
         "probe": [(np.sqrt(p.Γ) * probe, super_ohmic(p.T_probe, p.Ω))]},
        {"a.|x><x|": x.proj(), "a.|e><e|": e.proj(), "a.|g><x|": g * x.dag(), "a.|x><e|": x * e.dag(),
         "a.|g><e|": g * e.dag()})


def degenerate_atom(p: SimpleNamespace) -> Machine:
    """Two excited levels of exactly the same energy, which the baths see in different superpositions; θ turns the basis in
    which all of it is written, and does nothing else."""
    turn = Qobj(expm(p.θ * np.array([[0, -0.5, -0.8], [0.5, 0, -1], [0.8, 1, 0]])))
    g, x, y = (turn * qt.basis(3, k) for k in range(3))
    flip = lambda a, b: a * b.dag() + b * a.dag()
    return Machine(
        p.ω * (x.proj() + y.proj()),
        {"hot": [(np.sqrt(p.Γ) * (flip(g, x) + p.c * flip(g, y)), ohmic(p.T_hot, p.Ω))],
         "cold": [(np.sqrt(p.Γ) * (flip(g, x) - p.c * flip(g, y)), ohmic(p.T_cold, p.Ω))],
         "side": [(np.sqrt(p.Γ) * flip(g, y), ohmic(p.T_side, p.Ω))]},
        {"a.|x><x|": x.proj(), "a.|y><y|": y.proj(), "a.|x><y|": x * y.dag()})


def refrigerator(p: SimpleNamespace) -> Machine:
    dims = [2, 2, 2]
    names = ["cold", "room", "hot"]
    E = [p.E_cold, p.E_cold + p.E_hot + p.δ, p.E_hot]
    lower, x, z = ([place(o, k, dims) for k in range(3)] for o in (qt.sigmam(), qt.sigmax(), qt.sigmaz()))
    V = p.λ * lower[0] * lower[1].dag() * lower[2]
    T = [p.T_cold, p.T_room, p.T_hot]
    return Machine(
        sum(E[k] / 2 * z[k] for k in range(3)) + V + V.dag(),
        {b: [(np.sqrt(p.Γ) * x[k], ohmic(T[k], p.Ω))] for k, b in enumerate(names)},
        {f"{b}_q.σz": z[k] for k, b in enumerate(names)} | {"cold_q.σ⁻*room_q.σ⁺*hot_q.σ⁻": V / p.λ})


def qubit_and_oscillator(p: SimpleNamespace) -> Machine:
    levels = 6
    dims = [2, levels]
    z, x = place(qt.sigmaz(), 0, dims), place(qt.sigmax(), 0, dims)
    a, N = place(qt.destroy(levels), 1, dims), place(qt.num(levels), 1, dims)
    s = place(qt.sigmam(), 0, dims)
    # two couplings of one bath are two independent noises
    return Machine(
        p.ω_q / 2 * z + p.ω * N + p.g * x * (a + a.dag()),
        {"hot": [(np.sqrt(p.Γ) * x, ohmic(p.T_hot, p.Ω)), (np.sqrt(p.κ) * z, ohmic(p.T_hot, p.Ω))],
         "cold": [(np.sqrt(p.κ) * (a + a.dag()), ohmic(p.T_cold, p.Ω))]},
        {"q.σz": z, "m.N": N, "q.σ⁺*m.a": s.dag() * a})


@dataclass
class Entry:
    build: Callable[[SimpleNamespace], Machine]
    parameters: dict[str, float]


MODELS = {
    "qubit": Entry(qubit, dict(ω=1.3, Γ=0.02, T=0.7, Ω=5)),
    "two-qubits": Entry(two_qubits, dict(ω1=1, ω2=1.5, g=0.3, Γ=0.01, T1=0.5, T2=1.5, Ω=5)),
    "atom": Entry(atom, dict(ω_x=1, ω_e=2.7, m=0.2, d=0.3, Γ=0.01, T_hot=3, T_cold=0.6, T_probe=1, Ω=4)),
    "degenerate-atom": Entry(degenerate_atom, dict(ω=1.2, c=0.7, Γ=0.01, T_hot=2, T_cold=0.4, T_side=1, Ω=6, θ=0)),
    "refrigerator": Entry(
        refrigerator, dict(E_cold=1, E_hot=3, δ=0, λ=0.1, Γ=0.005, T_cold=1, T_room=1.2, T_hot=6, Ω=10)),
    "qubit-and-oscillator": Entry(
        qubit_and_oscillator, dict(ω_q=1.4, ω=1, g=0.2, Γ=0.01, κ=0.005, T_hot=1.5, T_cold=0.5, Ω=8)),
}


# --- tensors, steady states, currents ------------------------------------------------------------------------------

def sec_cutoff(H: Qobj, cutoff: str) -> float:
    """The argument for QuTiP, which keeps an element of the tensor where |(E_a − E_b) − (E_c − E_d)| is below sec_cutoff
    times the smallest difference of levels that is not 0. "equal" keeps what agrees to 1e-12 of the spectral range, as
    thermill's global equation does; between that and the next there must be a decade on either side."""
    if cutoff == "none":
        return -1
    if cutoff == "default":
        return 0.1
    assert cutoff == "equal", cutoff
    E = H.eigenenergies()
    gaps = np.subtract.outer(E, E).ravel()
    spread = np.abs(np.subtract.outer(gaps, gaps)).ravel()
    limit = 1e-12 * (E[-1] - E[0])
    equal, different = spread[spread <= limit].max(), spread[spread > limit].min()
    assert equal < limit / 10 and different > limit * 1e3, (equal, different, limit)
    levels = np.abs(gaps[gaps != 0]).min()
    return float(np.sqrt(limit * different) / levels)


def answer(request: dict) -> dict:
    entry = MODELS[request["model"]]
    given = request.get("parameters", {})
    if unknown := given.keys() - entry.parameters.keys():
        raise SystemExit(f"{request['model']}: unknown {', '.join(unknown)}")
    parameters = entry.parameters | given
    cutoff = request["cutoff"]
    machine = entry.build(SimpleNamespace(**parameters))
    secular = sec_cutoff(machine.H, cutoff)
    tensors = {bath: sum(qt.core.blochredfield.brterm(machine.H, A, S, sec_cutoff=secular, fock_basis=True)
                         for A, S in couplings)
               for bath, couplings in machine.baths.items()}
    # the whole in QuTiP's own way; it must be what the parts add up to
    whole = qt.bloch_redfield_tensor(
        machine.H, [[A, S] for couplings in machine.baths.values() for A, S in couplings],
        sec_cutoff=secular, fock_basis=True)
    parts = qt.liouvillian(machine.H) + sum(tensors.values())
    assert abs((whole - parts).full()).max() < 1e-13 * abs(whole.full()).max()
    rho = steady(parts, machine.H.dims)
    quantities = {}
    for bath, L in tensors.items():
        quantities[f"heat({bath})"] = float((machine.H * qt.vector_to_operator(L * qt.operator_to_vector(rho))).tr().real)
    for name, operator in machine.means.items():
        mean = complex((operator * rho).tr())
        if operator.isherm:
            quantities[f"mean({name})"] = mean.real
        else:
            quantities |= {f"re(mean({name}))": mean.real, f"im(mean({name}))": mean.imag}
    if request["model"] == "qubit":
        quantities |= transition_rates(tensors["bath"]) | environment(machine.H, parameters)
    residual = float(abs((parts * qt.operator_to_vector(rho)).full()).max())
    return {"model": request["model"], "parameters": parameters, "cutoff": cutoff, "quantities": quantities,
            "residual": residual}


def steady(L: Qobj, dims: list) -> Qobj:
    """QuTiP's direct solution, refined with residuals in extended precision: a net current can be a small difference of what
    a bath gives and takes."""
    rho = qt.steadystate(L, method="direct", solver="solve")
    A = L.full()
    n = rho.shape[0]
    trace = np.zeros(n * n)
    trace[:: n + 1] = 1
    extended = A.astype(np.clongdouble)
    weight = np.abs(A).max()
    M = A + weight * np.outer(np.eye(n * n)[0], trace)
    x = qt.operator_to_vector(rho).full().ravel().astype(np.clongdouble)
    for _ in range(3):
        r = extended @ x
        r[0] += weight * (trace @ x - 1)
        x = x - np.linalg.solve(M, r.astype(complex))
    refined = Qobj(x.astype(complex).reshape((n, n), order="F"), dims=dims)
    assert abs((refined - rho).full()).max() < 1e-7, "the refinement is a refinement"
    return refined


def transition_rates(L: Qobj) -> dict:
    """Of a qubit: up to down and down to up, from the tensor itself. The basis is (up, down)."""
    rate = lambda source, target: float(
        qt.vector_to_operator(L * qt.operator_to_vector(qt.basis(2, source).proj())).full()[target, target].real)
    return {"rate(up, down)": rate(0, 1), "rate(down, up)": rate(1, 0)}


def environment(H: Qobj, p: dict) -> dict:
    """The same rates where the bath is given as QuTiP's own ohmic environment of J(ω) = Γω exp(−ω/Ω)."""
    bath = qt.OhmicEnvironment(T=p["T"], alpha=p["Γ"], wc=p["Ω"], s=1)
    rates = transition_rates(qt.core.blochredfield.brterm(H, qt.sigmax(), bath, sec_cutoff=-1, fock_basis=True))
    return {f"environment.{key}": rate for key, rate in rates.items()}


def main() -> None:
    requests = json.load(sys.stdin)
    requests = requests if isinstance(requests, list) else [requests]
    json.dump([answer(r) for r in requests], sys.stdout, ensure_ascii=False, indent=1, allow_nan=False)
    print()


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Machines under qthermo's global, Redfield and local baths, as a user of qthermo would write them.

    echo '{"model": "heat-valve", "parameters": {"g": 0.1}, "baths": "redfield"}' | python qthermo_baths.py

reads a request, or a list of them, and prints the list of answers as JSON. A request has the keys

    model        one of MODELS below
    parameters   values that replace the defaults there
    baths        "global", "redfield" or "local"

and an answer the same keys, completed, and

    quantities   heat(b), work, entropy_production, mean(...), re(mean(...)), im(mean(...)), keyed as thermill keys them
    refused      instead of these: what qthermo says where it gives no result

Its models are taken where it has them; steady states, currents and entropy production are its own throughout.
"""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import json
import sys
import warnings
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Callable

import numpy as np
import qthermo as qt
from qthermo import models
from qthermo.models import Model
from qthermo.subsystems import embed
from qthermo.validation import QThermoError

assert qt.__version__.startswith("0.7."), qt.__version__

# qthermo's |1> is a qubit's excited state; thermill's `up` is the first one of its basis. These are by what they do.
LOWER = np.array([[0, 1], [0, 0]], dtype=complex)
Z = np.diag([-1, 1]).astype(complex)


@dataclass
class Machine:
    model: Model
    means: dict[str, np.ndarray]


def qubits(model: Model, names: list[str]) -> dict[str, np.ndarray]:
    return {f"{name}.σz": embed(Z, k, model.dims) for k, name in enumerate(names)}


def heat_valve(p: SimpleNamespace, baths: str, coupling: str) -> Machine:
    model = models.two_qubit_heat_valve(p.ω1, p.ω2, p.g, coupling, p.T_hot, p.T_cold, p.γ, baths)
    hop = embed(LOWER.T, 0, [2, 2]) @ embed(LOWER, 1, [2, 2])
    return Machine(model, qubits(model, ["q1", "q2"]) | {"q1.σ⁺*q2.σ⁻": hop})


def refrigerator(p: SimpleNamespace, baths: str) -> Machine:
    model = models.absorption_refrigerator(p.ω_c, p.ω_h, p.T_c, p.T_h, p.T_r, p.g, p.γ, baths)
    lower = [embed(LOWER, k, [2, 2, 2]) for k in range(3)]
    return Machine(model, qubits(model, ["c", "h", "r"]) | {"c.σ⁻*h.σ⁻*r.σ⁺": lower[0] @ lower[1] @ lower[2].T})


def chain(p: SimpleNamespace, baths: str) -> Machine:
    ω = [p.ω1, p.ω2, p.ω3]
    model = models.spin_chain(3, ω, p.J, p.Δ, p.T_left, p.T_right, p.γ, baths)
    return Machine(model, qubits(model, ["q1", "q2", "q3"]))


def transistor(p: SimpleNamespace, baths: str) -> Machine:
    model = models.thermal_transistor(p.T_L, p.T_M, p.T_R, p.ω, p.zz_left, p.zz_right, p.γ)
    if baths != "global":
        build = {"redfield": qt.redfield_bath}[baths]
        model = model.with_baths(
            [build(model.H, embed(qt.sigma_x, k, [2, 2, 2]), T, gamma=p.γ, name=name, sites=(k,))
             for k, (name, T) in enumerate((("L", p.T_L), ("M", p.T_M), ("R", p.T_R)))])
    return Machine(model, qubits(model, ["l", "m", "r"]))


def flip(dim: int, a: int, b: int) -> np.ndarray:
    operator = np.zeros((dim, dim), dtype=complex)
    operator[a, b] = operator[b, a] = 1
    return operator


def maser(p: SimpleNamespace, baths: str) -> Machine:
    """The three-level maser with its field as an oscillator of 5 levels, whose own bath takes the output."""
    levels = 5
    a = np.diag(np.sqrt(np.arange(1, levels)), 1).astype(complex)
    N = np.diag(np.arange(levels)).astype(complex)
    lower = np.zeros((3, 3), dtype=complex)    # |x><e|
    lower[1, 2] = 1
    V = p.g * np.kron(lower, a.T)
    model = qt.build_model(
        [np.diag([0, p.ω_c, p.ω_h]), p.ω * N], {(0, 1): V + V.T},
        [dict(name="cold", site=0, coupling=flip(3, 0, 1), T=p.T_c, gamma=p.γ),
         dict(name="hot", site=0, coupling=flip(3, 0, 2), T=p.T_h, gamma=p.γ),
         dict(name="cavity", site=1, coupling=a + a.T, T=p.T_cavity, gamma=p.κ)], baths)
    level = lambda k: embed(np.diag(np.eye(3)[k]).astype(complex), 0, model.dims)
    return Machine(model, {"atom.|x><x|": level(1), "atom.|e><e|": level(2), "field.N": embed(N, 1, model.dims),
                           "atom.|x><e|*field.a†": np.kron(lower, a.T)})


def atom(p: SimpleNamespace, baths: str) -> Machine:
    """Couplings with diagonal parts, so that the rate at ω = 0 counts; spectra are ohmic unless `flat` is 1."""
    H = np.diag([0, p.ω_x, p.ω_e]) + p.m * flip(3, 0, 1)
    J = lambda γ: qt.flat_spectrum(γ) if p.flat else qt.ohmic_spectrum(γ, cutoff=p.Ω, reference=p.ω_ref)
    model = qt.build_model(
        [H], {}, [dict(name="hot", site=0, coupling=flip(3, 0, 2) + p.d * np.diag([-1, 0, 1]), T=p.T_hot,
                       spectrum=J(p.γ)),
                  dict(name="cold", site=0, coupling=flip(3, 0, 1) + p.d * np.diag([0, 1, 0]), T=p.T_cold,
                       spectrum=J(p.γ)),
                  dict(name="side", site=0, coupling=flip(3, 1, 2), T=p.T_side, spectrum=J(p.κ))], baths)
    return Machine(model, {"a.|x><x|": np.diag([0, 1, 0]).astype(complex), "a.|e><e|": np.diag([0, 0, 1]).astype(complex),
                           "a.|g><x|": np.outer(np.eye(3)[0], np.eye(3)[1]).astype(complex)})


@dataclass
class Entry:
    build: Callable[..., Machine]
    parameters: dict[str, float]


VALVE = dict(ω1=1, ω2=0.6, g=0.6, T_hot=2, T_cold=1, γ=0.1)
MODELS = {
    "heat-valve": Entry(lambda p, b: heat_valve(p, b, "xx"), VALVE),
    "exchange": Entry(lambda p, b: heat_valve(p, b, "exchange"), VALVE),
    "refrigerator": Entry(refrigerator, dict(ω_c=1, ω_h=3, T_c=1, T_h=4, T_r=1.5, g=0.05, γ=0.01)),
    "chain": Entry(chain, dict(ω1=1, ω2=1.1, ω3=1.3, J=0.2, Δ=0.5, T_left=2, T_right=1, γ=0.05)),
    "transistor": Entry(transistor, dict(T_L=1, T_M=0.2, T_R=0.2, ω=1, zz_left=1, zz_right=0.7, γ=0.001)),
    "maser": Entry(maser, dict(ω_c=1, ω_h=3, ω=2, g=0.05, γ=0.02, κ=0.01, T_c=0.5, T_h=5, T_cavity=0.5)),
    "atom": Entry(
        atom, dict(ω_x=1, ω_e=2.7, m=0.2, d=0.3, γ=0.01, κ=0.02, T_hot=3, T_cold=0.6, T_side=1, Ω=4, ω_ref=0.8, flat=0)),
}


def answer(request: dict) -> dict:
    entry = MODELS[request["model"]]
    given = request.get("parameters", {})
    if unknown := given.keys() - entry.parameters.keys():
        raise SystemExit(f"{request['model']}: unknown {', '.join(unknown)}")
    parameters = entry.parameters | given
    echo = {"model": request["model"], "parameters": parameters, "baths": request["baths"]}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)    # what it says of rates at ω = 0 that it leaves out
            machine = entry.build(SimpleNamespace(**parameters), request["baths"])
            result = machine.model.analyze()
    except QThermoError as error:
        return echo | {"refused": str(error)}
    quantities = {f"heat({bath})": heat for bath, heat in result.currents.items()}
    quantities["entropy_production"] = result.entropy_production_rate
    if request["baths"] == "local":    # else minus the sum of the heats with H itself: nothing but round-off
        quantities["work"] = result.work_rate
    for name, operator in machine.means.items():
        mean = complex(np.trace(operator @ result.rho))
        if np.array_equal(operator, operator.conj().T):
            quantities[f"mean({name})"] = mean.real
        else:
            quantities |= {f"re(mean({name}))": mean.real, f"im(mean({name}))": mean.imag}
    return echo | {"quantities": quantities}


def main() -> None:
    requests = json.load(sys.stdin)
    requests = requests if isinstance(requests, list) else [requests]
    json.dump([answer(r) for r in requests], sys.stdout, ensure_ascii=False, indent=1, allow_nan=False)
    print()


if __name__ == "__main__":
    main()

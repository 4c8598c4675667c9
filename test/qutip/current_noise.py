#!/usr/bin/env python3
"""The zero-frequency noise of currents by QuTiP's countstat_current_noise, for models of reference.py.

Requests are those of reference.py; an answer has the noise of each thermal bath's energy current. Such a bath brings quanta
of one energy ω. Its jumps down and up are counted apart, and the noise of what it brings in is
ω² (S_dd + S_uu − S_du − S_ud) with the noises and correlations of both.
"""

import json
import sys
from types import SimpleNamespace

import numpy as np
import qutip as qt
from reference import MODELS, steady

QUANTA = {
    "coupled-qubits": lambda p: {"cold": p.ω1, "hot": p.ω2},
    "absorption-refrigerator": lambda p: {"cold": p.E_cold, "room": p.E_cold + p.E_hot, "hot": p.E_hot},
    "three-level-maser": lambda p: {"cold": p.ω_cold, "hot": p.ω_hot, "cavity": p.ω_hot - p.ω_cold},
    "optomechanical-cooling": lambda p: {"warm": p.ω, "cold": p.ω},
    "spin-chain": lambda p: {"left": 2 * p.B, "right": 2 * (p.B + p.δ * (p.N - 1))},
}


def answer(request: dict) -> dict:
    entry = MODELS[request["model"]]
    p = SimpleNamespace(**entry.parameters | request.get("parameters", {}))
    equation = request.get("equation", entry.equations[0])
    model = entry.build(p, entry.windows | request.get("windows", {}), equation)
    rho, _ = steady(model)
    L = qt.liouvillian(model.H, [c for bath in model.baths.values() for c in bath.jumps])
    quantities = {}
    for name, omega in QUANTA[request["model"]](p).items():
        down, up = (qt.sprepost(c, c.dag()) for c in model.baths[name].jumps)
        _, S, _ = qt.countstat_current_noise(L, [], rhoss=rho, J_ops=[down, up])
        S = np.asarray(S)[:, :, 0].real
        quantities[f"energy_noise({name})"] = omega**2 * (S[0, 0] + S[1, 1] - S[0, 1] - S[1, 0])
    return {"quantities": quantities}


if __name__ == "__main__":
    json.dump([answer(request) for request in json.load(sys.stdin)], sys.stdout)

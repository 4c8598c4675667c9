#!/usr/bin/env python3
"""Works out heats and norms from exported arrays and exported matrices with nothing but numpy.

    echo '[{"arrays": "state.npz", "equation": "equation.json"}]' | python arrays.py

answers for each request heat(BATH) = Tr[H0 L_b rho] of every bath, level(NAME) = the mean level of every subsystem (of an
evolution lists over its times), and trace, the largest |Tr rho - 1|.
"""

import json
import sys

import numpy as np


def matrix(data: dict, d: int) -> np.ndarray:
    out = np.zeros((d, d), complex)
    out[data["rows"], data["columns"]] = np.array(data["re"]) + 1j*np.array(data["im"])
    return out


def density(arrays: dict) -> np.ndarray:
    if "rho" in arrays:
        return arrays["rho"]
    rho = np.zeros(tuple(arrays["rho.shape"]), complex)
    place = (arrays["rho.row"], arrays["rho.column"])
    rho[(arrays["rho.time"], *place) if "rho.time" in arrays else place] = arrays["rho.value"]
    return rho


def answer(request: dict) -> dict:
    with np.load(request["arrays"]) as file:
        arrays = {name: file[name] for name in file.files}
    equation = json.load(open(request["equation"], encoding="utf-8"))
    d = equation["dimension"]
    rho = density(arrays)
    H0 = matrix(equation["hamiltonian"]["free"]["matrix"], d)
    quantities = {}
    for bath in equation["dissipators"]:
        heat = 0
        for jump in bath["jumps"]:
            O = np.sqrt(jump["rate"])*matrix(jump["operator"], d)
            pulled = O.conj().T @ H0 @ O - (O.conj().T @ O @ H0 + H0 @ O.conj().T @ O)/2
            heat = heat + np.einsum("ij,...ji->...", pulled, rho).real
        quantities[f"heat({bath['bath']})"] = np.asarray(heat).tolist()
    for subsystem in equation["subsystems"]:
        populations = np.einsum("...ii->...i", rho).real
        quantities[f"level({subsystem['name']})"] = (populations @ arrays[f"level.{subsystem['name']}"]).tolist()
    trace = float(abs(np.einsum("...ii->...", rho) - 1).max())
    reported = {name: arrays[name].tolist() for name in arrays if name.startswith(("heat(", "mean("))}
    return {"quantities": quantities, "reported": reported, "trace": trace}


if __name__ == "__main__":
    json.dump([answer(r) for r in json.load(sys.stdin)], sys.stdout)

#!/usr/bin/env python3
"""Holds the reference against what is known without it: exact relations and closed formulas, derived in README.md.

    python facts.py

prints one line a fact, with its deviation and the tolerance, and ends with 1 if one fails.
"""

import sys

import numpy as np
from reference import answer, bose


def solve(model: str, windows: dict | None = None, equation: str | None = None, **parameters) -> dict:
    request = {"model": model, "parameters": parameters, "windows": windows or {}}
    return answer(request | ({"equation": equation} if equation else {}))


def coupled_qubits():
    for changes in ({}, {"T2": 1.2}, {"ω2": 2}, {"g": 2, "Γ": 0.7}):
        a = solve("coupled-qubits", **changes)
        p, q = a["parameters"], a["quantities"]
        n1, n2 = bose(p["ω1"] / p["T1"]), bose(p["ω2"] / p["T2"])
        R1, R2 = p["Γ"] * (2 * n1 + 1), p["Γ"] * (2 * n2 + 1)
        R, δ = R1 + R2, p["ω1"] - p["ω2"]
        j = (n2 / (2 * n2 + 1) - n1 / (2 * n1 + 1)) / (1 / R1 + 1 / R2 + (R**2 + 4 * δ**2) / (4 * p["g"]**2 * R))
        yield f"current {changes}", q["heat(hot)"] / (p["ω2"] * j) - 1, 1e-10
        yield f"heats {changes}", q["heat(cold)"] / q["heat(hot)"] + p["ω1"] / p["ω2"], 1e-10
        yield f"work {changes}", q["work"] / q["heat(hot)"] - (p["ω1"] / p["ω2"] - 1), 1e-10


def absorption_refrigerator():
    for changes in ({}, {"λ": 0.3, "Γ": 0.05}, {"T_hot": 20, "E_hot": 2.5}):
        a = solve("absorption-refrigerator", **changes)
        p, q = a["parameters"], a["quantities"]
        yield f"ratio {changes}", q["heat(cold)"] / q["heat(hot)"] - p["E_cold"] / p["E_hot"], 1e-9
        yield f"work {changes}", q["work"], 1e-12
        yield f"it cools {changes}", float(not (q["heat(cold)"] > 0 and q["qubit_temperature"] < p["T_cold"])), 0.5
    # Where the virtual qubit of hot and room has the temperature of the cold bath nothing flows: COP = bound.
    T_hot = 4 / (5 / 1.2 - 1)
    q = solve("absorption-refrigerator", T_hot=T_hot)["quantities"]
    yield "it stops where E_cold/E_hot meets the bound", q["heat(cold)"], 1e-15


def three_level_maser():
    for changes in ({}, {"ω_hot": 4}, {"T_hot": 2, "g": 0.02}):
        a = solve("three-level-maser", **changes)
        p, q = a["parameters"], a["quantities"]
        yield f"output {changes}", -q["heat(cavity)"] / q["heat(hot)"] - (1 - p["ω_cold"] / p["ω_hot"]), 1e-9
        yield f"cold {changes}", q["heat(cold)"] / q["heat(hot)"] + p["ω_cold"] / p["ω_hot"], 1e-9
        photons = bose((p["ω_hot"] - p["ω_cold"]) / p["T_cavity"]) - q["heat(cavity)"] / p["κ"] / (
            p["ω_hot"] - p["ω_cold"])
        yield f"photons from the output {changes}", q["mean(field.N)"] / photons - 1, 1e-9
    q = solve("three-level-maser")["quantities"]
    yield "inversion at the defaults", float(not q["inversion"] > 0), 0.5
    # ω_hot/T_hot = ω_cold/T_cold + ω_cavity/T_cavity: the three baths agree and nothing flows.
    q = solve("three-level-maser", T_hot=1, T_cold=0.5, T_cavity=2)["quantities"]
    yield "reversible point", q["heat(hot)"], 1e-12


def driven_maser():
    for changes in ({}, {"Δ": 0.2, "ε": 0.1}, {"T_hot": 1}):
        a = solve("driven-maser", **changes)
        p, q = a["parameters"], a["quantities"]
        quanta = q["heat(hot)"] / p["ω_hot"]
        field = p["ω_hot"] - p["ω_cold"] + p["Δ"]
        yield f"cold {changes}", q["heat(cold)"] / quanta + p["ω_cold"], 1e-9
        yield f"field {changes}", q["drive_power"] / quanta + field, 1e-9
        yield f"baths {changes}", q["work"] / quanta - p["Δ"], 1e-9


def optomechanical_cooling():
    for changes in ({}, {"g": 0.1}):
        a = solve("optomechanical-cooling", **changes)
        p, q = a["parameters"], a["quantities"]
        warm, cold = bose(p["ω"] / p["T_warm"]), bose(p["ω"] / p["T_cold"])
        yield f"heats {changes}", q["heat(cold)"] / q["heat(warm)"] + 1, 1e-10
        yield f"phonons from the heat {changes}", q["mean(m.N)"] / (warm - q["heat(warm)"] / p["γ"] / p["ω"]) - 1, 1e-9
        yield f"between the baths {changes}", float(not cold < q["mean(m.N)"] < warm), 0.5
    # Rate equation of sideband cooling: exact as γ and g²/Γ go to zero together.
    for scale in (1e-1, 1e-2, 1e-3):
        p = {"g": 0.02 * scale**0.5, "γ": 0.001 * scale}
        a = solve("optomechanical-cooling", windows={"m": [0, 39]}, **p)
        p = a["parameters"]
        warm, cold = bose(p["ω"] / p["T_warm"]), bose(p["ω"] / p["T_cold"])
        rate = 4 * p["g"]**2 / (p["Γ"] * (2 * cold + 1))
        up, down = rate * cold / (2 * cold + 1), rate * (cold + 1) / (2 * cold + 1)
        phonons = (p["γ"] * warm + up) / (p["γ"] + down - up)
        yield f"rate equation, scale {scale}", a["quantities"]["mean(m.N)"] / phonons - 1, 0.25 * scale
    q = solve("optomechanical-cooling", windows={"m": [0, 59]}, g=0)["quantities"]
    yield "uncoupled mode", q["mean(m.N)"] / bose(1 / 2) - 1, 1e-9


def spin_chain():
    for equation in ("quiet", "noisy"):
        a = solve("spin-chain", equation=equation)
        q = a["quantities"]
        flow = [q[f"current[{j}]"] for j in (1, 2, 3)]
        yield f"uniform current, {equation}", max(flow) / min(flow) - 1, 1e-9
        yield f"inflow, {equation}", q["inflow"] / flow[0] - 1, 1e-9
        yield f"outflow, {equation}", -q["heat(right)"] / 2.6 / flow[0] - 1, 1e-9
    # Δ = 0 is free fermions: Landauer's formula with a flat occupation, ∫ dω/2π |G_1N|² by residues.
    for N in (2, 3, 5):
        a = solve("spin-chain", N=N, **{"Δ": 0})
        p, q = a["parameters"], a["quantities"]
        field = p["B"] + p["δ"] * np.arange(N)
        n = bose(2 * field[0] / p["T_left"]), bose(2 * field[-1] / p["T_right"])
        R, f = [p["Γ"] * (2 * x + 1) for x in n], [x / (2 * x + 1) for x in n]
        loss = np.zeros(N)
        loss[[0, -1]] += R
        h = np.diag(2 * field) + 2 * p["J"] * (np.eye(N, k=1) + np.eye(N, k=-1)) - 0.5j * np.diag(loss)
        values, vectors = np.linalg.eig(h)
        inverse = np.linalg.inv(vectors)
        amplitude = vectors[0] * inverse[:, -1]    # G_1N(ω) = Σ amplitude/(ω - value)
        overlap = -1j * np.outer(amplitude, amplitude.conj()) / np.subtract.outer(values, values.conj())
        transmission = R[0] * R[1] * overlap.sum().real
        yield f"free fermions, N = {N}", q["inflow"] / (transmission * (f[0] - f[1])) - 1, 1e-9


def rotor_qubit():
    wide = {"r": [-36, 36]}
    for changes in ({}, {"β2": 0.06}, {"χ": 0.3, "I": 1.5}):
        a = solve("rotor-qubit", wide, **changes)
        p, q = a["parameters"], a["quantities"]
        yield f"heats {changes}", q["heat(hot)"] / q["heat(cold)"] + p["B2"] / p["B1"], 1e-9
        yield f"angular momentum {changes}", q["mean(r.L)"] * 2 * p["B2"] * p["γ"] / q["heat(hot)"] - 1, 1e-8
        b = p["βr"] / (4 * p["I"])
        load = p["γ"] / p["βr"] * (1 + b**2 * q["mean(r.L^2)"]) - p["γ"] / p["I"] * q["mean(r.L^2)"]
        yield f"heat of the load {changes}", q["heat(load)"] / load - 1, 1e-8
        yield f"first law {changes}", q["first_law_residual"], 1e-12
        yield f"qubits are passive {changes}", q["ergotropy(q1)"] + q["ergotropy(q2)"], 1e-12
    q = solve("rotor-qubit", wide, **{"λ": 0})["quantities"]
    yield "λ = 0, q1", q["mean(q1.σz)"] / -np.tanh(0.1 * 4) - 1, 1e-10
    yield "λ = 0, q2", q["mean(q2.σz)"] / -np.tanh(0.03 * 10) - 1, 1e-10
    l = np.arange(-36, 37.0)    # detailed balance of the load's rates (1 ∓ b l)² for l → l ± 1
    b = 0.09 / 4
    p = np.cumprod(np.concatenate([[1], ((1 - b * l[:-1]) / (1 + b * l[1:])) ** 2]))
    yield "λ = 0, rotor", q["mean(r.L^2)"] / (p @ l**2 / p.sum()) - 1, 1e-9
    yield "λ = 0, kinetic energy", q["mean(r.L^2)"] / (1 / 0.09) - 1, 0.09 / 10
    for β2, store in ((0.039, True), (0.04, False), (0.06, False)):
        e = solve("rotor-qubit", wide, **{"β2": β2})["quantities"]["ergotropy(q1,q2)"]
        yield f"two-qubit ergotropy at β2 = {β2}", float((e > 1e-12) != store), 0.5


def main() -> int:
    failures = 0
    for facts in (coupled_qubits, absorption_refrigerator, three_level_maser, driven_maser, optomechanical_cooling,
                  spin_chain, rotor_qubit):
        print(facts.__name__.replace("_", "-"))
        for name, deviation, tolerance in facts():
            good = abs(deviation) <= tolerance
            failures += not good
            print(f"  {'ok  ' if good else 'FAIL'} {name}: {deviation:.1e} (tolerance {tolerance:g})")
    return int(failures > 0)


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Machines that depend on time, by QuTiP's mesolve in the laboratory: prints populations, heats and the drive's power at given
times as JSON. Every Hamiltonian, jump and rate is written out by hand; nothing is taken from thermill.

    python driven.py < /dev/null
"""

import json
import warnings

warnings.filterwarnings("ignore", message="matplotlib not found")

import numpy as np
import qutip as qt

OPTIONS = {"atol": 1e-13, "rtol": 1e-12, "nsteps": 100_000, "method": "adams"}


def bose(x):
    return 1 / np.expm1(x)


def dissipate(jumps, rho):
    return sum(c * rho * c.dag() - (c.dag() * c * rho + rho * c.dag() * c) / 2 for c in jumps)


def maser(times):
    """driven-maser with the field 0.1 above resonance, from the Gibbs state of its cold bath."""
    g, x, e = (qt.basis(3, k) for k in range(3))
    H0 = 1.0 * x.proj() + 3.0 * e.proj()
    eps, omega = 0.05, 2.1
    X, Y = x * e.dag() + e * x.dag(), 1j * (x * e.dag() - e * x.dag())
    H = [H0, [eps * X, lambda t: np.cos(omega * t)], [eps * Y, lambda t: np.sin(omega * t)]]
    baths = {}
    for name, ket, rate, freq, T in (("cold", x, 0.1, 1.0, 0.5), ("hot", e, 0.05, 3.0, 5.0)):
        n = bose(freq / T)
        A = g * ket.dag()
        baths[name] = [np.sqrt(rate * (n + 1)) * A, np.sqrt(rate * n) * A.dag()]
    rho = (-H0 / 0.5).expm()
    states = qt.mesolve(H, rho / rho.tr(), times, [c for b in baths.values() for c in b], options=OPTIONS).states
    power = [eps * omega * (-np.sin(omega * t) * X + np.cos(omega * t) * Y) for t in times]
    out = {f"heat({b})": [(H0 * dissipate(c, r)).tr().real for r in states] for b, c in baths.items()}
    out["drive_power"] = [(P * r).tr().real for P, r in zip(power, states)]
    out |= {f"mean(atom.|{k}><{k}|)": [qt.expect(v.proj(), r) for r in states] for k, v in (("x", x), ("e", e))}
    return out


def swept(times):
    """A qubit whose field turns up and down under a bath that follows it, with a drive of its own."""
    B = lambda t: 2 + 0.5 * np.cos(0.3 * t)
    n = lambda t: bose(2 * B(t))
    sz, sx, sm = qt.sigmaz(), qt.sigmax(), qt.sigmam()
    H = [[sz, B], [0.1 * sx, lambda t: np.cos(3 * t)]]
    jumps = [[sm, lambda t: 0.3 * np.sqrt(n(t) + 1)], [sm.dag(), lambda t: 0.3 * np.sqrt(n(t))]]
    states = qt.mesolve(H, qt.basis(2, 0).proj(), times, jumps, options=OPTIONS).states
    at = lambda t: [0.3 * np.sqrt(n(t) + 1) * sm, 0.3 * np.sqrt(n(t)) * sm.dag()]
    slope = lambda t: -0.15 * np.sin(0.3 * t) * sz - 0.3 * np.sin(3 * t) * sx
    return {
        "mean(q.σz)": [qt.expect(sz, r) for r in states],
        "heat(cold)": [(B(t) * sz * dissipate(at(t), r)).tr().real for t, r in zip(times, states)],
        "work(cold)": [(0.1 * np.cos(3 * t) * sx * dissipate(at(t), r)).tr().real for t, r in zip(times, states)],
        "drive_power": [(slope(t) * r).tr().real for t, r in zip(times, states)],
    }


print(json.dumps({"maser": maser(np.linspace(0, 40, 9)), "swept": swept(np.linspace(0, 20, 9))}))

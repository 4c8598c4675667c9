#!/usr/bin/env python3
"""The work of the benchmark as an expert QuTiP user writes it; one request as JSON on stdin, one answer on stdout.

Each answer has the seconds that the work itself took (imports and set-up left out where the request says so) and the numbers
by which both sides are compared.
"""

import json
import sys
import time

import numpy as np
import qutip as qt


def rotor(p: dict, first: int, last: int):
    """H, H0, V, the jumps of each bath and L of the reference model's local equation."""
    l = np.arange(first, last + 1.0)
    dims = [2, 2, l.size]
    place = lambda op, k: qt.tensor([op if j == k else qt.qeye(d) for j, d in enumerate(dims)]).to("CSR")
    L, up = qt.Qobj(np.diag(l)), qt.Qobj(np.eye(l.size, k=-1))
    s1, s2 = place(qt.sigmam(), 0), place(qt.sigmam(), 1)
    H0 = place(p["B1"] * qt.sigmaz(), 0) + place(p["B2"] * qt.sigmaz(), 1) + place(L * L / (2 * p["I"]), 2)
    V = p["λ"] * s1.dag() * s2 * place(up, 2)
    V = V + V.dag()
    cos, sin = (up + up.dag()) / 2, (up - up.dag()) / 2j
    b = p["βr"] / (4 * p["I"])
    f = np.sqrt(2 * p["I"] * p["γ"] / p["βr"])
    load = [f * place(cos - 1j * b * sin * L, 2), f * place(sin + 1j * b * cos * L, 2)]

    def thermal(s, omega, beta):
        n = 1 / np.expm1(beta * omega)
        return [p["g"] * np.sqrt(n + 1) * s, p["g"] * np.sqrt(n) * s.dag()]

    baths = {"cold": thermal(s1, 2 * p["B1"], p["β1"]), "hot": thermal(s2, 2 * p["B2"], p["β2"]), "load": load}
    return H0 + V, H0, V, baths, place(L, 2)


def dissipate(jumps, rho):
    return sum(c * rho * c.dag() - (c.dag() * c * rho + rho * c.dag() * c) / 2 for c in jumps)


def sweep(request: dict) -> dict:
    """Steady states over β2; heat(cold), heat(hot) and the work of both, from which the rest of Fig. 2 follows."""
    values, rows = request["values"], []
    start = time.perf_counter()
    for beta in values:
        H, H0, V, baths, _ = rotor(request["parameters"] | {"β2": beta}, *request["window"])
        rho = qt.steadystate(H, [c for jumps in baths.values() for c in jumps], method="direct")
        d = [dissipate(baths[name], rho) for name in ("cold", "hot")]
        rows.append([(H0 * x).tr().real for x in d] + [sum((V * x).tr().real for x in d)])
    return {"seconds": time.perf_counter() - start, "numbers": rows}


def evolution(request: dict) -> dict:
    """mesolve from |0> of the rotor and the qubits' Gibbs states; <L> at each time."""
    p = request["parameters"]
    first, last = request["window"]
    start = time.perf_counter()
    H, _, _, baths, L = rotor(p, first, last)
    gibbs = lambda B, beta: (-beta * B * qt.sigmaz()).expm().unit()
    rho0 = qt.tensor(gibbs(p["B1"], p["β1"]), gibbs(p["B2"], p["β2"]), qt.fock_dm(last - first + 1, -first))
    result = qt.mesolve(H, rho0, [0] + request["times"], [c for jumps in baths.values() for c in jumps], e_ops=[L],
                        options={"atol": 1e-10, "rtol": 1e-8, "nsteps": 100_000_000})
    return {"seconds": time.perf_counter() - start, "numbers": [list(np.real(result.expect[0][1:]))]}


def bloch_redfield(request: dict) -> dict:
    """Bloch-Redfield tensor of the rotor model with Hermitian couplings, full secular, and its steady state; means."""
    p, Ω = request["parameters"], request["cutoff"]
    start = time.perf_counter()
    H, _, _, _, L = rotor(p, *request["window"])
    dims = H.dims[0]
    place = lambda op, k: qt.tensor([op if j == k else qt.qeye(d) for j, d in enumerate(dims)])

    def spectrum(beta):
        return lambda w: p["g"]**2 * (1 / beta if w == 0 else w * Ω**2 / (w**2 + Ω**2) / -np.expm1(-beta * w))

    couplings = [[place(qt.sigmax(), k), spectrum(p[beta])] for k, beta in enumerate(["β1", "β2"])]
    R = qt.bloch_redfield_tensor(H, couplings, sec_cutoff=1e-9, fock_basis=True)
    rho = qt.steadystate(R, method="direct", solver="solve")
    means = [qt.expect(x, rho) for x in (L, place(qt.sigmaz(), 0), place(qt.sigmaz(), 1))]
    return {"seconds": time.perf_counter() - start, "numbers": [means]}


def report(H, H0, baths: dict) -> tuple:
    """steadystate, direct, with the heat and the work of each bath."""
    rho = qt.steadystate(H, [c for jumps in baths.values() for c in jumps], method="direct")
    d = [dissipate(jumps, rho) for jumps in baths.values()]
    return rho, [(H0 * x).tr().real for x in d], [((H - H0) * x).tr().real for x in d]


def kerr(request: dict) -> dict:
    """A driven pair of Kerr oscillators."""
    n = request["levels"]
    start = time.perf_counter()
    a = qt.tensor(qt.destroy(n), qt.qeye(n)).to("CSR")
    b = qt.tensor(qt.qeye(n), qt.destroy(n)).to("CSR")
    na, nb = a.dag() * a, b.dag() * b
    H0 = 0.3 * na + 0.5 * nb
    H = H0 + 0.5 * (na * na - na) + 0.4 * (nb * nb - nb) + 0.6 * (a + a.dag()) + 0.2 * (b + b.dag())
    H = H + 0.3 * (a.dag() * b + a * b.dag())
    baths = {"left": [np.sqrt(0.3) * a, np.sqrt(0.05) * a.dag()], "right": [np.sqrt(0.2) * b]}
    rho, heat, work = report(H, H0, baths)
    numbers = [qt.expect(na, rho), qt.expect(nb, rho), heat[0], work[0], heat[1], work[1]]
    return {"seconds": time.perf_counter() - start, "numbers": [numbers]}


def chain(request: dict) -> dict:
    """A boundary-driven XXZ chain in a tilted field."""
    N = request["spins"]
    start = time.perf_counter()
    on = lambda op, j: qt.tensor([op if k == j else qt.qeye(2) for k in range(N)]).to("CSR")
    s = {name: [on(op, j) for j in range(N)]
         for name, op in {"x": qt.sigmax(), "y": qt.sigmay(), "z": qt.sigmaz(), "-": qt.sigmam()}.items()}
    H0 = sum((1 + 0.1 * j) * s["z"][j] for j in range(N))
    H = H0 + sum(0.3 * s["x"][j] for j in range(N))
    for j in range(N - 1):
        H = H + 0.2 * (s["x"][j] * s["x"][j + 1] + s["y"][j] * s["y"][j + 1] + 0.5 * s["z"][j] * s["z"][j + 1])

    def thermal(j, temperature):
        n = 1 / np.expm1(2 * (1 + 0.1 * j) / temperature)
        return [np.sqrt(0.05 * (n + 1)) * s["-"][j], np.sqrt(0.05 * n) * s["-"][j].dag()]

    rho, heat, work = report(H, H0, {"left": thermal(0, 2), "right": thermal(N - 1, 0.5)})
    return {"seconds": time.perf_counter() - start, "numbers": [[*heat, *work, qt.entropy_vn(rho)]]}


WORKS = {"sweep": sweep, "evolution": evolution, "bloch_redfield": bloch_redfield, "kerr": kerr, "chain": chain}

if __name__ == "__main__":
    asked = json.load(sys.stdin)
    busy = time.process_time()
    answer = WORKS[asked["work"]](asked)
    json.dump({**answer, **({"processorSeconds": time.process_time() - busy} if asked.get("busy") else {})}, sys.stdout)

#!/usr/bin/env python3
"""R(D) of Gaussian vectors and processes by bisection of the water level, 25 digits, by mpmath.

Writes gaussian-vectors.json beside itself.

Independent of the package's method: no sorting, no closed form in the number of active coefficients, eigenvalues by mpmath's Jacobi
sweeps on the covariance itself, the process by Gauss-Legendre quadrature of its spectral density.
"""
import json
import pathlib

from mpmath import cos, eigsy, findroot, log, matrix, mp, mpf, nstr, pi, quad

mp.dps = 40


def level(spectrum, distortion):
    """The level of a distortion, by bisection."""
    low, high = mpf(0), max(spectrum)
    for _ in range(140):
        middle = (low + high) / 2
        if sum(min(middle, v) for v in spectrum) < distortion:
            low = middle
        else:
            high = middle
    return low


def rate(spectrum, distortion):
    """R(D) in bits."""
    theta = level(spectrum, distortion)
    return sum(log(v / theta) for v in spectrum if v > theta) / (2 * log(2))


def markov(rho, n):
    """Eigenvalues of rho^|i - j|, in decreasing order."""
    a = matrix(n, n)
    for i in range(n):
        for j in range(n):
            a[i, j] = rho ** abs(i - j)
    return sorted(eigsy(a, eigvals_only=True), reverse=True)


def process(rho, w):
    """D and R of the level S(w)."""
    density = lambda v: (1 - rho * rho) / (1 - 2 * rho * cos(v) + rho * rho)
    theta = density(w)
    parts = 12
    tail = quad(density, [w + (pi - w) * k / parts for k in range(parts + 1)])
    body = quad(lambda v: log(density(v) / theta), [w * k / parts for k in range(parts + 1)])
    return (w * theta + tail) / pi, body / (2 * pi * log(2))


digits = lambda x: nstr(x, 25)
# Doubles, as the program reads them.
vectors = [[4.0, 1.0, 0.25], [1e-6, 3.5, 3.5, 1e5], [0.1] * 7, [2.0 ** -k for k in range(40)]]
fill = []
for values in vectors:
    spectrum = [mpf(v) for v in values]
    for share in [0.999, 0.7, 0.25, 0.03125, 1e-4, 1e-9]:
        d = float(sum(spectrum) * mpf(share))
        fill.append({"variances": values, "distortion": d, "rate": digits(rate(spectrum, mpf(d)))})
samples = []
for rho, n in [(0.9, 8), (-0.5, 5), (0.99, 16), (0.3, 2)]:
    spectrum = markov(mpf(rho), n)
    samples.append({
        "correlation": rho, "length": n, "eigenvalues": [digits(v) for v in spectrum],
        "rates": [
            {"distortion": d, "rate": digits(rate(spectrum, mpf(d)))} for d in [0.95 * n, 0.5 * n, 0.01 * n, 1e-6]]})
endless = []
for rho in [0.9, 0.5, -0.9, 0.99]:
    for share in [0.05, 0.2, 0.5, 0.8]:
        # The level of a place; the distortion is then rounded, and the place found again for it.
        r = abs(mpf(rho))
        d = float(process(r, mpf(share) * pi)[0])
        w = findroot(lambda w: process(r, w)[0] - mpf(d), mpf(share) * pi)
        endless.append({"correlation": rho, "distortion": d, "rate": digits(process(r, w)[1])})
here = pathlib.Path(__file__).parent
(here / "gaussian-vectors.json").write_text(
    json.dumps({"vectors": fill, "samples": samples, "processes": endless}, indent=1) + "\n")

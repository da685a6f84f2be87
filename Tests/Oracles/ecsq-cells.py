#!/usr/bin/env python3
"""Probability, centroid and distortion of cells of the scalar sources, 30 digits, by mpmath's tanh-sinh quadrature.

Independent of the package: no series, no closed form, only the densities. Writes ecsq-cells.json beside itself.
"""
import json
import pathlib

from mpmath import mp, mpf, quad, exp, sqrt, pi, inf, nstr

mp.dps = 60

DENSITIES = {
    "gaussian": lambda x: exp(-x * x / 2) / sqrt(2 * pi),
    "laplace": lambda x: exp(-abs(x)) / 2,
    "exponential": lambda x: exp(-x),
    "logistic": lambda x: exp(-abs(x)) / (1 + exp(-abs(x))) ** 2,
    "uniform": lambda x: mpf(1),
}
SUPPORT = {
    "gaussian": (-inf, inf), "laplace": (-inf, inf), "exponential": (0, inf), "logistic": (-inf, inf),
    "uniform": (-0.5, 0.5),
}
POINTS = {
    "gaussian": [0, 0.3, -1.7, 3.1, 8.25, -5.5, 20.0],
    "laplace": [0, 0.3, -1.7, 3.1, 8.25, 40.0],
    "exponential": [0, 0.3, 3.1, 8.25, 40.0],
    "logistic": [0, 0.3, -1.7, 3.1, 8.25, 40.0],
    "uniform": [-0.5, -0.25, 0.125],
}
WIDTHS = [2.0**-12, 0.01, 0.1, 0.7, 2.3, 9.0, inf]


def integral(f, a, b):
    cuts = [a]
    if a < 0 < b:
        cuts.append(mpf(0))
    if b == inf:
        start = max(a, mpf(0))
        cuts += [start + d for d in (mpf("0.02"), mpf("0.1"), mpf("0.5"), 2, 6, 16, 40, 120)]
    else:
        n = max(1, int((b - cuts[-1]) / mpf("0.7")))
        start = cuts[-1]
        cuts += [start + (b - start) * i / n for i in range(1, n)]
    return quad(f, cuts + [b])


rows = []
for name, f in DENSITIES.items():
    for a in POINTS[name]:
        for w in WIDTHS:
            b = a + w
            lo, hi = mpf(a), min(mpf(b), mpf(SUPPORT[name][1]))
            if lo >= hi:
                continue
            # The quadrature's error estimate is absolute: integrands are scaled to the size 1.
            unit = f(lo)
            width = min(mpf(w), 1 / (1 + abs(lo)))
            p = unit * width * integral(lambda x: f(x) / unit / width, lo, hi)
            offset = unit * width**2 / p * integral(lambda x: (x - lo) / width**2 * f(x) / unit, lo, hi)
            c = lo + offset
            d = unit * width**3 * integral(lambda x: (x - c) ** 2 / width**3 * f(x) / unit, lo, hi)
            rows.append({
                "source": name, "a": a, "b": "inf" if b == inf else b, "probability": nstr(p, 30),
                "centroid_from_a": nstr(offset, 30), "distortion": nstr(d, 30)})
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]\n")
print(len(rows))

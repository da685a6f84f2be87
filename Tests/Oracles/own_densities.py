#!/usr/bin/env python3
"""Densities given by tables, triangular and raised-cosine ones, and mixtures of three Gaussians: moments and entropies to 25 digits, optimal
scalar quantizers, and points of R(D).

Independent of the package: integrals are mpmath's quadrature of the densities' definitions. Optimal entropy-constrained quantizers
are the best on a grid of thresholds, by dynamic programming, which costs some 1e-5 of what they cost; R(D) is Blahut's iteration on a fine grid, good to
about 1e-5 bits. Writes own-densities.json beside itself; a few minutes.
"""
import json
import pathlib
import random

import numpy as np
from mpmath import mp, mpf, cos, exp, inf, log, nstr, pi, quad, sqrt

mp.dps = 40

# Points, values, whether the logarithm is linear between them, rates of the tails.
TABLES = {
    "jump": ([-1, 0.25, 1.5, 2], [0.5, 2, 1, 0], False, (0, 0)),
    "tails": ([-1, 0, 2], [0.125, 1, 0.25], False, (2, 1.5)),
    "logarithmic": ([-1.5, 0.5, 3], [0.0625, 1.25, 0.125], True, (2, 1)),
    "valley": ([-3, -2, 0, 2, 3], [0.125, 1, 0.25, 1.25, 0.375], False, (1, 2)),
    "far": ([18, 25, 40, 60, 90], [0, 3, 2.5, 1, 0], False, (0, 0)),
    "gap": ([-3, -2, -1, 1, 2, 4], [0, 1, 0, 0, 2, 0], False, (0, 0)),
}


class Table:
    def __init__(self, points, values, is_logarithmic, rates):
        self.points, self.values = [mpf(x) for x in points], [mpf(v) for v in values]
        self.is_logarithmic, self.rates = is_logarithmic, [mpf(r) for r in rates]
        self.breaks = ([-inf] if rates[0] else []) + self.points + ([inf] if rates[1] else [])
        self.total = mpf(1)
        self.total = self.integral(lambda x: 1)

    def __call__(self, x):
        xs, vs = self.points, self.values
        if x < xs[0]:
            return vs[0] * exp(self.rates[0] * (x - xs[0])) / self.total if self.rates[0] else mpf(0)
        if x > xs[-1]:
            return vs[-1] * exp(-self.rates[1] * (x - xs[-1])) / self.total if self.rates[1] else mpf(0)
        k = max(k for k in range(len(xs) - 1) if xs[k] <= x)
        share = (x - xs[k]) / (xs[k + 1] - xs[k])
        if self.is_logarithmic:
            return exp((1 - share) * log(vs[k]) + share * log(vs[k + 1])) / self.total
        return ((1 - share) * vs[k] + share * vs[k + 1]) / self.total

    def integral(self, g, low=-inf, high=inf):
        ends = [max(low, self.breaks[0])] + [b for b in self.breaks if low < b < high and b != self.breaks[0]]
        ends += [min(high, self.breaks[-1])]
        ends = sorted(set(ends))
        return sum(quad(lambda x: g(x) * self(x), [a, b]) for a, b in zip(ends, ends[1:]) if a < b)


class Formula(Table):
    def __init__(self, f, breaks):
        self.f, self.breaks = f, [mpf(b) for b in breaks]

    def __call__(self, x):
        return self.f(x)


DENSITIES = {name: Table(*table) for name, table in TABLES.items()}
DENSITIES["triangular"] = Formula(lambda x: 1 - abs(x), [-1, 0, 1])
DENSITIES["raised-cosine"] = Formula(lambda x: cos(pi * x / 2) ** 2, [-1, 0, 1])


def text(x):
    return nstr(mpf(x), 25, strip_zeros=False, min_fixed=-5, max_fixed=30)


def facts(f):
    mean = f.integral(lambda x: x)
    return {
        "mean": text(mean), "variance": text(f.integral(lambda x: (x - mean) ** 2)),
        "entropy": text(f.integral(lambda x: -log(f(x)) if f(x) > 0 else 0)),
    }


def cells(name, f):
    rng = random.Random(name)
    low = -4 if f.breaks[0] == -inf else float(f.breaks[0])
    high = 5 if f.breaks[-1] == inf else float(f.breaks[-1])
    rows = []
    for k in range(12):
        a, b = sorted(round(rng.uniform(low, high) * 64) / 64 for _ in range(2))
        if k >= 9:
            b = a + 1 / 1024
        if k == 8 and f.breaks[-1] == inf:
            b = inf
        if not a < b:
            continue
        p = f.integral(lambda x: 1, a, b)
        if p == 0:
            continue
        c = f.integral(lambda x: x - a, a, b) / p
        d = f.integral(lambda x: (x - a - c) ** 2, a, b)
        rows.append({"a": a, "b": "inf" if b == inf else b, "probability": text(p), "centroid_from_a": text(c), "distortion": text(d)})
    return rows


def grid_of(f, count):
    low = -14.0 if f.breaks[0] == -inf else float(f.breaks[0])
    high = 14.0 if f.breaks[-1] == inf else float(f.breaks[-1])
    edges = np.linspace(low, high, count + 1)
    x = (edges[1:] + edges[:-1]) / 2
    mass = np.array([float(f(mpf(t))) for t in x]) * (edges[1] - edges[0])
    return edges, x, mass / mass.sum()


def optimum(f, mu):
    """The cost D + mu H of the best interval quantizer with thresholds on a grid of 2,800 steps, by dynamic programming."""
    edges, x, mass = grid_of(f, 42000)
    sums = np.concatenate([[[0, 0, 0]], np.cumsum(np.array([mass, mass * x, mass * x * x]).T, axis=0)])[::15]
    nodes = edges[::15]
    value, following = np.zeros(len(nodes)), np.zeros(len(nodes), dtype=int)
    for i in range(len(nodes) - 2, -1, -1):
        p, first, second = (sums[i + 1:, k] - sums[i, k] for k in range(3))
        safe = np.maximum(p, 1e-300)
        cost = np.maximum(second - first ** 2 / safe, 0) - mu * p * np.log(safe) + value[i + 1:]
        j = int(np.argmin(cost))
        value[i], following[i] = cost[j], i + 1 + j
    thresholds, i = [], following[0]
    while i < len(nodes) - 1:
        thresholds.append(nodes[i])
        i = following[i]
    best = (value[0], thresholds)
    # A threshold beyond the support is none.
    ends = [f.breaks[0]] + [mpf(float(t)) for t in best[1] if edges[0] < t < edges[-1]] + [f.breaks[-1]]
    total = mpf(0)
    for a, b in zip(ends, ends[1:]):
        p = f.integral(lambda x: 1, a, b)
        if p < mpf(10) ** -15:
            continue
        c = f.integral(lambda x: x, a, b) / p
        total += f.integral(lambda x: (x - c) ** 2, a, b) - mpf(mu) * p * log(p)
    return float(total)


def shannon(f, slope):
    """A point of R(D), in nats, by Blahut's iteration."""
    _, x, mass = grid_of(f, 1500)
    y = np.linspace(x[0], x[-1], 601)
    kernel = np.exp(-slope * (x[:, None] - y[None, :]) ** 2)
    q = np.full(len(y), 1 / len(y))
    for _ in range(6000):
        z = kernel @ q
        q = q * (kernel.T @ (mass / z))
    z = kernel @ q
    channel = kernel * q / z[:, None]
    distortion = (mass[:, None] * channel * (x[:, None] - y[None, :]) ** 2).sum()
    return distortion, -(mass * np.log(z)).sum() - slope * distortion


def mixture():
    weights, means, deviations = [2, 3, 5], [-2, 0, 3], [0.5, 1, 0.75]
    parts = [(mpf(w) / 10, mpf(m), mpf(s)) for w, m, s in zip(weights, means, deviations)]

    def f(x):
        return sum(w * exp(-((x - m) / s) ** 2 / 2) / (s * sqrt(2 * pi)) for w, m, s in parts)

    mean = sum(w * m for w, m, _ in parts)
    return {
        "weights": weights, "means": means, "deviations": deviations,
        "entropy": text(quad(lambda x: -f(x) * log(f(x)), [-20, -8, -4, -2, -1, 0, 1, 2, 3, 4, 8, 20])),
        "variance": text(sum(w * (s * s + (m - mean) ** 2) for w, m, s in parts)),
    }


def main():
    result = {"densities": [], "mixture": mixture()}
    for name, f in DENSITIES.items():
        row = {"name": name, **facts(f), "cells": cells(name, f), "quantizers": [], "shannon": []}
        if name in TABLES:
            points, values, is_logarithmic, rates = TABLES[name]
            row |= {"points": points, "values": values, "is_logarithmic": is_logarithmic, "rates": list(rates)}
        variance = float(mpf(row["variance"]))
        for share in [0.25, 0.08]:
            row["quantizers"].append({"mu": share * variance, "cost": optimum(f, share * variance)})
        for product in [1.5, 6]:
            distortion, nats = shannon(f, product / variance)
            row["shannon"].append({"distortion": distortion, "bits": nats / float(log(2))})
        result["densities"].append(row)
        print(name, row["quantizers"], row["shannon"], flush=True)
    pathlib.Path(__file__).with_name("own-densities.json").write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Entropy and distortion of lattices in the plane, 20 digits, by Gauss-Legendre sums in mpmath over the first coordinate.

Independent of the package: given the first coordinate the second is Gaussian, so that a cell's probability and moments are integrals of
normal distribution functions between its lower and upper border; and D = E|X|^2 - sum of |m|^2/p with moments about the origin. Writes
lattice-cells.json beside itself.
"""
import json
import pathlib

from mpmath import mp, mpf, cos, erfc, exp, sqrt, pi, log, legendre, nstr, floor, ceil

mp.dps = 30
REACH = mpf(11)
SOURCES = {"banana": (mpf(3), mpf(1) / 2, mpf(1) / 10), "gaussian-2": (mpf(1), mpf(1), mpf(0))}
CASES = [
    ("banana", "square", 3.0, (0.0, 0.0)), ("banana", "square", 1.25, (0.5, 0.25)),
    ("banana", "hexagonal", 3.0, (0.0, 0.0)), ("banana", "hexagonal", 1.5, (0.25, 0.5)),
    ("banana", "hexagonal", 8.0, (0.5, 0.25)),
    ("gaussian-2", "hexagonal", 1.0, (0.0, 0.0)), ("gaussian-2", "hexagonal", 2.5, (0.5, 0.125)),
    ("gaussian-2", "square", 1.5, (0.5, 0.25)),
]


def rule(count):
    """Nodes and weights of the Gauss-Legendre rule, by Newton's method."""
    found = []
    for k in range(count):
        x = cos(pi * (k + mpf(3) / 4) / (count + mpf(1) / 2))
        for _ in range(7):
            slope = count * (legendre(count - 1, x) - x * legendre(count, x)) / (1 - x * x)
            x -= legendre(count, x) / slope
        found.append((x, 2 / ((1 - x * x) * slope * slope)))
    return found


RULE = rule(24)


def border(lattice, step, v):
    """Half the height of a cell at v from its point: the nearest point in the plane decides, which is a line between neighbours."""
    return step / 2 if lattice == "square" else (step * step / 2 - abs(v) * step / 2) / (step * sqrt(mpf(3)) / 2)


def cell(source, lattice, step, x0, y0):
    """P, and the first moments of x and y, of a cell around (x0, y0), in eight pieces from corner to corner."""
    s, t, b = SOURCES[source]

    def below(x, y):
        z = (y + b * x * x) / t
        p = erfc(-z / sqrt(mpf(2))) / 2
        return p, -b * x * x * p - t * exp(-z * z / 2) / sqrt(2 * pi)

    sums, half = [mpf(0)] * 3, step / 16
    for piece in range(8):
        for node, weight in RULE:
            v = (2 * piece - 7 + node) * half
            x, w = x0 + v, border(lattice, step, v)
            (p, m), (q, n) = below(x, y0 + w), below(x, y0 - w)
            factor = weight * half * exp(-x * x / (2 * s * s)) / (s * sqrt(2 * pi))
            sums = [a + factor * b for a, b in zip(sums, (p - q, x * (p - q), m - n))]
    return sums


def performance(source, lattice, step, offset):
    s, t, b = SOURCES[source]
    step, (u, v) = mpf(step), map(mpf, offset)
    rows = step * (1 if lattice == "square" else sqrt(mpf(3)) / 2)
    entropy, kept, total = mpf(0), mpf(0), mpf(0)
    low, high = -b * (REACH * s) ** 2 - REACH * t - step, REACH * t + step
    mean = -b * s * s
    for row in range(int(floor((low - mean) / rows - 1)), int(ceil((high - mean) / rows + 1))):
        shift = mpf(row % 2) / 2 if lattice == "hexagonal" else mpf(0)
        y = mean + step * v + row * rows
        for column in range(int(-REACH * s / step) - 2, int(REACH * s / step) + 3):
            x = step * (column + shift + u)
            near, far = max(mpf(0), abs(x) - step / 2), abs(x) + step / 2
            if near > REACH * s or y - step > -b * near**2 + REACH * t or y + step < -b * far**2 - REACH * t:
                continue
            p, m, n = cell(source, lattice, step, x, y)
            if p > mpf(10) ** -26:
                entropy -= p * log(p, 2)
                kept += (m * m + n * n) / p
                total += p
    assert abs(total - 1) < mpf(10) ** -22, total
    return entropy, s**2 + t**2 + 3 * b**2 * s**4 - kept


if __name__ == "__main__":
    found = []
    for source, lattice, step, offset in CASES:
        bits, distortion = performance(source, lattice, step, offset)
        found.append({"source": source, "lattice": lattice, "step": step, "offset": offset, "bits": nstr(bits, 20),
                      "distortion": nstr(distortion, 20)})
        print(found[-1], flush=True)
    path = pathlib.Path(__file__).with_name("lattice-cells.json")
    path.write_text(json.dumps(found, indent=1) + "\n")

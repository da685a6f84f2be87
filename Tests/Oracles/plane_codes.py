"""Oracle for codes of the plane: entropy and distortion of rectangular cells, computed another way.

The sources are the public trainer's banana, whose density at x is N(v_0; 0, 9) N(v_1 + v_0^2/10; 0, 1/4) with v = R (x + (1, 1)), R a
turn by 240 degrees, and two independent N(0, 2). The cells are rectangles between lines parallel to the axes, of which the outermost go
on for ever; the symbols of some are the same.

Method: Gauss-Legendre panels of 16 nodes in x (the program expands the density in Taylor series), at two widths that must agree to
1e-12. Errors: below 1e-11.

    python3 plane_codes.py > plane-codes.json
"""

import json

import numpy as np

C, S = np.cos(np.radians(240)), np.sin(np.radians(240))


def banana(x, y):
    u, w = x + 1, y + 1
    v0, v1 = C * u - S * w, S * u + C * w
    z0, z1 = v0 / 3, (v1 + v0 * v0 / 10) / 0.5
    return np.exp(-(z0 * z0 + z1 * z1) / 2) / (2 * np.pi * 1.5)


def gaussian(x, y):
    return np.exp(-(x * x + y * y) / 4) / (4 * np.pi)


CODES = [
    ("banana", banana, (-12, 45), [-0.5, 2.0], [-1.0, 1.5, 4.0], [0, 0, 1, 2, 3, 1, 4, 2, 5, 6, 5, 7]),
    ("banana", banana, (-12, 45), [-1.25, 0.25, 6.0], [0.5], [0, 1, 2, 3, 4, 5, 1, 0]),
    ("gaussian", gaussian, (-14, 14), [-1.0, 0.3, 2.0], [-0.25, 1.0], [0, 1, 2, 0, 3, 4, 5, 6, 1, 7, 8, 9]),
]


def panels(low, high, width):
    count = int(np.ceil((high - low) / width))
    x, w = np.polynomial.legendre.leggauss(16)
    ends = np.linspace(low, high, count + 1)
    half = (ends[1] - ends[0]) / 2
    return ((ends[1:] + ends[:-1])[:, None] / 2 + half * x).ravel(), np.tile(half * w, count)


def evaluate(density, reach, first, second, symbols, width):
    xs, ys = [reach[0], *first, reach[1]], [reach[0], *second, reach[1]]
    moments = np.zeros((max(symbols) + 1, 4))
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            x, a = panels(xs[column], xs[column + 1], width)
            y, b = panels(ys[row], ys[row + 1], width)
            f = density(x[None, :], y[:, None]) * a[None, :] * b[:, None]
            moments[symbols[row * (len(xs) - 1) + column]] += [
                f.sum(), (f * x[None, :]).sum(), (f * y[:, None]).sum(), (f * (x[None, :] ** 2 + y[:, None] ** 2)).sum()]
    p, m0, m1, square = moments.T
    entropy = -(p * np.log2(p)).sum()
    centroids = (square - (m0**2 + m1**2) / p).sum()
    return np.array([entropy, centroids, square.sum(), *p])


values = []
for name, density, reach, first, second, symbols in CODES:
    coarse = evaluate(density, reach, first, second, symbols, 0.5)
    fine = evaluate(density, reach, first, second, symbols, 0.3)
    assert abs(coarse - fine).max() < 1e-11, abs(coarse - fine).max()
    assert abs(fine[3:].sum() - 1) < 1e-11
    values.append({
        "source": name, "first": first, "second": second, "symbols": symbols, "entropy_bits": fine[0],
        "distortion_with_centroids": fine[1], "distortion_about_0": fine[2]})
print(json.dumps(values, indent=1))

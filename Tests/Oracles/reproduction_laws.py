#!/usr/bin/env python3
"""What reproduction laws on the line prove, at 30 digits: integrals over an interval, the supremum of the dual, and tails.

For a law and a slope beta, Z(x) = sum of w exp(-beta (x - y)^2) and f the source's density, over [low, high]:

  expectation   integral of -f log Z
  exponent      integral of f times the posterior mean of beta (x - y)^2
  probability   integral of f
  square        integral of f x^2
  supremum      the largest value over y of the integral of f(x)/Z(x) exp(-beta (x - y)^2), and where it is

and beyond high, for laws that end in a row, `tailExpectation` and `tailExponent`, the first two over [high, infinity).

The laws are made up: they are not optimal, and nothing of the package is used. Integrals are composite Gauss-Legendre rules of
mpmath on pieces of half a kernel width, at 30 digits; the supremum is the best of a grid of a twentieth of a kernel width, then
golden sections.

    python3 reproduction_laws.py > reproduction-laws.json        (two minutes)
"""
import json
import mpmath as mp

mp.mp.dps = 30


def legendre(n):
    """Nodes and weights of the Gauss-Legendre rule, by Newton's method."""
    rule = []
    for i in range(1, n + 1):
        x = mp.cos(mp.pi * (mp.mpf(i) - mp.mpf(1) / 4) / (n + mp.mpf(1) / 2))
        for _ in range(8):
            x -= mp.legendre(n, x) * (x * x - 1) / (n * (x * mp.legendre(n, x) - mp.legendre(n - 1, x)))
        slope = n * (x * mp.legendre(n, x) - mp.legendre(n - 1, x)) / (x * x - 1)
        rule.append((x, 2 / ((1 - x * x) * slope * slope)))
    return rule


RULE = legendre(24)

DENSITIES = {
    "laplace": (lambda x: mp.exp(-abs(x)) / 2, [0]),
    "exponential": (lambda x: mp.exp(-x), [0]),
    "uniform": (lambda x: mp.mpf(1), []),
    "logistic": (lambda x: 1 / (2 * (mp.cosh(x) + 1)), []),
    # 0.3 N(1, 0.05) + 0.7 N(-1, 0.3), parameters as doubles.
    "mixture": (
        lambda x: sum(
            mp.mpf(w) * mp.exp(-(x - m) ** 2 / (2 * mp.mpf(v))) / mp.sqrt(2 * mp.pi * mp.mpf(v))
            for w, m, v in ((0.3, 1, 0.05), (1 - mp.mpf(0.3), -1, 0.3))
        ),
        [],
    ),
}

# source, slope, atoms, weights, row (first, spacing, weight) or None, low, high; all are doubles. Every atom of a symmetric
# source's law but 0 stands for itself and its mirror image.
LAWS = [
    ("laplace", 1.2, [0, 1.3, 2.9, 5.0, 8.0], [0.5, 0.3, 0.15, 0.04, 0.01], None, 0, 9.0),
    ("laplace", 0.2, [0.75], [1.0], None, 0, 6.0),
    ("laplace", 30.0, [0, 0.15, 0.3, 0.5], [0.1, 0.1, 0.125, 0.125], (0.625, 0.125, 0.55), 0, 2.25),
    ("exponential", 4.0, [0.1, 0.8, 1.7, 3.0, 5.0, 8.0], [0.3, 0.3, 0.2, 0.12, 0.07, 0.01], None, 0, 9.0),
    ("exponential", 64.0, [0.02, 0.14, 0.28], [0.12, 0.1, 0.12], (0.375, 0.0625, 0.66), 0, 1.5),
    ("uniform", 40.0, [0.05, 0.3], [0.6, 0.4], None, 0, 0.5),
    ("uniform", 3000.0, [0.01, 0.04, 0.08, 0.13, 0.19, 0.24, 0.3, 0.36, 0.43, 0.49], [0.1] * 10, None, 0, 0.5),
    ("logistic", 0.5, [0, 1.5, 3.0, 5.0, 8.0, 12.0, 17.0], [0.4, 0.3, 0.2, 0.08, 0.018, 0.0019, 0.0001], None, 0, 18.0),
    ("mixture", 1.8, [-1.2, -0.6, 1.1], [0.4, 0.32, 0.28], None, -3.5, 2.0),
]
SYMMETRIC = {"laplace", "uniform", "logistic"}


def written_out(source, points, weights, row, decay, end):
    atoms = [(mp.mpf(y), mp.mpf(w)) for y, w in zip(points, weights)]
    if row:
        first, spacing, weight = map(mp.mpf, row)
        share = 1 - mp.exp(-decay * spacing)
        k = 0
        while first + k * spacing <= end:
            atoms.append((first + k * spacing, weight * share * mp.exp(-decay * k * spacing)))
            k += 1
    if source in SYMMETRIC:
        atoms = [a for y, w in atoms for a in ([(y, w)] if y == 0 else [(y, w / 2), (-y, w / 2)])]
    return sorted(atoms)


def integrals(density, atoms, beta, low, high):
    width = 1 / mp.sqrt(2 * beta)
    pieces = int(mp.ceil((high - low) / (width / 2)))
    nodes = []
    for p in range(pieces):
        a, b = low + (high - low) * p / pieces, low + (high - low) * (p + 1) / pieces
        nodes += [((a + b) / 2 + (b - a) / 2 * x, (b - a) / 2 * w) for x, w in RULE]
    result = dict(expectation=mp.mpf(0), exponent=mp.mpf(0), probability=mp.mpf(0), square=mp.mpf(0))
    ratios = []
    for x, w in nodes:
        mass = w * density(x)
        kernels = [(weight * mp.exp(-beta * (x - y) ** 2), beta * (x - y) ** 2) for y, weight in atoms]
        z = sum(k for k, _ in kernels)
        result["expectation"] -= mass * mp.log(z)
        result["exponent"] += mass * sum(k * e for k, e in kernels) / z
        result["probability"] += mass
        result["square"] += mass * x * x
        ratios.append((x, mass / z))
    return result, ratios


def supremum(ratios, beta, low, high, mirrored):
    def g(y):
        total = mp.mpf(0)
        for x, r in ratios:
            if abs(x - y) * mp.sqrt(2 * beta) < 13:
                total += r * mp.exp(-beta * (x - y) ** 2)
            if mirrored and abs(x + y) * mp.sqrt(2 * beta) < 13:
                total += r * mp.exp(-beta * (x + y) ** 2)
        return total

    step = 1 / mp.sqrt(2 * beta) / 10
    count = int(mp.ceil((high - low) / step))
    values = [(g(low + k * step), k) for k in range(count + 1)]
    best = max(values)
    a, b = max(low, low + (best[1] - 1) * step), min(high, low + (best[1] + 1) * step)
    ratio = (mp.sqrt(5) - 1) / 2
    c, d = b - ratio * (b - a), a + ratio * (b - a)
    gc, gd = g(c), g(d)
    while b - a > step * mp.mpf(10) ** -11:
        if gc > gd:
            b, d, gd = d, c, gc
            c = b - ratio * (b - a)
            gc = g(c)
        else:
            a, c, gc = c, d, gd
            d = a + ratio * (b - a)
            gd = g(d)
    return max([(gc, c), (gd, d), (g(low), low), (g(high), high), (best[0], low + best[1] * step)])


def main():
    rows = []
    for source, slope, points, weights, row, low, high in LAWS:
        density, _ = DENSITIES[source]
        beta, decay = mp.mpf(slope), mp.mpf(1)
        low_, high_ = mp.mpf(low), mp.mpf(high)
        width = 1 / mp.sqrt(2 * beta)
        atoms = written_out(source, points, weights, row, decay, high_ + 80 * width)
        result, ratios = integrals(density, atoms, beta, low_, high_)
        mirrored = source in SYMMETRIC
        if mirrored:
            result = {k: 2 * v for k, v in result.items()}
        value, place = supremum(ratios, beta, low_, high_, mirrored)
        entry = dict(
            source=source, slope=slope, points=points, weights=weights, row=row, low=low, high=high,
            supremum=mp.nstr(value, 20), place=mp.nstr(place, 10), **{k: mp.nstr(v, 20) for k, v in result.items()},
        )
        if row:
            tail, _ = integrals(density, atoms, beta, high_, high_ + 50 * width)
            # Beyond 50 widths more all but exp(-50 width) of a tail's share is gone; the rest follows from memorylessness:
            # the row is periodic, so that both integrals' rest is the last spacing's, summed geometrically.
            spacing = mp.mpf(row[1])
            end = high_ + 50 * width
            last, _ = integrals(density, atoms, beta, end, end + spacing)
            q = mp.exp(-decay * spacing)
            # -log Z grows by decay * spacing a period.
            rest = last["expectation"] / (1 - q) + decay * spacing * last["probability"] * q / (1 - q) ** 2
            factor = 2 if mirrored else 1
            entry["tailExpectation"] = mp.nstr(factor * (tail["expectation"] + rest), 20)
            entry["tailExponent"] = mp.nstr(factor * (tail["exponent"] + last["exponent"] / (1 - q)), 20)
        rows.append(entry)
    print(json.dumps(dict(laws=rows), indent=1))


main()

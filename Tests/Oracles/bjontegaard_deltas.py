#!/usr/bin/env python3
"""Bjontegaard deltas by other people's code, and against curves by high-precision integrals.

    bjontegaard_deltas.py > bjontegaard-deltas.json

Needs the packages bjontegaard (1.3.0), scipy and mpmath, and a quarter of an hour. Two kinds of cases, all from a seeded generator:

- `series`: two series of points; BD-rate and BD-PSNR as the package `bjontegaard` gives them, with PSNR = -10 log10 D, for
  its three methods. Some series are bent or not monotone in one direction, some have four points, some three or two.
- `curves`: a series of points against the Gaussian's R(D) = 1/2 log2(1/D) and the ramp's E(D) (K equal cells and a smaller
  one). The points are interpolated by SciPy, whose integral is exact; the reference is integrated by mpmath with 30 digits,
  between its corners.
"""

import json
import random
import warnings

import mpmath as mp
import numpy as np
import scipy.interpolate
from bjontegaard import bd_psnr, bd_rate

mp.mp.dps = 30
METHODS = {"akima": 3, "pchip": 2, "cubic": 4}
LOG10_2 = mp.log10(2)


def series(generator, count, variance, offset):
    """Points around a Gaussian's curve, in the order of their rates; both coordinates strictly monotone."""
    rates = sorted(generator.uniform(0.2, 6) for _ in range(count))
    while min([b - a for a, b in zip(rates, rates[1:])], default=1) < 0.05:
        rates = sorted(generator.uniform(0.2, 6) for _ in range(count))
    level, points = 10 * np.log10(variance), []
    previous = 0
    for rate in rates:
        # Between a third and more than all of 6.02 dB a bit: bends in both directions.
        level -= (rate - previous) * generator.uniform(2, 7)
        previous = rate
        points.append((rate, float(10 ** ((level + offset) / 10))))
    return points


def columns(points):
    rates = np.array([r for r, _ in points])
    return rates, np.array([-10 * np.log10(d) for _, d in points])


def delta(test, anchor, method):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        arguments = (*columns(anchor), *columns(test))
        return {
            "bd_rate_percent": float(bd_rate(*arguments, method=method, require_matching_points=False)),
            "bd_distortion_db": -float(bd_psnr(*arguments, method=method, require_matching_points=False)),
        }


def interpolant(method, x, y):
    if method == "akima":
        return scipy.interpolate.Akima1DInterpolator(x, y)
    return scipy.interpolate.PchipInterpolator(x, y)


def ramp_cell(p):
    return p * (2 - p) / 12


def ramp_code(cells, odd):
    q = (1 - odd) / cells
    rate = -(1 - odd) * mp.log(q, 2) - (odd * mp.log(odd, 2) if odd > 0 else 0)
    return rate, (1 - odd) * ramp_cell(q) + odd * ramp_cell(odd)


def ramp_by(value, part):
    """The code whose rate (part 0) or distortion (part 1) is a value."""
    sign = 1 if part == 0 else -1
    cells = 1
    while sign * ramp_code(cells + 1, mp.mpf(0))[part] < sign * value:
        cells += 1
    low, high = mp.mpf(0), mp.mpf(1) / (cells + 1)
    for _ in range(100):
        middle = (low + high) / 2
        if sign * ramp_code(cells, middle)[part] < sign * value:
            low = middle
        else:
            high = middle
    return ramp_code(cells, (low + high) / 2)


def gaussian_log_rate(level):
    return mp.log10(-level / 10 / LOG10_2 / 2)


def gaussian_level(log_rate):
    return -20 * LOG10_2 * mp.mpf(10) ** log_rate


def ramp_log_rate(level):
    return mp.log10(ramp_by(mp.mpf(10) ** (level / 10), 1)[0])


def ramp_level(log_rate):
    return 10 * mp.log10(ramp_by(mp.mpf(10) ** log_rate, 0)[1])


RAMP_CORNERS = [ramp_code(k, mp.mpf(0)) for k in range(2, 70)]
CURVES = {
    "gaussian": (gaussian_log_rate, gaussian_level, []),
    "ramp": (ramp_log_rate, ramp_level, RAMP_CORNERS),
}


def integral(function, low, high, corners):
    places = [mp.mpf(low)] + sorted(c for c in corners if low < c < high) + [mp.mpf(high)]
    return mp.quad(function, places, maxdegree=7)


def against(curve, points, method):
    log_rate, level, corners = CURVES[curve]
    rates, psnr = columns(points)
    levels, logs = -psnr[::-1], np.log10(rates)[::-1]
    own = mp.mpf(float(interpolant(method, levels, logs).integrate(levels[0], levels[-1])))
    exact = integral(log_rate, levels[0], levels[-1], [10 * mp.log10(d) for _, d in corners])
    mean = (own - exact) / (mp.mpf(levels[-1]) - mp.mpf(levels[0]))
    x, y = np.log10(rates), -psnr
    own_level = mp.mpf(float(interpolant(method, x, y).integrate(x[0], x[-1])))
    exact_level = integral(level, x[0], x[-1], [mp.log10(r) for r, _ in corners])
    return {
        "bd_rate_percent": float(100 * (mp.mpf(10) ** mean - 1)),
        "bd_distortion_db": float((own_level - exact_level) / (mp.mpf(x[-1]) - mp.mpf(x[0]))),
    }


def main():
    generator = random.Random(7)
    cases = {"series": [], "curves": []}
    for number in range(60):
        count = [2, 3, 4, 4, 5, 8][number % 6]
        test = series(generator, count, 1.0, generator.uniform(-3, 3))
        anchor = series(generator, count + number % 2, 1.0, 0)
        results = {m: delta(test, anchor, m) for m, least in METHODS.items() if count >= least}
        if any(np.isnan(v) for r in results.values() for v in r.values()):
            continue
        cases["series"].append({"test": test, "anchor": anchor, "results": results})
    for number in range(6):
        curve = ["gaussian", "ramp"][number % 2]
        rates = np.linspace(1.2 + 0.1 * number, 5, 4 + number // 2)
        points = []
        for rate in rates:
            level = CURVES[curve][1](mp.log10(float(rate)))
            # Up to 1.5 dB above the curve.
            points.append((float(rate), float(mp.mpf(10) ** ((level + generator.uniform(0.1, 1.5)) / 10))))
        results = {method: against(curve, points, method) for method in ("akima", "pchip")}
        cases["curves"].append({"curve": curve, "points": points, "results": results})
    lists = [f'"{kind}": [\n' + ",\n".join(json.dumps(c) for c in cases[kind]) + "\n]" for kind in cases]
    print("{" + ",\n".join(lists) + "}")


if __name__ == "__main__":
    main()

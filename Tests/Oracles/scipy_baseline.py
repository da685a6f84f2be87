#!/usr/bin/env python3
"""The speed of a careful script for the circle's two bounds, for comparison with rdbounds-benchmark.

The dual bound by nested bounded minimisation (lambda outside, p inside), the biuniform code by Brent's method for the odd
cell after K is found by trying; both with SciPy. Prints points per second and the largest difference from the closed route.

    pip install numpy scipy
    python3 scipy_baseline.py
"""
import math
import time

import numpy as np
from scipy.optimize import brentq, minimize_scalar


def delta(p):
    return 1 - np.sinc(p) ** 2


def dual(distortion):
    def outer(log_lambda):
        multiplier = math.exp(log_lambda)

        def inner(log_p):
            p = math.exp(log_p)
            return -log_p + multiplier * (delta(p) - distortion)

        found = minimize_scalar(inner, bounds=(-12, math.log(0.55)), method="bounded", options={"xatol": 1e-9})
        return -min(found.fun, multiplier * (1 - distortion))

    found = minimize_scalar(outer, bounds=(0, 22), method="bounded", options={"xatol": 1e-7})
    return -found.fun / math.log(2)


def biuniform(distortion):
    cells = 1
    while delta(1 / (cells + 1)) >= distortion:
        cells += 1

    def excess(odd):
        equal = (1 - odd) / cells
        return (1 - odd) * delta(equal) + odd * delta(odd) - distortion

    odd = brentq(excess, 0, 1 / (cells + 1), xtol=1e-15, rtol=1e-14)
    equal = (1 - odd) / cells
    return -((1 - odd) * math.log2(equal) + (odd * math.log2(odd) if odd > 0 else 0))


if __name__ == "__main__":
    points = [0.9 * 0.97**k for k in range(200)]
    start = time.perf_counter()
    values = [(dual(d), biuniform(d)) for d in points]
    seconds = time.perf_counter() - start
    print(f"both bounds of the circle: {len(points) / seconds:.0f} points a second")
    print("first and last:", values[0], values[-1])

#!/usr/bin/env python3
"""Reference values of the Shannon limits: sphere, reverse water-filling, ramp, sawbridge.

    python3 shannon_limits.py --write shannon-limits.json

Inputs are exact binary doubles (their repr is written), outputs 30 significant digits, all
computed at 50 digits or more. Nothing is shared with the Swift code:

- sphere: mpmath's besseli, and D = 1 - A^2 solved for kappa by bisection at 60 digits and more
  (the Swift code uses a power series, a recurrence and an expansion with remainder);
- water-filling: mpmath's psi and loggamma at the water level, itself found by bisection over
  all levels, not over the number of components.
"""

import argparse
import json
import sys

from mpmath import besseli, exp, floor, log, loggamma, mp, mpf, nstr, pi, psi, sqrt

DIGITS = 30


def text(x):
    return nstr(x, DIGITS, strip_zeros=False, min_fixed=1, max_fixed=0)


def bisect(f, low, high):
    """The root of an increasing f, in the logarithm of its argument."""
    low, high = log(mpf(low)), log(mpf(high))
    for _ in range(int(mp.dps * 3.4) + 12):
        middle = (low + high) / 2
        if f(exp(middle)) < 0:
            low = middle
        else:
            high = middle
    return exp((low + high) / 2)


# --- sphere -----------------------------------------------------------------------------


def sphere(n, kappa):
    """(1 - A^2, rate in bits) at concentration kappa."""
    nu = mpf(n) / 2 - 1
    i0, i1 = besseli(nu, kappa), besseli(nu + 1, kappa)
    log_z = loggamma(mpf(n) / 2) + nu * log(2 / kappa) + log(i0)
    a = i1 / i0
    return (1 - a) * (1 + a), (kappa * a - log_z) / log(2)


def sphere_rows():
    at_distortion, at_rate = [], []
    for n, squared_radius in [(2, 1.0), (2, 0.5), (3, 1.0), (4, 1.0), (5, 2.0), (8, 1.0),
                              (17, 1.0), (100, 1.0)]:
        for fraction in [0.999999, 0.99, 0.9, 0.75, 0.6, 0.5, 0.4, 0.25, 0.15, 0.1, 0.05, 0.03,
                         0.02, 0.01, 0.003, 0.001, 1e-4, 1e-6, 1e-9, 1e-13, 1e-18, 1e-24]:
            d = fraction * squared_radius
            if n >= 17 and fraction < 0.01:
                continue
            target = mpf(d) / squared_radius
            mp.dps = 60 + 2 * max(0, int(-log(target) / 2))
            kappa = bisect(lambda k: target - sphere(n, k)[0], mpf(10) ** -8, 10 * n / target)
            rate = sphere(n, kappa)[1]
            at_distortion.append({"dimension": n, "squared_radius": squared_radius,
                                  "distortion": repr(d), "rate": text(rate)})
        for rate in [1e-6, 0.01, 0.1, 0.25, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 7.0,
                     8.0, 10.0, 13.0, 17.0, 25.0, 30.0, 40.0]:
            mp.dps = 60 + (0 if n > 8 else int(1.3 * rate))
            top = mpf(2) ** (2 * rate / (n - 1)) * 100 * n * n
            kappa = bisect(lambda k: sphere(n, k)[1] - mpf(rate), mpf(10) ** -8, top)
            at_rate.append({"dimension": n, "squared_radius": squared_radius,
                            "rate": repr(rate),
                            "distortion": text(squared_radius * sphere(n, kappa)[0])})
    return {"at_distortion": at_distortion, "at_rate": at_rate}


# --- reverse water-filling ----------------------------------------------------------------


def water(process, theta):
    """(D, R in bits) of eigenvalues c/k^2, k >= 1, m of each, at the water level theta."""
    c, m = {"sawbridge": (1 / pi ** 2, 1), "ramp": (1 / (2 * pi) ** 2, 2)}[process]
    count = floor(sqrt(c / theta))
    d = m * (count * theta + c * psi(1, count + 1))
    r = mpf(m) / 2 * (count * log(c / theta) - 2 * loggamma(count + 1)) / log(2)
    return d, r


def water_rows():
    at_distortion, at_rate = [], []
    mp.dps = 60
    for process, most in [("sawbridge", 1 / 6), ("ramp", 1 / 12)]:
        for fraction in [0.9999, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.25, 0.2, 0.15, 0.1, 0.07,
                         0.05, 0.03, 0.02, 0.01, 3e-3, 1e-3, 1e-4, 1e-6, 1e-9, 1e-12, 1e-17]:
            d = fraction * most
            mp.dps = 60 if fraction > 1e-4 else 90
            theta = bisect(lambda t: water(process, t)[0] - mpf(d), mpf(10) ** -40, 1)
            at_distortion.append({"process": process, "distortion": repr(d),
                                  "rate": text(water(process, theta)[1])})
        mp.dps = 60
        for rate in [1e-3, 0.1, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0,
                     10.0, 12.0, 16.0, 20.0, 25.0, 30.0, 40.0, 200.0]:
            theta = bisect(lambda t: mpf(rate) - water(process, t)[1], mpf(10) ** -40, 1)
            at_rate.append({"process": process, "rate": repr(rate),
                            "distortion": text(water(process, theta)[0])})
    return {"at_distortion": at_distortion, "at_rate": at_rate}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", metavar="FILE", help="the file to write; standard output without it")
    arguments = parser.parse_args()
    values = {"sphere": sphere_rows(), "water_filling": water_rows()}
    out = json.dumps(values, indent=1) + "\n"
    if arguments.write:
        with open(arguments.write, "w", encoding="utf-8") as file:
            file.write(out)
    else:
        sys.stdout.write(out)


if __name__ == "__main__":
    main()

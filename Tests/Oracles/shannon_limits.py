#!/usr/bin/env python3
"""Reference values of the Shannon limits: sphere, reverse water-filling, ramp, sawbridge.

    python3 shannon_limits.py --write shannon-limits.json

Inputs are exact binary doubles (their repr is written), outputs 30 significant digits, all
computed at 50 digits or more. Nothing is shared with the Swift code:

- sphere: mpmath's besseli, and D = 1 - A^2 solved for kappa by bisection at 60 digits and more
  (the Swift code uses a power series, a recurrence and an expansion with remainder);
- water-filling: mpmath's psi and loggamma at the water level, itself found by bisection over
  all levels, not over the number of components;
- ramp: the oscillator's period and action by tanh-sinh quadrature of the energy equation at 50
  digits, with the far end in its own variable (the Swift code uses a trapezoidal rule, and a
  boundary layer with Clenshaw-Curtis panels);
- sawbridge, lower bound: the maximum over k of the inequality as it is first derived, by golden
  sections (the Swift code uses the solved form).
"""

import argparse
import json
import sys

from mpmath import (besseli, exp, expm1, floor, log, loggamma, mp, mpf, nstr, pi, psi, quad,
                    sqrt)

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


# --- ramp -------------------------------------------------------------------------------


def ramp(x):
    """(D, R in bits) of the oscillator u'' = 1 - exp(u) of amplitude x.

    In v = (top - u): u'^2/2 = f(v) = L (1 - exp(-v)) - v, 0 <= v <= x; from the other end,
    w = x - v, it is w - L exp(-x) (exp(w) - 1).
    """
    scale = x / -expm1(-x)

    def near(v):
        return -scale * expm1(-v) - v

    def far(w):
        return w - scale * exp(-x) * expm1(w)

    middle = x / 2
    cuts = [mpf(0)] + [c for c in (mpf(1) / 4, 1, 4, 16, 64) if c < middle]
    # v = s^2 and w = s^2 leave integrands without singularities.
    sides = [(near, [sqrt(c) for c in cuts] + [sqrt(middle)]),
             (far, [mpf(0), sqrt(middle) / 2, sqrt(middle)])]
    period, action = mpf(0), mpf(0)
    for f, points in sides:
        period += quad(lambda s: 2 * s / sqrt(f(s * s)) if s else sqrt(4 / slope(f)), points)
        action += quad(lambda s: 2 * s * sqrt(f(s * s)), points)
    period *= sqrt(mpf(2))
    action *= 2 * sqrt(mpf(2))
    energy = scale - log(scale)
    d = mpf(1) / 12 - action / period ** 3
    return d, (1 - energy + 3 * action / (2 * period)) / log(2)


def slope(f):
    """f'(0), for a point of the quadrature at 0."""
    h = mpf(10) ** (-mp.dps // 2)
    return f(h) / h


def ramp_rows():
    at_distortion, at_rate = [], []
    mp.dps = 60
    for d in [0.0833, 0.0825, 0.08, 0.075, 0.07, 0.06, 0.05, 0.042, 0.0416, 0.03, 0.02, 0.01,
              0.006, 0.004, 0.0026, 0.0024, 0.002, 0.001, 3e-4, 1e-4, 1e-6, 1e-9, 1e-13]:
        x = ramp_root(lambda x: mpf(d) - ramp(x)[0], mpf(1) / (4 * mpf(d)))
        at_distortion.append({"process": "ramp", "distortion": repr(d), "rate": text(ramp(x)[1])})
    for rate in [0.001, 0.1, 0.25, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0, 4.5, 5.0, 5.5, 6.0,
                 7.0, 8.0, 10.0, 13.0, 20.0, 30.0, 40.0]:
        x = ramp_root(lambda x: ramp(x)[1] - mpf(rate), exp(mpf(rate) * log(2) + 2) / 4)
        at_rate.append({"process": "ramp", "rate": repr(rate), "distortion": text(ramp(x)[0])})
    return {"at_distortion": at_distortion, "at_rate": at_rate}


def ramp_root(f, near):
    """The root of an increasing f by secants in the logarithm, from a value near or above it."""
    a, b = log(near) + mpf(1) / 100, log(near)
    fa, fb = f(exp(a)), f(exp(b))
    for _ in range(60):
        if fb == fa or abs(b - a) < mpf(10) ** -42:
            break
        step = -fb * (b - a) / (fb - fa)
        step = max(min(step, mpf(1)), mpf(-1))
        a, fa = b, fb
        b = b + step
        fb = f(exp(b))
    return exp(b)


# --- sawbridge, lower bound ---------------------------------------------------------------


def sawbridge_line(k, d):
    """The bound in nats at the parameter k, whatever D."""
    t = (1 - exp(-k)) / (1 + exp(-k))
    return (log(2 * k / t) - 1 - 2 * log(1 + exp(-k)) + k * (1 - t) ** 2 / (2 * t)
            - 2 * k * t * d)


def sawbridge_rows():
    rows = []
    mp.dps = 80
    for d in [0.1666, 0.166, 0.16, 0.15, 0.14, 0.12, 0.1, 0.09, 0.08, 0.07, 0.06, 0.05, 0.04, 0.03,
              0.02, 0.01, 0.005, 0.001, 1e-4, 1e-6, 1e-9, 1e-13]:
        low, high = log(mpf(10) ** -3), log(mpf(10) / d)
        golden = (sqrt(mpf(5)) - 1) / 2
        while high - low > mpf(10) ** -36:
            a, b = high - golden * (high - low), low + golden * (high - low)
            if sawbridge_line(exp(a), mpf(d)) < sawbridge_line(exp(b), mpf(d)):
                low = a
            else:
                high = b
        rate = sawbridge_line(exp((low + high) / 2), mpf(d)) / log(2)
        rows.append({"process": "sawbridge", "distortion": repr(d), "rate": text(rate)})
    return {"at_distortion": rows, "at_rate": []}


def section(name, rows):
    """A part of the file, one row a line."""
    lists = [f'\n  "{key}": [\n   ' + ",\n   ".join(json.dumps(row) for row in value) + "\n  ]"
             for key, value in rows.items()]
    return f'\n "{name}": {{' + ",".join(lists) + "\n }"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", metavar="FILE", help="the file to write; standard output without it")
    arguments = parser.parse_args()
    values = {"sphere": sphere_rows(), "water_filling": water_rows(), "ramp": ramp_rows(),
              "sawbridge_lower_bound": sawbridge_rows()}
    out = "{" + ",".join(section(name, rows) for name, rows in values.items()) + "\n}\n"
    if arguments.write:
        with open(arguments.write, "w", encoding="utf-8") as file:
            file.write(out)
    else:
        sys.stdout.write(out)


if __name__ == "__main__":
    main()

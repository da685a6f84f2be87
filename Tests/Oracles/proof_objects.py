#!/usr/bin/env python3
"""Writes proof-objects.json: values of the inner objects that proofs rest on, at random arguments.

Needs mpmath; shares nothing with the Swift code. Inputs are doubles, written as Python's repr, and taken as the exact
binary numbers that they are. Values are strings of 28 significant digits, rounded to nearest, from sums, closed forms and
quadratures at 50 digits or more. The seed is fixed: the same file every time.

    python3 proof_objects.py > proof-objects.json          (some minutes)
    python3 proof_objects.py cells steps                    (the sections named, for looking at)
"""

import math
import random
import sys

import mpmath
from mpmath import mp, mpf

DIGITS = 28
INFINITY = mpf("inf")


def text(value):
    return mpmath.nstr(value, DIGITS, min_fixed=-5, max_fixed=5)


def value(x):
    """A JSON value: numbers for inputs, strings for outputs."""
    if isinstance(x, mpf):
        return '"' + text(x) + '"'
    if isinstance(x, bool):
        return "true" if x else "false"
    if isinstance(x, str):
        return '"' + x + '"'
    if x is None:
        return "null"
    if isinstance(x, (list, tuple)):
        return "[" + ", ".join(value(y) for y in x) + "]"
    return repr(x)


def scale(rng, low, high):
    """A double, log-uniform."""
    return math.exp(rng.uniform(math.log(low), math.log(high)))


# --- Densities and their cells ----------------------------------------------------------------------------------------


def gaussian(a, b):
    """The integrals of 1, x and x^2 over [a, b]."""
    f = lambda x: mpmath.exp(-x * x / 2) / mpmath.sqrt(2 * mpmath.pi) if abs(x) < INFINITY else mpf(0)
    # The tail on the side where it is small.
    q = lambda x: mpf(0) if x == INFINITY else mpmath.erfc(x / mpmath.sqrt(2)) / 2
    p = q(a) - q(b) if a >= 0 else (q(-b) - q(-a) if b <= 0 else 1 - q(b) - q(-a))
    edge = lambda x: x * f(x) if abs(x) < INFINITY else mpf(0)
    return p, f(a) - f(b), p - (edge(b) - edge(a))


def exponential(a, b):
    a = max(a, mpf(0))
    e = lambda x: mpmath.exp(-x) if x < INFINITY else mpf(0)
    first = lambda x: (x + 1) * e(x) if x < INFINITY else mpf(0)
    second = lambda x: (x * x + 2 * x + 2) * e(x) if x < INFINITY else mpf(0)
    return e(a) - e(b), first(a) - first(b), second(a) - second(b)


def laplace(a, b):
    if b <= 0:
        p, m, s = laplace(-b, -a)
        return p, -m, s
    if a >= 0:
        return tuple(x / 2 for x in exponential(a, b))
    left, right = laplace(-a * 0, -a), laplace(mpf(0), b)
    return left[0] + right[0], right[1] - left[1], left[2] + right[2]


def logistic(a, b):
    if a < 0 < b:
        left, right = logistic(mpf(0), -a), logistic(mpf(0), b)
        return left[0] + right[0], right[1] - left[1], left[2] + right[2]
    if b <= 0:
        p, m, s = logistic(-b, -a)
        return p, -m, s
    # With q = 1/(1 + e^x): the integrals from x to infinity are q, x q + log(1 + e^-x), x^2 q + 2 x log(1 + e^-x) - 2 Li2(-e^-x).

    def beyond(x):
        if x == INFINITY:
            return mpf(0), mpf(0), mpf(0)
        z = mpmath.exp(-x)
        q = z / (1 + z)
        log = mpmath.log1p(z)
        return q, x * q + log, x * x * q + 2 * x * log - 2 * mpmath.polylog(2, -z)

    return tuple(x - y for x, y in zip(beyond(a), beyond(b)))


def uniform(a, b):
    a, b = max(a, mpf(-1) / 2), min(b, mpf(1) / 2)
    return b - a, (b * b - a * a) / 2, (b**3 - a**3) / 3


DENSITIES = {
    "gaussian": (gaussian, -36.0, True),
    "laplace": (laplace, -300.0, True),
    "exponential": (exponential, 0.0, False),
    "logistic": (logistic, -300.0, True),
    "uniform": (uniform, -0.5, True),
}


def moments(name, a, b):
    """p, c and D of a cell, the sums of cancelling terms at as many digits as that takes."""
    with mp.workdps(110):
        p, m, s = DENSITIES[name][0](mpf(a), mpf(b))
        c = m / p
        return +p, +c, s - m * c


def cells(rng):
    for name, (_, least, symmetric) in DENSITIES.items():
        for i in range(60):
            if name == "uniform":
                a = rng.uniform(-0.5, 0.49)
                b = min(0.5, a + scale(rng, 2.0**-14, 1))
            else:
                a = rng.uniform(-6, 6) if i % 3 else -least * rng.uniform(-1 if symmetric else 0, 1)
                if i % 3 == 0 and least == 0:
                    a = rng.uniform(0, 300)
                a = max(a, least)
                b = a + scale(rng, 2.0**-14, 12)
                if i % 10 == 9:
                    b = math.inf
                # Not both in a tail that leaves nothing of the density's own numbers.
                b = b if b == math.inf else min(b, 36.0 if name == "gaussian" else 600.0)
            p, c, d = moments(name, a, b)
            if p < mpf("1e-290"):
                continue
            yield dict(density=name, a=a, b=None if b == math.inf else b, probability=p, centroid_from_a=c - mpf(a), distortion=d)


def steps(rng):
    """Codes of one step, with thresholds as the doubles that (phase + j) * step rounds to; on densities without memory the
    first of them and exact steps from there."""
    for name, (_, least, symmetric) in DENSITIES.items():
        for i in range(24):
            phase = [0.0, 0.5, rng.uniform(0.5, 1), rng.uniform(0.1, 1)][i % 4]
            multiples = i % 3 == 2 and phase > 0
            step = scale(rng, 0.02, 0.4) if name == "uniform" else scale(rng, 0.2, 4)
            if multiples:
                phase = max(phase, 0.5)
            # Cells beyond are one: together they are likelier than 1e-26 nowhere.
            end = 0.5 if name == "uniform" else (12.0 if name == "gaussian" else 60.0)
            thresholds = [phase * step]
            while True:
                j = len(thresholds)
                if name in ("laplace", "exponential"):
                    following = mpf(thresholds[0]) + j * mpf(step)
                else:
                    following = (phase + j) * step
                if following >= end:
                    break
                thresholds.append(following)
            thresholds = [t for t in thresholds if t < end]
            entropy = distortion = mpf(0)
            sides = 2 if symmetric else 1

            def add(a, b, codepoint, weight):
                nonlocal entropy, distortion
                p, c, d = moments(name, a, b)
                if p <= 0:
                    return
                entropy -= weight * p * mpmath.log(p)
                distortion += weight * (d + (p * (c - codepoint) ** 2 if codepoint is not None else 0))

            if phase > 0:
                inner = min(thresholds[0], 0.5) if name == "uniform" else thresholds[0]
                add(-inner if symmetric else 0.0, inner, mpf(0) if multiples else None, 1)
            for j, a in enumerate(thresholds):
                b = thresholds[j + 1] if j + 1 < len(thresholds) else (0.5 if name == "uniform" else mpmath.inf)
                add(a, b, (j + 1) * mpf(step) if multiples else None, sides)
            yield dict(
                density=name, step=step, phase=phase, reproduction="multiples" if multiples else "centroid", entropy=entropy,
                distortion=distortion)


def tails(rng):
    for i in range(200):
        x = rng.uniform(-10.5, 10.5) if i % 2 else (rng.randrange(0, 320) + rng.choice([0.0, 0.5, 0.499, rng.random()])) / 32
        yield dict(at=x, tail=mpmath.erfc(mpf(x) / mpmath.sqrt(2)) / 2)


def normal_cells(rng):
    for i in range(80):
        a = rng.uniform(-8, 8)
        b = a + scale(rng, 1e-4, 10)
        p, c, d = moments("gaussian", a, b)
        yield dict(a=a, b=b, probability=p, centroid=c, distortion=d)


def panels(rng):
    """The integrals over [c - r, c + r] of the density of N(0, spread^2) times h(m) and times S(m)."""
    for i in range(24):
        count = rng.randrange(1, 6)
        thresholds = sorted(rng.uniform(-3, 3) for _ in range(count))
        labels = [k % rng.randrange(2, count + 2) for k in range(count + 1)]
        names = sorted(set(labels))
        labels = [names.index(k) for k in labels]
        center, radius = rng.uniform(-2, 2), [1 / 16, 1 / 8, 1 / 4][i % 3]
        spread = scale(rng, 0.3, 10)

        def averages(m):
            ends = [-INFINITY] + [mpf(t) - m for t in thresholds] + [INFINITY]
            p = [mpf(0)] * len(names)
            s = [mpf(0)] * len(names)
            for k, (a, b) in enumerate(zip(ends, ends[1:])):
                q, first, _ = gaussian(a, b)
                p[labels[k]] += q
                s[labels[k]] += first
            return -sum(q * mpmath.log(q) for q in p), sum(f * f / q for f, q in zip(s, p))

        weight = lambda m: mpmath.exp(-((m / mpf(spread)) ** 2) / 2) / (mpf(spread) * mpmath.sqrt(2 * mpmath.pi))
        low, high = mpf(center) - mpf(radius), mpf(center) + mpf(radius)
        with mp.workdps(40):
            h = mpmath.quad(lambda m: weight(m) * averages(m)[0], [low, (low + high) / 2, high])
            resolved = mpmath.quad(lambda m: weight(m) * averages(m)[1], [low, (low + high) / 2, high])
            at = averages(mpf(center))
        yield dict(
            thresholds=thresholds, labels=labels, center=center, radius=radius, spread=spread, entropy=h, resolved=resolved,
            entropy_at_center=at[0], resolved_at_center=at[1])


# --- One-shot bounds --------------------------------------------------------------------------------------------------

CELL_SOURCES = {
    "ramp": lambda p: p * (2 - p) / 12,
    "circle": lambda p: 1 - mpmath.sinc(mpmath.pi * p) ** 2,
    "sawbridge": lambda p: p / 6,
    "sinusoid": lambda p: (1 - mpmath.sinc(mpmath.pi * p) ** 2) / 2,
    "uniform": lambda p: p * p / 12,
}


def minima(function, low, high, count=400):
    """The least value of a smooth function on a geometric grid of [low, high], each dip polished by golden section."""
    ratio = (mpf(high) / low) ** (mpf(1) / count)
    points = [mpf(low) * ratio**i for i in range(count)] + [mpf(high)]
    values = [function(x) for x in points]
    best = min((values[0], points[0]), (values[-1], points[-1]))
    for i in range(1, count):
        if values[i] <= values[i - 1] and values[i] <= values[i + 1]:
            x = polished(function, points[i - 1], points[i], points[i + 1])
            best = min(best, (function(x), x))
    return best


def polished(function, low, start, high):
    slope = lambda x: mpmath.diff(function, x, h=mpf(10) ** (-mp.dps // 3))
    a, b = mpf(low), mpf(high)
    for _ in range(40):
        middle = (a + b) / 2
        if slope(middle) > 0:
            b = middle
        else:
            a = middle
    try:
        x = mpmath.findroot(slope, ((a + b) / 2, (a + b) / 2 * (1 + mpf(10) ** -9)), solver="secant", tol=mpf(10) ** -40)
        return x if low <= x <= high else (a + b) / 2
    except ValueError:
        return (a + b) / 2


def duals(rng):
    """inf over 0 < p <= 1 of -log2 p + multiplier (delta(p) - D)."""
    with mp.workdps(60):
        for name, delta in CELL_SOURCES.items():
            for _ in range(30):
                multiplier = scale(rng, 0.3, 1e6)
                distortion = float(delta(mpf(1))) * scale(rng, 1e-4, 1)
                function = lambda p: -mpmath.log(p, 2) + mpf(multiplier) * (delta(p) - mpf(distortion))
                least, place = minima(function, mpf(10) ** -9, mpf(1))
                yield dict(source=name, multiplier=multiplier, distortion=distortion, infimum=least, minimiser=place)


def roots(rng):
    """x exp(x) = y, x = a cos x, and log x + a x = 0: one root each."""
    for _ in range(30):
        y = scale(rng, 1e-3, 1e3)
        yield dict(equation="x exp(x) = a", parameter=y, root=mpmath.lambertw(mpf(y)).real)
        a = rng.uniform(0.05, 3)
        yield dict(
            equation="x = a cos(x)", parameter=a,
            root=mpmath.findroot(lambda x: x - mpf(a) * mpmath.cos(x), (mpf(0), mpf("1.5")), solver="anderson"))
        yield dict(equation="log(x) + a x = 0", parameter=a, root=(mpmath.lambertw(mpf(a)) / mpf(a)).real)


def least_values(rng):
    """Minima on an interval, of functions with one dip, several dips, or none inside."""
    for i in range(20):
        a = rng.uniform(0.1, 5)
        yield dict(
            function="x log(x) + a x^2", parameter=a, low=1e-3, high=2.0,
            least=minima(lambda x: x * mpmath.log(x) + mpf(a) * x * x, mpf(1e-3), mpf(2))[0])
        yield dict(
            function="cos(7 x) + a x", parameter=a, low=0.25, high=6.0,
            least=minima(lambda x: mpmath.cos(7 * x) + mpf(a) * x, mpf("0.25"), mpf(6))[0])
        yield dict(
            function="exp(-a x) + x", parameter=a, low=0.125, high=1.0,
            least=minima(lambda x: mpmath.exp(-mpf(a) * x) + x, mpf("0.125"), mpf(1))[0])


# --- Sullivan's quantizers --------------------------------------------------------------------------------------------


def sullivan(rng):
    """mu(w), the least D + mu H of the exponential source, and that of the Laplace source over the middle cell [-b, b]."""
    for _ in range(24):
        step = scale(rng, 2e-3, 12)
        w = mpf(step)
        mu = w * mpmath.coth(w / 2) - 2
        variance = 1 - w * w * mpmath.exp(w) / mpmath.expm1(w) ** 2
        entropy = -mpmath.log(-mpmath.expm1(-w)) + w / mpmath.expm1(w)
        phi = variance + mu * entropy

        def cost(b):
            p, _, s = laplace(mpf(0), b)
            inner = 2 * s - mu * 2 * p * mpmath.log(2 * p)
            q = mpmath.exp(-b) / 2
            return inner + 2 * (q * phi - mu * q * mpmath.log(q))

        # D'(b) by hand: the least over b is where b^2 - delta^2 = mu log(p0/p1).
        delta = 1 - w / mpmath.expm1(w)
        p1 = lambda b: mpmath.exp(-b) * -mpmath.expm1(-w) / 2
        b = mpmath.findroot(
            lambda b: b * b - delta * delta - mu * mpmath.log(-mpmath.expm1(-b) / p1(b)), (w / 2, w), solver="anderson",
            tol=mpf(10) ** -60)
        silent = 2 if mu > 0 else 0
        yield dict(step=step, mu=mu, exponential=phi, laplace=min(cost(b), mpf(silent)), first_threshold=b)


# --- Long blocks ------------------------------------------------------------------------------------------------------


def spectra(rng):
    """lambda_K, the sum of all later ones and sum_{k<=K} log(lambda_k/lambda_K), of c/k^2."""
    places = [1, 2, 3, 5, 17, 31, 32, 33, 100, 1000] + [int(scale(rng, 1, 1e9)) for _ in range(10)] + [10**12]
    for name, multiplicity, c in (("bridge", 1, 1 / mpmath.pi**2), ("ramp", 2, 1 / (2 * mpmath.pi) ** 2)):
        for k in places:
            yield dict(
                spectrum=name, active=float(k), eigenvalue=c / mpf(k) ** 2, tail=multiplicity * c * mpmath.psi(1, k + 1),
                logarithms=2 * (k * mpmath.log(k) - mpmath.loggamma(k + 1)))


def lists(rng):
    for _ in range(12):
        count = rng.randrange(1, 9)
        values = sorted((scale(rng, 1e-3, 1e3) for _ in range(count)), reverse=True)
        k = rng.randrange(1, count + 1)
        exact = [mpf(v) for v in values]
        yield dict(
            eigenvalues=values, active=float(k), total=mpmath.fsum(exact), tail=mpmath.fsum(exact[k:]),
            logarithms=mpmath.fsum(mpmath.log(v / exact[k - 1]) for v in exact[:k]))


def spheres(rng):
    """The mean length A, D = 1 - A^2 and R = kappa A - log Z of the von Mises-Fisher law."""
    for n in (2, 3, 4, 5, 8, 16, 33, 100, 1024):
        for i in range(10):
            kappa = scale(rng, 1e-6, 1e7) if i % 2 else scale(rng, 0.3, 300)
            k = mpf(kappa)
            with mp.workdps(90):
                nu = mpf(n) / 2 - 1
                ratio = mpmath.besseli(nu + 1, k) / mpmath.besseli(nu, k)
                normaliser = mpmath.loggamma(mpf(n) / 2) + nu * mpmath.log(2 / k) + mpmath.log(mpmath.besseli(nu, k))
                length, distortion, rate = +ratio, 1 - ratio**2, k * ratio - normaliser
            yield dict(
                dimension=n, concentration=kappa, mean_length=length, distortion=distortion, rate=rate)


def oscillators(rng):
    """beta, R and D of the ramp's oscillator of an amplitude X, by quadratures of its energy equation."""
    for i in range(24):
        amplitude = [scale(rng, 1e-5, 1), scale(rng, 1, 100), scale(rng, 100, 3e4), scale(rng, 60, 160)][i % 4]
        with mp.workdps(50):
            x = mpf(amplitude)
            top = x / -mpmath.expm1(-x)
            excess = lambda t: top * -mpmath.expm1(-t) - t

            # x = t^2 near 0 and X - t^2 near X, where the radicand has its zeros: both integrands are smooth in t.
            def near(t):
                return excess(t * t)

            def far(t):
                # exp(-x + t^2) - 1 and so on, from X down.
                return t * t - top * mpmath.exp(-x) * mpmath.expm1(t * t)

            middle = x / 2
            cuts = [mpf(0)]
            while cuts[-1] < mpmath.sqrt(middle):
                cuts.append(min(cuts[-1] + max(mpf(1), cuts[-1] / 2), mpmath.sqrt(middle)))
            slope_near, slope_far = top - 1, 1 - top * mpmath.exp(-x)
            period = action = mpf(0)
            for f, slope in ((near, slope_near), (far, slope_far)):
                period += mpmath.quad(lambda t: 2 * t / mpmath.sqrt(f(t)) if t > 0 else 2 / mpmath.sqrt(slope), cuts)
                action += mpmath.quad(lambda t: 2 * t * mpmath.sqrt(f(t)), cuts)
            period, action = mpmath.sqrt(2) * period, 2 * mpmath.sqrt(2) * action  # dJ/dh = P
            energy = top - mpmath.log(top)
            beta = period**2 / 2
            rate = 1 - energy + 3 * action / (2 * period)
            distortion = mpf(1) / 12 - action / period**3
        yield dict(amplitude=amplitude, slope=beta, rate=rate, distortion=distortion)


SECTIONS = {
    "cells": cells, "steps": steps, "tails": tails, "normal_cells": normal_cells, "panels": panels, "duals": duals,
    "roots": roots, "least_values": least_values, "sullivan": sullivan, "spectra": spectra, "lists": lists,
    "spheres": spheres, "oscillators": oscillators,
}


def main():
    mp.dps = 50
    names = sys.argv[1:] or list(SECTIONS)
    blocks = []
    for name in names:
        # A seed of its own each, so that a section does not depend on the others.
        rng = random.Random("proof objects: " + name)
        rows = ["{" + ", ".join(f'"{key}": {value(x)}' for key, x in row.items()) + "}" for row in SECTIONS[name](rng)]
        blocks.append(f'"{name}": [\n' + ",\n".join(rows) + "\n]")
        print(f"{name}: {len(rows)}", file=sys.stderr)
    print("{\n" + ",\n".join(blocks) + "\n}")


if __name__ == "__main__":
    main()

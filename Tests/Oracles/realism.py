#!/usr/bin/env python3
"""Reference values of closed phases and of limits at perfect realism.

    python3 realism.py --write realism.json

Distortions are exact binary doubles (their repr is written), outputs 30 significant digits, computed at 40. Nothing is shared
with the Swift code, which has closed forms for all of it:

- a source is its template, a function of time of period 1, and nothing else: r(t) is the mean of (f(x + t) - f(x))^2 by
  quadrature between the template's corners, interpolated by no one;
- behind a filter: the powers of the harmonics times its squared transfer function, summed by Bernoulli polynomials for a box, term by
  term for a Gaussian;
- cells: delta(p) and the mean distance from the centre by quadrature of r;
- E(D) at D: the code of K equal cells and a smaller one with that distortion, by regula falsi, for the K that fits;
- realism-shared: the lower convex hull of (c(1/K), log2 K) over K <= 80, by gift wrapping;
- oscillating: R(D) of the square wave, by quadrature of the energy of the oscillator that its best noise obeys;
- sharing: two channels about a common variable, their rates and mean lengths by quadrature of the angle's law, the distortion of
  the pair of both outputs from E<X, Y>;
- perception: x from D = x + (sqrt(x) - sqrt(P))^2 by regula falsi, and E at x;
- realism-shannon: Z(kappa) and its derivative by quadrature over a pair of realisations, kappa by the secant method (of the
  sphere over the cosine of the angle); the Gaussian's mutual information from the determinant of the pair.
"""

import argparse
import json

from mpmath import bernpoly, cos, exp, factorial, findroot, floor, log, mp, mpf, nstr, pi, quad, sin, sinc, sqrt

mp.dps = 40


def text(x):
    return nstr(x, 30, min_fixed=0, max_fixed=0) if abs(x) < 1e-5 else nstr(x, 30)


def integral(f, knots):
    """Of what is smooth between knots."""
    return quad(f, knots, method="gauss-legendre", maxdegree=6)


def overlap(template, corners):
    """r(t), the mean of (f(x + t) - f(x))^2 for piecewise smooth f with the corners given, in [0, 1)."""
    known = {}

    def r(t):
        t = mpf(t)
        if t not in known:
            places = sorted({mpf(0), mpf(1)} | {mpf(c) for c in corners} | {(mpf(c) - t) % 1 for c in corners})
            known[t] = integral(lambda x: (template((x + t) % 1) - template(x)) ** 2, places)
        return known[t]
    return r


# r(t) of the templates, each checked below against the mean over time that it is.
PHASES = {
    "ramp": (lambda t: t * (1 - t), lambda x: x - mpf(1) / 2, [0]),
    "circle": (lambda t: 2 - 2 * cos(2 * pi * t), None, []),
    "square-wave": (lambda t: 8 * min(t, 1 - t), lambda x: mpf(1) if x < mpf(1) / 2 else mpf(-1), [0, mpf(1) / 2]),
    "triangle-wave": (lambda t: 16 * min(t, 1 - t) ** 2 - 64 * min(t, 1 - t) ** 3 / mpf(3),
                      lambda x: 1 - 4 * min(x, 1 - x), [0, mpf(1) / 2]),
}


def check_templates():
    for name, (r, template, corners) in PHASES.items():
        if template:
            direct = overlap(template, corners)
            for t in (mpf(1) / 7, mpf(3) / 10, mpf(2) / 3):
                assert abs(direct(t) - r(t)) < mpf(10) ** -35, name


def delta(r, p):
    """Half the mean of r over two points of an arc: int_0^1 (1 - u) r(p u) du."""
    p = mpf(p)
    knots = [mpf(0), mpf(1)] if p <= 0.5 else [mpf(0), 1 / (2 * p), mpf(1)]
    return integral(lambda u: (1 - u) * r(p * u), knots)


def centred(r, p):
    """The mean of r over an arc from its centre."""
    return 2 / mpf(p) * integral(r, [0, mpf(p) / 2])


def entropy(cells):
    return -sum(p * log(p, 2) for p in cells if p > 0)


# The powers a k^-j of the harmonics, and whether they are the odd ones alone.
POWERS = {"ramp": (1 / (2 * pi ** 2), 2, False), "square-wave": (8 / pi ** 2, 2, True), "triangle-wave": (32 / pi ** 4, 4, True)}


def cosines(m, x, odd):
    """The sum of cos(2 pi k x)/k^m over all k >= 1, or the odd ones; m even."""
    x = mpf(x) - floor(x)
    total = (-1) ** (m // 2 + 1) * (2 * pi) ** m / (2 * factorial(m)) * bernpoly(m, x)
    return total - cosines(m, 2 * x, False) / 2 ** m if odd else total


def blurred(name, kind, size):
    """delta behind a filter, and C. C - delta(p) is the sum of c_k sinc(pi k p)^2, 2 (y sinc y)^2 = 1 - cos 2y."""
    a, j, odd = POWERS[name]
    if kind == "box":
        first, last = (a / (2 * pi ** 2 * size ** 2), lambda m: lambda x: cosines(m, x, odd))
        s, t = last(j + 2), last(j + 4)
        power = first * (s(0) - s(size))

        def rest(p):
            return first / (2 * pi ** 2 * p ** 2) * (t(0) - t(size) - t(p) + (t(size + p) + t(size - p)) / 2)
        return lambda p: power - rest(mpf(p)), power
    terms, k = [], 1
    while (2 * pi * k * size) ** 2 < 110:
        terms.append((k, a / mpf(k) ** j * exp(-(2 * pi * k * size) ** 2)))
        k += 2 if odd else 1
    return lambda p: sum(c * (1 - sinc(pi * k * p) ** 2) for k, c in terms), sum(c for _, c in terms)


def best_code(r, d, cost=delta):
    """The rate of K equal cells and a smaller one of distortion d."""
    k = 1
    while cost(r, mpf(1) / (k + 1)) >= d:
        k += 1
    low, high = mpf(0), mpf(1) / (k + 1)

    def excess(e):
        q = (1 - e) / k
        return (1 - e) * cost(r, q) + (e * cost(r, e) if e > 0 else 0) - d
    odd = findroot(excess, (low, high), solver="illinois", tol=mpf(10) ** -70)
    return entropy([(1 - odd) / k] * k + [odd])


def free_distortion(d, budget):
    """x with x + max(0, sqrt(x) - sqrt(P))^2 = d, in [d/2, d]."""
    def excess(x):
        return x + max(mpf(0), x ** mpf(0.5) - budget ** mpf(0.5)) ** 2 - d
    return d if excess(d) <= 0 else findroot(excess, (d / 2, d), solver="illinois", tol=mpf(10) ** -70)


def hull(r, d, most=80):
    """The lower convex hull of (c(1/K), log2 K) at d."""
    points = [(centred(r, mpf(1) / k), log(k, 2)) for k in range(1, most + 1)]
    here = points[0]
    while True:
        rest = [p for p in points if p[0] < here[0]]
        steepest = min(rest, key=lambda p: (p[1] - here[1]) / (here[0] - p[0]))
        if steepest[0] <= d <= here[0]:
            return here[1] + (steepest[1] - here[1]) * (here[0] - d) / (here[0] - steepest[0])
        here = steepest


def tilted(weight, distance, knots, d):
    """sup over kappa of -log2 Z - kappa d, with Z the mean of exp(-kappa distance)."""
    def moments(kappa):
        z = integral(lambda t: weight(t) * exp(-kappa * distance(t)), knots)
        return z, integral(lambda t: weight(t) * distance(t) * exp(-kappa * distance(t)), knots) / z
    start = 1 / d
    kappa = findroot(lambda k: log(moments(k)[1] / d), (start, start * mpf(11) / 10), solver="secant", tol=mpf(10) ** -60)
    return (-log(moments(kappa)[0]) - kappa * d) / log(2)


def oscillating(d):
    """R(D) of the square wave in bits: noise of density e^u/Z, u'' = -A sinh u, one loop a period, by quadrature of the energy. With
    sinh(u/2) = S sin phi = sinh y a quarter period is int dy/sqrt(S^2 - sinh^2 y)/sqrt A. <q, K*q> = mean of u sinh u/(2 beta Z) and
    A = 32 beta/Z."""
    with mp.workdps(50):
        def point(top):
            s = mp.sinh(top)
            # The end by y = top - x^2.
            parts = ((lambda y: 1 / mp.sqrt(s ** 2 - mp.sinh(y) ** 2), [mpf(0), top / 2]),
                     (lambda x: 2 * x / mp.sqrt(mp.sinh(x * x) * mp.sinh(2 * top - x * x)), [mpf(0), mp.sqrt(top / 2)]))

            def mean(f):
                (first, a), (last, b) = parts
                return (quad(lambda y: f(y) * first(y), a) + quad(lambda x: f(top - x * x) * last(x), b)) / whole
            whole = mpf(1)
            whole = mean(lambda y: mpf(1))
            z = mean(lambda y: 1 + 2 * mp.sinh(y) ** 2)
            root = 4 * whole  # sqrt A, as the period is 1
            beta = root ** 2 * z / 32
            energy = mean(lambda y: 2 * y * mp.sinh(2 * y))
            return 1 - energy / (2 * beta * z), energy / z - log(z)
        start = 1 / d - mpf(7) / 10 if d < 0.5 else mp.sqrt(1.3 * (1 - d))
        top = findroot(lambda t: point(t)[0] - d, (start, start * mpf(101) / 100), solver="secant", tol=mpf(10) ** -45)
        return point(top)[1] / log(2)


def realistic(name, d):
    half = mpf(1) / 2
    parts = [half * (mpf(i) / 12) ** 2 for i in range(13)]
    if name == "gaussian":
        rho = 1 - d / 2
        return -log(1 - rho ** 2, 2) / 2
    if name == "sphere":
        # The density of t = x.y on the sphere in three dimensions is 1/2.
        parts = [1 - 2 * (mpf(12 - i) / 12) ** 2 for i in range(13)]
        return tilted(lambda t: half, lambda t: 2 - 2 * t, parts, d)
    scale = {"sinusoid": half}.get(name, mpf(1))
    r = PHASES["circle" if name == "sinusoid" else name][0]
    return tilted(lambda t: mpf(2), lambda t: scale * r(t), parts, d)


def about(name, rate):
    """The length of E[X | U], X on the unit circle or sphere, or Gaussian, when X given U is tilted towards U with I(X; U) = rate bits."""
    if name == "gaussian":
        # X = rho U + noise, and the determinant of (X, U) is 4^-rate.
        return sqrt(1 - mpf(4) ** -rate)
    parts = [pi * mpf(i * i) / 144 for i in range(13)]
    weight = (lambda a: 1 / pi) if name == "circle" else (lambda a: sin(a) / 2)

    def law(kappa):
        tilt = lambda a: exp(kappa * (cos(a) - 1)) * weight(a)
        z = integral(tilt, parts)
        mean = integral(lambda a: cos(a) * tilt(a), parts) / z
        return kappa * (mean - 1) - log(z), mean
    bracket = (mpf(1) / 100, 16 * mpf(4) ** rate)
    kappa = findroot(lambda k: law(k)[0] - rate * log(2), bracket, solver="illinois", tol=mpf(10) ** -36)
    return law(kappa)[1]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", required=True)
    check_templates()
    rows = {"exact": [], "shared": [], "shannon": [], "perception": []}
    for name in ("ramp", "circle", "square-wave", "triangle-wave"):
        r = PHASES[name][0]
        largest = delta(r, 1)
        for share in (1.2, 0.7, 0.3, 0.1, 0.03):
            for part in (1e-6, 0.03, 0.5, 1.5):
                d, budget = mpf(float(share * largest)), mpf(float(part * float(share * largest)))
                x = free_distortion(d, budget)
                if x < largest:
                    rows["perception"].append({"source": name, "perception": repr(float(budget)),
                                               "distortion": repr(float(d)), "rate": text(best_code(r, x))})
    for name in ("square-wave", "triangle-wave"):
        r = PHASES[name][0]
        largest = delta(r, 1)
        for share in (0.99, 0.9, 0.75, 0.7, 0.6, 0.45, 0.3, 0.2, 0.1, 0.03):
            d = mpf(float(share * largest))
            rows["exact"].append({"source": name, "distortion": repr(float(d)), "rate": text(best_code(r, d))})
    rows["oscillating"] = []
    for d in (0.99999, 0.99, 0.9, 0.75, 0.5, 0.3, 0.2, 0.1, 0.06, 0.045, 0.042, 0.04, 0.03):
        rows["oscillating"].append({"source": "square-wave", "distortion": repr(d), "rate": text(oscillating(mpf(d)))})
    rows["sharing"] = []
    for name in ("circle", "sphere", "gaussian"):
        for rate in (0.05, 1, 2.5):
            for bits in (0.25, 1, 3):
                d = 2 - 2 * about(name, mpf(rate)) * about(name, mpf(rate) + mpf(bits))
                rows["sharing"].append({"source": name, "bits": repr(bits), "distortion": text(d), "rate": repr(rate)})
    rows["blurred"] = []
    for name in ("ramp", "square-wave", "triangle-wave"):
        for kind, size in (("box", 0.5), ("box", 0.3), ("box", 0.25), ("box", 0.04), ("box", 0.001), ("gaussian", 0.5),
                           ("gaussian", 0.1), ("gaussian", 0.02), ("gaussian", 0.002)):
            of_cell, largest = blurred(name, kind, mpf(size))
            for share in (0.9, 0.45, 0.1, 0.01):
                d = mpf(float(share * largest))
                rows["blurred"].append({"source": name, "blur": f"{kind}:{size}", "distortion": repr(float(d)),
                                        "rate": text(best_code(None, d, lambda _, p: of_cell(p)))})
    for name in ("ramp", "circle", "square-wave", "triangle-wave"):
        r = PHASES[name][0]
        largest = centred(r, 1)
        for share in (0.99, 0.7, 0.5, 0.3, 0.2, 0.1, 0.05):
            d = mpf(float(share * largest))
            rows["shared"].append({"source": name, "distortion": repr(float(d)), "rate": text(hull(r, d))})
    for name, largest in (("ramp", 1 / 6), ("circle", 2.0), ("sinusoid", 1.0), ("square-wave", 2.0), ("sphere", 2.0),
                          ("gaussian", 2.0)):
        for share in (0.99, 0.9, 0.5, 0.25, 0.1, 0.02, 0.005):
            d = mpf(share * largest)
            rows["shannon"].append({"source": name, "distortion": repr(float(d)), "rate": text(realistic(name, d))})
    arguments = parser.parse_args()
    with open(arguments.write, "w") as file:
        file.write("{\n" + ",\n".join(
            f' "{kind}": [\n' + ",\n".join("  " + json.dumps(row) for row in values) + "\n ]"
            for kind, values in rows.items()) + "\n}\n")


if __name__ == "__main__":
    main()

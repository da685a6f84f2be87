#!/usr/bin/env python3
"""High-precision values for the scalar quantizers' tests: python3 quantizers.py > quantizers.json

mpmath, 60 digits inside, 25 printed; nothing here is shared with the library. Sources are standard: N(0,1), Laplace and
exponential of scale 1, uniform on an interval of length 1 (centred at 0), logistic of scale 1. Moments of a cell are
differences of antiderivatives, which cancel; the 60 digits pay for it. Rates are bits.

  uniform    entropy and distortion of the uniform-threshold quantizer with centroids, by step and parity
  deadzone   dead-zone quantizer: thresholds (k - r) step, reconstruction k step; the r that is best at its own rate
  lloydmax   Lloyd-Max by level count: Newton in mpmath for Gaussian and logistic; for Laplace and exponential the
             recursion from the last cell inwards (Nitadori 1965), which is a different algorithm
  dithered   ECDQ: I(X; X+U) and the error of the conditional mean, by adaptive Gauss-Legendre in 40 digits
"""
import json
import sys
from mpmath import mp, mpf, exp, expm1, log, erfc, sqrt, pi, polylog, quad, findroot, inf, nstr, fsum, lu_solve, matrix

mp.dps = 60
LN2 = log(2)


class Gaussian:
    name, entropy, variance, end = "gaussian", log(2 * pi * mp.e) / 2, mpf(1), mpf(14)
    symmetric = True
    def f(self, x): return exp(-x * x / 2) / sqrt(2 * pi)
    # Antiderivatives of f, x f, x^2 f on x >= 0, all 0 at infinity.
    def tails(self, x):
        if x == inf: return (mpf(0),) * 3
        q = -erfc(x / sqrt(2)) / 2
        return q, -self.f(x), q - x * self.f(x)


class Laplace:
    name, entropy, variance, end = "laplace", log(2 * mp.e), mpf(2), mpf(85)
    symmetric = True
    def f(self, x): return exp(-abs(x)) / 2
    def tails(self, x):
        if x == inf: return (mpf(0),) * 3
        e = exp(-x) / 2
        return -e, -(1 + x) * e, -(x * x + 2 * x + 2) * e


class Exponential:
    name, entropy, variance, end = "exponential", mpf(1), mpf(1), mpf(85)
    symmetric = False
    def f(self, x): return exp(-x) if x >= 0 else mpf(0)
    def tails(self, x):
        if x == inf: return (mpf(0),) * 3
        e = exp(-x)
        return -e, -(1 + x) * e, -(x * x + 2 * x + 2) * e


class Uniform:
    name, entropy, variance, end = "uniform", mpf(0), mpf(1) / 12, mpf(1) / 2
    symmetric = True
    def f(self, x): return mpf(1) if abs(x) <= mpf(1) / 2 else mpf(0)
    def tails(self, x):
        x = min(x, mpf(1) / 2)
        return x - mpf(1) / 2, (x * x - mpf(1) / 4) / 2, (x ** 3 - mpf(1) / 8) / 3


class Logistic:
    name, entropy, variance, end = "logistic", mpf(2), pi ** 2 / 3, mpf(85)
    symmetric = True
    def f(self, x): return exp(-abs(x)) / (1 + exp(-abs(x))) ** 2
    def tails(self, x):
        if x == inf: return (mpf(0),) * 3
        z = exp(-x)
        s = z / (1 + z)
        return -s, -x * s - log(1 + z), -x * x * s - 2 * x * log(1 + z) + 2 * dilog(z)


def dilog(z):
    """Li2(-z) for 0 < z <= 1, by the series, or mpmath near 1."""
    if z > mpf(1) / 2: return polylog(2, -z).real
    total, term, k = mpf(0), mpf(1), 0
    while abs(term) > mpf(10) ** -70:
        k += 1
        term = term * -z
        total += term / k ** 2
    return total


SOURCES = [Gaussian(), Laplace(), Exponential(), Uniform(), Logistic()]


def moments(s, a, b):
    """p, E[x; cell], E[x^2; cell] of a < b, on either side of 0."""
    if s.name == "exponential": a = max(a, mpf(0))
    if s.name == "exponential" and b <= 0: return (mpf(0),) * 3
    if a >= 0:
        u, v = s.tails(a), s.tails(b)
        return tuple(y - x for x, y in zip(u, v))
    if b <= 0:
        p, m, q = moments(s, -b, -a)
        return p, -m, q
    l, r = moments(s, mpf(0), -a), moments(s, mpf(0), b)
    return l[0] + r[0], r[1] - l[1], l[2] + r[2]


def cells(s, first, step):
    """Moments of the cells from `first` on, each computed once from shared antiderivatives."""
    out, u, k = [], s.tails(first), 0
    while True:
        k += 1
        t = first + k * step
        if t > s.end:
            out.append(tuple(y - x for x, y in zip(u, s.tails(inf))))
            return [c for c in out if c[0] > mpf(10) ** -58]
        v = s.tails(t)
        out.append(tuple(y - x for x, y in zip(u, v)))
        u = v


def uniform(s, step, midtread):
    """(H, D) of the uniform-threshold quantizer with centroids."""
    if midtread:
        center = moments(s, -step / 2, step / 2)
        side = cells(s, step / 2, step)
    else:
        center, side = None, cells(s, mpf(0), step)
    both = 2 if s.symmetric else 1
    h = -both * fsum(p * log(p) for p, _, _ in side)
    d = both * fsum(q - m * m / p for p, m, q in side)
    if center:
        p, m, q = center
        h -= p * log(p)
        d += q - m * m / p
    return h / LN2, d


def deadzone(s, step, r):
    """H, D and the determinant that vanishes where r is best at its own rate."""
    both = 2 if s.symmetric else 1
    t1 = (1 - r) * step
    z = moments(s, -t1, t1)
    side = cells(s, t1, step)
    h = -z[0] * log(z[0]) - both * fsum(p * log(p) for p, _, _ in side)
    d = z[2] + both * fsum(q - 2 * k * step * m + (k * step) ** 2 * p for k, (p, m, q) in enumerate(side, 1))
    hr = hs = dr = ds = mpf(0)
    previous = z[0]
    for k, (p, m, q) in enumerate(side, 1):
        t = (k - r) * step
        f = both * s.f(t)
        jump = log(p) - log(previous)
        hr += f * -step * jump
        hs += f * (k - r) * jump
        gain = (1 - 2 * r) * step ** 2
        dr += f * -step * gain
        ds += f * (k - r) * gain - both * 2 * k * (m - k * step * p)
        previous = p
    return h / LN2, d, dr * hs - ds * hr


def best_deadzone(s, step):
    g = lambda r: deadzone(s, step, r)[2]
    low, high = mpf(0), mpf("0.4999")
    gl, gh = g(low), g(high)
    if gl * gh > 0: return None
    r = findroot(g, (low, high), solver="anderson", tol=mpf(10) ** -60, verify=False)
    return r if abs(g(r)) < mpf(10) ** -32 * (abs(gl) + abs(gh)) else None


def lloyd_newton(s, n):
    """Lloyd-Max by Newton on 2 t_i = c_i + c_{i+1}, started from a Lloyd iteration in 15 digits."""
    mp.dps = 16
    t = [6 * (mpf(2) * (i + 1) / n - 1) * (1 if s.name == "gaussian" else mpf("1.7")) * mpf("0.6") for i in range(n - 1)]
    for _ in range(60):
        t = lloyd_step(s, t)
    mp.dps = 60
    for _ in range(60):
        t, change = newton_step(s, t)
        if change < mpf(10) ** -40: break
    edges = [-inf] + t + [inf]
    return fsum(q - m * m / p for p, m, q in (moments(s, a, b) for a, b in zip(edges, edges[1:])))


def lloyd_step(s, t):
    edges = [-inf] + t + [inf]
    c = [m / p for p, m, _ in (moments(s, a, b) for a, b in zip(edges, edges[1:]))]
    return [(a + b) / 2 for a, b in zip(c, c[1:])]


def newton_step(s, t):
    edges = [-inf] + t + [inf]
    mom = [moments(s, a, b) for a, b in zip(edges, edges[1:])]
    c = [m / p for p, m, _ in mom]
    n = len(t)
    F = [2 * t[i] - c[i] - c[i + 1] for i in range(n)]
    dia, low, up = [], [], []
    for i in range(n):
        f = s.f(t[i])
        dia.append(2 - f * (t[i] - c[i]) / mom[i][0] - f * (c[i + 1] - t[i]) / mom[i + 1][0])
        low.append(-s.f(t[i - 1]) * (c[i] - t[i - 1]) / mom[i][0] if i else mpf(0))
        up.append(-s.f(t[i + 1]) * (t[i + 1] - c[i + 1]) / mom[i + 1][0] if i + 1 < n else mpf(0))
    for i in range(1, n):
        w = low[i] / dia[i - 1]
        dia[i] -= w * up[i - 1]
        F[i] -= w * F[i - 1]
    x = [mpf(0)] * n
    for i in reversed(range(n)):
        x[i] = (F[i] - (up[i] * x[i + 1] if i + 1 < n else 0)) / dia[i]
    step, scale = max(abs(v) for v in x), mpf(1)
    while True:
        new = [a - scale * b for a, b in zip(t, x)]
        if all(a < b for a, b in zip(new, new[1:])): return new, step
        scale /= 2


def nitadori(levels):
    """Cells of an optimal quantizer of the exponential, last first: (length or inf, centroid's offset from the left end)."""
    out = [(inf, mpf(1))]
    offset = lambda l: 1 - l / expm1(l)
    while len(out) < levels:
        d = out[-1][1]
        l = findroot(lambda l: l - offset(l) - d, 2 * d, tol=mpf(10) ** -110)
        out.append((l, offset(l)))
    return out


def lloyd_exponential(n):
    return exponential_distortion(reversed(nitadori(n)), mpf(0))


def exponential_distortion(cells_, t):
    s, d = Exponential(), mpf(0)
    for l, o in cells_:
        p, m, q = moments(s, t, t + l if l != inf else inf)
        c = t + o
        d += q - 2 * c * m + c * c * p
        t = t + l if l != inf else inf
    return d


def lloyd_laplace(n):
    if n == 1: return mpf(2)
    half = list(reversed(nitadori(n // 2)))
    if n % 2 == 0: return exponential_distortion(half, mpf(0))
    t = half[0][1]  # the threshold lies halfway between 0 and the next codepoint
    p, m, q = moments(Laplace(), -t, t)
    return q + exponential_distortion(half, t)


def dithered(s, step):
    """I(X; X+U) in bits and E var(X | X+U)."""
    h = step / 2
    two = s.symmetric
    grid = sorted({abs(mpf(x)) for x in [0, h] + [h + v for v in (-30, -12, -6, -3, -1.5, 1.5, 3, 6, 12, 30)]
                   + [1.5, 3, 6, 12, 30]})
    if s.name == "uniform":
        grid = sorted({mpf(0), abs(h - mpf(1) / 2), h + mpf(1) / 2})
    if s.name == "exponential":
        grid = sorted({-h} | {x for g in grid for x in (g, -g) if x >= -h})
    reach = h + (mpf(1) / 2 if s.name == "uniform" else (12 if s.name == "gaussian" else 75))
    grid = [g for g in grid if g < reach] + [reach]

    def both(y):
        p, m, q = moments(s, y - h, y + h)
        if p <= 0: return mpf(0), mpf(0)
        return -p * log(p), q - m * m / p

    mp.dps = 45
    rate = quad(lambda y: both(y)[0], grid) / step
    error = quad(lambda y: both(y)[1], grid) / step
    mp.dps = 60
    if two: rate, error = 2 * rate, 2 * error
    return rate / LN2, error


def text(x): return nstr(x, 25, strip_zeros=False)


STEPS = {
    "gaussian": "7 6.2 5.6 5 4.5 4 3.5 3 2.6 2.2 1.8 1.5 1.2 1 0.8 0.6 0.4 0.25 0.125 0.05 0.02 0.005 0.00125",
    "laplace": "16 12 10 8 7 6 5 4 3.4 2.8 2.2 1.8 1.4 1 0.8 0.6 0.4 0.25 0.125 0.05 0.02 0.005 0.0015",
    "exponential": "16 10 8 6.5 5 4 3.4 2.8 2.2 1.8 1.4 1 0.8 0.6 0.4 0.25 0.125 0.05 0.02 0.01 0.005 0.002 0.00075",
    "uniform": "0.999 0.99 0.95 0.9 0.8 0.7 0.6 0.5 0.4 0.3 0.25 0.2 0.15 0.1 0.07 0.05 0.03 0.02 0.01 0.005 0.0011",
    "logistic": "22 18 15 13 11 9.5 8 7 6 5 4 3.4 2.8 2.2 1.8 1.4 1 0.7 0.4 0.25 0.125 0.05 0.02 0.008 0.002",
}


def main():
    out = {"uniform": [], "deadzone": [], "lloydmax": [], "dithered": []}
    for s in SOURCES:
        for word in STEPS[s.name].split():
            step = mpf(float(word))  # the binary number, as the library sees it
            for midtread in (True, False):
                h, d = uniform(s, step, midtread)
                out["uniform"].append(dict(source=s.name, step=float(word), midtread=midtread,
                                           entropy=text(h), distortion=text(d)))
            if s.name != "uniform" and step > 0.015:  # below, the best r is 1/2 to many digits and the sums are long
                r = best_deadzone(s, step)
                if r is not None:
                    h, d, _ = deadzone(s, step, r)
                    out["deadzone"].append(dict(source=s.name, step=float(word), rounding=text(r),
                                                entropy=text(h), distortion=text(d)))
            print(s.name, word, file=sys.stderr, flush=True)
    for n in list(range(1, 37)) + [48, 64, 100, 128]:
        for s in (SOURCES[0], SOURCES[4]):
            d = s.variance if n == 1 else lloyd_newton(s, n)
            out["lloydmax"].append(dict(source=s.name, levels=n, distortion=text(d)))
        out["lloydmax"].append(dict(source="laplace", levels=n, distortion=text(lloyd_laplace(n))))
        out["lloydmax"].append(dict(source="exponential", levels=n, distortion=text(lloyd_exponential(n))))
        print("lloyd", n, file=sys.stderr, flush=True)
    for n in (256, 512, 1024, 2048, 4095, 4096):
        out["lloydmax"].append(dict(source="laplace", levels=n, distortion=text(lloyd_laplace(n))))
        if n < 4095:
            out["lloydmax"].append(dict(source="exponential", levels=n, distortion=text(lloyd_exponential(n))))
    for s in SOURCES:
        for word in STEPS[s.name].split():
            if float(word) < 0.015: continue
            rate, error = dithered(s, mpf(float(word)))
            out["dithered"].append(dict(source=s.name, step=float(word), rate=text(rate), conditional=text(error)))
            print("dithered", s.name, word, file=sys.stderr, flush=True)
    json.dump(out, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Optimal entropy-constrained scalar quantizers at given rates, 25 digits, by mpmath. Writes ecsq.json beside itself.

Independent of the package's method: no shortest path, no Taylor series, no tridiagonal Newton step.

- gaussian, logistic: for symmetric quantizers with and without a middle cell, the thresholds solve the stationarity
  conditions by a dense Newton iteration with numerical differentiation of closed forms (erfc, polylogarithm), at the slope
  that meets the rate, by secants. Of the two kinds the one of the smaller D is kept.
- laplace, exponential: Sullivan's closed form, from the formulas in terms of exp, at 40 digits.
- uniform: equal cells share the time (Gyorgy, Linder 2000).
"""
import json
import pathlib

from mpmath import mp, mpf, exp, log, sqrt, pi, erfc, polylog, findroot, matrix, lu_solve, nstr, expm1, log1p

mp.dps = 40
LN2 = log(2)


class Gaussian:
    name = "gaussian"
    h = (1 + log(2 * pi)) / 2
    end = 12

    @staticmethod
    def tail(x):
        f = exp(-x * x / 2) / sqrt(2 * pi)
        q = erfc(x / sqrt(2)) / 2
        return q, f, q + x * f

    @staticmethod
    def density(x):
        return exp(-x * x / 2) / sqrt(2 * pi)


class Logistic:
    name = "logistic"
    h = mpf(2)
    end = 48

    @staticmethod
    def tail(x):
        z = exp(-x)
        q = z / (1 + z)
        m1 = log1p(z)
        return q, x * q + m1, x * x * q + 2 * x * m1 - 2 * polylog(2, -z).real

    @staticmethod
    def density(x):
        z = exp(-x)
        return z / (1 + z) ** 2


def cells(source, t, odd):
    """(p, c, D) of the cells right of 0; the first is the middle cell if odd."""
    tails = [source.tail(x) for x in t] + [(mpf(0), mpf(0), mpf(0))]
    zero = source.tail(mpf(0))
    first = [2 * (zero[0] - tails[0][0]), mpf(0), 2 * (zero[2] - tails[0][2])] if odd else [
        a - b for a, b in zip(zero, tails[0])]
    out = [first] + [[a - b for a, b in zip(tails[i], tails[i + 1])] for i in range(len(t))]
    return [(p, m / p, s - m * m / p) for p, m, s in out]


def performance(source, t, odd):
    cs = cells(source, t, odd)
    H = sum(-p * log(p) for p, _, _ in cs) * 2
    D = sum(d for _, _, d in cs) * 2
    if odd:
        p, _, d = cs[0]
        H += p * log(p)
        D -= d
    return H, D


def newton(source, t, mu, odd):
    n = len(t)
    for _ in range(60):
        cs = cells(source, t, odd)
        r = matrix(n, 1)
        J = matrix(n, n)
        for k in range(n):
            (p, c, _), (q, e, _) = cs[k], cs[k + 1]
            x = t[k]
            r[k] = (x - c) ** 2 - (e - x) ** 2 - mu * log(p / q)
            f = source.density(x)
            dc = 0 if odd and k == 0 else f * (x - c) / p
            dp = 2 * f if odd and k == 0 else f
            J[k, k] = 2 * (x - c) * (1 - dc) + 2 * (e - x) * (1 - f * (e - x) / q) - mu * (dp / p + f / q)
            if k > 0:
                g = source.density(t[k - 1])
                J[k, k - 1] = g / p * (mu - 2 * (x - c) * (c - t[k - 1]))
            if k + 1 < n:
                g = source.density(t[k + 1])
                J[k, k + 1] = g / q * (mu - 2 * (e - x) * (t[k + 1] - e))
        step = lu_solve(J, -r)
        share = mpf(1)
        while True:
            new = [t[k] + share * step[k] for k in range(n)]
            if all(a < b for a, b in zip([mpf(0)] + new, new)) and new[-1] < source.end:
                break
            share /= 2
            if share < 1e-6:
                return None
        t = new
        if share == 1 and max(abs(step[k]) for k in range(n)) < mpf(10) ** -22:
            return t
    return None


def start(source, mu, odd):
    """Thresholds by a plain shortest path over a grid of 240 steps, in floating point."""
    import math
    N = 240
    end = float(source.end) * 0.72
    xs = [end * i / N for i in range(N)]
    T = [tuple(float(v) for v in source.tail(mpf(x))) for x in xs] + [(0.0, 0.0, 0.0)]
    mu = float(mu)

    def cost(a, b, scale=1.0, centred=False):
        p, m, s = (scale * (u - v) for u, v in zip(a, b))
        if p <= 0:
            return 0.0
        return (s if centred else s - m * m / p) - mu * p * math.log(p)

    V = [0.0] * (N + 1)
    nxt = [N] * (N + 1)
    for i in range(N - 1, -1, -1):
        V[i], nxt[i] = min((cost(T[i], T[j]) + V[j], j) for j in range(i + 1, N + 1))
    if odd:
        _, i = min((cost(T[0], T[i], 2.0, True) + 2 * V[i], i) for i in range(1, N + 1))
    else:
        i = nxt[0]
    t = []
    while i < N:
        t.append(mpf(xs[i]))
        i = nxt[i]
    return t


def at_rate(source, bits):
    best = None
    for odd in (True, False):
        H0 = mpf(bits) * LN2
        guess = min(exp(2 * (source.h - H0)) / 6, (1 if source is Gaussian else mpf("3.29")) * exp(mpf("-1.2") * H0) * mpf("1.3"))
        state = {"t": None}

        def f(lm):
            mu = exp(lm)
            t = newton(source, state["t"], mu, odd) if state["t"] else None
            if t is None:
                t0 = start(source, mu, odd)
                t = newton(source, t0, mu, odd) if t0 else None
            if t is None:
                raise ValueError
            state["t"] = t
            return performance(source, t, odd)[0] - H0

        try:
            root = findroot(f, (log(guess), log(guess) - mpf("0.02")), solver="secant", tol=mpf(10) ** -50, verify=False, maxsteps=30)
            if abs(f(root)) > mpf(10) ** -25:
                continue
        except (ValueError, ZeroDivisionError):
            continue
        D = performance(source, state["t"], odd)[1]
        if best is None or D < best[0]:
            best = (D, exp(root), "odd" if odd else "even")
    return best


def sullivan(name, bits):
    mp.dps = 40
    H0 = mpf(bits) * LN2

    def parts(w):
        P = -expm1(-w)
        v = 1 - w * w * exp(w) / expm1(w) ** 2
        h = -log(P) + w / expm1(w)
        mu = w * (exp(w) + 1) / expm1(w) - 2
        return P, v, h, mu

    def performance(w):
        P, v, h, mu = parts(w)
        if name == "exponential":
            return h, v, mu
        delta = 1 - w / expm1(w)
        b = findroot(lambda b: b * b - delta**2 - mu * log(-expm1(-b) / (exp(-b) * P / 2)), (w * mpf("0.5"), w), solver="anderson", tol=mpf(10) ** -60, verify=False)
        p0 = -expm1(-b)
        return -p0 * log(p0) + exp(-b) * (h + b + LN2), 2 - exp(-b) * (b * b + 2 * b + 2) + exp(-b) * v, mu

    low, high = mpf("1e-5"), mpf(40)
    for _ in range(110):
        mid = sqrt(low * high)
        if performance(mid)[0] > H0:
            low = mid
        else:
            high = mid
    h, d, mu = performance(low)
    return d, mu, "closed form"


def uniform(bits):
    k = int(mpf(2) ** mpf(bits))
    if log(k + 1) / LN2 <= mpf(bits):
        k += 1
    a, b = log(k) / LN2, log(k + 1) / LN2
    w = (mpf(bits) - a) / (b - a)
    d = (1 - w) / (12 * mpf(k) ** 2) + w / (12 * mpf(k + 1) ** 2)
    return d, (1 / (12 * mpf(k) ** 2) - 1 / (12 * mpf(k + 1) ** 2)) / ((b - a) * LN2), "time sharing"


RATES = ["0.01", "0.05", "0.1", "0.2", "0.35", "0.5", "0.75", "1", "1.25", "1.5", "1.75", "2", "2.25", "2.5", "2.75", "3", "3.25", "3.5", "3.75", "4", "4.5", "5"]
rows = []
for name in ("gaussian", "logistic", "laplace", "exponential", "uniform"):
    rates = RATES + (["6", "8", "10", "12"] if name in ("laplace", "exponential", "uniform") else [])
    for bits in rates:
        if name == "gaussian":
            result = at_rate(Gaussian, bits)
        elif name == "logistic":
            result = at_rate(Logistic, bits) if float(bits) <= 4 else None
        elif name == "uniform":
            result = uniform(bits)
        else:
            result = sullivan(name, bits)
        if result is None:
            print(name, bits, "not found")
            continue
        rows.append({"source": name, "rate": float(bits), "distortion": nstr(result[0], 25), "slope": nstr(result[1], 20), "kind": result[2]})
        print(name, bits, nstr(result[0], 15), result[2], flush=True)
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]\n")

"""The table of what sets earn at most (RewardTable.swift), and high-precision values of theta and E for the tests.

theta(t) = sup over b, tau of (1/tau) int_0^tau [(t - 1) u + u'^2/u] dz,   u(z) = Phi(z + b) - Phi(z - b),
E(t)     = sup over b of int_0^inf [(t - 1) u + u'^2/u] dz - b density.

    python3 marginal_rewards.py --table ../../Sources/RateDistortion/SideInformation/MarginalConverse/RewardTable.swift
    python3 marginal_rewards.py --write marginal-rewards.json

The table: theta and E by Simpson's rule and golden sections to 1e-6, raised by MARGIN so that intervals can confirm it; the program
proves every entry (`prove wyner-ziv`), so nothing rests on this script. The oracle: mpmath with 25 digits, good to 15.
"""

import json
import sys

import numpy as np
from scipy.special import ndtr

STEPS = 6  # prices 2^(-i/6)
COUNT = 91
MARGIN = 0.004


def golden(f, low, high, width):
    ratio = (5**0.5 - 1) / 2
    a, b = high - ratio * (high - low), low + ratio * (high - low)
    fa, fb = f(a), f(b)
    while high - low > width:
        if fa > fb:
            high, b, fb = b, a, fa
            a = high - ratio * (high - low)
            fa = f(a)
        else:
            low, a, fa = a, b, fb
            b = low + ratio * (high - low)
            fb = f(b)
    return (low + high) / 2


def arm(b, step=1 / 128):
    """Places, and the integrals of u and u'^2/u up to them."""
    z = np.arange(0, b + 9, step / 2)
    z = z[: len(z) // 2 * 2 - 1]
    u = ndtr(b - z) - ndtr(-b - z)
    v = (np.exp(-((z + b) ** 2) / 2) - np.exp(-((z - b) ** 2) / 2)) / np.sqrt(2 * np.pi)
    q = v * v / np.maximum(u, 1e-300)
    simpson = lambda f: np.concatenate([[0], np.cumsum((f[:-2:2] + 4 * f[1:-1:2] + f[2::2]) * step / 6)])
    return z[::2], simpson(u), simpson(q)


def density(t, b):
    z, k, p = arm(b)
    g = (p - (1 - t) * k)[1:] / z[1:]
    i = int(g.argmax())
    # The vertex of a parabola through the best three.
    if 0 < i < len(g) - 1:
        a, c, d = g[i - 1], g[i], g[i + 1]
        return c + (d - a) ** 2 / (8 * (2 * c - a - d))
    return g[i]


def end(t, b, theta):
    z, k, p = arm(b)
    return p[-1] - (1 - t) * k[-1] - b * theta


def table(path):
    rows = []
    for i in reversed(range(COUNT)):
        t = 2.0 ** (-i / STEPS)
        guess = 1.1 * t**0.5
        place = golden(lambda x: density(t, np.exp(x)), np.log(guess / 2), np.log(guess * 2), 1e-4)
        theta = float("%.6g" % (density(t, np.exp(place)) * (1 + MARGIN)))
        place = golden(lambda x: end(t, np.exp(x), theta), np.log(guess / 2), np.log(guess * 2), 1e-4)
        rows.append((t, theta, float("%.6g" % (end(t, np.exp(place), theta) * (1 + MARGIN)))))
    with open(path, "w") as out:
        out.write(
            "/// What sets earn at most at prices 2^(-i/6): written by `Tests/Oracles/marginal_rewards.py --table`, %g above the suprema.\n"
            "///\n"
            "/// `prove wyner-ziv` proves every entry (`RewardBound.proof`); `check` proves those that a certificate names, by their numbers\n"
            "/// alone.\n"
            "package enum RewardTable {\n"
            "  /// From the smallest price to 1.\n"
            "  package static let bounds: [RewardBound] = rows.map { RewardBound(price: $0.0, density: $0.1, end: $0.2) }\n\n"
            "  private static let rows: [(Double, Double, Double)] = [\n" % MARGIN
        )
        for row in rows:
            out.write("    (%r, %r, %r),\n" % row)
        out.write("  ]\n}\n")


def oracle(path):
    from mpmath import calculus, exp, findroot, mp, mpf, ncdf, npdf, quad

    mp.dps = 25
    # Gauss-Legendre's rule of 24 points on eight panels: the integrands are entire but for poles pi/b off the line.
    rule = calculus.quadrature.GaussLegendre(mp).calc_nodes(4, 100)
    u = lambda z, b: ncdf(b - z) - ncdf(-b - z)
    v = lambda z, b: npdf(z + b) - npdf(z - b)
    earned = lambda t, z, b: (t - 1) * u(z, b) + v(z, b) ** 2 / u(z, b)

    def total(t, tau, b):
        h = tau / 16
        return sum(h * w * earned(t, h * (2 * k + 1 + x), b) for k in range(8) for x, w in rule)

    rows = []
    for t in [mpf(1), mpf(2) ** -1, mpf(2) ** -3, mpf(2) ** -5, mpf(2) ** -8, mpf(2) ** -12]:
        def best(b):
            """theta for one b: where the integrand falls to the mean."""
            z, k, p = arm(float(b), 1 / 64)
            g = (p - (1 - float(t)) * k)[1:] / z[1:]
            start = mpf(float(z[1 + int(g.argmax())]))
            tau = findroot(lambda x: earned(t, x, b) * x - total(t, x, b), (start, start + mpf("0.01")), tol=1e-18)
            return total(t, tau, b) / tau, tau

        def climb(f, b, h):
            """Newton steps on central differences."""
            for _ in range(4):
                low, middle, high = f(b * (1 - h)), f(b), f(b * (1 + h))
                step = (high - low) / (2 * (high + low - 2 * middle)) * h * b
                b -= step
                if abs(step) < b * mpf(10) ** -8:
                    break
            return b

        guess = mpf(golden(lambda x: density(float(t), np.exp(x)), np.log(0.5 * float(t) ** 0.5), np.log(2.4 * float(t) ** 0.5), 1e-4))
        b = climb(lambda x: best(x)[0], exp(guess), mpf("1e-3"))
        theta, tau = best(b)
        ends = lambda x: total(t, x + 12, x) - x * theta
        e = climb(ends, exp(guess), mpf("1e-3"))
        rows.append(
            {"price": repr(float(t)), "density": mp.nstr(theta, 15), "half_width": mp.nstr(b, 8), "arm": mp.nstr(tau, 8),
             "end": mp.nstr(ends(e), 15)})
        print(rows[-1], flush=True)
    edge = quad(lambda s: npdf(s) ** 2 / ncdf(s), [-30, -10, -5, 0, 5, 10])
    with open(path, "w") as out:
        json.dump({"edge_reward": mp.nstr(edge, 20), "rewards": rows}, out, indent=1)
        out.write("\n")


if __name__ == "__main__":
    {"--table": table, "--write": oracle}[sys.argv[1]](sys.argv[2])

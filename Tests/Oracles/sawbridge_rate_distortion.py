"""R(D) of the sawbridge between two bounds, at a few slopes, by plain alternating minimisation: an oracle.

s_v(t) = 1(t >= v) with v uniform on [0, 1], distance int (s_v - y)^2. On 200 Gauss-Legendre points of v, n reproductions
y_i and weights r_i are alternately replaced (posterior, then weights and conditional means) until nothing moves, without
acceleration. The channel's rate and distortion are the upper side. The lower side is R + beta D >= E ln alpha - ln c with
c the largest E[alpha exp(-beta d(V, y))] over all y: the roots e'(1) = 1 of e'' = 2 alpha exp(-beta e), e'(0) = -1 are found
by SciPy's DOP853 at tolerance 1e-12 and Brent's method between the sign changes of a scan.

Double precision; the quadratures are accurate to about 1e-12, the iteration's remaining gap is what the two sides show.

Usage: python3 sawbridge_rate_distortion.py > sawbridge-rate-distortion.json     (needs numpy and scipy; ten minutes)
"""

import json

import numpy as np
from scipy.integrate import solve_ivp
from scipy.optimize import brentq

NODES = 200
X, W = np.polynomial.legendre.leggauss(NODES)
V, W = (X + 1) / 2, W / 2
# Antiderivatives from 0: Legendre coefficients of f, integrated term by term.
VALUES = np.polynomial.legendre.legvander(X, NODES - 1)
PROJECT = (VALUES * W[:, None]).T * (2 * np.arange(NODES) + 1)[:, None]
UP = np.polynomial.legendre.legvander(X, NODES)
INTEGRALS = np.empty((NODES, NODES))
INTEGRALS[:, 0] = V
for k in range(1, NODES):
    INTEGRALS[:, k] = (UP[:, k + 1] - UP[:, k - 1]) / 2 / (2 * k + 1)
ANTIDERIVATIVE = INTEGRALS @ PROJECT


def distances(y):
    """d_i(v) = int (1 - y)^2 + int_0^v (2 y - 1)."""
    return ((1 - y) ** 2 @ W)[:, None] + (2 * y - 1) @ ANTIDERIVATIVE.T


def alternate(beta, count, most):
    centers = (np.arange(count) + 0.5) / count
    r = np.full(count, 1 / count)
    d = distances(np.clip((V[None, :] - centers[:, None]) * count / 2 + 0.5, 0, 1))
    for _ in range(most):
        terms = np.log(r)[:, None] - beta * d
        top = terms.max(0)
        p = np.exp(terms - top)
        z = p.sum(0)
        p /= z
        weights = p @ W
        new = distances(p @ ANTIDERIVATIVE.T / weights[:, None])
        change = max(np.abs(new - d).max(), np.abs(weights - r).max())
        d, r = new, weights
        if change < 1e-13:
            break
    # The channel of these reproductions: posterior, its rate, and its distortion to them.
    terms = np.log(r)[:, None] - beta * d
    top = terms.max(0)
    p = np.exp(terms - top)
    z = p.sum(0)
    log_alpha = -(top + np.log(z))
    p /= z
    weights = p @ W
    rate = (np.where(p > 0, p * np.log(np.maximum(p, 1e-300)), 0) @ W).sum() - (weights * np.log(weights)).sum()
    distortion = ((p * d) @ W).sum()
    return rate, distortion, log_alpha


def log_supremum(beta, log_alpha):
    coefficients = PROJECT @ log_alpha
    alpha = lambda v: np.exp(np.polynomial.legendre.legval(2 * v - 1, coefficients))

    def shot(start, tolerance=1e-12):
        def field(v, state):
            e, slope, _ = state
            return [slope, 2 * alpha(v) * np.exp(-beta * e), (1 - slope) ** 2 / 4]

        end = solve_ivp(field, (0, 1), [start, -1, 0], method="DOP853", rtol=tolerance, atol=tolerance).y[:, -1]
        return end[1] - 1, beta * (start - end[2])

    scan = np.linspace(-0.05, 1.1, 400)
    misses = [shot(start, 1e-8)[0] for start in scan]
    best = -np.inf
    for a, b, at_a, at_b in zip(scan, scan[1:], misses, misses[1:]):
        if (at_a > 0) != (at_b > 0):
            root = brentq(lambda start: shot(start)[0], a, b, xtol=1e-13)
            best = max(best, shot(root)[1])
    return best


def main():
    rows = []
    for beta, count in [(5.5, 2), (6, 2), (8, 2), (10, 3), (12, 4), (16, 6)]:
        rate, distortion, log_alpha = alternate(beta, count, 40000)
        lower = log_alpha @ W - log_supremum(beta, log_alpha) - beta * distortion
        rows.append(
            {
                "slope_nats": beta,
                "reproductions": count,
                "distortion": distortion,
                "lower_bits": lower / np.log(2),
                "upper_bits": rate / np.log(2),
            }
        )
    print(json.dumps({"script": "sawbridge_rate_distortion.py", "precision": "double", "rows": rows}, indent=1))


if __name__ == "__main__":
    main()

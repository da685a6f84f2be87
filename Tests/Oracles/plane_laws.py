"""Oracle for proofs of laws in the plane: what a reproduction law's channel has, computed another way.

For a few laws of the banana (Z0, Z1 - Z0^2/10), at a slope beta in nats per unit of squared error: E[-log Z], Z the law's mixture of
kernels exp(-beta |x - y|^2), the channel's own distortion, and g(y) = E[exp(-beta |X - y|^2)/Z(X)] at a place y.

Method: Gauss-Legendre panels in (z0, z1), of which the density is a product, log-sum-exp for Z; two resolutions that must agree. The
program works on panels in the plane of X. Errors: below 1e-9 relative.

    python3 plane_laws.py > plane-laws.json
"""

import json

import numpy as np

LAWS = {
    "one atom": ([0.0], [-0.9], [1.0]),
    "two points": ([3.0], [-0.5], [2.5]),
    "a few": ([0.0, 2.0, 4.0, 6.5], [0.0, -0.4, -1.6, -4.1], [0.2, 0.4, 0.3, 0.1]),
    "a light one far away": ([0.0, 2.5, 12.0], [0.0, -0.6, -14.0], [0.4, 0.6, 1e-9]),
}
PLACE = (2.0, -1.0)


def panels(low, high, width, nodes=12):
    count = int(np.ceil((high - low) / width))
    x, w = np.polynomial.legendre.leggauss(nodes)
    ends = np.linspace(low, high, count + 1)
    half = (ends[1] - ends[0]) / 2
    return ((ends[1:] + ends[:-1])[:, None] / 2 + half * x).ravel(), np.tile(half * w, count)


def evaluate(law, beta, width):
    u, v, w = (np.array(list) for list in law)
    u, v, w = np.concatenate([u, -u]), np.concatenate([v, v]), np.concatenate([w, w]) / (2 * np.sum(w))
    z0, w0 = panels(-30, 30, width)
    z1, w1 = panels(-5, 5, width)
    p1 = w1 * np.exp(-2 * z1**2) * np.sqrt(2 / np.pi)
    expectation = distortion = g = 0.0
    for z, weight in zip(z0, w0):
        p = weight * np.exp(-(z**2) / 18) / np.sqrt(18 * np.pi) * p1
        y = z1 - z * z / 10
        exponent = beta * ((z - u)[None] ** 2 + (y[:, None] - v[None]) ** 2)
        terms = np.log(w)[None] - exponent
        top = terms.max(1)
        kernels = np.exp(terms - top[:, None])
        total = kernels.sum(1)
        log = top + np.log(total)
        expectation -= np.sum(p * log)
        distortion += np.sum(p * (kernels * exponent).sum(1) / total) / beta
        g += np.sum(p * np.exp(-beta * ((z - PLACE[0]) ** 2 + (y - PLACE[1]) ** 2) - log))
    return expectation, distortion, g


rows = []
for name, law in LAWS.items():
    for beta in (0.05, 0.3, 1.5):
        value, check = evaluate(law, beta, 0.2), evaluate(law, beta, 0.16)
        assert all(abs(a - b) <= 1e-9 * max(1, abs(a)) for a, b in zip(value, check)), (name, beta, value, check)
        rows.append(
            dict(
                name=name, first=law[0], second=law[1], weights=law[2], slope=beta,
                expectation=value[0], distortion=value[1], g=value[2],
            )
        )
print(json.dumps(rows, indent=1))

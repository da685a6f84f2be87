#!/usr/bin/env python3
"""Two-sided values of min over laws of R(D) + beta D for the Laplace source, by another route than the package's.

Writes blahut-arimoto.json beside itself. numpy in double precision: the folded density exp(-x), x >= 0, on equal panels of
one kernel width with 12 Gauss-Legendre nodes (the package: both sides, 10, 16 and 20 nodes); a dense interior-point method on
points half a kernel width apart, clusters merged, then dense Newton steps in weights and positions; at slopes below 3 no
geometric rows are needed. Each value carries its own proof: `upper` is E[-log Z], a channel; `lower` is upper less
E[log(1 + e(X))], where e(x) is the largest excess of g(y) = E[exp(-beta (X - y)^2)/Z(X)] over 1 within nine kernel widths of x,
found on a grid of 40 points a width. Both in nats; they agree to the `gap` given, about 1e-9.

    python3 Tests/Oracles/blahut_arimoto.py        (numpy, scipy; half a minute)
"""
import json
import os

import numpy as np
from scipy.ndimage import maximum_filter1d


def quadrature(beta, end):
    s = np.sqrt(1 / (2 * beta))
    x, w = np.polynomial.legendre.leggauss(12)
    edges = np.linspace(0, end, int(np.ceil(end / s)) + 1)
    middle, half = (edges[1:] + edges[:-1]) / 2, (edges[1:] - edges[:-1]) / 2
    nodes = (middle[:, None] + half[:, None] * x).ravel()
    return nodes, (half[:, None] * w).ravel() * np.exp(-nodes)


def kernels(beta, x, y):
    s = np.sqrt(1 / (2 * beta))
    a, b = np.exp(-beta * (x[:, None] - y) ** 2), np.exp(-beta * (x[:, None] + y) ** 2)
    u, v = (x[:, None] - y) / s, (x[:, None] + y) / s
    return (a + b) / 2, (a * u - b * v) / 2, (a * (u * u - 1) + b * (v * v - 1)) / 2


def interior_point(A, w, q):
    n = A.shape[1]
    p, s = np.ones(n), np.full(n, 0.1)
    for k in range(80):
        Z = (A * q) @ p
        g = A.T @ (w / Z)
        if (p * s).max() < 1e-9 and np.abs(1 - g - s).max() < 1e-7:
            break
        mu = 0.1 * (p * s).mean() if k else 0.05
        H = (A * (w / Z**2)[:, None]).T @ (A * q)
        dp = np.linalg.solve(H + np.diag(s / p), g - 1 + mu / p)
        ds = mu / p - s - s / p * dp
        p = p + min(1, 0.99 / max(1e-300, (-dp / p).max())) * dp
        s = s + min(1, 0.99 / max(1e-300, (-ds / s).max())) * ds
    return p * q


def merged(y, r, s):
    rho = r * np.exp(y)
    points = [[y[j], r[j]] for j in range(len(y)) if rho[j] > 1e-2 * rho[max(0, j - 3) : j + 4].max()]
    while len(points) > 1:
        gaps = [b[0] - a[0] for a, b in zip(points, points[1:])]
        i = int(np.argmin(gaps))
        if gaps[i] >= 1.1 * s:
            break
        (a, m), (b, n) = points[i], points[i + 1]
        points[i] = [(a * m + b * n) / (m + n), m + n]
        del points[i + 1]
    y, r = np.array(points).T
    y[np.abs(y) < 0.3 * s] = 0
    return y, r


def newton(beta, x, w, y, r):
    s, n, damping = np.sqrt(1 / (2 * beta)), len(y), 1e-3
    free = np.where(y > 0)[0]
    K = kernels(beta, x, y)
    Z = K[0] @ r
    for _ in range(80):
        g, g1, g2 = (k.T @ (w / Z) for k in K)
        if max(np.abs(1 - g).max(), np.abs(g1[free]).max()) < 1e-12:
            break
        A = np.column_stack([K[0] * r, (K[1] * r)[:, free]])
        H = (A * (w / Z**2)[:, None]).T @ A
        H[:n, :n] += np.diag(r * (1 - g))
        for a, j in enumerate(free):
            H[n + a, n + a] -= r[j] * g2[j]
            H[j, n + a] -= r[j] * g1[j]
            H[n + a, j] -= r[j] * g1[j]
        scale = 1 / np.sqrt(np.concatenate([r, r[free]]))
        gradient = np.concatenate([r * (1 - g), (-r * g1)[free]]) * scale
        for _ in range(14):
            try:
                L = np.linalg.cholesky(H * scale[:, None] * scale + damping * np.eye(len(scale)))
            except np.linalg.LinAlgError:
                damping = max(10 * damping, 1e-14)
                continue
            d = -np.linalg.solve(L.T, np.linalg.solve(L, gradient)) * scale
            y2, r2 = y.copy(), r * np.exp(np.clip(d[:n], -1, 1))
            y2[free] += np.clip(d[n:], -0.4, 0.4) * s
            K2 = kernels(beta, x, y2)
            Z2 = K2[0] @ r2
            if -(w * np.log1p((Z2 - Z) / Z)).sum() + (r2 - r).sum() < 2e-16:
                break
            damping = max(10 * damping, 1e-14)
        else:
            break
        y, r, K, Z, damping = y2, r2, K2, Z2, max(damping / 10, 1e-15)
    return y, r / r.sum()


def solve(beta):
    s, end = np.sqrt(1 / (2 * beta)), 31.0
    x, w = quadrature(beta, end)
    y = np.arange(0, end - 0.3 * s, s / 2)
    r = interior_point(kernels(beta, x, y)[0], w, np.exp(-y) * s / 2)
    y, r = newton(beta, x, w, *merged(y, r, s))
    for _ in range(6):
        Z = kernels(beta, x, y)[0] @ r
        grid = np.arange(0, end, s / 40)
        g = kernels(beta, grid, x)[0] @ (w / Z)
        excess = maximum_filter1d(np.maximum(g - 1, 0), 2 * 9 * 40 + 1)
        loss = (w * np.log1p(np.interp(x, grid, excess))).sum()
        if loss < 5e-10:
            break
        peaks = [i for i in range(1, len(g) - 1) if g[i] > max(g[i - 1], g[i + 1], 1 + 1e-10)]
        peaks = [i for i in peaks if np.abs(y - grid[i]).min() > 0.5 * s]
        if not peaks:
            break
        y2 = np.concatenate([y, grid[peaks]])
        r2 = np.concatenate([r, [0.1 * r[np.abs(y - grid[i]).argmin()] for i in peaks]])
        order = np.argsort(y2)
        y, r = newton(beta, x, w, y2[order], r2[order])
    Z = kernels(beta, x, y)[0] @ r
    # Beyond the end: probability exp(-31) = 3e-14, -log Z at most 1e3.
    upper = -(w * np.log(Z)).sum()
    posterior = (np.exp(-beta * (x[:, None] - y) ** 2) * (x[:, None] - y) ** 2
                 + np.exp(-beta * (x[:, None] + y) ** 2) * (x[:, None] + y) ** 2) / 2 @ r / Z
    return upper, loss + 1e-11, (w * posterior).sum()


rows = []
for beta in np.geomspace(0.2, 3, 40):
    beta = float(beta)
    upper, loss, distortion = solve(beta)
    if loss < 1e-9:
        rows.append({"beta": repr(beta), "upper": repr(float(upper)), "gap": repr(float(loss)),
                     "distortion": repr(float(distortion))})
    print(beta, upper, loss, distortion)
print(len(rows), "slopes to 1e-9")
path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "blahut-arimoto.json")
with open(path, "w") as file:
    json.dump({"laplace": rows}, file, indent=1)
    file.write("\n")

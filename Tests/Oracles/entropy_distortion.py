#!/usr/bin/env python3
"""High-precision reference values for the limits of one-shot lossy compression.

A code for a "cell source" is a list of cell probabilities {p_i} with sum 1.  Its entropy
is H = -sum p_i log2 p_i bits and its distortion is sum p_i delta(p_i), where delta is the
source's distortion for a cell of probability p.

Three curves are computed, each as a function of the distortion D and of the rate R:

  lower         sup over lambda >= 0 of inf over p of [-log2 p + lambda (delta(p) - D)],
                the lower convex envelope of the curve (delta(p), -log2 p);
  exact         the entropy of the biuniform code (K cells of (1-eps)/K and one of eps)
                whose distortion is D;
  time_sharing  the lower convex hull of the uniform codes (delta(1/K), log2 K).

A distortion or a rate given as input is an exact binary double.  Nothing below that
produces a printed digit passes through a float.  Every number is computed twice, at
WORKING and at CHECKING decimal digits, and written only if the two agree to far more than
the digits printed.

    python3 entropy_distortion.py --write entropy-distortion.json   # about 3 minutes
    python3 entropy_distortion.py --verify     # independent float checks, about 2 minutes
"""

import argparse
import json
import math
import sys

import mpmath
from mpmath import mp, mpf

WORKING = 110   # decimal digits; a rate of 40 bits costs some 25 of them to cancellation
CHECKING = 150
DIGITS = 30     # significant digits written
AGREEMENT = 50  # digits to which the two precisions must agree


# ---------------------------------------------------------------- sources

class Source:
    """delta and its first derivative; `tangent` says that the curve (delta(p), -log2 p)
    is not convex near p = 1, so that its envelope ends in a straight segment."""

    def __init__(self, name, tangent, dmax, delta, slope):
        self.name, self.tangent = name, tangent
        self._dmax, self.delta, self.slope = dmax, delta, slope

    @property
    def dmax(self):
        return self._dmax()

    def spread_slope(self, p):
        """d/dp of p delta(p)."""
        return self.delta(p) + p * self.slope(p)


def _sinc(x):
    return mpmath.sin(x) / x


def _circle(p):
    return 1 - _sinc(mp.pi * p) ** 2


def _circle_slope(p):
    x = mp.pi * p
    s = _sinc(x)
    return -2 * s * (mpmath.cos(x) - s) / p


SOURCES = {s.name: s for s in [
    Source("ramp", True, lambda: mpf(1) / 12, lambda p: p * (2 - p) / 12, lambda p: (1 - p) / 6),
    Source("circle", True, lambda: mpf(1), _circle, _circle_slope),
    Source("sawbridge", False, lambda: mpf(1) / 6, lambda p: p / 6, lambda p: mpf(1) / 6),
    Source("sinusoid", True, lambda: mpf(1) / 2, lambda p: _circle(p) / 2,
           lambda p: _circle_slope(p) / 2),
    Source("uniform", False, lambda: mpf(1) / 12, lambda p: p * p / 12, lambda p: p / 6),
]}


def bisect(function, low, high):
    """The zero of an increasing function, by halving down to the working precision.
    A slow method, chosen because it cannot go wrong."""
    low, high = mpf(low), mpf(high)
    if not (function(low) <= 0 <= function(high)):
        raise ArithmeticError("the root is not bracketed")
    for _ in range(2 * mp.prec):
        middle = (low + high) / 2
        if middle <= low or middle >= high:
            break
        if function(middle) <= 0:
            low = middle
        else:
            high = middle
        if high - low <= mpmath.ldexp(high, -mp.prec + 8):
            break
    return (low + high) / 2


def log2(x):
    return mpmath.log(x) / mpmath.log(2)


class Curves:
    """The curves of one source at the current mp precision."""

    def __init__(self, source):
        self.source = source
        self.p_star = self.d_star = self.r_star = None
        if source.tangent:
            # Tangent from (Dmax, 0): -ln p / (Dmax - delta(p)) = 1 / (p delta'(p)).
            def excess(p):
                return (source.dmax - source.delta(p)) + mpmath.log(p) * p * source.slope(p)
            # excess > 0 for small p; it is decreasing through p*.
            self.p_star = bisect(lambda p: -excess(p), mpf("0.05"), mpf("0.49"))
            self.d_star = source.delta(self.p_star)
            self.r_star = -log2(self.p_star)
        self.first_vertex = self._first_vertex()

    # ---- lower

    def cell_of_distortion(self, d):
        return bisect(lambda p: self.source.delta(p) - d, mpf(2) ** -60, mpf(1))

    def lower(self, d):
        """(rate, lambda) of the dual bound."""
        source = self.source
        if self.p_star is not None and d >= self.d_star:
            slope = self.r_star / (source.dmax - self.d_star)
            return slope * (source.dmax - d), slope
        p = self.cell_of_distortion(d)
        return -log2(p), 1 / (p * mpmath.log(2) * source.slope(p))

    def lower_inverse(self, r):
        if self.r_star is not None and r <= self.r_star:
            dmax = self.source.dmax
            return dmax - (dmax - self.d_star) * r / self.r_star
        return self.source.delta(mpf(2) ** -r)

    # ---- exact

    def cells(self, d):
        """The largest K with D <= delta(1/K)."""
        k = max(1, int(mpmath.floor(1 / self.cell_of_distortion(d))))
        while self.source.delta(mpf(1) / (k + 1)) >= d:
            k += 1
        while k > 1 and self.source.delta(mpf(1) / k) < d:
            k -= 1
        return k

    def biuniform(self, k, eps):
        """(entropy, distortion) of k cells of (1-eps)/k and one of eps."""
        a = (1 - eps) / k
        entropy, distortion = -(1 - eps) * log2(a), (1 - eps) * self.source.delta(a)
        if eps > 0:
            entropy -= eps * log2(eps)
            distortion += eps * self.source.delta(eps)
        return entropy, distortion

    def exact_lambda(self, k, eps):
        a = (1 - eps) / k
        return log2(a / eps) / (self.source.spread_slope(a) - self.source.spread_slope(eps))

    def exact(self, d):
        """(rate, lambda or None, K, eps)."""
        k = self.cells(d)
        if self.source.delta(mpf(1) / k) == d:
            return log2(mpf(k)), None, k, mpf(0)
        eps = bisect(lambda e: d - self.biuniform(k, e)[1], 0, mpf(1) / (k + 1))
        return self.biuniform(k, eps)[0], self.exact_lambda(k, eps), k, eps

    def exact_inverse(self, r):
        """(distortion, K, eps)."""
        k = int(mpmath.floor(mpf(2) ** r + mpf(2) ** (-mp.prec // 2)))
        if log2(mpf(k)) >= r - mpf(2) ** (-mp.prec // 2):
            return self.source.delta(mpf(1) / k), k, mpf(0)
        eps = bisect(lambda e: self.biuniform(k, e)[0] - r, 0, mpf(1) / (k + 1))
        return self.biuniform(k, eps)[1], k, eps

    # ---- time sharing

    def _hull(self, count):
        """Vertices K of the hull of the uniform codes 1...count."""
        points = [(self.source.delta(mpf(1) / k), log2(mpf(k)), k) for k in range(1, count + 1)]
        hull = []
        for q in points:  # distortion falls, rate grows
            while len(hull) >= 2:
                (x0, y0, _), (x1, y1, _) = hull[-2], hull[-1]
                # drop the middle point if it is on or above the chord
                if (y1 - y0) * (q[0] - x0) <= (q[1] - y0) * (x1 - x0):
                    hull.pop()
                else:
                    break
            hull.append(q)
        return [q[2] for q in hull]

    def _first_vertex(self):
        """After K = 1 the hull has every K from this one on.  (For larger K than are
        tried here the points lie on a convex curve, so all of them are vertices.)"""
        vertices = self._hull(64)
        first = vertices[1]
        assert vertices == [1] + list(range(first, 65)), vertices
        return first

    def _chord(self, k, j, d):
        x0, y0 = self.source.delta(mpf(1) / k), log2(mpf(k))
        x1, y1 = self.source.delta(mpf(1) / j), log2(mpf(j))
        return y0 + (y1 - y0) * (d - x0) / (x1 - x0)

    def time_sharing(self, d):
        k = self.cells(d)
        return self._chord(1, self.first_vertex, d) if k < self.first_vertex else \
            self._chord(k, k + 1, d)

    def time_sharing_inverse(self, r):
        k = int(mpmath.floor(mpf(2) ** r + mpf(2) ** (-mp.prec // 2)))
        k, j = (1, self.first_vertex) if k < self.first_vertex else (k, k + 1)
        x0, y0 = self.source.delta(mpf(1) / k), log2(mpf(k))
        x1, y1 = self.source.delta(mpf(1) / j), log2(mpf(j))
        return x0 + (x1 - x0) * (r - y0) / (y1 - y0)

    # ---- the largest gap between exact and lower

    def largest_gap(self):
        """Every K up to 40 is searched: on a segment of K the gap is sampled, and around
        the best sample the zero of its derivative is found by bisection."""
        best = None
        for k in range(1, 41):
            grid = [mpf(i) / (400 * (k + 1)) for i in range(1, 400)]

            def gap(eps):
                h, d = self.biuniform(k, eps)
                return h - self.lower(d)[0], d

            with mpmath.workdps(20):
                values = [gap(e)[0] for e in grid]
            i = max(range(len(grid)), key=lambda j: values[j])
            if best is not None and values[i] < best[0] - mpf("1e-6"):
                continue
            low, high = grid[max(i - 1, 0)], grid[min(i + 1, len(grid) - 1)]

            def slope(eps):  # d(gap)/d(eps) has the sign of exact_lambda - lower_lambda
                return self.lower(self.biuniform(k, eps)[1])[1] - self.exact_lambda(k, eps)
            eps = bisect(slope, low, high)
            value, d = gap(eps)
            if best is None or value > best[0]:
                best = (value, d, k, eps)
        return best


# ---------------------------------------------------------------- sampled processes

class Sampled:
    """The dual bound of a process seen at n points.

    grid "endpoints" is linspace(0, 1, n), grid "periodic" is k/n for k = 0...n-1.  N is
    the number of grid cells the phase can fall in, m = p N.  The distortion of a cell is
    scale * base(p) * (1 - 1/m^2) with base(p) = p/6 (sawbridge) or p(2-p)/12 (ramp)."""

    def __init__(self, process, grid, n):
        self.process, self.grid, self.n = process, grid, n
        self.atoms = n - 1 if grid == "endpoints" else n
        scale = mpf(n - 1) / n if grid == "endpoints" else mpf(1)
        self.scale = scale
        self.start = mpf(1) / self.atoms
        self.dmax = self.delta(mpf(1))
        self.rate0 = log2(mpf(self.atoms))
        self.pieces = "curve"
        self.p_low = self.start   # the envelope follows the curve for p in [p_low, p_high]
        self.p_high = mpf(1)
        if process == "ramp":
            self._ramp_envelope()

    def delta(self, p):
        m = p * self.atoms
        base = p / 6 if self.process == "sawbridge" else p * (2 - p) / 12
        return self.scale * base * (1 - 1 / (m * m))

    def slope(self, p):
        q = mpf(1) / (mpf(self.atoms) ** 2 * p * p)
        return self.scale * ((1 + q) / 6 if self.process == "sawbridge" else (1 - p + q) / 6)

    def multiplier(self, p):
        """-dR/dD along the curve."""
        return 1 / (p * mpmath.log(2) * self.slope(p))

    def _ramp_envelope(self):
        """The curve is concave next to both ends: along it lambda is proportional to
        1/(p - p^2 + 1/(p N^2)), which falls only where p^2 (1-2p) > 1/N^2.  That set is
        empty for N <= 5 and otherwise an interval around p = 1/3."""
        n2 = mpf(1) / self.atoms ** 2

        def convexity(p):
            return p * p * (1 - 2 * p) - n2
        third = mpf(1) / 3
        self.pieces, self.p_low, self.p_high = "segment", None, None
        self.convex = None
        if convexity(third) <= 0:
            return
        left = bisect(convexity, self.start, third)
        right = bisect(lambda p: -convexity(p), third, mpf(1))
        self.convex = (left, right)

        def from_start(p):  # chord from p = 1/N against the tangent
            return self.multiplier(p) * self.delta(p) - (self.rate0 + log2(p))

        def from_end(p):
            return self.multiplier(p) * (self.dmax - self.delta(p)) + log2(p)
        # On the convex arc: from_start falls through its zero, from_end too.
        if from_start(right) >= 0 or from_end(left) <= 0:
            return
        low = bisect(lambda p: -from_start(p), left, right)
        high = bisect(lambda p: -from_end(p), left, right)
        if low < high:
            self.pieces, self.p_low, self.p_high = "segment-curve-segment", low, high

    def lower(self, d):
        """(rate, lambda) for 0 < d < dmax."""
        if self.pieces == "segment":
            slope = self.rate0 / self.dmax
            return slope * (self.dmax - d), slope
        if self.process == "ramp":
            d_low, d_high = self.delta(self.p_low), self.delta(self.p_high)
            if d <= d_low:
                slope = (self.rate0 + log2(self.p_low)) / d_low
                return self.rate0 - slope * d, slope
            if d >= d_high:
                slope = -log2(self.p_high) / (self.dmax - d_high)
                return slope * (self.dmax - d), slope
        p = bisect(lambda q: self.delta(q) - d, self.start, mpf(1))
        return -log2(p), self.multiplier(p)


# ---------------------------------------------------------------- what is written

def text(value):
    return None if value is None else mpmath.nstr(value, DIGITS, strip_zeros=False)


def below(x):
    """The largest double < x."""
    f = float(x)
    while mpf(f) >= x:
        f = math.nextafter(f, -math.inf)
    return f


def above(x):
    f = float(x)
    while mpf(f) <= x:
        f = math.nextafter(f, math.inf)
    return f


AWKWARD = (2, 3, 4, 5, 100)


def distortions(curves):
    source = curves.source
    end = source.delta(mpf(2) ** -40)
    count = 48
    start = source.dmax * mpf("0.9995")
    values = [float(start * (end / start) ** (mpf(i) / (count - 1))) for i in range(count)]
    for k in AWKWARD:
        uniform = source.delta(mpf(1) / k)
        values += [below(uniform), above(uniform), float(uniform * (1 - mpf("1e-6")))]
        if mpf(float(uniform)) == uniform:
            values.append(float(uniform))
    if source.name == "ramp":
        values += [5 / 256, 21 / 4096]  # delta(1/8) and delta(1/32), exactly
    if curves.d_star is not None:
        f = float(curves.d_star)
        values += [math.nextafter(f, 0), f, math.nextafter(f, 1)]
    values.append(float(source.dmax * (1 - mpf("1e-9"))))
    return sorted(set(values), reverse=True)


def rates(curves):
    count = 40
    values = [float(mpf("0.001") * mpf(40000) ** (mpf(i) / (count - 1))) for i in range(count)]
    for k in AWKWARD:
        r = log2(mpf(k))
        values += [below(r), above(r)]
    values += [1.0, 2.0, 3.0, 4.0, 8.0, 16.0, 30.0, 40.0]
    if curves.r_star is not None:
        f = float(curves.r_star)
        values += [math.nextafter(f, 0), f, math.nextafter(f, 9)]
    return sorted(set(values))


def sampled_distortions(s):
    fractions = ["1e-9", "1e-6", "1e-4", "1e-3", "0.01", "0.05", "0.1", "0.2", "0.35", "0.5",
                 "0.65", "0.8", "0.9", "0.99", "0.999999"]
    values = [float(s.dmax * mpf(f)) for f in fractions]
    if s.pieces == "segment-curve-segment":
        for p in (s.p_low, s.p_high):
            values += [below(s.delta(p)), above(s.delta(p))]
    return sorted(set(values))


def compute():
    """All numbers at the current precision, as a tree of mpf and plain values."""
    tree = {"sources": {}, "sampled": []}
    for name, source in SOURCES.items():
        c = Curves(source)
        gap = c.largest_gap()
        constants = {
            "maximum_distortion": source.dmax,
            "p_star": c.p_star, "d_star": c.d_star, "r_star": c.r_star,
            "hull_vertices": c._hull(c.first_vertex + 4),
            "largest_gap": gap[0], "largest_gap_distortion": gap[1],
            "largest_gap_cells": gap[2], "largest_gap_odd_cell": gap[3],
        }
        rows = []
        for x in distortions(c):
            d = mpf(x)
            lower, lower_lambda = c.lower(d)
            exact, exact_lambda, k, eps = c.exact(d)
            rows.append({
                "distortion": repr(x), "lower": lower, "lower_lambda": lower_lambda,
                "exact": exact, "exact_lambda": exact_lambda, "cells": k, "odd_cell": eps,
                "time_sharing": c.time_sharing(d)})
            shared = rows[-1]["time_sharing"]
            assert lower <= exact and lower <= shared, (name, x)
            if eps > 0:
                assert abs(c.biuniform(k, eps)[1] / d - 1) < mpf(10) ** -60
        inverse = []
        for x in rates(c):
            r = mpf(x)
            d_exact, k, eps = c.exact_inverse(r)
            d_lower, d_shared = c.lower_inverse(r), c.time_sharing_inverse(r)
            # round trips through the forward curves
            assert abs(c.lower(d_lower)[0] - r) < mpf(10) ** -45, (name, x)
            assert abs(c.exact(d_exact)[0] - r) < mpf(10) ** -45, (name, x)
            assert abs(c.time_sharing(d_shared) - r) < mpf(10) ** -45, (name, x)
            inverse.append({"rate": repr(x), "lower": d_lower, "exact": d_exact,
                            "cells": k, "odd_cell": eps, "time_sharing": d_shared})
        tree["sources"][name] = {"constants": constants, "at_distortion": rows,
                                 "at_rate": inverse}
        print(f"  {name}: {len(rows)} distortions, {len(inverse)} rates", file=sys.stderr)
    for process in ("sawbridge", "ramp"):
        for grid in ("endpoints", "periodic"):
            for n in (3, 4, 8, 64, 1024):
                s = Sampled(process, grid, n)
                rows = []
                for x in sampled_distortions(s):
                    lower, multiplier = s.lower(mpf(x))
                    if process == "sawbridge":  # closed form, m - 1/m = 2 sinh(ln m)
                        closed = s.rate0 - mpmath.asinh(
                            3 * s.atoms * mpf(x) / s.scale) / mpmath.log(2)
                        assert abs(closed - lower) < mpf(10) ** -60
                    rows.append({"distortion": repr(x), "lower": lower,
                                 "lower_lambda": multiplier})
                curve = s.pieces == "segment-curve-segment"
                tree["sampled"].append({
                    "process": process, "grid": grid, "points": n, "atoms": s.atoms,
                    "maximum_distortion": s.dmax, "pieces": s.pieces,
                    "p_low": s.p_low if curve else None,
                    "d_low": s.delta(s.p_low) if curve else None,
                    "p_high": s.p_high if curve else None,
                    "d_high": s.delta(s.p_high) if curve else None,
                    "at_distortion": rows})
    return tree


def compare(a, b, path=""):
    """The largest relative difference between two trees; the plain values must be equal."""
    if isinstance(a, dict):
        assert a.keys() == b.keys(), path
        return max([compare(a[k], b[k], f"{path}/{k}") for k in a], default=mpf(0))
    if isinstance(a, list):
        assert len(a) == len(b), path
        return max([compare(x, y, f"{path}/{i}") for i, (x, y) in enumerate(zip(a, b))],
                   default=mpf(0))
    if isinstance(a, mpf):
        difference = abs(a - b) / abs(b) if b != 0 else abs(a)
        assert difference < mpf(10) ** -AGREEMENT, (path, a, b)
        return difference
    assert a == b, (path, a, b)
    return mpf(0)


def textual(tree):
    if isinstance(tree, dict):
        return {k: textual(v) for k, v in tree.items()}
    if isinstance(tree, list):
        return [textual(v) for v in tree]
    return text(tree) if isinstance(tree, mpf) else tree


def dump(tree, path):
    """JSON with one row of a table to a line, so that differences stay readable."""
    out = json.dumps(tree, indent=1)
    lines, buffer, depth = [], None, 0
    for line in out.split("\n"):
        stripped = line.strip()
        if buffer is None and stripped == "{" :
            buffer = [line]
        elif buffer is not None:
            if stripped.endswith(("{", "[")):
                lines += buffer + [line]
                buffer = None
            elif stripped in ("}", "},"):
                indent = buffer[0][:len(buffer[0]) - len(buffer[0].lstrip())]
                lines.append(indent + "{" + " ".join(b.strip() for b in buffer[1:]) + stripped)
                buffer = None
            else:
                buffer.append(line)
        else:
            lines.append(line)
    joined = "\n".join(lines) + "\n"
    assert json.loads(joined) == tree
    with open(path, "w") as file:
        file.write(joined)


def write(path):
    mp.dps = CHECKING
    print(f"at {CHECKING} digits", file=sys.stderr)
    fine = compute()
    mp.dps = WORKING
    print(f"at {WORKING} digits", file=sys.stderr)
    coarse = compute()
    mp.dps = CHECKING
    difference = compare(coarse, fine)
    print("largest relative difference between the two precisions:",
          mpmath.nstr(difference, 3))
    dump(textual(fine), path)


# ---------------------------------------------------------------- independent checks

def verify():
    """Checks in ordinary floats, by routes that share no formula with the above except
    delta itself."""
    import time

    import numpy as np
    from scipy.optimize import minimize, minimize_scalar

    mp.dps = 50
    deltas = {
        "ramp": lambda p: p * (2 - p) / 12,
        "circle": lambda p: 1 - np.sinc(p) ** 2,       # numpy's sinc has the pi in it
        "sawbridge": lambda p: p / 6,
        "sinusoid": lambda p: (1 - np.sinc(p) ** 2) / 2,
        "uniform": lambda p: p * p / 12,
    }
    rng = np.random.default_rng(20240229)
    failures = 0

    def supinf(delta, d, low):
        """sup over lambda of inf over p, nested and blind: a grid and thirds."""
        grid = np.exp(np.linspace(math.log(low), 0, 40001))
        cost, spread = -np.log2(grid), delta(grid)

        def inner(loglam):
            lam = math.exp(loglam)
            total = cost + lam * spread
            best = total.min()
            # every local minimum of the grid that could win is refined, since near a
            # corner in lambda two of them compete
            near = np.nonzero((total[1:-1] <= total[:-2]) & (total[1:-1] <= total[2:])
                              & (total[1:-1] < best + 1e-6))[0] + 1
            for i in near:
                found = minimize_scalar(lambda p: -math.log2(p) + lam * float(delta(p)),
                                        bounds=(grid[i - 1], grid[i + 1]), method="bounded",
                                        options={"xatol": 1e-13})
                best = min(best, found.fun)
            return best - lam * d

        coarse = np.linspace(-3, 30, 133)
        values = [inner(x) for x in coarse]
        i = int(np.argmax(values))
        # Thirds: the function is concave but may have a corner at its top.
        a, b = coarse[max(i - 1, 0)], coarse[min(i + 1, 132)]
        best = values[i]
        for _ in range(85):
            x, y = a + (b - a) / 3, b - (b - a) / 3
            fx, fy = inner(x), inner(y)
            best = max(best, fx, fy)
            if fx < fy:
                a = x
            else:
                b = y
        return best

    print("1. the dual bound against a nested sup-inf search")
    for name, delta in deltas.items():
        c = Curves(SOURCES[name])
        worst = 0.0
        for fraction in (0.999, 0.9, 0.7, 0.5, 0.4, 0.3, 0.1, 0.03, 1e-3, 1e-5):
            d = float(c.source.dmax) * fraction
            worst = max(worst, abs(supinf(delta, d, 1e-7) - float(c.lower(mpf(d))[0])))
        failures += worst > 1e-9
        print(f"   {name:10s} largest difference {worst:.1e} bits over 10 distortions")

    print("2. the sampled dual bound against the same search, p >= 1/N")
    for process in ("sawbridge", "ramp"):
        for grid in ("endpoints", "periodic"):
            worst, pieces = 0.0, []
            for n in (3, 4, 6, 7, 8, 9, 64, 1024):
                s = Sampled(process, grid, n)
                pieces.append(f"{n}:{s.pieces}")

                def delta(p):
                    base = p / 6 if process == "sawbridge" else p * (2 - p) / 12
                    return float(s.scale) * base * (1 - 1 / (p * s.atoms) ** 2)
                for x in sampled_distortions(s)[::2]:
                    worst = max(worst, abs(supinf(delta, x, 1 / s.atoms)
                                           - float(s.lower(mpf(x))[0])))
            failures += worst > 1e-9
            print(f"   {process} {grid}: largest difference {worst:.1e}; {' '.join(pieces)}")

    print("3. exact against every code that the second-order conditions allow")
    # A code that is optimal given sum = 1 and distortion = D makes the Lagrangian
    # stationary: all sizes solve -ln p + lambda (p delta)' = const, whose derivative has
    # the sign of lambda p (p delta)'' - 1.  If p (p delta)'' rises and then falls where it
    # is positive, there are at most three sizes, and two equal sizes where that sign is negative can be
    # pulled apart to advantage.  So: one large cell or none, K equal ones, one small or
    # none.  All such codes are scanned on a fine grid of the large cell.
    for name, delta in deltas.items():
        p = np.linspace(1e-3, 1, 4001)
        f = p * delta(p)
        second = p[1:-1] * np.diff(f, 2) / np.diff(p)[0] ** 2
        second = second[second > 0]   # lambda > 0, so only this part matters
        turns = int(np.sum(np.diff(np.sign(np.diff(second) + 1e-7)) != 0))
        failures += turns > 1
        c = Curves(SOURCES[name])
        best_improvement, worst_case, tried = -np.inf, None, 0
        dmax = float(c.source.dmax)
        for fraction in np.concatenate([np.linspace(0.03, 0.999, 60), [0.01, 0.002]]):
            d = dmax * float(fraction)
            biuniform = float(c.exact(mpf(d))[0])
            for k in range(0, 2 * c.cells(mpf(d)) + 8):
                best, where = scan_three_sizes(np, delta, d, k)
                tried += 1
                if best is not None and biuniform - best > best_improvement:
                    best_improvement, worst_case = biuniform - best, (d, k, where)
        failures += best_improvement > 1e-8
        print(f"   {name:10s} p(p delta)'' changes direction {turns} times; {tried} scans; the"
              f" best code beats the biuniform one by {best_improvement:.1e} bits"
              f" (D = {worst_case[0]:.6f})")

    print("4. exact against free minimisation over all cell sizes (SLSQP, random starts)")
    for name, delta in deltas.items():
        c = Curves(SOURCES[name])
        dmax = float(c.source.dmax)
        best_improvement, nearest, starts = -np.inf, 0.0, 0
        begin = time.time()
        for fraction in (0.95, 0.85, 0.75, 0.6, 0.5, 0.45, 0.38, 0.3, 0.22, 0.15):
            d = dmax * fraction
            biuniform = float(c.exact(mpf(d))[0])
            k = c.cells(mpf(d))
            found = np.inf
            for trial in range(16):
                cells = int(rng.integers(k + 1, k + 6))
                x = rng.dirichlet(np.full(cells, rng.choice([0.3, 1.0, 5.0])))
                x = np.maximum(x, 1e-6)
                x /= x.sum()
                result = minimize(
                    lambda q: -np.sum(q * np.log2(q)), x, method="SLSQP",
                    jac=lambda q: -np.log2(q) - 1 / math.log(2),
                    bounds=[(1e-12, 1)] * cells,
                    constraints=[{"type": "eq", "fun": lambda q: np.sum(q) - 1},
                                 {"type": "ineq",
                                  "fun": lambda q: (d - np.sum(q * delta(q))) / dmax}],
                    options={"ftol": 1e-13, "maxiter": 400})
                starts += 1
                q = result.x
                if abs(q.sum() - 1) < 1e-9 and np.sum(q * delta(q)) <= d + 1e-10 * dmax:
                    found = min(found, result.fun)
            best_improvement = max(best_improvement, biuniform - found)
            nearest = max(nearest, found - biuniform)
        failures += best_improvement > 1e-6
        print(f"   {name:10s} {starts} starts: best beats biuniform by at most"
              f" {best_improvement:.1e} bits; the search's own shortfall is at most"
              f" {nearest:.1e} bits ({time.time() - begin:.0f} s)")

    print("5. exact_lambda and lower_lambda against central differences")
    for name in deltas:
        c, worst = Curves(SOURCES[name]), mpf(0)
        for fraction in ("0.97", "0.71", "0.4", "0.123", "1.37e-4", "1.37e-8"):
            d = c.source.dmax * mpf(fraction)
            h = d * mpf(10) ** -22
            with mpmath.workdps(110):
                for value, index in ((c.lower, 0), (c.exact, 0)):
                    difference = (value(d - h)[0] - value(d + h)[0]) / (2 * h)
                    worst = max(worst, abs(difference / value(d)[1] - 1))
        failures += worst > mpf(10) ** -12
        print(f"   {name:10s} largest relative difference {mpmath.nstr(worst, 2)}")
    print("no check failed" if failures == 0 else f"{failures} checks FAILED")
    return failures


def scan_three_sizes(np, delta, d, k):
    """The least entropy over codes {large, k equal, small} of distortion d, with
    large >= middle >= small >= 0, and the sizes found.  For a given large cell the small
    one is found by bisection on every sign change over a grid."""
    large = np.linspace(0.0, 1.0, 1501)[1:]
    if k == 0:
        small = 1 - large
        middle = np.zeros_like(large)
        rows = [(large, middle, small)]
        size = large * delta(large) + small * delta(small) - d
        sign = np.nonzero(np.diff(np.sign(size)) != 0)[0]
        lo, hi = large[sign], large[sign + 1]
        for _ in range(60):
            mid = (lo + hi) / 2
            g = mid * delta(mid) + (1 - mid) * delta(1 - mid) - d
            g0 = lo * delta(lo) + (1 - lo) * delta(1 - lo) - d
            same = np.sign(g) == np.sign(g0)
            lo, hi = np.where(same, mid, lo), np.where(same, hi, mid)
        if len(lo) == 0:
            return None, None
        sizes = np.stack([lo, 1 - lo])
        entropy = -np.sum(np.where(sizes > 0, sizes * np.log2(np.maximum(sizes, 1e-300)), 0), 0)
        i = int(np.argmin(entropy))
        return float(entropy[i]), tuple(sizes[:, i])
    # small = t * (1 - large)/(k + 1), t in [0, 1]
    t = np.linspace(0.0, 1.0, 201)[:, None]

    def value(l, u):
        s = u * (1 - l) / (k + 1)
        m = (1 - l - s) / k
        return l * delta(l) + k * m * delta(m) + s * delta(s) - d, m, s
    grid, _, _ = value(large[None, :], t)
    i, j = np.nonzero(np.diff(np.sign(grid), axis=0) != 0)
    if len(i) == 0:
        return None, None
    l = large[j]
    lo, hi = t[i, 0], t[i + 1, 0]
    g0 = value(l, lo)[0]
    for _ in range(60):
        mid = (lo + hi) / 2
        g = value(l, mid)[0]
        same = np.sign(g) == np.sign(g0)
        lo, hi = np.where(same, mid, lo), np.where(same, hi, mid)
    _, m, s = value(l, lo)
    keep = (m <= l + 1e-12)
    if not keep.any():
        return None, None
    l, m, s = l[keep], m[keep], s[keep]

    def h(x):
        return np.where(x > 0, -x * np.log2(np.maximum(x, 1e-300)), 0)
    entropy = h(l) + k * h(m) + h(s)
    i = int(np.argmin(entropy))
    return float(entropy[i]), (float(l[i]), float(m[i]), float(s[i]))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--write", metavar="PATH")
    parser.add_argument("--verify", action="store_true")
    arguments = parser.parse_args()
    if arguments.write:
        write(arguments.write)
    if arguments.verify:
        sys.exit(1 if verify() else 0)

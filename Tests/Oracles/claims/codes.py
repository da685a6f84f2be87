"""Dumped encoders: the numbers of a `line-code`, thresholds known, and the lines of its ledger, from the pieces alone.

A symbol of probability p costs half the mean of |x_u - x_v|^2 over two of its points. Where that is k(u - v) for a phase or the
uniform scalar, the integral of k over two pieces is four values of phi, phi'' = k, whatever else lies between them; a scalar's
pieces have closed moments. The optimum E(D) is biuniform (BiuniformCodes.md); for other scalars it is not computed here.
"""
from fractions import Fraction

from flint import arb

from .balls import NotChecked, ball, decimal, entropy, log2, numbers, precision, require, spend
from .cells import named_cells
from .limits import oscillator, von_mises_fisher
from .pieces import POTENTIALS, SCALARS, square
from .plane_codes import PlaneCode

LARGEST = 400
# A threshold that is known moves by so much where a phase is counted a turn later, or in other units.
ROUNDING = arb(2) ** -48
NONNEGATIVE = ("decoder", "not-intervals", "cell-sizes", "one-shot")


class Evidence:
    """What a family of channels is asked for: the numbers of a certificate at a distortion."""

    def __init__(self, source, numbers_, distortion):
        self.source, self.numbers, self.distortion, self.parameters = source, numbers_, distortion, {}

    def __getitem__(self, name):
        return self.numbers[name]


class Code:
    """Probabilities, distortions and centroids of the symbols, in units of the standard source."""

    def __init__(self, source, parameters, evidence):
        require(source in POTENTIALS or source in SCALARS, "the source has no codes that are checked here")
        if source not in POTENTIALS and source not in SCALARS or parameters.get("samples"):
            raise NotChecked("samples of time are beyond this checker")
        self.source, closed = source, source in ("circle", "ramp")
        self.cells = named_cells(source, None, False, False) if source in POTENTIALS else None
        places, symbols = numbers(evidence.get("thresholds"), "thresholds"), numbers(evidence.get("symbols"), "symbols")
        ends = [numbers(evidence.get(f"thresholds_{side}"), f"thresholds_{side}") for side in ("lower", "upper")]
        require(len(places) == len(ends[0]) == len(ends[1]), "thresholds have ends each")
        require(all(low <= x <= high for low, x, high in zip(ends[0], places, ends[1])), "a threshold is beyond its ends")
        require(all(x < y for x, y in zip(places, places[1:])), "thresholds do not increase")
        require(not places or places[-1] < places[0] + 1 or not closed, "thresholds go around more than once")
        if any(high - low > ROUNDING for low, high in zip(*ends)):
            raise NotChecked("thresholds lie between two rows")
        places = [low.union(high) for low, high in zip(*ends)]
        self.symbols = [int(float(s)) for s in symbols]
        self.count = max(self.symbols, default=-1) + 1
        require(all(s == k for s, k in zip(symbols, self.symbols)), "a symbol is no whole number")
        require(set(self.symbols) == set(range(self.count)) and self.count > 0, "symbols are not all from 0 on")
        require(len(symbols) == (max(len(places), 1) if closed else len(places) + 1), "there are not as many symbols as pieces")
        if len(symbols) > LARGEST:
            raise NotChecked("it has too many pieces")
        if closed:
            require(all(x >= 0 and x < 2 for x in ends[0]), "a threshold is no phase")
            cuts = places + [places[0] + 1] if places else [arb(0), arb(1)]
        elif source == "uniform":
            require(all(-1 < 2 * x < 1 for x in places), "a threshold is outside the source")
            cuts = [arb("-0.5"), *places, arb("0.5")]
        else:
            cuts = [None, *places, None]
        self.pieces = list(zip(self.symbols, cuts, cuts[1:]))
        self.lengths = None
        if "lengths" in evidence:
            self.lengths = numbers(evidence["lengths"], "lengths")
            require(len(self.lengths) == self.count and all(x >= 0 for x in self.lengths), "lengths are none")
        self.points = None
        if "reconstructions" in evidence:
            self.points = numbers(evidence["reconstructions"], "reconstructions")
            if source == "ramp":
                raise NotChecked("samples of time are beyond this checker")
            size = 2 if source == "circle" else 1
            require(len(self.points) == size * self.count, "reconstructions have another number of components")
            self.points = [self.points[size * k:size * k + size] for k in range(self.count)]
        self.scalar_symbols(parameters) if source in SCALARS else self.phase_symbols()

    def phase_symbols(self):
        phi, pi = POTENTIALS[self.source], arb.pi()
        self.p, self.costs, self.centroids, self.unit = [arb(0)] * self.count, [], [], arb(1)
        for s, a, b in self.pieces:
            self.p[s] += b - a
        for s in range(self.count):
            own, pairs = [(a, b) for t, a, b in self.pieces if t == s], arb(0)
            for a, b in own:
                for c, d in own:
                    spend()
                    pairs += phi(a - d) + phi(b - c) - phi(b - d) - phi(a - c)
            self.costs.append(pairs / (2 * self.p[s]))
            if self.source == "circle":
                self.centroids.append([sum((f(2 * b) - f(2 * a)) * sign for a, b in own) / (2 * pi * self.p[s])
                                       for f, sign in ((arb.sin_pi, 1), (arb.cos_pi, -1))])
            else:
                self.centroids.append([sum((b - a) * (a + b) / 2 for a, b in own) / self.p[s]])
        self.shift = arb("0.5") if self.source == "uniform" else arb(0)
        self.scale = arb(1)

    def scalar_symbols(self, parameters):
        moments, name, power = SCALARS[self.source]
        sums = [[arb(0)] * 3 for _ in range(self.count)]
        for s, a, b in self.pieces:
            sums[s] = [x + y for x, y in zip(sums[s], moments(a, b))]
        self.unit = parameters[name] ** power
        self.scale, self.shift = self.unit.sqrt(), arb(0)
        self.p = [m[0] for m in sums]
        self.centroids = [[m[1] / m[0]] for m in sums]
        self.costs = [m[2] - m[1] * m[1] / m[0] for m in sums]

    # What the rows say.

    def entropy(self):
        return sum(map(entropy, self.p)) / arb(2).log()

    def length(self):
        return sum(p * x for p, x in zip(self.p, self.lengths))

    def centred(self):
        return self.unit * sum(self.costs)

    def given(self):
        """Parallel axes: a reconstruction adds p |c - y|^2."""
        moved = [[(y - self.shift) / self.scale for y in point] for point in self.points]
        return self.centred() + self.unit * sum(
            p * sum(square(c - y) for c, y in zip(centroid, point))
            for p, centroid, point in zip(self.p, self.centroids, moved))

    def intervals(self):
        """Of the same probabilities: cells that cost what their probability says."""
        cells = self.cells
        if cells:
            return sum(p * cells.part(p) for p in self.p) / cells.unit
        if len(self.pieces) > self.count:
            raise NotChecked("a scalar's cells in several pieces are not put in order here")
        return self.centred()

    def best(self, distortion):
        """E at an enclosed distortion: the codes of K equal cells and an odd one of (t - K)/(K + 1), K = floor t, are
        optimal, and their distortion falls with t."""
        cells = self.cells
        if not cells:
            raise NotChecked("the optimum of this source is not computed here")

        def code(t):
            k = int(float(t.floor()))
            return cells.code(k, (t - k) / (k + 1))

        def end(is_beyond):
            low, high = Fraction(1), Fraction(2)
            while is_beyond(code(ball(high))[1]):
                spend()
                low, high = high, 2 * high
            for _ in range(160):
                middle = (low + high) / 2
                low, high = (middle, high) if is_beyond(code(ball(middle))[1]) else (low, middle)
            return low, high
        target = distortion * cells.unit
        low, _ = end(lambda cost: cost >= target.upper())
        _, high = end(lambda cost: not cost <= target.lower())
        return code(ball(low))[0].union(code(ball(high))[0])

    def long_blocks(self, distortion):
        """R(D) at an enclosed distortion, where it is a closed form: of a family, the least parameter whose channel has at
        most D."""
        if self.source == "gaussian":
            return (log2(self.unit / distortion) / 2).max(arb(0))
        family = {"circle": von_mises_fisher, "ramp": oscillator}.get(self.source)
        if not family:
            raise NotChecked("R(D) of this source is not computed beside a code")

        def end(side, parameter, d):
            evidence = Evidence(self.source, {"achieving": arb(0), "dual": arb(0), side: arb(parameter)}, d)
            return family(evidence)[side == "achieving"]
        with precision(90):
            least, low, high = distortion.lower(), 0.0, 4.0
            while end("achieving", high, least) is None and high < 1e9:
                spend()
                low, high = high, 2 * high
            while low < (low + high) / 2 < high:
                spend()
                middle = (low + high) / 2
                low, high = (middle, high) if end("achieving", middle, least) is None else (low, middle)
            upper = end("achieving", high, least)
            require(upper is not None, "no channel has so little distortion")
            return end("dual", high, distortion.upper()).max(arb(0)).union(upper)

    def value(self, quantity):
        """A row's number, enclosed."""
        rate = self.length() if self.lengths else self.entropy()
        final = self.given() if self.points else self.centred()
        values = {
            "cells": lambda: arb(self.count), "intervals": lambda: arb(len(self.pieces)), "entropy": self.entropy,
            "distortion-centroids": self.centred, "distortion-intervals": self.intervals,
            "best-one-shot": lambda: self.best(final), "gap-one-shot": lambda: rate - self.best(final),
            "not-intervals": lambda: self.best(self.intervals()) - self.best(self.centred())
            if len(self.pieces) > self.count else arb(0),
            "cell-sizes": lambda: self.entropy() - self.best(self.intervals()),
            "best-long-blocks": lambda: self.long_blocks(final), "gap-long-blocks": lambda: rate - self.long_blocks(final),
            "one-shot": lambda: self.best(final) - self.long_blocks(final),
        }
        if self.lengths:
            values["cross-entropy"], values["entropy-model"] = self.length, lambda: self.length() - self.entropy()
        if self.points:
            values["distortion"] = self.given
            values["decoder"] = lambda: self.best(self.centred()) - self.best(final)
        require(quantity in values, "this is nothing that is known of the code")
        return values[quantity]()


# Which evidence is which code.
CODES = {"line-code": Code, "codebook-code": PlaneCode, "grid-code": PlaneCode}


class CodeClaim:
    """A row of a code's report: that its number lies between `lower` and `upper`."""

    def __init__(self, row):
        self.source, self.curve, self.kind, self.row = row.get("source"), row.get("quantity"), row["certificate"]["type"], row

    def __str__(self):
        return f"{self.source} {self.curve}: {self.row.get('value')} in [{self.row.get('lower')}, {self.row.get('upper')}]"

    def judge(self, parameters, bits):
        row = self.row
        require(isinstance(self.curve, str) and isinstance(self.source, str), "source or quantity is no word")
        require(row.get("assurance", "proved") in ("proved", "recomputed"), "the assurance is none")
        value, lower = decimal(row.get("value"), "the value"), decimal(row.get("lower"), "the lower end")
        upper = None if row.get("upper") is None else decimal(row["upper"], "the upper end")
        if row.get("assurance") == "recomputed":
            return "recomputed"
        with precision(3 * bits):
            found = CODES[self.kind](self.source, parameters, row["certificate"]).value(self.curve)
            require(found.is_finite(), "the number is not finite")
            is_least = self.curve in NONNEGATIVE and lower <= 0 and not found < 0
            require(is_least or ball(lower) <= found, f"it is {found.str(15)}, not at least the lower end")
            require(upper is None or found <= ball(upper), f"it is {found.str(15)}, not at most the upper end")
            near = abs(found - ball(value)) <= ball(Fraction(1, 10 ** 12) * (1 + abs(value)))
            require(near, f"it is {found.str(15)}, and not the value")
        return "proved"

"""Densities of scalar sources in standard form, Gaussian mixtures in their own units, and what is known of X given Y.

half(t) is the integrals of 1, x and x^2 beyond t >= 0; right(t) beyond any t, for complex t continued from where its middle
lies. f(x) is the density where x >= 0, which a symmetric one mirrors. `bounds` leave out 1e-15 of an infinite side.
"""
from flint import acb, arb

from .balls import around, integral, require


class Density:
    symmetric, bounds, infinite = True, (-36, 36), (True, True)
    mean = property(lambda self: arb(0))

    def right(self, t):
        if (t.real.mid() if isinstance(t, acb) else t.mid()) >= 0:
            return self.half(t)
        if not self.symmetric:
            return arb(1), self.mean, self.variance + self.mean ** 2
        p, m, s = self.half(-t)
        return 1 - p, m, self.variance - s

    def cell(self, a, b):
        """The integrals of 1, x, x^2 over (a, b), None for infinite ends; mirrored where a difference from 1 would cancel."""
        if self.symmetric and b is not None and b <= 0:
            p, m, s = self.cell(-b, None if a is None else -a)
            return p, -m, s
        low = (arb(1), self.mean, self.variance + self.mean ** 2) if a is None else self.right(a)
        return low if b is None else tuple(x - y for x, y in zip(low, self.right(b)))

    def beyond(self, sign, t):
        """The integrals beyond t on one side, where that is infinite."""
        p, m, s = self.half(sign * t) if self.infinite[sign > 0] else (arb(0),) * 3
        return p, sign * m, s


class GaussianDensity(Density):
    h, variance = property(lambda self: ((2 * arb.pi()).log() + 1) / 2), property(lambda self: arb(1))

    def f(self, x):
        return (-x * x / 2).exp() / (2 * arb.pi()).sqrt()

    def log_slope(self, x):
        """f'/f."""
        return -x

    def half(self, t):
        q, f = (t / arb(2).sqrt()).erfc() / 2, self.f(t)
        return q, f, q + t * f


class ExponentialDensity(Density):
    symmetric, bounds, infinite = False, (0, 36), (False, True)
    h = variance = mean = property(lambda self: arb(1))

    def f(self, x):
        return (-x).exp()

    def half(self, t):
        q = self.f(t)
        return q, q * (t + 1), q * (t * (t + 2) + 2)


class LaplaceDensity(ExponentialDensity):
    symmetric, bounds, infinite = Density.symmetric, Density.bounds, Density.infinite
    h, variance, mean = property(lambda self: 1 + arb(2).log()), property(lambda self: arb(2)), Density.mean

    def f(self, x):
        return (-x).exp() / 2


class LogisticDensity(Density):
    h, variance = property(lambda self: arb(2)), property(lambda self: arb.pi() ** 2 / 3)

    def f(self, x):
        z = (-x).exp()
        return z / (1 + z) ** 2

    def log_slope(self, x):
        return 1 - 2 / (1 + (-x).exp())

    def half(self, t):
        z = (-t).exp()
        q, log = z / (1 + z), (1 + z).log() if isinstance(t, acb) else z.log1p()
        return q, t * q + log, t * t * q + 2 * t * log - 2 * (-z).polylog(2)


class UniformDensity(Density):
    """On [-1/2, 1/2]: the source on [0, 1] moved."""
    bounds, infinite = (-0.5, 0.5), (False, False)
    h, variance = property(lambda self: arb(0)), property(lambda self: arb(1) / 12)

    def f(self, x):
        return x * 0 + 1

    def half(self, t):
        if (t.real if isinstance(t, acb) else t).mid() >= 0.5:
            return (arb(0),) * 3
        return 0.5 - t, (0.25 - t * t) / 2, (0.125 - t * t * t) / 3


class Mixture(Density):
    """w N(m1, v1) + (1 - w) N(m2, v2)."""
    symmetric = False

    def __init__(self, p):
        w, v, u = p["weight"], p["variance-1"], p["variance-2"]
        require(v <= 10 ** 6 * u and u <= 10 ** 6 * v, "the variances differ too much")
        self.parts = [(w, p["mean-1"], v), (1 - w, p["mean-2"], u)]
        self.variance = w * v + (1 - w) * u + w * (1 - w) * (p["mean-1"] - p["mean-2"]) ** 2
        self.bounds = tuple(pick(float(m + sign * 10 * v.sqrt()) for _, m, v in self.parts) for sign, pick in ((-1, min), (1, max)))

    def f(self, x):
        return sum(w * (-(x - m) ** 2 / (2 * v)).exp() / (2 * arb.pi() * v).sqrt() for w, m, v in self.parts)

    def beyond(self, sign, t):
        total = [arb(0)] * 3
        for w, m, v in self.parts:
            p, a, b = Gaussian.right(sign * (t - m) / v.sqrt())
            a *= sign * v.sqrt()
            total = [x + w * y for x, y in zip(total, (p, m * p + a, m * m * p + 2 * m * a + v * b))]
        return total

    @property
    def h(self):
        """-int f ln f; beyond the bounds |ln f| is at most that of a component, or of the largest value of f."""
        cuts = sorted(float(m + s * v.sqrt()) for _, m, v in self.parts for s in (-10, -3, 0, 3, 10))
        value = sum(integral(lambda x, a: -self.f(x) * self.f(x).log(analytic=a), x, y) for x, y in zip(cuts, cuts[1:]) if x < y)
        w, m, v = self.parts[0]
        logs = sum(abs(x.log()) for x in (w, 2 * arb.pi() * v, sum(w / (2 * arb.pi() * v).sqrt() for w, _, v in self.parts)))
        for sign in (-1, 1):
            p, a, s = self.beyond(sign, arb(self.bounds[sign > 0]))
            value += around(p * logs + (s - 2 * m * a + m * m * p) / (2 * v))
        return value


Gaussian = GaussianDensity()
DENSITIES = {
    "gaussian": Gaussian, "laplace": LaplaceDensity(), "exponential": ExponentialDensity(),
    "signed-laplace": ExponentialDensity(), "logistic": LogisticDensity(), "uniform": UniformDensity(),
}


def scalar(claim):
    """The standard density and the squared scale; of signed-laplace that of |X|, whose sign the decoder knows."""
    p = claim.parameters
    return DENSITIES[claim.source], p["variance"] if claim.source == "gaussian" else p.get("scale", arb(1)) ** 2


def conditional_variance(claim):
    """Of X given Y."""
    p = claim.parameters
    if p["setting"] == "correlation":
        return (1 - p["correlation"]) * (1 + p["correlation"]) * p["variance"]
    v, n = p["variance"], p["noise-variance"]
    return n if p["setting"] == "side-plus-noise" else v * n / (v + n)


def source_variance(claim):
    p = claim.parameters
    return p["variance"] + (p["noise-variance"] if p["setting"] == "side-plus-noise" else 0)

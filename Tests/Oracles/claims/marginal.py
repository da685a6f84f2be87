"""H(index) of one-shot codes whose decoder knows Y, and binning: what sets earn behind Gaussian noise (MarginalConverse.md)."""
import functools
import math

from flint import acb, arb, arb_series

from .balls import around, integral, log2, numbers, precision, require, spend
from .densities import conditional_variance
from .laws import top
from .side_information import spread

# Half a panel of z, terms of Taylor series, how far beyond b panels go, and the b from which on sets are taken as one.
HALF, TERMS, BEYOND, WIDEST = arb(1) / 8, 14, 7, 8


def phi(x):
    return (-x * x / 2).exp() / (2 * arb.pi()).sqrt()


def right(x):
    """P(W > x), and its integral from x on with the sign turned, x P(W > x) - phi(x)."""
    q = (x / arb(2).sqrt()).erfc() / 2
    return q, x * q - phi(x)


class Interval:
    """What is seen of [-b, b] from z through N(0, 1): u = P(|z + W| <= b), for 0 <= z <= b + BEYOND in panels the Taylor
    polynomials of A = int u, v = |u'| and Q = int u'^2/u, integrals from 0, with a ball for what they leave out. For b < 1
    u = 2 phi(z) S with S = sum of z^2k mu_k/(2k)!, mu_k = int_0^b x^2k exp(-x^2/2), so that small b lose no digits:
    u'^2/u = 2 phi(z) (z S - S')^2/S; a Taylor coefficient of the terms beyond 60 is at most their sum at z + 1."""

    def __init__(self, b):
        self.b, self.panels, q = b, [], arb(0)
        if b < 1:
            self.moments = [(b * b / 2).gamma_lower(k + arb(0.5)) * arb(2) ** (k - arb(0.5)) / arb(2 * k).fac() for k in range(61)]
        count = math.ceil(float((b + BEYOND) / (2 * HALF)))
        for i in range(count):
            spend()
            middle = (2 * i + 1) * HALF
            inner = self.series(arb_series([middle, 1], TERMS), middle)
            outer = self.series(arb_series([middle + around(HALF), 1], TERMS + 1), middle)
            (a, v, f), rest = inner, [s[TERMS] * HALF ** TERMS for s in outer]
            # Q from the panel's start: the polynomial of f, integrated.
            poly = [arb(0)] + [f[k] / (k + 1) for k in range(TERMS - 1)]
            start = sum(c * (-HALF) ** k for k, c in enumerate(poly))
            loss = around(2 * HALF * ((f[TERMS - 1] * HALF ** (TERMS - 1)).abs_upper() + rest[2].abs_upper()))
            poly[0] = q - start
            self.panels.append(([a[k] for k in range(TERMS)], [v[k] for k in range(TERMS)], poly,
                                [around(rest[0].abs_upper()), around(rest[1].abs_upper()), loss]))
            q = sum(c * HALF ** k for k, c in enumerate(poly)) + loss
        self.end = 2 * count * HALF
        # Beyond, |u'| <= z u and u falls faster than exp(-z).
        self.total = q + ((self.end + 1) * right(self.end - b)[0]).union(arb(0))

    def series(self, z, middle):
        """A, v and u'^2/u."""
        b = self.b
        (p, m), (q, n) = self.tails(z - b), self.tails(z + b)
        f = (-z * z / 2).exp() / (2 * arb.pi()).sqrt()
        if b < 1:
            s, d, square, n_terms = arb_series([0], z.prec), arb_series([0], z.prec), z * z, len(self.moments)
            for k in range(n_terms - 1, 0, -1):
                s, d = (s + self.moments[k]) * square, d * square + 2 * k * self.moments[k]
            s, d = s + self.moments[0], d * z
            far = (middle + HALF + 1) * b
            rest = around(8 * b * far ** 122 / arb(122).fac() * (122 / far.max(arb(1))))
            s, d = (x + arb_series([rest] * z.prec, z.prec) for x in (s, d))
            lean = z * s - d
            return m - n + b, 2 * f * lean, 2 * f * lean * lean / s
        v = phi_series(z - b) - phi_series(z + b)
        if middle < b:
            return m - n + b, v, v * v / (p - q)
        # Both over phi(z - b), where they are tame.
        ratio = (-2 * b * z).exp()
        return m - n + b, v, phi_series(z - b) * (1 - ratio) * (1 - ratio) / (self.mills(z - b) - ratio * self.mills(z + b))

    @staticmethod
    def mills(x):
        """M = P(W > x)/phi(x), which falls; M' = x M - 1."""
        c, (low, high) = x[0], (right(t)[0] / phi(t) for t in (x[0].lower(), x[0].upper()))
        terms = [low.union(high)]
        for k in range(x.prec - 1):
            terms.append((c * terms[k] + (terms[k - 1] if k else -1)) / (k + 1))
        return arb_series(terms, x.prec)

    @staticmethod
    def tails(x):
        q = right(x[0].lower())[0].union(right(x[0].upper())[0]) - phi_series(x).integral()
        q = arb_series([q[k] for k in range(x.prec)], x.prec)
        return q, x * q - phi_series(x)


def phi_series(x):
    return (-x * x / 2).exp() / (2 * arb.pi()).sqrt()


@functools.cache
def interval(b):
    """By the binary64 number b, for all prices."""
    return Interval(arb(b))


def reward_bounds(price, density, end=None):
    """Refuses unless no set earns more than `density` a unit of length at the price t in (0, 1], and `end` at an end of it:

        G(b, s) = int_0^s [u (t - V) - density] dz - v(s) <= 0 for all b, s >= 0,   int_0^inf u (t - V) dz - b density <= end,

    u V = u + u'' - u'^2/u, V the variance of what [-b, b] leaves. u, V and hence u V grow with b, and v = |u'| first grows and
    then falls, so that for b in [b1, b2]

        G <= t A(b2) - A(b1) + Q(b1) + max(0, v(b1) - v(b2)) - density s.

    If b <= density/(2 t phi(0)), or end/t, A <= u(0) s <= 2 b phi(0) s, or b, is enough. All b >= B = WIDEST are one case: moved to
    z - b, A of the half-line stands for A(b2), if what lies further inside than B earns no more than its length, which it does
    where t - V(B, 0) <= density.
    """
    require(0 < price <= 1 and density > 0, "the price is not in (0, 1], or the density not positive")
    wide, last = arb(WIDEST), interval(float(WIDEST))
    require(price - 1 + 2 * wide * phi(wide) / (1 - 2 * right(wide)[0]) <= density, "wide sets earn more")
    require(earns(last, half_line(), -right(-wide)[1], price, density), "some wide set earns more, or nearly")
    limits = [(density / (2 * price * phi(arb(0))), lambda a, c: earns(a, c.panels, c.b, price, density, c.b - a.b))]
    if end is not None:
        require(end > 0 and price * -right(-wide)[1] - wide + last.total - wide * density <= end, "an end of wide sets earns more")
        limits.append((end / price, lambda a, c: price * c.b - a.b + a.total - a.b * density <= end))
    for least, holds in limits:
        start = 2.0 ** math.floor(math.log2(float(least.lower())))
        boxes = [(b, 2 * b) for b in (start * 2 ** k for k in range(60)) if b < WIDEST]
        for a in (interval(b * (4 + k) / 4) for b, _ in boxes for k in range(4)):
            require(not gains(a, price, density), f"a set of width {float(2 * a.b):.6g} earns more")
            require(end is None or not (price - 1 - density) * a.b + a.total > end, f"an end of width {float(a.b):.6g} earns more")
        while boxes:
            spend()
            a, c = boxes.pop()
            if c <= least or holds(interval(a), interval(c)):
                continue
            require(c - a > a * 2.0 ** -13, f"some set of width {2 * a:.6g} earns more, or nearly")
            boxes += [(a, (a + c) / 2), ((a + c) / 2, c)]


@functools.cache
def half_line():
    """The panels of A for [-B, infinity) seen from z - B."""
    panels, start = [], right(arb(-WIDEST))[1]
    for i in range(len(interval(float(WIDEST)).panels)):
        middle = (2 * i + 1) * HALF
        inner, outer = (Interval.tails(arb_series([z - WIDEST, 1], n))[1] for z, n in (
            (middle, TERMS), (middle + around(HALF), TERMS + 1)))
        areas = [inner[k] for k in range(TERMS)]
        areas[0] -= start
        panels.append((areas, None, None, [around((outer[TERMS] * HALF ** TERMS).abs_upper())]))
    return panels


def gains(a, price, density):
    """Whether G > 0 at the middle of some panel: a set that earns more."""
    return any((price - 1) * areas[0] + squares[0] - rest[2] - rest[0] - density * (2 * i + 1) * HALF > 0
               for i, (areas, _, squares, rest) in enumerate(a.panels))


def earns(a, outer, most, price, density, wider=None):
    """Whether G <= 0 at all distances, with `outer` the panels of what is wider by so much than a, or of a half-line, and `most`
    its A altogether."""
    for i, ((areas, slopes, squares, rest), larger) in enumerate(zip(a.panels, outer)):
        if i == 0:
            # At s = 0 G is 0; up to the first panel's end A(b2) <= s u(b2, 0), A(b1) >= s u(b1, end), u'^2/u <= z^2 u and
            # v(b1) - v(b2) <= 0.8 (b2 - b1) s, where it is positive at all: for b2 > 1.
            top_u, end = 1 if wider is None else 1 - 2 * right(a.b + wider)[0], 2 * HALF
            low_u = right(end - a.b)[0] - right(end + a.b)[0]
            valley = 0.8 * wider if wider is not None and a.b + wider > 1 else 0
            if not price * top_u - low_u + end * end * (1 - 2 * right(a.b)[0]) + valley - density <= 0:
                return False
            continue
        g = [price * larger[0][k] - areas[k] + squares[k] for k in range(TERMS)]
        g[0] += price * larger[3][0] + rest[0] + rest[2] - density * (2 * i + 1) * HALF
        g[1] -= density
        cases = [g]
        if wider is not None:
            cases.append([x + v - w for x, v, w in zip(g, slopes, larger[1])])
            cases[1][0] += rest[1] + larger[3][1]
        for case in cases:
            # `top` is exact to 1e-14 above 1.
            most_here = case[0] + sum(abs(case[k]) * HALF ** k for k in range(1, TERMS))
            if not most_here <= 0 and not top([case[0] + 1, *case[1:]], HALF) <= 1:
                return False
    p, m = right(a.end - a.b)
    areas = m - right(a.end + a.b)[1] + a.b
    return price * most - areas + a.total + phi(a.end - a.b) - density * a.end <= 0


def rewards(claim):
    """H(index) >= c - m D/sigma^2 nats for every m > 0, c the least m t - 1 - ln(m E(t)) over 0 < t <= 1 + 1/m (Lemma 1), for any
    E(t) above what a set earns at most at the price t: (1 + s)(density + 2 end sqrt(s/2 pi)) at t = (1 + s) price, s = 1/tau^2
    the noise variance at unit variance (Theorem 2). E is convex and 0 at 0, so chords lie above it; beyond the last its slope is 1.
    On a chord E = p + q t the least is at t = 1/m - p/q, or at the end that is nearer.
    """
    m, square, evidence = claim["slope_nats"], spread(claim), claim.evidence
    prices, densities, ends = (numbers(evidence.get(name), name) for name in ("prices", "densities", "ends"))
    require(m > 0 and 0 < len(prices) == len(densities) == len(ends) <= 64, "the rewards are none")
    require(all(a < b for a, b in zip(prices, prices[1:])), "the prices do not increase")
    require(prices[0] >= 1e-6 and prices[-1] <= 1, "the prices are not from 1e-6 to 1")
    require(square > 0, "Y says nothing of X")
    s = 1 / square
    points = [(arb(0), arb(0))] + [((1 + s) * t, (1 + s) * (density + 2 * end * (s / (2 * arb.pi())).sqrt()))
                                   for t, density, end in zip(prices, densities, ends)]
    last = points[-1][0].max(1 + 1 / m) + 1
    points.append((last, points[-1][1] + last - points[-1][0]))
    c = arb("inf")
    for (t, e), (x, y) in zip(points, points[1:]):
        slope = (y - e) / (x - t)
        at = (1 / m - e / slope + t).max(t).min(x) if slope > 0 else x
        c = c.min(m * at - 1 - (m * (e + slope * (at - t))).log())
    value = (c - m * claim.distortion / conditional_variance(claim)) / arb(2).log()
    require(value >= claim.least(), f"its rewards prove at least {value.str(12)} bits")
    with precision(100):
        for t, density, end in zip(prices, densities, ends):
            reward_bounds(t, density, end)
    return value, None


def reward_density(claim):
    """A set of density 2^-R earns 2^-R (t - D) a unit of length, so R >= log2((t - D)/density); D in units of the noise variance."""
    price, density = claim["price"], claim["density"]
    require(density > 0, "the density is not positive")
    gain = (price - claim.distortion / claim.parameters["noise-variance"]) / density
    value = log2(gain) if gain > 0 else arb(0)
    require(value >= claim.least(), f"its reward proves at least {value.str(12)} bits")
    with precision(100):
        reward_bounds(price, density)
    return value, None


def comb(claim):
    """Intervals of a width w at a period T have R = log2(T/w), and, u being that of all of them, D = int over a period of u V/w =
    1 - int u'^2/u/w, as u'' integrates to 0; by symmetry over half of it. Intervals beyond three periods and 12 are left out."""
    period, width = claim["period"], claim["width"]
    require(0 < width <= period and 1 <= period <= 32, "the comb is none")
    half, count = width / 2, 3 + math.ceil(12 / float(period))

    def f(z, analytic):
        u, v = acb(0), acb(0)
        for k in range(-count, count + 1):
            a, c = z - k * period - half, z - k * period + half
            u += ((c / arb(2).sqrt()).erf() - (a / arb(2).sqrt()).erf()) / 2
            v += ((-c * c / 2).exp() - (-a * a / 2).exp()) / (2 * arb.pi()).sqrt()
        return v * v / u
    value = 1 - 2 * integral(f, 0, period / 2, bits=60) / width
    value = (value + around(1e-20)) * claim.parameters["noise-variance"]
    return None, log2(period / width) if value <= claim.distortion else None

"""Closed phases: sources whose realisations X_v, v uniform on the circle of length 1, have |X_v - X_w|^2 = r(|v - w|), |v -
w| <= 1/2 measured around the circle. Formulas and theorems: "Limits at perfect realism and closed phases", sections 1 to
4."""
import functools
import math

from flint import arb, arb_series, ctx, fmpq, fmpq_poly, fmpz_poly

from .balls import require


def one_minus_sinc(p):
    """1 - sinc(x) at x = pi p, of a ball or a series: where p is small x^2/6 (1 - x^2/20 (1 - x^2/42 ...))."""
    x = p * arb.pi()
    if not (p[0] if isinstance(p, arb_series) else p) < 0.25:
        return 1 - p.sin_pi() / x
    square, total = x * x, arb(0.5, 0.5)
    for k in range(12 + ctx.prec // 8, 0, -1):
        total = 1 - square * total / ((2 * k + 2) * (2 * k + 3))
    return square * total / 6


def chord(p):
    """1 - sinc(pi p)^2."""
    u = one_minus_sinc(p)
    return u * (2 - u)


def is_nonnegative(polynomial, low, high):
    """Whether a polynomial with rational coefficients is proved to be nowhere negative on [low, high]: roots at the ends are
    divided out, and between the ends it changes its sign at none that is met an odd number of times."""
    x = fmpq_poly([0, 1])
    for end, factor in ((low, x - low), (high, high - x)):
        while polynomial.degree() > 0 and polynomial(end) == 0:
            polynomial = polynomial // factor
    for factor, times in polynomial.numer().factor_squarefree()[1] if polynomial.degree() > 0 else []:
        for root, _ in factor.complex_roots():
            if times % 2 and root.imag == 0 and not (root.real < low or root.real > high):
                return False
    return polynomial((low + high) / 2) >= 0


def horner(coefficients, p):
    total = p * 0
    for c in reversed(coefficients):
        total = total * p + arb(c)
    return total


def union(first, second):
    if isinstance(first, arb):
        return first.union(second)
    n = min(first.prec, second.prec)
    return arb_series([first[k].union(second[k]) for k in range(n)], n)


class PolynomialPhase:
    """r = sum of a_j t^j on [0, 1/2]. For p <= 1/2 delta(p) = sum of a_j p^j/((j + 1)(j + 2)); beyond, the sum of the vectors
    of an arc and of what it leaves being 0, p^2 (C - delta(p)) = (1 - p)^2 (C - delta(1 - p)). c(p) = sum of a_j (p/2)^j/(j +
    1), C = c(1)/2.

    All are in units that make the coefficients whole numbers."""

    def __init__(self, *coefficients):
        r = fmpq_poly([fmpq(a) for a in coefficients])
        delta = [a / ((j + 1) * (j + 2)) for j, a in enumerate(r.coeffs())]
        centred = [a / ((j + 1) * 2 ** j) for j, a in enumerate(r.coeffs())]
        most = sum(centred, fmpq(0)) / 2
        self.unit = math.lcm(*(int(fmpq(a).q) for a in delta + centred + [most]))
        self.early, self.middle = ([arb(a * self.unit) for a in row] for row in (delta, centred))
        self.most = arb(most * self.unit)
        self.is_whole = r(fmpq_poly([1, -1])) == r
        slope, ends = r.derivative(), (fmpq(0), fmpq(1, 2))
        self.is_increasing = is_nonnegative(slope, *ends)
        self.is_concave = min(slope(end) for end in ends) >= 0 and is_nonnegative(-slope.derivative().derivative(), *ends)

    @property
    def largest(self):
        """C."""
        return self.most / self.unit

    def arc(self, p):
        """delta(p) in units."""
        place = p[0] if isinstance(p, arb_series) else p
        if self.is_whole or place <= 0.5:
            return horner(self.early, p)
        ratio = (1 - p) / p
        late = self.most - ratio * ratio * (self.most - horner(self.early, 1 - p))
        return late if place >= 0.5 else union(horner(self.early, p), late)

    def centred(self, p):
        """c(p) in units."""
        return horner(self.middle, p)


class HarmonicPhase:
    """r(t) = 2 sum of c_k (1 - cos 2 pi k t): circles of squared radius c_k run through k times. As sin 2 pi k t is
    U_{k-1}(y) sin 2 pi t at y = cos 2 pi t, r increases if sum of k c_k U_{k-1} >= 0 on [-1, 1], and r' is concave besides,
    and then not negative, if sum of k^3 c_k U_{k-1} >= 0."""
    unit = 1

    def __init__(self, powers):
        self.powers = [(k, arb(c)) for k, c in powers]
        def slope(power):
            terms = (fmpq_poly(fmpz_poly.chebyshev_u(k - 1)) * (fmpq(*float(c).as_integer_ratio()) * k ** power)
                     for k, c in powers)
            return is_nonnegative(sum(terms, fmpq_poly([0])), fmpq(-1), fmpq(1))
        self.is_increasing, self.is_concave = slope(1), slope(3)

    @property
    def largest(self):
        return sum(c for _, c in self.powers)

    def arc(self, p):
        return sum(c * chord(k * p) for k, c in self.powers)

    def centred(self, p):
        return sum(2 * c * one_minus_sinc(k * p) for k, c in self.powers)


def powers(text):
    """The harmonics and powers that a text k:c,k:c,... says."""
    require(isinstance(text, str), "the power is no text")
    found = []
    for part in text.split(","):
        order, _, power = part.partition(":")
        require(order.isascii() and order.isdigit() and 1 <= int(order) <= 256, "a harmonic is none from 1 to 256")
        try:
            value = float(power)
        except ValueError:
            value = math.nan
        require(1e-100 <= value <= 1e100, "a power is none from 1e-100 to 1e100")
        found.append((int(order), value))
    require(len(dict(found)) == len(found), "a harmonic comes twice")
    return tuple(sorted(found))


NAMED = {
    "ramp": PolynomialPhase(0, 1, -1), "square-wave": PolynomialPhase(0, 8),
    "triangle-wave": PolynomialPhase(0, 0, 16, fmpq(-64, 3)),
    "circle": HarmonicPhase(((1, 1.0),)), "sinusoid": HarmonicPhase(((1, 0.5),)),
}
harmonics = functools.cache(HarmonicPhase)


def phase(source, parameters):
    """The closed phase that a source is; None where it is none."""
    return harmonics(parameters["power"]) if source == "harmonics" else NAMED.get(source)

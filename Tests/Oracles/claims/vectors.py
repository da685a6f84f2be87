"""Gaussian vectors and processes: what their parameters say, their eigenvalues, and reverse water-filling."""
import functools
import math

from flint import acb, acb_mat, arb, arb_mat, ctx, fmpq

from .balls import NotChecked, largest, numbers, precision, require, spend

WAYS = ("variances", "covariance", "ar", "eigenvalues", "spectrum")
LARGEST_ORDER = 64


def exact(text):
    """The binary64 number that a text is, as a fraction."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    require(math.isfinite(value), f"{text[:40]} is no number")
    return fmpq(*value.as_integer_ratio())


def law(given):
    """What the parameters say, as a tuple: the way, its numbers, a transform's rows, and whether rates are per component."""
    ways, found = [name for name in WAYS if given.get(name) is not None], {}
    require(len(ways) <= 1, "the source is given in two ways")
    require(set(given) <= {*WAYS, "length", "transform", "per-component"}, "there is no such parameter")
    way = ways[0] if ways else "variances"
    text, length = given.get(way, "4,1,0.25"), given.get("length", "8")
    require(isinstance(text, str) and isinstance(length, str), "a parameter is no text")
    require(way == "ar" or "length" not in given, "a length is given of what has one")
    if way in ("variances", "spectrum"):
        found = tuple(exact(part) for part in text.split(","))
        require(all(x > 0 or way == "spectrum" and x == 0 for x in found) and any(found), "a variance is not positive")
    elif way == "covariance":
        found = matrix(text)
        bound, places = max(abs(x) for row in found for x in row) * fmpq(1, 10 ** 12), range(len(found))
        require(all(abs(found[i][j] - found[j][i]) <= bound for i in places for j in places), "the covariance is not symmetric")
        require(all(found[i][i] > 0 for i in places), "a variance is not positive")
    elif way == "ar":
        require(length == "infinite" or length.isdigit() and 1 <= int(length) <= 1024, "the length is none")
        found = exact(text), length if length == "infinite" else int(length)
        require(-1 < found[0] < 1, "the correlation is not between -1 and 1")
    else:
        found = formula(text)
    transform = given.get("transform")
    return way, found, transform and matrix(transform), given.get("per-component") is not None


def matrix(text):
    require(isinstance(text, str), "a matrix is no text")
    rows = tuple(tuple(exact(part) for part in row.split(",")) for row in text.split(";"))
    require(all(len(row) == len(rows) for row in rows), "a matrix is not square")
    return rows


def formula(text):
    """C/k^P:N or R^k:N as (C, P, N) or (R, None, N); N None is infinite."""
    law_, _, count = text.partition(":")
    number = None if count == "infinite" else int(count) if count.isdigit() else 0
    require(number is None or 1 <= number <= 4096, "a law has 1 to 4096 eigenvalues")
    if "/k^" in law_:
        scale, power = (exact(part) for part in law_.split("/k^", 1))
        require(scale > 0 and power > 0 and (number is not None or power == 2), "the law is none")
        return scale, power, number
    require(law_.endswith("^k") and number is not None, "the law is none")
    ratio = exact(law_[:-2])
    require(0 < ratio < 1, "the law is none")
    return ratio, None, number


@functools.lru_cache(maxsize=64)
def covariance(way, found, bits):
    """The covariance of a vector; None of a process or a spectrum."""
    if way == "covariance":
        return arb_mat([[arb((found[i][j] + found[j][i]) / 2) for j in range(len(found))] for i in range(len(found))])
    if way == "ar" and found[1] != "infinite":
        powers = [arb(found[0]) ** k if k else arb(1) for k in range(found[1])]
        return arb_mat([[powers[abs(i - j)] for j in range(found[1])] for i in range(found[1])])
    if way == "spectrum" or way == "ar" or way == "eigenvalues" and found[2] is None:
        return None
    values = spectrum(way, found, bits)
    return arb_mat([[values[i] if i == j else arb(0) for j in range(len(values))] for i in range(len(values))])


@functools.lru_cache(maxsize=64)
def spectrum(way, found, bits):
    """The eigenvalues in decreasing order; None of a process."""
    if way in ("variances", "spectrum"):
        values = [arb(x) for x in found]
    elif way == "eigenvalues":
        c, power, n = found
        if n is None:
            return None
        values = [arb(c) / arb(k) ** arb(power) if power is not None else arb(c) ** k for k in range(1, n + 1)]
    elif way == "ar" and found[1] == "infinite":
        return None
    else:
        symmetric = covariance(way, found, bits)
        if symmetric.nrows() > LARGEST_ORDER:
            raise NotChecked(f"eigenvalues of more than {LARGEST_ORDER} rows are not enclosed here")
        values = [value.real for value in acb_mat(symmetric).eig(multiple=True)]
        least = -largest(values) * arb(1e-10)
        require(all(value > least for value in values), "the covariance is not positive semidefinite")
        values = [value.max(arb(0)) for value in values]
    return sorted(values, key=lambda value: -float(value))


class Vector:
    """The source of a claim: its eigenvalues, the divisor of rates and distortions, and D as a sum over the components."""

    def __init__(self, claim):
        self.way, self.found, self.transform, is_each = claim.parameters["vector"]
        self.eigenvalues = spectrum(self.way, self.found, ctx.prec)
        is_each = is_each or self.way == "spectrum"
        self.count = len(self.eigenvalues) if is_each and self.eigenvalues else 1
        self.distortion = claim.distortion * self.count

    @property
    def covariance(self):
        found = covariance(self.way, self.found, ctx.prec)
        require(found is not None, "the source has no components to be coded")
        return found

    def named(self, claim, own):
        """Refuses names that are not those of the source; its own ones are used."""
        low, high = (numbers(claim.evidence.get(f"eigenvalues_{side}"), f"eigenvalues_{side}") for side in ("lower", "upper"))
        require(len(low) == len(high) == len(own), "the source has another number of eigenvalues")
        require(all(a <= b and not a > x and not b < x for a, b, x in zip(low, high, own)), "the eigenvalues named are others")

    def variances(self, curve):
        """Of the coefficients; of a transform T enlarged by 1/(1 - |T T^t - I|), as its inverse enlarges errors."""
        if curve != "transform-ecsq":
            return self.eigenvalues
        require(self.transform is not None and len(self.transform) == self.covariance.nrows(), "there is no transform")
        t, n = arb_mat([[arb(x) for x in row] for row in self.transform]), len(self.transform)
        off = t * t.transpose() - arb_mat([[int(i == j) for j in range(n)] for i in range(n)])
        loss = sum((x * x for x in off.entries()), arb(0)).sqrt()
        require(loss <= 1e-3, "the transform is not orthogonal")
        turned = t * self.covariance * t.transpose()
        return sorted((turned[i, i] / (1 - loss.upper()) for i in range(n)), key=lambda value: -float(value))


def variance(claim):
    """The distortion of sending nothing."""
    way, found, *_ = claim.parameters["vector"]
    if way == "ar" and found[1] == "infinite":
        return arb(1)
    if way == "eigenvalues" and found[2] is None:
        return arb(found[0]) * arb.pi() ** 2 / 6
    vector = Vector(claim)
    return sum(vector.eigenvalues) / vector.count


def reverse_water_filling(claim):
    """R(D) is the sum of max(0, 1/2 ln l/w) over the eigenvalues l at the level w with D = sum of min(w, l): that of any w
    whose sum is at most D is achieved, and sum of max(0, 1/2 ln l/w) + (min(w, l) - D/n)/(2 w) is a lower bound for every w,
    by duality."""
    vector = Vector(claim)
    require(vector.eigenvalues, "the source has no end of eigenvalues")
    vector.named(claim, vector.eigenvalues)
    d, values = vector.distortion, vector.eigenvalues
    require(not d >= sum(values), "the distortion is that of sending nothing")
    kept, level = next((k, (d - sum(values[k:])) / k) for k in range(1, len(values) + 1)
                       if k == len(values) or float(d - sum(values[k:])) >= k * float(values[k]))
    ends = []
    for w in (level.mid(), level.lower() * (1 - arb(2) ** (10 - ctx.prec))):
        rate = sum(((value / w).log() / 2).max(arb(0)) for value in values if not value < w)
        cost = sum(value.min(w) for value in values)
        ends.append((rate + (cost - d) / (2 * w), rate if cost <= d else None))
    scale = arb(2).log() * vector.count
    lower = max((end for end, _ in ends), key=lambda end: end.lower())
    upper = ends[1][1]
    return lower / scale, None if upper is None else upper / scale


def markov_process(claim):
    """Per sample, with S(v) = (1 - r^2)/|1 - r exp(iv)|^2 on [0, pi] and the level S(w), in nats:

        D = (w S(w) + pi - w - 2 A)/pi,    R = (w ln |1 - r exp(iw)|^2 + 2 B)/(2 pi),    A, B = Im Li_1, Im Li_2 of r exp(iw),

    where w = pi up to D = (1 - r)/(1 + r), with R = 1/2 ln((1 - r^2)/D). Every w has the tangent R + (D(w) - D)/(2 S(w))
    below R(D).
    """
    way, (rho, length), *_ = claim.parameters["vector"]
    require(way == "ar" and length == "infinite", "the source is no such process")
    r, d, pi = abs(arb(rho)), claim.distortion, arb.pi()
    if r == 0 or d <= (1 - r) / (1 + r):
        value = ((1 - r * r) / d).log() / (2 * arb(2).log())
        return value, value

    def point(w):
        z = acb(r) * acb(w * 0, w).exp()
        size = abs(1 - z) ** 2
        level = (1 - r * r) / size
        cost = (w * level + pi - w + 2 * (1 - z).log().imag) / pi
        return (w * size.log() + 2 * z.polylog(2).imag) / (2 * pi), cost, level
    low, high = arb(0), pi.upper()  # D falls with w
    with precision(2 * ctx.prec):
        for _ in range(ctx.prec):
            spend()
            middle = ((low + high) / 2).mid()
            low, high = (low, middle) if point(middle)[1] <= d else (middle, high)
        rate, cost, level = point(high)
        lower, upper = (rate + (cost - d) / (2 * level)) / arb(2).log(), rate / arb(2).log()
        return lower, upper if cost <= d else None

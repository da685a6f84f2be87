"""R(D) of scalar densities under squared error, from a reproduction law and a slope."""
import bisect
import functools
import math

from flint import acb, arb, arb_mat, arb_poly, ctx

from .balls import NotChecked, around, largest, numbers, precision, require, spend
from .densities import Mixture, scalar
from .limits import shannon_lower


def law(claim, density):
    """The slope, the points and their weights. Of an infinite row, weights w (1 - q) q^k at a + k h with q = exp(-h), so much
    is a law that reaches 44 units of the density's exponential side; what is beyond is left out, and whatever is left is a
    law."""
    slope, points, weights = claim["slope_nats"], *(numbers(claim.evidence.get(name), name) for name in ("points", "weights"))
    require(len(points) == len(weights), "points and weights differ in number")
    if "row_first" in claim.evidence:
        rows = [numbers(claim.evidence.get(name), name) for name in ("row_first", "row_spacing", "row_weights")]
        require(len({len(row) for row in rows}) == 1 and len(rows[0]) <= 2, "the rows are none")
        for first, spacing, weight in zip(*rows):
            require(first * spacing > 0 and weight > 0, "a row is none")
            side, width = first > 0, abs(spacing)
            require(claim.source != "gaussian-mixture" and density.infinite[side], "the density has no such side")
            count = max(1, math.ceil((44 - abs(float(first))) / float(width)))
            if len(points) + count > 10000:
                raise NotChecked("its rows have too many points")
            points += [first + k * spacing for k in range(count)]
            weights += [-(-width).expm1() * weight * (-k * width).exp() for k in range(count)]
    require(len(points) > 0 and slope >= 0 and all(w > 0 for w in weights), "the law is none")
    return slope, points, weights


@functools.cache
def rule(n, bits):
    """Gauss and Legendre's on [-1, 1]."""
    return [arb.legendre_p_root(n, k, weight=True) for k in range(n)]


class Law:
    """What follows from a law of points y and weights w at a slope b: with Z(x) = sum of w exp(-b (x - y)^2), enclosures of
    E[-ln Z] (`rate`) and of the channel's own distortion, and a lower bound of min R + b D (`least`).

    In units of 1/sqrt(2 b): Gauss's rule of n nodes on panels of half-width w errs by (64/15) w M r^-2n/(1 - r^-2), M the
    integrand's maximum on the ellipse of semi-axes a, c = w (r +- 1/r)/2. With p the posterior of the points at the panel's
    middle u, m its mean and V = sum of p exp(a |y - m|) (y - m)^2, which bounds its variance between u - a and u + a,

        |Z(x + i c)| >= Z(x) exp(c^2/2) q, q = 1 - c^2 V/2,   Z(x) >= Z(u) exp(-a^2/2 - a |u - m|),
        |ln Z| <= |ln Z(u)| + (a + c) e + c^2/2 - ln q + pi/2,   e = |u - m| + a (1 + V),
        |E[(x - y)^2|x + i c]| <= (V + e^2 + c^2)/q.

    Points out of reach are left out of the sums; `rest` and its multiples are what they may add.
    """
    nodes = 12

    def __init__(self, density, slope, points, weights):
        self.density, self.slope, self.unit, total = density, slope, 1 / (2 * slope).sqrt(), sum(weights)
        self.points = sorted(((y / self.unit, w / total) for y, w in zip(points, weights)), key=lambda point: float(point[0]))
        self.places, self.logs = [float(y) for y, _ in self.points], [-float(w.log()) for _, w in self.points]
        ends = [self.edge(side) for side in (-1, 1)]
        if density.symmetric:
            ends = [-ends[1].max(-ends[0]), ends[1].max(-ends[0])]
        self.ends = ends
        for self.group in (1, 2, 4, 8, 16):
            self.count = 2 * math.ceil(float(ends[1] - ends[0])) * self.group
            if self.count > 10000:
                raise NotChecked("its panels are too many")
            self.half = (ends[1] - ends[0]) / (2 * self.count)
            if self.evaluate():
                return
        raise NotChecked("its points are too far apart")

    def edge(self, side):
        """Where the panels end: at the density's bound, or before where 1/Z would count for too much."""
        bound, f = arb(self.density.bounds[side > 0]) / self.unit, self.density.f
        points = self.points[-50:] if side > 0 else self.points[:50]
        x = points[-1 if side > 0 else 0][0]
        while self.density.infinite[side > 0] and side * x < side * bound:
            spend()
            z = sum(w * (-(x - y) ** 2 / 2).exp() for y, w in points)
            if f((side * x if self.density.symmetric else x) * self.unit) * self.unit > z:
                return x
            x += side * arb(0.5)
        return bound

    def evaluate(self):
        """The sums; False where the panels are too wide for their errors to be small."""
        self.rate, self.distortion, self.bend, self.masses, self.shares = arb(0), arb(0), 0.0, [], []
        self.errors, w = [arb(0)] * 3, self.half
        for k in range(self.count):
            spend()
            u = self.ends[0] + (2 * k + 1) * w
            place, side = float(u), -1 if self.density.symmetric and 2 * k < self.count else 1
            i = bisect.bisect(self.places, place)
            near, j = min((abs(self.places[j] - place), j) for j in (i - 1, i) if 0 <= j < len(self.places))
            reach = math.sqrt(near ** 2 + 2 * (60 + self.logs[j])) + 2
            points = self.points[bisect.bisect(self.places, place - reach):bisect.bisect(self.places, place + reach)]
            far = reach - 1e-6 - w
            rest = (-far * far / 2).exp()
            if not self.add_errors(u, side, points, far, rest):
                return False
            masses, share = [], arb(0)
            for node, weight in rule(self.nodes, ctx.prec):
                x, z, second, fourth = u + w * node, rest.union(arb(0)), (rest * far * far).union(arb(0)), arb(0)
                for y, v in points:
                    square = (x - y) ** 2
                    term = v * (-square / 2).exp()
                    moment = term * square
                    z, second, fourth = z + term, second + moment, fourth + moment * square
                part = weight * w * self.unit * self.density.f(side * x * self.unit)
                share += part
                masses.append(part / z)
                self.rate -= part * z.log()
                self.distortion += part * second / z
                self.bend -= float(part * (fourth / z - (second / z) ** 2) * self.unit ** 4)
            self.masses.append(masses)
            self.shares.append(share)
        if not all(error < 1e-14 for error in self.errors):
            return False
        # Beyond the panels 0 <= -ln Z <= (x - y)^2/2 - ln w for any point, and the mean of (x - y)^2/2 is at most -ln Z.
        outside, self.tails = arb(0), []
        for side, end in zip((-1, 1), self.ends):
            p, m, s = self.density.beyond(side, end * self.unit)
            y, v = self.points[-1 if side > 0 else 0]
            outside += (s / self.unit ** 2 - 2 * y * m / self.unit + y * y * p) / 2 - p * v.log()
            edge = end * self.unit * (side if self.density.symmetric else 1)
            self.tails.append((p, self.density.f(edge)))
        self.inside = self.rate + around(self.errors[0])
        self.rate = self.inside + outside.union(arb(0))
        self.distortion = (self.distortion + around(self.errors[1]) + (2 * outside).union(arb(0))) * self.unit ** 2
        return True

    def add_errors(self, u, side, points, far, rest):
        """The panel's errors in E[-ln Z], E[(x - y)^2] and E[K/Z], by the best of a few ellipses; whether there is one."""
        terms = [(y, w * (-(u - y) ** 2 / 2).exp()) for y, w in points]
        z = sum(q for _, q in terms)
        mean, best, n = sum(y * q for y, q in terms) / z, None, self.nodes
        lean = abs(u - mean)
        for r in (9, 6, 4, 3):
            a, c = self.half * (r + arb(1) / r) / 2, self.half * (r - arb(1) / r) / 2
            spread = sum(q * (a * abs(y - mean)).exp() * (y - mean) ** 2 for y, q in terms)
            spread = arb(1.001) * (spread + rest * (a * (far + lean)).exp() * (far + lean) ** 2) / z
            q, e = 1 - c * c * spread / 2, lean + a * (1 + spread)
            if not q > 0.1:
                continue
            top = abs(self.density.f(acb(side * (u + around(a)), around(c)) * self.unit)).abs_upper()
            error = arb(64) / 15 * self.half * self.unit * top / arb(r) ** (2 * n) / (1 - arb(r) ** -2)
            errors = (error * (abs(z.log()) + (a + c) * e + c * c / 2 - q.log() + 4), error * (spread + e * e + c * c) / q,
                      error * (a * a / 2 + a * lean).exp() / (z * q))
            if best is None or errors[2] < best[2]:
                best = errors
        if best:
            self.errors = [x + y.upper() for x, y in zip(self.errors, best)]
        return best is not None

    def tops(self, masses):
        """Upper bounds of g(y) = sum of masses exp(-(x - y)^2/2) on panels of at most 1/2, for all y between the ends.

        By Taylor's formula of n = 16 terms from Hermite polynomials; Cramer's |He_n(v)| exp(-v^2/4) <= 1.0865 sqrt(n!), and
        exp(-v^2/4) as sqrt 2 times an average of exp(-v^2/2), bound the remainder by 1.0865 sqrt 2 t^n/sqrt(n!) sup g, and
        what is left out beyond 13 units by sqrt 2 exp(-13^2/4) sup g.
        """
        n, group, t = 16, self.group, self.half * self.group
        side, panels = math.ceil(13 / float(2 * self.half)) + 1, self.count // self.group
        v = [(2 * k + 1 - group) * self.half + self.half * node
             for k in range(-side, group + side) for node, _ in rule(self.nodes, ctx.prec)]
        rows = [[(-x * x / 2).exp() for x in v]]
        rows.append([x * y for x, y in zip(v, rows[0])])
        for k in range(2, n):
            rows.append([(x * b - a) / k for x, a, b in zip(v, *rows[-2:])])
        hermite, empty, bounds = arb_mat(rows), [[arb(0)] * self.nodes] * side, []
        masses = empty + masses + empty
        for first in range(0, panels, 400):
            spend()
            columns = [sum(masses[k * group:(k + 1) * group + 2 * side], []) for k in range(first, min(first + 400, panels))]
            taylor = hermite * arb_mat(columns).transpose()
            bounds += [top([taylor[i, k] for i in range(n)], t) for k in range(len(columns))]
        rest = arb(1.0865) * arb(2).sqrt() * t ** n / arb(n).fac().sqrt() + arb(2).sqrt() * (-arb(13) ** 2 / 4).exp()
        return [bound + rest * largest(bounds) / (1 - rest) for bound in bounds]

    def least(self):
        """E[ln a] - ln sup over y of E[a K] <= min of R + b D for every a > 0. First a = 1/Z; then, as that supremum may exceed
        1 between the points, a over the largest g nearby, in rounds. Outside the panels a = delta/f; beyond them g falls."""
        delta, outside = arb(2) ** -44, arb(0)
        for p, f in self.tails:
            outside += p * (delta / (self.unit * (2 * arb.pi()).sqrt() * f)).log() if p > 0 else 0
        slack, base, width = self.errors[2] + 2 * delta, self.inside + outside, 2 * self.half * self.group
        masses, best = self.masses, None
        for window in (3, 4, 5, 6):
            tops = self.tops(masses)
            now = base - (largest(tops) + slack).log()
            best = now if best is None else max(best, now, key=lambda end: end.lower())
            excess, reach = [(t - 1).max(arb(0)) for t in tops], math.ceil(window / float(width)) + 1
            if not largest(excess) > 1e-12:
                break
            high = [largest(excess[max(0, k - reach):k + reach + 1]) for k in range(len(tops))]
            masses = [[m / (1 + high[k // self.group]) for m in row] for k, row in enumerate(masses)]
            base -= sum((share + self.errors[0]) * high[k // self.group].log1p() for k, share in enumerate(self.shares))
        return best.lower()


def top(c, t):
    """An upper bound of the polynomial of these coefficients on [-t, t], within 1e-14 of it where that exceeds 1."""
    pieces, level, bounds = [(arb_poly(c), t, 0)], arb(1), []
    while pieces:
        p, r, depth = pieces.pop()
        high = (p[0] + sum(abs(p[k]) * r ** k for k in range(1, len(c)))).upper()
        if not high.is_finite():
            return high
        level = level.max(p[0].lower())
        if high <= level + 1e-14 or depth > 40:
            bounds.append(high)
        else:
            pieces += [(p(arb_poly([side * r / 2, 1])), r / 2, depth + 1) for side in (-1, 1)]
    return largest(bounds)


def scalar_law(claim):
    """R(D) <= E[-ln Z] - b D' for D >= D', the distortion of the channel w K/Z (Csiszar), at any slope b: at the law's own, and
    at that at which the channel has the distortion D. R(D) <= SLB(D) + k for D <= D', k = E[-ln Z] - L(b) the excess over the
    Shannon lower bound's L = h - 1/2 ln(pi/b): at a larger slope the law widened by the difference has the same Z.
    R(D) >= M - b D, M = `Law.least`, and R(D) >= SLB(D) + M - L(b) for D >= 1/(2 b), as the excess falls with the slope.
    """
    density, square = (Mixture(claim.parameters), arb(1)) if claim.source == "gaussian-mixture" else scalar(claim)
    (slope, points, weights), (known, _) = law(claim, density), shannon_lower(claim)
    require(slope > 0, "the slope is 0")
    if claim.kind == "lower" and known >= claim.least():
        return known, None
    if len(points) > 10000:
        raise NotChecked("it has more than 10000 points")
    with precision(100):
        d, ln2, found = claim.distortion / square, arb(2).log(), Law(density, slope, points, weights)
        shannon, base = density.h - ((2 * arb.pi() * d).log() + 1) / 2, density.h - (arb.pi() / slope).log() / 2
        if claim.kind == "lower":
            least = found.least()
            require(least.is_finite(), "its supremum is not finite")
            ends = [known, (least - slope * d) / ln2] + ([(shannon + least - base) / ln2] if d >= 1 / (2 * slope) else [])
            return max(ends, key=lambda end: end.lower()), None
        upper = (shannon + found.rate - base) / ln2
        if d <= found.distortion and upper <= claim.most():
            return None, upper
        for _ in range(6):
            upper = (found.rate - found.slope * found.distortion) / ln2
            if found.distortion <= d and upper <= claim.most():
                return None, upper
            move = float(d * (1 - arb(2) ** -44) - found.distortion - 2 * found.distortion.rad()) / found.bend
            found = Law(density, found.slope * max(0.3, min(3.0, 1 + move / float(found.slope))), points, weights)
        return None, upper if found.distortion <= d else None

"""The converse of entropy-coded scalar quantizers, by a potential."""
import contextlib
import math

from flint import arb

from .balls import NotChecked, around, entropy, precision, require, spend
from .densities import Gaussian, LogisticDensity, conditional_variance, scalar


def lagrangian(claim):
    """D + mu H >= J for all one-shot codes gives H >= (J - D)/mu, mu = 1/(m ln 2). Interval quantizers do best, and with the
    cost j(a, b) = int (x - c)^2 f - mu p ln p of a cell of centroid c, *any* function V proves J = V(end) - V(start) if

        G(a, b) = j(a, b) + V(a) - V(b) >= 0 for all a < b,

    as the sum over the cells telescopes (ends may be infinite). V is found as the least cost of what lies left of t, less a
    rising function that takes off what it has to spare over the J that the claim needs, so that G > 0. Thresholds beyond T
    are left out, at the cost of the tails about the mean of the inside.
    """
    density, square = (Gaussian, conditional_variance(claim)) if claim.source == "wyner-ziv" else scalar(claim)
    m, d = claim["multiplier_bits"], claim.distortion / square
    require(m >= 0, "the multiplier is negative")
    if m == 0 or claim.least() == 0:
        return arb(0), None
    if not 1e-3 < m < 1e9 or not (density is Gaussian or isinstance(density, LogisticDensity)):
        raise NotChecked("multiplier or density is out of range")
    with precision(96):
        for finer in (1, 2, 4):
            with contextlib.suppress(Undecided):
                Potential(density, 1 / (m * arb(2).log()), d + claim.least() / m, finer).prove()
                return claim.least().upper(), None
    raise NotChecked("no potential was found that proves it")


class Undecided(Exception):
    """A potential that fails, or nearly."""


class Potential:
    """V: cubic pieces between knots -T, -T + h, ..., T, with V(t) + V(-t) = J."""

    def __init__(self, density, mu, target, finer):
        self.density, self.mu, self.known = density, mu, {}
        # Dyadic knots, at least 16 a cell.
        h = 2.0 ** math.floor(math.log2(math.sqrt(6 * min(float(mu), float(density.variance))) / 16))
        end, h = (9.0, min(h, 1 / 32)) if density is Gaussian else (45.0, min(h, 1 / 16))
        if end / h > 5000:
            raise NotChecked("its cells are too many")
        slack = self.design(end, 2 * h, target)
        if slack > 0:
            end = next(t / 4 for t in range(4, 200) if self.tail(t / 4) < slack / 8 or t / 4 >= end)
        require(self.design(end, h / finer, target) > 0, "no code that was found costs as much")

    def left(self, t):
        """The integrals of 1, x and x^2 left of t, which is a binary64 number."""
        key = float(t)
        if key not in self.known:
            self.known[key] = self.density.cell(None, arb(key))
        return self.known[key]

    def f(self, t):
        """f and f' on a ball."""
        f = self.density.f(t)
        return f, f * self.density.log_slope(t)

    def tail(self, end):
        """What leaving out all thresholds beyond +-end may add to D."""
        p, m, s = self.density.half(arb(end))
        mean = -m / (1 - p)
        return 2 * (s - 2 * mean * m + mean * mean * p)

    def design(self, end, h, target):
        """V, and by how much the least D + mu H that is found exceeds what is needed, in floating point: shortest paths over
        the knots, of which the start of each last cell is then refined; averaged with the mirror image."""
        mu, count, total = float(self.mu), round(2 * end / h), (1.0, 0.0, float(self.density.variance))
        t = [-end + h * k for k in range(count + 1)]
        left = [self.floats(x) for x in t] + [total]
        value, slope = [0.0] * (count + 1), [0.0] * (count + 1)

        def cost(a, b):
            p, m = b[0] - a[0], b[1] - a[1]
            return b[2] - a[2] - m * m / p - mu * p * math.log(p) if p > 1e-13 else 0.0

        def push(x, a, b):
            """The derivative f(x) ((x - c)^2 - mu (1 + ln p)) of the cost by its end x, and less that by its start."""
            p = b[0] - a[0]
            f = float(self.f(arb(x))[0])
            return f * ((x - (b[1] - a[1]) / p) ** 2 - mu * (1 + math.log(p))) if p > 1e-13 else 0.0

        def cubic(x):
            k = min(max(int((x + end) / h), 0), count - 1)
            u, rise, s, e = (x - t[k]) / h, value[k + 1] - value[k], slope[k] * h, slope[k + 1] * h
            c, d = 3 * rise - 2 * s - e, s + e - 2 * rise
            return value[k] + u * (s + u * (c + u * d)), (s + u * (2 * c + 3 * u * d)) / h
        for k in range(count + 2):
            spend()
            best, start, costs = cost((0.0, 0.0, 0.0), left[k]), (0.0, 0.0, 0.0), {}
            for i in range(min(k, count + 1) - 1, -1, -1):
                costs[i] = value[i] + cost(left[i], left[k])
                if costs[i] < best:
                    best, start = costs[i], left[i]
                if costs[i] - value[i] > best:
                    break
            for i in costs:
                if not (costs[i] < best + h * h and 0 < i < min(k - 2, count) and left[i][0] < left[k][0] - 1e-12
                        and costs[i] <= min(costs.get(i - 1, math.inf), costs[i + 1])):
                    continue
                ends = [(x, cubic(x)[1] - push(x, self.floats(x), left[k])) for x in (t[i - 1], t[i + 1])]
                for _ in range(5 if ends[0][1] < 0 < ends[1][1] else 0):
                    (x, g), (y, e) = ends
                    middle = x - g * (y - x) / (e - g)
                    moments = self.floats(middle)
                    new = (middle, cubic(middle)[1] - push(middle, moments, left[k]))
                    ends = [new, ends[1]] if new[1] < 0 else [ends[0], new]
                    if cubic(middle)[0] + cost(moments, left[k]) < best:
                        best, start = cubic(middle)[0] + cost(moments, left[k]), moments
            if k <= count:
                value[k], slope[k] = best, push(t[k], start, left[k])

        def exact(x):
            """On a lattice so fine that sums of V are exact."""
            return arb(round(x * 2.0 ** 62)) / 2 ** 62
        self.total, width = exact(float(target + self.tail(end)) + 1e-15), 1.5 if self.density is Gaussian else 4
        require(self.total >= target + self.tail(end), "a sum is rounded down")
        slack = min(best, total[2]) - float(self.total) or 1e-300
        spared = [slack / (1 + math.exp(-x / width)) for x in t]
        value = [exact((x - y + min(best, total[2])) / 2 - z) for x, y, z in zip(value, value[:count // 2:-1], spared)]
        value += [self.total / 2] + [self.total - v for v in reversed(value)]
        slope = [exact((x + y) / 2 - z * (1 - z / slack) / width) * h for x, y, z in zip(slope, slope[::-1], spared)]
        slope[count // 2 + 1:] = slope[count // 2 - 1::-1]
        self.h, self.knots, self.pieces, self.value = arb(h), [arb(x) for x in t], [], value
        for v, w, s, e in zip(value, value[1:], slope, slope[1:]):
            self.pieces.append((v, s, 3 * (w - v) - 2 * s - e, s + e - 2 * (w - v)))
        # How much V may fall between any two points.
        unit = arb(0.5, 0.5)
        self.dip = sum(-(s + unit * (2 * c + 3 * unit * d)).min(arb(0)).lower() for _, s, c, d in self.pieces)
        return slack

    def floats(self, x):
        return tuple(map(float, self.left(arb(x))))

    def v(self, k, t):
        """V, V' and V'' of piece k at a ball."""
        (v, s, c, d), u, h = self.pieces[k], (t - self.knots[k]) / self.h, self.h
        return v + u * (s + u * (c + u * d)), (s + u * (2 * c + 3 * u * d)) / h, (2 * c + 6 * u * d) / (h * h)

    def prove(self):
        """G >= 0 for cells that begin at minus infinity, hence those that end at infinity, and for [a, b] with a + b >= 0, hence
        all: ranges of pieces are halved, then boxes of a and b within two pieces."""
        require(self.density.variance >= self.total, "it is more than the variance")
        n, knots = len(self.pieces), self.knots
        for k in range(n):
            boxes = [(knots[k], knots[k + 1])]
            while boxes:
                spend()
                low, high = boxes.pop()
                t, r, x = (low + high) / 2, (high - low) / 2, low.union(high)
                p, m, s = self.left(t)
                g, f = s - m * m / p + self.mu * entropy(p) - self.v(k, t)[0], self.f(x)[0]
                p, m = p + around(r * f), m + around(r * f) * x
                if p > 0 and g - r * (f * ((x - m / p) ** 2 - self.mu * (1 + p.log())) - self.v(k, x)[1]).abs_upper() >= 0:
                    continue
                if g < 0 or r < 1e-9:
                    raise Undecided
                boxes += [(low, t), (t, high)]
        ranges = [(0, n, 0, n)]
        while ranges:
            spend()
            i, k, j, l = ranges.pop()
            if k + l < n or l <= i or self.excluded(i, k, j, l):
                continue
            if k - i > 1 or l - j > 1:
                x, y = (i + k) // 2, (j + l) // 2
                ranges += [(i, x, j, l), (x, k, j, l)] if k - i >= l - j else [(i, k, j, y), (i, k, y, l)]
                continue
            boxes = [(knots[i], knots[k], knots[j], knots[l])]
            while boxes:
                spend()
                a, b, c, d = boxes.pop()
                holds = d <= a or b + d <= 0 or self.box(i, j, a, b, c, d)
                if holds:
                    continue
                if b - a < 1e-9 or d - c < 1e-9:
                    raise Undecided
                x, y = (a + b) / 2, (c + d) / 2
                boxes += [(a, x, c, d), (x, b, c, d)] if b - a >= (d - c) / (8 if holds is None else 1) else [
                    (a, b, c, y), (a, b, y, d)]

    def excluded(self, i, k, j, l):
        """Whether the cell between the ranges costs more than V rises at most; entropy is least at an end of p's range."""
        if j <= k:
            return False
        (p, m, s), (q, n, r), (u, _, _), (v, _, _) = (self.left(self.knots[x]) for x in (k, j, i, l))
        p, m, s = q - p, n - m, r - s
        return p > 0 and s - m * m / p + self.mu * entropy(p).min(entropy(v - u)) >= self.value[l] - self.value[i] + 2 * self.dip

    def moments(self, a, b, x, r=None, s=None):
        """p and the integrals of t - x and its square over [a, b]; or p and the first over all ends within r and s of them."""
        (p, m, q), (u, n, v) = self.left(a), self.left(b)
        p, m, q = u - p, n - m - x * (u - p), v - q
        if r is None:
            return p, m, q - 2 * x * m - x * x * p
        y, z = a + around(r), b + around(s)
        one, two = around(r) * self.f(y)[0], around(s) * self.f(z)[0]
        return p + two - one, m + two * (z - x) - one * (y - x)

    def slopes(self, i, j, a, b, x, p, m):
        """G_a, G_b, G_aa, G_ab, G_bb: with c = m/p, l = mu (1 + ln p), y = a - c, z = b - c,
        j_a = -f(a) (y^2 - l), j_b = f(b) (z^2 - l), c_a = -f(a) y/p, c_b = f(b) z/p."""
        (f, df), (g, dg), mu = self.f(a), self.f(b), self.mu
        y, z, l = a - x - m / p, b - x - m / p, mu * (1 + p.log())
        (_, v, vv), (_, w, ww) = self.v(i, a), self.v(j, b)
        return (v - f * (y * y - l), g * (z * z - l) - w,
                vv - df * (y * y - l) - f * (2 * y * (1 + f * y / p) + mu * f / p), g * (mu * f / p + 2 * z * f * y / p),
                dg * (z * z - l) + g * (2 * z * (1 - g * z / p) - mu * g / p) - ww)

    def box(self, i, j, a, b, c, d):
        """Whether G >= 0 for starts in [a, b] and ends in [c, d]; None if it may be for narrower [a, b].

        Small cells: G/p >= -mu ln p - max V'/f. Taylor's formula about the middle. And where G_bb >= M > 0 between the box and
        a line b = z + k s, a = x + s: G >= g(s) - h(s)^2/(2 M), g and h = G_b on the line, again by Taylor's formula.
        """
        mu, (x, y), (r, s) = self.mu, ((a + b) / 2, (c + d) / 2), ((b - a) / 2, (d - c) / 2)
        p, o = self.left(d)[0] - self.left(a)[0], (x + y) / 2
        if p > 0 and p < 0.3 and j - i < 50:
            parts = [(k, self.knots[k].max(a).union(self.knots[k + 1].min(d))) for k in range(i, j + 1)]
            if all(self.v(k, t)[1] / self.f(t)[0] < -mu * p.log() for k, t in parts):
                return True

        def at(z):
            p, m, q = self.moments(x, z, o)
            return (q - m * m / p + mu * entropy(p) + self.v(i, x)[0] - self.v(j, z)[0], *self.slopes(i, j, x, z, o, p, m)[:2])

        def over(z, s):
            return self.slopes(i, j, x + around(r), z + around(s), o, *self.moments(x, z, o, r, s))
        g, ga, gb = at(y)
        if g < 0:
            raise Undecided
        wa, wb, aa, ab, bb = over(y, s)
        if not (g.is_finite() and wa.is_finite() and wb.is_finite()):
            return False
        if g - r * wa.abs_upper() - s * wb.abs_upper() >= 0:
            return True
        loss = r * ga.abs_upper() + s * gb.abs_upper() + r * s * ab.abs_upper()
        if g - loss - (r * r * aa.abs_upper() + s * s * bb.abs_upper()) / 2 >= 0:
            return True
        if not bb > 0:
            return False
        z, k = y, (-ab / bb).mid()
        for _ in range(3):
            z = arb(float(z - gb / bb.mid()))
            g, ga, gb = at(z)
            if not gb.is_finite():
                return False
        reach = abs(z - y) + s + abs(k) * r
        bend = over(z, reach)[4] if reach < 6 * (r + s) else arb(-1)
        if not bend > 0:
            return False
        _, _, aa, ab, bb = over(z, abs(k) * r)
        h = gb.abs_upper() + r * (ab + k * bb).abs_upper()
        least = g - r * (ga + k * gb).abs_upper() + (aa + 2 * k * ab + k * k * bb).lower().min(arb(0)) * r * r / 2
        return True if least - h * h / (2 * bend.lower()) >= 0 else None

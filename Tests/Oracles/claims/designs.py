"""Entropy-constrained quantizers of the standard normal variable at a slope, designed in floating point: all that follows
from one is evaluated from its thresholds (`quantizers.quantizer`)."""
import functools
import math

from .balls import NotChecked, spend


def cell(a, b):
    """The integrals of 1 and x over (a, b), 0 <= a, and the centroid; b may be infinite."""
    p = (math.erfc(a / math.sqrt(2)) - math.erfc(b / math.sqrt(2))) / 2
    m = (math.exp(-a * a / 2) - math.exp(-b * b / 2)) / math.sqrt(2 * math.pi)
    return p, m / p if p > 0 else a


def density(x):
    return math.exp(-x * x / 2) / math.sqrt(2 * math.pi)


def cells(t, is_odd):
    """Of the positive thresholds: the cells from the middle on, the first halved where it lies about 0, its centroid then 0."""
    ends = [0.0, *t, math.inf]
    found = [cell(a, b) for a, b in zip(ends, ends[1:])]
    return [(found[0][0], 0.0), *found[1:]] if is_odd else found


def cost(t, is_odd, slope):
    """H + slope D, in nats."""
    total = slope
    for k, (p, c) in enumerate(cells(t, is_odd)):
        if p > 0:
            total -= 2 * p * math.log(2 * p if is_odd and k == 0 else p) + 2 * p * c * c * slope
    return total


def stationary(t, is_odd, slope):
    """Newton's method for slope ((t - c)^2 - (t - c')^2) = ln p/p' at every threshold; None where it does not end in order."""
    t = list(t)
    for _ in range(60):
        spend()
        found, rows = cells(t, is_odd), []
        if any(p <= 0 for p, _ in found):
            return None
        for i, x in enumerate(t):
            (p, c), (q, d), f, whole = found[i], found[i + 1], density(x), is_odd and i == 0
            miss = slope * ((x - c) ** 2 - (x - d) ** 2) - math.log((2 * p if whole else p) / q)
            # c and d by x: f (x - c)/p and f (d - x)/q; c by the threshold before it, d by the one after.
            by_c, by_d = -2 * slope * (x - c), 2 * slope * (x - d)
            own = 2 * slope * (d - c) + by_c * (0 if whole else f * (x - c) / p) + by_d * f * (d - x) / q - f / p - f / q
            left = by_c * density(t[i - 1]) * (c - t[i - 1]) / p + density(t[i - 1]) / p if i else 0.0
            right = by_d * density(t[i + 1]) * (t[i + 1] - d) / q + density(t[i + 1]) / q if i + 1 < len(t) else 0.0
            rows.append([left, own, right, miss])
        for i in range(1, len(rows)):
            factor = rows[i][0] / rows[i - 1][1]
            rows[i][1] -= factor * rows[i - 1][2]
            rows[i][3] -= factor * rows[i - 1][3]
        step = [0.0] * (len(t) + 1)
        for i in reversed(range(len(t))):
            step[i] = (rows[i][3] - rows[i][2] * step[i + 1]) / rows[i][1]
        if not all(map(math.isfinite, step)):
            return None
        share = 1.0
        while share > 1e-6:
            moved = [x - share * s for x, s in zip(t, step)]
            if all(0 < b - a < 20 for a, b in zip([0.0, *moved], moved)):
                break
            share /= 2
        else:
            return None
        t = moved
        if max(map(abs, step)) < 1e-9:  # the next one would be as its square
            return t
    return None


def starts(slope, is_odd):
    """Thresholds about where they will be: steps of high rate up to three deviations, or the best single one."""
    width = math.sqrt(6 / slope)
    count = int(3 / width) if is_odd else max(int(3 / width), 1) - 1
    if count > 20000:
        raise NotChecked("its cells are too many")
    if is_odd and count < 3:
        yield [min((0.05 * k for k in range(1, 180)), key=lambda x: cost([x], True, slope))]
    else:
        yield [(k + 0.5 if is_odd else k + 1) * width for k in range(count)]


def with_one_more(t, slope):
    """A threshold beyond the last, where it is best if the others stay; None where it changes nothing."""
    a = t[-1] if t else 0.0
    last = a - (t[-2] if len(t) > 1 else 0.0) if t else math.sqrt(6 / slope)

    def loss(x):
        return -sum(p * math.log(p) + slope * p * c * c for p, c in (cell(a, x), cell(x, math.inf)) if p > 0)
    place = min((a + last * (0.5 + 0.05 * k) for k in range(100)), key=loss)
    return [*t, place] if loss(place) < loss(math.inf) and cell(place, math.inf)[0] > 1e-20 else None


@functools.lru_cache(maxsize=4096)
def designs(slope):
    """The best symmetric quantizers found of an odd and of an even number of cells: H + slope D, and their thresholds."""
    found = [(slope, ())]
    for is_odd in (True, False):
        for t in starts(slope, is_odd):
            best = math.inf
            while t is not None:
                t = stationary(t, is_odd, slope) if t else t
                value = math.inf if t is None else cost(t, is_odd, slope)
                if value > best:
                    break
                best = value
                found.append((value, tuple([-x for x in reversed(t)] + ([] if is_odd else [0.0]) + t)))
                t = with_one_more(t, slope)
    return sorted(found)


def optimal(slope):
    """The thresholds of the best design."""
    return designs(slope)[0][1]

"""Codes of scalars: H and D of what is named, cell by cell. D in standard units; H in nats but for what is returned."""
import bisect
from itertools import accumulate

from flint import acb, arb, ctx

from .balls import NotChecked, entropy, integral, log2, numbers, require, spend, whole
from .densities import ExponentialDensity, Gaussian, scalar


def achieved(claim, rate, cost):
    """(None, H in bits) if a code of this D exists at most the claim's."""
    return None, rate / arb(2).log() if cost * scalar(claim)[1] <= claim.distortion else None


def quantizer(density, thresholds):
    """H and D of the cells between thresholds, about centroids."""
    rate, cost, ends = arb(0), arb(0), [None, *thresholds, None]
    for a, b in zip(ends, ends[1:]):
        spend()
        p, m, s = density.cell(a, b)
        rate, cost = rate + entropy(p), cost + s - m * m / p
    return rate, cost


def named(claim, evidence):
    """H and D of a quantizer by its thresholds, about centroids; its codepoints and probabilities are there to read."""
    require(isinstance(evidence, dict) and evidence.get("type") == "scalar-quantizer", "there is no quantizer")
    thresholds = numbers(evidence.get("thresholds"), "thresholds")
    require(all(a < b for a, b in zip(thresholds, thresholds[1:])), "the thresholds do not increase")
    if len(thresholds) > 20000:
        raise NotChecked("it has more than 20000 thresholds")
    return quantizer(scalar(claim)[0], thresholds)


def scalar_quantizer(claim):
    """One-shot codes achieve (H, D) of any quantizer."""
    return achieved(claim, *named(claim, claim.evidence))


def quantizers(claim):
    """Sharing time achieves any mixture of two."""
    share = claim["weight"]
    require(0 <= share <= 1, "the weight is no share")
    one, two = (named(claim, claim.evidence.get(name)) for name in ("coarser", "finer"))
    return achieved(claim, *((1 - share) * a + share * b for a, b in zip(one, two)))


def stepped(density, step, first, multiples):
    """H and D of thresholds at first + j step, mirrored if the density is, about centroids or about 0 and (j + 1) step.

    The code whose thresholds end where less than 2^-prec of the probability is left: it costs no more rate. Exponential tails
    are geometric: with q = exp(-step), H = (-p ln p + p step q/(1 - q))/(1 - q) and D = D_0/(1 - q) for the first cell's p,
    D_0.
    """
    rate, cost, sides, end = arb(0), arb(0), 2 if density.symmetric else 1, density.bounds[1]
    if first > 0:
        p, m, s = density.cell(-first if density.symmetric else None, first)
        rate, cost = entropy(p), s if multiples else s - m * m / p
    if isinstance(density, ExponentialDensity):
        p, m, s = density.cell(first, first + step)
        c, left = step if multiples else m / p, -(-step).expm1()
        return (rate + sides * (entropy(p) + p * step * (1 - left) / left) / left,
                cost + sides * (s - 2 * c * m + c * c * p) / left)
    for j in range(50000):
        spend()
        a, b = first + j * step, first + (j + 1) * step
        if not density.infinite[1] and a >= end:
            return rate, cost
        last = density.half(a)[0] < arb(2) ** -ctx.prec if density.infinite[1] else b >= end
        p, m, s = density.cell(a, None if last else b)
        c = (j + 1) * step if multiples else m / p
        rate, cost = rate + sides * entropy(p), cost + sides * (s - 2 * c * m + c * c * p)
        if last:
            return rate, cost
    raise NotChecked("it has more than 50000 cells")


def uniform_threshold(claim):
    """Thresholds at (phase + j) step, cells reproduced at their centroids."""
    step, phase = claim["step"], claim["phase"]
    require(step > 0 and 0 <= phase <= 1, "step or phase is out of range")
    return achieved(claim, *stepped(scalar(claim)[0], step, phase * step, False))


def dead_zone(claim):
    """Thresholds at (1 - rounding + j) step, cells reproduced at the multiples of the step."""
    step, rounding = claim["step"], claim["rounding"]
    require(step > 0 and 0 <= rounding <= 0.5, "step or rounding is out of range")
    return achieved(claim, *stepped(scalar(claim)[0], step, (1 - rounding) * step, True))


def sullivan(claim):
    """Equal steps w beyond a first threshold b: 0 for an exponential source, for the Laplace source where the next cell would
    be as cheap; (H, D) is achieved, and with mu = w coth(w/2) - 2 a converse follows (`memoryless_converse`)."""
    (density, square), w = scalar(claim), claim["step"]
    require(claim.evidence.get("source") == ("laplace" if density.symmetric else "exponential"), "it is of another source")
    require(1e-7 <= w <= 600, "the step is not from 1e-7 to 600")
    mu = w / (w / 2).tanh() - 2
    if claim.kind == "lower":
        return memoryless_converse(density, mu, w, claim.distortion / square, claim.least()), None
    if not density.symmetric:
        return achieved(claim, *stepped(density, w, arb(0), False))
    b, delta, log_p = w / 2, 1 - w / w.expm1(), (-(-w).expm1()).log()
    for _ in range(60):
        p = -(-b).expm1()
        b = (b - (b * b - delta * delta - mu * ((2 * p).log() + b - log_p)) / (2 * b - mu * ((1 - p) / p + 1))).mid()
    ends = None, None
    for shift in range(60, 38, -2):  # any b will do: a little less gains distortion and costs rate
        ends = achieved(claim, *stepped(density, w, b * (1 - arb(2) ** -shift), False))
        if ends[1] is not None:
            return ends
    return ends


def memoryless_converse(density, mu, w, d, rate):
    """H >= (J - D)/mu for every code if D + mu H >= J. Beyond a threshold a source exp(-x) is itself with probability exp(-a)
    and costs at least exp(-a) (phi + mu a), phi = v(w) + mu h(w) the least over steps w. So for the Laplace source, j the cost
    of the cell [-a, b] of probability p and centroid c, D + mu H is at least

        F(a, b) = j(-a, b) + U(a) + U(b),     U(a) = q (phi + mu (a + ln 2)),     q(a) = exp(-a)/2,
        dF/db = q(b) ((b - c)^2 - mu ln p - phi - mu (b + ln 2)),     likewise dF/da with c -> -c.

    F >= J is shown on boxes by its gradient; a box along which F falls to a neighbour need not be looked at, and beyond some b
    F rises, as c <= 1.
    """
    h, v = stepped(ExponentialDensity(), w, arb(0), False)
    phi, ln2 = v + mu * h, arb(2).log()
    if not density.symmetric:
        return (phi - d) / (mu * ln2)
    target, far = d + mu * ln2 * rate, (3 + mu + (phi + 3 * mu).sqrt()).upper().ceil()
    require((far - 1) ** 2 - phi - mu * (far + 1) > 0 and 2 * (far - 1) > mu, "the far end is undecided")

    def beyond(a):
        return (-a).exp() / 2 * (phi + mu * (a + ln2))

    def brackets(a, b):
        """Those in dF/da and dF/db; where p may be 0, a positive lower bound of them if there is one."""
        p, m, _ = density.cell(-a, b)
        for x, c in ((a, -m / p), (b, m / p)):
            exact, least = (x - c) ** 2 - mu * p.log() - phi - mu * (x + ln2), -mu * p.upper().log() - phi - mu * (x + ln2)
            yield exact if exact.is_finite() or not least > 0 else least
    boxes = [(arb(0), far, arb(0), far)]
    while boxes:
        spend()
        a1, a2, b1, b2 = boxes.pop()
        slopes = list(brackets(a1.union(a2), b1.union(b2)))
        if any(slope < 0 or (slope > 0 and low > 0) for slope, low in zip(slopes, (a1, b1))):
            continue
        a2, b2 = a1 if slopes[0] > 0 else a2, b1 if slopes[1] > 0 else b2
        a, b, loss = (a1 + a2) / 2, (b1 + b2) / 2, arb(0)
        value = 2 * beyond(a) - target
        if a2 > 0 or b2 > 0:
            p, m, s = density.cell(-a, b)
            value = s - m * m / p + mu * entropy(p) + beyond(a) + beyond(b) - target
            for low, high, slope in ((a1, a2, slopes[0]), (b1, b2, slopes[1])):
                loss += (high - low) / 2 * (slope * (-low.union(high)).exp() / 2).abs_upper() if high > low else 0
        require(not value < 0, "the bound is lower")
        if value - loss >= 0:
            continue
        require(a2 - a1 > 1e-12 or b2 - b1 > 1e-12, "the bound is undecided")
        boxes += [(a1, a, b1, b2), (a, a2, b1, b2)] if a2 - a1 >= b2 - b1 else [(a1, a2, b1, b), (a1, a2, b, b2)]
    return rate.upper()


def lloyd_max(claim):
    """log2 N bits achieve the distortion of any N cells: those that Newton's method on 2 t = c + c' ends with, of which
    dc/da = f(a) (c - a)/p and dc/db = f(b) (b - c)/p, from the quantiles of f^(1/3), in floating point."""
    (density, _), n = scalar(claim), whole(claim.evidence.get("levels"), "levels")
    if n > 2000:
        raise NotChecked("it has more than 2000 levels")
    low, high = (-60 if density.symmetric else 0, 60) if density.infinite[1] else density.bounds
    width, t = (high - low) / 8192, []
    shares = [float(density.f(arb(abs(low + width * (k + 0.5))))) ** (1 / 3) for k in range(8192)]
    total = [0, *accumulate(shares)]
    for k in range(1, n):
        place = bisect.bisect(total, total[-1] * k / n) - 1
        t.append(low + width * (place + (total[-1] * k / n - total[place]) / shares[place]))
    for _ in range(60 if n > 1 else 0):
        spend()
        cells = [tuple(map(float, density.cell(a, b))) for a, b in zip([None, *map(arb, t)], [*map(arb, t), None])]
        f, c = [float(density.f(arb(abs(x)))) for x in t], [m / p for p, m, _ in cells]
        left = [f[i] * (x - c[i]) / cells[i][0] for i, x in enumerate(t)]
        right = [f[i] * (c[i + 1] - x) / cells[i + 1][0] for i, x in enumerate(t)]
        rows, step = [], [0.0]
        for i, x in enumerate(t):
            pivot, miss = 2 - left[i] - right[i], 2 * x - c[i] - c[i + 1]
            if i:
                pivot, miss = pivot - right[i - 1] * left[i] / rows[-1][0], miss + right[i - 1] * rows[-1][1] / rows[-1][0]
            rows.append((pivot, miss))
        for (pivot, miss), slope in zip(reversed(rows), [0.0, *reversed(left)]):
            step.append((miss + slope * step[-1]) / pivot)
        moved, share, step = None, 1.0, step[:0:-1]
        while moved is None or not all(a < b for a, b in zip([low, *moved], [*moved, high])):
            moved, share = [x - share * s for x, s in zip(t, step)], share / 2
        t = moved
        if max(map(abs, step)) < 1e-13:
            break
    _, rate = achieved(claim, arb(0), quantizer(density, [arb(x) for x in t])[1])
    return None, rate if rate is None else log2(n)


def dither(density, step, curve):
    """I(X; X + U) in nats of U uniform over a step s, and the distortion s^2/12 of X + U, v (s^2/12)/(v + s^2/12) of its best
    linear estimate, or E var(X|X + U): with p(y) and m(y) the integrals of 1 and x over the cell [y - s/2, y + s/2],

        I = -1/s int p ln p dy,      E var(X|X + U) = E X^2 - 1/s int m^2/p dy.

    """
    memoryless = isinstance(density, ExponentialDensity)
    require(0 < step <= 1e9, "the step is out of range")

    def average(s, part):
        half, end, tiny = s / 2, arb((14 if density is Gaussian else 70) if density.infinite[1] else 0.5), arb(2) ** -60
        cuts = [arb(0) if density.symmetric else -half, half, half + end]
        if not density.infinite[1]:
            cuts[1] = abs(half - end)

        def f(y, analytic):
            if memoryless and y.real.mid() > half:  # without the cancellation in wide boxes
                (p, m, _), decay = density.cell(arb(0), s), (half - y).exp()
                return part(p * decay, (m + (y - half) * p) * decay, analytic)
            (p, m, _), (q, n, _) = density.right(y - half), density.right(y + half)
            return part(acb(p - q), acb(m - n), analytic)
        total = sum(integral(f, a + tiny, b - tiny, 80) for a, b in zip(cuts, cuts[1:]))
        return (total + arb(0, 1e-24)) * (2 if density.symmetric else 1) / s

    v, noise, rate = density.variance, step * step / 12, average(step, lambda p, m, a: -p * p.log(analytic=a))
    if curve == "ecdq":
        return rate, noise
    if curve == "ecdq-wiener":
        return rate, v / (1 + v / noise)
    return rate, v + density.mean ** 2 - average(step, lambda p, m, _: m * m / p)


def dithered(claim):
    """A quantizer with dither known to both sides needs I(X; X + U) (Zamir, Feder 1992)."""
    return achieved(claim, *dither(scalar(claim)[0], claim["step"], claim.curve))

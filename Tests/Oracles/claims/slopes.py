"""R(D) of scalar densities from slopes alone: the laws are this checker's own, sought in floating point and proved by `Law`."""
import functools
import math
import os
import time

from flint import arb

from .balls import NotChecked, Refused, Unconfirmed, deadline, number, precision, require, spend
from .densities import DENSITIES, Mixture, scalar
from .laws import Law
from .limits import shannon_lower

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy: small matrices are slower on many threads

# What may be missing, in bits, before a claim is refused and not only left unconfirmed: laws found here are as good.
ACCURACY = 1e-6


def search(density, slope, goal=5e-9, rounds=16):
    """Points and weights of a law that nearly minimises E[-ln Z], Z = sum of w K, K = exp(-(x - y)^2/2) in units of
    1/sqrt(2 slope): weights by an interior point on a lattice, to which the maxima of g(y) = E[K/Z] are added until
    E ln(largest g nearby) is below the goal. Nothing depends on how good it is but how much it proves.
    """
    import numpy as np
    unit = 1 / np.sqrt(2 * slope)
    low, high = (max(-30, min(30, b)) / unit if infinite else b / unit for b, infinite in zip(density.bounds, density.infinite))
    low = 0.0 if density.symmetric else low
    if high - low > min(1500, 20 * math.sqrt(max(deadline[0] - time.monotonic(), 0))):  # the time grows as the square
        raise NotChecked("the slope is too steep to search for a law within the limit")
    # Where many kernels fit into the density, it varies little over one.
    panels = max(4, int(np.ceil((high - low) / (0.5 if high - low < 60 else 1.0))))
    node, weight = np.polynomial.legendre.leggauss(8)
    edges = np.linspace(low, high, panels + 1)
    x = (edges[:-1, None] + (edges[1] - edges[0]) * (node + 1) / 2).ravel()

    def mass(places):
        return np.array([float(density.f(arb(t * unit))) for t in places])

    def derivatives(y, mass):
        """g, g' and g'' at y."""
        sums = np.zeros((3, len(y)))
        for places in (x, -x) if density.symmetric else (x,):
            d = places[:, None] - y
            k = np.exp(-d * d / 2) * mass[:, None] / (2 if density.symmetric else 1)
            sums += [k.sum(0), (k * d).sum(0), (k * (d * d - 1)).sum(0)]
        return sums

    def kernel(y):
        k = np.exp(-(x[:, None] - y) ** 2 / 2)
        return (k + np.exp(-(x[:, None] + y) ** 2 / 2)) / 2 if density.symmetric else k
    p = np.tile(weight, panels) * mass(x)
    p /= p.sum()
    y = np.linspace(low, high, max(2, int(np.ceil(high - low)) + 1))
    w = mass(y) + 1e-300
    fine = np.linspace(low, high, int((high - low) / 0.05) + 2)
    best = None
    for _ in range(rounds):
        kernels, q = kernel(y), np.interp(y, x, p / p.max()) + 1e-18
        q /= q.sum()
        w, slack, goal_mu, step = (w / w.sum() + q) / 2, np.full(len(y), 0.1), 1e-2, 1.0
        for _ in range(100):
            spend()
            z = kernels @ w
            g, products = kernels.T @ (p / z), w * slack
            if max(abs((1 - g - slack) * w).sum(), abs(products - goal_mu * q).sum()) < 1e-10:
                break
            if step > 0.3:
                goal_mu = max(1e-11, min(goal_mu, 0.1 * products.sum()))
            scaled, root = kernels * (np.sqrt(p) / z)[:, None], np.sqrt(w / slack)
            hessian = (scaled.T @ scaled) * root[:, None] * root + np.eye(len(w))
            move = root * np.linalg.solve(hessian, root * (g - 1 + goal_mu * q / w))
            turn = (goal_mu * q - slack * move) / w - slack
            step, other = (min(1.0, 0.99 * (-v[d < 0] / d[d < 0]).min(initial=9)) for v, d in ((w, move), (slack, turn)))
            w, slack, step = w + step * move, slack + other * turn, min(step, other)
        w /= w.sum()
        inverse = p / (kernels @ w)
        g = derivatives(fine, inverse)[0]
        peaks = np.append(fine[1:-1][(g[1:-1] >= g[:-2]) & (g[1:-1] >= g[2:])], [low, high])
        for _ in range(4):
            _, first, second = derivatives(peaks, inverse)
            peaks = np.clip(peaks + np.clip(np.where(second < 0, first / np.maximum(-second, 1e-300), 0), -0.05, 0.05), low, high)
        excess = np.maximum(derivatives(peaks, inverse)[0] - 1, 0)
        nearby = np.array([excess[abs(peaks - t) < 5].max(initial=0) for t in edges[:-1]])
        loss = (p.reshape(panels, 8).sum(1) * np.log1p(nearby)).sum()
        if best is None or loss < best[0]:
            best = loss, y, w
        if loss < goal:
            break
        new = [t for t, e in zip(peaks, excess) if e > 1e-10 and abs(y - t).min() > 1e-6]
        kept = w > 1e-4 * q
        y, w = y[kept], w[kept]
        order = np.argsort(np.append(y, new))
        y, w = (np.append(a, b)[order] for a, b in ((y, new), (np.maximum(w, 1e-300), 1e-6 * np.interp(new, y, w) + 1e-300)))
    _, y, w = best
    if density.symmetric:
        y, w = np.append(-y[::-1], y), np.append(w[::-1], w)
    return [arb(float(t * unit)) for t in y], [arb(float(t)) for t in w]


@functools.lru_cache(maxsize=256)
def proved_law(kind, slope):
    """The law found at a slope, with its enclosures; kind is a density's name, or a mixture's parameters."""
    density = DENSITIES[kind] if isinstance(kind, str) else Mixture({name: arb(value) for name, value in kind})
    return Law(density, arb(slope), *search(density, slope))


@functools.lru_cache(maxsize=256)
def least(kind, slope):
    return proved_law(kind, slope).least()


def slopes(claim, most=3):
    """The slopes that the evidence names, steepest first, in units of the standard density."""
    values = claim.evidence.get("slopes_nats")
    require(isinstance(values, list) and 0 < len(values) <= most, f"it does not name one to {most} slopes")
    return sorted({float(number(value, "a slope")) for value in values}, reverse=True)


def named_slopes(claim):
    """Whatever law a slope b is solved by, with M <= L(b) <= E[-ln Z] for L(b) = min R + b D, and D' its channel's distortion:

        R(D) >= M - b D;   R(D) >= SLB(D) + M - l(b) for D >= 1/(2 b), l = h - 1/2 ln(pi/b), as L - l falls with the slope;
        R(D) <= E[-ln Z] - b D' at D = D'; R(D) <= SLB(D) + E[-ln Z] - l(b) for D <= D' (`scalar_law`); time sharing between
        these, with silence at the variance, and with the channel of a slope between two named ones.

    The laws are found here. So what is not reached is refused where the same laws show that it is false, or that no law at these
    slopes proves it, or where more is missing than laws found here ever lack; else it is not confirmed, and by how much.
    """
    if claim.source == "gaussian-mixture":
        density, square = Mixture(claim.parameters), arb(1)
        kind = tuple((name, float(claim.parameters[name])) for name in ("weight", "mean-1", "mean-2", "variance-1", "variance-2"))
    else:
        (density, square), kind = scalar(claim), claim.source
    named, (known, _) = slopes(claim), shannon_lower(claim)
    require(all(1e-4 <= b * float(density.variance) <= 1e8 for b in named), "a slope is out of the range of this evidence")
    with precision(100):
        d, ln2 = claim.distortion / square, arb(2).log()
        shannon = density.h - ((2 * arb.pi() * d).log() + 1) / 2

        def below(b, level):
            tangent = (level - b * d) / ln2
            if not d >= 1 / (2 * arb(b)):
                return tangent
            return tangent.max((shannon + level - density.h + (arb.pi() / b).log() / 2) / ln2)

        def lower(value=least):
            return functools.reduce(arb.max, (below(b, value(kind, b)) for b in named), known)

        def upper():
            return achieved(density, d, [(b, proved_law(kind, b)) for b in named]) / ln2
        if claim.kind == "lower":
            for b in sorted(named, key=lambda b: abs(2 * b * float(d) - 1)):
                if known.max(below(b, least(kind, b))) >= claim.least():
                    return known.max(below(b, least(kind, b))), None
            contradict(claim.least(), upper(), "at most", lower=True)
            limit = lower(lambda kind, b: proved_law(kind, b).rate)
            require(not claim.least() > limit, f"no law at its slopes proves more than {limit.str(12)} bits")
            raise missing(claim.least() - lower())
        end = upper()
        if end <= claim.most():
            return None, end
        # Between two of the slopes, at one whose channel has about the distortion D.
        places = sorted((float(proved_law(kind, b).distortion), b) for b in named)
        for (x, b), (y, a) in zip(places, places[1:]):
            if x < float(d) < y:
                named.append(b * (a / b) ** (math.log(float(d) / x) / math.log(y / x)))
                end = upper()
        if end <= claim.most():
            return None, end
        contradict(claim.most(), lower(), "at least", lower=False)
        raise missing(end - claim.most())


def achieved(density, d, laws):
    """The least rate at d in nats that channels of the laws, widened ones and silence share the time for."""
    h, ends = density.h, [arb("inf")]
    points = [(density.variance, arb(0))]
    for b, law in laws:
        excess = law.rate - h + (arb.pi() / b).log() / 2
        points.append((law.distortion, law.rate - b * law.distortion))
        if d <= law.distortion:
            ends.append(h - ((2 * arb.pi() * d).log() + 1) / 2 + excess)
        # The tangent of a widened law's curve through another point, which begins where the curve's slope is the chord's.
        points += [(t, h - ((2 * arb.pi() * t).log() + 1) / 2 + excess)
                   for t in (law.distortion.lower() * k / 64 for k in range(32, 64)) if d > t / 2]
    for x, r in points:
        if x <= d:
            ends.append(r)
        for y, s in points:
            if x <= d and y >= d and x < y:
                ends.append(r + (s - r) * (d - x) / (y - x))
    return min(ends, key=lambda end: end.upper())


def contradict(claimed, end, words, lower):
    """Refuses where the opposite bound, which is proved, excludes what is claimed."""
    require(not (claimed > end if lower else claimed < end), f"contradicted: R is {words} {end.str(15)} bits")


def missing(bits):
    bits = float(bits.upper())
    return Unconfirmed(bits) if bits < ACCURACY else Refused(f"its slopes fall short by {bits:.2g} bits")

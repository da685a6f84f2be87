"""One-shot codes whose decoder knows Y: X/sigma = M + W with W ~ N(0, 1) and M = E[X|Y]/sigma ~ N(0, tau^2) known to it,
sigma^2 = Var(X|Y). Given M = m an index of probability p and integral s of W has -p ln p of the rate, and E Var(W|index) is
1 - sum of s^2/p."""
import math
import re

from flint import arb, arb_series

from .balls import NotChecked, around, entropy, log2, numbers, require, series_integrals, whole
from .densities import Gaussian, conditional_variance

# Beyond so many deviations cells are joined: 1e-23 of the probability, which changes H by less than 1e-16.
REACH, JOINED = 10, 1e-16


def spread(claim):
    """tau^2."""
    p = claim.parameters
    if p["setting"] == "correlation":
        return p["correlation"] ** 2 / ((1 - p["correlation"]) * (1 + p["correlation"]))
    return p["variance"] / p["noise-variance"]


def groups(thresholds, labels, tail):
    """p and s of each label for a standard normal W, tail(t) giving those beyond t; None is the end on either side."""
    sums, (p, s) = {}, (arb(1), arb(0))
    for label, t in zip(labels, [*thresholds, None]):
        q, r = tail(t) if t is not None else (arb(0), arb(0))
        a, b = sums.get(label, (arb(0), arb(0)))
        sums[label], (p, s) = (a + p - q, b + s - r), (q, r)
    return sums.values()


def averages(thresholds, labels, low, high, tau, weight):
    """The integrals of weight(m), which varies over tau, times H(index|m) and sum of s^2/p; weight takes power series."""
    def parts(m, t):
        inside = [k for k, x in enumerate(thresholds) if abs(x - t.mid()) < REACH]
        names = [labels[k] for k in inside] + [labels[inside[-1] + 1]] if inside else []
        if len(set(names)) < 2:
            return arb_series([0], 20), arb_series([0], 20)
        cells = list(groups([thresholds[k] for k in inside], names, lambda x: Gaussian.half(x - m)[:2]))
        w = weight(m)
        return -sum(p * p.log() for p, _ in cells) * w, sum(s * s / p for p, s in cells) * w
    rate, kept = series_integrals(parts, low, high, (tau / 4).min(arb(0.1)))
    return rate + around(JOINED), kept + around(JOINED)


def marginal(thresholds, labels):
    """H(index) in nats for a standard normal X."""
    return sum(entropy(p) for p, _ in groups(thresholds, labels, lambda t: Gaussian.right(t)[:2])) + around(JOINED)


def performance(claim, thresholds, labels):
    """H(index) or H(index|Y) in nats, as the curve has it, and E Var(X|index, Y) of a code."""
    conditional, square = conditional_variance(claim), spread(claim)
    tau, places = square.sqrt(), [t / conditional.sqrt() for t in thresholds]
    if not tau < 200:
        raise NotChecked("X is more than 200 times as wide as given Y")
    if tau == 0 or not places:
        cells = list(groups(places, labels, lambda t: Gaussian.right(t)[:2]))
        rate, kept = sum(entropy(p) for p, _ in cells), sum(s * s / p for p, s in cells)
    else:
        low, high = (places[0] - REACH).max(-REACH * tau).mid(), (places[-1] + REACH).min(REACH * tau).mid()
        rate, kept = averages(places, labels, low, high, tau,
                              lambda m: (-m * m / (2 * square)).exp() / (2 * arb.pi() * square).sqrt())
    if "marginal" in claim.curve:
        rate = marginal([t / (1 + square).sqrt() for t in places], labels)
    return rate, conditional * (1 - kept)


def labelled_codes(claim):
    """Thresholds and labels of two codes that share the time."""
    share, results = claim["weight"], []
    require(0 <= share <= 1, "the weight is no share")
    for name in ("coarser", "finer"):
        evidence = claim.evidence.get(name)
        require(isinstance(evidence, dict) and evidence.get("type") == "labelled-quantizer", "there is no labelled quantizer")
        thresholds, labels = numbers(evidence.get("thresholds"), "thresholds"), evidence.get("labels")
        require(isinstance(labels, list) and len(labels) == len(thresholds) + 1, "labels and cells differ in number")
        require(all(a < b for a, b in zip(thresholds, thresholds[1:])), "the thresholds do not increase")
        if len(labels) > 2000:
            raise NotChecked("it has more than 2000 cells")
        results.append(performance(claim, thresholds, [whole(label, "a label", 0) for label in labels]))
    rate, cost = ((1 - share) * a + share * b for a, b in zip(*results))
    return None, rate / arb(2).log() if cost <= claim.distortion else None


def stepped(reach, w, offset, bins):
    """The thresholds from -reach to reach + w, and the indices of the cells between them."""
    span = range(-math.ceil(reach / float(w)) - 1, math.ceil(reach / float(w)) + 3)
    return [(k + offset) * w for k in span], [k % bins if bins else k for k in range(span[0] - 1, span[-1] + 1)]


def stepped_sums(square, w, offset, bins):
    """H(index|Y) in bits, and the sum of s^2/p, of steps w with a threshold at `offset` steps. As a function of m both have
    the period w, so m counts modulo w, of density 1/w (1 + 2 sum of exp(-2 (pi n tau/w)^2) cos(2 pi n m/w))."""
    tau, offset = square.sqrt(), offset - offset.floor()
    if not (0.02 < w < 100 and tau < 200):
        raise NotChecked("the step, or the spread of X, is out of range")

    def density(m):
        if tau > 0.4 * w:
            waves = [((2 * arb.pi() * n / w * m).cos(), (-2 * (arb.pi() * n * tau / w) ** 2).exp()) for n in range(1, 8)]
            return (1 + 2 * sum(wave * size for wave, size in waves) + around(1e-30)) / w
        return sum((-(m + k * w) * (m + k * w) / (2 * square)).exp() for k in range(-8, 9)) / (2 * arb.pi() * square).sqrt()
    rate, kept = averages(*stepped(REACH, w, offset, bins), arb(0), w, tau, density)
    return rate / arb(2).log(), kept


def stepped_marginal(square, w, offset, bins):
    """H(index) in bits."""
    deviation = (1 + square).sqrt()
    thresholds, labels = stepped(REACH * float(deviation), w, offset - offset.floor(), bins)
    return marginal([t / deviation for t in thresholds], labels) / arb(2).log()


def stepped_code(claim):
    """Steps w, the index modulo `bins`. With the offset drawn uniformly H(k|Y, offset) <= 1/2 log2(2 pi e (1 + w^2/12)) -
    log2 w and D <= (w^2/12)/(1 + w^2/12), w in units of sigma: the largest entropy and, by Cramer and Rao, the least Fisher
    information of the variance 1 + w^2/12."""
    conditional, square, evidence = conditional_variance(claim), spread(claim), claim.evidence
    w, nested = claim["step"] / conditional.sqrt(), re.fullmatch(r"nested-(\d+)(-conditional)?", claim.curve)
    bins = None if evidence.get("bins") is None else whole(evidence["bins"], "bins", 2)
    require(bins == (int(nested[1]) if nested else None) and w > 0, "the bins are not the curve's, or the step is not positive")
    if evidence.get("offset") is None:
        require(bins is None, "a code with bins needs an offset")
        excess = w * w / 12
        rate = ((2 * arb.pi() * (1 + excess)).log() + 1) / (2 * arb(2).log()) - log2(w)
        return None, rate.max(arb(0)) if conditional * excess / (1 + excess) <= claim.distortion else None
    offset = claim["offset"]
    rate, kept = stepped_sums(square, w, offset, bins)
    if nested and not nested[2]:
        rate = stepped_marginal(square, w, offset, bins)
    return None, rate if conditional * (1 - kept) <= claim.distortion else None

"""Codes of the coefficients of a Gaussian vector: the sum of their entropies is achieved at the sum of their distortions."""
import copy
import functools
import math

from flint import arb

from .balls import Unconfirmed, require
from .densities import Gaussian
from .designs import optimal
from .quantizers import dither, named, quantizer, stepped
from .vectors import Vector


def coefficients(values, part):
    """H in nats and D of codes of coefficients of these variances; part(v) is H and D of one, in units of v."""
    rate, cost = arb(0), arb(0)
    for value in values:
        h, d = part(value) if value > 0 else (arb(0), arb(1))
        rate, cost = rate + h, cost + d * value
    return rate, cost


def achieved(vector, rate, cost):
    return None, rate / (arb(2).log() * vector.count) if cost <= vector.distortion else None


def coefficient_step(claim):
    """One step for all: the entropy is achieved, if the distortion is at most D."""
    vector, step = Vector(claim), claim["step"]
    require(step > 0 and vector.eigenvalues, "the step is not positive, or there are no coefficients")
    vector.named(claim, vector.eigenvalues)

    def part(value):
        own = step / value.sqrt()
        if own > 1e9:
            return arb(0), arb(1)
        if claim.curve == "klt-ecdq":
            return dither(Gaussian, own, "ecdq-mean")
        return stepped(Gaussian, own, own / 2, False)
    return achieved(vector, *coefficients(vector.eigenvalues, part))


def coefficient_slopes(claim):
    """At a slope b every coefficient has a quantizer of slope b v in its own units. The designs are this checker's own; each,
    and time shared between those of any two slopes, is a code. What falls short of the claim by less than 1e-6 bits is not
    confirmed."""
    vector = Vector(claim)
    require(vector.eigenvalues, "there are no coefficients")
    values = vector.variances(claim.curve)
    vector.named(claim, values)
    slopes = [float(claim[name]) for name in ("coarser_slope_nats", "finer_slope_nats")]
    require(0 < slopes[0] <= slopes[1] and slopes[1] * float(values[0]) < 1e9, "the slopes are out of range")
    require(0 <= claim["weight"] <= 1, "the weight is no share")

    @functools.cache
    def code(slope):
        return coefficients(values, lambda value: quantizer(Gaussian, list(map(
            arb, optimal(slope * float(value))))))

    def shared(coarser, finer):
        (h, d), (k, e) = code(coarser), code(finer)
        if d <= vector.distortion:
            return h
        if not e <= vector.distortion:
            return None
        share = ((d - vector.distortion) / (d - e)).upper().min(arb(1))
        return h + share * (k - h)
    scale, spread, rate = arb(2).log() * vector.count, 1e-12, None
    while spread < 1:
        # Wider about the slopes named while the distortion is not met, then narrower where designs here are other ones.
        low, high = slopes[0] / (1 + spread), slopes[1] * (1 + spread)
        rate, spread = shared(low, high), spread * 30
        if rate is not None and (code(low)[1] >= vector.distortion or rate / scale <= claim.most()):
            break
    require(rate is not None, "no slopes near those named have so little distortion")
    for _ in range(40):
        if rate / scale <= claim.most() or high / low < 1 + 1e-13:
            break
        middle = math.sqrt(low * high)
        low, high = (low, middle) if code(middle)[1] <= vector.distortion else (middle, high)
        rate = shared(low, high)
    if rate / scale <= claim.most():
        return None, rate / scale
    short = float((rate / scale - claim.most()).upper())
    require(short < 1e-6, f"codes near its slopes need {short:.2g} bits more")
    raise Unconfirmed(short)


def pulse_code(claim):
    """Each of n components at the same rate with the same quantizer in its own units: n times its entropy, and its distortion
    times the trace."""
    vector, evidence, standard = Vector(claim), claim.evidence, copy.copy(claim)
    standard.source, standard.parameters = "gaussian", {"variance": arb(1)}
    n, trace = vector.covariance.nrows(), sum(vector.covariance[i, i] for i in range(vector.covariance.nrows()))
    if evidence.get("type") == "scalar-quantizer":
        rate, cost = named(standard, evidence)
    else:
        share = claim["weight"]
        require(0 <= share <= 1, "the weight is no share")
        one, two = (named(standard, evidence.get(name)) for name in ("coarser", "finer"))
        rate, cost = ((1 - share) * a + share * b for a, b in zip(one, two))
    return achieved(vector, n * rate, cost * trace)

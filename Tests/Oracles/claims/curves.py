"""Which evidence speaks for which curve, and the verdict: evidence gives the lower and the upper end that it proves of the
curve, None for an end it says nothing about, and the claim's kind only selects which of them is needed."""
import copy
import math
from fractions import Fraction

from flint import arb

from .balls import Literal, NotChecked, Refused, ball, number, require
from .cells import biuniform, bracket, dual, staggered, three_sizes, time_sharing
from .coefficients import coefficient_slopes, coefficient_step, pulse_code
from .converse import lagrangian
from .densities import Mixture, conditional_variance, source_variance
from .finite import doubled, finite_law, letter_codes, letter_dual, nearest
from .laws import scalar_law
from .limits import (differential_entropy, elliptic_noise, half_log, logistic_noise, most_distortion, oscillator, sawbridge_tangent,
                     shannon_lower, silence, tilted_ramp, von_mises_fisher, water_filling)
from .marginal import comb, reward_density, rewards
from .phases import phase
from .plane import lattice, vector_quantizer, vector_quantizers
from .quantizers import dead_zone, dithered, lloyd_max, quantizers, scalar_quantizer, sullivan, uniform_threshold
from .sawbridge import named_channels
from .side_information import labelled_codes, stepped_code
from .slopes import contradict, named_slopes, slopes
from .sphere import any_caps, caps, tiling, two_caps
from .vectors import markov_process, reverse_water_filling


def beyond(claim):
    raise NotChecked("this R(D) is beyond this checker")


def not_enclosed(claim):
    raise NotChecked("the supremum of a multiplier of the one-shot dual is not enclosed here")


def not_solved(claim):
    """Slopes of the banana are not solved here; what closed forms exclude is refused all the same."""
    slopes(claim)
    if claim.kind == "lower":
        contradict(claim.least(), water_filling(claim)[1], "at most", lower=True)
    else:
        contradict(claim.most(), shannon_lower(claim)[0], "at least", lower=False)
    raise NotChecked(f"slopes of the {claim.source} are not solved here, and closed forms do not exclude it")


def lagrangians(claim):
    """Slopes in nats are multipliers in bits of the converse for one-shot codes; any of them will do."""
    inner, reason = copy.copy(claim), None
    for slope in slopes(claim):
        inner.evidence = {"type": "lagrangian", "multiplier_bits": Literal(repr(slope / math.log(2)))}
        try:
            return lagrangian(inner)
        except (NotChecked, Refused) as found:
            reason = found
    raise reason


def shifted(variance):
    return half_log(lambda claim: variance(claim) * 2 * arb.pi() * arb(1).exp() / 12)


def ends(claim, evidence):
    """The ends in bits that a claim's evidence proves, by the evidence that speaks for the claim's curve."""
    name = claim.evidence.get("type")
    if name in ("closed-form", "test-channel"):
        name = claim.evidence.get("formula" if name == "closed-form" else "family")
    require(isinstance(name, str), "the certificate names nothing")
    if name == "silence":
        # An estimate by a formula is 0 where the formula says so.
        formula = next(iter(evidence.values())) if claim.curve == "high-rate" or claim.curve.endswith("shifted") else None
        if claim.curve.startswith(("realism", "common-randomness-")):
            # The decoder draws a vector of the source's law: twice the distortion of the best constant.
            claim = copy.copy(claim)
            claim.distortion = claim.distortion / 2
        if claim.curve.startswith("perception-"):
            claim = copy.copy(claim)
            claim.distortion = at_perfect_realism(claim)[1] / 2
        if claim.curve.startswith(("shannon-perception-", "shannon-divergence-")):
            # Nothing is sent from the largest D on, where the best constant's is Dmax.
            claim = copy.copy(claim)
            claim.distortion = claim.distortion * claim.parameters["variance"] / deviation(claim)[2]
        return (formula or silence)(claim)
    name = name.replace(f" in {claim.parameters.get('dimension')} dim", " in n dim")
    require(name in evidence, "this evidence says nothing of this curve")
    return evidence[name](claim)


SHIFTS = {"realism-private": ("D/2", lambda d, most: d / 2),
          "realism-shannon": ("D - D^2/(4 Dmax)", lambda d, most: d - d * d / (4 * most))}


def at_perfect_realism(claim):
    """Laws within a squared Wasserstein distance P of the source's, with the distortion D: codes of D = x + (sqrt(x) - sqrt(P))^2, x
    being what they have without a condition (x = D up to D = P), have 2x at perfect realism, 2 sqrt(x) = sqrt(P) + sqrt(2D - P)."""
    text = claim.curve.removeprefix("perception-")
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    require(0 <= number <= 1e300, "the name of the curve states no budget")
    budget, d = arb(number), claim.distortion
    free = 2 * d
    bound = (budget.sqrt() + (2 * d - budget).sqrt()) ** 2 / 2 if d > budget / 2 else free
    found = free if d <= budget else bound if d >= budget else free.union(bound)
    return f"D + sqrt(P (2 D - P)), and 2 D up to D = P, with P = {text}", found


def deviation(claim):
    """Long blocks of a Gaussian whose reproductions have a law within a budget of its own: with s the least deviation of a Gaussian
    within it and D0 = Dmax (1 - s^2), R(D - max(0, D - D0)^2/(4 s^2 Dmax)), and the largest D."""
    name, _, text = claim.curve.removeprefix("shannon-").partition("-")
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    require(0 <= number <= (1e300 if name == "perception" else 300), "the name of the curve states no budget")
    most, budget = claim.parameters["variance"], arb(number)
    if name == "perception":
        root = 1 - (budget / most).sqrt()
        square, words = (root if root > 0 else arb(0)) ** 2, f"s = 1 - sqrt(P/Dmax), P = {text}"
    else:
        # (s^2 - 1 - ln s^2)/2 falls to 0 at s = 1: the root by halving an interval of t = ln s^2.
        low, high = -1 - 2 * budget, arb(0)
        for _ in range(120):
            middle = ((low + high) / 2).mid()
            low, high = (middle, high) if middle.expm1() - middle > 2 * budget else (low, middle)
        square, words = low.union(high).exp(), f"(s^2 - 1 - ln s^2)/2 = P, P = {text}"
    free = most * (1 - square)
    excess = claim.distortion - free
    found = claim.distortion
    if not excess <= 0:
        excess = excess.max(arb(0))
        found = claim.distortion - excess ** 2 / (4 * square * most)
    return f"D - max(0, D - D0)^2/(4 s^2 Dmax), D0 = Dmax (1 - s^2), {words}", found, most * (1 + square)


def near(claim):
    """R(D) at that distortion."""
    inner, (formula, distortion, _) = copy.copy(claim), deviation(claim)
    require(claim.evidence.get("curve") == "shannon", "the curve named has nothing to do with this one")
    require(claim.evidence.get("at") == formula, f"it is the rate at {formula} and no other")
    inner.evidence, inner.distortion, inner.curve = claim.evidence.get("claim"), distortion, "shannon"
    require(isinstance(inner.evidence, dict), "there is no claim in it")
    return ends(inner, curves(inner)["shannon"][1])


def within(claim):
    """The rate of perfect realism at a larger distortion."""
    inner, (formula, distortion) = copy.copy(claim), at_perfect_realism(claim)
    require(claim.evidence.get("curve") == "realism-private", "the curve named has nothing to do with this one")
    kinds, evidence = curves(inner)["realism-private"]
    require(claim.evidence.get("at") == formula, f"it is the rate at {formula} and no other")
    require(claim.kind in kinds.split(), "the curve named is of another kind")
    require(isinstance(claim.evidence.get("claim"), dict), "there is no claim in it")
    inner.curve, inner.evidence, inner.distortion = "realism-private", claim.evidence["claim"], distortion
    return ends(inner, evidence)


def inherited(claim):
    """Perfect realism: the rate of another curve at a shifted distortion. Without common randomness at D/2, because given the
    message source and reproduction are independent and of one law; of a Gaussian or a sphere with it, at what a correlation
    leaves. That limit is the same where distances have the same law: the square wave's, on [0, 4], is the sphere's of three
    dimensions."""
    other, (formula, shift), inner = claim.evidence.get("curve"), SHIFTS[claim.curve], copy.copy(claim)
    require(isinstance(other, str), "it names no curve")
    if claim.curve == "realism-shannon" and claim.source == "square-wave":
        require(other == "sphere-shannon", "the curve named has nothing to do with this one")
        inner.source, inner.parameters, other = "sphere", {"dimension": 3}, "shannon"
    require(other in ("exact", "ecsq", "lower", "upper") if claim.curve == "realism-private" else other == "shannon",
            "the curve named has nothing to do with this one")
    kinds, evidence = curves(inner).get(other, ("", {}))
    require(claim.evidence.get("at") == formula, f"it is the rate at {formula} and no other")
    require(claim.kind in kinds.split(), "the curve named is of another kind")
    require(isinstance(claim.evidence.get("claim"), dict), "there is no claim in it")
    # Dmax of the sources that have the second: the sum of variances.
    most = inner.parameters.get("variance", arb(1) / 2 if claim.source == "sinusoid" else arb(1))
    inner.curve, inner.evidence, inner.distortion = other, claim.evidence["claim"], shift(claim.distortion, most)
    return ends(inner, evidence)


def simulation(claim):
    """One shot with common randomness a channel of I bits is simulated in I + log2(I + 1) + 4 bits (Li, El Gamal 2018)."""
    inner, other = copy.copy(claim), "shannon" if claim.curve == "channel-simulation" else "realism-shannon"
    kinds, evidence = curves(inner).get(other, ("", {}))
    require(claim.evidence.get("curve") == other and kinds, "the curve named has nothing to do with this one")
    require(claim.evidence.get("at") == "D", "it is the rate at D and no other")
    require(isinstance(claim.evidence.get("claim"), dict), "there is no claim in it")
    inner.curve, inner.evidence, inner.kind = other, claim.evidence["claim"], "exact" if kinds == "exact" else "upper"
    upper = ends(inner, evidence)[1]
    return None, None if upper is None else upper + (upper.max(arb(0)) + 1).log() / arb(2).log() + 4


PARALLEL = ("circle", "sinusoid", "sphere", "gaussian")


def shared_randomness(claim):
    """S common random bits a sample, realism, many samples: X and Y are independent given a U that tells of them at most R and R + S bits,
    so that (1 - D(R)/P) (1 - D(R + S)/P) >= (1 - D/(2 P))^2 by Cauchy and Schwarz. With e for D(R + S) and d = P (q - e)/(P - e), q = D -
    D^2/(4 P), R >= min(R(d), R(e) - S); R = max(...) is enough where both conditional means are multiples of one vector."""
    text, inner = claim.curve.removeprefix("common-randomness-"), copy.copy(claim)
    try:
        bits = float(text)
    except ValueError:
        bits = -1.0
    require(0 <= bits <= 100, "the name of the curve states no number of bits")
    require(claim.evidence.get("curve") == "shannon", "the curve named has nothing to do with this one")
    inner.curve = "shannon"
    kinds, evidence = curves(inner).get("shannon", ("", {}))
    most = most_distortion(inner)
    second = number(claim.evidence.get("distortion_with_randomness"), "the second distortion")
    d = claim.distortion
    require(d <= 2 * most, "the distortion is beyond the largest")
    require(0 < second < most, "the second distortion is none below the largest")
    first = most * (d - d * d / (4 * most) - second) / (most - second)
    require(first > 0, "the second distortion leaves none for the first")
    found = []
    for name, place, more in (("claim", first, 0), ("claim_with_randomness", second, bits)):
        require(isinstance(claim.evidence.get(name), dict), f"there is no {name} in it")
        inner.evidence, inner.distortion, inner.rate = claim.evidence[name], place, claim.rate + Fraction(more)
        inner.kind = "exact" if kinds == "exact" else "lower"
        found.append(ends(inner, evidence))
    (lower, upper), (beyond, above) = found
    least = None if lower is None or beyond is None else lower.min(beyond - bits)
    is_attained = claim.source in PARALLEL and upper is not None and above is not None
    return least, upper.max(above - bits) if is_attained else None


# Of every curve: its kinds, and by type, formula or family the evidence that speaks for it. Silence speaks for all.
BOUNDS = {"lower": ("lower", {"dual": dual}), "upper": ("upper", {"biuniform": biuniform, "three-size": three_sizes})}
ONE_SHOT = {
    **BOUNDS, "exact": ("exact", {"bracket": bracket, "biuniform": biuniform, "dual": dual}),
    "time-sharing": ("exact", {"time-sharing": time_sharing}),
}
SHARED = {"dual": dual, "time-sharing": time_sharing}
SPHERE = {"shannon": ("exact", {"von Mises-Fisher law of concentration kappa in n dimensions": von_mises_fisher})}
WATER = {"water-filling": ("upper", {"reverse water-filling, sum of max(0, 1/2 log2(lambda_k/theta))": water_filling})}
FORM, SHANNON = {"h(X) - n/2 log2(2 pi e D/n)": shannon_lower}, {"h(X) - 1/2 log2(2 pi e D)": shannon_lower}
LIMITS = {"shannon-lower-bound": ("lower", FORM), "shannon": ("lower upper", {
    "reproduction-law": scalar_law, "slopes": named_slopes, **FORM, **SHANNON})}
SCHEMES = {
    "uniform-threshold": ("upper", {"uniform-threshold": uniform_threshold}), "dead-zone": ("upper", {"dead-zone": dead_zone}),
    "lloyd-max": ("upper", {"lloyd-max": lloyd_max}),
    **{name: ("upper", {"dithered": dithered}) for name in ("ecdq", "ecdq-wiener", "ecdq-mean")},
    "high-rate": ("estimate", {"h - 1/2 log2(12 D)": half_log(lambda claim: (2 * differential_entropy(claim)[0]).exp() / 12)}),
}
CONVERSE = {"lagrangian": lagrangian, "slopes": lagrangians, **FORM, **SHANNON}
CODES = {"scalar-quantizer": scalar_quantizer, "quantizers": quantizers, **CONVERSE}
HALF, CONDITIONAL, TOTAL = "1/2 log2(variance/D)", "1/2 log2(conditional variance/D)", "1/2 log2(source variance/D)"
SHIFT, STEPS = " with the variance times 2 pi e/12", ("upper", {"stepped-code": stepped_code, "labelled-codes": labelled_codes})
TANGENT = {"(ln(2k/(1-exp(-2k))) - 2 + 2k/(exp(k)-1) + beta (D(k) - D))/ln 2, beta = 2k tanh(k/2)": sawbridge_tangent}
# Beside those that every closed phase has.
CURVES = {
    "ramp": {**WATER, "shannon": (
        "exact", {"density exp(u) of the phase, u'' = 1 - exp(u), of amplitude X": oscillator}),
        "realism-shannon": ("exact", {"phase noise of density exp(-kappa t (1 - t))/Z": tilted_ramp})},
    "circle": SPHERE, "sinusoid": SPHERE, "square-wave": {"shannon": (
        "exact", {"density exp(u)/Z of the phase, u'' = -A sinh u, cosh(max u/2) = exp(X)": elliptic_noise})},
    "triangle-wave": {}, "harmonics": {}, "sphere": SPHERE,
    "sawbridge": {**ONE_SHOT, "shannon-lower-bound": ("lower", TANGENT), **WATER, "shannon": ("lower upper", {
        "logistic noise on the jump, of inverse scale": logistic_noise, **TANGENT,
        "finitely many reproductions by alternating minimisation at the slope (nats)": named_channels,
        "slopes": named_channels})},
    "uniform": {**ONE_SHOT, **LIMITS, **SCHEMES, "ecsq": ONE_SHOT["time-sharing"],
                "realism-shared": ("upper", {"staggered-cells": staggered})},
    "gaussian": {**SCHEMES, "ecsq": ("lower upper", CODES),
                 "shannon": ("exact", {HALF: half_log(lambda claim: claim.parameters["variance"])})},
    **{name: {**LIMITS, **SCHEMES, "ecsq": ("lower upper", {**CODES, "sullivan": sullivan})}
       for name in ("laplace", "exponential", "logistic", "signed-laplace")},
    "gaussian-mixture": {**LIMITS, "water-filling": (
        "upper", {HALF: half_log(lambda claim: Mixture(claim.parameters).variance, lower=False)})},
    "banana": {"shannon-lower-bound": ("lower", FORM), **WATER,
               "shannon": ("lower upper", {
                   "log2(3/D)": shannon_lower, **FORM, "reproduction-law": beyond, "slopes": not_solved}),
               "one-shot-lower": ("lower", {"one-shot-dual": not_enclosed, "log2(3/D)": shannon_lower, **FORM}),
               **{name: ("upper", {"lattice": lattice}) for name in ("square", "hexagonal", "klt-uniform-threshold")},
               "ecvq": ("upper", {"vector-quantizer": vector_quantizer, "vector-quantizers": vector_quantizers})},
    "gaussian-vector": {
        "shannon": ("exact", {
            "eigenvalues": reverse_water_filling, **WATER["water-filling"][1],
            "reverse water-filling of the spectral density (1 - rho^2)/(1 - 2 rho cos w + rho^2)": markov_process}),
        **{name: ("upper", {"coefficient-slopes": coefficient_slopes}) for name in ("klt-ecsq", "transform-ecsq")},
        **{name: ("upper", {"coefficient-step": coefficient_step}) for name in ("klt-uniform-threshold", "klt-ecdq")},
        "pcm-ecsq": ("upper", {"scalar-quantizer": pulse_code, "quantizers": pulse_code})},
    "samples": {"shannon": ("lower upper", {"reproduction-law": finite_law, "nearest-reproductions": nearest}),
                "shannon-free": ("lower", {"inherited": doubled})},
    "finite": {"shannon": ("lower upper", {"reproduction-law": finite_law, "nearest-reproductions": nearest}),
               "one-shot-lower": ("lower", {"letter-dual": letter_dual}),
               "ecvq": ("upper", {"letter-code": letter_codes, "letter-codes": letter_codes})},
    "binning": {"binning-lower": ("lower", {"reward-density": reward_density}), "comb": ("upper", {"comb": comb})},
    "wyner-ziv": {
        "wyner-ziv": ("exact", {CONDITIONAL: half_log(conditional_variance)}),
        "no-side-information": ("exact", {TOTAL: half_log(source_variance)}),
        "wyner-ziv-shifted": ("estimate", {CONDITIONAL + SHIFT: shifted(conditional_variance)}),
        "no-side-information-shifted": ("estimate", {TOTAL + SHIFT: shifted(source_variance)}),
        "one-shot-lower": ("lower", CONVERSE),
        "one-shot-marginal-lower": ("lower", {"rewards": rewards, **CONVERSE}),
        "slepian-wolf-uniform": STEPS,
        **{f"nested-{m}{coding}": STEPS for m in (2, 4, 8, 16) for coding in ("", "-conditional")},
        "designed-marginal": STEPS, "designed-conditional": STEPS},
}

CAPS = {"lower": ("lower", {"bracket": caps, "dual": caps}), "upper": ("upper", {"tiling": tiling, "biuniform": two_caps})}
REALISM = {"inherited": inherited}
for name, known in CURVES.items():
    kinds = known.get("exact", known.get("ecsq", ("",)))[0]
    if kinds and name != "signed-laplace":
        known["realism-private"] = (kinds, REALISM)
for name in ("circle", "sinusoid", "square-wave", "sphere", "gaussian"):
    CURVES[name] = {**CURVES[name], "realism-shannon": ("exact", REALISM)}


def curves(claim):
    """The curves of a source, with their kinds and evidence. Of a closed phase they follow from what is proved of its
    distances: arcs are the best cells if r increases, biuniform codes are optimal if r' is concave as well."""
    if claim.parameters.get("blur"):
        raise NotChecked("waveforms behind a filter are not evaluated here")
    known, found = CURVES[claim.source], phase(claim.source, claim.parameters)
    if claim.parameters.get("samples"):
        # On a grid the ramp has no atoms; the sawbridge has.
        real = {"realism-private": ("lower", REALISM)} if claim.source == "ramp" else {}
        return {"lower": ONE_SHOT["lower"], **real}
    if claim.source == "sphere":
        return {**known, **(CAPS if claim.parameters["dimension"] == 3 else {"lower": ("lower", {"dual": any_caps})})}
    if not found:
        return known
    if found.is_concave:
        return {**ONE_SHOT, **known, "realism-private": ("exact", REALISM), "realism-shared": ("exact", SHARED)}
    both = {"realism-shared": ("lower upper", SHARED), "time-sharing": ("upper", SHARED)} if found.is_increasing else {}
    return {**BOUNDS, **known, "realism-private": ("lower upper", REALISM), **both}


def judge(claim):
    """The verdict, where the ends in bits that the evidence proves of the curve bear the claim out; refuses otherwise."""
    require(claim.source in CURVES, "there is no such source")
    known = curves(claim)
    if claim.curve.startswith("perception-") and "realism-private" in known:
        known = {claim.curve: (known["realism-private"][0], {"inherited": within})}
    if claim.curve.startswith(("shannon-perception-", "shannon-divergence-")) and claim.source == "gaussian":
        require("realism-shannon" in known, "the source has no such curve")
        known = {claim.curve: ("exact", {"inherited": near})}
    if claim.curve.startswith("common-randomness-") and any(name.startswith("realism") for name in known) and "shannon" in known:
        known = {claim.curve: ("exact" if claim.source in PARALLEL else "lower", {"common-randomness": shared_randomness})}
    if claim.curve in ("channel-simulation", "realism-channel-simulation"):
        known = {claim.curve: ("upper", {"inherited": simulation})}
    require(claim.curve in known, "the source has no such curve")
    kinds, evidence = known[claim.curve]
    is_side = kinds == "exact" and claim.kind in ("lower", "upper")
    require(claim.kind in kinds.split() or is_side, f"the curve is of kind {kinds.replace(' ', ' or ')}")
    lower, upper = ends(claim, evidence)
    word, margin = "recomputed" if claim.kind == "estimate" else "proved", ball(claim.margin)
    if claim.kind != "upper":
        require(lower is not None, "it proves no lower end")
        require(lower >= claim.least() - margin, f"it proves at least {lower.str(15)} bits")
        word = word if lower >= claim.least() else "within margin"
    if claim.kind != "lower":
        require(upper is not None, "it proves no upper end")
        require(upper <= claim.most() + margin, f"it proves at most {upper.str(15)} bits")
        word = word if upper <= claim.most() else "within margin"
    return word

#!/usr/bin/env python3
"""A second checker of claims: evaluates certificates anew, in python-flint's ball arithmetic, from the JSON alone.

    rdbounds at laplace --rate 1 --format json | python3 Tests/Oracles/check_claims.py -
    python3 Tests/Oracles/check_claims.py claims.json [more.json] [--sample 100 --seed 1]
    python3 Tests/Oracles/check_claims.py --tables tables --program .build/release/rdbounds --sample 100 --seed 1
    python3 Tests/Oracles/check_claims.py --self-test

It shares no code with the Swift: integrals are Arb's or Gauss's with their remainder, infima and suprema are proved by halving,
converses by potentials. What it trusts: the sources' formulas, the theorems that the functions of `claims` name in their first
lines, and Arb. This file says what a claim is, and which evidence speaks for which curve.

- The claim is the statement printed. D and parameters are the binary64 numbers that their texts read back to, the rate and
  its error the decimals themselves. Of an exact claim the error is a part, and at most 1e-6 (1 + R): more is no exact number.
- Kinds follow from curve and evidence: evidence gives the lower and the upper end that it proves of the curve, None for an
  end it says nothing about, and the claim's kind only selects which of them is needed.
- A ball that is not finite, or too wide to decide, proves nothing.
- A row of a code's report claims that its number lies between its ends; its code is the document's `line-code`.

One line a claim: proved; within margin, where only the margin that the row states makes up what is missing; recomputed, of an
estimate, which claims nothing of codes; REFUSED, with a reason, which says `contradicted` where the opposite bound is proved
here; not confirmed, where evidence names slopes alone and the laws found here fall short by less than 1e-6 bits, and by how much;
not checked here, with a reason: R(D) of the banana and of finite sources, multipliers of the banana's one-shot dual, the
sawbridge's where the reproductions are not in the certificate, laws with an infinite row, successive refinement, dumped codes
whose thresholds lie between two rows or which are judged at samples of time, R(D) beside them and the optimum of scalars but
the uniform one, and what costs more than the limits stated. What is not confirmed or checked is counted by
evidence and reason at the end. Exit status: 0 all proved, within margin or recomputed; 1 some refused; 2 none refused, but some
not checked or confirmed; 64 wrong usage; 65 no JSON of claims.
"""
import argparse
import collections
import contextlib
import copy
import csv
import json
import pathlib
import random
import subprocess
import sys
import time
from fractions import Fraction

from flint import arb

from claims.balls import Literal, NotChecked, Refused, Unconfirmed, ball, deadline, decimal, number, precision, require, size, whole
from claims.codes import CodeClaim
from claims.cells import biuniform, bracket, dual, time_sharing
from claims.converse import lagrangian
from claims.densities import Mixture, conditional_variance, source_variance
from claims.laws import scalar_law
from claims.limits import (differential_entropy, half_log, logistic_noise, oscillator, sawbridge_tangent, shannon_lower,
                           silence, von_mises_fisher, water_filling)
from claims.marginal import comb, reward_density, rewards
from claims.plane import vector_quantizer, vector_quantizers
from claims.quantizers import dead_zone, dithered, lloyd_max, quantizers, scalar_quantizer, sullivan, uniform_threshold
from claims.side_information import labelled_codes, stepped_code
from claims.slopes import contradict, named_slopes, slopes

PARAMETERS = {
    "ramp": {"samples": None, "grid": "endpoints"}, "sawbridge": {"samples": None, "grid": "endpoints"},
    "gaussian": {"variance": 1.0}, "laplace": {"scale": 1.0}, "exponential": {"scale": 1.0}, "logistic": {"scale": 1.0},
    "signed-laplace": {"scale": 1.0}, "sphere": {"dimension": 3.0},
    "gaussian-mixture": {"weight": 0.5, "mean-1": 0.0, "mean-2": 0.0, "variance-1": 0.1, "variance-2": 1.0},
    "wyner-ziv": {"setting": "side-plus-noise", "variance": 1.0, "noise-variance": 0.1, "correlation": None},
    "binning": {"noise-variance": 1.0},
}
WORDS = {"grid": ("endpoints", "periodic"), "setting": ("side-plus-noise", "source-plus-noise", "correlation")}
COUNTS = {"samples": (3, 2 ** 53), "dimension": (2, 1024)}
LARGEST_TEXT = 2 ** 26
SIGNS = {"lower": ">=", "upper": "<=", "exact": "=", "estimate": "~"}


def parameters(source, given):
    """The parameters in force: exact balls, whole numbers and words."""
    require(isinstance(given, dict), "the parameters are no object")
    values = {name: arb(value) if isinstance(value, float) else value for name, value in PARAMETERS.get(source, {}).items()}
    for name, value in given.items():
        require(name in values, f"{source} has no parameter {name}")
        if name in WORDS:
            require(value in WORDS[name], f"{name} is none of {', '.join(WORDS[name])}")
            values[name] = value
        elif value is not None:
            values[name] = number(value, name)
            if name in COUNTS:
                least, most = COUNTS[name]
                values[name] = whole(value, name, least)
                require(values[name] <= most, f"{name} is more than {most}")
            require(name.startswith("mean") or name == "correlation" or values[name] > 0, f"{name} is not positive")
    require(source != "gaussian-mixture" or values["weight"] < 1, "the weight is no probability")
    if values.get("setting") == "correlation":
        require(values["correlation"] is not None and -1 < values["correlation"] < 1, "the correlation is none")
    values["dimension"] = int(float(values["dimension"])) if source == "sphere" else 2
    return values


class Claim:
    """A row: source, parameters, curve, kind, D, rate, error, margin and evidence."""

    def __init__(self, row):
        self.source, self.curve, self.kind, self.row = row.get("source"), row.get("curve"), row.get("kind"), row
        self.margin = Fraction(0)

    def __str__(self):
        sign = SIGNS.get(self.kind, "?") if isinstance(self.kind, str) else "?"
        return f"{self.source} {self.curve}: R {sign} {self.row.get('rate_bits')} bits at D = {self.row.get('distortion')}"

    def read(self):
        row = self.row
        require(all(isinstance(x, str) for x in (self.source, self.curve, self.kind)), "source, curve or kind is no word")
        if self.source == "finite" or self.curve == "successive-refinement":
            raise NotChecked("finite sources and successive refinement are beyond this checker")
        if self.source in ("square-wave", "triangle-wave", "harmonics") or self.curve in ("realism-shared",) or (
                self.source, self.curve) in (("ramp", "realism-shannon"), ("sphere", "lower"), ("sphere", "upper")):
            raise NotChecked("closed phases and what is made of them are beyond this checker")
        require(self.source in CURVES and self.kind in SIGNS, "there is no such source, or no such kind")
        self.parameters = parameters(self.source, row.get("parameters") or {})
        self.distortion = number(row.get("distortion"), "the distortion")
        require(self.distortion >= sys.float_info.min, "the distortion is not a positive normal number")
        self.rate, error = decimal(row.get("rate_bits"), "the rate"), row.get("error_bits")
        self.error = Fraction(0) if error is None or self.kind in ("lower", "upper") else decimal(error, "the error")
        require(0 <= self.error <= Fraction(1, 10 ** 6) * (1 + abs(self.rate)), "an error as large leaves no exact number")
        require(row.get("assurance", "proved") in ("proved", "margin"), "the assurance is none")
        if row.get("assurance") == "margin":
            self.margin = decimal(row.get("margin_bits"), "the margin")
            require(0 <= self.margin <= Fraction(1, 10 ** 6), "the margin is not from 0 to 1e-6 bits")
        self.evidence = row.get("certificate")
        require(isinstance(self.evidence, dict), "there is no certificate")

    def __getitem__(self, name):
        """A number of the certificate."""
        return number(self.evidence.get(name), name)

    def least(self):
        """What a proved lower end must reach."""
        return ball(max(self.rate - self.error, Fraction(0)))

    def most(self):
        """What a proved upper end may reach."""
        return ball(self.rate + self.error)


def beyond(claim):
    raise NotChecked("this R(D) is beyond this checker")


def not_enclosed(claim):
    raise NotChecked("the supremum of a multiplier of the one-shot dual is not enclosed here")


def not_solved(claim):
    """Slopes of the sawbridge and the banana are not solved here; what closed forms exclude is refused all the same."""
    slopes(claim)
    closed = {**claim.evidence, "dual": Literal(repr(1 / (2 * float(claim.distortion))))}
    if claim.kind == "lower":
        contradict(claim.least(), water_filling(claim)[1], "at most", lower=True)
    else:
        evidence, claim.evidence = claim.evidence, closed
        below = (sawbridge_tangent if claim.source == "sawbridge" else shannon_lower)(claim)[0]
        claim.evidence = evidence
        contradict(claim.most(), below, "at least", lower=False)
    raise NotChecked(f"slopes of the {claim.source} are not solved here, and closed forms do not exclude it")


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
        if claim.curve in SHIFTS:
            # The decoder draws a vector of the source's law: twice the distortion of the best constant.
            claim = copy.copy(claim)
            claim.distortion = claim.distortion / 2
        return (formula or silence)(claim)
    name = name.replace(f" in {claim.parameters['dimension']} dim", " in n dim")
    require(name in evidence, "this evidence says nothing of this curve")
    return evidence[name](claim)


SHIFTS = {"realism-private": ("D/2", lambda d, most: d / 2),
          "realism-shannon": ("D - D^2/(4 Dmax)", lambda d, most: d - d * d / (4 * most))}


def inherited(claim):
    """Perfect realism: the rate of another curve at a shifted distortion. Without common randomness at D/2, because given the message
    source and reproduction are independent and of one law; of a Gaussian or a sphere with it, at what a correlation leaves."""
    other, (formula, shift) = claim.evidence.get("curve"), SHIFTS[claim.curve]
    kinds, evidence = CURVES[claim.source].get(other, ("", {}))
    require(other in ("exact", "ecsq", "lower", "upper") if claim.curve == "realism-private" else other == "shannon",
            "the curve named has nothing to do with this one")
    require(claim.evidence.get("at") == formula, f"it is the rate at {formula} and no other")
    require(claim.kind in kinds.split(), "the curve named is of another kind")
    require(isinstance(claim.evidence.get("claim"), dict), "there is no claim in it")
    inner = copy.copy(claim)
    # Dmax of the sources that have the second: the sum of variances.
    most = claim.parameters.get("variance", arb(1) / 2 if claim.source == "sinusoid" else arb(1))
    inner.curve, inner.evidence, inner.distortion = other, claim.evidence["claim"], shift(claim.distortion, most)
    return ends(inner, evidence)


# Of every curve: its kinds, and by type, formula or family the evidence that speaks for it. Silence speaks for all.
ONE_SHOT = {
    "lower": ("lower", {"dual": dual}), "upper": ("upper", {"biuniform": biuniform}),
    "exact": ("exact", {"bracket": bracket, "biuniform": biuniform, "dual": dual}),
    "time-sharing": ("exact", {"time-sharing": time_sharing}),
}
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
CODES = {"scalar-quantizer": scalar_quantizer, "quantizers": quantizers, "lagrangian": lagrangian, **FORM, **SHANNON}
HALF, CONDITIONAL, TOTAL = "1/2 log2(variance/D)", "1/2 log2(conditional variance/D)", "1/2 log2(source variance/D)"
SHIFT, STEPS = " with the variance times 2 pi e/12", ("upper", {"stepped-code": stepped_code, "labelled-codes": labelled_codes})
TANGENT = {"(ln(2k/(1-exp(-2k))) - 2 + 2k/(exp(k)-1) + beta (D(k) - D))/ln 2, beta = 2k tanh(k/2)": sawbridge_tangent}
CURVES = {
    "ramp": {**ONE_SHOT, **WATER, "shannon": (
        "exact", {"density exp(u) of the phase, u'' = 1 - exp(u), of amplitude X": oscillator})},
    "circle": {**ONE_SHOT, **SPHERE}, "sinusoid": {**ONE_SHOT, **SPHERE}, "sphere": SPHERE,
    "sawbridge": {**ONE_SHOT, "shannon-lower-bound": ("lower", TANGENT), **WATER, "shannon": ("lower upper", {
        "logistic noise on the jump, of inverse scale": logistic_noise, **TANGENT,
        "finitely many reproductions by alternating minimisation at the slope (nats)": beyond, "slopes": not_solved})},
    "uniform": {**ONE_SHOT, **LIMITS, **SCHEMES, "ecsq": ONE_SHOT["time-sharing"]},
    "gaussian": {**SCHEMES, "ecsq": ("lower upper", CODES),
                 "shannon": ("exact", {HALF: half_log(lambda claim: claim.parameters["variance"])})},
    **{name: {**LIMITS, **SCHEMES, "ecsq": ("lower upper", {**CODES, "sullivan": sullivan})}
       for name in ("laplace", "exponential", "logistic", "signed-laplace")},
    "gaussian-mixture": {**LIMITS, "water-filling": (
        "upper", {HALF: half_log(lambda claim: Mixture(claim.parameters).variance, lower=False)})},
    "banana": {"shannon-lower-bound": ("lower", FORM), **WATER,
               "shannon": ("lower upper", {"log2(3/D)": shannon_lower, **FORM, "reproduction-law": beyond, "slopes": not_solved}),
               "one-shot-lower": ("lower", {"one-shot-dual": not_enclosed, "log2(3/D)": shannon_lower, **FORM}),
               "ecvq": ("upper", {"vector-quantizer": vector_quantizer, "vector-quantizers": vector_quantizers})},
    "binning": {"binning-lower": ("lower", {"reward-density": reward_density}), "comb": ("upper", {"comb": comb})},
    "wyner-ziv": {
        "wyner-ziv": ("exact", {CONDITIONAL: half_log(conditional_variance)}),
        "no-side-information": ("exact", {TOTAL: half_log(source_variance)}),
        "wyner-ziv-shifted": ("estimate", {CONDITIONAL + SHIFT: shifted(conditional_variance)}),
        "no-side-information-shifted": ("estimate", {TOTAL + SHIFT: shifted(source_variance)}),
        "one-shot-lower": ("lower", {"lagrangian": lagrangian, **FORM, **SHANNON}),
        "one-shot-marginal-lower": ("lower", {"rewards": rewards, "lagrangian": lagrangian, **FORM, **SHANNON}),
        "slepian-wolf-uniform": STEPS,
        **{f"nested-{m}{coding}": STEPS for m in (2, 4, 8, 16) for coding in ("", "-conditional")},
        "designed-marginal": STEPS, "designed-conditional": STEPS},
}

REALISM = {"inherited": inherited}
for name, curves in CURVES.items():
    kinds = curves.get("exact", curves.get("ecsq", ("",)))[0]
    if kinds and name != "signed-laplace":
        curves["realism-private"] = (kinds, REALISM)
for name in ("circle", "sinusoid", "sphere", "gaussian"):
    CURVES[name] = {**CURVES[name], "realism-shannon": ("exact", REALISM)}


def judge(claim):
    """The verdict, where the ends in bits that the evidence proves of the curve bear the claim out; refuses otherwise."""
    curves = CURVES[claim.source]
    if claim.parameters.get("samples"):
        curves = {"lower": curves["lower"]}
    require(claim.curve in curves, "the source has no such curve")
    kinds, evidence = curves[claim.curve]
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


def check(row, bits=128, limit=120):
    """The claim in words, the verdict and the reason."""
    evidence = row.get("certificate")
    is_code = isinstance(evidence, dict) and evidence.get("type") == "line-code"
    claim, deadline[0] = CodeClaim(row) if is_code else Claim(row), time.monotonic() + limit
    try:
        if is_code:
            require(isinstance(claim.source, str), "the source is no word")
            return claim, claim.judge(parameters(claim.source, row.get("parameters") or {}), bits), ""
        claim.read()
        with precision(bits + 2 * size(claim.distortion)):
            return claim, judge(claim), ""
    except Refused as reason:
        return claim, "REFUSED", str(reason)
    except Unconfirmed as bits:
        return claim, "not confirmed", f"by {bits.args[0]:.2g} bits"
    except (NotChecked, ArithmeticError, ValueError) as reason:
        return claim, "not checked here", str(reason)


def read(path):
    """The text of a file, or of the standard input, up to a limit."""
    with (contextlib.nullcontext(sys.stdin) if path == "-" else open(path, encoding="utf-8")) as file:
        text = file.read(LARGEST_TEXT + 1)
    if len(text) > LARGEST_TEXT:
        raise ValueError(f"{path} has more than {LARGEST_TEXT} characters")
    return text


def parse(text):
    """The claims of a JSON text, a table's rows, one row or a list of either; numbers as they are written."""
    def members(pairs):
        if len(dict(pairs)) < len(pairs):
            raise ValueError("a member appears twice")
        return dict(pairs)

    def constant(name):
        raise ValueError(f"{name} is no JSON")
    top, claims = json.loads(text, parse_float=Literal, parse_int=Literal, parse_constant=constant,
                             object_pairs_hook=members), []
    for document in top if isinstance(top, list) else [top]:
        rows = document.get("rows", [document]) if isinstance(document, dict) else None
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise ValueError("the document is none of claims")
        claims += [{**{name: document[name] for name in ("source", "parameters", "certificate") if name in document}, **row}
                   for row in rows]
    return claims


def tables(directory, program, count, seed):
    """Rows of the tables, drawn at random, with the certificates that the program has for their curve at their D."""
    directory, drawn, calls = pathlib.Path(directory), [], collections.defaultdict(list)
    for entry in parse(read(directory / "manifest.json").replace('"files"', '"rows"')):
        with open(directory / entry["file"], encoding="utf-8", newline="") as file:
            drawn += [(entry["file"], entry["parameters"], row) for row in csv.DictReader(file)]
    for file, given, row in random.Random(seed).sample(drawn, min(count or len(drawn), len(drawn))):
        calls[file, row.get("curve")].append((given, row))
    for (_, curve), members in calls.items():
        (given, first), found = members[0], {}
        if curve is not None:
            options = [word for name, value in given.items() if value is not None for word in (f"--{name}", value)]
            places = ",".join(sorted({row["distortion"] for _, row in members}, key=float))
            text = subprocess.run([program, "table", first["source"], *options, "--curves", curve, "--distortions", places,
                                   "--format", "json"], capture_output=True, text=True, check=False).stdout
            found = {(row["kind"], float(row["distortion"])): row for row in parse(text)} if text else {}
        for _, row in members:
            claim = {name: Literal(text) if name in ("distortion", "rate_bits", "error_bits") else text
                     for name, text in row.items() if text}
            answer = found.get((row["kind"], float(row["distortion"])), {})
            evidence = {name: answer[name] for name in ("certificate", "assurance", "margin_bits") if name in answer}
            yield {**claim, "curve": curve or "successive-refinement", "parameters": given, **evidence}


def self_test():
    """Whether all of the claims that are true are accepted, and all of the forged ones refused."""
    failures = 0
    for name, words in (("true", ("proved", "within margin", "recomputed")), ("forged", ("REFUSED",))):
        claims = parse(read(pathlib.Path(__file__).parent / "claims" / f"{name}.json"))
        results = [check(row) for row in claims]
        wrong = [result for result in results if result[1] not in words]
        print(*(f"{name}, but {word}: {claim} {reason}" for claim, word, reason in wrong), sep="\n", end="\n" if wrong else "")
        print(f"{len(claims) - len(wrong)} of {len(claims)} {name} claims {'accepted' if name == 'true' else 'refused'}")
        failures += len(wrong)
    return 1 if failures else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("files", nargs="*", metavar="FILE", help="JSON of claims; - for the standard input")
    parser.add_argument("--tables", metavar="DIR", help="rows of the tables there, with the certificates of --program")
    parser.add_argument("--program", default="rdbounds", metavar="PATH")
    parser.add_argument("--sample", type=int, metavar="N", help="check N claims only, drawn at random")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--limit", type=float, default=120, metavar="SECONDS", help="for one claim (default 120)")
    parser.add_argument("--self-test", action="store_true", help="the claims that are kept beside this program")
    parser.error = lambda message: parser.exit(64, f"check_claims.py: {message}\n")
    options, counts, left = parser.parse_args(), collections.Counter(), collections.Counter()
    if not (options.files or options.tables or options.self_test):
        parser.error("there is nothing to check")
    if options.self_test:
        return self_test()
    try:
        if options.tables:
            claims = tables(options.tables, options.program, options.sample, options.seed)
        else:
            claims = [row for path in options.files for row in parse(read(path))]
            if options.sample is not None:
                claims = random.Random(options.seed).sample(claims, min(options.sample, len(claims)))
        for row in claims:
            begin = time.monotonic()
            claim, word, reason = check(row, limit=options.limit)
            counts[word] += 1
            if word in ("not checked here", "not confirmed"):
                evidence = row.get("certificate")
                kind = evidence.get("type") if isinstance(evidence, dict) else None
                left[f"{word}: {claim.source} {claim.curve} {claim.kind}, evidence {kind}" + (
                    f": {reason}" if word == "not checked here" else "")] += 1
            print(f"{claim}: {word}{reason and ', ' + reason} ({time.monotonic() - begin:.2g} s)", flush=True)
    except (OSError, ValueError, LookupError, RecursionError) as error:
        print(f"check_claims.py: {error}", file=sys.stderr)
        return 65
    if not counts:
        print("check_claims.py: there are no claims", file=sys.stderr)
        return 65
    for reason, count in sorted(left.items()):
        print(f"{count} {reason}", file=sys.stderr)
    print(", ".join(f"{count} {word.lower()}" for word, count in counts.items()), file=sys.stderr)
    return 1 if counts["REFUSED"] else 2 if counts["not checked here"] or counts["not confirmed"] else 0


if __name__ == "__main__":
    sys.exit(main())

"""R(D) of sources with finitely many letters: probabilities p, divided by their sum, and distortions d of letter i and
reproduction j."""
import copy
import csv
import io
import json

from flint import arb

from .balls import Literal, NotChecked, entropy, numbers, require, spend, whole


def read(text):
    """The probabilities and distortions of a text, JSON or a row a letter, as numbers that are written; Hamming's if none are
    given."""
    if text.lstrip()[:1] in ("{", "["):
        found = json.loads(text, parse_float=Literal, parse_int=Literal, parse_constant=Literal)
        return found if isinstance(found, dict) else {"probabilities": found}
    rows = [[Literal(entry.strip()) for entry in row] for row in csv.reader(io.StringIO(text)) if row]
    if rows and not _is_number(rows[0][0]):
        rows = rows[1:]
    found = {"probabilities": [row[0] for row in rows]}
    return {**found, "distortions": [row[1:] for row in rows]} if rows and len(rows[0]) > 1 else found


def _is_number(text):
    try:
        return float(text) == float(text)
    except ValueError:
        return False


def read_samples(text):
    """The samples of a text, one a row, below a header or not; a single row is of samples of one coordinate."""
    rows = [[Literal(entry.strip()) for entry in row] for row in csv.reader(io.StringIO(text)) if row]
    if rows and not any(_is_number(entry) for entry in rows[0]):
        rows = rows[1:]
    return [[entry] for entry in rows[0]] if len(rows) == 1 else rows


class Alphabet:
    """A finite source; None is an infinite distortion."""

    def __init__(self, given, parameters):
        if given is None:
            raise NotChecked("claims about a finite source need its file, --pmf")
        require(isinstance(given, dict), "the finite source is none")
        p, rows = numbers(given.get("probabilities"), "probabilities"), given.get("distortions")
        require(p and all(x >= 0 for x in p) and abs(sum(p) - 1) <= 1e-9, "the probabilities are none")
        if rows is None:
            rows = [[Literal(int(i != j)) for j in range(len(p))] for i in range(len(p))]
        require(isinstance(rows, list) and len(rows) == len(p), "the distortions have another number of rows")
        infinite = ("inf", "infinity", "+inf")
        self.rows = []
        for row in rows:
            require(isinstance(row, list) and row and len(row) == len(rows[0]), "the distortions are ragged")
            self.rows.append([None if str(x).lower() in infinite else numbers([x], "a distortion")[0] for x in row])
            require(any(x is not None for x in self.rows[-1]), "a letter has no reproduction")
            require(all(x is None or x >= 0 for x in self.rows[-1]), "a distortion is negative")
        if len(p) * len(self.rows[0]) > 100000:
            raise NotChecked("it has more than 100000 distortions")
        self.p = [x / sum(p) for x in p]
        for name, count in (("letters", len(p)), ("reproductions", len(self.rows[0]))):
            require(name not in parameters or whole(parameters[name], name) == count, f"the source has not so many {name}")


class Samples(Alphabet):
    """The empirical law of samples, the different ones in their order, which are the reproductions too: squared error, summed over
    the coordinates. The squares are not rounded to binary64."""

    def __init__(self, given, parameters):
        if given is None:
            raise NotChecked("claims about samples need their file, --data")
        require(isinstance(given, list) and given, "the samples are none")
        points, counts = [numbers(row, "a sample") for row in given], {}
        require(all(len(point) == len(points[0]) for point in points), "the samples are ragged")
        for point in points:
            key = tuple(float(x) for x in point)
            counts[key] = counts.get(key, 0) + 1
        if len(counts) ** 2 > 100000:
            raise NotChecked("it has more than 100000 distortions")
        self.p = [arb(count) / len(points) for count in counts.values()]
        letters = [[arb(x) for x in point] for point in counts]
        self.rows = [[sum(((a - b) ** 2 for a, b in zip(x, y)), arb(0)) for y in letters] for x in letters]
        for name, count in (("points", len(points)), ("dimension", len(points[0]))):
            require(name not in parameters or whole(parameters[name], name) == count, f"the file has not so many {name}")


def doubled(claim):
    """Reproductions anywhere: R(D) >= R(2 D) with the samples as reproductions. Given X and Y, draw X' from the law of X given Y:
    I(X; X') <= I(X; Y), and E|X - X'|^2 = 2 E Var(X | Y) <= 2 E|X - Y|^2."""
    inner = copy.copy(claim)
    require(claim.evidence.get("curve") == "shannon", "the curve named has nothing to do with this one")
    require(claim.evidence.get("at") == "2 D (1 + 2^-47)", "it is the rate at 2 D (1 + 2^-47) and no other")
    inner.evidence, inner.distortion = claim.evidence.get("claim"), 2 * claim.distortion
    require(isinstance(inner.evidence, dict), "there is no claim in it")
    require(inner.evidence.get("type") in ("reproduction-law", "silence"), "this evidence says nothing of this curve")
    found = finite_law if inner.evidence.get("type") == "reproduction-law" else silence
    return found(inner)[0], None


def silence(claim):
    """Rate 0 from the least mean distortion of one reproduction on."""
    if claim.curve == "shannon-free":
        # Which is 0 where R is at twice the distortion.
        claim = copy.copy(claim)
        claim.distortion, claim.curve = 2 * claim.distortion, "shannon"
    source, ends = claim.parameters["alphabet"], []
    for j in range(len(source.rows[0])):
        entries = [(p, row[j]) for p, row in zip(source.p, source.rows) if not p.is_zero()]
        if all(d is not None for _, d in entries):
            ends.append(sum(p * d for p, d in entries))
    return arb(0), arb(0) if any(claim.distortion >= end for end in ends) else None


def nearest(claim):
    """The entropy of the first of every letter's nearest reproductions is achieved at their distortion."""
    source, masses, cost = claim.parameters["alphabet"], {}, arb(0)
    for p, row in zip(source.p, source.rows):
        d = min((x for x in row if x is not None), key=float)
        j = next(k for k, x in enumerate(row) if x is not None and x == d)
        masses[j], cost = masses.get(j, arb(0)) + p, cost + p * d
    return None, sum(map(entropy, masses.values())) / arb(2).log() if cost <= claim.distortion else None


def finite_law(claim):
    """With Z_i = sum of w_j exp(-b d_ij) over the letters named, in nats (Blahut 1972, Csiszar 1974),

        R(D) >= E ln 1/Z - ln max over all j of E[exp(-b d_j)/Z] - b D,
        R(D) <= E ln 1/Z - b D' at D' = E[sum of w d exp(-b d)/Z] <= D, weights that sum to 1.
    """
    source, slope = claim.parameters["alphabet"], claim["slope_nats"]
    places, weights = claim.evidence.get("points"), numbers(claim.evidence.get("weights"), "weights")
    require(isinstance(places, list) and len(places) == len(weights) > 0, "points and weights differ in number")
    places, total = [whole(place, "a point", 0) for place in places], sum(weights)
    require(len(set(places)) == len(places) and max(places) < len(source.rows[0]), "a point is no letter, or comes twice")
    require(slope >= 0 and all(w > 0 for w in weights), "the law is none")
    mean, cost, sums = arb(0), arb(0), [arb(0)] * len(source.rows[0])
    for p, row in zip(source.p, source.rows):
        spend()
        if p.is_zero():
            continue
        least = min((row[j] for j in places if row[j] is not None), key=float, default=None)
        require(least is not None, "a letter has no reproduction in the law")
        terms = [(w / total * (-slope * (row[j] - least)).exp(), row[j]) for j, w in zip(places, weights) if row[j] is not None]
        z = sum(term for term, _ in terms)
        mean += p * (slope * least - z.log())
        cost += p * sum(term * d for term, d in terms) / z
        for j, d in enumerate(row):
            if claim.kind != "upper" and d is not None:
                sums[j] += p * (-slope * (d - least)).exp() / z
    ln2, lower = arb(2).log(), None
    if claim.kind != "upper":
        top = sums[0]
        for value in sums:
            top = top.max(value)
        lower = (mean - top.log() - slope * claim.distortion) / ln2
        lower = lower if lower > 0 else arb(0)
    return lower, (mean - slope * cost) / ln2 if cost <= claim.distortion else None


def letter_dual(claim):
    """The one-shot dual: with delta the largest E[c - b d(X, y) | A] + ln P(A) over reproductions y and sets A of letters, of which
    those of the largest c - b d matter, H + b D >= E c - delta, in nats."""
    source, slope = claim.parameters["alphabet"], claim["slope_nats"]
    values = numbers(claim.evidence.get("values_nats"), "values")
    require(slope > 0 and len(values) == len(source.p), "the multiplier is none")
    mean, delta = sum(p * c for p, c in zip(source.p, values)), None
    for y in range(len(source.rows[0])):
        spend()
        gains = [(c - slope * row[y], p) for c, p, row in zip(values, source.p, source.rows)
                 if row[y] is not None and not p.is_zero()]
        # Balls that overlap may stand in either order: the upper ends are sorted, and count.
        gains = sorted(((arb(gain.upper()), p) for gain, p in gains), key=lambda pair: pair[0].mid(), reverse=True)
        total, mass = arb(0), arb(0)
        for gain, p in gains:
            total, mass = total + p * gain, mass + p
            value = total / mass + mass.log()
            delta = value if delta is None else delta.max(value)
    require(delta is not None, "there is no set")
    lower = (mean - delta - slope * claim.distortion) / arb(2).log()
    return lower if lower > 0 else arb(0), None


def letter_codes(claim):
    """The entropy of a map from letters to reproductions is achieved at its distortion; of two maps that share the time likewise."""
    parts = [(claim.evidence, arb(1))]
    if claim.evidence.get("type") == "letter-codes":
        weight = claim["weight"]
        require(0 <= weight <= 1, "the share is none")
        parts = [(claim.evidence.get("coarser"), 1 - weight), (claim.evidence.get("finer"), weight)]
    source, rate, cost = claim.parameters["alphabet"], arb(0), arb(0)
    for part, share in parts:
        require(isinstance(part, dict) and isinstance(part.get("reproductions"), list), "there is no code")
        places = [whole(place, "a reproduction", 0) for place in part["reproductions"]]
        require(len(places) == len(source.p) and max(places) < len(source.rows[0]), "the code is none of this source")
        masses = {}
        for p, row, j in zip(source.p, source.rows, places):
            if not p.is_zero():
                require(row[j] is not None, "a letter is forbidden its reproduction")
                masses[j], cost = masses.get(j, arb(0)) + p, cost + share * p * row[j]
        rate += share * sum(map(entropy, masses.values()))
    return None, rate / arb(2).log() if cost <= claim.distortion else None

"""One-shot codes of sources whose cells cost what their probability says: a code of cells p has H = -sum p log2 p and
D = sum p delta(p)."""
import functools

from flint import arb, ctx

from .balls import entropy, log2, nonnegative, number, precision, require, size, whole
from .phases import chord, phase


class Cells:
    """delta(p) = part(p)/unit; whether the best codes are biuniform, and E is concave between uniform ones; and the unit of
    distortion that a multiplier is counted by."""

    def __init__(self, unit, part, is_optimal, scale=1):
        self.unit, self.part, self.is_optimal, self.scale = unit, part, is_optimal, scale

    def code(self, cells, odd=0):
        """H and D unit of K equal cells and one of probability `odd`; exact where they are dyadic."""
        rest, odd = 1 - arb(odd), arb(odd)
        rate, cost = rest * (log2(cells) - log2(rest)), rest * self.part(rest / cells)
        return (rate - odd * log2(odd), cost + odd * self.part(odd)) if odd > 0 else (rate, cost)

    @functools.cached_property
    def first(self):
        """The vertex after that of one cell: the chord from it to the code of K cells has the least slope."""
        slopes = {}
        for k in range(2, 65):
            rate, cost = self.code(k)
            slopes[k] = rate / (self.code(1)[1] - cost)
        best = min(slopes, key=lambda k: slopes[k].mid())
        require(all(k == best or slopes[k] > slopes[best] for k in slopes), "the first vertex of the hull is undecided")
        return best


@functools.cache
def named_cells(source, powers, is_shared, is_lower):
    """The cells of a source: of a closed phase arcs, around their centres where reproductions are to be realisations; where
    arcs are not known to be best, all cells cost at least the circle's of the same C. Of the sphere caps."""
    found = phase(source, {"power": powers})
    if found is None:
        part = {"sawbridge": lambda p: p, "uniform": lambda p: p * p, "sphere": lambda p: p * (2 - p)}[source]
        return Cells({"sawbridge": 6, "uniform": 12, "sphere": 1}[source], part, True)
    if is_lower and not found.is_increasing:
        require(not is_shared, "the source has no such curve")
        return Cells(found.unit, lambda p: found.largest * found.unit * chord(p), False, found.largest)
    return Cells(found.unit, found.centred if is_shared else found.arc, found.is_concave)


def cells_of(claim):
    return named_cells(claim.source, claim.parameters.get("power"), claim.curve == "realism-shared", claim.kind == "lower")


def dual(claim):
    """E(D) >= inf over 0 < p <= 1 of -log2 p + m (delta(p) - D) for every multiplier m >= 0: weak duality.

    With t = -log2 p: from t = R + m D on the first term alone is enough, so f(t) >= R is shown on [0, R + m D]. On n samples
    with N grid intervals delta(p) is at least N/n delta(p) (1 - 1/(p N)^2), and cells below 1/N cost more than that of 1/N.
    """
    cells, rate, samples = cells_of(claim), claim.least(), claim.parameters.get("samples")
    m = claim["multiplier_bits"] / cells.scale
    require(m >= 0, "the multiplier is negative")
    grid, ln2 = samples and samples - (claim.parameters["grid"] == "endpoints"), arb(2).log()

    def excess(t):
        cost = cells.part((-ln2 * t).exp()) / cells.unit
        if samples:
            cost = cost * (1 - (2 * ln2 * t).exp() / grid ** 2) * grid / samples
        return t + m * (cost - claim.distortion) - rate
    end = (rate + m * claim.distortion).upper()
    nonnegative(excess, 0, min(end, log2(grid).upper()) if samples else end)
    return rate.upper(), None


def named(claim, evidence):
    """K, the odd cell, H and D unit of a biuniform code."""
    require(isinstance(evidence, dict) and evidence.get("type") == "biuniform", "there is no biuniform code")
    cells, odd = whole(evidence.get("equal_cells"), "equal_cells"), number(evidence.get("odd_cell"), "odd_cell")
    require(0 <= odd < 1, "the odd cell is no probability")
    with precision(ctx.prec + 2 * size(cells)):
        return (cells, odd) + cells_of(claim).code(cells, odd)


def biuniform(claim):
    """E(D) <= H of any code of distortion at most D."""
    _, _, rate, cost = named(claim, claim.evidence)
    require(cost <= claim.distortion * cells_of(claim).unit, "the code's distortion exceeds D")
    return None, rate


def three_sizes(claim):
    """E(D) <= H of a cell of probability L beside a biuniform code of the rest."""
    cells, large = cells_of(claim), number(claim.evidence.get("large_cell"), "large_cell")
    require(0 <= large < 1, "the large cell is no probability")
    rest = claim.evidence.get("rest")
    require(isinstance(rest, dict) and rest.get("type") == "biuniform", "there is no biuniform code of the rest")
    count, odd = whole(rest.get("equal_cells"), "equal_cells"), number(rest.get("odd_cell"), "odd_cell")
    require(0 <= odd < 1, "the odd cell is no probability")
    sizes = [(1, arb(large)), (1, (1 - arb(large)) * odd), (count, (1 - arb(large)) * (1 - arb(odd)) / count)]
    sizes = [(times, p) for times, p in sizes if not p.is_zero()]
    cost = sum(times * p * cells.part(p) for times, p in sizes)
    require(cost <= claim.distortion * cells.unit, "the code's distortion exceeds D")
    return None, sum(times * entropy(p) for times, p in sizes) / arb(2).log()


def staggered(claim):
    """Cells of 1/K of a uniform scalar that begin at a random u/K: ln K + 1/(2K) nats at (5K - 2)/(60 K^3), and 0 at 1/6 for K = 0,
    with a reproduction that is uniform again; two of these codes share the time."""
    share, rate, cost = number(claim.evidence.get("weight"), "weight"), arb(0), arb(0)
    require(0 <= share <= 1, "the share is none")
    for name, part in (("fewer_cells", 1 - arb(share)), ("more_cells", arb(share))):
        k = arb(whole(claim.evidence.get(name), name, 0))
        rate += part * (k.log() + 1 / (2 * k)) if k > 0 else 0
        cost += part * ((5 * k - 2) / (60 * k ** 3) if k > 0 else arb(1) / 6)
    require(cost <= claim.distortion, "the codes' distortion exceeds D")
    return None, rate / arb(2).log()


def bracket(claim):
    """E(D) <= H of a code of distortion at most D, and E(D) >= H of one of distortion at least D on the optimal path, that is
    with an odd cell of at most 1/(K + 1): E falls with D, and these codes are optimal (BiuniformCodes.md)."""
    target = claim.distortion * cells_of(claim).unit
    cells, odd, lower, cost = named(claim, claim.evidence.get("below"))
    is_lower = cells_of(claim).is_optimal and odd * (cells + 1) <= 1 and cost >= target
    _, _, upper, cost = named(claim, claim.evidence.get("above"))
    return lower if is_lower else arb(0), upper if cost <= target else None


def time_sharing(claim):
    """At most any mixture of two uniform codes of distortion at most D; if biuniform codes are optimal, the hull is the
    polygon through those of 1, first, first + 1, ... cells (BiuniformCodes.md, 4.6), at least the line of each of its
    sides."""
    source, share = cells_of(claim), claim["weight"]
    few, many = (whole(claim.evidence.get(name), name) for name in ("fewer_cells", "more_cells"))
    require(few <= many and 0 <= share <= 1, "the mixture is none")
    with precision(ctx.prec + 4 * size(many)):
        target, lines = claim.distortion * source.unit, [arb(0)]
        (r, c), (s, d) = source.code(few), source.code(many)
        upper = (1 - share) * r + share * s if (1 - share) * c + share * d <= target else None
        for k in {max(few - 1, 1), few, many} if source.is_optimal else ():
            (r, c), (s, d) = (source.code(j) for j in ((k, k + 1) if k >= source.first else (1, source.first)))
            lines.append(r + (c - target) / (c - d) * (s - r))
        return max(lines, key=lambda line: line.lower()), upper

"""One-shot codes of sources whose cells cost what their probability says: a code of cells p has H = -sum p log2 p and
D = sum p delta(p)."""
from flint import arb, arb_series, ctx

from .balls import log2, nonnegative, number, precision, require, size, whole


def chord(p):
    """1 - sinc(x)^2 at x = pi p, of a ball or a series: where p is small by 1 - sinc(x) = x^2/6 (1 - x^2/20 (1 - x^2/42 ...))."""
    x = p * arb.pi()
    if not (p[0] if isinstance(p, arb_series) else p) < 0.25:
        return 1 - (p.sin_pi() / x) * (p.sin_pi() / x)
    square, total = x * x, arb(0.5, 0.5)
    for k in range(12 + ctx.prec // 8, 0, -1):
        total = 1 - square * total / ((2 * k + 2) * (2 * k + 3))
    return square * total / 6 * (2 - square * total / 6)


class Cells:
    """delta(p) = part(p)/unit; `first` is K of the first vertex after 1 of the lower convex hull of all codes."""

    def __init__(self, unit, part, first):
        self.unit, self.part, self.first = unit, part, first

    def code(self, cells, odd=0):
        """H and D unit of K equal cells and one of probability `odd`; exact where they are dyadic."""
        rest, odd = 1 - arb(odd), arb(odd)
        rate, cost = rest * (log2(cells) - log2(rest)), rest * self.part(rest / cells)
        return (rate - odd * log2(odd), cost + odd * self.part(odd)) if odd > 0 else (rate, cost)


CELLS = {
    "ramp": Cells(12, lambda p: p * (2 - p), 4), "sawbridge": Cells(6, lambda p: p, 2),
    "uniform": Cells(12, lambda p: p * p, 2), "circle": Cells(1, chord, 3), "sinusoid": Cells(2, chord, 3),
}


def dual(claim):
    """E(D) >= inf over 0 < p <= 1 of -log2 p + m (delta(p) - D) for every multiplier m >= 0: weak duality.

    With t = -log2 p: from t = R + m D on the first term alone is enough, so f(t) >= R is shown on [0, R + m D]. On n samples
    with N grid intervals delta(p) is at least N/n delta(p) (1 - 1/(p N)^2), and cells below 1/N cost more than that of 1/N.
    """
    cells, m, rate, samples = CELLS[claim.source], claim["multiplier_bits"], claim.least(), claim.parameters.get("samples")
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
        return (cells, odd) + CELLS[claim.source].code(cells, odd)


def biuniform(claim):
    """E(D) <= H of any code of distortion at most D."""
    _, _, rate, cost = named(claim, claim.evidence)
    require(cost <= claim.distortion * CELLS[claim.source].unit, "the code's distortion exceeds D")
    return None, rate


def bracket(claim):
    """E(D) <= H of a code of distortion at most D, and E(D) >= H of one of distortion at least D on the optimal path, that is
    with an odd cell of at most 1/(K + 1): E falls with D, and these codes are optimal (BiuniformCodes.md)."""
    target = claim.distortion * CELLS[claim.source].unit
    cells, odd, lower, cost = named(claim, claim.evidence.get("below"))
    lower = lower if odd * (cells + 1) <= 1 and cost >= target else arb(0)
    _, _, upper, cost = named(claim, claim.evidence.get("above"))
    return lower, upper if cost <= target else None


def time_sharing(claim):
    """The hull is the polygon through the uniform codes of 1, first, first + 1, ... cells (BiuniformCodes.md, 4.6): at most
    any mixture of two of distortion at most D, at least the line of each of its sides."""
    source, share = CELLS[claim.source], claim["weight"]
    few, many = (whole(claim.evidence.get(name), name) for name in ("fewer_cells", "more_cells"))
    require(few <= many and 0 <= share <= 1, "the mixture is none")
    with precision(ctx.prec + 4 * size(many)):
        target, lines = claim.distortion * source.unit, [arb(0)]
        (r, c), (s, d) = source.code(few), source.code(many)
        upper = (1 - share) * r + share * s if (1 - share) * c + share * d <= target else None
        for k in {max(few - 1, 1), few, many}:
            (r, c), (s, d) = (source.code(j) for j in ((k, k + 1) if k >= source.first else (1, source.first)))
            lines.append(r + (c - target) / (c - d) * (s - r))
        return max(lines, key=lambda line: line.lower()), upper

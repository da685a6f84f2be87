"""Codes of the banana, (Z0, Z1 - Z0^2/10), Z0 ~ N(0, 9), Z1 ~ N(0, 1/4): H and D of vector quantizers and of lattices. H in nats.

A codebook's cells are the polygons of the power diagram of |x - y_i|^2 + l_i/beta. On an upright line they are intervals, between
lines. Places where the sequence of cells changes are found by halving in floating point; between two of them the lines go straight
from the heights at one end to those at the other, which are in order. That is a partition of the plane and a code with these
codewords, whether or not it is quite the power diagram. Every line's share of the cells' probabilities and of D is an integral over
Z0, by Arb.
"""
import bisect
import math

from flint import acb, arb

from .balls import NotChecked, entropy, integral, numbers, precision, require, spend

FIRST, SECOND, BEND = 3.0, 0.5, 0.1
REACH = 36.0
# E[|X|^4] is below 3 (E Z0^4 + 4 E Z1^4 + E Z0^8/2500) < 1600.
FOURTH = 1600
# E[|X|^2] = 9 + 1/4 + E Z0^4/100.
SQUARE = (1168, 100)


class Codebook:
    """Codewords, code lengths and the slope that weighs them."""

    @staticmethod
    def named(evidence):
        """That of a certificate."""
        require(isinstance(evidence, dict) and evidence.get("type") == "vector-quantizer", "there is no vector quantizer")
        (slope,) = numbers([evidence.get("slope_nats")], "slope_nats")
        return Codebook(slope, *(numbers(evidence.get(name), name) for name in ("first", "second", "lengths_nats")))

    def __init__(self, slope, first, second, lengths):
        require(slope > 0, "the slope is not positive")
        require(len(first) == len(second) == len(lengths) > 0, "there are not two coordinates and a length for every codeword")
        if len(first) > 2048:
            raise NotChecked("it has more than 2048 codewords")
        self.words = [(float(u), float(v)) for u, v in zip(first, second)]
        require(all(abs(u) <= 1e3 and abs(v) <= 1e3 for u, v in self.words), "a codeword is far out")
        require(len(set(self.words)) == len(self.words), "a codeword is there twice")
        require(all(length >= 0 for length in lengths), "a length is negative")
        require(sum((-length).exp() for length in lengths) <= 1 + arb(1e-9), "the lengths break Kraft's inequality")
        self.extra = [float(length / slope) for length in lengths]
        self.order = sorted(range(len(self.words)), key=lambda i: (self.words[i][1], i))

    def cost(self, i, x):
        """|(x, t) - y_i|^2 + l_i/beta - t^2 is cost - 2 t y_i1."""
        u, v = self.words[i]
        return (x - u) ** 2 + v * v + self.extra[i]

    def crossing(self, i, j, x):
        """The height at which j, above, is as good as i."""
        return (self.cost(j, x) - self.cost(i, x)) / (2 * (self.words[j][1] - self.words[i][1]))

    def sequence(self, x):
        """The cells on an upright line near the source, from below."""
        low, high = (-BEND * x * x + sign * 9 * SECOND for sign in (-1, 1))
        cells, heights = [], []
        for j in self.order:
            beaten = False
            while cells:
                i = cells[-1]
                if self.words[i][1] == self.words[j][1]:
                    beaten, height = self.cost(j, x) >= self.cost(i, x), -math.inf
                else:
                    height = self.crossing(i, j, x)
                if beaten or height > heights[-1]:
                    break
                cells.pop()
                heights.pop()
            if not beaten:
                heights.append(height if cells else -math.inf)
                cells.append(j)
        # Of cells that end below, or begin above, what lies near the source.
        first = max(bisect.bisect_right(heights, low) - 1, 0)
        return cells[first:max(bisect.bisect_left(heights, high), first + 1)]

    def slabs(self):
        """Intervals of the first coordinate with their cells."""
        grid = sorted({REACH * k / 64 for k in range(-64, 65)} | {u for u, _ in self.words if abs(u) < REACH})
        pieces, result = [(a, b, None, None) for a, b in zip(grid[::-1][1:], grid[::-1])], []
        while pieces:
            spend()
            a, b, left, right = pieces.pop()
            left, right, middle = left or self.sequence(a), right or self.sequence(b), (a + b) / 2
            if left != right and b - a > 1e-9 and a < middle < b:
                between = self.sequence(middle)
                pieces += [(middle, b, between, right), (a, middle, left, between)]
            elif result and result[-1][2] == left:
                result[-1] = (result[-1][0], b, left)
            else:
                result.append((a, b, left))
        return result

    def heights(self, cells, x):
        """The heights of the lines between cells, in order."""
        low, high, result = -BEND * x * x - 50, -BEND * x * x + 50, []
        for i, j in zip(cells, cells[1:]):
            height = self.crossing(i, j, x) if self.words[i][1] < self.words[j][1] else low
            result.append(max([min(max(height, low), high)] + result[-1:]))
        return result


def below(start, end, heights, word, other, bits):
    """What lies below a line between two upright ones: its probability, and by how much |x - word|^2 costs more than
    |x - other|^2."""
    a, b, p, q = (acb(arb(x)) for x in (start, end, *heights))
    rise, bend = (q - p) / (b - a), acb(1) / 10
    (u, v), (s, t) = (map(arb, word), map(arb, other))
    constant, along, across = u * u + v * v - s * s - t * t, 2 * (s - u), 2 * (t - v)

    def parts(x):
        z = (p + rise * (x - a) + bend * x * x) * 2
        density = (-x * x / 18).exp() / (3 * acb(2 * arb.pi()).sqrt())
        return density, (-z / acb(2).sqrt()).erfc() / 2, (-z * z / 2).exp() / acb(2 * arb.pi()).sqrt()

    def probability(x, _):
        density, whole, _ = parts(x)
        return density * whole

    def cost(x, _):
        density, whole, edge = parts(x)
        return density * ((constant + along * x - across * bend * x * x) * whole - across * edge / 2)
    return integral(probability, a, b, bits), integral(cost, a, b, bits)


def everything(start, end, word):
    """The probability of an upright slab, and its |x - word|^2 less |x|^2."""
    a, b = arb(start), arb(end)
    p = ((b / arb(18).sqrt()).erf() - (a / arb(18).sqrt()).erf()) / 2
    f, g = ((-x * x / 18).exp() / (3 * (2 * arb.pi()).sqrt()) for x in (a, b))
    mean, square = 9 * (f - g), 9 * p + 9 * (a * f - b * g)
    u, v = map(arb, word)
    return p, (u * u + v * v) * p - 2 * u * mean + v * square / 5


def moments(book, bits=44):
    """The probabilities of a codebook's cells, and D, each part to so many bits."""
    chances, cost = [arb(0) for _ in book.words], arb(SQUARE[0]) / SQUARE[1]
    for start, end, cells in book.slabs():
        p, c = everything(start, end, book.words[cells[-1]])
        chances[cells[-1]] += p
        cost += c
        lines = zip(book.heights(cells, start), book.heights(cells, end))
        for i, j, heights in zip(cells, cells[1:], lines):
            spend()
            p, c = below(start, end, heights, book.words[i], book.words[j], bits)
            chances[i] += p
            chances[j] -= p
            cost += c
    # Beyond |Z0| = 36 all goes to the first codeword; E[|x - y|^2; A]^2 <= 8 (E |x|^4 + |y|^4) P(A).
    outside, (u, v) = (arb(12) / arb(2).sqrt()).erfc(), map(arb, book.words[0])
    chances[0] += outside * arb(0.5, 0.5)
    cost += (8 * (FOURTH + (u * u + v * v) ** 2) * outside).sqrt() * arb(0, 1)
    return chances, cost


def achieved(evidence):
    """H and D of a codebook."""
    chances, cost = moments(Codebook.named(evidence))
    return sum((entropy(p.max(arb(0))) if not p.contains(0) else small(p) for p in chances), arb(0)), cost


def small(p):
    """-p ln p of a probability that may be 0: it grows up to 1/e."""
    top = p.upper().max(arb(0))
    return arb(0) if top.is_zero() else arb(0).union((-top * top.log()).upper()) if top < 0.3 else arb(0).union(arb(0.37))


def vector_quantizer(claim):
    """One-shot codes achieve (H, D) of any codebook."""
    rate, cost = achieved(claim.evidence)
    return None, rate / arb(2).log() if cost <= claim.distortion else None


def vector_quantizers(claim):
    """Sharing time achieves any mixture of two."""
    share = claim["weight"]
    require(0 <= share <= 1, "the weight is no share")
    one, two = (achieved(claim.evidence.get(name)) for name in ("coarser", "finer"))
    rate, cost = ((1 - share) * a + share * b for a, b in zip(one, two))
    return None, rate / arb(2).log() if cost <= claim.distortion else None


def lattice_cells(claim):
    """H and D, at most, of a lattice with centroids: columns and rows apart for "components". Cells within eleven deviations are
    summed, and what is left is sent as the likeliest cell of a partition."""
    evidence = claim.evidence
    name, expected = evidence.get("lattice"), {"klt-uniform-threshold": "components"}.get(claim.curve, claim.curve)
    require(name == expected, "it is another lattice")
    (step,), offset = numbers([evidence.get("step")], "step"), numbers(evidence.get("offset"), "offset")
    require(len(offset) == 2 and all(abs(x) <= 1 for x in offset), "the offset is none")
    require(step > 0, "the step is not positive")
    reach, cells, hexagonal = 11, [], name == "hexagonal"
    rows = step * (arb(3).sqrt() / 2 if hexagonal else 1)
    height, width = float(rows), float(step)
    if math.pi * FIRST * SECOND * reach**2 / (width * height) > 3000:
        raise NotChecked("the lattice is too fine for this checker")
    tall = width * 0.6
    for row in range(math.floor(-112 / height) - 2, math.ceil(10 / height) + 3):
        shift = arb(row % 2) / 2 if hexagonal else arb(0)
        y = -arb(9) / 10 + step * offset[1] + row * rows
        for column in range(math.floor(-reach * FIRST / width) - 3, math.ceil(reach * FIRST / width) + 4):
            x = step * (column + shift + offset[0])
            near, far = max(0.0, abs(float(x)) - width / 2), abs(float(x)) + width / 2
            band = reach * SECOND * max(0.0, 1 - (near / FIRST / reach) ** 2) ** 0.5 + tall + 1e-6
            if near <= reach * FIRST and -BEND * far**2 - band <= float(y) <= -BEND * near**2 + band:
                cells.append((row, column, *cell(x, y, step, hexagonal)))
    apart = name == "components"
    partitions = [united(cells, 0, (4,)), united(cells, 1, (3,))] if apart else [[(p, (m, n)) for _, _, p, m, n in cells]]
    outside = (-arb(reach) ** 2 / 2).exp()
    rate, kept, square = arb(0), arb(0), arb(0)
    for partition in partitions:
        likeliest = max(range(len(partition)), key=lambda k: float(partition[k][0]))
        for k, (p, moments) in enumerate(partition):
            p = p + outside * arb(0.5, 0.5) if k == likeliest else p
            rate += small(p) if not p > 0 else entropy(p)
            moment = sum(m * m for m in moments)
            if k == likeliest:
                square += moment / partition[k][0] ** 2
            if partition[k][0] > 0:
                kept += moment / partition[k][0]
    # Of E|X|^2 = 10.87 + 0.81 a centroid keeps |m|^2/p; beyond, |x - y|^2 - |x|^2 <= |y|^2 + 2 |x| |y|, by Cauchy and Schwarz.
    beyond = square * outside + 2 * (square * SQUARE[0] / SQUARE[1] * outside).sqrt()
    return rate, arb(SQUARE[0]) / SQUARE[1] - kept + beyond * arb(0, 1)


def united(cells, index, kept):
    """Cells that share a column or row, with the moment that is theirs."""
    sums = {}
    for found in cells:
        p, moments = sums.get(found[index], (arb(0), [arb(0)] * len(kept)))
        sums[found[index]] = (p + found[2], [m + found[k] for m, k in zip(moments, kept)])
    return list(sums.values())


def cell(x0, y0, step, hexagonal):
    """The probability of a lattice's cell and its first moments, given x a difference of normal distribution functions."""
    spend()
    sums = [arb(0)] * 3
    for side in (-1, 1):
        def border(x):
            return (step - side * (x - acb(x0))) / acb(3).sqrt() if hexagonal else acb(step) / 2

        def below(x, y):
            z = (y + x * x / 10) * 2
            p = (-z / acb(2).sqrt()).erfc() / 2
            return p, -x * x / 10 * p - (-z * z / 2).exp() / acb(8 * arb.pi()).sqrt()

        def integrand(k):
            def f(x, _):
                w = border(x)
                (p, m), (q, n) = below(x, acb(y0) + w), below(x, acb(y0) - w)
                density = (-x * x / 18).exp() / (3 * acb(2 * arb.pi()).sqrt())
                return density * (p - q, x * (p - q), m - n)[k]
            return f
        low, high = (x0 - step / 2, x0) if side < 0 else (x0, x0 + step / 2)
        sums = [s + integral(integrand(k), acb(low), acb(high), 72) for k, s in enumerate(sums)]
    return sums


def lattice(claim):
    """One-shot codes achieve (H, D) of any lattice."""
    # D is the difference of sums over cells far out: more digits than the probabilities need.
    with precision(88):
        rate, cost = lattice_cells(claim)
    return None, rate / arb(2).log() if cost <= claim.distortion else None

"""R(D) of the sawbridge from above, from slopes alone: reproductions are this checker's own, sought in floating point; what
their channels achieve is evaluated in balls. The jump V is uniform on [0, 1], and |s_V - y|^2 = d(V), d' = 2 y - 1, d(0) =
int (1 - y)^2. In nats."""
import copy
import functools
import math

from flint import arb

from .balls import Literal, NotChecked, precision, require, spend
from .limits import sawbridge_tangent, water_filling
from .slopes import contradict, missing, slopes

CELLS = 4096


@functools.lru_cache(maxsize=128)
def reproductions(slope, nodes=64):
    """Weights r_i, and the distances d_i as Legendre series on [-1, 1], of plain alternating minimisation."""
    import numpy as np
    from numpy.polynomial import legendre
    x, w = legendre.leggauss(nodes)
    series = np.linalg.inv(legendre.legvander(x, nodes - 1))
    ints = np.array([legendre.legval(x, legendre.legint(row, lbnd=-1)) / 2 for row in np.eye(nodes)]).T @ series
    v, w, count = (x + 1) / 2, w / 2, 2 * (3 + math.ceil(slope / 6))
    y = 1 / (1 + np.exp(-slope * (v - (np.arange(count)[:, None] + 0.5) / count)))
    r, last = np.full(count, 1 / count), math.inf
    for _ in range(5000):
        spend()
        d = ((1 - y) ** 2 @ w)[:, None] + (2 * y - 1) @ ints.T
        logs = np.log(r)[:, None] - slope * d
        top = logs.max(0)
        terms = np.exp(logs - top)
        total = terms.sum(0)
        value, q = -(w * (top + np.log(total))).sum(), terms / total
        r, y = q @ w, (q / (q @ w)[:, None]) @ ints.T
        r, y = (r + r[::-1]) / 2, (y + 1 - y[::-1, ::-1]) / 2
        r = np.maximum(r, 1e-300)
        if abs(last - value) < 1e-13:
            break
        last = value
    return r, d @ series.T


def logs(slope, places):
    """ln r_i - slope d_i at places of [0, 1]."""
    import numpy as np
    r, series = reproductions(slope)
    return np.log(r)[:, None] - slope * np.polynomial.legendre.legval(2 * places - 1, series.T)


@functools.lru_cache(maxsize=128)
def channel(slope):
    """R and D of the channel p(i|v) that is constant in each of many equal cells, with the distribution functions of V given
    i as reproductions: R = mean of sum p ln p - sum r ln r, D = sum of r_i int y_i (1 - y_i)."""
    import numpy as np
    parts = logs(slope, (np.arange(CELLS) + 0.5) / CELLS)
    parts = np.exp(parts - parts.max(0)) + 1e-30
    with precision(64):
        columns = [[arb(float(p)) for p in column] for column in parts.T]
        columns = [[p / total for p in column] for column, total in ((column, sum(column)) for column in columns)]
        rate = sum(p * p.log() for column in columns for p in column) / CELLS
        cost = arb(0)
        for row in zip(*columns):
            spend()
            r, y = sum(row) / CELLS, arb(0)
            for p in row:
                step = p / (r * CELLS)
                cost += r * (y * (1 - y) + step * (1 - 2 * y) / 2 - step * step / 3) / CELLS
                y += step
            rate -= r * r.log()
        return rate, cost


def named_channels(claim):
    """R(D) is at most what the channels found at the slopes named achieve, or at a slope between them, if they share the time
    with one another and with silence, at 1/6. From below nothing is solved here: what the best of these channels excludes is
    refused."""
    if claim.evidence["type"] == "slopes":
        named = [b for b in slopes(claim) if 5 <= b <= 42]
    else:
        # One slope, and its neighbours on either side: reproductions moved to another slope are nearly theirs.
        slope = float(claim["achieving" if claim.kind == "upper" else "dual"])
        named = [slope * (1 + share) for share in (-3e-4, 0, 3e-4) if 5 <= slope <= 42]
    require(named, "the slopes are out of the range of this evidence")
    if claim.kind == "lower":
        contradict(claim.least(), water_filling(claim)[1], "at most", lower=True)
        named.append(min(1.02 * max(named), 42.0))  # a tangent's point may lie on either side of D
        contradict(claim.least(), shared(claim.distortion, named), "at most", lower=True)
        raise NotChecked("the supremum over reproductions is not enclosed here, and channels do not exclude it")
    end = shared(claim.distortion, named)
    if not end <= claim.most() and len(named) > 1:
        # Between two of the slopes, at one whose channel has about the distortion D.
        d, places = float(claim.distortion), sorted((float(channel(b)[1]), b) for b in named)
        named += [b * (a / b) ** (math.log(d / x) / math.log(y / x)) for (x, b), (y, a) in zip(places, places[1:]) if x < d < y]
        end = shared(claim.distortion, named)
    if end <= claim.most():
        return None, end
    closed = copy.copy(claim)
    closed.evidence = {"dual": Literal(repr(1 / (2 * float(claim.distortion))))}
    contradict(claim.most(), sawbridge_tangent(closed)[0], "at least", lower=False)
    raise missing(end - claim.most())


def shared(d, named):
    """The least rate in bits at D of channels that share the time."""
    points, ends = [(d.max(arb(1) / 6), arb(0))] + [channel(b)[::-1] for b in named], [arb("inf")]
    for x, r in points:
        ends += [r] if x <= d else []
        ends += [r + (s - r) * (d - x) / (y - x) for y, s in points if x <= d and y >= d and x < y]
    return min(ends, key=lambda end: end.upper()) / arb(2).log()

"""One-shot codes of the sphere in three dimensions: no cell costs less than a cap, 1 - (1 - p)^2, and some codes of congruent
cells."""
from flint import arb

from .balls import ball, log2, require, spend
from .cells import biuniform, bracket, dual, named

# Of a regular tiling: cells, sides of a cell, and the cosine of a side. All but it is trigonometry.
TILINGS = {
    "tetrahedron": (4, 3, lambda: arb(-1) / 3), "cube": (6, 4, lambda: arb(1) / 3), "octahedron": (8, 3, lambda: arb(0)),
    "dodecahedron": (12, 5, lambda: arb(5).sqrt() / 3), "icosahedron": (20, 3, lambda: 1 / arb(5).sqrt()),
}
LUNES = {"hemispheres": 2, "three lunes": 3}


def caps(claim):
    """Every code has D >= sum of p delta(p), so that H is at least the least of any cells with that cost: the ramp's E at
    D/12."""
    evidence = {"bracket": bracket, "dual": dual}.get(claim.evidence.get("type"))
    require(evidence, "this evidence says nothing of this curve")
    return evidence(claim)[0], None


def caps_of(n):
    """p, its logarithm's slope in t, and the mean m of a cap by its rim, t = (1 - cos theta)/2, whose measure has the density of a
    symmetric beta law: p = I_t(a, a), p m = (t (1 - t))^a/(a B(a, a)), a = (n - 1)/2."""
    a = arb(n - 1) / 2
    b = a.gamma() ** 2 / (2 * a).gamma()

    def rim(t):
        p, power = t.beta_lower(a, a, regularized=True), (t * (1 - t)) ** a / b
        return p, power / (t * (1 - t) * p), power / a / p
    return rim


def any_caps(claim):
    """The dual bound: the least of f = -log2 p + s (delta(p) - D), delta = 1 - m^2, over caps, on boxes of rims [u, v]: at least
    -log2 p(v) + s (delta(u) - D), as both grow, and by f' = (log p)' (2 s m (m - cos theta) - 1/ln 2) at least f at the middle less what
    f' allows."""
    require(claim.evidence.get("type") == "dual", "this evidence says nothing of this curve")
    slope, rim = claim["multiplier_bits"], caps_of(claim.parameters["dimension"])
    require(slope >= 0, "the multiplier is none")
    target, boxes, least = claim.least() - ball(claim.margin), [(0.0, 1.0)], arb("inf")

    def height(p, m):
        return -log2(p) + slope * (1 - m * m - claim.distortion)
    while boxes:
        spend()
        low, high = boxes.pop()
        p = rim(arb(high))[0] if high < 1 else arb(1)
        value = height(p, rim(arb(low))[2] if low > 0 else arb(1))
        if 0 < low and high == 1 and 4 * slope * rim(arb(low))[2] * arb(2).log() < 1:
            # m falls and (log p)' is positive: f falls up to the whole sphere.
            value = slope * (1 - claim.distortion)
        elif 0 < low and high < 1 and not value > target:
            t, middle = arb((low + high) / 2, (high - low) / 2), arb((low + high) / 2)
            _, growth, m = rim(t)
            steepness = growth * (2 * slope * m * (m - 1 + 2 * t) - 1 / arb(2).log())
            p, _, m = rim(middle)
            require(not height(p, m) < target, f"a cap has {height(p, m).str(15)} bits")
            value = value.max(height(p, m) - abs(steepness) * (high - low) / 2)
        if value > target or high - low < 1e-9:
            least = least.min(value)
            continue
        boxes += [(low, (low + high) / 2), ((low + high) / 2, high)]
    return least if least > 0 else arb(0), None


def two_caps(claim):
    """A cap and what it leaves are both caps."""
    cells, odd, _, _ = named(claim, claim.evidence)
    require(cells + (odd > 0) <= 2, "more than two caps are no code")
    return biuniform(claim)


def tiling(claim):
    """K congruent cells have log2 K bits and D = 1 - m^2, m the length of the mean over one of them: the integral of x over a
    region is half the sum, over its sides, of length times normal. Of n sides l, at sin(rho) = tan(l/2)/tan(pi/n) from the
    middle, the normals have the component sin(rho) along the axis; of a lune between two half circles sin(pi/K)."""
    name = claim.evidence.get("name")
    require(isinstance(name, str) and (name in TILINGS or name in LUNES), "there is no such tiling")
    if name in LUNES:
        k = LUNES[name]
        mean = arb(k) / 4 * (arb.pi() / k).sin()
    else:
        k, n, cosine = TILINGS[name]
        side = cosine().acos()
        mean = k * n * side * (side / 2).tan() / (arb.pi() / n).tan() / (8 * arb.pi())
    require(1 - mean * mean <= claim.distortion, "the tiling's distortion exceeds D")
    return None, log2(k)

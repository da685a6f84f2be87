"""One-shot codes of the sphere in three dimensions: no cell costs less than a cap, 1 - (1 - p)^2, and some codes of congruent
cells."""
from flint import arb

from .balls import log2, require
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

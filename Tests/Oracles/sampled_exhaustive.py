#!/usr/bin/env python3
"""Every code of a sampled process with a few grid points, from the process's definition.

A process with finitely many equally likely sample vectors ("atoms") is coded by a partition
of the atoms into cells; the decoder answers with the mean of the cell.  The entropy is that
of the cell probabilities, the distortion the mean squared error per sample.  All partitions
are covered, with exact integers for the distortion.

  sawbridge  X(t) = t - 1(t >= U), U uniform on [0, 1]; one atom per interval of the grid.
  ramp       J(t) = ((t + V) mod 1) - 1/2, V uniform on [0, 1].  V is continuous, so each
             interval of the grid is split in s = 1, 2, 3 parts, of which the midpoints are
             the atoms.  (s = 1 is the process with V on a lattice.)

Entropy and distortion are sums over cells, and the entropy depends only on the sizes of the
cells.  So a table is built, subset by subset, of the least distortion for every multiset of
sizes.  Up to 9 atoms the partitions are also enumerated one by one and must give the same.

The dual bound of Sampled in entropy_distortion.py must be below every code.  That is tested
for every multiset of sizes; and, which is more, its delta(p) must be below the distortion of
every single cell.

    python3 sampled_exhaustive.py --write sampled-exhaustive.json      # half a minute
"""

import argparse
import math
import sys
from fractions import Fraction

import mpmath
from mpmath import mp, mpf

from entropy_distortion import Sampled, dump, log2, text

mp.dps = 60


def grid_points(grid, n):
    return [Fraction(k, n - 1 if grid == "endpoints" else n) for k in range(n)]


def atoms_of(process, grid, n, parts):
    """The sample vectors, from the definition."""
    times = grid_points(grid, n)
    intervals = n - 1 if grid == "endpoints" else n
    phases = [Fraction(2 * i + 1, 2 * parts * intervals) for i in range(parts * intervals)]
    if process == "sawbridge":
        return [[t - (1 if t >= u else 0) for t in times] for u in phases]
    return [[(t + v) % 1 - Fraction(1, 2) for t in times] for v in phases]


class Process:
    def __init__(self, process, grid, n, parts):
        self.process, self.grid, self.n, self.parts = process, grid, n, parts
        self.vectors = atoms_of(process, grid, n, parts)
        self.count = len(self.vectors)
        assert len({tuple(v) for v in self.vectors}) == self.count
        # An integer scale: cost(S) = unit * sum over S of |x - mean|^2.
        common = math.lcm(*[x.denominator for v in self.vectors for x in v])
        sizes = math.lcm(*range(1, self.count + 1))
        whole = [[int(x * common) for x in v] for v in self.vectors]
        self.unit = common * common * sizes * n * self.count
        self.cost = [0] * (1 << self.count)
        sums, squares = [[0] * n], [0]
        for mask in range(1, 1 << self.count):
            low = (mask & -mask).bit_length() - 1
            rest = mask & (mask - 1)
            sums.append([a + b for a, b in zip(sums[rest], whole[low])])
            squares.append(squares[rest] + sum(x * x for x in whole[low]))
            size = mask.bit_count()
            self.cost[mask] = sizes * squares[mask] - sizes // size * sum(
                x * x for x in sums[mask])

    def distortion(self, cost):
        return Fraction(cost, self.unit)

    def best_by_sizes(self):
        """{sizes: least cost} over all partitions."""
        full = (1 << self.count) - 1
        table = {0: {(): 0}}

        def solve(mask):
            if mask in table:
                return table[mask]
            low = mask & -mask
            rest = mask ^ low
            best = {}
            other = rest
            while True:  # the cell of the lowest atom is low | (rest ^ other)
                cell = mask ^ other
                size, cost = cell.bit_count(), self.cost[cell]
                for sizes, value in solve(other).items():
                    key = tuple(sorted(sizes + (size,), reverse=True))
                    total = value + cost
                    if total < best.get(key, total + 1):
                        best[key] = total
                if other == 0:
                    break
                other = (other - 1) & rest
            table[mask] = best
            return best
        return solve(full)

    def enumerate_partitions(self):
        """The same by listing every partition; also how many there are."""
        best, count = {}, 0
        cells = []

        def place(i):
            nonlocal count
            if i == self.count:
                count += 1
                key = tuple(sorted((c.bit_count() for c in cells), reverse=True))
                total = sum(self.cost[c] for c in cells)
                if total < best.get(key, total + 1):
                    best[key] = total
                return
            for j in range(len(cells)):
                cells[j] |= 1 << i
                place(i + 1)
                cells[j] ^= 1 << i
            cells.append(1 << i)
            place(i + 1)
            cells.pop()
        place(0)
        return best, count

    def entropy(self, sizes):
        return sum(mpf(s) / self.count * log2(mpf(self.count) / s) for s in sizes)


def bell(n):
    row = [1]
    for _ in range(n - 1):
        new = [row[-1]]
        for x in row:
            new.append(new[-1] + x)
        row = new
    return row[-1]


def dual(bound, d):
    if d <= 0:
        return bound.rate0
    return mpf(0) if d >= bound.dmax else bound.lower(d)[0]


def examine(process, grid, n, parts):
    code = Process(process, grid, n, parts)
    bound = Sampled(process, grid, n)
    best = code.best_by_sizes()
    if code.count <= 9:
        listed, count = code.enumerate_partitions()
        assert listed == best and count == bell(code.count)
    # every cell
    tight = True
    by_size = {}
    for mask in range(1, 1 << code.count):
        size = mask.bit_count()
        by_size[size] = min(by_size.get(size, code.cost[mask]), code.cost[mask])
    for size, cost in by_size.items():
        # the cost of a cell is p delta(p) in these units
        p = mpf(size) / code.count
        real = code.distortion(cost) * Fraction(code.count, size)
        real = mpf(real.numerator) / real.denominator
        claimed = bound.delta(p) if p * bound.atoms >= 1 else mpf(0)
        slack = real - claimed
        assert slack > -mpf(10) ** -50, (process, grid, n, parts, size)
        tight = tight and abs(slack) < mpf(10) ** -50
        if process == "ramp" and size >= parts:
            # Cells cannot be told apart within an interval without error: what is left
            # over is at least (1 - 1/s^2)/(12 N^2), exactly so for whole intervals of the
            # periodic grid.  With V continuous (s to infinity) it is 1/(12 N^2).
            rest = bound.scale * (1 - mpf(1) / parts ** 2) / (12 * bound.atoms ** 2)
            assert slack - rest > -mpf(10) ** -50, (process, grid, n, parts, size)
            if grid == "periodic" and size % parts == 0:
                assert abs(slack - rest) < mpf(10) ** -50
    # every code
    margin, rows = None, []
    for sizes, cost in best.items():
        d = code.distortion(cost)
        h = code.entropy(sizes)
        lower = dual(bound, mpf(d.numerator) / d.denominator)
        assert h - lower > -mpf(10) ** -50, (process, grid, n, parts, sizes)
        rows.append((h, d, sizes, lower))
        if 1 < len(sizes) and cost > 0:
            margin = h - lower if margin is None else min(margin, h - lower)
    # entropies that are equal, like those of 4+1+1+1+1 and 2+2+2+2, differ by rounding
    rows.sort(key=lambda r: (int(mpmath.nint(r[0] * mpf(10) ** 40)), r[1]))
    if margin is not None and abs(margin) < mpf(10) ** -50:
        margin = mpf(0)
    pareto, least = [], None
    for h, d, sizes, lower in rows:
        if least is None or d < least:
            least = d
            pareto.append({
                "sizes": "+".join(map(str, sizes)), "entropy": text(h),
                "distortion": text(mpf(d.numerator) / d.denominator),
                "distortion_fraction": str(d), "sampled_lower": text(lower)})
    print(f"{process:9s} {grid:9s} n={n} s={parts}: {code.count:2d} atoms,"
          f" {bell(code.count):8d} partitions, {len(best):3d} size lists,"
          f" {len(pareto):2d} Pareto points; cells"
          f" {'meet delta exactly' if tight else 'above delta'};"
          f" least code margin {mpmath.nstr(margin, 4) if margin is not None else '-'} bits")
    return {"process": process, "grid": grid, "points": n, "parts": parts,
            "atoms": code.count, "bound_atoms": bound.atoms, "partitions": bell(code.count),
            "cells_meet_delta": tight,
            "least_margin": text(margin) if margin is not None else None, "pareto": pareto}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--write", metavar="PATH")
    arguments = parser.parse_args()
    results = []
    # n = 3...6, and up to 9 for the lattice phases, where the ramp's bound first has a curve
    for n in range(3, 10):
        for grid in ("endpoints", "periodic"):
            results.append(examine("sawbridge", grid, n, 1))
    for n in range(3, 10):
        for grid in ("endpoints", "periodic"):
            intervals = n - 1 if grid == "endpoints" else n
            for parts in (1, 2, 3):
                if parts == 1 or (n <= 6 and intervals * parts <= 15):
                    results.append(examine("ramp", grid, n, parts))
    if arguments.write:
        dump({"processes": results}, arguments.write)
    print("every code is above the sampled dual bound")


if __name__ == "__main__":
    sys.exit(main())

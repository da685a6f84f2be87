#!/usr/bin/env python3
"""An evaluator's own test, pinned to the reference curves in tables/.

A code whose performance is known goes through the evaluator as a trained one would: the ramp's uniform code of eight
cells, which reaches E(D) at 3 bits. If units, rate estimate or discretisation are wrong, one of these fails.

Runs under pytest, or by itself: RDBOUNDS_TABLES names the directory (default tables).
"""

import csv
import json
import math
import os
import pathlib

TABLES = pathlib.Path(os.environ.get("RDBOUNDS_TABLES", "tables"))


def reference(source: str, curve: str) -> list[tuple[float, float]]:
    """Distortion and rate in bits of a reference curve, distortions falling."""
    with open(TABLES / f"{source}.csv", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["curve"] == curve]
    return [(float(row["distortion"]), float(row["rate_bits"])) for row in rows]


def evaluate(cells: int, phases: int = 64, samples: int = 512) -> tuple[float, float]:
    """Rate in bits and mean squared error of the ramp's uniform code: stand-in for the evaluator under test."""
    counts, squares = [0] * cells, 0.0
    times = [(i + 0.5) / samples for i in range(samples)]
    for cell in range(cells):
        paths = []
        for k in range(phases):
            v = (cell + (k + 0.5) / phases) / cells
            paths.append([(t + v) % 1.0 - 0.5 for t in times])
            counts[cell] += 1
        centroid = [sum(column) / phases for column in zip(*paths)]
        squares += sum((x - c) ** 2 for path in paths for x, c in zip(path, centroid))
    total = cells * phases
    rate = -sum(n / total * math.log2(n / total) for n in counts)
    return rate, squares / (total * samples)


def test_schema():
    assert json.loads((TABLES / "manifest.json").read_text())["schema"] == 1


def test_uniform_code_reaches_the_limit():
    rate, distortion = evaluate(cells=8)
    best = min(reference("ramp", "exact"), key=lambda point: abs(point[1] - rate))
    assert abs(rate - 3) < 1e-12
    assert abs(10 * math.log10(distortion / best[0])) < 0.05, (distortion, best)


def test_no_code_beats_the_lower_bound():
    rate, distortion = evaluate(cells=5)
    # A lower bound at a smaller distortion than the code's may be higher; one at a larger distortion holds for the code.
    bounds = [bound for d, bound in reference("ramp", "lower") if d >= 1.001 * distortion]
    assert rate >= max(bounds)


if __name__ == "__main__":
    for test in [test_schema, test_uniform_code_reaches_the_limit, test_no_code_beats_the_lower_bound]:
        test()
        print(f"{test.__name__}: passed")

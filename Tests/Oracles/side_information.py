#!/usr/bin/env python3
"""Rates and distortions of one-shot codes for jointly Gaussian X and Y, at 30 digits of
working precision: equal steps, nested steps, layered steps, and codes given by thresholds
and labels.

X = S + N in every setting, S = E[X|Y] Gaussian and N independent of it. Cells and labels
are laid out in full on the line, without use of any periodicity; the probability and the
moments of each label given S = s come from mpmath's ncdf; the mean over s is a composite
16-point Gauss-Legendre rule on panels of half a standard deviation of N, out to 9.5
standard deviations of S, cells out to 12 standard deviations of N.

    python3 side_information.py --write side-information.json      (8 minutes)
"""

import argparse
import json
import random

from mpmath import mp, mpf

mp.dps = 30
ORDER, REACH = 16, 12


def gauss_legendre(n):
    nodes = []
    for k in range(n):
        x = mp.cos(mp.pi * (k + mpf(3) / 4) / (n + mpf(1) / 2))
        for _ in range(60):
            step = mp.legendre(n, x) / (n * (x * mp.legendre(n, x) - mp.legendre(n - 1, x)) / (x * x - 1))
            x -= step
            if abs(step) < mpf(10) ** -28:
                break
        slope = n * (x * mp.legendre(n, x) - mp.legendre(n - 1, x)) / (x * x - 1)
        nodes.append((x, 2 / ((1 - x * x) * slope * slope)))
    return nodes


RULE = gauss_legendre(ORDER)


def cells_of_steps(step, offset):
    """The cells [(k+offset) step, (k+1+offset) step) near a place, as (low, high, k)."""
    def near(low, high):
        k = int(mp.floor(low / step - offset))
        while (k + offset) * step < high:
            yield (k + offset) * step, (k + 1 + offset) * step, k
            k += 1
    return near


def cells_of_thresholds(thresholds):
    ends = [-mp.inf] + list(thresholds) + [mp.inf]

    def near(low, high):
        for k in range(len(ends) - 1):
            if ends[k + 1] > low and ends[k] < high:
                yield ends[k], ends[k + 1], k
    return near


def marginal(total, near, label):
    """H(label) in bits of X ~ N(0, total)."""
    s = mp.sqrt(total)
    sums = {}
    for a, b, k in near(-REACH * s, REACH * s):
        p = mp.ncdf(b / s) - mp.ncdf(a / s)
        sums[label(k)] = sums.get(label(k), 0) + p
    return -sum(p * mp.log(p, 2) for p in sums.values() if p > 0)


def conditional(spread_variance, noise, near, labels):
    """For each labelling, H(label|Y) in bits and E Var(X|label, Y)."""
    s, n = mp.sqrt(spread_variance), mp.sqrt(noise)
    panels = int(mp.ceil(mpf(19) * s / (n / 2)))
    width = 19 * s / panels
    results = [[mpf(0), mpf(0)] for _ in labels]
    for panel in range(panels):
        middle = -mpf(19) / 2 * s + (panel + mpf(1) / 2) * width
        for x, weight in RULE:
            mean = middle + x * width / 2
            weight = weight * width / 2 * mp.npdf(mean / s) / s
            moments = []
            last = None
            for a, b, k in near(mean - REACH * n, mean + REACH * n):
                a, b = (a - mean) / n, (b - mean) / n
                low = last if last is not None else (mp.ncdf(a), mp.npdf(a), a)
                high = (mp.ncdf(b), mp.npdf(b), b)
                edges = (0 if mp.isinf(low[2]) else low[2] * low[1], 0 if mp.isinf(high[2]) else high[2] * high[1])
                p = high[0] - low[0]
                moments.append((k, p, low[1] - high[1], p + edges[0] - edges[1]))
                last = high
            for result, label in zip(results, labels):
                sums = {}
                for k, p, first, second in moments:
                    sums.setdefault(label(k), []).append((p, first, second))
                for parts in sums.values():
                    p, first, second = (mp.fsum(column) for column in zip(*parts))
                    if p > mpf(10) ** -28:
                        result[0] -= weight * p * mp.log(p, 2)
                        result[1] += weight * noise * (second - first * first / p)
    return results


def text(x):
    return mp.nstr(x, 20)


def entry(spread_variance, noise, near, labels):
    total = spread_variance + noise
    return [{"marginal": text(marginal(total, near, label)), "conditional": text(h), "distortion": text(d)}
            for label, (h, d) in zip(labels, conditional(spread_variance, noise, near, labels))]


def problem(kind, noise, variance):
    noise, variance = mpf(noise), mpf(variance)
    if kind == "side-plus-noise":
        return variance, noise
    if kind == "source-plus-noise":
        return variance * variance / (variance + noise), variance * noise / (variance + noise)
    return noise * noise * variance, (1 - noise * noise) * variance          # correlation in place of noise


SETTINGS = [("side-plus-noise", 0.1, 1.0), ("side-plus-noise", 0.01, 1.0), ("source-plus-noise", 0.25, 2.0),
            ("correlation", 0.5, 1.0), ("correlation", -0.9, 3.0), ("side-plus-noise", 4.0, 1.0)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--write", metavar="PATH", required=True)
    arguments = parser.parse_args()
    generator = random.Random(7)
    result = {"plain": [], "nested": [], "layered": [], "labelled": []}

    def base(index):
        kind, noise, variance = SETTINGS[index % len(SETTINGS)]
        spread, left = problem(kind, noise, variance)
        return {"setting": kind, "noise": noise, "variance": variance}, spread, left, float(mp.sqrt(left))

    for index, (factor, offset) in enumerate(
            [(0.6, 0.5), (1.0, 0.0), (1.5, 0.3), (2.5, 0.5), (4.0, 0.0), (6.0, 0.25), (0.3, 0.5), (3.0, 0.1), (0.8, 0.0),
             (1.9, 0.5), (5.0, 0.5), (2.2, 0.75)]):
        inputs, spread, left, sigma = base(index)
        step = round(factor * sigma, 6)
        row = entry(spread, left, cells_of_steps(mpf(step), mpf(offset)), [lambda k: k])[0]
        result["plain"].append({**inputs, "step": step, "offset": offset, **row})

    for index, (bins, factor, offset) in enumerate(
            [(2, 3.7, 0.0), (2, 1.5, 0.5), (3, 2.2, 0.5), (3, 2.5, 0.2), (4, 1.7, 0.0), (4, 5.0, 0.5), (5, 1.4, 0.3),
             (8, 0.9, 0.0), (8, 0.5, 0.5), (16, 0.5, 0.0), (2, 8.0, 0.5), (7, 1.1, 0.9)]):
        inputs, spread, left, sigma = base(index)
        step = round(factor * sigma, 6)
        row = entry(spread, left, cells_of_steps(mpf(step), mpf(offset)), [lambda k, m=bins: k % m])[0]
        result["nested"].append({**inputs, "bins": bins, "step": step, "offset": offset, **row})

    for index, (stages, order, factor, offset) in enumerate(
            [([2, 2, 2], "msb-first", 0.9, 0.0), ([2, 2, 2], "lsb-first", 0.9, 0.5), ([4, 4], "msb-first", 0.55, 0.5),
             ([4, 4], "lsb-first", 0.55, 0.0), ([3, 2], "msb-first", 1.2, 0.25), ([3, 2], "lsb-first", 1.6, 0.0),
             ([2, 3], "msb-first", 1.3, 0.5), ([2, 2], "lsb-first", 2.5, 0.5), ([2, 2], "msb-first", 1.7, 1.5),
             ([5, 2], "msb-first", 0.8, 0.0)]):
        inputs, spread, left, sigma = base(index)
        step = round(factor * sigma, 6)
        total = 1
        for count in stages:
            total *= count
        labels, known = [], 1
        for count in stages:
            known *= count
            if order == "msb-first":
                labels.append(lambda k, t=total, m=known: (k % t) // (t // m))
            else:
                labels.append(lambda k, m=known: k % m)
        rows = entry(spread, left, cells_of_steps(mpf(step), mpf(offset)), labels)
        result["layered"].append(
            {**inputs, "stages": stages, "order": order, "step": step, "offset": offset, "after": rows})

    for index in range(12):
        inputs, spread, left, sigma = base(index)
        count = generator.randint(1, 14)
        reach = 3 * float(mp.sqrt(spread + left))
        thresholds = sorted(round(generator.uniform(-reach, reach), 6) for _ in range(count))
        names = generator.randint(2, 4)
        labels = [generator.randrange(names)]
        for _ in thresholds:
            labels.append(generator.choice([k for k in range(names) if k != labels[-1]]))
        near = cells_of_thresholds([mpf(t) for t in thresholds])
        row = entry(spread, left, near, [lambda k, names=tuple(labels): names[k]])[0]
        result["labelled"].append({**inputs, "thresholds": thresholds, "labels": labels, **row})

    with open(arguments.write, "w") as out:
        json.dump(result, out, indent=1)
        out.write("\n")


if __name__ == "__main__":
    main()

"""Dumped codes of the banana by their codebooks: entropy, expected length and distortion, by the cells of `plane`.

A file has the banana turned by 240 degrees and shifted by (-1, -1): its x is R^T v - (1, 1) of the standard v, R = (c, -s; s, c).
A codeword's standard place is rounded, which is below what its cells' lines are rounded by.
"""
from flint import arb

from .balls import NotChecked, entropy, numbers, require
from .plane import Codebook, moments, small


class PlaneCode:
    """Probabilities and distortion of a codebook's cells."""

    def __init__(self, source, _, evidence):
        require(source in ("banana", "gaussian"), "the source has no codes in the plane")
        if evidence["type"] == "grid-code" or source != "banana":
            raise NotChecked("codes on a grid, and of two Gaussian scalars, are beyond this checker")
        first, second = (numbers(evidence.get(name), name) for name in ("first", "second"))
        require(len(first) == len(second) > 0, "there are not two coordinates for every codeword")
        self.lengths, ln2 = None, arb(2).log()
        if "lengths" in evidence:
            self.lengths = numbers(evidence["lengths"], "lengths")
            require(len(self.lengths) == len(first) and all(x >= 0 for x in self.lengths), "lengths are none")
        slope, nats = ln2, [arb(len(first)).log()] * len(first)
        if "lambda" in evidence and self.lengths:
            (slope,) = numbers([evidence["lambda"]], "lambda")
            slope, nats = slope * ln2, [x * ln2 for x in self.lengths]
            # Lengths decide by their differences alone.
            excess = sum((-x).exp() for x in nats)
            nats = [x + excess.log() for x in nats] if excess > 1 else nats
        cosine, sine = arb(-1) / 2, -arb(3).sqrt() / 2
        places = [(arb(float(cosine * (u + 1) - sine * (v + 1))), arb(float(sine * (u + 1) + cosine * (v + 1))))
                  for u, v in zip(first, second)]
        self.p, self.cost = moments(Codebook(slope, *zip(*places), nats), 64)

    def value(self, quantity):
        """A row's number, enclosed."""
        def rate():
            return sum((entropy(p) if p > 0 else small(p) for p in self.p), arb(0)) / arb(2).log()

        def length():
            return sum((p.max(arb(0)) * x for p, x in zip(self.p, self.lengths)), arb(0))
        values = {"cells": lambda: arb(len(self.p)), "entropy": rate, "distortion": lambda: self.cost}
        if self.lengths:
            values |= {"cross-entropy": length, "entropy-model": lambda: length() - rate()}
        if quantity not in values:
            raise NotChecked("of codebooks only entropy, code lengths and distortion are computed here")
        return values[quantity]()

"""Rows of `refine`: what a layered nested quantizer of step w and offset comes to after a stage. Most significant part first,
the decoder then knows the group of steps of a nested quantizer with wider ones; least significant first, the steps modulo a
part of the bins."""
import math
from fractions import Fraction

from .balls import NotChecked, ball, decimal, log2, number, precision, require, whole
from .densities import conditional_variance
from .side_information import spread, stepped_marginal, stepped_sums

RATES = ("marginal_rate_bits", "conditional_rate_bits", "sum_rate_bound_bits", "one_shot_lower_bits")


class RefinementClaim:
    """That H(index), H(index|Y) and D are at most what is printed, R_WZ(D) at least, and that gaps are their differences.
    What other codes do, `monolithic_`, is not claimed, and of the one-shot converse only that this code does not contradict
    it."""

    def __init__(self, row):
        self.source, self.curve, self.kind, self.row = row.get("source"), "successive-refinement", row.get("kind"), row

    def __str__(self):
        row = self.row
        return f"{self.source} {row.get('order')} {row.get('stages')} stage {row.get('stage')} at D = {row.get('distortion')}"

    def code(self):
        """w, the offset in steps and the bins of the nested quantizer that the decoder has after the stage."""
        row, text = self.row, self.row.get("stages")
        require(isinstance(text, str) and all(part.isdigit() for part in text.split("x")), "the stages are none")
        stages, stage = [int(part) for part in text.split("x")], whole(row.get("stage"), "the stage")
        require(all(2 <= m <= 1024 for m in stages) and stage <= len(stages), "there is no such stage")
        require(row.get("order") in ("msb-first", "lsb-first", "monolithic"), "the order is none")
        known = math.prod(stages[:stage])
        require(whole(row.get("bins"), "the bins") == known, "the bins are not those of the stages")
        group = math.prod(stages[stage:]) if row["order"] == "msb-first" else 1
        step, offset = number(row.get("step"), "the step"), number(row.get("offset"), "the offset")
        require(step > 0, "the step is not positive")
        return step * group, offset / group, known

    def judge(self, parameters, bits):
        row = self.row
        require(self.source == "wyner-ziv" and self.kind in ("upper", "estimate"), "the source or the kind has no such rows")
        self.parameters, (marginal, given, bound, one_shot) = parameters, (decimal(row.get(name), name) for name in RATES)
        if self.kind == "estimate":
            return "recomputed"
        with precision(bits):
            d, conditional, square = number(row.get("distortion"), "the distortion"), conditional_variance(self), spread(self)
            step, offset, bins = self.code()
            w = step / conditional.sqrt()
            rate, kept = stepped_sums(square, w, offset, bins)
            require(conditional * (1 - kept) <= d, f"its distortion is {(conditional * (1 - kept)).str(15)}")
            require(rate <= ball(given), f"H(index|Y) is {rate.str(15)} bits")
            rate = stepped_marginal(square, w, offset, bins)
            require(rate <= ball(marginal), f"H(index) is {rate.str(15)} bits")
            require(bound >= 0 and (bound == 0 or ball(bound) <= log2(conditional / d) / 2), "R is less at this D")
            require(0 <= one_shot <= given and one_shot <= marginal, "contradicted: the code itself has a lower rate")
        for name, upper in (("gap_bits", given), ("marginal_gap_bits", marginal)):
            printed = decimal(row.get(name), name)
            near = abs(printed - (upper - bound)) <= Fraction(1, 10 ** 5) * (1 + abs(printed))
            require(near, f"{name} is not the difference")
        return "proved"

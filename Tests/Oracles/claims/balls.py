"""What every evaluation of evidence uses: numbers as they are written, balls, and inequalities proved by halving."""
import contextlib
import math
import re
import time
from fractions import Fraction
from functools import reduce

from flint import acb, arb, arb_series, ctx, fmpq


# Power series keep as many terms as asked for; by default python-flint drops all from the tenth on, remainders among them.
ctx.cap = 100


class Refused(Exception):
    """The claim does not follow, and why."""


class NotChecked(Exception):
    """Beyond what is evaluated here, or beyond its cost."""


class Unconfirmed(Exception):
    """What the checker found itself falls short of the claim by so many bits, and nothing speaks against it."""


class Literal(str):
    """A JSON number as it is written."""


def require(condition, message):
    if not condition:
        raise Refused(message)


def number(value, name):
    """The binary64 number that a literal reads back to, exactly."""
    require(isinstance(value, Literal), f"{name} is missing or no number")
    require(math.isfinite(float(value)), f"{name} is not finite")
    return arb(float(value))


def numbers(values, name):
    require(isinstance(values, list), f"{name} is missing or no array")
    return [number(value, name) for value in values]


def whole(value, name, least=1):
    ball = number(value, name)
    require(ball == ball.floor() and ball >= least, f"{name} is no whole number from {least} on")
    return int(float(ball))


def decimal(value, name):
    """The decimal number that a literal is."""
    require(isinstance(value, Literal) and len(value) < 400, f"{name} is missing or no number")
    parts = re.fullmatch(r"-?\d+(?:\.\d+)?(?:[eE]([+-]?\d+))?", value)
    require(parts and abs(int(parts[1] or 0)) < 1000, f"{name} is no decimal of ordinary size")
    return Fraction(value)


def ball(fraction):
    return arb(fmpq(fraction.numerator, fraction.denominator))


def around(radius):
    """[-radius, radius]."""
    return arb(0, 1) * radius


def largest(balls):
    """The largest of balls; refuses where one is not finite, which a comparison would drop."""
    require(all(x.is_finite() for x in balls), "a number is not finite")
    return reduce(arb.max, balls)


def size(x):
    """|log2 |x||, roughly; 0 of 0."""
    return abs(math.frexp(float(x))[1])


def log2(x):
    """Exact where x is a power of two."""
    x = arb(x)
    if x.is_exact() and x > 0 and x.man_exp()[0] == 1:
        return arb(x.man_exp()[1])
    return x.log() / arb(2).log()


def entropy(p):
    """-p ln p of a probability that may be exactly 0."""
    return arb(0) if p.is_zero() else -p * p.log()


@contextlib.contextmanager
def precision(bits):
    before = ctx.prec
    ctx.prec = int(bits)
    try:
        yield
    finally:
        ctx.prec = before


deadline = [math.inf]


def spend():
    """Called in every loop that may be long."""
    if time.monotonic() > deadline[0]:
        raise NotChecked("it takes longer than the limit")


def integral(f, low, high, bits=None):
    """The real part of an integral over a finite interval, f(z, analytic) as acb.integral has it: an enclosure, whether or not
    it is as narrow as 2^-bits."""
    def counted(z, analytic):
        # An exception would not pass through the library.
        if time.monotonic() > deadline[0]:
            return acb("nan")
        try:
            return f(z, analytic)
        except (ArithmeticError, ValueError):
            return acb("nan")
    goal = arb(2) ** -(bits or ctx.prec)
    value = acb.integral(counted, low, high, rel_tol=goal, abs_tol=goal, eval_limit=200000).real
    spend()
    return value


def series_integrals(f, low, high, width, terms=14, goal=1e-15):
    """The integrals of the power series that f makes of arb_series([t, 1], n), by Taylor's formula on panels, which are halved
    while the remainder of one of them exceeds the goal."""
    count = max(1, math.ceil(float((high - low) / width)))
    ends, totals = [low + (high - low) * k / count for k in range(count + 1)], None
    panels = list(zip(ends, ends[1:]))
    while panels:
        spend()
        a, b = panels.pop()
        t = ((a + b) / 2).mid()
        r = (t - a).abs_upper().max((b - t).abs_upper())
        rests = []
        with contextlib.suppress(ValueError):  # a series is divided by one that may be 0
            rests = [2 * r ** (terms + 1) * s[terms].abs_upper() for s in f(arb_series([t + around(r), 1], terms + 1), t)]
        if r > 1e-6 and not (rests and all(rest < goal for rest in rests)):
            panels += [(a, t), (t, b)]
            continue
        parts = [sum(s[j] * ((b - t) ** (j + 1) - (a - t) ** (j + 1)) / (j + 1) for j in range(terms)) + around(rest)
                 for s, rest in zip(f(arb_series([t, 1], terms), t), rests)]
        totals = parts if totals is None else [x + y for x, y in zip(totals, parts)]
    return totals


def nonnegative(f, low, high):
    """Refuses unless f >= 0 on [low, high], by halving; f takes power series.

    On a box of middle m and radius r: f >= f(m) - r max |f'|; where f' has a sign, f is at least its value at one end; where
    f'' > 0, f >= f(m) - f'(m)^2/(2 min f'').
    """
    boxes = [(arb(low), arb(high))]
    while boxes:
        spend()
        a, b = boxes.pop()
        m, r = (a + b) / 2, (b - a) / 2
        at, over = f(arb_series([m, 1], 2)), arb_series([arb.nan()] * 3)
        with contextlib.suppress(ValueError):  # a series is divided by one that may be 0
            over = f(arb_series([a.union(b), 1], 3))
        require(not at[0] < 0, f"the bound is lower, as {float(m):.6g} shows")
        if at[0] - r * over[1].abs_upper() >= 0:
            continue
        if (over[1] >= 0 or over[1] <= 0) and f(arb_series([a if over[1] >= 0 else b, 1], 1))[0] >= 0:
            continue
        if over[2] > 0 and at[0] - at[1] * at[1] / (4 * over[2].lower()) >= 0:
            continue
        require(r > arb(2) ** (-ctx.prec // 2), f"the bound is undecided at {float(m):.6g}")
        boxes += [(a, m), (m, b)]

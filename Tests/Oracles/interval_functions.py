#!/usr/bin/env python3
"""Writes interval_functions.txt: elementary functions to the nearest doubles below and above.

Needs mpmath. 40 digits beyond whatever cancels, fixed seed, so the same file every time:

    python3 interval_functions.py > interval_functions.txt

Format: a line with a function's name opens its block; then one line an argument: the argument and the value rounded
down, both as hexadecimal floating point, and 1 if the value lies strictly between that number and the next larger one,
0 if it is exact. Arguments are random over the whole domain and its scales, and dense where things go wrong: near 0, near
the zeros and extrema, at the ends of the range, at the places where the implementation changes its formula.
"""

import math
import random

import mpmath
from mpmath import mp, mpf

ARGUMENTS = 840
DIGITS = 40
SMALLEST = 5e-324
LARGEST = 1.7976931348623157e308


def sinc(x):
    return mpf(1) if x == 0 else mpmath.sin(x) / x


FUNCTIONS = {
    "log": mpmath.log,
    "log1p": lambda x: mpmath.log(1 + x),
    "exp": mpmath.exp,
    "expm1": lambda x: mpmath.exp(x) - 1,
    "sin": mpmath.sin,
    "cos": mpmath.cos,
    "sinc": sinc,
    "oneMinusSinc": lambda x: 1 - sinc(x),
    "sincMinusCos": lambda x: sinc(x) - mpmath.cos(x),
    "xlogx": lambda x: mpf(0) if x == 0 else x * mpmath.log(x),
}


def around(x, steps=3):
    """A double and its neighbours."""
    found, below, above = [x], x, x
    for _ in range(steps):
        below, above = math.nextafter(below, -math.inf), math.nextafter(above, math.inf)
        found += [below, above]
    return found


def scale(rng, low, high):
    """A double whose binary exponent is uniform in [low, high)."""
    return math.ldexp(rng.uniform(1, 2), rng.randrange(low, high))


def arguments(name, rng):
    """The special arguments of a function, then an endless supply of random ones."""
    if name in ("log", "xlogx"):
        special = around(1.0) + around(math.exp(-1)) + around(0.5) + [SMALLEST, 2.0**-1022, LARGEST, 2.0, 10.0]
        draws = [
            lambda: scale(rng, -1074, 1000),
            lambda: rng.uniform(0, 1),
            lambda: rng.uniform(0, 20),
            lambda: 1 + rng.choice((-1, 1)) * scale(rng, -52, 0),
        ]
        allowed = lambda x: x > 0
    elif name == "log1p":
        special = [SMALLEST, -SMALLEST, LARGEST, 1.0, -0.5, math.nextafter(-1, 0)] + around(2.0**-54)
        draws = [
            lambda: rng.choice((-1, 1)) * scale(rng, -1074, 0),
            lambda: rng.choice((-1, 1)) * scale(rng, -60, 0),
            lambda: rng.uniform(-1, 3),
            lambda: scale(rng, 0, 1000),
            lambda: -1 + scale(rng, -52, 0),
        ]
        allowed = lambda x: x > -1
    elif name in ("exp", "expm1"):
        special = [SMALLEST, -SMALLEST, 1.0, -1.0, 709.78, -745.13, -708.4, -38.0] + around(2.0**-54) + around(math.log(2))
        draws = [
            lambda: rng.uniform(-745, 709.7),
            lambda: rng.uniform(-3, 3),
            lambda: rng.uniform(-50, 50),
            lambda: rng.choice((-1, 1)) * scale(rng, -1074, 0),
            lambda: rng.choice((-1, 1)) * scale(rng, -60, 0),
        ]
        allowed = lambda x: True
    elif name in ("sin", "cos"):
        # The doubles closest to a multiple of pi/2 for their size; glibc 2.36 is off by up to 100,000 ulp there.
        special = [6381956970095103 * 2.0**797, 115689413.36222704, 196082960748244.8, 1426668733016935.2]
        special += [1.2094912707964283e23, 6.004779142530142e29, 6.123038577885125e65, 6.426511099577231e173]
        special += [2102840.750643596, 9410064.311576292, SMALLEST, LARGEST] + around(2.0**-26)
        for k in (1, 2, 3, 4, 5, 6, 7, 8, 100, 12345, 2**20 + 1, 2**26, 2**40 + 3):
            special += around(float(k * mpmath.pi / 2), 1)
        draws = [
            lambda: rng.uniform(-10, 10),
            lambda: rng.uniform(-1e5, 1e5),
            lambda: rng.choice((-1, 1)) * scale(rng, -1074, 1023),
            lambda: rng.choice((-1, 1)) * scale(rng, -40, 60),
            lambda: rng.choice((-1, 1)) * scale(rng, 25, 28),
        ]
        allowed = lambda x: True
    else:
        special = [0.0, SMALLEST, 1e-8, -1e-8, 2.0**-480, 2.0**-540, LARGEST]
        for x in (1.0, 0.5, math.pi, math.pi / 2, 2 * math.pi, 2.7437072699922694, 4.493409457909064, 7.725251836937707):
            special += around(x)
        draws = [
            lambda: rng.uniform(0, math.pi),
            lambda: rng.uniform(-1.2, 1.2),
            lambda: rng.uniform(-25, 25),
            lambda: rng.choice((-1, 1)) * scale(rng, -1074, 30),
            lambda: scale(rng, -40, 3),
        ]
        allowed = lambda x: True
    yield from special
    while True:
        for draw in draws:
            x = draw()
            if allowed(x):
                yield x


def rounded_down(value):
    """The largest double that is at most a high-precision value."""
    down = float(value)
    while down == math.inf or mpf(down) > value:
        down = math.nextafter(down, -math.inf)
    while mpf(math.nextafter(down, math.inf)) <= value:
        down = math.nextafter(down, math.inf)
    return down


def short_hex(x):
    """float.hex without trailing zeros."""
    mantissa, exponent = x.hex().split("p")
    if "." in mantissa:
        mantissa = mantissa.rstrip("0").rstrip(".")
    return f"{mantissa}p{exponent}"


def main():
    rng = random.Random(20240229)
    for name, function in FUNCTIONS.items():
        print(name)
        supply = arguments(name, rng)
        for _ in range(ARGUMENTS):
            x = next(supply)
            mp.dps = DIGITS
            exponent = math.frexp(x)[1]
            # 1 - sinc and exp(x) - 1 lose up to twice the exponent of a small x, exp(x) - 1 is -1 and a trace for a very
            # negative one; a large angle is reduced by mpmath itself.
            mp.prec += 3 * abs(exponent) + (1100 if name == "expm1" else 0)
            value = function(mpf(x))
            down = rounded_down(value)
            print(short_hex(x), short_hex(down), 0 if mpf(down) == value else 1)


main()

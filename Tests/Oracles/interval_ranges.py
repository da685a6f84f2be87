#!/usr/bin/env python3
"""Writes interval_ranges.txt: the exact range of elementary functions over intervals, to the nearest doubles outside.

Needs mpmath. Fixed seed, so the same file every time:

    python3 interval_ranges.py > interval_ranges.txt

Format: a line with a function's name opens its block; then one line an interval: both its ends, and the range's, the lower
one rounded down and the upper one up, all as hexadecimal floating point, inf, -inf; "empty empty" where no member is in the
domain. Ends are random over all scales, and corner values: 0, subnormal numbers, the largest, both infinities, neighbours of
zeros and extrema.
"""

import math
import random

import mpmath
from mpmath import mp, mpf

COUNT = 240
SMALLEST = 5e-324
LARGEST = 1.7976931348623157e308
INFINITY = math.inf


def sinc(x):
    return mpf(1) if x == 0 else mpmath.sin(x) / x


# Each function: its value at a finite number, the limits at -inf and inf (None where it has none), and the least number of
# its domain. An infinite limit is float inf.
MONOTONE = {
    "exp": (mpmath.exp, 0.0, INFINITY, -INFINITY),
    "expm1": (lambda x: mpmath.expm1(x), -1.0, INFINITY, -INFINITY),
    "log": (mpmath.log, None, INFINITY, 0.0),
    "log1p": (lambda x: mpmath.log(1 + x), None, INFINITY, -1.0),
}


def precision(x):
    """Bits that reduce an angle, or keep 1 + x, without loss."""
    mp.prec = 220 + 3 * abs(math.frexp(x)[1])


def down(value):
    if isinstance(value, float):
        return value
    result = float(value)
    while result == INFINITY or mpf(result) > value:
        result = math.nextafter(result, -INFINITY)
    while mpf(math.nextafter(result, INFINITY)) <= value:
        result = math.nextafter(result, INFINITY)
    return result


def up(value):
    return -down(-value)


def monotone(name, low, high):
    function, at_minus, at_plus, least = MONOTONE[name]
    if high <= least and least > -INFINITY:
        return None
    precision(low) if abs(low) < INFINITY else None
    if low <= least:
        lower = -INFINITY if name.startswith("log") else at_minus
    else:
        lower = down(function(mpf(low)))
    if high == INFINITY:
        upper = at_plus
    else:
        precision(high)
        upper = up(function(mpf(high)))
        # exp(x) > 0 and so on: mpmath has the value, however small.
    return lower, upper


def trigonometric(name, low, high):
    """The extrema of sin are at pi/2 + k pi, those of cos at k pi."""
    if low == -INFINITY or high == INFINITY:
        return -1.0, 1.0
    mp.prec = 220 + 3 * max(abs(math.frexp(low)[1]), abs(math.frexp(high)[1]))
    function = mpmath.sin if name == "sin" else mpmath.cos
    a, b = mpf(low), mpf(high)
    shift = mp.pi / 2 if name == "sin" else mpf(0)
    first = int(mpmath.ceil((a - shift) / mp.pi))
    last = int(mpmath.floor((b - shift) / mp.pi))
    values = [function(a), function(b)]
    lower, upper = min(values), max(values)
    # sin is 1 at pi/2 + 2 pi j and cos at 2 pi j: even k.
    has_even = last >= first and (last > first or first % 2 == 0)
    has_odd = last >= first and (last > first or first % 2 != 0)
    return (-1.0 if has_odd else down(lower)), (1.0 if has_even else up(upper))


def xlogx(low, high):
    if high < 0:
        return None
    mp.prec = 220
    value = lambda x: mpf(0) if x == 0 else mpf(x) * mpmath.log(mpf(x))
    low = max(low, 0.0)
    edge = mpmath.exp(-1)
    upper = INFINITY if high == INFINITY else max(value(low), value(high))
    if mpf(low) <= edge and (high == INFINITY or edge <= mpf(high)):
        lower = -edge
    else:
        lower = value(low) if high == INFINITY else min(value(low), value(high))
    return down(lower), (INFINITY if upper == INFINITY else up(upper))


def even(name, low, high):
    """sinc and its two companions, up to the first root of tan x = x."""
    mp.prec = 260 + 6 * max(abs(math.frexp(low)[1]), abs(math.frexp(high)[1]))
    functions = {
        "sinc": sinc, "oneMinusSinc": lambda x: 1 - sinc(x), "sincMinusCos": lambda x: sinc(x) - mpmath.cos(x),
    }
    function = functions[name]
    near = mpf(0) if low <= 0 <= high else mpf(min(abs(low), abs(high)))
    far = mpf(max(abs(low), abs(high)))
    values = [function(near), function(far)]
    if name == "sincMinusCos":
        peak = mpmath.findroot(lambda x: x * x * mpmath.sin(x) - mpmath.sin(x) + x * mpmath.cos(x), mpf("2.7437"))
        if near <= peak <= far:
            values.append(function(peak))
    return down(min(values)), up(max(values))


def range_of(name, low, high):
    if name in MONOTONE:
        return monotone(name, low, high)
    if name in ("sin", "cos"):
        return trigonometric(name, low, high)
    return xlogx(low, high) if name == "xlogx" else even(name, low, high)


def short(x):
    if abs(x) == INFINITY:
        return "inf" if x > 0 else "-inf"
    mantissa, exponent = x.hex().split("p")
    if "." in mantissa:
        mantissa = mantissa.rstrip("0").rstrip(".")
    return f"{mantissa}p{exponent}"


CORNERS = [-LARGEST, -1e300, -710.0, -1.0, -0.5, -(2.0**-1022), -SMALLEST, 0.0, SMALLEST, 2.0**-1022, 0.25, 1.0, 700.0, 1e300, LARGEST]


def ends(name, rng):
    scale = lambda low, high: rng.choice((-1, 1)) * math.ldexp(rng.uniform(1, 2), rng.randrange(low, high))
    if name in ("sinc", "oneMinusSinc", "sincMinusCos"):
        # Exact ranges are promised up to 4.4934.
        draw = lambda: rng.choice((rng.uniform(-4.49, 4.49), scale(-60, 2)))
        corners = [0.0, SMALLEST, 2.0**-540, 2.0**-500, 1.0, -1.0, math.pi, 2.7437072699922694, 4.49, -4.49]
    elif name in ("sin", "cos"):
        draw = lambda: rng.choice((rng.uniform(-10, 10), rng.uniform(-1e5, 1e5), scale(-1074, 40), scale(0, 20)))
        corners = CORNERS + [k * math.pi / 2 for k in (1, 2, 3, 4, 5, 100)] + [math.nextafter(math.pi, 4), -math.pi]
    else:
        draw = lambda: rng.choice((rng.uniform(-3, 3), rng.uniform(-700, 700), scale(-1074, 1000), scale(-10, 10)))
        corners = CORNERS + [math.exp(-1), math.nextafter(math.exp(-1), 0), math.nextafter(1, 0), math.nextafter(-1, 0)]
    infinite = name in MONOTONE or name in ("sin", "cos", "xlogx")
    while True:
        kind = rng.randrange(10)
        if kind < 3:
            a, b = rng.choice(corners), rng.choice(corners)
        elif kind < 5:
            a = draw()
            b = a + abs(a) * 2.0 ** rng.randrange(-52, 3)
        elif kind == 5 and infinite:
            a, b = rng.choice(((-INFINITY, draw()), (draw(), INFINITY), (-INFINITY, INFINITY)))
        else:
            a, b = draw(), draw()
        low, high = min(a, b), max(a, b)
        if low == high and abs(low) == INFINITY:
            continue
        if not infinite and max(abs(low), abs(high)) > 4.49:
            continue
        yield low, high


def main():
    rng = random.Random("interval ranges")
    for name in ["exp", "expm1", "log", "log1p", "xlogx", "sin", "cos", "sinc", "oneMinusSinc", "sincMinusCos"]:
        print(name)
        supply = ends(name, rng)
        for _ in range(COUNT):
            low, high = next(supply)
            result = range_of(name, low, high)
            words = ("empty", "empty") if result is None else tuple(short(x) for x in result)
            print(short(low), short(high), *words)


main()

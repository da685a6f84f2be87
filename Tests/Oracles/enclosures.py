#!/usr/bin/env python3
"""Proven enclosures of the three curves at random distortions, for containment tests.

Ball arithmetic (Arb, through python-flint) with closed forms where there are some and
otherwise Newton steps from a float guess, finished by one interval Newton step that proves
the root.  This shares no code and no method with entropy_distortion.py; --check compares
the two.  Without python-flint the values come from entropy_distortion.py at 60 digits,
some hundreds of times slower.

    python3 enclosures.py                      # the five enclosures-*.csv
    python3 enclosures.py --source circle --count 1000000 --seed 7 --out circle.csv
    python3 enclosures.py --check entropy-distortion.json

Each line: the distortion, then for lower, exact and time_sharing the true value in bits
rounded down to a double and rounded up to a double, all as C hexadecimal floats.
"""

import argparse
import json
import math
import os
import random
import sys
import time
from fractions import Fraction

try:
    from flint import arb, ctx
except ImportError:
    arb = None

NAMES = ("ramp", "circle", "sawbridge", "sinusoid", "uniform")
HEADER = "distortion,lower_down,lower_up,exact_down,exact_up,time_sharing_down,time_sharing_up"
PRECISIONS = (320, 640, 1280)  # bits; the next one is tried if a rounding is undecided


class Undecided(Exception):
    pass


# ---------------------------------------------------------------- ball arithmetic

class Balls:
    """One source at one precision."""

    def __init__(self, name, precision):
        self.name, self.precision = name, precision
        ctx.prec = precision
        self.ln2 = arb.const_log2()
        self.pi = arb.pi()
        self.dmax = {"ramp": arb(1) / 12, "circle": arb(1), "sawbridge": arb(1) / 6,
                     "sinusoid": arb(1) / 2, "uniform": arb(1) / 12}[name]
        self.round = name in ("circle", "sinusoid")
        self.tangent = self._tangent()
        # The hull of the uniform codes after K = 1, see entropy_distortion.py.
        self.vertex = {"ramp": 4, "circle": 3, "sinusoid": 3}.get(name, 2)

    # p delta(p) and its derivative
    def spread(self, p):
        if self.name == "ramp":
            return p * p * (2 - p) / 12
        if self.name == "sawbridge":
            return p * p / 6
        if self.name == "uniform":
            return p * p * p / 12
        x = self.pi * p
        s = x.sin()
        f = p - s * s / (self.pi * x)
        return f if self.name == "circle" else f / 2

    def spread_slope(self, p):
        if self.name == "ramp":
            return p * (4 - 3 * p) / 12
        if self.name == "sawbridge":
            return p / 3
        if self.name == "uniform":
            return p * p / 4
        x = self.pi * p
        s, c = x.sin_cos()
        r = s / x
        f = 1 - 2 * r * c + r * r
        return f if self.name == "circle" else f / 2

    def delta_uniform(self, k):
        """delta(1/k)."""
        k = arb(k)
        if self.name == "ramp":
            return (2 * k - 1) / (12 * k * k)
        if self.name == "sawbridge":
            return 1 / (6 * k)
        if self.name == "uniform":
            return 1 / (12 * k * k)
        r = (self.pi / k).sin() * k / self.pi
        d = 1 - r * r
        return d if self.name == "circle" else d / 2

    def cell(self, d):
        """The p with delta(p) = d."""
        if self.name == "ramp":
            return 12 * d / (1 + (1 - 12 * d).sqrt())
        if self.name == "sawbridge":
            return 6 * d
        if self.name == "uniform":
            return (12 * d).sqrt()
        # sin x = x s with s = sqrt(1 - d), x = pi p
        if self.name == "sinusoid":
            d = 2 * d
        s = (1 - d).sqrt()
        x = arb(inverse_sinc(float(1 - s)))
        for _ in range(12):
            sine, cosine = x.sin_cos()
            step = (sine - x * s) / (cosine - s)
            x = (x - step).mid()
            if abs(step) < abs(x) * arb(2) ** (-self.precision // 3):
                break
        # Interval Newton: f(x) - f'(X) (x - root) = 0 for some point of X.
        wide = x + arb(0, 1) * x * arb(2) ** (-self.precision // 2)
        sine = x.sin()
        root = x - (sine - x * s) / (wide.cos() - s)
        if not wide.contains_interior(root):
            raise Undecided
        return root / self.pi

    def _tangent(self):
        """(d*, slope, p*): the straight end of the lower curve, proven by interval Newton
        on g(p) = dmax - delta(p) + ln(p) p delta'(p)."""
        if self.name in ("sawbridge", "uniform"):
            return None
        if self.name == "ramp":
            # g = (1-p)^2/12 + ln(p) p (1-p)/6, so 1 - p + 2 p ln p = 0
            x = arb(0.284668137040838)
            for _ in range(12):
                x = (x - (1 - x + 2 * x * x.log()) / (1 + 2 * x.log())).mid()
            wide = x + arb(0, 1) * arb(2) ** (-self.precision // 2)
            root = x - (1 - x + 2 * x * x.log()) / (1 + 2 * wide.log())
        else:
            # With x = pi p, s = sinc x: g = s^2 + ln(p) * (-2 s (cos x - s)); divide by s.
            def g(x):
                sine, cosine = x.sin_cos()
                s = sine / x
                return s - 2 * (x / self.pi).log() * (cosine - s)

            def slope(x):
                sine, cosine = x.sin_cos()
                s = sine / x
                ds = (cosine - s) / x
                return ds - 2 * (cosine - s) / x - 2 * (x / self.pi).log() * (-sine - ds)
            x = arb(0.373634892372606 * math.pi)
            for _ in range(12):
                x = (x - g(x) / slope(x)).mid()
            wide = x + arb(0, 1) * arb(2) ** (-self.precision // 2)
            root = x - g(x) / slope(wide)
        if not wide.contains_interior(root):
            raise Undecided
        p = root if self.name == "ramp" else root / self.pi
        d = self.spread(p) / p
        rate = -p.log() / self.ln2
        return d, rate / (self.dmax - d), p

    def values(self, distortion):
        """lower, exact, time_sharing as balls."""
        d = arb(distortion)
        p = self.cell(d)
        # lower
        if self.tangent is not None and d > self.tangent[0]:
            lower = self.tangent[1] * (self.dmax - d)
        elif self.tangent is None or d < self.tangent[0]:
            lower = -p.log() / self.ln2
        else:
            raise Undecided
        # K with delta(1/(K+1)) < d <= delta(1/K)
        k = max(1, math.floor(float(1 / p)))
        high = self.delta_uniform(k)
        if high < d:
            k -= 1
            low, high = high, self.delta_uniform(k)
        else:
            low = self.delta_uniform(k + 1)
            if not low < d:
                k += 1
                low, high = self.delta_uniform(k + 1), low
        log_k = arb(k).log()
        eps = arb(0)
        equal = self.name == "ramp" and \
            Fraction(distortion) == Fraction(2 * k - 1, 12 * k * k)
        if equal:
            # The ramp's uniform codes of 2, 8, 32, ... cells have representable
            # distortions; for no other K, and for no other source, is there one.
            bits = k.bit_length() - 1
            assert k == 1 << bits
            exact = arb(bits)
            if self.tangent is not None and d < self.tangent[0]:
                lower = exact
        elif low < d < high:
            eps = self.odd_cell(d, k, low, high)
            rest = 1 - eps
            exact = -(rest * (rest.log() - log_k) + eps * eps.log()) / self.ln2
        else:
            raise Undecided
        # time sharing
        if k < self.vertex:
            shared = self.first_chord(distortion)
        elif equal:
            shared = exact
        else:
            part = (high - d) / (high - low)
            shared = (log_k + ((arb(k + 1) / k).log()) * part) / self.ln2
        return lower, exact, shared, k, eps

    def first_chord(self, distortion):
        """The hull's segment that ends in (dmax, 0).  Where it is rational in the distortion
        it is returned as a fraction, for its value may then be a double exactly."""
        d = Fraction(distortion)
        if self.name == "ramp":
            return (32 - 384 * d) / 9
        if self.name == "sawbridge":
            return 2 - 12 * d
        if self.name == "uniform":
            return Fraction(4, 3) - 16 * d
        d, low = arb(distortion), self.delta_uniform(self.vertex)
        return arb(self.vertex).log() / self.ln2 * (self.dmax - d) / (self.dmax - low)

    def odd_cell(self, d, k, low, high):
        n = k + 1
        if self.name == "sawbridge":
            # n eps^2 - 2 eps + 1 - 6 d k = 0
            c = 1 - 6 * d * k
            return c / (1 + (1 - n * c).sqrt())
        # eps = (1 - v)/n; the fraction of the way from low to high is near v^2 or, for a
        # cubic p delta(p), near v^2 (3 - v)/2.
        f = float((d - low) / (high - low))
        v = math.sqrt(f) if self.name == "ramp" else cubic_start(f)
        if v < 0.5:
            x, x_is_eps = arb(v), False    # solve for v
        else:
            x, x_is_eps = arb(cubic_rest(float((high - d) / (high - low)),
                                         self.name == "ramp")) / n, True

        def excess(x):
            e = x if x_is_eps else (1 - x) / n
            return k * self.spread((1 - e) / k) + self.spread(e) - d

        def slope(x):
            e = x if x_is_eps else (1 - x) / n
            t = self.spread_slope(e) - self.spread_slope((1 - e) / k)
            return t if x_is_eps else -t / n
        small = arb(2) ** (-self.precision // 3)
        for _ in range(40):
            step = excess(x) / slope(x)
            new = (x - step).mid()
            if not new > 0:
                new = x / 2
            x = new
            if abs(step) < abs(x) * small:
                break
        wide = x + arb(0, 1) * x * (arb(2) ** (-self.precision // 5))
        root = x - excess(x) / slope(wide)
        if not wide.contains_interior(root):
            raise Undecided
        return root if x_is_eps else (1 - root) / n


def inverse_sinc(c):
    """A float x in (0, pi) with 1 - sin(x)/x near c, good enough to start Newton."""
    if c < 1e-3:
        return math.sqrt(6 * c * (1 + 0.3 * c))
    low, high = 0.0, math.pi
    for _ in range(50):
        x = (low + high) / 2
        if 1 - math.sin(x) / x < c:
            low = x
        else:
            high = x
    return (low + high) / 2


def cubic_start(f):
    """v in [0, 1] with v^2 (3 - v)/2 = f."""
    v = math.sqrt(f)
    for _ in range(8):
        v -= (v * v * (3 - v) / 2 - f) / max(v * (3 - 1.5 * v), 1e-300)
    return v


def cubic_rest(g, square):
    """w = 1 - v for 1 - f = g: w (2 - w) = g, or (3 w - w^3)/2 = g."""
    w = g / (1 + math.sqrt(max(0.0, 1 - g)))
    if not square:
        w = min(w, 2 * g / 3)
        for _ in range(8):
            w -= ((3 * w - w ** 3) / 2 - g) / (1.5 * (1 - w * w))
    return max(w, 1e-300)


def outward(ball):
    """The doubles next to the value, below and above; equal if the value is a double."""
    f = float(ball)
    if isinstance(ball, Fraction):
        if Fraction(f) == ball:
            return f, f
        return (f, math.nextafter(f, math.inf)) if Fraction(f) < ball else \
            (math.nextafter(f, -math.inf), f)
    if ball.is_exact() and arb(f) == ball:
        return f, f
    if arb(f) < ball:
        up = math.nextafter(f, math.inf)
        if arb(up) > ball:
            return f, up
    elif arb(f) > ball:
        down = math.nextafter(f, -math.inf)
        if arb(down) < ball:
            return down, f
    raise Undecided


class Source:
    def __init__(self, name):
        self.name = name
        self.levels = {}

    def level(self, i):
        ctx.prec = PRECISIONS[i]
        if i not in self.levels:
            self.levels[i] = Balls(self.name, PRECISIONS[i])
        return self.levels[i]

    def enclose(self, distortion):
        for i in range(len(PRECISIONS)):
            try:
                lower, exact, shared, _, _ = self.level(i).values(distortion)
                return outward(lower) + outward(exact) + outward(shared)
            except Undecided:
                if i == len(PRECISIONS) - 1:
                    raise


class SlowSource:
    """The fallback: entropy_distortion.py at 60 digits, which is not a proof."""

    def __init__(self, name):
        import entropy_distortion
        self.mp = entropy_distortion.mp
        self.mp.dps = 60
        self.mpf = entropy_distortion.mpf
        self.curves = entropy_distortion.Curves(entropy_distortion.SOURCES[name])
        self.below, self.above = entropy_distortion.below, entropy_distortion.above

    def enclose(self, distortion):
        c, d = self.curves, self.mpf(distortion)
        row = ()
        for x in (c.lower(d)[0], c.exact(d)[0], c.time_sharing(d)):
            row += (float(x),) * 2 if self.mpf(float(x)) == x else (self.below(x), self.above(x))
        return row


# ---------------------------------------------------------------- the points

def delta(name, p):
    if name == "ramp":
        return p * (2 - p) / 12
    if name == "sawbridge":
        return p / 6
    if name == "uniform":
        return p * p / 12
    x = math.pi * p
    d = x * x / 3 * (1 - 2 * x * x / 15) if x < 1e-3 else 1 - (math.sin(x) / x) ** 2
    return d if name == "circle" else d / 2


TANGENTS = {"ramp": (0.284668137040838, 1 / 12), "circle": (0.373634892372606, 1.0),
            "sinusoid": (0.373634892372606, 0.5)}


def random_distortion(name, rng, near_uniform):
    """Nine in ten: the distortion of the lower curve at a rate log-uniform in [0.005, 30].
    One in ten: a uniform code's distortion moved by a relative 1e-12...1e-3."""
    dmax = delta(name, 1.0) if name not in TANGENTS else TANGENTS[name][1]
    while True:
        if near_uniform:
            k = round(math.exp(rng.uniform(math.log(2), 30 * math.log(2))))
            shift = math.exp(rng.uniform(math.log(1e-12), math.log(1e-3)))
            d = delta(name, 1 / k) * (1 + shift * rng.choice((-1, 1)))
        else:
            rate = math.exp(rng.uniform(math.log(0.005), math.log(30)))
            d = None
            if name in TANGENTS:
                p, _ = TANGENTS[name]
                r = -math.log2(p)
                if rate < r:
                    d = dmax - (dmax - delta(name, p)) * rate / r
            if d is None:
                d = delta(name, 2 ** -rate)
        if 0 < d < dmax:
            return d


def generate(name, count, seed, path):
    """Writes `count` random points of one source; returns points per second."""
    rng = random.Random(f"{name} {seed}")
    source = Source(name) if arb is not None else SlowSource(name)
    begin = time.time()
    with open(path, "w") as file:
        file.write(HEADER + "\n")
        for i in range(count):
            d = random_distortion(name, rng, i % 10 == 9)
            row = (d,) + source.enclose(d)
            file.write(",".join(x.hex() for x in row) + "\n")
    return count / (time.time() - begin)


def check(path):
    """Every printed value of the json against the balls here."""
    with open(path) as file:
        tree = json.load(file)
    total = 0
    for name, entry in tree["sources"].items():
        source = Source(name)
        for row in entry["at_distortion"]:
            balls = source.level(1).values(float(row["distortion"]))
            assert balls[3] == row["cells"], row
            for value, key in zip(balls, ("lower", "exact", "time_sharing", None, "odd_cell")):
                if key is not None:
                    # 30 digits were written; the 31st was rounded
                    printed = arb(row[key])
                    if isinstance(value, Fraction):
                        value = arb(value.numerator) / value.denominator
                    assert abs(printed - value) <= abs(value) * arb("5.001e-30"), (name, row, key)
                    total += 1
            if row["exact_lambda"] is not None:
                eps, k, b = balls[4], balls[3], source.level(1)
                a = (1 - eps) / k
                value = (a / eps).log() / b.ln2 / (b.spread_slope(a) - b.spread_slope(eps))
                assert abs(arb(row["exact_lambda"]) - value) <= value * arb("5.001e-30"), row
                total += 1
    print(f"{total} values agree to the 30 digits written")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--source", choices=NAMES)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out")
    parser.add_argument("--check", metavar="JSON")
    arguments = parser.parse_args()
    if arguments.check:
        check(arguments.check)
    elif arguments.source:
        out = arguments.out or f"enclosures-{arguments.source}.csv"
        speed = generate(arguments.source, arguments.count, arguments.seed, out)
        print(f"{arguments.source}: {speed:.0f} points/s", file=sys.stderr)
    else:
        here = os.path.dirname(os.path.abspath(__file__))
        for each in NAMES:
            speed = generate(each, arguments.count, arguments.seed,
                             os.path.join(here, f"enclosures-{each}.csv"))
            print(f"{each}: {speed:.0f} points/s", file=sys.stderr)

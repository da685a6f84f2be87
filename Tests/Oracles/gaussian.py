#!/usr/bin/env python3
"""Reference values of the Gaussian rate-distortion function and of the Gaussian
Wyner-Ziv function, at 60 digits from inputs that are exact binary doubles.

R(D) = max(0, log2(variance/D)/2).  With side information Y at the decoder the variance is
the conditional one, which is computed here by the short formula and, as a check, from the
joint covariance as var_X - cov^2/var_Y.

    python3 gaussian.py --write gaussian.json
"""

import argparse
import math

import mpmath
from mpmath import mp, mpf

from entropy_distortion import dump, log2, text

mp.dps = 60


def rate(variance, d):
    return max(mpf(0), log2(variance / d) / 2)


def row(variance, d, /, **inputs):
    r = rate(variance, d)
    if r > 0:
        assert abs(variance * mpf(4) ** -r / d - 1) < mpf(10) ** -55
    values = {k: v if isinstance(v, str) else repr(v) for k, v in inputs.items()}
    return {**values, "rate": text(r)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--write", metavar="PATH", required=True)
    arguments = parser.parse_args()
    up, down = lambda x: math.nextafter(x, math.inf), lambda x: math.nextafter(x, 0)

    direct = []
    for variance, d in [
            (1.0, 1.0), (1.0, up(1.0)), (1.0, down(1.0)), (1.0, 2.0), (1.0, 0.5), (1.0, 0.25),
            (1.0, 0.1), (1.0, 0.01), (1.0, 1e-6), (1.0, 1e-12), (1.0, 1e-300), (1.0, 5e-324),
            (1.0, 2.2250738585072014e-308), (4.0, 1.0), (2.0, 0.3), (0.1, 0.1),
            (0.1, down(0.1)), (0.1, up(0.1)), (0.1, 0.05), (0.3, 0.1), (3.0, 0.7),
            (1 / 12, 0.01), (1 / 12, 1e-5), (1e-10, 3e-11), (1e10, 7.0), (1e200, 1e-200),
            (1.7976931348623157e308, 5e-324), (5e-324, 5e-324), (1e-320, 5e-324),
            (math.pi, math.e), (math.e, math.pi), (123456.789, 0.000123), (0.7, 0.6999999),
            (1.0, 0.999999999999), (0.0625, 0.015625)]:
        direct.append(row(mpf(variance), mpf(d), variance=variance, distortion=d))

    inverse = []
    for variance, r in [(1.0, 0.0), (1.0, 0.5), (1.0, 1.0), (0.1, 0.1), (2.0, 3.3), (1 / 12, 10.0),
                        (3.0, 1e-9), (1.0, 40.0), (1e10, 7.25), (1e-10, 0.001)]:
        inverse.append({"variance": repr(variance), "rate": repr(r),
                        "distortion": text(mpf(variance) * mpf(4) ** -mpf(r))})

    wyner_ziv = []

    def add(kind, conditional, joint, d, **inputs):
        var_x, cov, var_y = joint
        other = var_x - cov * cov / var_y
        assert abs(other - conditional) <= abs(conditional) * mpf(10) ** -30 \
            + var_x * mpf(10) ** -50, (kind, inputs)
        entry = row(conditional, mpf(d), kind=kind, **inputs, distortion=d)
        wyner_ziv.append({**{k: v for k, v in entry.items() if k != "rate"},
                          "conditional_variance": text(conditional), "rate": entry["rate"]})

    for var_n, d in [(1.0, 0.5), (1.0, 1.0), (0.1, 0.01), (0.1, 0.1), (0.1, down(0.1)),
                     (0.1, 0.2), (0.01, 1e-5), (2.0, 1e-8), (1e-6, 1e-9), (0.3, 0.07),
                     (5.0, 3.0), (1e5, 1e-5)]:
        v, y = mpf(var_n), mpf(3)  # X = Y + N; var_Y does not matter
        add("source_is_side_plus_noise", v, (y + v, y, y), d, noise_variance=var_n)
    for var_x, var_n, d in [(1.0, 1.0, 0.5), (1.0, 1.0, 0.25), (1.0, 0.1, 0.01), (1.0, 0.1, 0.09),
                            (1.0, 0.1, 0.1), (2.0, 0.5, 0.4), (2.0, 0.5, 0.39999), (0.1, 0.2, 0.01),
                            (1e-8, 1.0, 1e-9), (1.0, 1e-8, 1e-9), (1e150, 1e150, 1e-150),
                            (1e300, 1e300, 1.0), (1e-300, 1e-300, 1e-310), (3.0, 7.0, 0.123)]:
        x, v = mpf(var_x), mpf(var_n)
        add("side_is_source_plus_noise", x * v / (x + v), (x, x, x + v), d,
            source_variance=var_x, noise_variance=var_n)
    for var_x, rho, d in [(1.0, 0.0, 0.5), (1.0, 0.5, 0.5), (1.0, -0.5, 0.5), (1.0, 0.9, 0.01),
                          (1.0, 0.99, 0.01), (1.0, 0.999999, 1e-7), (2.0, 0.1, 0.3),
                          (1.0, down(1.0), 1e-20), (4.0, -0.75, 1.75), (4.0, -0.75, 1.0),
                          (0.3, 0.6, 0.192), (1e10, 0.3, 12.5)]:
        x, r = mpf(var_x), mpf(rho)
        add("correlation", (1 - r * r) * x, (x, r * x, x), d, source_variance=var_x,
            correlation=rho)
    dump({"at_distortion": direct, "at_rate": inverse, "wyner_ziv": wyner_ziv}, arguments.write)
    print(f"{len(direct)} + {len(inverse)} Gaussian rows, {len(wyner_ziv)} Wyner-Ziv rows")


if __name__ == "__main__":
    main()

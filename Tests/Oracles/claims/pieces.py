"""Integrals over pieces of a line of phases or a scalar: a symbol of probability p costs half the mean of |x_u - x_v|^2 over
two of its points, for a phase or the uniform scalar four values of phi, phi'' = k(u - v); other scalars' pieces have closed
moments."""
from flint import arb

from .balls import NotChecked


def square(x):
    """A power would be that of a logarithm, which a ball about 0 has not."""
    return x * x


def circle_potential(d):
    return square(d) + (2 * d).cos_pi() / (2 * square(arb.pi()))


def ramp_potential(d):
    return square(d) * (2 * abs(d) - square(d)) / 12


POTENTIALS = {"circle": circle_potential, "ramp": ramp_potential, "uniform": lambda d: square(square(d)) / 12}


def laplace_moments(a, b):
    """The integrals of 1, x and x^2 over [a, b] with density exp(-|x|)/2; None is an infinite end."""
    def right(x):
        # From x >= 0 on.
        scale = (-x).exp() / 2
        return scale, scale * (x + 1), scale * (x * x + 2 * x + 2)

    def upto(x):
        if x is None:
            return arb(1), arb(0), arb(2)
        if not x >= 0 and not x <= 0:
            raise NotChecked("a threshold is not known to lie on one side of 0")
        if x >= 0:
            tail = right(x)
            return 1 - tail[0], -tail[1], 2 - tail[2]
        tail = right(-x)
        return tail[0], -tail[1], tail[2]
    low = (arb(0),) * 3 if a is None else upto(a)
    return tuple(u - v for u, v in zip(upto(b), low))


def normal_moments(a, b):
    """The same with the standard normal density."""
    def upto(x):
        if x is None:
            return arb(1), arb(0), arb(1)
        f, p = (-x * x / 2).exp() / (2 * arb.pi()).sqrt(), (-x / arb(2).sqrt()).erfc() / 2
        return p, -f, p - x * f
    low = (arb(0),) * 3 if a is None else upto(a)
    return tuple(u - v for u, v in zip(upto(b), low))


SCALARS = {"laplace": (laplace_moments, "scale", 2), "gaussian": (normal_moments, "variance", 1)}

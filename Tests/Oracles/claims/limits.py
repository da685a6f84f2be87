"""Limits for long blocks that are closed forms or one-parameter families of channels; derivations in ClosedForms.md."""
from flint import acb, arb, ctx

from .balls import NotChecked, around, integral, largest, precision, require, size
from .densities import Gaussian, Mixture, conditional_variance, scalar, source_variance
from .phases import phase
from . import finite, vectors


def family(claim, point, largest):
    """R and D of a family of channels whose tangents, of the slope that point(parameter) gives third, all lie below R(D)."""
    ends, ln2 = [], arb(2).log()
    for side in ("dual", "achieving"):
        parameter = claim[side]
        require(parameter >= 0, "the parameter is negative")
        if parameter == 0:
            ends.append(arb(0) if side == "dual" or claim.distortion >= largest else None)
            continue
        with precision(ctx.prec + (4 if parameter < 1 else 1) * size(parameter)):
            rate, distortion, slope = point(parameter)
            if side == "dual":
                ends.append((rate + slope * (distortion - claim.distortion)) / ln2)
            else:
                ends.append(rate / ln2 if distortion <= claim.distortion else None)
    return tuple(ends)


def grown(z):
    """(exp z - 1)/z: where z is small by its series, whose rest is below 1/n!."""
    if not z.abs_upper() < 1:
        return z.expm1() / z
    total, terms = acb(1), 20 + ctx.prec // 4
    for k in range(terms, 1, -1):
        total = 1 + z / k * total
    rest = arb(0, 1) / arb(terms).fac()
    return total + acb(rest, rest)


def oscillator(claim):
    """The ramp's phase has a density exp u with u'' = 1 - exp u in scaled time. With the amplitude X, L = X/(1 - exp -X),
    h = L - ln L, period P and action J, for every X, in nats,

        R(D) >= R(X) + P^2/2 (D(X) - D),      R(D) <= R(X) if D(X) <= D,
        R(X) = 1 - h + 3J/2P,  D(X) = 1/12 - J/P^3,  P = sqrt 2 int_0^X r^-1/2,  J = 2 sqrt 2 int_0^X r^1/2,

    r(x) = L (1 - exp -x) - x: t^2 (L (1 - exp -t^2)/t^2 - 1) at x = t^2, and t^2 (1 - e) with e = L exp(-X) (exp t^2 - 1)/t^2
    at x = X - t^2, so that halves have no singularity in t. From x = T = 0.7 prec < X/2 on, where 0 <= e < 3 exp(-T), r is
    linear.
    """
    def point(x):
        level, cut = x / (1 - (-x).exp()), (x / 2).min(arb(0.7 * ctx.prec))

        def near(t):
            return level * grown(-t * t) - 1

        def far(t):
            return 1 - level * (-x).exp() * grown(t * t)

        ends = [(near, cut)] + ([(far, x - cut)] if not cut < x / 2 else [])
        period = sum(integral(lambda t, a: 1 / root(t).sqrt(analytic=a), 0, end.sqrt()) for root, end in ends)
        action = sum(integral(lambda t, a: t * t * root(t).sqrt(analytic=a), 0, end.sqrt()) for root, end in ends)
        if cut < x / 2:
            factor = 1 + around(3 * (-cut).exp())
            period, action = period + (x - cut).sqrt() * factor, action + (x - cut) ** 1.5 / 3 * factor
        period, action = period * arb(8).sqrt(), action * arb(32).sqrt()
        return 1 - level + level.log() + 3 * action / (2 * period), arb(1) / 12 - action / period ** 3, period ** 2 / 2
    return family(claim, point, arb(1) / 12)


def von_mises_fisher(claim):
    """X on the sphere of n dimensions and squared radius q, of concentration k about the reproduction, with
    A = I_{n/2}(k)/I_{n/2-1}(k) and Z = Gamma(n/2) (2/k)^(n/2-1) I_{n/2-1}(k), for every k, in nats,

        R(D) >= k/(2A) (1 + A^2 - D/q) - ln Z,      R(D) <= k A - ln Z if q (1 - A^2) <= D.
    """
    n, square = claim.parameters.get("dimension", 2), arb(1) / 2 if claim.source == "sinusoid" else arb(1)

    def point(k):
        order = arb(n) / 2 - 1
        scaled = k.bessel_i(order, scaled=True)
        mean = k.bessel_i(order + 1, scaled=True) / scaled
        log_z = (order + 1).lgamma() + order * (2 / k).log() + scaled.log() + k
        return k * mean - log_z, square * (1 - mean * mean), k / (2 * mean * square)
    return family(claim, point, square)


def tilted_ramp(claim):
    """R(D) at perfect realism with common randomness is the supremum over kappa of -ln Z - kappa D, Z = E exp(-kappa r)
    (Donsker, Varadhan), met by phase noise of density exp(-kappa r)/Z at D = -d ln Z/d kappa; r = t (1 - t), Z = 1F1(1; 3/2;
    -kappa/4)."""
    def point(kappa):
        z = (-kappa / 4).hypgeom_1f1(1, arb(3) / 2)
        distortion = (-kappa / 4).hypgeom_1f1(2, arb(5) / 2) / (6 * z)
        return -z.log() - kappa * distortion, distortion, kappa
    return family(claim, point, arb(1) / 6)


def elliptic_noise(claim):
    """The square wave's phase has a density exp(u)/Z with u'' = -A sinh u. With C = exp X = cosh(max u/2), K and E of the parameter 1
    - C^2 and Z = 2E/K - 1, every point is one of R(D), whose slope there is beta = K (2E - K)/2."""
    def point(x):
        if not x < 1e5:
            raise NotChecked("the amplitude is beyond this checker")
        square = (2 * x).exp()
        k, e = (acb(1 - square).elliptic_k().real, acb(1 - square).elliptic_e().real)
        z, slope = 2 * e / k - 1, k * (2 * e - k) / 2
        excess = (2 * square - 1 - z) / z
        return 2 * excess - z.log(), 1 - excess / slope, slope
    return family(claim, point, arb(1))


def logistic_noise(claim):
    """The sawbridge's jump with logistic noise of inverse scale b, reproduced as a logistic step, in nats:

        R = ln b - 2 + 2 Q/b - ln(1 - exp -b),      D = 1/b - 2/b^2 (Q - 1 + b/(exp b - 1)),

    0 <= pi^2/6 - Q <= (ln(1 + exp b) + 2 ln 2) exp -b.
    """
    b, ln2 = claim["achieving"], arb(2).log()
    require(b > 1, "the inverse scale is not above 1")
    with precision(ctx.prec + 2 * size(b)):
        wall = (-b).exp()
        q = arb.pi() ** 2 / 6 - ((b + wall.log1p() + 2 * ln2) * wall).union(arb(0))
        distortion = 1 / b - 2 / (b * b) * (q - 1 + b / b.expm1())
        return None, (b.log() - 2 + 2 * q / b - (-wall).log1p()) / ln2 if distortion <= claim.distortion else None


def sawbridge_tangent(claim):
    """R(D) >= R(k) + b (D(k) - D) nats for every k > 0, with b = 2k tanh(k/2), D(k) = (sinh k - k)/(2k (cosh k - 1)) and
    R(k) = ln(2k/(1 - exp -2k)) - 2 + 2k/(exp k - 1)."""
    k = claim["dual"]
    require(k > 0, "k is not positive")
    with precision(ctx.prec + 6 * size(k)):
        slope, ln2 = 2 * k * (k / 2).tanh(), arb(2).log()
        rate = (2 * k).log() - (-(-2 * k).exp()).log1p() - 2 + 2 * k / k.expm1()
        wall = (-k).exp()
        distortion = (1 - wall * (2 * k + wall)) / (2 * k * (1 - wall) ** 2)
        return (rate + slope * (distortion - claim.distortion)) / ln2, None


def water_filling(claim):
    """R(D) is at most the Gaussian one of the same eigenvalues l_k, m of each: the sum of 1/2 log2(l_k/w) over K of them at
    the level w = (D - the others)/(m K), for every K with w <= l_K; and that one is met where l_{K+1} <= w. 9 and 1.87 for
    the banana, 1/(pi k)^2 for the sawbridge, two of 1/(2 pi k)^2 each for the ramp; a Gaussian process says its own."""
    d, lower, rates, bits = claim.distortion, [arb(0)], [], 2 * arb(2).log()
    if claim.source == "banana":
        pair = (arb(9), arb(187) / 100)
        if d >= sum(pair):
            return None, arb(0)
        if d / 2 <= pair[1]:
            rates.append((4 * pair[0] * pair[1] / (d * d)).log() / bits)
        if d > pair[1]:
            rates.append((pair[0] / (d - pair[1])).log() / bits)
    else:
        m, c = (1, arb.pi() ** -2) if claim.source == "sawbridge" else (2, (2 * arb.pi()) ** -2)
        if claim.source == "gaussian-vector":
            way, (scale, power, number), *_ = claim.parameters["vector"]
            require(way == "eigenvalues" and number is None, "the source has an end of eigenvalues")
            m, c = 1, arb(scale)
        guess = max(1, int(float(2 * m * c / d)))
        for k in {max(1, guess - guess // 2 ** 48 + j) for j in range(-2, 3)}:
            with precision(ctx.prec + 4 * size(k)):
                level = (d - m * c * acb(k + 1).polygamma(1).real) / (m * k)
                if 0 < level <= c / arb(k) ** 2:
                    rates.append(m * (k * (c / level).log() - 2 * arb(k + 1).lgamma()) / bits)
                    if c / arb(k + 1) ** 2 <= level:
                        lower.append(rates[-1])
        if d >= m * c * arb.pi() ** 2 / 6:
            rates = [arb(0)]
    upper = min(rates, key=lambda rate: rate.upper()) if rates else None
    return largest(lower) if claim.source == "gaussian-vector" else None, upper


def half_log(variance, lower=True):
    """max(0, 1/2 log2(v/D)); only an upper bound where the source is none of the two that attain it."""
    def rate(claim):
        value = ((variance(claim) / claim.distortion).log() / (2 * arb(2).log())).max(arb(0))
        return value if lower else None, value
    return rate


def differential_entropy(claim):
    """h(X) in nats, of one-shot codes with side information that of X given Y; and the number of components."""
    if claim.source == "banana":
        return (3 * arb.pi()).log() + 1, 2
    if claim.source == "wyner-ziv":
        return Gaussian.h + conditional_variance(claim).log() / 2, 1
    if claim.source == "gaussian-mixture":
        return Mixture(claim.parameters).h, 1
    density, square = scalar(claim)
    return density.h + square.log() / 2, 1


def shannon_lower(claim):
    """R(D) >= h(X) - n/2 log2(2 pi e D/n), with equality up to the least variance of a Gaussian mixture's components."""
    (h, n), p = differential_entropy(claim), claim.parameters
    value = ((h - arb(n) / 2 * ((2 * arb.pi() * claim.distortion / n).log() + 1)) / arb(2).log()).max(arb(0))
    is_met = claim.source == "gaussian-mixture" and claim.distortion <= min(p["variance-1"], p["variance-2"])
    return value, value if is_met else None


def most_distortion(claim):
    """Dmax, the distortion of the best constant."""
    found = phase(claim.source, claim.parameters)
    constants = {"sawbridge": arb(1) / 6, "sphere": arb(1), "banana": arb(1087) / 100}
    if found:
        return found.largest
    if claim.source in constants:
        return constants[claim.source]
    if claim.source == "gaussian-vector":
        return vectors.variance(claim)
    if claim.source == "gaussian-mixture":
        return Mixture(claim.parameters).variance
    if claim.source == "wyner-ziv":
        return (source_variance if claim.curve.startswith("no-side") else conditional_variance)(claim)
    density, square = scalar(claim)
    return density.variance * square


def silence(claim):
    """Rate 0 from the distortion of the best constant on."""
    if claim.source in ("finite", "samples"):
        return finite.silence(claim)
    variance = most_distortion(claim)
    return arb(0), arb(0) if claim.distortion >= variance else None

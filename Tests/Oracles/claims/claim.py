"""A claim: source, parameters, curve, kind, D, rate, error, margin and evidence of a row, read."""
import sys
from fractions import Fraction

from flint import arb

from .balls import NotChecked, ball, decimal, number, require, whole
from . import vectors
from .finite import Alphabet, Samples
from .phases import powers

PARAMETERS = {
    "ramp": {"samples": None, "grid": "endpoints"}, "sawbridge": {"samples": None, "grid": "endpoints"},
    "gaussian": {"variance": 1.0}, "laplace": {"scale": 1.0}, "exponential": {"scale": 1.0}, "logistic": {"scale": 1.0},
    "signed-laplace": {"scale": 1.0}, "sphere": {"dimension": 3.0},
    "gaussian-mixture": {"weight": 0.5, "mean-1": 0.0, "mean-2": 0.0, "variance-1": 0.1, "variance-2": 1.0},
    "wyner-ziv": {"setting": "side-plus-noise", "variance": 1.0, "noise-variance": 0.1, "correlation": None},
    "binning": {"noise-variance": 1.0}, "harmonics": {"power": "1:1,3:0.012"},
}
WORDS = {"grid": ("endpoints", "periodic"), "setting": ("side-plus-noise", "source-plus-noise", "correlation")}
COUNTS = {"samples": (3, 2 ** 53), "dimension": (2, 1024)}
UNCHECKED = ("density", "triangular", "raised-cosine")
SIGNS = {"lower": ">=", "upper": "<=", "exact": "=", "estimate": "~"}


def parameters(source, given, alphabet=None):
    """The parameters in force: exact balls, whole numbers and words; of a finite source or samples what
    the file says."""
    require(isinstance(given, dict), "the parameters are no object")
    if source == "gaussian-vector":
        return {"vector": vectors.law(given)}
    if source in ("finite", "samples"):
        return {"alphabet": (Alphabet if source == "finite" else Samples)(alphabet, given)}
    values = {name: arb(value) if isinstance(value, float) else value for name, value in PARAMETERS.get(source, {}).items()}
    for name, value in given.items():
        require(name in values, f"{source} has no parameter {name}")
        if name in WORDS:
            require(value in WORDS[name], f"{name} is none of {', '.join(WORDS[name])}")
            values[name] = value
        elif name == "power":
            values[name] = powers(value)
        elif value is not None:
            values[name] = number(value, name)
            if name in COUNTS:
                least, most = COUNTS[name]
                values[name] = whole(value, name, least)
                require(values[name] <= most, f"{name} is more than {most}")
            require(name.startswith("mean") or name == "correlation" or values[name] > 0, f"{name} is not positive")
    require(source != "gaussian-mixture" or values["weight"] < 1, "the weight is no probability")
    if values.get("setting") == "correlation":
        require(values["correlation"] is not None and -1 < values["correlation"] < 1, "the correlation is none")
    if source == "harmonics" and "power" not in given:
        values["power"] = powers(values["power"])
    values["dimension"] = int(float(values["dimension"])) if source == "sphere" else 2
    return values


class Claim:
    """A row: source, parameters, curve, kind, D, rate, error, margin and evidence."""

    def __init__(self, row):
        self.source, self.curve, self.kind, self.row = row.get("source"), row.get("curve"), row.get("kind"), row
        self.margin = Fraction(0)

    def __str__(self):
        sign = SIGNS.get(self.kind, "?") if isinstance(self.kind, str) else "?"
        return f"{self.source} {self.curve}: R {sign} {self.row.get('rate_bits')} bits at D = {self.row.get('distortion')}"

    def read(self):
        row = self.row
        require(all(isinstance(x, str) for x in (self.source, self.curve, self.kind)), "source, curve or kind is no word")
        require(self.kind in SIGNS, "there is no such kind")
        given = row.get("parameters")
        if self.source == "gaussian" and isinstance(given, dict) and "dimension" in given:
            raise NotChecked("two Gaussian scalars are beyond this checker")
        if self.source in UNCHECKED or isinstance(given, dict) and "weights" in given:
            raise NotChecked("densities of tables, on [-1, 1], and of many Gaussians are beyond this checker")
        if self.source == "samples" and self.curve.startswith("shannon-estimate"):
            raise NotChecked("what is estimated of a law that nobody knows is not computed here")
        if self.source == "wyner-ziv" and self.curve == "one-shot-marginal-estimate":
            require(self.kind == "estimate", "an estimate from a grid bounds nothing")
            raise NotChecked("an estimate from a grid is not computed here")
        file = row.get("data" if self.source == "samples" else "pmf")
        self.parameters = parameters(self.source, row.get("parameters") or {}, file)
        self.distortion = number(row.get("distortion"), "the distortion")
        require(self.distortion >= sys.float_info.min, "the distortion is not a positive normal number")
        self.rate, error = decimal(row.get("rate_bits"), "the rate"), row.get("error_bits")
        self.error = Fraction(0) if error is None or self.kind in ("lower", "upper") else decimal(error, "the error")
        require(0 <= self.error <= Fraction(1, 10 ** 6) * (1 + abs(self.rate)), "an error as large leaves no exact number")
        require(row.get("assurance", "proved") in ("proved", "margin"), "the assurance is none")
        if row.get("assurance") == "margin":
            self.margin = decimal(row.get("margin_bits"), "the margin")
            require(0 <= self.margin <= Fraction(1, 10 ** 6), "the margin is not from 0 to 1e-6 bits")
        self.evidence = row.get("certificate")
        require(isinstance(self.evidence, dict), "there is no certificate")

    def __getitem__(self, name):
        """A number of the certificate."""
        return number(self.evidence.get(name), name)

    def least(self):
        """What a proved lower end must reach."""
        return ball(max(self.rate - self.error, Fraction(0)))

    def most(self):
        """What a proved upper end may reach."""
        return ball(self.rate + self.error)

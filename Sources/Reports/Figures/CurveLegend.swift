import RateDistortion

extension CurveName {
  /// The words of a legend: what the field calls the curve; of a name that is not known here, the name with blanks for
  /// hyphens.
  public var legend: String {
    Self.legends[rawValue] ?? String(rawValue.map { $0 == "-" ? " " : $0 })
  }

  private static let legends = [
    "lower": "lower bound",
    "upper": "upper bound",
    "exact": "E(D)",
    "time-sharing": "time sharing",
    "shannon": "R(D)",
    "shannon-lower-bound": "Shannon lower bound",
    "water-filling": "Gaussian upper bound on R(D)",
    "ecsq": "optimal ECSQ",
    "uniform-threshold": "uniform-threshold quantizer",
    "dead-zone": "dead-zone quantizer",
    "lloyd-max": "Lloyd-Max",
    "ecdq": "ECDQ",
    "ecdq-wiener": "ECDQ, Wiener decoder",
    "ecdq-mean": "ECDQ, conditional mean",
    "high-rate": "high-rate theory",
    "wyner-ziv": "Wyner-Ziv R(D)",
    "wyner-ziv-shifted": "Wyner-Ziv R(D) + 1.53 dB",
    "no-side-information": "R(D), no side information",
    "no-side-information-shifted": "R(D), no side info. + 1.53 dB",
    "ecvq": "best ECVQ",
    "square": "square lattice",
    "hexagonal": "hexagonal lattice",
    "klt-uniform-threshold": "linear transform, uniform thresholds",
    "one-shot-lower": "one-shot lower bound",
    "one-shot-marginal-lower": "one-shot lower bound, H(index)",
    "one-shot-marginal-estimate": "estimated lower bound, H(index)",
    "binning-lower": "lower bound, flat prior",
    "comb": "best comb, flat prior",
    "slepian-wolf-uniform": "uniform, Slepian-Wolf coded",
    "nested-2": "nested, 2 bins",
    "nested-4": "nested, 4 bins",
    "nested-8": "nested, 8 bins",
    "nested-16": "nested, 16 bins",
    "nested-2-conditional": "nested, 2 bins, Slepian-Wolf coded",
    "nested-4-conditional": "nested, 4 bins, Slepian-Wolf coded",
    "nested-8-conditional": "nested, 8 bins, Slepian-Wolf coded",
    "nested-16-conditional": "nested, 16 bins, Slepian-Wolf coded",
    "designed-marginal": "designed, marginal",
    "designed-conditional": "designed, conditional",
  ]
}

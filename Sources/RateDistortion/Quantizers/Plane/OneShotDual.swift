import IntervalArithmetic

/// A multiplier of the one-shot dual for a source in the plane: a function c, continuous and piecewise bilinear in the latent
/// coordinates.
///
/// c(x) interpolates the values at knots of |z_0|/s_0 and z_1/s_1, (z_0, z_1) the Gaussian pair that x is bent from, and is
/// constant beyond the last knots, so that it is bounded. Of a round source it may be a function of the radius alone: without
/// knots of z_1/s_1 it interpolates the values at knots of |z|/s_0, linearly in |z|^2. What it proves is `OneShotProof`.
///
/// - Units: nats.
package struct OneShotDual: Sendable, Equatable {
  /// beta, in nats per unit of distortion.
  package var slope: Double
  /// Knots of |z_0|/s_0, or of |z|/s_0, increasing from 0.
  package var first: [Double]
  /// Knots of z_1/s_1, increasing; none for a function of the radius.
  package var second: [Double]
  /// c at the knots: those of one first knot after the other.
  package var values: [Double]

  /// A multiplier by its numbers, unchecked.
  package init(slope: Double, first: [Double], second: [Double], values: [Double]) {
    self.slope = slope
    self.first = first
    self.second = second
    self.values = values
  }

  /// Whether c is a function of the radius.
  var isRadial: Bool { second.isEmpty }

  /// The most knots of a coordinate, and how far out they may be.
  private static let mostKnots = 64
  private static let farthest = 6.0
  /// c lies between these: beyond, tails that are cut off would count.
  static let range = -50.0...12.0

  /// Slopes from 1/(2 Dmax), where silence is as good as any code, to 400/Dmax, where the work would not end.
  func require(of source: BentGaussian) throws(LawRefused) {
    guard slope > 0.5 / source.variance(as: Double.self), slope <= 400 / source.variance(as: Double.self)
    else { throw LawRefused("no multiplier is evaluated at the slope \(slope.words)") }
    if isRadial, !source.isRound { throw LawRefused("the knots are those of the radius, and the source is not round") }
    let counts = isRadial ? [first.count] : [first.count, second.count]
    guard counts.allSatisfy((2...Self.mostKnots).contains) else {
      throw LawRefused("there are not 2 to \(Self.mostKnots) knots of either coordinate")
    }
    guard values.count == counts.reduce(1, *) else { throw LawRefused("there is not one value for every knot") }
    func increases(_ knots: [Double]) -> Bool { zip(knots, knots.dropFirst()).allSatisfy { $1 - $0 >= 1e-3 } }
    guard first[0] == 0, increases(first), increases(second) else {
      throw LawRefused("the knots do not increase from 0, or not by a thousandth")
    }
    guard (first + second).allSatisfy({ abs($0) <= Self.farthest }) else {
      throw LawRefused("a knot lies beyond \(Self.farthest.words) deviations")
    }
    guard values.allSatisfy({ Self.range.contains($0) }) else {
      throw LawRefused("a value lies beyond \(Self.range.lowerBound.words) to \(Self.range.upperBound.words) nats")
    }
  }

  /// c + a constant, as far as values may go.
  func raised(by constant: Double) -> OneShotDual {
    OneShotDual(
      slope: slope, first: first, second: second, values: values.map { min($0 + constant, Self.range.upperBound) })
  }
}

extension OneShotDual: Evidence {
  package static let type = "one-shot-dual"
  package static let meaning =
    "A slope beta and a function c of the latent coordinates, or without second knots of the radius, by its values at knots, in "
    + "nats. With S the supremum over "
    + "reproductions y and w in (0, 1] of E[(c + 1 + log w - beta d(X, y))_+]/w, enclosed anew, every one-shot code has "
    + "H + beta D >= E c - log max(S, 1)."

  package init(_ form: EvidenceForm) throws(MalformedEvidence) {
    self.init(
      slope: try form.number("slope_nats"), first: try form.numbers("first_knots"),
      second: try form.numbers("second_knots"), values: try form.numbers("values_nats"))
  }

  package var form: EvidenceForm {
    EvidenceForm(
      Self.type,
      [
        .init("slope_nats", .number(slope)), .init("first_knots", .numbers(first)),
        .init("second_knots", .numbers(second)), .init("values_nats", .numbers(values)),
      ])
  }

  package var sentence: String {
    "the one-shot dual at the slope \(slope.words) nats per unit of distortion with the function of \(values.count) knots that "
      + "--format json prints"
  }
}

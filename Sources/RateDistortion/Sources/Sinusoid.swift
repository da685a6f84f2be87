import IntervalArithmetic

/// The sinusoid of random phase: sin(2 pi (t + V)) on [0, 1], V uniform on [0, 1].
///
/// In the orthonormal basis sqrt 2 cos(2 pi t), sqrt 2 sin(2 pi t) its coordinates are a point of the circle of radius
/// 1/sqrt 2, so it is the circle with half the distortion:
///
///     delta(p) = (1 - sinc(pi p)^2) / 2,      Dmax = 1/2.
///
/// - Theorems: those of the circle; a factor in delta rescales multipliers and nothing else.
/// - Distortion: mean squared error over t in [0, 1].
/// - Source: Bhadane, Wagner, Balle, Theorem 5, by scaling.
public struct Sinusoid: ConcavePhase {
  @usableFromInline let circle = Circle()

  /// The sinusoid.
  public init() {}

  @inlinable
  public func cellDistortion<Number: RealNumber>(_ p: Number) -> Number {
    circle.cellDistortion(p) / 2
  }

  @inlinable
  public func logarithmicSlope<Number: RealNumber>(_ p: Number) -> Number {
    circle.logarithmicSlope(p) / 2
  }

  @inlinable
  public func distortionOfSilence<Number: RealNumber>(as number: Number.Type) -> Number {
    circle.distortionOfSilence(as: number) / 2
  }

  @inlinable
  public func cellSize(atDistortion distortion: Double) -> Double {
    circle.cellSize(atDistortion: 2 * distortion)
  }

  @inlinable
  public var slopePeak: Double { circle.slopePeak }

  public func centredDistortion<Number: RealNumber>(_ p: Number) -> Number { circle.centredDistortion(p) / 2 }

  public func centredSlope<Number: RealNumber>(_ p: Number) -> Number { circle.centredSlope(p) / 2 }
}

extension Sinusoid: OneShotSource {
  public static let description = SourceDescription(
    name: "sinusoid",
    definition: "sin(2 pi (t + V)) on [0, 1], V uniform on [0, 1]",
    distortionMeasure: .meanSquaredError,
    reference: "Bhadane, Wagner, Balle 2022, Theorem 5, scaled by 1/sqrt 2")

  public init(parameters: SourceParameters) throws(DomainError) {
    self.init()
  }

  /// A circle whose radius is 1/sqrt 2; reconstructions are functions of time.
  public var codes: CodeReference? { codes(on: CirclePhases(unit: circle, squaredRadius: 1 / 2, components: nil)) }

  public var longBlockCurves: [Curve] { [Curve(SphereRateDistortion(circleOfSquaredRadius: 0.5))] }
}

extension Sinusoid: RoundSource {}

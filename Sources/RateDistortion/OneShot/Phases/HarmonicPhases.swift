import IntervalArithmetic

// The three kinds of sources that a spectrum may be. What is proved of a spectrum is proved when a value is made, so that
// having one is having the theorem.

/// A spectrum whose r' is positive and concave on half a period.
public struct ConcaveHarmonics: ConcavePhase {
  /// The powers.
  public let spectrum: HarmonicSpectrum

  /// The source, if r' is proved to be positive and concave.
  public init?(_ spectrum: HarmonicSpectrum) {
    guard spectrum.isConcave else { return nil }
    self.spectrum = spectrum
  }

  /// Section 2.2 of "Limits at perfect realism and closed phases".
  public var slopePeak: Double { 0.5 }
}

/// A spectrum whose r increases on half a period.
public struct IncreasingHarmonics: ClosedPhase {
  /// The powers.
  public let spectrum: HarmonicSpectrum

  /// The source, if r is proved to increase.
  public init?(_ spectrum: HarmonicSpectrum) {
    guard spectrum.isIncreasing else { return nil }
    self.spectrum = spectrum
  }
}

/// The codes of any spectrum whose cells are arcs.
///
/// That arcs are the best cells, which `CellSource` asserts, is not proved here, and may be false: nothing is made of this but
/// codes of arcs, each proved to have its distortion, which are achievable all the same. Uniform codes that share the time are
/// not made of it: their curve relies on delta increasing.
struct HarmonicArcs: CellSource, HarmonicCells {
  let spectrum: HarmonicSpectrum
}

extension ConcaveHarmonics: HarmonicCells {}
extension IncreasingHarmonics: HarmonicCells {}

/// What the three have in common.
public protocol HarmonicCells: CellSource {
  /// The powers.
  var spectrum: HarmonicSpectrum { get }
}

extension HarmonicCells {
  public func cellDistortion<Number: RealNumber>(_ p: Number) -> Number { spectrum.cellDistortion(p) }
  public func logarithmicSlope<Number: RealNumber>(_ p: Number) -> Number { spectrum.logarithmicSlope(p) }
  public func distortionOfSilence<Number: RealNumber>(as number: Number.Type) -> Number {
    spectrum.distortionOfSilence()
  }
  public func centredDistortion<Number: RealNumber>(_ p: Number) -> Number { spectrum.centredDistortion(p) }
  public func centredSlope<Number: RealNumber>(_ p: Number) -> Number { spectrum.centredSlope(p) }
}

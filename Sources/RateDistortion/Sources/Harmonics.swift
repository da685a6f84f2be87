import IntervalArithmetic

/// A function of period 1 with given powers of its harmonics, shifted cyclically by a random phase.
///
///     X(t) = sum sqrt(2 c_k) cos(2 pi k (t + V) + a_k) on [0, 1], V uniform on [0, 1], the angles a_k arbitrary and fixed.
///
/// Its limits depend on the powers c_k alone, which are those of the function in mean square; so any template is one of these,
/// by the powers 2 |f_k|^2 of its Fourier coefficients: random shifts of a waveform are given by one period of its samples
/// (`HarmonicSpectrum.init(template:)`). What is claimed depends on what is proved of the spectrum
/// (`HarmonicSpectrum`):
///
/// | r on half a period            | `lower`             | `upper`          | `exact`, hull | realism with shared randomness |
/// |-------------------------------|---------------------|------------------|---------------|--------------------------------|
/// | increasing, concave r'        | dual                | biuniform codes  | yes           | exact                          |
/// | increasing                    | dual                | three sizes      | no            | from both sides                |
/// | anything else                 | the circle's at D/C | three sizes      | no            | no                             |
///
/// Three sizes: arcs of which one is large, many are equal and one is smaller (`ThreeSizeUpperBound`).
///
/// The last row's lower bound holds for every spectrum, because no cell of measure p has a larger Fourier coefficient than the
/// arc has at k = 1: delta(p) >= C (1 - sinc(pi p)^2).
///
/// - Distortion: mean squared error over t in [0, 1].
/// - Source: derived here.
public struct Harmonics: InformationSource {
  /// The powers.
  public let spectrum: HarmonicSpectrum

  public static let description = SourceDescription(
    name: "harmonics",
    definition: "sum of sqrt(2 c_k) cos(2 pi k (t + V)) on [0, 1], V uniform on [0, 1], c_k given",
    distortionMeasure: .meanSquaredError,
    reference: "derived here",
    parameters: [
      ParameterDescription(
        "power", help: "the powers c_k of harmonics k, as k:c_k separated by commas",
        domain: .text(form: "K:POWER,...", default: "1:1,3:0.012")),
      ParameterDescription(
        "power-file", help: "the same as CSV or .npy, a row a harmonic and its power, or powers from k = 1 on",
        domain: .matrix),
      ParameterDescription(
        "template",
        help:
          "one period of samples of a waveform, as CSV or .npy, taken for the function of fewest harmonics through them",
        domain: .numbers),
    ])

  public init(parameters: SourceParameters) throws(DomainError) {
    let given = Self.description.parameters.map(\.name).filter { parameters.values[$0] != nil }
    guard given.count < 2 else {
      throw .parameterOutOfRange(
        name: given[1], value: "beside \(given[0])", requirement: "given alone: each of them is a whole spectrum")
    }
    if let samples = parameters.numbers("template") {
      self.init(try HarmonicSpectrum(template: samples.values))
    } else if let rows = parameters.numbers("power-file") {
      self.init(try HarmonicSpectrum(rows: rows.values, columns: rows.columns))
    } else {
      self.init(try HarmonicSpectrum(parameters.word("power") ?? "1:1,3:0.012"))
    }
  }

  /// The source of a spectrum.
  public init(_ spectrum: HarmonicSpectrum) { self.spectrum = spectrum }

  public var parameters: SourceParameters { ["power": .word(spectrum.text)] }

  /// By what is proved of the spectrum.
  public var limits: SourceLimits {
    if let source = ConcaveHarmonics(spectrum) {
      return limits(OneShotLimits(of: source), shared: source.sharedRealism)
    }
    if let source = IncreasingHarmonics(spectrum) {
      return limits(OneShotLimits(of: source), shared: source.sharedRealism)
    }
    let lower = Curve(
      DualBound(source: Circle()), squaredScale: spectrum.distortionOfSilence(),
      summary: "dual lower bound of the circle of the same power (derived here)")
    let upper = Curve(ThreeSizeUpperBound(source: HarmonicArcs(spectrum: spectrum)))
    return SourceLimits(
      curves: [lower, upper, lower.realismPrivate, upper.realismPrivate],
      judgement: Judgement(converse: lower, achievable: upper))
  }

  private func limits(_ oneShot: OneShotLimits, shared: [Curve]) -> SourceLimits {
    SourceLimits(
      curves: oneShot.curves + oneShot.bothSides.map(\.realismPrivate) + shared, judgement: oneShot.judgement())
  }

  /// The inequality that the theorems of a concave r' need.
  public func computedProof() -> [ProofCheck] { spectrum.isConcave ? [ClosedPhaseProof().check()] : [] }

  /// The distortions of the uniform codes.
  public func corners(upToRate rate: Double) -> [Double] {
    let most = Int(Double.exp(min(rate, 16) * natsPerBit).rounded(.down))
    guard most >= 1 else { return [] }
    return (1...most).map { HarmonicArcs(spectrum: spectrum).cellDistortion(1 / Double($0)) }
  }
}

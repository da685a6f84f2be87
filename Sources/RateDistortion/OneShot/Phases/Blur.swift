import IntervalArithmetic

/// A filter in time that a waveform has passed: a box, or a Gaussian.
///
/// It multiplies the power c_k by the square of its transfer function,
///
///     box of width W:       sinc(pi k W)^2        Gaussian of deviation s:       exp(-(2 pi k s)^2),
///
/// W and s in periods, and K(t) = C - r(t)/2, sum c_k cos 2 pi k t, becomes its convolution with the filter's autocorrelation phi,
/// taken around the circle: a triangle over [-W, W], or a Gaussian of twice the variance.
///
/// **Claim.** Ramp, square wave and triangle wave stay `ConcavePhase`s under every such filter.
///
/// **Proof.** phi is symmetric and does not increase on (0, 1/2), around the circle too: the triangle has W <= 1/2, and the wrapped
/// Gaussian is unimodal. Without a filter
///
///     ramp:           r'' = -2 + 2 at 0 in one point,                         so r''' = 2 phi'
///     square wave:    r'' = 16 at 0 and -16 at 1/2, in one point each,        so r''' = 16 (phi'(t) - phi'(t - 1/2))
///     triangle wave:  r''' = -128 on (0, 1/2) and 128 on (-1/2, 0),           so r''' = -128 int phi(t - s) sign(s) ds
///
/// with the filter. On (0, 1/2) phi' <= 0 and phi'(t - 1/2) >= 0; and phi has at least as much of its mass at each s in (0, 1/2) as at -s if
/// its middle t is in (0, 1/2). So r''' <= 0 there: r' is concave, vanishes at 0 and 1/2, being odd around both, and is not negative. QED
public enum Blur: Sendable, Hashable {
  /// A mean over an interval of this width, in periods.
  case box(width: Double)
  /// A Gaussian of this standard deviation, in periods.
  case gaussian(deviation: Double)

  /// The parameter of a source that may be blurred.
  static let parameter = ParameterDescription(
    "blur", help: "a filter that the waveform has passed, with its width or standard deviation in periods",
    domain: .text(form: "box:WIDTH|gaussian:SIGMA"))

  /// The filter that parameters ask for; nil if none.
  ///
  /// - Throws: `DomainError.parameterOutOfRange` unless the width is from 0.001 to 0.5 and the deviation from 0.002 to 0.5.
  static func requested(by parameters: SourceParameters) throws(DomainError) -> Blur? {
    guard let text = parameters.word(parameter.name) else { return nil }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    if parts.count == 2, let size = Double(parts[1]) {
      if parts[0] == "box", size >= 0.001, size <= 0.5 { return .box(width: size) }
      if parts[0] == "gaussian", size >= 0.002, size <= 0.5 { return .gaussian(deviation: size) }
    }
    throw .parameterOutOfRange(
      name: parameter.name, value: text,
      requirement:
        "box:WIDTH with a width from 0.001 to 0.5 periods, or gaussian:SIGMA with a deviation from 0.002 to 0.5")
  }

  /// The filter as it is read.
  var parameters: SourceParameters {
    switch self {
    case .box(let width): return [Self.parameter.name: .word("box:\(width.words)")]
    case .gaussian(let deviation): return [Self.parameter.name: .word("gaussian:\(deviation.words)")]
    }
  }
}

/// A waveform that may be blurred.
enum BlurredWave: Sendable {
  case ramp, squareWave, triangleWave
}

/// Ramp, square wave or triangle wave behind a filter.
struct BlurredPhase: ConcavePhase {
  private enum Form: Sendable {
    case polynomials(BoxBlur)
    case series(HarmonicSpectrum)
  }

  private let form: Form

  init(_ wave: BlurredWave, by blur: Blur) {
    switch blur {
    case .box(let width): form = .polynomials(BoxBlur(wave, width: width))
    case .gaussian(let deviation): form = .series(HarmonicSpectrum(wave, deviation: deviation))
    }
  }

  func cellDistortion<Number: RealNumber>(_ p: Number) -> Number {
    switch form {
    case .polynomials(let phase): return phase.cellDistortion(p)
    case .series(let spectrum): return spectrum.cellDistortion(p)
    }
  }

  func logarithmicSlope<Number: RealNumber>(_ p: Number) -> Number {
    switch form {
    case .polynomials(let phase): return phase.logarithmicSlope(p)
    case .series(let spectrum): return spectrum.logarithmicSlope(p)
    }
  }

  func distortionOfSilence<Number: RealNumber>(as number: Number.Type) -> Number {
    switch form {
    case .polynomials(let phase): return phase.power()
    case .series(let spectrum): return spectrum.distortionOfSilence()
    }
  }

  func centredDistortion<Number: RealNumber>(_ p: Number) -> Number {
    switch form {
    case .polynomials(let phase): return phase.centredDistortion(p)
    case .series(let spectrum): return spectrum.centredDistortion(p)
    }
  }

  func centredSlope<Number: RealNumber>(_ p: Number) -> Number {
    switch form {
    case .polynomials(let phase): return phase.centredSlope(p)
    case .series(let spectrum): return spectrum.centredSlope(p)
    }
  }

  /// Section 2.2 of "Limits at perfect realism and closed phases".
  var slopePeak: Double { 0.5 }
}

extension HarmonicSpectrum {
  /// The powers of a waveform behind a Gaussian, up to the harmonic beyond which they are less than e^-42 of the first.
  ///
  ///     ramp: 1/(2 pi^2 k^2)      square wave: 8/(pi k)^2, k odd      triangle wave: 32/(pi k)^4, k odd,
  ///
  /// each times exp(-s k^2) with s = (2 pi sigma)^2. Beyond N, sum k^2 c_k is at most 8/pi^2 sum exp(-s k^2), and as k^2 >= (N + 1)^2 +
  /// 2 (N + 1)(k - N - 1), at most 8/pi^2 exp(-s (N + 1)^2)/(1 - exp(-2 s (N + 1))).
  init(_ wave: BlurredWave, deviation: Double) {
    let s = Interval.squared(2 * .pi * Interval(deviation))
    let last = Int((1 + 42 / s.lower).squareRoot().rounded(.up))
    let harmonics = (1...last).compactMap { k -> Harmonic? in
      let square = Interval.squared(Interval(k))
      let sharp: Interval
      switch wave {
      case .ramp: sharp = 1 / (2 * .squared(.pi) * square)
      case .squareWave where k % 2 == 1: sharp = 8 / (.squared(.pi) * square)
      case .triangleWave where k % 2 == 1: sharp = 32 / .squared(.squared(.pi) * square)
      default: return nil
      }
      let power = sharp * .exp(-s * square)
      return Harmonic(order: k, power: power.midpoint, error: power.radius)
    }
    let next = Interval(last + 1)
    let rest = Interval.exp(-s * .squared(next)) / (1 - .exp(-2 * s * next))
    self.init(harmonics, tail: (8 / .squared(.pi) * rest).upper)
  }
}

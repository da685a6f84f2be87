import RateDistortion

/// What an axis of a figure shows.
public enum FigureAxis: String, Sendable, CaseIterable {
  /// R in bits.
  case rate
  /// D in the source's measure.
  case distortion
  /// D on a logarithmic scale.
  case logDistortion = "log-distortion"
  /// 10 log10 D.
  case decibels = "db"

  /// The words beside the axis, with the unit.
  func title(for measure: DistortionMeasure) -> String {
    switch self {
    case .rate: return "Rate (bits)"
    case .distortion, .logDistortion:
      return measure == .meanSquaredError ? "Distortion (mean squared error)" : "Distortion (squared error)"
    case .decibels: return "Distortion (dB)"
    }
  }

  /// Where a point lies on it.
  func coordinate(rate: Double, distortion: Double) -> Double {
    switch self {
    case .rate: return rate
    case .distortion, .logDistortion: return distortion
    case .decibels: return RateDistortion.decibels(distortion)
    }
  }

  /// The largest ratio of distortions that a linear axis still shows.
  static let largestLinearRatio = 20.0

  /// The axes as the papers have them, where none is asked for.
  ///
  /// One-shot limits of sources with a bounded phase are drawn as rate over distortion, as in "Do Neural Networks Compress
  /// Manifolds Optimally?": what is achievable there is E(D). Limits of everything else fall by 6 dB a bit and are drawn in
  /// decibels over rate, as in "Breaking Smoothness". The other axis of a rate is a distortion and the other way round.
  ///
  /// - Throws: `FigureError.axes` if both axes are a rate, or neither is.
  static func axes(
    x: FigureAxis?, y: FigureAxis?, for source: KnownSource, distortionRatio: Double
  ) throws(FigureError) -> (x: FigureAxis, y: FigureAxis) {
    let isOneShot = source.judgement.achievable.name == .exact
    let distortion: FigureAxis =
      !isOneShot ? .decibels : distortionRatio > largestLinearRatio ? .logDistortion : .distortion
    let axes: (x: FigureAxis, y: FigureAxis)
    switch (x, y) {
    case (nil, nil): axes = isOneShot ? (distortion, .rate) : (.rate, distortion)
    case (let x?, nil): axes = (x, x == .rate ? distortion : .rate)
    case (nil, let y?): axes = (y == .rate ? distortion : .rate, y)
    case (let x?, let y?): axes = (x, y)
    }
    guard (axes.x == .rate) != (axes.y == .rate) else { throw .axes(axes.x, axes.y) }
    return axes
  }
}

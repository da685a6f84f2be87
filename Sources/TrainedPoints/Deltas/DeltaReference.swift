import GSL
import RateDistortion

/// What a Bjontegaard delta is measured from: mean logarithmic rates over levels, mean levels over logarithmic rates.
protocol DeltaReference {
  /// As errors name it.
  var title: String { get }
  /// The levels in dB at which it has a rate.
  var decibelRange: ClosedRange<Double> { get }
  /// The logarithms of its rates in bits, base 10.
  var logRateRange: ClosedRange<Double> { get }
  /// The integral of log10 R over levels in dB.
  func logRateIntegral(from low: Double, to high: Double) throws(DeltaError) -> Double
  /// The integral of 10 log10 D over log10 R.
  func decibelIntegral(from low: Double, to high: Double) throws(DeltaError) -> Double
}

/// A series of points with curves through them, one for each direction.
struct InterpolatedSeries: DeltaReference, Sendable {
  let title: String
  let decibelRange: ClosedRange<Double>
  let logRateRange: ClosedRange<Double>
  private let logRates: PiecewiseCubic
  private let levels: PiecewiseCubic

  /// - Throws: `DeltaError` if there are too few points, or two of one rate or distortion.
  init(_ points: [TrainedPoint], title: String, interpolation: Interpolation) throws(DeltaError) {
    guard points.count >= interpolation.fewestPoints else {
      throw .tooFewPoints(
        series: title, points: points.count, needed: interpolation.fewestPoints, interpolation: interpolation)
    }
    let places = points.map { (level: decibels($0.distortion), logRate: log10($0.rate)) }
    let byLevel = places.sorted { $0.level < $1.level }
    let byRate = places.sorted { $0.logRate < $1.logRate }
    for (place, next) in zip(byLevel, byLevel.dropFirst()) where place.level == next.level {
      throw .repeated(series: title, axis: .decibels, value: place.level)
    }
    for (place, next) in zip(byRate, byRate.dropFirst()) where place.logRate == next.logRate {
      throw .repeated(series: title, axis: .rate, value: power10(place.logRate))
    }
    self.title = title
    decibelRange = byLevel[0].level...byLevel[byLevel.count - 1].level
    logRateRange = byRate[0].logRate...byRate[byRate.count - 1].logRate
    do {
      logRates = try interpolation.curve(x: byLevel.map(\.level), y: byLevel.map(\.logRate))
      levels = try interpolation.curve(x: byRate.map(\.logRate), y: byRate.map(\.level))
    } catch {
      throw .numerics("\(title): \(error)")
    }
  }

  func logRateIntegral(from low: Double, to high: Double) -> Double { logRates.integral(from: low, to: high) }

  func decibelIntegral(from low: Double, to high: Double) -> Double { levels.integral(from: low, to: high) }
}

/// A source's curve, evaluated wherever the integral asks, between its corners.
struct ExactReference: DeltaReference {
  let curve: Curve
  /// Distortions of corners.
  let corners: [Double]

  var title: String { curve.name.rawValue }
  /// Up to the largest distortion, where the rate is 0 and has no logarithm.
  var decibelRange: ClosedRange<Double> { -1500...decibels(curve.largestDistortion) }
  var logRateRange: ClosedRange<Double> { -300...log10(CurveRange.largestRate) }

  func logRateIntegral(from low: Double, to high: Double) throws(DeltaError) -> Double {
    try integral("log R of \(title)", from: low, to: high, corners: corners.map { decibels($0) }) { level in
      (try? curve.point(atDistortion: distortion(decibels: level))).map { log10($0.rate) } ?? .nan
    }
  }

  func decibelIntegral(from low: Double, to high: Double) throws(DeltaError) -> Double {
    let places = corners.compactMap { (try? curve.point(atDistortion: $0))?.rate }.map { log10($0) }
    return try integral("the level of \(title)", from: low, to: high, corners: places) { logRate in
      (try? curve.point(atRate: power10(logRate))).map { decibels($0.distortion) } ?? .nan
    }
  }

  /// Whether it comes from a table, with a corner between any two slopes or at any codebook: no adaptive rule comes to rest
  /// there.
  private var isTabulated: Bool {
    curve.evidence.contains { $0 == NamedSlopes.self || $0 == Codebook.self || $0 == OneShotDual.self }
  }

  /// Whether it is the hull of designed quantizers, with a corner at both ends of every chord, and each point a search.
  private var isDesigned: Bool {
    curve.evidence.contains { $0 == ThresholdQuantizer.self || $0 == SharedQuantizers.self }
  }

  /// The integral, piece by piece: to a relative error of 1e-10 of the function's size; of a table's curve, which is itself
  /// known to 1e-5 bits or so, by 2,000 midpoints, which leaves 1e-6; of designed quantizers by halving, to 3e-6 of the mean or what their search leaves.
  ///
  /// The function may change its sign, and an error relative to an integral near 0 is never reached: it is lifted above 1.
  private func integral(
    _ task: String, from low: Double, to high: Double, corners: [Double], of function: (Double) -> Double
  ) throws(DeltaError) -> Double {
    let inner = corners.filter { $0 > low && $0 < high }.sorted()
    let places = [low] + inner + [high]
    let values = places.map(function)
    guard let least = values.min(), least.isFinite, values.allSatisfy(\.isFinite) else {
      throw .numerics("\(task) is not finite from \(low) to \(high)")
    }
    let lift = 1 - least
    var sum = 0.0
    for (a, b) in zip(places, places.dropFirst()) where b - a > 1e-12 * (a.magnitude + b.magnitude) {
      if isTabulated {
        let step = (b - a) / 2_000
        sum += step * (0..<2_000).reduce(0) { $0 + function(a + (Double($1) + 0.5) * step) }
        continue
      }
      if isDesigned {
        let part = bisectedIntegral(from: a, to: b, tolerance: 3e-6, of: function)
        guard part.isFinite else { throw .numerics("\(task) is not finite from \(a) to \(b)") }
        sum += part
        continue
      }
      do {
        sum +=
          try adaptiveIntegral(task, from: a, to: b, relativeError: 1e-10) { function($0) + lift }.value
          - lift * (b - a)
      } catch {
        throw .numerics("\(error)")
      }
    }
    return sum
  }
}

/// log10 x for x > 0.
func log10(_ x: Double) -> Double { decibels(x) / 10 }

/// 10^x.
func power10(_ x: Double) -> Double { distortion(decibels: 10 * x) }

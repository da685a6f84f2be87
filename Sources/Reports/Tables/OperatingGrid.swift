import Documents
import RateDistortion

/// A grid that makes no sense, with the reason in words.
public struct GridError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What is wrong.
  public let description: String

  init(_ description: String) { self.description = description }
}

/// The grids of rates and distortions on which tables are evaluated.
///
/// Inner points are rounded to the digits that are printed and then taken as the binary value of that text: the number a
/// reader gets is the number that was evaluated. The ends are taken as they were given.
public enum OperatingGrid {
  /// The most points of a grid.
  public static let largestCount = 100_000
  /// The rate at which `distortions(of:count:)` ends, in bits.
  public static let endRate = 8.0

  /// Rates first, first + step, ... up to last, in bits.
  ///
  /// - Throws: `GridError` unless the numbers are finite, first <= last, step > 0 and there are at most `largestCount`
  ///   points.
  public static func rates(from first: Double, to last: Double, step: Double) throws(GridError) -> [Double] {
    guard first.isFinite, last.isFinite, step.isFinite else {
      throw GridError("the first and the last rate and the step must be finite numbers")
    }
    guard step > 0 else { throw GridError("the step must be greater than 0") }
    guard first <= last else { throw GridError("the first rate must not exceed the last: nothing lies between them") }
    // A last point missed by rounding alone is meant: 0:1:0.1 has 11 points.
    let steps = ((last - first) / step + 1e-9).rounded(.down)
    guard steps < Double(largestCount) else { throw GridError("a grid has at most \(largestCount) points") }
    return (0...Int(steps)).map { $0 == 0 ? first : printed(min(first + Double($0) * step, last)) }
  }

  /// `count` distortions in geometric progression from the first to the last, whichever is larger.
  ///
  /// - Throws: `GridError` unless the ends are finite numbers greater than 0 and count is from 2 to `largestCount`.
  public static func distortions(from first: Double, to last: Double, count: Int) throws(GridError) -> [Double] {
    guard first > 0, last > 0, first.isFinite, last.isFinite else {
      throw GridError("the first and the last distortion must be finite numbers greater than 0")
    }
    guard count >= 2 else { throw GridError("a grid has at least 2 points") }
    guard count <= largestCount else { throw GridError("a grid has at most \(largestCount) points") }
    let low = Double.log(first)
    let step = (Double.log(last) - low) / Double(count - 1)
    return (0..<count).map { index in
      index == 0 ? first : index == count - 1 ? last : printed(Double.exp(low + Double(index) * step))
    }
  }

  /// `count` distortions of a source in geometric progression, from the largest at which any of its curves is not 0 down to
  /// where its first curve reaches `endRate` bits. They do not depend on which curves are printed.
  ///
  /// - Throws: `GridError` unless count is from 2 to `largestCount`.
  public static func distortions(of source: KnownSource, count: Int) throws(GridError) -> [Double] {
    let least = source.curves.first?.leastDistortion(upToRate: endRate) ?? 0
    guard let first = SignificantDigits(source.largestDistortion, rounded: .up),
      let last = SignificantDigits(least, rounded: .down)
    else {
      throw GridError("the source has no finite range of distortions")
    }
    return try distortions(from: first.doubleValue, to: last.doubleValue, count: count)
  }

  /// The distortion of a level in dB, to as many digits as are printed: what is printed is what is evaluated.
  ///
  /// - Throws: `GridError` if no floating-point number has this level.
  public static func distortion(decibels level: Double) throws(GridError) -> Double {
    let value = printed(RateDistortion.distortion(decibels: level))
    guard value > 0, value.isFinite else { throw GridError("no floating-point number has this level") }
    return value
  }

  private static func printed(_ value: Double) -> Double {
    SignificantDigits(value)?.doubleValue ?? value
  }
}

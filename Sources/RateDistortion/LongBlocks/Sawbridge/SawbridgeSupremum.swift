import Dispatch
import IntervalArithmetic

/// The supremum ln c over all reproductions of the sawbridge, against a weight: found in floating point, enclosed by intervals.
///
/// At the maximum e(0) = int (1 - y)^2 + (ln c)/beta. The weight is symmetric, so of a maximum and its mirror image one has
/// int (1 - y)^2 <= int y^2, and as both together are at most 1 (y rises from 0 to 1 or stays between them), e(0) lies between
/// L/beta, for any L <= ln c, and 1/2 + (max ln alpha)/beta. On that interval of e(0) the largest F is enclosed by halving:
/// in a box F is at most F at its middle plus half the box's width times the greatest |dF|, and a box is done with where that
/// does not exceed the largest value found by more than the tolerance.
package struct SawbridgeSupremum {
  let knots: [Double]
  let slope: Double

  package init(knots: [Double], slope: Double) {
    self.knots = knots
    self.slope = slope
  }

  /// ln p(0) for e(0).
  private func logStart(_ e: Double) -> Double { knots[0] - slope * e }

  /// The largest F found, and at which ln p(0).
  package func found() -> (value: Double, logStart: Double) {
    let weight = SawbridgeWeight<Double>(knots: knots, slope: slope)
    let top = (knots.max() ?? 0) / slope
    let count = 400
    let starts = (0...count).map { logStart(-0.02 + (0.54 + top) * Double($0) / Double(count)) }
    let values = starts.map { value(weight, $0) }
    var best = (value: -Double.infinity, logStart: starts[0])
    for i in 1..<count where values[i] >= values[i - 1] && values[i] >= values[i + 1] {
      var low = starts[i + 1]
      var high = starts[i - 1]
      // Golden section: F is flat to rounding at 1e-8 of its maximum's place.
      let ratio = 0.6180339887498949
      var (a, b) = (high - ratio * (high - low), low + ratio * (high - low))
      var (atA, atB) = (value(weight, a), value(weight, b))
      while high - low > 1e-7 {
        if atA > atB {
          (high, b, atB) = (b, a, atA)
          a = high - ratio * (high - low)
          atA = value(weight, a)
        } else {
          (low, a, atA) = (a, b, atB)
          b = low + ratio * (high - low)
          atB = value(weight, b)
        }
      }
      if max(atA, atB) > best.value { best = (max(atA, atB), atA > atB ? a : b) }
    }
    return best
  }

  private func value(_ weight: SawbridgeWeight<Double>, _ logStart: Double) -> Double {
    let value = weight.logWeight(from: logStart)
    return value.isNaN ? -.infinity : value
  }

  /// A number that ln c is proved not to exceed; infinite if so many boxes do not prove any.
  ///
  /// On both cores: the parts of the interval know nothing of each other, so the result does not depend on the threads.
  package func enclosed(tolerance: Double, boxes most: Int = 4_000) -> Double {
    let weight = SawbridgeWeight<Interval>(knots: knots, slope: slope)
    let known = weight.logWeight(from: Interval(found().logStart)).lower
    guard known.isFinite else { return .infinity }
    let least = logStart(0.5) - (knots.max() ?? 0) - 1e-9
    let width = (logStart(0) - known + 1e-9 - least) / Double(Self.parts)
    let bounds = [Double](unsafeUninitializedCapacity: Self.parts) { buffer, initialized in
      buffer.initialize(repeating: .infinity)
      initialized = Self.parts
      // Every part writes its own element.
      nonisolated(unsafe) let places = buffer
      DispatchQueue.concurrentPerform(iterations: Self.parts) { part in
        // Neighbours share an end exactly.
        places[part] = Self.bound(
          weight, from: least + Double(part) * width, to: least + Double(part + 1) * width, level: known + tolerance,
          boxes: most)
      }
    }
    return bounds.reduce(known) { max($0, $1) }
  }

  private static let parts = 64

  /// What F does not exceed on a part, infinite if it may exceed the level after so many boxes.
  private static func bound(
    _ weight: SawbridgeWeight<Interval>, from low: Double, to high: Double, level: Double, boxes most: Int
  ) -> Double {
    var boxes = [(low: low, high: high)]
    var bound = -Double.infinity
    var count = 0
    while let box = boxes.popLast() {
      count += 1
      let middle = (box.low + box.high) / 2
      guard count <= most, middle > box.low, middle < box.high else { return .infinity }
      let (center, derivative) = weight.box(box.low, box.high)
      let radius = max(box.high - middle, middle - box.low).nextUp
      let upper = (center + Interval(radius) * .hull(0, derivative.magnitude)).upper
      if upper <= level {
        bound = max(bound, upper)
      } else {
        boxes.append((box.low, middle))
        boxes.append((middle, box.high))
      }
    }
    return bound
  }
}

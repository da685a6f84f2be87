import RateDistortion
import Synchronization

/// The best one-shot codes known besides the curve that gaps are measured from, at rounded distortions, each computed once.
///
/// A code takes milliseconds to find, and a file may have a million points. Codes of a smaller distortion do for a larger one, so
/// distortions are rounded down to seven binary digits after the first, which costs a hundredth of a bit at most, in favour of the
/// point. What is found does not depend on what was asked before.
final class KnownCodes: Sendable {
  private let curves: [Curve]
  private let known = Mutex<[UInt64: Double?]>([:])

  init(_ curves: [Curve]) {
    self.curves = curves
  }

  /// What they are called, in their order.
  var names: [CurveName] { curves.map(\.name) }

  /// The least rate of the codes up to a distortion, in bits; nil if none of them reaches it.
  func rate(atDistortion distortion: Double) -> Double? {
    guard !curves.isEmpty else { return nil }
    // Where nothing need be sent, rounding would.
    if curves.contains(where: { distortion >= $0.largestDistortion }) { return 0 }
    let rounded = distortion.bitPattern & ~((UInt64(1) << 45) - 1)
    if let rate = known.withLock({ $0[rounded] }) { return rate }
    let place = Double(bitPattern: rounded)
    let rate = curves.compactMap { try? $0.point(atDistortion: place).rate }.filter(\.isFinite).min()
    known.withLock { $0[rounded] = .some(rate) }
    return rate
  }
}

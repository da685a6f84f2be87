import RateDistortion
import Synchronization

/// Proved lower ends of a converse at rounded distortions, each proved once.
///
/// A proof costs up to a millisecond, and a file in the wrong units has a million impossible points. Curves do not increase,
/// so what is proved at a distortion holds at every smaller one: distortions are rounded up to seven binary digits after the
/// first, which costs at most a hundredth of a bit, and few points are impossible by less. What is found does not depend on
/// what was asked before.
final class ProvedRates: Sendable {
  private let converse: Curve
  private let known = Mutex<[UInt64: Double]>([:])

  init(of converse: Curve) {
    self.converse = converse
  }

  /// A number of bits that no code of a distortion up to `distortion` goes below; nil if nothing is proved.
  func rate(atDistortion distortion: Double) -> Double? {
    let droppedBits = (UInt64(1) << 45) - 1
    // The bit patterns of positive numbers are in their order.
    let rounded = (distortion.bitPattern &+ droppedBits) & ~droppedBits
    if let rate = known.withLock({ $0[rounded] }) { return rate }
    guard let rate = try? converse.bound(atDistortion: Double(bitPattern: rounded)).rate.lower else { return nil }
    known.withLock { $0[rounded] = rate }
    return rate
  }
}

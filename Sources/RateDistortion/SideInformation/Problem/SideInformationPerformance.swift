/// How the index of a code is coded.
public enum IndexCoding: String, Sendable, CaseIterable {
  /// By an ideal entropy code for its own distribution: H(index) bits.
  case marginal
  /// By an ideal Slepian-Wolf code, which uses that the decoder knows Y: H(index|Y) bits.
  case conditional
}

/// The rates and the distortion of a code whose decoder knows Y.
public struct SideInformationPerformance: Sendable, Equatable {
  /// H(index) in bits.
  public var marginalRate: Double
  /// H(index|Y) in bits.
  public var conditionalRate: Double
  /// E Var(X|index, Y).
  public var distortion: Double

  /// Rates and a distortion.
  public init(marginalRate: Double, conditionalRate: Double, distortion: Double) {
    self.marginalRate = marginalRate
    self.conditionalRate = conditionalRate
    self.distortion = distortion
  }

  /// The rate under one of the two codings, in bits.
  public func rate(_ coding: IndexCoding) -> Double { coding == .marginal ? marginalRate : conditionalRate }
}

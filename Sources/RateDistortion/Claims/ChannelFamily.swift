import IntervalArithmetic

/// An R(D) that a family of channels with one parameter traces: every channel is a point of the curve, and from every channel follows a
/// bound from below at every D.
///
/// Conformers have formulas. What they do alike is done here: the channel whose distortion is proved to be at most D is sought next
/// to the one that floating point finds, and of evidence nothing is believed but which parameters it names (`TestChannel`).
public protocol ChannelFamily: Limit {
  /// The family in words, as evidence names it.
  var family: String { get }
  /// The parameters that are evaluated, from 0 on, which names no channel.
  var parameters: ClosedRange<Double> { get }
  /// By how much a parameter is enlarged, relatively, where intervals do not confirm what floating point found, and the factor to the next.
  var margins: (first: Double, factor: Double) { get }

  /// The parameter of the channel at D below Dmax, in floating point; it falls with D.
  func parameter(atDistortion distortion: Double) -> Double
  /// -dR/dD at a channel in bits per unit of distortion, in floating point.
  func slope(atParameter parameter: Double) -> Double
  /// R in nats of the channel of a positive parameter; nil unless its distortion is proved to be at most D.
  func rate(ofParameter parameter: Double, within distortion: Double) -> Interval?
  /// What no rate in nats at D is below, by the channel of a positive parameter.
  func dual(ofParameter parameter: Double, at distortion: Double) -> Interval
}

extension ChannelFamily {
  public var kind: BoundKind { .exact }
  public var parameters: ClosedRange<Double> { 0...Double.greatestFiniteMagnitude }
  public var margins: (first: Double, factor: Double) { (0x1p-50, 4) }
  public var evidence: [any Evidence.Type] { [TestChannel.self] }

  public func enclosure(at distortion: Double) throws(DomainError) -> Bound {
    let found = parameter(atDistortion: min(distortion, largestDistortion.nextDown))
    let lower = lowerEnd(found, at: distortion)
    let achieving = nudged(from: margins.first, by: margins.factor, below: 1e3) { margin -> (Double, Double)? in
      let parameter = found * (1 + margin)
      return upperEnd(parameter, at: distortion).map { (parameter, $0) }
    }
    return Bound(
      kind: .exact, distortion: distortion, rate: .hull(lower, max(lower, achieving?.1 ?? .infinity)),
      slope: slope(atParameter: found),
      evidence: TestChannel(family: family, achieving: achieving?.0 ?? found, dual: found))
  }

  /// One parameter proves the upper end, if its channel's distortion is at most D; any parameter proves a lower end.
  public func proof(by evidence: any Evidence, at distortion: Double) throws(DomainError) -> Interval {
    guard let named = evidence as? TestChannel, named.family == family, parameters.contains(named.achieving),
      parameters.contains(named.dual)
    else { return .entire }
    return .hull(lowerEnd(named.dual, at: distortion), upperEnd(named.achieving, at: distortion) ?? .infinity)
  }

  /// In bits; what is no finite number proves nothing.
  private func lowerEnd(_ parameter: Double, at distortion: Double) -> Double {
    guard parameter > 0 else { return 0 }
    let bits = (dual(ofParameter: parameter, at: distortion) / .ln2).lower
    return bits > 0 && bits.isFinite ? bits : 0
  }

  /// In bits; nil if nothing is proved.
  private func upperEnd(_ parameter: Double, at distortion: Double) -> Double? {
    guard parameter > 0, let nats = rate(ofParameter: parameter, within: distortion) else { return nil }
    let bits = (nats / .ln2).upper
    return bits >= 0 ? bits : nil
  }
}

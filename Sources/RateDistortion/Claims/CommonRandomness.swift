/// How many random bits encoder and decoder share for every sample.
public struct CommonRandomness: Sendable, Hashable {
  /// Bits for every sample of the source.
  public let bits: Double

  /// So many bits.
  ///
  /// - Throws: `DomainError.parameterOutOfRange` unless it is a number from 0 to 100; what more can do is `realism-shannon`.
  public init(_ bits: Double) throws(DomainError) {
    guard bits >= 0, bits <= 100 else { throw Self.refused(bits.words) }
    // -0 is the same number of bits as 0.
    self.bits = bits.magnitude
  }

  fileprivate static func refused(_ value: String) -> DomainError {
    .parameterOutOfRange(
      name: "common randomness", value: value, requirement: "a number of bits from 0 to 100")
  }
}

extension CurveName {
  /// Long blocks of perfect realism with so much common randomness: `common-randomness-BITS`.
  public static func commonRandomness(_ randomness: CommonRandomness) -> CurveName {
    CurveName(rawValue: commonRandomnessPrefix + randomness.bits.words)
  }

  private static let commonRandomnessPrefix = "common-randomness-"

  /// The common randomness of a curve of that name; nil for any other.
  ///
  /// - Throws: `DomainError.parameterOutOfRange` if what stands for the bits is no number of them.
  func commonRandomness() throws(DomainError) -> CommonRandomness? {
    guard rawValue.hasPrefix(Self.commonRandomnessPrefix) else { return nil }
    let text = String(rawValue.dropFirst(Self.commonRandomnessPrefix.count))
    guard let bits = Double(text) else { throw CommonRandomness.refused(text) }
    return try CommonRandomness(bits)
  }

  /// Whether it is that of a limit with a number of common random bits.
  var isOfCommonRandomness: Bool { rawValue.hasPrefix(Self.commonRandomnessPrefix) }
}

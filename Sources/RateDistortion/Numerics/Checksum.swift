/// FNV-1a of the bytes of numbers, little end first: tells data that was damaged, by chance and not by intent.
///
/// - Source: Fowler, Noll, Vo, "The FNV Non-Cryptographic Hash Algorithm", 64 bits.
struct Checksum {
  private(set) var value: UInt64 = 14_695_981_039_346_656_037

  /// The bytes of a whole number.
  mutating func add(_ number: some FixedWidthInteger & UnsignedInteger) {
    for byte in 0..<number.bitWidth / 8 {
      value = (value ^ UInt64(truncatingIfNeeded: number >> (8 * byte)) & 255) &* 1_099_511_628_211
    }
  }

  /// The bytes of a floating-point number.
  mutating func add(_ number: Double) { add(number.bitPattern) }
}

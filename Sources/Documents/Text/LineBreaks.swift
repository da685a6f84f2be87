/// The line breaks in bytes: LF, CR LF, or a CR alone.
public func lineBreaks(_ bytes: ArraySlice<UInt8>) -> Int {
  var count = 0
  var previous: UInt8 = 0
  for byte in bytes {
    if byte == UInt8(ascii: "\r") || (byte == UInt8(ascii: "\n") && previous != UInt8(ascii: "\r")) { count += 1 }
    previous = byte
  }
  return count
}

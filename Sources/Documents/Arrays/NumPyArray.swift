/// An array of numbers of one or two dimensions, as NumPy's `save` writes it: a `.npy` file.
///
/// Read are real numbers and integers in little-endian order, in C's or Fortran's order of elements. Refused, with the reason, are
/// big-endian numbers, complex ones, records, and objects, which would have to be unpickled: nothing in a file is ever run.
///
/// - Source: NEP 1, "A Simple File Format for NumPy Arrays"; versions 1.0, 2.0 and 3.0.
public struct NumPyArray: Sendable, Equatable {
  /// The elements, row by row.
  public let elements: [Double]
  /// The number of rows: 1 for an array of one dimension.
  public let rows: Int
  /// The number of columns.
  public let columns: Int

  /// How a file begins.
  public static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  /// The array of a file's bytes.
  ///
  /// - Throws: `NumPyError` with what is wrong.
  public init(_ bytes: [UInt8]) throws(NumPyError) {
    guard bytes.starts(with: Self.magic), bytes.count >= 10 else {
      throw NumPyError("it does not begin as a .npy file")
    }
    let major = bytes[6]
    guard (1...3).contains(major) else { throw NumPyError("its version \(major) is not known") }
    let start = major == 1 ? 10 : 12
    guard bytes.count >= start else { throw NumPyError("it ends in its header") }
    let length = (major == 1 ? 8..<10 : 8..<12).reversed().reduce(0) { $0 << 8 | Int(bytes[$1]) }
    guard bytes.count - start >= length else { throw NumPyError("it ends in its header") }
    let header = Header(String(decoding: bytes[start..<start + length], as: UTF8.self))
    let kind = try Self.kind(header.value(of: "descr"))
    let shape = try Self.shape(header.value(of: "shape"))
    let isFortran = header.value(of: "fortran_order") == "True"
    (rows, columns) = shape.count == 2 ? (shape[0], shape[1]) : (1, shape[0])
    let data = bytes[(start + length)...]
    let (count, overflow) = rows.multipliedReportingOverflow(by: columns)
    guard !overflow, count > 0, count <= data.count / kind.size, data.count == count * kind.size else {
      throw NumPyError("it has \(data.count) bytes of data, not \(rows) x \(columns) numbers of \(kind.size)")
    }
    var elements = [Double](repeating: 0, count: count)
    for place in 0..<count {
      let first = data.startIndex + place * kind.size
      var bits: UInt64 = 0
      for byte in data[first..<first + kind.size].reversed() { bits = bits << 8 | UInt64(byte) }
      let target = isFortran && shape.count == 2 ? (place % rows) * columns + place / rows : place
      elements[target] = kind.number(bits)
    }
    self.elements = elements
  }

  /// What an element is.
  private struct Kind {
    let letter: Character
    let size: Int

    /// The number of its bits.
    func number(_ bits: UInt64) -> Double {
      switch letter {
      case "f":
        return size == 8
          ? Double(bitPattern: bits) : Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))
      case "i":
        let shift = UInt64(64 - 8 * size)
        return Double(Int64(bitPattern: bits << shift) >> Int64(shift))
      default: return Double(bits)
      }
    }
  }

  private static func kind(_ text: String?) throws(NumPyError) -> Kind {
    guard let text, text.first == "'", text.last == "'", text.count >= 4 else {
      throw NumPyError("its elements are no numbers (a record, or no type at all)")
    }
    let word = text.dropFirst().dropLast()
    let (order, letter) = (word.first ?? " ", word.dropFirst().first ?? " ")
    let size = Int(word.dropFirst(2)) ?? 0
    guard letter != "O" else {
      throw NumPyError("its elements are objects, which are never unpickled: save an array of floating-point numbers")
    }
    let sizes: [Character: [Int]] = ["f": [4, 8], "i": [1, 2, 4, 8], "u": [1, 2, 4, 8]]
    guard sizes[letter]?.contains(size) ?? false else {
      throw NumPyError("its elements are of type \(word.prefix(20)); floating-point numbers (<f8) are read")
    }
    guard order == "<" || (order == "|" && size == 1) else {
      throw NumPyError("its numbers are big-endian (\(word)): save array.astype(\"<\(letter)\(size)\")")
    }
    return Kind(letter: letter, size: size)
  }

  private static func shape(_ text: String?) throws(NumPyError) -> [Int] {
    guard let text, text.hasPrefix("("), text.hasSuffix(")") else { throw NumPyError("its shape is missing") }
    let sizes = text.dropFirst().dropLast().split(separator: ",").map { part in
      Int(part.filter { $0 != " " }) ?? -1
    }
    guard (1...2).contains(sizes.count), sizes.allSatisfy({ $0 > 0 }) else {
      throw NumPyError("its shape is \(text.prefix(40)); a list or a matrix is read")
    }
    return sizes
  }

  /// The header, a dictionary as Python writes it.
  private struct Header {
    private let text: String

    init(_ text: String) { self.text = text }

    /// The text of a member's value: up to the comma after it, a string and a tuple as a whole.
    func value(of name: String) -> String? {
      let parts = text.split(separator: "'\(name)':", maxSplits: 1)
      guard let rest = parts.count == 2 ? parts[1] : nil else { return nil }
      let value = rest.drop { $0 == " " }
      guard let first = value.first else { return nil }
      let close: Character? = first == "'" ? "'" : first == "(" ? ")" : nil
      guard let close else { return String(value.prefix { $0 != "," && $0 != "}" && $0 != " " }) }
      guard let end = value.dropFirst().firstIndex(of: close) else { return nil }
      return String(value[...end])
    }
  }
}

/// What is wrong with a `.npy` file, in a clause.
public struct NumPyError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The clause.
  public let description: String
  init(_ description: String) { self.description = description }
}

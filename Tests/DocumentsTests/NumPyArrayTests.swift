import Documents
import Testing

@Suite("arrays as NumPy saves them")
struct NumPyArrayTests {
  /// A file of a header, without padding.
  static func file(_ header: String, _ data: [UInt8], version: UInt8 = 1) -> [UInt8] {
    let text = Array(header.utf8)
    let size = [UInt8(text.count & 255), UInt8(text.count >> 8)] + (version > 1 ? [0, 0] : [])
    return NumPyArray.magic + [version, 0] + size + text + data
  }

  static func header(_ type: String, _ shape: String, fortran: Bool = false) -> String {
    "{'descr': '\(type)', 'fortran_order': \(fortran ? "True" : "False"), 'shape': \(shape), }\n"
  }

  static func bytes(_ value: UInt64, _ size: Int) -> [UInt8] { (0..<size).map { UInt8(value >> (8 * $0) & 255) } }

  @Test("numbers of every size and sign, versions 1 to 3, one dimension and two")
  func numbers() throws {
    let values: [Double] = [1.5, -2, 0.1]
    let data = values.flatMap { Self.bytes($0.bitPattern, 8) }
    for version: UInt8 in 1...3 {
      let list = try NumPyArray(Self.file(Self.header("<f8", "(3,)"), data, version: version))
      #expect(list.elements == values && list.rows == 1 && list.columns == 3)
    }
    let column = try NumPyArray(Self.file(Self.header("<f8", "(3, 1)"), data))
    #expect(column.elements == values && column.rows == 3 && column.columns == 1)
    let single = [Float(0.5), -3].flatMap { Self.bytes(UInt64($0.bitPattern), 4) }
    #expect(try NumPyArray(Self.file(Self.header("<f4", "(2,)"), single)).elements == [0.5, -3])
    for size in [1, 2, 4, 8] {
      let order = size == 1 ? "|" : "<"
      let negative = Self.bytes(UInt64(bitPattern: -7), size) + Self.bytes(9, size)
      #expect(try NumPyArray(Self.file(Self.header("\(order)i\(size)", "(2,)"), negative)).elements == [-7, 9])
      let most = Self.bytes(.max >> UInt64(64 - 8 * size), size)
      let truth = Double(UInt64.max >> UInt64(64 - 8 * size))
      #expect(try NumPyArray(Self.file(Self.header("\(order)u\(size)", "(1,)"), most)).elements == [truth])
    }
  }

  @Test("Fortran's order is put into rows")
  func fortran() throws {
    let data = [1.0, 4, 2, 5, 3, 6].flatMap { Self.bytes($0.bitPattern, 8) }
    let array = try NumPyArray(Self.file(Self.header("<f8", "(2, 3)", fortran: true), data))
    #expect(array.elements == [1, 2, 3, 4, 5, 6] && array.rows == 2 && array.columns == 3)
  }

  @Test("what is refused, and why")
  func refused() {
    let eight = Self.bytes(1, 8)
    let cases: [(bytes: [UInt8], word: String)] = [
      ([], "does not begin"), (Array("hello, world".utf8), "does not begin"),
      (NumPyArray.magic + [9, 0, 0, 0], "version"), (NumPyArray.magic + [1, 0, 255, 255], "header"),
      (NumPyArray.magic + [2, 0, 255, 255], "header"),
      (Self.file(Self.header("|O", "(1,)"), eight), "unpickled"),
      (Self.file(Self.header(">f8", "(1,)"), eight), "big-endian"),
      (Self.file(Self.header("<c16", "(1,)"), eight + eight), "<c16"),
      (Self.file(Self.header("<f2", "(4,)"), eight), "<f2"),
      (Self.file("{'descr': [('x', '<f8')], 'fortran_order': False, 'shape': (1,), }", eight), "no numbers"),
      (Self.file("{'fortran_order': False, 'shape': (1,), }", eight), "no numbers"),
      (Self.file(Self.header("<f8", "()"), eight), "shape"),
      (Self.file(Self.header("<f8", "(1, 1, 1)"), eight), "shape"),
      (Self.file(Self.header("<f8", "(0,)"), []), "shape"), (Self.file(Self.header("<f8", "(-1,)"), eight), "shape"),
      (Self.file(Self.header("<f8", "(x,)"), eight), "shape"), (Self.file("{'descr': '<f8'}", eight), "shape"),
      (Self.file(Self.header("<f8", "(2,)"), eight), "8 bytes"),
      (Self.file(Self.header("<f8", "(1,)"), eight + [0]), "9 bytes"),
      (Self.file(Self.header("<f8", "(9223372036854775807, 2)"), eight), "8 bytes"),
    ]
    for (bytes, word) in cases {
      do throws(NumPyError) {
        _ = try NumPyArray(bytes)
        Issue.record("\(word): accepted")
      } catch {
        #expect(error.description.contains(word), "\(error)")
      }
    }
  }
}

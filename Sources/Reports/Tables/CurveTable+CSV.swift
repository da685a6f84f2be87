extension CurveTable {
  /// The header of the table contract, schema 1.
  public static let header = "source,curve,kind,distortion,distortion_db,rate_bits,lambda,error_bits"

  /// The table as comma-separated values with a header row, for `pandas.read_csv` without arguments; an infinite slope and
  /// an unbounded error are empty cells.
  ///
  /// - Parameter certified: whether to add the columns `rate_lower` and `rate_upper`, the ends of the enclosure.
  public func csv(certified: Bool = false) -> String {
    let columns = TableColumn.columns(certified: certified)
    var bytes: [UInt8] = []
    bytes.reserveCapacity((rows.count + 1) * (certified ? 160 : 112))
    bytes.append(contentsOf: "source".utf8)
    for column in columns {
      bytes.append(UInt8(ascii: ","))
      bytes.append(contentsOf: column.name.utf8)
    }
    bytes.append(UInt8(ascii: "\n"))
    for row in rows {
      // Identifiers need no quotes.
      bytes.append(contentsOf: source.name.utf8)
      for column in columns {
        bytes.append(UInt8(ascii: ","))
        if column.isNumber {
          column.number(row)?.append(to: &bytes)
        } else {
          bytes.append(contentsOf: column.word(row).utf8)
        }
      }
      bytes.append(UInt8(ascii: "\n"))
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

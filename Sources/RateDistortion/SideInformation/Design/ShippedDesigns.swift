import IntervalArithmetic
import ParallelBlocks
import SlopeTables

/// A table of designed codes as the program carries it, and how to make and to prove it anew.
///
/// The numbers are data: `check` encloses the thresholds and labels that a claim names and knows no table, and `check` here
/// does so for every code of one.
public struct ShippedDesigns: Sendable {
  /// By which a table is asked for.
  public let name: String
  /// tau.
  public let spread: Double
  /// Which rate counts.
  public let coding: IndexCoding

  /// The tables for the noise variances of "Breaking Smoothness" and "Learned Layered Coding", for Y of variance 1.
  public static let all: [ShippedDesigns] = [("0.1", 10.0), ("0.01", 100)].flatMap { variance, quotient in
    IndexCoding.allCases.map {
      ShippedDesigns(name: "designed-\($0.rawValue)-\(variance)", spread: quotient.squareRoot(), coding: $0)
    }
  }

  /// The table of a problem that is carried.
  static func table(spread: Double, coding: IndexCoding) -> ShippedDesigns? {
    all.first { $0.spread == spread && $0.coding == coding && $0.data != nil }
  }

  // MARK: Data

  private var data: design_table? {
    var index = 0
    while let table = design_table_at(index) {
      if String(cString: table.pointee.name) == name, table.pointee.count > 0 { return table.pointee }
      index += 1
    }
    return nil
  }

  /// The table that the program carries; nil if it carries none of that name, or what it carries are no codes.
  public var stored: DesignTable? {
    guard let data else { return nil }
    var entries: [DesignTable.Entry] = []
    var (threshold, label) = (data.thresholds, data.labels)
    for row in 0..<data.count {
      guard let values = data.values.map({ $0 + 6 * row }), let cells = Int(exactly: values[5]), cells > 0,
        let places = threshold, let names = label
      else { return nil }
      let code = try? LabelledQuantizer(
        thresholds: (0..<cells - 1).map { Double(places[$0]) * DesignTable.unit },
        labels: (0..<cells).map { Int(names[$0]) })
      guard let code else { return nil }
      entries.append(
        DesignTable.Entry(
          slope: values[0], code: code, rate: .hull(values[1], values[2]), distortion: .hull(values[3], values[4])))
      threshold = places + (cells - 1)
      label = names + cells
    }
    return DesignTable(corners: entries)
  }

  /// Whether the checksum of what is carried is right; nil if nothing is.
  public var checksumHolds: Bool? {
    guard let data, let stored else { return nil }
    return Self.checksum(of: stored) == data.checksum
  }

  /// Of all numbers of a table, entry by entry.
  public static func checksum(of table: DesignTable) -> UInt64 {
    var checksum = Checksum()
    for entry in table.entries.dropFirst() {
      for value in values(of: entry) { checksum.add(value) }
      for place in places(of: entry) { checksum.add(UInt32(bitPattern: place)) }
      for label in entry.code.labels { checksum.add(UInt8(truncatingIfNeeded: label)) }
    }
    return checksum.value
  }

  private static func values(of entry: DesignTable.Entry) -> [Double] {
    [
      entry.slope, entry.rate.lower, entry.rate.upper, entry.distortion.lower, entry.distortion.upper,
      Double(entry.code.labels.count),
    ]
  }

  /// Thresholds in units of `DesignTable.unit`: those of a design are below 7 sigma_X.
  private static func places(of entry: DesignTable.Entry) -> [Int32] {
    entry.code.thresholds.map { Int32(clamping: Int64(($0 / DesignTable.unit).rounded())) }
  }

  // MARK: Anew

  /// The table made anew.
  public func solved() -> DesignTable { DesignSearch(spread: spread, coding: coding).table() }

  /// The file in C that carries a table.
  public func file(of table: DesignTable) -> String {
    let entries = table.entries.dropFirst()
    let identifier = String(name.map { $0 == "-" || $0 == "." ? "_" : $0 })
    func array(_ type: String, _ name: String, _ rows: [[String]]) -> String {
      "static const \(type) \(name)_\(identifier)[] = {\n"
        + rows.map { "    " + $0.joined(separator: ", ") + ",\n" }.joined() + "};\n\n"
    }
    return "// Written by \"rdbounds prove\" with \"--tabulate \(name)\".\n#include \"design_tables.h\"\n\n"
      + array("double", "values", entries.map { Self.values(of: $0).map(\.description) })
      + array("int32_t", "thresholds", entries.map { Self.places(of: $0).map(\.description) })
      + array("uint8_t", "labels", entries.map { $0.code.labels.map(\.description) })
      + "const design_table design_table_\(identifier) = {\n    \"\(name)\", \(entries.count), values_\(identifier), "
      + "thresholds_\(identifier), labels_\(identifier), \(Self.checksum(of: table))u};\n"
  }

  /// Encloses every code of the table anew, eight at a time.
  ///
  /// - Parameter progress: told how many of how many are done.
  public func check(progress: (Int, Int) -> Void) -> ProofCheck { Self.check(stored, of: self, progress: progress) }

  /// The same for numbers that somebody has.
  public static func check(
    _ table: DesignTable?, of designs: ShippedDesigns, progress: (Int, Int) -> Void
  ) -> ProofCheck {
    let entries = (table?.entries ?? []).dropFirst()
    var margin = entries.isEmpty ? -Double.infinity : .infinity
    var failure = ""
    for start in stride(from: 1, to: entries.count + 1, by: 8) {
      let range = start..<min(entries.count + 1, start + 8)
      let margins = parallelMap(count: range.count, block: 1, of: "codes") { index in
        entries[start + index].margin(spread: designs.spread, coding: designs.coding)
      }
      for (index, here) in margins.enumerated() {
        if !(here >= 0), failure.isEmpty { failure = "code \(start + index)" }
        margin = here.isNaN ? -.infinity : min(margin, here)
      }
      progress(range.upperBound - 1, entries.count)
    }
    return ProofCheck(
      claim: "\(designs.name): the table's \(entries.count) codes, enclosed anew, do what it says",
      isProved: margin >= 0, boxes: entries.count, margin: margin, failure: failure)
  }
}

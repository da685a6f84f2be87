import IntervalArithmetic
import ParallelBlocks
import SlopeTables

/// A source's slope table as the program carries it, and how to make and to prove it anew.
///
/// The numbers are data and are not believed by `check`, which solves the slopes that a claim names; `proved(entries:)` does so for
/// a whole table. They are rounded outwards, and moved outwards by 3e-8 nats besides: a law that is found again, on a
/// machine whose exponential rounds another way, may be another one that is as good. Of a `KeptSlopeSource` the table carries what was
/// found as well, and that is proved anew.
public struct ShippedTable: Sendable {
  /// The name of the source whose R(D) it is, or with `-ecsq` that of the density whose quantizers it bounds.
  public let name: String
  /// The table that the program carries; nil if it carries none of that name.
  public let stored: SlopeTable?
  /// What was found at each slope of `stored`; empty where it is not kept.
  let found: [FoundAtSlope]
  private let source: any SlopeSource
  /// How far apart the sides may be, in nats.
  private let tolerance: Double

  /// The largest rate of tables: 8 bits.
  private static let largestRate = 8 * natsPerBit
  static let slack = 3e-8

  /// The table of a name.
  ///
  /// - Parameter bits: how far apart the sides may be.
  init(name: String, of source: any SlopeSource, bits: Double = 9e-6) {
    self.name = name
    tolerance = bits * natsPerBit
    self.source = source
    stored = Self.entries(name).map { SlopeTable($0, dimension: source.dimension, silence: source.silence) }
    found = Self.found(name)
  }

  /// What is carried under a name, and whether its checksum is right.
  public static func checksumHolds(_ name: String) -> Bool? {
    guard let table = table(name) else { return nil }
    let values = UnsafeBufferPointer(start: table.values, count: 5 * table.count)
    let found = UnsafeBufferPointer(start: table.found, count: table.found_count)
    return checksum(found, after: checksum(values)).value == table.checksum
  }

  private static func table(_ name: String) -> slope_table? {
    var index = 0
    while let table = slope_table_at(index) {
      if String(cString: table.pointee.name) == name { return table.pointee }
      index += 1
    }
    return nil
  }

  private static func entries(_ name: String) -> [SlopeBounds]? {
    guard let table = table(name), table.count > 0, let values = table.values else { return nil }
    return (0..<table.count).map { row in
      let entry = values + 5 * row
      return SlopeBounds(
        slope: entry[0], least: entry[1], expectation: entry[2], distortion: .hull(entry[3], entry[4]))
    }
  }

  private static func found(_ name: String) -> [FoundAtSlope] {
    guard let table = table(name), let numbers = table.found, let values = table.values else { return [] }
    var found: [FoundAtSlope] = []
    var place = 0
    for row in 0..<table.count {
      guard place < table.found_count, let count = Int(exactly: numbers[place]), count >= 0,
        place + count < table.found_count
      else { return [] }
      found.append(
        FoundAtSlope(slope: values[5 * row], numbers: (1..<count + 1).map { numbers[place + $0] }))
      place += count + 1
    }
    return found
  }

  private static func checksum(
    _ values: UnsafeBufferPointer<Double>, after start: Checksum = Checksum()
  ) -> Checksum {
    var checksum = start
    for value in values { checksum.add(value) }
    return checksum
  }

  // MARK: Anew

  /// The table solved anew, its numbers rounded and moved outwards, and what was found at its slopes where that is kept.
  func solved() -> (table: SlopeTable, found: [FoundAtSlope]) {
    func solve(_ source: some SlopeSource) -> SlopeTable {
      SlopeTable(solving: source, tolerance: tolerance - 2 * Self.slack, largestRate: Self.largestRate)
    }
    let kept = (source as? any KeptSlopeSource)?.searched()
    let table =
      kept.map { SlopeTable($0.map(\.bounds), dimension: source.dimension, silence: source.silence) }
      ?? solve(source)
    let shipped = rounded(table)
    let found = shipped.entries.compactMap { entry in kept?.first { $0.found.slope == entry.slope }?.found }
    return (shipped, found)
  }

  /// A table as it is carried.
  func rounded(_ table: SlopeTable) -> SlopeTable {
    SlopeTable(table.entries.map(Self.shipped), dimension: table.dimension, silence: table.silence)
  }

  /// An entry as it is carried: 13 decimal digits are enough.
  private static func shipped(_ entry: SlopeBounds) -> SlopeBounds {
    var entry = entry
    entry.least = ((entry.least - slack) * 1e10).rounded(.down) / 1e10
    entry.expectation = ((entry.expectation + slack) * 1e10).rounded(.up) / 1e10
    entry.distortion = .hull(entry.distortion.lower * (1 - 1e-12), entry.distortion.upper * (1 + 1e-12))
    return entry
  }

  /// The file in C that carries the table, solved anew.
  public func file() -> String { file(of: solved()) }

  /// The file in C of a table and what was found at its slopes.
  func file(of solved: (table: SlopeTable, found: [FoundAtSlope])) -> String {
    let (table, found) = solved
    let values = table.entries.flatMap { entry in
      [entry.slope, entry.least, entry.expectation, entry.distortion.lower, entry.distortion.upper]
    }
    let numbers = found.flatMap { [Double($0.numbers.count)] + $0.numbers }
    let checksum = values.withUnsafeBufferPointer { values in
      numbers.withUnsafeBufferPointer { Self.checksum($0, after: Self.checksum(values)).value }
    }
    let identifier = String(name.map { $0 == "-" ? "_" : $0 })
    var text =
      "// Written by \"rdbounds prove\" with \"--tabulate \(name)\".\n#include \"slope_tables.h\"\n\nstatic const double values_\(identifier)[] = {\n"
    for row in stride(from: 0, to: values.count, by: 5) {
      text += "    " + values[row..<row + 5].map(\.description).joined(separator: ", ") + ",\n"
    }
    text += "};\n\n"
    var kept = ""
    if !numbers.isEmpty {
      text += "static const double found_\(identifier)[] = {\n"
      for row in stride(from: 0, to: numbers.count, by: 8) {
        text += "    " + numbers[row..<min(row + 8, numbers.count)].map(\.words).joined(separator: ", ") + ",\n"
      }
      text += "};\n\n"
      kept = ", found_\(identifier), \(numbers.count)"
    }
    return text
      + "const slope_table slope_table_\(identifier) = {\"\(name)\", \(table.entries.count), values_\(identifier), \(checksum)u\(kept)};\n"
  }

  /// Proves every entry anew, a hundred at a time.
  ///
  /// - Parameter progress: told how many of how many are done.
  public func check(progress: (Int, Int) -> Void) -> ProofCheck {
    let count = stored?.entries.count ?? 0
    var margin = Double.infinity
    var failure = ""
    for start in stride(from: 0, to: count, by: 100) {
      let range = start..<min(count, start + 100)
      let here = self.margin(ofEntries: range)
      if !(here >= 0), failure.isEmpty {
        failure = "entries \(range.lowerBound + 1) to \(range.upperBound)"
      }
      margin = here.isNaN ? -.infinity : min(margin, here)
      progress(range.upperBound, count)
    }
    return ProofCheck(
      claim: "\(name): what is found anew at the \(count) slopes of the table proves every entry",
      isProved: margin >= 0,
      boxes: count, margin: margin, failure: failure)
  }

  /// Solves some entries anew and says how well they are borne out, in nats: the least of what the new law proves beyond the entry's
  /// lower bound and below its upper one. Negative, or not a number, if an entry is not proved.
  ///
  /// An upper entry is borne out by the new law's rate at the entry's own distortion, or by what the law's point and those of its
  /// neighbours, solved anew too, prove there.
  public func margin(ofEntries range: Range<Int>) -> Double {
    guard let stored else { return .nan }
    let around = max(0, range.lowerBound - 1)..<min(stored.entries.count, range.upperBound + 1)
    let kept = found.count == stored.entries.count ? source as? any KeptSlopeSource : nil
    let anew = parallelMap(count: around.count, block: 1, of: "slopes") { index -> SlopeBounds? in
      let place = around.lowerBound + index
      if let kept { return try? kept.bounds(by: found[place]) }
      return try? source.solvedBounds(slope: stored.entries[place].slope)
    }
    let table = SlopeTable(anew.compactMap { $0 }, dimension: stored.dimension, silence: stored.silence)
    var margin = Double.infinity
    for index in range {
      let entry = stored.entries[index]
      guard let own = anew[index - around.lowerBound] else { return .nan }
      let rate = min(
        table.rateFromAbove(at: entry.distortion.upper).rate,
        own.rateFromAbove(at: entry.distortion.upper, dimension: stored.dimension))
      let margins = (own.least - entry.least, entry.point.rate - rate)
      margin = min(margin, margins.0.isNaN || margins.1.isNaN ? -.infinity : min(margins.0, margins.1))
    }
    return margin
  }
}

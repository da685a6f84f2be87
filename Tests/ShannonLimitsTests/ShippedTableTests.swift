import IntervalArithmetic
import RateDistortion
import TestSupport
import Testing

/// The slope tables that the program carries, as data and as claims.
@Suite("Tables of slopes that the program carries")
struct ShippedTableTests {
  static let names = [
    "banana", "exponential", "gaussian-ecsq", "gaussian-mixture", "laplace", "logistic", "logistic-ecsq", "sawbridge",
    "uniform",
  ]

  static func table(_ name: String) throws -> ShippedTable {
    let tables = try Catalogue.sources.flatMap { try KnownSource($0).shippedTables }
    return try #require(tables.first { $0.name == name })
  }

  @Test("the checksum is that of the numbers, and the slopes are those of a table", arguments: names)
  func data(name: String) throws {
    #expect(ShippedTable.checksumHolds(name) == true)
    let stored = try #require(Self.table(name).stored)
    #expect(stored.entries.count > 100)
    for (a, b) in zip(stored.entries, stored.entries.dropFirst()) {
      #expect(a.slope < b.slope && a.distortion.lower > b.distortion.upper)
    }
    for entry in stored.entries { #expect(entry.gap >= 0 && entry.gap < Self.widest(name, entry), "\(entry)") }
  }

  /// How far apart an entry's own sides may be, in nats: of quantizers 2.5e-5 bits, and from 6 bits on four times as far with every
  /// bit more.
  static func widest(_ name: String, _ entry: SlopeBounds) -> Double {
    guard name.hasSuffix("-ecsq") else { return 1.3e-4 }
    let rate = (entry.expectation - entry.slope * entry.distortion.midpoint) / natsPerBit
    return 2.5e-5 * Double.exp(2 * max(0, rate - 6) * natsPerBit) * natsPerBit + 1e-7
  }

  @Test("there is no table of another name")
  func unknown() { #expect(ShippedTable.checksumHolds("nothing") == nil) }

  /// The sawbridge's largest slopes take 15 s each.
  @Test("what is found anew proves entries from either end and the middle", arguments: names)
  func entries(name: String) throws {
    let table = try Self.table(name)
    let count = try #require(table.stored).entries.count
    let short = name == "sawbridge" ? [1] : [1, count / 2]
    for index in Campaign.isLong ? [1, count / 4, count / 2, count - 2] : short {
      let margin = table.margin(ofEntries: index..<index + 1)
      #expect(margin >= 0 && margin < 1e-5, "entry \(index): \(margin)")
    }
  }

  @Test(
    "a wrong entry is no bound: what the same slope proves lies on the other side",
    arguments: [("laplace", "laplace", CurveName.shannon, 1e-5), ("gaussian-ecsq", "gaussian", .ecsq, 2e-5)])
  func forged(name: String, source: String, curve: CurveName, near: Double) throws {
    let stored = try #require(try Self.table(name).stored)
    let entry = stored.entries[stored.entries.count / 2]
    var greedy = entry
    greedy.least += 1e-6
    #expect(greedy.least > entry.expectation - near && greedy.gap < entry.gap)
    let below = try KnownSource(Catalogue.source(named: source)).curves(named: curve)[0]
    let distortion = entry.distortion.midpoint
    let proved = try below.proved(by: NamedSlopes([entry.slope]), atDistortion: distortion)
    let claimed = (greedy.least - greedy.slope * distortion) / natsPerBit
    #expect(proved.lower < claimed)
  }
}

import Documents
import Foundation
import IntervalArithmetic
import RateDistortion
import Reports
import TestSupport
import Testing

@Suite("tables")
struct CurveTableTests {
  /// The table with the ends of its enclosures.
  private func certified(_ table: CurveTable) -> CurveTable {
    var table = table
    table.isCertified = true
    return table
  }

  /// The cells of a table by column name.
  private func cells(_ csv: String) throws -> [[String: String]] {
    #expect(csv.hasSuffix("\n"))
    let lines = csv.dropLast().split(separator: "\n", omittingEmptySubsequences: false)
    let names = try #require(lines.first).split(separator: ",").map(String.init)
    return lines.dropFirst().map { line in
      let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      #expect(cells.count == names.count)
      return Dictionary(uniqueKeysWithValues: zip(names, cells))
    }
  }

  @Test("the header is the contract's, columns are only added")
  func header() throws {
    let source = KnownSource(Ramp())
    let table = try CurveTable(of: source, curves: source.curves, at: [.rate(1)])
    let contract = "source,curve,kind,distortion,distortion_db,rate_bits,lambda,error_bits"
    #expect(CurveTable.header == contract)
    #expect(table.string(as: CSV.self).split(separator: "\n").first.map(String.init) == contract)
    #expect(certified(table).string(as: CSV.self).hasPrefix(contract + ",rate_lower,rate_upper\n"))
  }

  @Test("every printed rate is a valid claim at exactly the printed distortion, for random D of every curve")
  func honestAtDistortions() throws {
    var generator = SeededGenerator(seed: 2)
    for source in try defaultSources() {
      let largest = try #require(source.curves.map(\.largestDistortion).max())
      // Quantizers of scalars cost time in proportion to their thousands of levels.
      let isScalar = source.source is any ScalarSource
      let distortions = (0..<Campaign.cases(isScalar ? 4 : 20, long: isScalar ? 30 : 150)).map { _ in
        largest * exp(Double.random(in: (isScalar ? -12 : -20)...0.1, using: &generator))
      }
      try expectHonest(source, distortions.map { .distortion($0) })
    }
  }

  @Test("every printed rate is a valid claim where rates are asked for")
  func honestAtRates() throws {
    var generator = SeededGenerator(seed: 3)
    for source in try defaultSources() {
      let isScalar = source.source is any ScalarSource
      let rates =
        [0, 1e-9, 0.5, 1, 2, 3, 8] + (isScalar ? [] : [16])
        + (0..<Campaign.cases(isScalar ? 2 : 10, long: isScalar ? 15 : 80)).map { _ in
          Double.random(in: 0...(isScalar ? 9 : 12), using: &generator)
        }
      try expectHonest(source, rates.map { .rate($0) })
    }
  }

  @Test("at the grid of a source and its corners")
  func honestOnGrids() throws {
    for source in try defaultSources() {
      let grid = try OperatingGrid.distortions(of: source, count: Campaign.cases(12, long: 40))
      try expectHonest(source, (grid + source.corners(upToRate: 5)).map { .distortion($0) })
    }
  }

  /// Curves known to a millionth of a bit everywhere.
  static let tight: Set<CurveName> = [
    .lower, .upper, .exact, .timeSharing, .shannon, .wynerZiv, .noSideInformation,
  ]

  /// Re-evaluates what the text says.
  private func expectHonest(_ source: KnownSource, _ requests: [Target]) throws {
    let curves = source.curves.filter { !$0.isCostly }
    let table = try CurveTable(of: source, curves: curves, at: requests)
    let rows = try cells(certified(table).string(as: CSV.self))
    // What is left out is beyond the rates for which a scheme is computed.
    #expect(rows.count + table.omissions.count == curves.count * requests.count)
    #expect(
      table.omissions.allSatisfy { omission in curves.contains { $0.name == omission.curve && $0.kind != .exact } })
    for row in rows {
      let curve = try #require(
        curves.first { $0.name.rawValue == row["curve"] && $0.kind.rawValue == row["kind"] })
      let distortion = try #require(row["distortion"].flatMap(Double.init))
      let bound = try curve.bound(atDistortion: distortion)
      let rate = try #require(row["rate_bits"].flatMap({ OracleDecimal(literal: $0) }))
      let nearest = try #require(row["rate_bits"].flatMap(Double.init))
      let error = try #require(row["error_bits"].flatMap(Double.init))
      let lower = try #require(OracleDecimal(bound.rate.lower))
      let upper = try #require(OracleDecimal(bound.rate.upper))
      let place: Comment = "\(source.description.name) \(row)"
      #expect(row["kind"] == curve.kind.rawValue)
      switch curve.kind {
      case .lower:
        #expect(rate <= lower, place)
        #expect(bound.rate.upper - nearest <= error, place)
      case .upper:
        #expect(rate >= upper, place)
        #expect(nearest - bound.rate.lower <= error, place)
      case .exact, .estimate:
        #expect(max(bound.rate.upper - nearest, nearest - bound.rate.lower) <= error, place)
      }
      // A staircase next to a step, or a curve of infinite slope, is not known better than the step; how wide tables of slopes are
      // is tested where they are.
      let isTabulated = curve.evidence.contains { $0 == NamedSlopes.self }
      let isTight = Self.tight.contains(curve.name) && !isTabulated && !Self.isStaircase(curve)
      if isTight { #expect(error < 1e-6, place) }
      let outerLower = try #require(row["rate_lower"].flatMap({ OracleDecimal(literal: $0) }))
      let outerUpper = try #require(row["rate_upper"].flatMap({ OracleDecimal(literal: $0) }))
      #expect(outerLower <= lower && upper <= outerUpper, place)
      let level = try #require(row["distortion_db"].flatMap(Double.init))
      #expect(abs(level - 10 * log10(distortion)) <= 1e-11 * max(1, abs(level)))
      if let slope = row["lambda"], !slope.isEmpty { #expect(Double(slope).map { $0 >= 0 && $0.isFinite } == true) }
    }
  }

  /// The sphere's tilings, the bound of smallest largest rate: log2 of few numbers.
  private static func isStaircase(_ curve: Curve) -> Bool { curve.name == .upper && curve.range.largestRate < 5 }

  @Test("rates asked for are rates printed, in whole bits as typed")
  func ratesAsAsked() throws {
    for source in try defaultSources() {
      for curve in source.curves where Self.tight.contains(curve.name) && !curve.isCostly && !Self.isStaircase(curve) {
        for rate in [0.0, 1, 2, 3.25, 4, 7] {
          let row = try #require(try CurveRow.row(of: curve, at: .rate(rate)))
          #expect(row.rate.doubleValue == rate, "\(source.description.name) \(curve.name)")
        }
      }
    }
  }

  @Test("a distortion is printed as it was typed, a point of a grid in at most 12 digits")
  func distortionsAsTyped() throws {
    let curve = try KnownSource(Circle()).curve(named: .exact)
    #expect(try CurveRow.row(of: curve, at: .distortion(0.05))?.distortion.text == "0.05")
    #expect(try CurveRow.row(of: curve, at: .distortion(1.0 / 3))?.distortion.text == "0.3333333333333333")
    for distortion in try OperatingGrid.distortions(of: KnownSource(Circle()), count: 100) {
      let text = try #require(SignificantDigits(distortion)?.text)
      #expect(Double(text) == distortion)
    }
  }

  @Test("rows are curve-major, and the same as one by one, whatever the number of threads")
  func order() throws {
    let source = KnownSource(Sawbridge())
    let curves = source.curves.filter { !$0.isCostly }
    let requests = try OperatingGrid.distortions(of: source, count: 700).map { Target.distortion($0) }
    let table = try CurveTable(of: source, curves: curves, at: requests)
    var index = 0
    for curve in curves {
      for request in requests {
        let row = try #require(try CurveRow.row(of: curve, at: request))
        #expect(table.rows[index].curve == curve.name)
        let bound = table.rows[index].bound
        #expect(bound.rate == row.bound.rate && bound.distortion == row.bound.distortion)
        #expect(bound.slope == row.bound.slope && bound.evidence.form == row.bound.evidence.form)
        index += 1
      }
    }
    #expect(index == table.rows.count)
    let again = try CurveTable(of: source, curves: curves, at: requests)
    #expect(certified(table).string(as: CSV.self) == certified(again).string(as: CSV.self))
  }

  @Test("JSON says the same as CSV, with certificates that read back to what was proved")
  func json() throws {
    for source in try defaultSources() {
      let requests = [0.5, 2, 5].map { Target.rate($0) }
      let table = try CurveTable(of: source, curves: source.curves.filter { !$0.isCostly }, at: requests)
      let document = try JSONValue.parse(table.text(as: JSONDocument.self))
      #expect(document["schema"]?.integerValue == 1)
      #expect(document["source"]?.textValue == source.description.name)
      #expect(document["distortion_measure"]?.textValue == source.description.distortionMeasure.rawValue)
      #expect(document["program"]?["version"]?.textValue == ProgramVersion.number)
      let csv = try cells(table.string(as: CSV.self))
      let rows = try #require(document["rows"]?.elements)
      #expect(rows.count == csv.count)
      for (index, row) in rows.enumerated() {
        for (name, cell) in csv[index] {
          switch row[name] {
          case .text(let text)?: #expect(text == cell)
          case .number(let literal)?: #expect(literal == cell)
          case .null?: #expect(cell.isEmpty)
          default: Issue.record("\(name) is no cell")
          }
        }
        let bound = table.rows[index].bound
        // What is written reads back to the same evidence, of the same type.
        let form = try EvidenceForm(row["certificate"])
        #expect(form == bound.evidence.form)
        let curve = try #require(source.curves.first { $0.name == table.rows[index].curve && $0.kind == bound.kind })
        let evidence = try curve.evidence(from: form)
        #expect(evidence.form == form && type(of: evidence) == type(of: bound.evidence))
      }
    }
  }

  @Test("an upper bound's certificate, read from JSON, is a code within D of the printed rate")
  func certificateFromJSON() throws {
    let source = Circle()
    let known = KnownSource(source)
    let curve = try known.curve(named: .upper)
    let table = try CurveTable(of: known, curves: [curve], at: [.distortion(0.05), .distortion(0.3)])
    let rows = try #require(try JSONValue.parse(table.text(as: JSONDocument.self))["rows"]?.elements)
    for row in rows {
      let equalCells = try #require(row["certificate"]?["equal_cells"]?.doubleValue)
      let oddCell = try #require(row["certificate"]?["odd_cell"]?.doubleValue)
      let code = try #require(BiuniformCode(equalCells: equalCells, oddCell: oddCell))
      let distortion = code.distortion(on: source, as: Interval.self)
      let entropy = code.entropy(as: Interval.self) / .ln2
      let printed = try #require(row["distortion"]?.doubleValue)
      let rate = try #require(row["rate_bits"]?.doubleValue)
      #expect(distortion.upper <= printed)
      #expect(entropy.upper <= rate)
    }
  }

  @Test("Markdown is aligned, and has a row for every row")
  func markdown() throws {
    let source = KnownSource(Circle())
    let table = try CurveTable(of: source, curves: source.curves, at: [.rate(0), .rate(1), .distortion(1e-5)])
    let lines = certified(table).string(as: Markdown.self).split(separator: "\n").filter { $0.hasPrefix("|") }
    #expect(lines.count == table.rows.count + 2)
    #expect(Set(lines.map(\.count)).count == 1)
    #expect(table.string(as: Markdown.self).hasPrefix("circle: "))
  }

  @Test("no format ever prints what is not a number, up to the ends of the range")
  func alwaysFinite() throws {
    for source in try defaultSources() {
      let requests: [Target] =
        [0, 1e-300, 1e-12, 50, 300, 499.5, 500].map { .rate($0) }
        + [.leastNormalMagnitude, 1e-300, 1e-30, 1e30, .greatestFiniteMagnitude].map { .distortion($0) }
      let curves = source.curves.filter { !$0.isCostly }
      let table = try CurveTable(of: source, curves: curves, at: requests)
      #expect(table.rows.count + table.omissions.count == curves.count * requests.count)
      #expect(table.omissions.isEmpty || !table.remarks.isEmpty)
      for row in try cells(certified(table).string(as: CSV.self)) {
        for (name, cell) in row where !["source", "curve", "kind"].contains(name) && !cell.isEmpty {
          #expect(Double(cell)?.isFinite == true, "\(row)")
        }
      }
      _ = try JSONValue.parse(certified(table).text(as: JSONDocument.self))
    }
  }

  @Test("operating points outside the domain are refused")
  func domain() throws {
    let curve = try KnownSource(Circle()).curve(named: .lower)
    for distortion in [0, -1, .nan, .infinity] {
      #expect(throws: DomainError.self) { try CurveRow.row(of: curve, at: .distortion(distortion)) }
    }
    for rate in [-1, .nan, .infinity, 513] {
      #expect(throws: DomainError.self) { try CurveRow.row(of: curve, at: .rate(rate)) }
    }
  }
}

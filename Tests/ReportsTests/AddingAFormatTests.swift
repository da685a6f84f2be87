import Documents
import RateDistortion
import Reports
import Testing

// The recipe of "Adding an output format", done: a format is what stands in the first part of this file, and nothing else.

/// Tab-separated values with a header row.
struct TSV: SheetFormat {
  static let name = "tsv"

  static func piece<Row>(_ rows: [Row], of sheet: Sheet<Row>) -> [UInt8] {
    let lines = rows.map { row in
      sheet.columns.map { $0.cell(row).text(digits: $0.digits, most: nil) }.joined(separator: "\t")
    }
    return Array(lines.map { $0 + "\n" }.joined().utf8)
  }

  func opening<Row>(of sheet: Sheet<Row>) -> [UInt8] {
    Array((sheet.columns.map(\.name).joined(separator: "\t") + "\n").utf8)
  }

  func text<Row>(of piece: [UInt8], in sheet: Sheet<Row>) -> [UInt8] { piece }

  func closing<Row>(of sheet: Sheet<Row>, _ end: SheetEnd) -> [UInt8] { [] }
}

@Suite("an output format is one file")
struct AddingAFormatTests {
  /// The lines of a report as CSV and as TSV.
  private func lines(_ report: some SheetReport) -> (csv: [[Substring]], tsv: [[Substring]]) {
    func cells(_ format: any SheetFormat.Type, _ separator: Character) -> [[Substring]] {
      String(decoding: report.text(as: format), as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        .map { $0.split(separator: separator, omittingEmptySubsequences: false) }
    }
    return (cells(CSV.self, ","), cells(TSV.self, "\t"))
  }

  @Test("tables, gaps and refinement are laid out by it, cell by cell what CSV says")
  func everyReport() throws {
    let source = try KnownSource(Laplace.self)
    let curves = try [CurveName.shannonLowerBound, .uniformThreshold].map { try source.curve(named: $0) }
    var table = try CurveTable(of: source, curves: curves, at: [.rate(0), .rate(1), .distortion(0.1)])
    table.isCertified = true
    let gaps = try GapTable(of: source, gaps: try #require(source.gaps), at: [.rate(1), .rate(2)])
    for (csv, tsv) in [lines(table), lines(gaps)] {
      #expect(csv == tsv)
      #expect(csv.count > 3)
    }
  }

  @Test("rows that come one by one make the same text, and one that nobody wants ends it")
  func streamed() throws {
    let source = KnownSource(Circle())
    let table = try CurveTable(of: source, curves: source.curves, at: [.rate(1), .rate(2)])
    var bytes: [UInt8] = []
    TSV.write(table.sheet, rows: { take in table.rows.forEach { _ = take([$0]) } }) {
      bytes += $0
      return true
    }
    #expect(bytes == table.text(as: TSV.self))
    var pieces = 0
    TSV.write(table.sheet, rows: { take in _ = table.rows.first { !take([$0]) } }) { _ in
      pieces += 1
      return false
    }
    // The header with the first row, and the end.
    #expect(pieces == 2)
  }
}

import Documents
import RateDistortion

/// A reference file of layered codes: what `refine` prints for one noise variance.
public struct RefinementFile: Sendable {
  /// Its name in the directory.
  public let name: String
  /// The rows.
  public let report: RefinementReport
  /// The content, as CSV.
  public let content: [UInt8]

  /// What the manifest says of it, in place of curves.
  static let kind = "successive-refinement"

  init(variance: String, source: KnownSource) throws {
    name = Self.name(variance: variance)
    report = try RefinementReport(of: source)
    content = report.text(as: CSV.self)
  }

  static func name(variance: String) -> String { "\(kind)-noise-\(variance).csv" }

  /// What the manifest says of it.
  var entry: ReferenceManifest.Entry {
    ReferenceManifest.Entry(
      file: name, source: report.source, parameters: report.parameters, curves: [Self.kind], rows: report.rows.count,
      content: content)
  }

  /// How a committed file differs from this one: lines and messages. Words and the number of rows must be the same; numbers
  /// agree to a relative 1e-5 for widths of steps and what follows from them in dB, which a flat minimum leaves free, and 1e-8
  /// for the rest.
  func differences(from other: [UInt8]) -> [(line: Int, message: String)] {
    let lines = { (content: [UInt8]) in
      String(decoding: content, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    }
    let (committed, mine) = (lines(other), lines(content))
    guard committed.count == mine.count, committed.first == mine.first else {
      return [(1, "the header or the number of rows is not the program's")]
    }
    let names = mine[0].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    var found: [(line: Int, message: String)] = []
    for (index, (theirs, ours)) in zip(committed, mine).enumerated().dropFirst() {
      let cells = [theirs, ours].map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
      guard cells[0].count == cells[1].count else {
        found.append((index + 1, "\(cells[0].count) cells where the program has \(cells[1].count)"))
        continue
      }
      for (column, (a, b)) in zip(cells[0], cells[1]).enumerated() where a != b && column < names.count {
        // How narrow an enclosure comes out is no claim.
        guard names[column] != "error_bits" else { continue }
        guard let x = Double(a), let y = Double(b), Self.isSame(x, y, names[column]) else {
          found.append((index + 1, "\(names[column]): committed \(a), recomputed \(b)"))
          continue
        }
      }
    }
    return found
  }

  private static func isSame(_ x: Double, _ y: Double, _ name: String) -> Bool {
    let isLoose = name == "step" || name.hasSuffix("_rate_bits") || name.contains("gap")
    let scale = max(x.magnitude, y.magnitude, 1e-2)
    return (x - y).magnitude <= (isLoose ? 1e-5 : 1e-8) * scale
  }
}

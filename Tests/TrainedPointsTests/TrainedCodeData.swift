import Documents
import Foundation
import RateDistortion
import TestSupport
import TrainedPoints

/// The maps of Data/codes: encoders that were trained, with what their trainer measured and integrated.
struct TrainedCodeData: CustomStringConvertible, Sendable {
  let name: String
  let source: KnownSource
  /// The positions of the trainer's own grid.
  let grid: @Sendable () -> [Double]
  /// The file of reconstructions, where they are too many for the map.
  let codebook: String?

  var description: String { name }

  static let all: [TrainedCodeData] = {
    let phases: @Sendable () -> [Double] = { (0..<20_000).map { Double($0) / 20_000 } }
    func known(_ name: String) -> KnownSource? {
      guard let type = Catalogue.knownSource(named: name) else { return nil }
      return try? KnownSource(type)
    }
    let rows: [(String, String, @Sendable () -> [Double], Bool)] = [
      ("circle_ntc1_2.7bit", "circle", phases, false), ("circle_ntc2", "circle", phases, false),
      ("laplace_ntc1", "laplace", { (0...64_000).map { Double($0 - 32_000) / 2_000 } }, false),
      ("ramp_ntc1_2bit", "ramp", phases, true),
      ("sawbridge_ntc1_a", "sawbridge", { (0..<20_460).map { (Double($0) + 0.5) / 20_460 } }, true),
    ]
    return rows.compactMap { name, source, grid, hasCodebook in
      known(source).map {
        TrainedCodeData(name: name, source: $0, grid: grid, codebook: hasCodebook ? "\(name).reconstructions.csv" : nil)
      }
    }
  }()

  static func bytes(of file: String) throws -> [UInt8] {
    try Array(Data(contentsOf: Repository.url("Tests/TrainedPointsTests/Data/codes/\(file)")))
  }

  /// What the trainer found: `integrated` on the grid, `fine` on one 10 to 200 times as fine, `exact` from the bisected ends;
  /// `monte-carlo` with standard errors.
  func values(_ kind: String) throws -> JSONValue? {
    try JSONValue.parse(Self.bytes(of: "values.json"))[name]?[kind]
  }

  /// The map with thresholds found by bisection.
  func runs() throws -> CodeMap { try map(Self.bytes(of: "\(name).intervals.csv")) }

  /// The same on the trainer's grid: a row at each of its positions, whose cells are those of the interval that holds it.
  func onGrid() throws -> CodeMap {
    let lines = String(decoding: try Self.bytes(of: "\(name).intervals.csv"), as: UTF8.self).split(separator: "\n")
    let place = source.codes?.line.positionNames[0] ?? ""
    let intervals = lines.dropFirst().map { line -> (to: Double, cells: Substring) in
      let cells = line.split(separator: ",", maxSplits: 2)
      return (Double(cells[1]) ?? .nan, cells[2])
    }
    var text = place + "," + (lines[0].split(separator: ",", maxSplits: 2).last ?? "") + "\n"
    var index = 0
    for position in grid() {
      while index < intervals.count - 1, intervals[index].to <= position { index += 1 }
      text += "\(position),\(intervals[index].cells)\n"
    }
    return try map(Array(text.utf8))
  }

  private func map(_ bytes: [UInt8]) throws -> CodeMap {
    guard let line = source.codes?.line else { throw NoLine() }
    return try CodeMap.read(
      bytes: bytes, name: "\(name).csv", on: line, codebook: codebook.map { try Self.bytes(of: $0) })
  }

  struct NoLine: Error {}

  /// What a map comes to.
  func performance(_ map: CodeMap) throws -> CodePerformance {
    guard let reference = source.codes else { throw NoLine() }
    return CodePerformance(of: try map.code(of: reference))
  }
}

extension CodePerformance {
  /// The numbers under the names of the report.
  var named: [String: EnclosedValue] {
    var values = ["entropy": entropy, "distortion-centroids": centroids]
    values["distortion-intervals"] = intervals
    values["cross-entropy"] = crossEntropy
    values["distortion"] = given
    return values
  }
}

/// A map given as text.
func codeMap(_ text: String, of source: String = "circle", codebook: String? = nil) throws -> CodeMap {
  let known = try KnownSource(Catalogue.source(named: source))
  guard let line = known.codes?.line else { throw TrainedCodeData.NoLine() }
  return try CodeMap.read(
    bytes: Array(text.utf8), name: "map.csv", on: line, codebook: codebook.map { Array($0.utf8) })
}

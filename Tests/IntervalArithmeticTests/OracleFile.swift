import Foundation
import IntervalArithmetic

/// The committed high-precision values of `Tests/Oracles/interval_functions.py`.
struct OracleFile {
  /// One value, between two neighbouring doubles (the same one twice if it is exact).
  struct Entry {
    let argument: Double
    let lower: Double
    let upper: Double
  }

  enum Problem: Error {
    case malformedLine(Int, String)
  }

  let entries: [String: [Entry]]

  init() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../Oracles/interval_functions.txt").standardizedFileURL
    let text = try String(contentsOf: file, encoding: .utf8)
    var entries: [String: [Entry]] = [:]
    var name = ""
    for (index, line) in text.split(separator: "\n").enumerated() {
      let fields = line.split(separator: " ")
      if fields.count == 1 {
        name = String(fields[0])
        continue
      }
      guard fields.count == 3, let argument = Double(fields[0]), let lower = Double(fields[1]) else {
        throw Problem.malformedLine(index + 1, String(line))
      }
      let upper = fields[2] == "0" ? lower : lower.nextUp
      entries[name, default: []].append(Entry(argument: argument, lower: lower, upper: upper))
    }
    self.entries = entries
  }
}

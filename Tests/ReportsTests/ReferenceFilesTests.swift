import Documents
import Foundation
import RateDistortion
import Reports
import Testing

@Suite("reference files")
struct ReferenceFilesTests {
  private static let sources: [any InformationSource.Type] = [Sawbridge.self, Sphere.self]

  /// A directory of its own for a test, removed afterwards.
  private func inDirectory(_ body: (String) throws -> Void) throws {
    let directory = NSTemporaryDirectory() + "rdbounds-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: directory) }
    try body(directory)
  }

  /// Writes the files, edits one, optionally keeping the manifest's hash right, and checks.
  private func check(
    editing file: String, rehash: Bool = true, _ edit: (inout [String]) throws -> Void
  ) throws -> ReferenceCheck {
    var result: ReferenceCheck?
    try inDirectory { directory in
      try ReferenceFiles(of: Self.sources).write(to: directory)
      let path = directory + "/" + file
      var content = try String(contentsOfFile: path, encoding: .utf8)
      let hash = SHA256.hexadecimal(of: Array(content.utf8))
      var lines = content.components(separatedBy: "\n")
      try edit(&lines)
      content = lines.joined(separator: "\n")
      try content.write(toFile: path, atomically: true, encoding: .utf8)
      if rehash, file != ReferenceFiles.manifestName {
        let manifest = directory + "/" + ReferenceFiles.manifestName
        let text = try String(contentsOfFile: manifest, encoding: .utf8)
        try text.replacingOccurrences(of: hash, with: SHA256.hexadecimal(of: Array(content.utf8)))
          .write(toFile: manifest, atomically: true, encoding: .utf8)
      }
      result = try ReferenceCheck(directory: directory, sources: Self.sources)
    }
    return try #require(result)
  }

  private func replacing(_ cell: Int, _ line: inout String, _ change: (Double) -> Double) throws {
    var cells = line.components(separatedBy: ",")
    let value = try #require(Double(cells[cell]))
    cells[cell] = try #require(SignificantDigits(change(value))?.text)
    line = cells.joined(separator: ",")
  }

  @Test("what is written passes its own check, and its manifest tells what it is")
  func roundTrip() throws {
    try inDirectory { directory in
      let reference = try ReferenceFiles(of: Self.sources)
      try reference.write(to: directory)
      let check = try ReferenceCheck(directory: directory, sources: Self.sources)
      #expect(check.drifts.isEmpty)
      #expect(check.checkedFiles == 2)
      #expect(check.checkedRows == reference.files.map(\.table.rows.count).reduce(0, +))
      let text = try String(contentsOfFile: directory + "/manifest.json", encoding: .utf8)
      #expect(try ReferenceManifest(Array(text.utf8), path: "manifest.json") == reference.manifest)
      #expect(try ReferenceFiles(of: Self.sources).files.map(\.content) == reference.files.map(\.content))
    }
  }

  @Test("a file has the grid and the corners of its source, descending, for every curve")
  func content() throws {
    let file = try #require(try ReferenceFiles(of: [Sawbridge.self]).files.first)
    let corners = Sawbridge().corners(upToRate: 8).count
    let curves = KnownSource(Sawbridge()).curves.filter { !$0.isCostly }
    #expect(file.table.rows.count == curves.count * (200 + corners - 1), "the largest distortion is in both lists")
    let first = file.table.rows.prefix(200 + corners - 1)
    #expect(Set(first.map(\.curve)) == [.lower] && Set(first.map(\.bound.kind)) == [.lower])
    #expect(zip(first, first.dropFirst()).allSatisfy { $0.bound.distortion > $1.bound.distortion })
  }

  @Test("a rate that moved is a drift, with its line, both rates and their difference")
  func movedRate() throws {
    let check = try check(editing: "sawbridge.csv") { lines in try replacing(5, &lines[100]) { $0 + 1e-9 } }
    #expect(check.drifts.count == 1)
    #expect(check.drifts.first?.line == 101)
    let message = try #require(check.drifts.first?.message)
    #expect(message.contains("lower at distortion") && message.contains("difference 1e-09"))
  }

  @Test("the last digit may differ between machines")
  func lastDigit() throws {
    let check = try check(editing: "sawbridge.csv") { lines in try replacing(5, &lines[100]) { $0 * (1 + 1e-12) } }
    #expect(check.drifts.isEmpty)
  }

  @Test("a slope that moved is a drift")
  func movedSlope() throws {
    let check = try check(editing: "sphere.csv") { lines in try replacing(6, &lines[50]) { $0 * 1.001 } }
    #expect(check.drifts.count == 1)
  }

  @Test("a row that is missing or extra is a drift")
  func rows() throws {
    var rows = 0
    let missing = try check(editing: "sphere.csv") { lines in
      rows = lines.count { !$0.isEmpty } - 1
      lines.remove(at: 20)
    }
    #expect(missing.drifts.contains { $0.message.contains("no row at distortion") })
    #expect(missing.drifts.contains { $0.message.contains("\(rows - 1) rows where the manifest has \(rows)") })
    let extra = try check(editing: "sphere.csv") { lines in try replacing(3, &lines[20]) { $0 * 1.0001 } }
    #expect(extra.drifts.contains { $0.message.contains("extra row") && $0.line == 21 })
    let cut = try check(editing: "sphere.csv") { lines in lines.remove(at: lines.count - 2) }
    #expect(cut.drifts.contains { $0.line == nil && $0.message.contains("no row at distortion") })
    let strange = try check(editing: "sphere.csv") { lines in
      lines[3] = lines[3].replacingOccurrences(of: ",shannon,", with: ",shanon,")
    }
    #expect(strange.drifts.contains { $0.message.contains("no curve shanon") })
  }

  @Test("a file that is not the manifest's is a drift even if every number stands")
  func hash() throws {
    let check = try check(editing: "sphere.csv", rehash: false) { lines in
      lines[1] = lines[1].replacingOccurrences(of: "sphere,shannon,exact,1,0,", with: "sphere,shannon,exact,1.0,0,")
    }
    #expect(check.drifts.map(\.message).contains { $0.contains("SHA-256") })
    #expect(check.drifts.count == 1)
  }

  @Test("a source without a file, and a file without a source, are drifts")
  func files() throws {
    try inDirectory { directory in
      try ReferenceFiles(of: Self.sources).write(to: directory)
      let more = try ReferenceCheck(directory: directory, sources: Self.sources + [Circle.self])
      #expect(more.drifts.map(\.message) == ["circle.csv is missing: the program has the source circle"])
      let fewer = try ReferenceCheck(directory: directory, sources: [Sphere.self])
      #expect(fewer.drifts.count == 1)
    }
  }

  static let damage: [(line: Int, from: String, to: String, column: Int)] = [
    (0, "source,", "origin,", 1), (5, "sphere", "sphere,x", 1), (7, "exact,", "exact,x", 22),
    (7, "exact,", "exact,-", 22), (9, "exact,", "exact,nan", 22), (9, ",exact", "", 1),
  ]

  @Test("a malformed file is refused with its line and column", arguments: damage)
  func malformed(line: Int, from: String, to: String, column: Int) throws {
    let error = #expect(throws: MalformedFile.self) {
      try check(editing: "sphere.csv") { lines in
        lines[line] = lines[line].replacingOccurrences(of: from, with: to)
      }
    }
    #expect(error?.line == line + 1)
    #expect(error?.column == column)
  }

  @Test("a malformed manifest, and one of another schema, are refused")
  func manifest() {
    for text in [
      "", "{", "[]", "{\"schema\": 2, \"files\": []}", "{\"schema\": 1}", "{\"schema\": 1, \"files\": [{}]}",
    ] {
      #expect(throws: MalformedFile.self) { try ReferenceManifest(Array(text.utf8), path: "manifest.json") }
    }
    #expect(throws: FileError.self) { try ReferenceCheck(directory: "/nonexistent") }
  }
}

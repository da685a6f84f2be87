import Foundation
import Reports
import TestSupport
import Testing

/// `--pmf`: finite sources from files, as a user gives them.
@Suite("finite sources on the command line")
struct FiniteSourceCommandTests {
  /// Runs the program with a file of a name in place of "FILE".
  static func run(_ line: String, file content: String, named name: String = "source.csv") throws -> Program.Outcome {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent(name).path
    try Data(content.utf8).write(to: URL(fileURLWithPath: path))
    return try Program.run(line.split(separator: " ").map { $0 == "FILE" ? path : String($0) })
  }

  /// The rates of R(D) in a table.
  static func rates(_ outcome: Program.Outcome, kind: String) -> [Double] {
    var rates: [Double] = []
    for line in outcome.output.split(separator: "\n").dropFirst() {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      guard cells[1] == "shannon", cells[2] == kind, let rate = Double(cells[5]) else { continue }
      rates.append(rate)
    }
    return rates
  }

  static func entropy(_ p: Double...) -> Double { p.reduce(0) { $0 - $1 * log2($1) } }

  @Test("a pmf alone has Hamming distortion: R = h(p) - h(D) of a binary source, between the two printed rates")
  func hamming() throws {
    let outcome = try Self.run("table --pmf FILE --distortions 0.01,0.1,0.29", file: "p\n0.3\n0.7\n")
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    let lower = Self.rates(outcome, kind: "lower")
    let upper = Self.rates(outcome, kind: "upper")
    #expect(lower.count == 3 && upper.count == 3)
    for (d, (low, high)) in zip([0.01, 0.1, 0.29], zip(lower, upper)) {
      let truth = Self.entropy(0.3, 0.7) - Self.entropy(d, 1 - d)
      #expect(low <= truth + 1e-12 && truth <= high + 1e-12 && high - low < 2e-9)
    }
  }

  @Test("a matrix with forbidden letters, as CSV with labels, as CSV without a header and as JSON: R = 1 - D")
  func erasure() throws {
    let files = [
      ("a.csv", "letter;probability;zero;one;erased\nx;0.5;0;inf;1\ny;0.5;inf;0;1\n"),
      ("b.csv", "0.5,0,inf,1\r\n0.5,inf,0,1\r\n"),
      ("c.json", "{\"probabilities\": [0.5, 0.5], \"distortions\": [[0, \"inf\", 1], [\"inf\", 0, 1]]}"),
    ]
    for (name, content) in files {
      let outcome = try Self.run("table --pmf FILE --curves shannon --rates 0.25:0.75:0.25", file: content, named: name)
      #expect(outcome.status == 0, "\(outcome.errors)")
      let distances = outcome.output.split(separator: "\n").dropFirst().map { row -> Double in
        let cells = row.split(separator: ",", omittingEmptySubsequences: false)
        return abs((Double(cells[3]) ?? 9) + (Double(cells[5]) ?? 9) - 1)
      }
      #expect(distances.count == 6 && distances.allSatisfy { $0 < 1e-8 }, "\(outcome.output)")
    }
  }

  @Test("at prints both sides with their laws, and check proves them from the file, not without it, not from another")
  func certificates() throws {
    let matrix = "probability,a,b,c\n0.5,0,1,4\n0.25,1,0,1\n0.25,4,1,0\n"
    let text = try Self.run("at --pmf FILE --distortion 0.2", file: matrix)
    #expect(text.output.contains("R >= ") && text.output.contains("R <= ") && text.output.contains("letters 3"))
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let claims = folder.appendingPathComponent("claims.json").path
    let json = try Self.run("table --pmf FILE --rates 0:1.4:0.2 --format json", file: matrix).output
    try Data(json.utf8).write(to: URL(fileURLWithPath: claims))
    let good = try Self.run("check \(claims) --pmf FILE", file: matrix)
    #expect(good.status == 0 && !good.output.contains("NOT PROVED"), "\(good.output)\(good.errors)")
    let without = try Program.run("check \(claims)")
    #expect(without.status == 65 && without.errors.contains("--pmf FILE"))
    let smaller = try Self.run("check \(claims) --pmf FILE", file: "p\n0.5\n0.5\n")
    #expect(smaller.status == 65 && smaller.errors.contains("another source"))
    let other = try Self.run("check \(claims) --pmf FILE", file: matrix.replacing("0.25,4,1,0", with: "0.25,9,2,0"))
    #expect(other.status == 1 && other.output.contains("NOT PROVED"))
  }

  @Test("below the least distortion there is no row, and a remark; from the largest on the rate is 0")
  func ends() throws {
    let file = "p,a,b\n0.5,1,3\n0.5,3,1\n"
    let outcome = try Self.run("table --pmf FILE --distortions 0.5,1.5,2,3", file: file)
    #expect(outcome.status == 0 && outcome.errors.contains("no row at distortion 0.5"))
    let lower = Self.rates(outcome, kind: "lower")
    #expect(lower.count == 3 && abs(lower[0] - (1 - Self.entropy(0.25, 0.75))) < 2e-9 && lower[1] == 0 && lower[2] == 0)
    let free = try Self.run("table --pmf FILE --distortions 0.5 --curves shannon", file: "p,a\n1,0\n0,7\n")
    #expect(Self.rates(free, kind: "upper") == [0])
  }

  @Test("values have squared error: of two it is Hamming's at a quarter of the distortion; others by name")
  func values() throws {
    let file = "value,probability\n-1,0.3\n1,0.7\n"
    let truth = { (error: Double) in Self.entropy(0.3, 0.7) - Self.entropy(error, 1 - error) }
    for (options, unit) in [("", 4.0), (" --measure absolute", 2), (" --measure hamming", 1)] {
      let outcome = try Self.run("table --pmf FILE --distortions \(0.1 * unit)" + options, file: file)
      let (low, high) = (Self.rates(outcome, kind: "lower"), Self.rates(outcome, kind: "upper"))
      #expect(low.count == 1 && high.count == 1, "\(outcome.errors)")
      #expect(low[0] <= truth(0.1) + 1e-12 && truth(0.1) <= high[0] + 1e-12 && high[0] - low[0] < 2e-9)
    }
    // With reproductions in between the mean is one: Dmax is the variance, 0.84.
    let points = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString + ".csv")
    defer { try? FileManager.default.removeItem(at: points) }
    try Data("-1\n0.4\n1\n".utf8).write(to: points)
    let free = try Self.run("table --pmf FILE --reproductions \(points.path) --distortions 0.841,0.83", file: file)
    #expect(Self.rates(free, kind: "upper")[0] == 0 && Self.rates(free, kind: "lower")[1] > 0, "\(free)")
    for (line, says) in [
      ("table --pmf FILE --measure squared --points 2", "the file has no values"),
      ("table --pmf FILE --reproductions \(points.path) --points 2", "the file has no values"),
    ] {
      let outcome = try Self.run(line, file: "p\n0.5\n0.5\n")
      #expect(outcome.status == 65 && outcome.errors.contains(says), "\(outcome.errors)")
    }
    let own = try Self.run("table --pmf FILE --measure hamming --points 2", file: "p,a\n1,0\n")
    #expect(own.status == 65 && own.errors.contains("distortions of its own"))
    #expect(try Program.run("table ramp --measure squared").status == 64)
  }

  @Test("points, gaps, deltas and figures of a finite source")
  func everywhere() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let points = folder.appendingPathComponent("points.csv").path
    // R(0.1) = 1 - h(0.1) = 0.531, R(0.05) = 0.714, R(0.2) = 0.278.
    try Data("rate,distortion\n0.6,0.1\n0.3,0.05\n0.9,0.02\n0.4,0.2\n".utf8).write(to: URL(fileURLWithPath: points))
    let coin = "p\n0.5\n0.5\n"
    let verdicts = try Self.run("verify \(points) --pmf FILE", file: coin)
    let lines = verdicts.output.split(separator: "\n").map(String.init)
    #expect(verdicts.status == 1 && lines.count == 5, "\(verdicts.errors)")
    #expect(lines.count { $0.contains("impossible") } == 1 && lines[2].contains("impossible"), "\(verdicts.output)")
    // Half of the time silence: 0.75 bits at D = 0.125, where R is 0.456; Huffman's code is the letters themselves.
    let gaps = try Self.run("gaps --pmf FILE --distortions 0.125", file: coin)
    let rows = gaps.output.split(separator: "\n").dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    let truth = 0.75 - (1 - Self.entropy(0.125, 0.875))
    #expect(rows.map { String($0[1]) } == ["ecvq", "letter-entropy", "letter-huffman"], "\(gaps.errors)")
    #expect(rows.allSatisfy { abs((Double($0[7]) ?? 9) - truth) < 1e-8 }, "\(gaps.output)")
    let delta = try Self.run("delta \(points) --pmf FILE", file: coin)
    #expect(delta.status == 0 && delta.output.contains("finite"), "\(delta.errors)")
    let script = try Self.run("plot --pmf FILE --points \(points) --script", file: coin)
    #expect(script.status == 0, "\(script.errors)")
    #expect(script.output.contains("R(D)") && script.output.contains("points"))
    #expect(try Self.run("verify \(points) --source ramp --pmf FILE", file: coin).status == 64)
    #expect(try Self.run("gaps ramp --pmf FILE", file: coin).status == 64)
  }

  @Test("lossless: entropy, Huffman's code and a model's cost, by hand")
  func lossless() throws {
    let model = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString + ".csv")
    defer { try? FileManager.default.removeItem(at: model) }
    try Data("p\n0.25\n0.25\n0.5\n".utf8).write(to: model)
    let outcome = try Self.run("lossless --pmf FILE --model \(model.path)", file: "p\n0.5\n0.25\n0.25\n")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let values = outcome.output.split(separator: "\n").dropFirst().map {
      $0.split(separator: ",")[0...1].joined(separator: " ")
    }
    #expect(
      values == [
        "entropy 1.5", "huffman 1.5", "huffman-redundancy 0", "cross-entropy 1.75", "divergence 0.25",
        "huffman-of-model 1.75",
      ], "\(outcome.output)")
    try Data("p\n1\n0\n0\n".utf8).write(to: model)
    let ruled = try Self.run("lossless --pmf FILE --model \(model.path)", file: "p\n0.5\n0.25\n0.25\n")
    #expect(ruled.output.contains("cross-entropy,,") && ruled.output.contains("the model rules out"))
    try Data("p\n1\n".utf8).write(to: model)
    let other = try Self.run("lossless --pmf FILE --model \(model.path)", file: "p\n0.5\n0.25\n0.25\n")
    #expect(other.status == 65 && other.errors.contains("the model has 1 letters, the source 3"), "\(other.errors)")
    #expect(try Program.run("lossless").status == 64)
  }

  @Test("threads do not change a byte")
  func determinism() throws {
    var rows = "p\n"
    for i in 0..<140 { rows += "\(Double(i + 1) / 9870)\n" }
    let first = try Self.run("table --pmf FILE --points 4", file: rows)
    let second = try Self.run("table --pmf FILE --points 4", file: rows)
    #expect(first.status == 0 && first.output == second.output)
  }

  static let badFiles: [(name: String, content: String, says: String)] = [
    ("a.csv", "p\n0.5\n0.4\n", "sum to 0.9, 0.1 too little"),
    ("a.csv", "p\n0.5\n0.6\n", "too much"),
    ("a.csv", "p\n1.5\n-0.5\n", "a.csv:3: column 1 (p): -0.5 is out of range"),
    ("a.csv", "p\n0.5\nnan\n", "a.csv:3: column 1 (p): \"nan\" is not a finite number"),
    ("a.csv", "p,a,b\n0.5,0,1\n0.5,1\n", "a.csv:3: the row has 2 cells, the header 3"),
    ("a.csv", "p,a,b\n0.5,0,1\n0.5,-1,0\n", "a.csv:3: column 2 (a): -1 is out of range"),
    ("a.csv", "p,a,b\n0.5,0,\n0.5,1,0\n", "a.csv:2: column 3 (b): the cell is empty"),
    ("a.csv", "p,a\n0.5,inf\n0.5,0\n", "letter 1 has no reproduction"),
    ("a.csv", "p\ninf\n", "finite number"),
    ("a.csv", "", "the file is empty"),
    ("a.csv", "p\n", "no row"),
    ("a.csv", "mass,a\n1,0\n", "no column for the probabilities"),
    ("a.json", "{\"probabilities\": [0.5, 0.4]}", "too little"),
    ("a.json", "{\"probabilities\": [0.5, -0.5]}", "probability 2 is -0.5"),
    ("a.json", "{\"probabilities\": [0.5, 0.5], \"distortions\": [[0, 1], [1]]}", "row 2"),
    ("a.json", "{\"probabilities\": [0.5, 0.5], \"distortions\": [[0, 1]]}", "1 rows for 2 letters"),
    ("a.json", "{\"probabilities\": [0.5, 0.5], \"distortions\": [[0, null], [1, 0]]}", "row 1, column 2"),
    ("a.json", "{\"probabilities\": [0.5, 0.5]", "line 1"),
    ("a.json", "[]", "no object"),
    ("a.json", "{\"probabilities\": [1], \"values\": [\"a\"]}", "value 1 is no number"),
    ("a.csv", "value,p\n1e200,1\n", "value 1 is 1e+200"),
    ("a.csv", "value,p\nx,1\n", "a.csv:2: column 1 (value): \"x\" is not a finite number"),
    ("a.npy", "\u{93}NUMPY", "a.npy"),
    ("a.json", "{}", "\"probabilities\" is missing"),
  ]

  @Test("what is wrong with a file is said with its place, and the status is 65", arguments: badFiles.indices)
  func badFile(index: Int) throws {
    let (name, content, says) = Self.badFiles[index]
    let outcome = try Self.run("table --pmf FILE --points 2", file: content, named: name)
    #expect(outcome.status == 65 && outcome.output.isEmpty)
    #expect(outcome.errors.contains(says), "\(outcome.errors)")
  }

  @Test("100,000 letters or reproductions are refused at the first line that is too much")
  func size() throws {
    let header = "p," + (0..<100_000).map { "c\($0)" }.joined(separator: ",") + "\n"
    let wide = try Self.run("table --pmf FILE", file: header)
    #expect(wide.status == 65 && wide.errors.contains("from 1 to 4096"))
    let long = try Self.run("table --pmf FILE", file: "p\n" + String(repeating: "0.00001\n", count: 100_000))
    #expect(long.status == 65 && long.errors.contains("source.csv:4098: ") && long.errors.contains("from 1 to 4096"))
  }

  @Test("usage: a source and a file, neither, parameters, a file that is not there")
  func usage() throws {
    let both = try Self.run("table ramp --pmf FILE", file: "p\n1\n")
    #expect(both.status == 64 && both.errors.contains("one operand too many"))
    #expect(try Program.run("at --distortion 1").errors.contains("SOURCE is missing"))
    #expect(try Self.run("table --pmf FILE --variance 2", file: "p\n1\n").status == 64)
    #expect(try Program.run("table --pmf no-such-file.csv").status == 65)
    #expect(try Program.run("table --pmf no-such-file.json").status == 65)
    #expect(try Self.run("table --pmf FILE --curves lower", file: "p\n1\n").status == 64)
  }
}

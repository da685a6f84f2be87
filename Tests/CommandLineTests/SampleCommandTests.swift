import Foundation
import TestSupport
import Testing

/// `--data`: samples from files, as a user gives them.
@Suite("samples on the command line")
struct SampleCommandTests {
  static func run(_ line: String, file content: String, named name: String = "data.csv") throws -> Program.Outcome {
    try GaussianVectorCommandTests.run(line, file: Array(content.utf8), named: name)
  }

  /// Samples on a grid that no two of are the same.
  static let rows = (0..<240).map { index -> [Double] in
    let (a, b) = (Double(index) * 0.618_033_988_749_895, Double(index) * 0.754_877_666_246_693)
    return [a - a.rounded(.down), b - b.rounded(.down)]
  }
  static let text = rows.map { "\($0[0]),\($0[1])" }.joined(separator: "\n") + "\n"

  @Test("with a header or without, as CSV, as tab-separated text and as .npy samples are one source")
  func files() throws {
    let line = "table --data FILE --curves all --distortions 0.05,0.1"
    let header = "{'descr': '<f8', 'fortran_order': False, 'shape': (240, 2), }"
    let array = GaussianVectorCommandTests.array(header, GaussianVectorCommandTests.doubles(Self.rows.flatMap { $0 }))
    let outcomes = [
      try Self.run(line, file: Self.text),
      try Self.run(line, file: "x,y\n" + Self.text),
      try Self.run(line, file: Self.text.replacingOccurrences(of: ",", with: "\t"), named: "data.tsv"),
      try GaussianVectorCommandTests.run(line, file: array, named: "data.npy"),
    ]
    for outcome in outcomes {
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.output == outcomes[0].output)
      #expect(outcome.errors.contains("the estimates end before a rate"))
    }
    for name in ["shannon", "shannon-free", "shannon-estimate", "shannon-estimate-lower", "shannon-estimate-upper"] {
      #expect(!GaussianVectorCommandTests.rates(outcomes[0], name).isEmpty, "\(name): \(outcomes[0].output)")
    }
    // A list is of one coordinate, in a column, in a row, and as an array of one dimension.
    let list = "{'descr': '<f4', 'fortran_order': False, 'shape': (4,), }"
    let singles = [1, 2, 4, 8].flatMap { (value: Float) in
      (0..<4).map { UInt8(value.bitPattern >> (8 * UInt32($0)) & 255) }
    }
    let lists = [
      try Self.run("table --data FILE --distortions 1", file: "1\n2\n4\n8\n"),
      try Self.run("table --data FILE --distortions 1", file: "1,2,4,8\n"),
      try GaussianVectorCommandTests.run(
        "table --data FILE --distortions 1", file: GaussianVectorCommandTests.array(list, singles), named: "a.npy"),
    ]
    for outcome in lists { #expect(outcome.status == 0 && outcome.output == lists[0].output, "\(outcome.errors)") }
  }

  @Test(
    "check proves claims of the empirical law and reproduces estimates from the file, not without it, nor from another")
  func claims() throws {
    let claims = try Self.run(
      "table --data FILE --curves all --distortions 0.06,0.1 --format json", file: Self.text)
    #expect(claims.status == 0, "\(claims.errors)")
    let other = Self.rows.map { "\($0[0]),\($0[1] * 0.7)" }.joined(separator: "\n")
    try Program.inTemporaryFolder { folder in
      let path = folder.appendingPathComponent("claims.json").path
      try Data(claims.output.utf8).write(to: URL(fileURLWithPath: path))
      let good = try Self.run("check \(path) --data FILE", file: Self.text)
      #expect(good.status == 0 && good.output.contains("proved"), "\(good.output) \(good.errors)")
      #expect(!good.output.contains("NOT"), "\(good.output)")
      let without = try Program.run("check \(path)")
      #expect(without.status == 65 && without.errors.contains("--data FILE"), "\(without.errors)")
      let pmf = try Self.run("check \(path) --pmf FILE", file: "p\n0.5\n0.5\n")
      #expect(pmf.status == 65 && pmf.errors.contains("--data FILE"), "\(pmf.errors)")
      let fewer = try Self.run("check \(path) --data FILE", file: "1,2\n3,5\n4,4\n")
      #expect(fewer.status == 65 && fewer.errors.contains("another source"), "\(fewer.errors)")
      let wrong = try Self.run("check \(path) --data FILE", file: other)
      #expect(wrong.status == 1 && wrong.output.contains("NOT"), "\(wrong.output)")
      let raised = claims.output.replacingOccurrences(of: "\"side\": -1", with: "\"side\": 0.5")
      #expect(raised != claims.output)
      try Data(raised.utf8).write(to: URL(fileURLWithPath: path))
      #expect(try Self.run("check \(path) --data FILE", file: Self.text).status == 1)
    }
  }

  @Test("every command takes it")
  func commands() throws {
    let points = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString + ".csv")
    let judged = points.appendingPathExtension("csv")
    defer { for url in [points, judged] { try? FileManager.default.removeItem(at: url) } }
    try Data("rate,distortion\n1.2,0.11\n1.6,0.08\n2.2,0.06\n2.6,0.045\n".utf8).write(to: points)
    try Data("rate,distortion\n2,0.1\n0.1,0.001\n".utf8).write(to: judged)
    for (line, status) in [
      ("at --data FILE --distortion 0.06", 0), ("at --data FILE --rate 1", 0),
      ("table --data FILE --lambdas 4,8 --curves shannon-estimate", 0),
      ("verify \(judged.path) --data FILE", 1), ("delta \(points.path) --data FILE", 0),
      ("plot --data FILE --curves shannon-estimate --script", 0),
    ] {
      let outcome = try Self.run(line, file: Self.text)
      #expect(outcome.status == Int32(status), "\(line): \(outcome.status) \(outcome.errors)")
      #expect(!outcome.output.isEmpty, "\(line)")
    }
    let verdicts = try Self.run("verify \(judged.path) --data FILE --format csv", file: Self.text).output
    #expect(verdicts.contains("impossible") && verdicts.contains("undecided"), "\(verdicts)")
  }

  @Test("a rate beyond what samples can say has no row, and why is said")
  func rates() throws {
    let estimate = try Self.run("at --data FILE --rate 7 --curves shannon-estimate", file: Self.text)
    #expect(!estimate.output.contains("certificate") && estimate.errors.contains("shannon-estimate"), "\(estimate)")
    #expect(estimate.errors.contains("log2(120/16)"), "\(estimate.errors)")
    // All that can be sent of the samples themselves is which one it is.
    let whole = try Self.run("at --data FILE --rate 8 --curves shannon", file: Self.text)
    #expect(whole.status == 0 && whole.output.contains("D = 0"), "\(whole)")
  }

  @Test("what is wrong with a file is said with its place, and nothing is printed")
  func faults() throws {
    let npy = { (descr: String, shape: String, data: [UInt8]) in
      GaussianVectorCommandTests.array("{'descr': \(descr), 'fortran_order': False, 'shape': \(shape), }", data)
    }
    let eight = [UInt8](repeating: 0, count: 64)
    let files: [(bytes: [UInt8], name: String, says: String)] = [
      (Array("1,2\n3,nan\n5,6\n".utf8), "a.csv", ":2: column 2"),
      (Array("1,2\n3,x\n5,6\n".utf8), "a.csv", ":2: column 2"),
      (Array("1,2\n3\n5,6\n".utf8), "a.csv", "row 2"),
      (Array("1,2\n3,4\n".utf8), "a.csv", "more samples than dimensions"),
      (Array("2\n2\n2\n".utf8), "a.csv", "variance is 0"),
      (Array("1,2,3,4,5,6,7,8,9\n1,2,3,4,5,6,7,8,0\n".utf8), "a.csv", "from 1 to 8 coordinates"),
      (Array("1e200\n2\n".utf8), "a.csv", "row 1, column 1"),
      (Array("".utf8), "a.csv", "there are no numbers"),
      (npy("'>f8'", "(4, 2)", eight), "a.npy", "big-endian"),
      (npy("'|O'", "(4, 2)", eight), "a.npy", "never unpickled"),
      (npy("'<c16'", "(2, 2)", eight), "a.npy", "floating-point numbers"),
      (npy("'<f8'", "(2, 2, 2)", eight), "a.npy", "shape"),
      (npy("'<f8'", "(3, 1)", GaussianVectorCommandTests.doubles([1, .nan, 2])), "a.npy", "row 2, column 1"),
      (
        Array(((0..<200).map { "\($0 % 7)" } + ["1e6"]).joined(separator: "\n").utf8), "a.csv",
        "row 201 alone holds 99 %"
      ),
    ]
    for (bytes, name, says) in files {
      let outcome = try GaussianVectorCommandTests.run("table --data FILE", file: bytes, named: name)
      #expect(outcome.status == 65 && outcome.output.isEmpty, "\(says): \(outcome.status) \(outcome.errors)")
      #expect(outcome.errors.contains(says) && outcome.errors.contains(name), "\(outcome.errors)")
    }
    #expect(try Program.run("table --data missing.csv").status == 65)
    for (line, says) in [
      ("table ramp --data FILE", "one operand too many"), ("table --data FILE --samples 5", "no parameter of samples"),
      ("table --data FILE --pmf FILE", "exclude each other"),
      ("table --data FILE --measure squared", "--pmf is missing"),
      ("gaps --data FILE", "no schemes to compare"),
    ] {
      let outcome = try Self.run(line, file: "0.25\n0.75\n")
      #expect(outcome.status == 64 && outcome.errors.contains(says), "\(line): \(outcome.status) \(outcome.errors)")
    }
  }

  @Test("samples come from the standard input, once")
  func standardInput() throws {
    let piped = try Program.shell("printf '1\\n2\\n4\\n' | \"$RDBOUNDS\" table --data - --distortions 0.5")
    #expect(piped.status == 0 && piped.output.contains("samples,shannon,lower,0.5"), "\(piped.errors)")
    let twice = try Program.shell("printf '1\\n2\\n4\\n' | \"$RDBOUNDS\" table --data - --rates -")
    #expect(twice.status == 64, "\(twice.errors)")
  }
}

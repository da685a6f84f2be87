import Foundation
import TestSupport
import Testing

/// `gaussian-vector` as a user gives it: numbers on the line, files, and what is wrong with them.
@Suite("Gaussian vectors on the command line")
struct GaussianVectorCommandTests {
  /// Runs the program with a file of a name in place of "FILE".
  static func run(_ line: String, file bytes: [UInt8], named name: String) throws -> Program.Outcome {
    try Program.inTemporaryFolder { folder in
      let path = folder.appendingPathComponent(name)
      try Data(bytes).write(to: path)
      return try Program.run(line.split(separator: " ").map { $0 == "FILE" ? path.path : String($0) })
    }
  }

  /// The rates of a curve in a table.
  static func rates(_ outcome: Program.Outcome, _ curve: String) -> [Double] {
    var rates: [Double] = []
    for line in outcome.output.split(separator: "\n") {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      if cells.count > 5, cells[1] == curve, let rate = Double(cells[5]) { rates.append(rate) }
    }
    return rates
  }

  /// A .npy file of version 1.0.
  static func array(_ header: String, _ data: [UInt8]) -> [UInt8] {
    let padding = String(repeating: " ", count: 63 - (header.utf8.count + 10) % 64)
    let text = Array((header + padding + "\n").utf8)
    return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(text.count & 255), UInt8(text.count >> 8)] + text + data
  }

  static func doubles(_ values: [Double]) -> [UInt8] {
    values.flatMap { value in (0..<8).map { UInt8(value.bitPattern >> (8 * $0) & 255) } }
  }

  static let square = "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 2), }"

  @Test("a covariance on the line, as CSV with and without a header and as .npy is one source")
  func files() throws {
    let line = "table gaussian-vector --curves shannon --distortions 0.5,1.25 --covariance"
    let expected = [0.5 * log2(1.5 / 0.25) + 0.5 * log2(0.5 / 0.25), 0.5]
    let outcomes = [
      try Program.run(line + " 1,0.5;0.5,1"),
      try Self.run(line + " FILE", file: Array("1,0.5\n0.5,1\n".utf8), named: "a.csv"),
      try Self.run(line + " FILE", file: Array("x\ty\n1\t0.5\n0.5\t1\n".utf8), named: "b.tsv"),
      try Self.run(line + " FILE", file: Self.array(Self.square, Self.doubles([1, 0.5, 0.5, 1])), named: "c.npy"),
    ]
    for outcome in outcomes {
      #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
      let rates = Self.rates(outcome, "shannon")
      #expect(rates.count == 2)
      for (rate, truth) in zip(rates, expected) { #expect(abs(rate - truth) < 1e-11) }
    }
  }

  @Test("claims carry the covariance and its eigenvalues, and check proves them without the file; forged ones fail")
  func claims() throws {
    let made = try Program.run(
      "at gaussian-vector --covariance 2,1;1,2 --distortion 0.3 --curves shannon,klt-ecsq,klt-uniform-threshold "
        + "--format json")
    #expect(made.status == 0, "\(made.errors)")
    #expect(made.output.contains("\"covariance\": \"2,1;1,2\"") || made.output.contains("\"covariance\":\"2,1;1,2\""))
    let good = try Self.run("check FILE", file: Array(made.output.utf8), named: "claims.json")
    #expect(good.status == 0, "\(good.output) \(good.errors)")
    // Another covariance has other eigenvalues; the same eigenvalues of another kind of bound are no proof of it.
    for (found, put) in [("2,1;1,2", "2,0.5;0.5,2"), ("\"kind\": \"exact\"", "\"kind\": \"lower\"")] {
      let other = made.output.replacingOccurrences(of: found, with: put)
        .replacingOccurrences(of: found.replacingOccurrences(of: ": ", with: ":"), with: put)
      #expect(other != made.output)
      let forged = try Self.run("check FILE", file: Array(other.utf8), named: "claims.json")
      #expect(forged.status == 1, "\(found): \(forged.output) \(forged.errors)")
    }
  }

  @Test("every command takes the source, per vector and per component")
  func commands() throws {
    let lines = [
      "list gaussian-vector", "gaps gaussian-vector --ar 0.9 --length 4 --rates 4:8:4 --curves klt-ecsq,pcm-ecsq",
      "at gaussian-vector --spectrum 2,1,1,0 --rate 1 --curves shannon",
      "table gaussian-vector --ar 0.9 --length infinite --rates 0.5:2:0.5",
      "table gaussian-vector --eigenvalues 1/k^2:8 --per-component --curves shannon,klt-ecsq --rates 0.5:1:0.5",
      "plot gaussian-vector --curves shannon,klt-ecsq --script",
    ]
    for line in lines {
      let outcome = try Program.run(line)
      #expect(outcome.status == 0 && !outcome.output.isEmpty, "\(line): \(outcome.errors)")
    }
    let points = "rate,distortion\n1.0,0.001\n6,0.5\n"
    let verdicts = try Self.run("verify FILE --source gaussian-vector", file: Array(points.utf8), named: "points.csv")
    #expect(verdicts.status == 1 && verdicts.output.contains("impossible"), "\(verdicts.output) \(verdicts.errors)")
  }

  @Test("what is wrong with a file is said with its place, and the status is 65")
  func badFiles() throws {
    let line = "table gaussian-vector --rates 1 --covariance FILE"
    let object = "{'descr': '|O', 'fortran_order': False, 'shape': (2, 2), }"
    let big = "{'descr': '>f8', 'fortran_order': False, 'shape': (2, 2), }"
    let cases: [(name: String, bytes: [UInt8], word: String)] = [
      ("a.csv", Array("1,0.5\n0.4,1\n".utf8), "row 2, column 1"), ("b.csv", Array("1,2\n2,1\n".utf8), "semidefinite"),
      ("c.csv", Array("1,x\n0,1\n".utf8), ":1: column 2"), ("d.csv", Array("1,nan\nnan,1\n".utf8), ":1: column 2"),
      ("e.csv", Array("1,0\n0,0\n".utf8), "row 2, column 2"), ("f.csv", [], "no numbers"),
      ("g.csv", Array("1,0\n0\n".utf8), "row 2"), ("h.npy", Self.array(object, [1, 2, 3]), "never unpickled"),
      ("i.npy", Self.array(big, Self.doubles([1, 0, 0, 1])), "big-endian"),
      ("j.npy", Self.array(Self.square, Self.doubles([1, 0, 0])), "24 bytes"),
      ("k.npy", Self.array(Self.square, Self.doubles([1, .nan, .nan, 1])), "row 1, column 2"),
      ("l.npy", Array("1,2\n2,1\n".utf8), "does not begin"),
    ]
    for (name, bytes, word) in cases {
      let outcome = try Self.run(line, file: bytes, named: name)
      #expect(outcome.status == 65, "\(name): \(outcome.status) \(outcome.errors)")
      #expect(outcome.errors.contains(word) && outcome.errors.contains(name), "\(name): \(outcome.errors)")
    }
    let absent = try Program.run("table gaussian-vector --rates 1 --covariance no-such.csv")
    #expect(absent.status == 65 && absent.errors.contains("no-such.csv"))
    // On the line it is the line's fault.
    #expect(try Program.run("table gaussian-vector --rates 1 --covariance 1,2;2,1").status == 64)
    #expect(try Program.run("table gaussian-vector --rates 1 --ar 0.5 --variances 1").status == 64)
  }
}

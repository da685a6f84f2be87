import Foundation
import TestSupport
import Testing

/// `density` as a user gives it: numbers on the line, files, and what is wrong with them.
@Suite("own densities on the command line")
struct OwnDensityCommandTests {
  private static func run(_ line: String, file text: String, named name: String) throws -> Program.Outcome {
    try GaussianVectorCommandTests.run(line, file: Array(text.utf8), named: name)
  }

  @Test("a density on the line, as CSV with and without a header and as .npy is one source")
  func files() throws {
    let line = "table density --curves shannon-lower-bound,ecsq --rates 1 --density"
    let array = GaussianVectorCommandTests.array(
      "{'descr': '<f8', 'fortran_order': False, 'shape': (3, 2), }",
      GaussianVectorCommandTests.doubles([-1, 0, 0, 5, 1, 0]))
    let outcomes = [
      try Program.run(line + " -1,0;0,5;1,0"),
      try Self.run(line + " FILE", file: "-1,0\n0,5\n1,0\n", named: "a.csv"),
      try Self.run(line + " FILE", file: "x\tdensity\n-2\t0\n-1\t0\n0\t5\n1\t0\n", named: "b.tsv"),
      try GaussianVectorCommandTests.run(line + " FILE", file: array, named: "c.npy"),
    ]
    for outcome in outcomes {
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.output == outcomes[0].output)
      #expect(outcome.errors.contains("divided by their integral 5"))
    }
    let triangular = try Program.run("table triangular --curves shannon-lower-bound,ecsq --rates 1")
    let own = outcomes[0].output.split(separator: "\n").dropFirst().map { $0.split(separator: ",")[3] }
    let named = triangular.output.split(separator: "\n").dropFirst().map { $0.split(separator: ",")[3] }
    for (a, b) in zip(own, named) {
      let (own, other) = (try #require(Double(a)), try #require(Double(b)))
      #expect(abs(own / other - 1) < 1e-10)
    }
  }

  @Test("claims carry the table and the rates of its tails, and check proves them without the file; forged ones fail")
  func claims() throws {
    let made = try Program.run(
      "at density --density -1,1;0,3;2,1 --tails exponential --rate 1 --curves ecsq,shannon-lower-bound,uniform-threshold "
        + "--format json")
    #expect(made.status == 0, "\(made.errors)")
    let good = try Self.run("check FILE", file: made.output, named: "claims.json")
    #expect(good.status == 0, "\(good.output) \(good.errors)")
    // 3/1 over a distance of 1, and of 2.
    let rates = ["1.09861228866", "0.54930614433"]
    for rate in rates { #expect(made.output.contains(rate), "\(made.output)") }
    for (found, put) in [("-1,1;0,3;2,1", "-1,1;0,4;2,1"), (rates[0], "1.00861228866"), ("exponential", "none")] {
      let forged = made.output.replacingOccurrences(of: found, with: put)
      #expect(forged != made.output)
      let outcome = try Self.run("check FILE", file: forged, named: "claims.json")
      #expect(outcome.status != 0, "\(put): \(outcome.output)")
    }
  }

  @Test("every command takes it")
  func commands() throws {
    let density = "--density -1,1;0,3;2,1"
    for line in [
      "list density", "gaps density \(density) --curves uniform-threshold --rates 1:2:1",
      "plot density \(density) --curves ecsq,shannon-lower-bound --script", "design density \(density) --rate 1",
    ] {
      let outcome = try Program.run(line)
      #expect(outcome.status == 0 && !outcome.output.isEmpty, "\(line): \(outcome.errors)")
    }
    let points = "rate,distortion\n1,0.3\n2,0.001\n"
    let verdicts = try Self.run("verify FILE --source density \(density)", file: points, named: "points.csv")
    #expect(verdicts.status == 1 && verdicts.output.contains("impossible"), "\(verdicts.output) \(verdicts.errors)")
    let code = try Self.run(
      "code FILE --source density \(density)", file: "from,to,index\n-1,0.5,0\n0.5,2,1\n", named: "code.csv")
    #expect(code.status == 0, "\(code.errors)")
    let delta = try Self.run(
      "delta density FILE --curve shannon-lower-bound \(density)",
      file: "rate,distortion\n1,0.3\n1.5,0.15\n2,0.08\n2.5,0.04\n", named: "d.csv")
    #expect(delta.status == 0, "\(delta.errors)")
  }

  @Test("against the hull of designed quantizers, which has corners, a delta is found: 1.53 dB worse is 1.53 dB")
  func corners() throws {
    // Two equal triangles apart: from 1 bit downwards time is shared with silence, and between 1 and 2 bits codes take turns.
    let density = "--density -3,0;-2,1;-1,0;1,0;2,1;3,0"
    let table = try Program.run("table density --curves ecsq --distortions 0.05:2:12 \(density)").output
    let points = table.split(separator: "\n").dropFirst().map { line -> String in
      let fields = line.split(separator: ",")
      return "\(fields[5]),\(1.5 * (Double(fields[3]) ?? .nan))\n"
    }
    let delta = try Self.run(
      "delta density FILE --curve ecsq --interpolation pchip \(density)",
      file: "rate,distortion\n" + points.joined(), named: "d.csv")
    #expect(delta.status == 0, "\(delta.errors)")
    let row = try #require(delta.output.split(separator: "\n").last).split(separator: ",")
    let decibels = try #require(Double(row[7]))
    // Of 12 points and a cubic through them.
    #expect(abs(decibels - 1.7609) < 0.2, "\(delta.output)")
  }

  @Test("a gap in the support is said, and claims are about the table in force")
  func gap() throws {
    let density = "--density -3,0;-2,1;-1,0;1,0;2,1;3,0"
    let made = try Program.run("at density --rate 1 --curves ecsq,shannon-lower-bound --format json \(density)")
    #expect(made.status == 0 && made.errors.contains("2^-650 of the largest"), "\(made.errors)")
    // One bit tells the triangles apart, each of variance 1/6.
    #expect(made.output.contains("0.16666666"), "\(made.output)")
    let good = try Self.run("check FILE", file: made.output, named: "claims.json")
    #expect(good.status == 0, "\(good.output) \(good.errors)")
    let points = "rate,distortion\n1,0.2\n2,0.05\n"
    let verdicts = try Self.run("verify FILE --source density \(density)", file: points, named: "points.csv")
    #expect(verdicts.errors.contains("left out are ecsq from below") && verdicts.errors.contains("lloyd-max"))
    #expect(verdicts.errors.components(separatedBy: "left out are").count == 2)
  }

  @Test("left out curves are named, and so is where steps begin")
  func remarks() throws {
    let valley = try Program.run("table density --density 1,1;2,0.5;3,1 --curves ecsq --rates 1")
    #expect(valley.errors.contains("more than one mode") && valley.errors.contains("ecsq from below"))
    #expect(valley.errors.contains("0 is not in the table"))
    #expect(try Program.run("table density --density 1,1;2,0.5;3,1 --curves lloyd-max --rates 1").status == 64)
  }

  @Test(
    "what is no density is refused with the file's name and the row, exit 65",
    arguments: [
      ("x,density\n0,1\n1,-1\n", "row 2"), ("0,1\n1,nan\n", "nan"), ("0,1\n2,1\n1,1\n", "row 3"), ("0,1\n", "rows"),
      ("0,0\n1,0\n", "greater than 0"), ("0,1,2\n1,1,2\n", "two columns"), ("0,1e-120\n1,0\n2,1e-120\n", "row 2"),
      ("0\n1\n", "two columns"), ("", "nothing"),
    ])
  func refused(text: String, word: String) throws {
    let outcome = try Self.run("table density --rates 1 --density FILE", file: text, named: "own.csv")
    #expect(outcome.status == 65, "\(outcome.errors)")
    #expect(outcome.errors.contains("own.csv"), "\(outcome.errors)")
    if word != "nothing" { #expect(outcome.errors.contains(word), "\(outcome.errors)") }
  }

  @Test("on the line it is a mistake of usage")
  func usage() throws {
    #expect(try Program.run("table density --density 0,1;1,-1 --rates 1").status == 64)
    #expect(try Program.run("table density --density 0,1;1,2 --tail-rates 1,1 --rates 1").status == 64)
    #expect(try Program.run("table density --density 0,1;1,2 --tails exponential --rates 1").status == 64)
    #expect(try Program.run("table density --density 0,1;1,2 --tails heavy --rates 1").status == 64)
    #expect(try Program.run("table density --density no-such.csv --rates 1").status == 65)
    #expect(try Program.run("table gaussian-mixture --weights 1,2 --means 0 --rates 1").status == 64)
    #expect(try Program.run("table gaussian-mixture --weights 1,2 --weight 0.5 --rates 1").status == 64)
    #expect(try Program.run("table gaussian-mixture --means 1,2 --rates 1").status == 64)
  }
}

import Documents
import Foundation
import Reports
import TestSupport
import Testing

@Suite("the command delta")
struct DeltaCommandTests {
  private let points = PlotTests.data + "/tfc_toy_sources.csv"
  private let wynerZiv = PlotTests.data + "/wyner_ziv.csv"

  @Test("the ramp's points lie above E(D) on the average; every format says so")
  func ramp() throws {
    let csv = try Program.run("delta ramp \(points)")
    #expect(csv.status == 0 && csv.errors.isEmpty)
    let header =
      "series,source,reference,kind,interpolation,points,bd_rate_percent,bd_distortion_db,distortion_db_low,"
      + "distortion_db_high,rate_bits_low,rate_bits_high,overlap\n"
    #expect(csv.output.hasPrefix(header + "tfc_toy_sources,ramp,exact,exact,akima,4,3.3"))
    #expect(csv.output.filter { $0 == "\n" }.count == 2)
    let json = try JSONValue.parse(Program.run("delta ramp \(points) --format json --interpolation pchip").output)
    let row = try #require(json["rows"]?.elements?.first)
    let rate = try #require(row["bd_rate_percent"]?.doubleValue)
    let level = try #require(row["bd_distortion_db"]?.doubleValue)
    #expect(rate > 0)
    #expect(level > 0)
    #expect(json["interpolation"]?.textValue == "pchip")
    let markdown = try Program.run("delta ramp \(points) --format markdown").output
    #expect(markdown.contains("| tfc_toy_sources | ramp | exact |"))
  }

  @Test("series against a curve and against each other; silent points are left out, and it is said")
  func series() throws {
    let circle = try Program.run("delta circle \(points) --series-column latent_dims --label one --label two")
    #expect(circle.output.contains("\none,circle,"))
    #expect(circle.output.contains("\ntwo,circle,"))
    #expect(circle.errors.contains("delta: one: points that send hardly anything, or nothing, left out: 1"))
    let pair = try Program.run(
      "delta wyner-ziv \(wynerZiv) --series-column model,coding --anchor variational-ecvq,\u{a0}marginal")
    #expect(pair.status == 64 && pair.errors.contains("did you mean \"variational-ecvq, marginal\"?"))
    let anchored = try Program.run([
      "delta", "wyner-ziv", wynerZiv, "--series-column", "coding", "--where", "model=variational-ecvq", "--anchor",
      "marginal",
    ])
    #expect(anchored.status == 0, "\(anchored.errors)")
    #expect(anchored.output.contains("\nconditional,wyner-ziv,marginal,series,akima,"))
  }

  @Test(
    "what cannot be computed is refused, with the range that is missing",
    arguments: [
      (
        "delta ramp FILE --interpolation cubic --where run_id=ramp_ntc1_lam400_s1b", 65,
        "1 point with a rate, and cubic"
      ),
      ("delta ramp FILE --anchor x", 64, "there is no series \"x\""),
      ("delta ramp FILE --anchor tfc_toy_sources", 64, "there is no series besides"),
      ("delta ramp FILE --curve exact --anchor x", 64, "exclude each other"),
      ("delta ramp FILE --curve upper,exact", 64, "has no curve \"upper,exact\""),
      ("delta ramp", 64, "FILE is missing"),
      ("delta sinusoid FILE", 65, "there is no point of sinusoid in it"),
      ("delta ramp FILE --interpolation linear", 64, "it must be one of akima, pchip, cubic"),
      ("delta ramp /nonexistent", 65, "/nonexistent: cannot be read"),
    ])
  func refusals(line: String, status: Int32, message: String) throws {
    let outcome = try Program.run(line.replacingOccurrences(of: "FILE", with: points))
    #expect(outcome.status == status)
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
  }

  @Test("ranges that do not overlap are named")
  func ranges() throws {
    let outcome = try Program.shell(
      "d=$(mktemp -d); printf 'rate,distortion\\n1,0.7\\n2,0.3\\n3,0.1\\n' > $d/a.csv; "
        + "printf 'rate,distortion\\n5,0.03\\n6,0.01\\n7,0.005\\n' > $d/b.csv; "
        + "\"$RDBOUNDS\" delta circle $d/a.csv $d/b.csv --anchor a; s=$?; rm -r $d; exit $s")
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("b: its distortions, -23.0103 to -15.2288 dB, and those of a, -10.0 to -1.549 dB"))
  }

  @Test("without a source series are measured from each other; a series too short is named and left out")
  func anySource() throws {
    try Program.inTemporaryFolder { folder in
      let write = { (name: String, text: String) in
        try text.write(to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
      }
      // Ten percent more rate at every quality.
      try write("a.csv", "bpp,psnr\n0.1,28\n0.2,31\n0.4,34\n0.8,37\n")
      try write("b.csv", "bpp,psnr\n0.11,28\n0.22,31\n0.44,34\n0.88,37\n")
      try write("c.csv", "bpp,psnr\n0.11,28\n")
      let outcome = try Program.shell("cd '\(folder.path)' && \"$RDBOUNDS\" delta a.csv b.csv c.csv")
      #expect(outcome.status == 0, "\(outcome.errors)")
      let cells =
        outcome.output.split(separator: "\n").last?.split(separator: ",", omittingEmptySubsequences: false) ?? []
      #expect(cells.first == "b" && cells.contains("10") || outcome.output.contains("b,,a,series,akima,4,10"))
      #expect(outcome.errors.contains("left out: c: 1 point"))
      #expect(!outcome.errors.contains("BD-rate moves"))
      #expect(try Program.shell("cd '\(folder.path)' && \"$RDBOUNDS\" delta a.csv").status == 64)
    }
    #expect(try Program.run("delta rmap a.csv").errors.contains("did you mean \"ramp\"?"))
    #expect(try Program.run("delta a.csv b.csv --curve exact").status == 64)
  }

  @Test("where the choice of the interpolation moves a delta by more than half of it, that is said")
  func interpolationDominates() throws {
    let rows = "rate,distortion\\n0.5,0.6\\n1,0.30\\n2,0.09\\n4,0.005\\n"
    let others = "rate,distortion\\n0.5,0.58\\n1.1,0.27\\n1.8,0.115\\n4,0.0049\\n"
    let outcome = try Program.shell(
      "d=$(mktemp -d); printf '\(rows)' > $d/a.csv; printf '\(others)' > $d/b.csv; "
        + "for i in akima pchip; do \"$RDBOUNDS\" delta $d/a.csv $d/b.csv --interpolation $i; done; rm -r $d")
    let rates = outcome.output.split(separator: "\n").filter { $0.hasPrefix("b,") }
      .compactMap { Double($0.split(separator: ",", omittingEmptySubsequences: false)[6]) }
    try #require(rates.count == 2, "\(outcome.output)")
    #expect((rates[0] - rates[1]).magnitude > 0.5 * rates[0].magnitude)
    #expect(outcome.errors.contains("b: BD-rate moves by "), "\(outcome.errors)")
    #expect(outcome.errors.contains("its points are too few, or too far apart, to say it"))
  }
}

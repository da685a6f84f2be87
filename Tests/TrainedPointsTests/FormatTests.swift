import Foundation
import RateDistortion
import Testing
import TrainedPoints

@Suite("trainers' files as they are")
struct FormatTests {
  private static let wall = "Wall time,Step,Value"

  /// Files in memory, of the circle.
  private func table(
    _ files: [(String, String)], _ adjust: (inout PointFileOptions) -> Void = { _ in }
  ) throws -> PointTable {
    var options = PointFileOptions()
    options.source = Circle.self
    adjust(&options)
    return try PointFile.read(contents: files.map { ($0.0, Array($0.1.utf8)) }, options: options)
  }

  /// The error of files in memory.
  private func fault(_ files: [(String, String)], _ adjust: (inout PointFileOptions) -> Void = { _ in }) -> String {
    do {
      _ = try table(files, adjust)
      return "none"
    } catch {
      return "\(error)"
    }
  }

  @Test("JSON Lines, arrays of objects, objects of arrays and a single object say the same")
  func layouts() throws {
    let texts = [
      "{\"rate\": 1, \"distortion\": 0.7, \"label\": \"a\"}\n{\"distortion\": 0.3, \"rate\": 2.0, \"label\": \"b\"}\n",
      "[{\"rate\": 1, \"distortion\": 0.7, \"label\": \"a\"},\n {\"rate\": 2e0, \"distortion\": 3e-1, \"label\": \"b\"}]",
      "{\"rate\": [1, 2], \"distortion\": [0.7, 0.3], \"label\": [\"a\", \"b\"], \"hidden\": [[1, 2], [3]]}",
      "\u{FEFF}\n{\"other\": null, \"hidden\": [100, 100, 100], \"label\": [\"a\", \"\\u0062\"], \"rate\": [1, 2],\r\n"
        + "\"distortion\": [0.7, 0.3]}",
    ]
    for text in texts {
      let points = try table([("points.json", text)])
      #expect(points.map(\.rate) == [1, 2])
      #expect(points.map(\.distortion) == [0.7, 0.3])
      #expect(points.map(\.label) == ["a", "b"])
      #expect(points.series == ["points"])
    }
    #expect(try table([("x", texts[1])]).map(\.row) == [1, 2])
  }

  @Test("CompressAI's results: nested names with dots, arrays side by side, others left alone")
  func compressAI() throws {
    let text = """
      {
        "name": "toy", "description": "Inference (ans)",
        "results": {
          "psnr-rgb": [5.2, 10.1],
          "mse-rgb": [0.3, 0.1],
          "bpp": [2.0, 3.5],
          "encoding_time": [0.1, 0.2, 0.3]
        }
      }
      """
    let points = try table([("toy.json", text)]) {
      $0.rateColumn = "results.bpp"
      $0.distortionColumn = "results.mse-rgb"
      $0.seriesColumns = ["name"]
    }
    #expect(points.map(\.rate) == [2, 3.5] && points.map(\.distortion) == [0.3, 0.1])
    #expect(points.series == ["toy"] && points.map(\.row) == [6, 6])
    let fault = fault([("toy.json", text)]) {
      $0.rateColumn = "results.bpp"
      $0.distortionColumn = "results.encoding_time"
    }
    #expect(fault == "toy.json:2: \"results.bpp\" has 2 values, \"results.encoding_time\" 3")
  }

  @Test("an array of objects within an object; lines about other things are passed over")
  func nestedObjects() throws {
    let text =
      "{\"run\": {\"id\": 7}, \"points\": [{\"rate\": 1, \"distortion\": 0.6}, {\"rate\": 2, \"distortion\": 0.2}]}"
    let points = try table([("a.json", text)]) {
      $0.rateColumn = "points.rate"
      $0.distortionColumn = "points.distortion"
      $0.filters = [RowFilter(column: "run.id", value: "7.0")]
    }
    #expect(points.map(\.rate) == [1, 2])
    let log = "{\"event\": \"start\", \"loss\": NaN}\n{\"rate\": 1, \"distortion\": 0.6}\n{\"event\": \"end\"}\n"
    #expect(try table([("log.jsonl", log)]).map(\.row) == [2])
  }

  @Test(
    "what is wrong with JSON, and where",
    arguments: [
      ("{\"rate\": 1, \"distortion\": }", "p.json:1: character 27: expected a value, found \"}\""),
      ("{\"rate\": 1,\n \"distortion\" 2}", "p.json:2: character 15: expected \":\", found \"2\""),
      ("[{\"rate\": 1, \"distortion\": 0.5},]", "p.json:1: character 33: expected an object, \"{\", found \"]\""),
      ("[1, 2]", "p.json:1: character 2: expected an object, \"{\", found \"1\""),
      ("[{\"rate\": 1, \"distortion\": 0.5}", "p.json:1: character 32: expected \",\" or \"]\", found the end"),
      ("{\"rate\": 1, \"distortion\": 0.5", "p.json:1: character 30: expected \",\" or \"}\", found the end"),
      ("{\"rate\": \"1", "p.json:1: character 10: the string never ends"),
      (
        "{\"rate\": 1, \"distortion\": NaN}",
        "p.json: no row has both a rate and a distortion: 1 row is empty or not a number there"
      ),
      ("{\"rate\": 1,\n\"distortion\": \"x\"}", "p.json:2: column 2 (distortion): \"x\" is not a finite number"),
      (
        "{\"rate\": 1, \"distortion\": null}",
        "p.json: no row has both a rate and a distortion: 1 row is empty or not a number there"
      ),
      ("{\"rate\": 1, \"rate\": 2, \"distortion\": 1}", "p.json:1: the column name \"rate\" occurs more than once"),
      (
        "{\"r\": 1}",
        "p.json: no column for the rate: there is none of rate_bits, rate, bits, bpp, val_rate; the columns are r"
      ),
      ("{}", "p.json: there is no object with a member in it"),
      ("[]", "p.json: there is no object with a member in it"),
      ("{\"a\":" + String(repeating: "[", count: 200), "p.json:1: character 134: nested more than 128 levels deep"),
    ])
  func malformed(text: String, expected: String) {
    #expect(fault([("p.json", text)]) == expected)
  }

  @Test("TensorBoard's exports are joined on their steps, the last of repeated ones; one run is one log")
  func tensorBoard() throws {
    let files = [
      ("d/run-a_validation-tag-epoch_rate.csv", "\(Self.wall)\r\n1.5,0,3\r\n1.6,1,2.9\r\n1.7,2,9\r\n1.8,2,2.5\r\n"),
      ("d/run-a_validation-tag-epoch_distortion.csv", "\(Self.wall)\n1.5,0,0.5\n1.6,2,0.21\n1.6,3,0.2\n"),
      ("d/run-a_validation-tag-epoch_loss.csv", "\(Self.wall)\n1.5,0,8\n1.6,2,4.6\n"),
      ("d/run-a_train-tag-epoch_rate.csv", "\(Self.wall)\n1.5,0,0.1\n1.6,2,0.2\n"),
      ("d/run-b-tag-rate.csv", "\(Self.wall)\n1.5,0,3\n"),
      ("d/run-b-tag-distortion.csv", "\(Self.wall)\n1.5,0,0.3\n"),
    ]
    let last = try table(files)
    #expect(last.series == ["run-a", "run-b"])
    #expect(last.map(\.rate) == [2.5, 3] && last.map(\.distortion) == [0.21, 0.3])
    #expect(last.map(\.row) == [5, 2])
    #expect((try #require(last[0].lambda) - 10).magnitude < 1e-12)
    let all = try table(files) { $0.rows = .all }
    #expect(all.map(\.rate) == [3, 2.5, 3])
    #expect(try table(Array(files.prefix(3))) { $0.rows = .best }.map(\.rate) == [2.5])
    let own = try table([("rate.csv", "\(Self.wall)\n1,7,2\n"), ("mse.csv", "\(Self.wall)\n1,7,0.4\n")])
    // The mean over the circle's two components, as the name says.
    #expect(own.map(\.distortion) == [0.8])
  }

  @Test("exports that cannot be joined, or hold no numbers, are refused with their own file and line")
  func badExports() {
    let rate = ("rate.csv", "\(Self.wall)\n1,7,2\n")
    #expect(
      fault([rate, ("mse.csv", "\(Self.wall)\n1,8,2\n")])
        == "rate.csv, mse.csv: no step is in both rate.csv and mse.csv")
    #expect(
      fault([rate, ("mse.csv", "\(Self.wall)\n\n1,7,x\n")]) == "mse.csv:3: column 3 (mse): \"x\" is not a finite number"
    )
    #expect(
      fault([rate, ("mse.csv", "\(Self.wall)\n1,seven,2\n")])
        == "mse.csv:2: column 2 (Step): \"seven\" is not a finite number")
    #expect(fault([rate]).contains("no column for the distortion"))
    #expect(fault([rate, ("mse.csv", "\(Self.wall)\n")]) == "mse.csv: there is a header but no row")
  }

  @Test("several files are series named after them, or by a column; labels go before")
  func series() throws {
    let files = [
      ("runs/a.csv", "rate,distortion,model\n1,0.7,x\n2,0.3,y\n"),
      ("runs/b.tsv", "rate\tdistortion\tmodel\n3\t0.2\tx\n"),
    ]
    var byFile = try table(files)
    #expect(byFile.series == ["a", "b"] && byFile.map(\.series) == [0, 0, 1])
    let byColumn = try table(files) { $0.seriesColumns = ["model"] }
    #expect(byColumn.series == ["x", "y"] && byColumn.map(\.series) == [0, 1, 0])
    try byFile.rename(series: ["first"])
    #expect(byFile.series == ["first", "b"])
    #expect(throws: TooManyLabels.self) { try byFile.rename(series: ["1", "2", "3"]) }
    #expect(byFile.series == ["first", "b"])
    let summary = Verification(of: byFile).forEach { _ in }
    #expect(summary.series.map(\.name) == ["first", "b"] && summary.series.map(\.points) == [2, 1])
    #expect(fault(files) { $0.seriesColumns = ["mdoel"] }.hasPrefix("a.csv") == false)
    #expect(fault(files) { $0.seriesColumns = ["mdoel"] }.contains("no column for a series: there is no column mdoel"))
  }

  @Test("sources of several files, one of them without known limits")
  func sources() throws {
    let files = [
      ("a.csv", "source,rate,distortion\nramp,2,0.05\n"), ("b.csv", "source,rate,distortion\nimages,2,0.05\n"),
      ("c.csv", "rate,distortion\n1,0.7\n"),
    ]
    let mixed = try table(files) {
      $0.source = nil
      $0.sourceOtherwise = Circle.self
    }
    #expect(mixed.sources.map(\.name) == ["ramp", "circle"] && mixed.skipped.map(\.rows) == [1])
    let judged = Verification(of: mixed).judged().points
    #expect(judged.map(\.file) == ["a.csv", "c.csv"])
    #expect(
      fault([files[1]]) { $0.source = nil }.contains("no limits are known for any of its sources: images (1 row)"))
  }

  @Test("a Keras log has no lambda, and betrays it: 140 and 20 in the real ones")
  func lambda() throws {
    let ramp = try SharedFile.rampLog.points { $0.source = Ramp.self }
    #expect((try #require(ramp[0].lambda) - 140).magnitude < 1e-3)
    let laplace = try SharedFile.laplaceLog.points { $0.source = Laplace.self }
    #expect((try #require(laplace[0].lambda) - 20).magnitude < 1e-3)
    let text = "epoch,gradient RMS,val_distortion,val_loss,val_rate\r\n0,1,0.1,3,2\r\n"
    let nats = try table([("log.csv", text)]) { $0.rateUnit = .nats }
    #expect((try #require(nats[0].lambda) - 10 / natsPerBit).magnitude < 1e-9)
    let averaged = try table([("log.csv", text)]) { $0.distortionUnit = .meanSquaredError }
    #expect((try #require(averaged[0].lambda) - 5).magnitude < 1e-9)
    #expect(try table([("log.csv", text)]) { $0.distortionUnit = .decibels }[0].lambda == nil)
    #expect(try SharedFile.toySources.points()[2].lambda == 15)
    #expect(try table([("log.csv", text.replacingOccurrences(of: "0.1,3,", with: "0.1,nan,"))])[0].lambda == nil)
  }

  @Test("unit mistakes get a hint and are judged as they stand")
  func hints() throws {
    // E(D) of the circle at 3 bits, in nats; averaged over two components; in dB, read as linear.
    let limit = try KnownSource(Circle()).judgement.achievable.point(atRate: 3).distortion
    let hint = { (rate: Double, distortion: Double) in
      judge(Circle(), TrainedPoint(row: 2, rate: rate, distortion: distortion))[0]
    }
    let nats = hint(3.000123456789 * natsPerBit, limit)
    #expect(nats.verdict == .impossible)
    #expect(nats.hint == .mistake(Explanation(mistake: .nats, explained: 1, points: 1)))
    let averaged = hint(3.000123456789 * 1.02, limit * 0.500123456)
    #expect(averaged.verdict == .impossible)
    #expect(averaged.hint == .mistake(Explanation(mistake: .averaged(components: 2), explained: 1, points: 1)))
    #expect(hint(0.1, 300).hint == .distortionTooLarge(ratio: 300, largest: 1))
    let summary = Verification(
      of: PointTable(
        (0..<5).map { TrainedPoint(row: $0 + 2, rate: 2.101234567 + 0.001234567 * Double($0), distortion: limit) },
        source: KnownSource(Circle()))
    ).forEach { _ in }
    #expect(summary.hints.map(\.points) == [5] && summary.findings.count == 5)
  }
}

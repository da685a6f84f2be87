import Documents
import Foundation
import TestSupport
import Testing

@Suite("code and design")
struct CodeCommandTests {
  private static let maps = Repository.path("Tests/TrainedPointsTests/Data/codes")
  private static let folded = "\(maps)/circle_ntc1_2.7bit.intervals.csv"

  private static func rows(_ output: String) -> [String: [String]] {
    var rows: [String: [String]] = [:]
    for line in output.split(separator: "\n") {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      rows[cells[3]] = cells
    }
    return rows
  }

  @Test("the folded circle: cells, intervals, distortions, and lines that add up to the gap")
  func folded() throws {
    let outcome = try Program.run(["code", Self.folded, "--source", "circle"])
    #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    let rows = Self.rows(outcome.output)
    #expect(rows["quantity"]?.joined(separator: ",") == "source,file,part,quantity,unit,value,lower,upper")
    #expect(rows["cells"]?[5] == "7" && rows["intervals"]?[5] == "12")
    let value = { (name: String) in Double(rows[name]?[5] ?? "") ?? .nan }
    // What the trainer found from the bisected ends.
    #expect((value("entropy") - 2.6572683438226576).magnitude < 1e-6)
    #expect((value("distortion-centroids") - 0.13072737028956072).magnitude < 1e-8)
    let lines = ["entropy-model", "decoder", "not-intervals", "cell-sizes"].map(value).reduce(0, +)
    #expect((lines - value("gap-one-shot")).magnitude < 1e-12)
    #expect((lines + value("one-shot") - value("gap-long-blocks")).magnitude < 1e-12)
    #expect(value("not-intervals") > 0.1)
    let markdown = try Program.run(["code", Self.folded, "--source", "circle", "--format", "markdown"]).output
    #expect(markdown.contains("| ledger | not-intervals "))
  }

  @Test("a process is judged at the samples of its reconstructions")
  func process() throws {
    for name in ["ramp_ntc1_2bit", "sawbridge_ntc1_a"] {
      let source = name.split(separator: "_")[0]
      let outcome = try Program.run([
        "code", "\(Self.maps)/\(name).intervals.csv", "--source", "\(source)", "--codebook",
        "\(Self.maps)/\(name).reconstructions.csv",
      ])
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(Self.rows(outcome.output)["time-samples"] != nil)
    }
  }

  @Test(
    "what is designed has an empty ledger", arguments: ["circle --rate 3", "ramp --lambda 50", "laplace --lambda 5"])
  func designed(request: String) throws {
    let source = request.split(separator: " ")[0]
    let outcome = try Program.shell("\"$RDBOUNDS\" design \(request) | \"$RDBOUNDS\" code - --source \(source)")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let rows = Self.rows(outcome.output)
    for name in ["entropy-model", "not-intervals", "cell-sizes", "gap-one-shot"] {
      #expect((Double(rows[name]?[5] ?? "") ?? .nan).magnitude < 1e-7, "\(name)")
    }
  }

  @Test("dead zones are written with their own reproductions, and lose by them")
  func deadZone() throws {
    let outcome = try Program.shell(
      "\"$RDBOUNDS\" design laplace --rate 2 --curve dead-zone | \"$RDBOUNDS\" code - --source laplace")
    let rows = Self.rows(outcome.output)
    let value = { (name: String) in Double(rows[name]?[5] ?? "") ?? .nan }
    #expect((value("entropy") - 2).magnitude < 1e-6)
    #expect(value("decoder") > 1e-6 && value("gap-one-shot") < 0.01)
  }

  @Test("check computes a report's numbers anew; one that is better than the code is not proved")
  func checked() throws {
    let json = try Program.run(["code", Self.folded, "--source", "circle", "--format", "json"]).output
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("rdbounds-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: file) }
    func check(_ text: String) throws -> Program.Outcome {
      try text.write(toFile: file, atomically: true, encoding: .utf8)
      return try Program.run(["check", file])
    }
    let honest = try check(json)
    #expect(honest.status == 0, "\(honest.output)")
    #expect(honest.output.contains("circle cross-entropy: "))
    let entropy = try #require(
      JSONValue.parse(json)["rows"]?.elements?.first { $0["quantity"]?.textValue == "entropy" })
    // Better than the code is, or narrower than is proved.
    for (member, claim) in [("value", "2.5"), ("lower", "2.7"), ("upper", "2.6")] {
      guard case .number(let literal)? = entropy[member] else {
        Issue.record("no \(member)")
        continue
      }
      #expect(
        try check(json.replacing("\"\(member)\": \(literal)", with: "\"\(member)\": \(claim)")).status == 1, "\(member)"
      )
    }
    // Other codes, or none.
    #expect(try check(json.replacing("\"symbols\": [", with: "\"symbols\": [9, ")).status == 65)
    #expect(try check(json.replacing("\"thresholds\": [", with: "\"thresholds\": [0.9, ")).status == 65)
    #expect(try check(json.replacing("\"quantity\": \"entropy\"", with: "\"quantity\": \"entropies\"")).status == 65)
    #expect(try check(json.replacing("\"source\": \"circle\"", with: "\"source\": \"laplace\"")).status == 65)
  }

  private static let plane = [
    "\(maps)/banana_vecvq.runs.csv", "--source", "banana", "--cells=-4:28.9:700,-5.9:25.5:500", "--codebook",
    "\(maps)/banana_vecvq.codebook.csv",
  ]

  /// Checks a report as it is, and with other texts in it.
  private static func status(ofCheck json: String, _ changes: (String, String)...) throws -> Int32 {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("rdbounds-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: file) }
    var text = json
    for (old, new) in changes {
      #expect(text.contains(old), "\(old)")
      text = text.replacing(old, with: new)
    }
    try text.write(toFile: file, atomically: true, encoding: .utf8)
    return try Program.run(["check", file]).status
  }

  @Test("the trained banana: squares that are not decided, and lines that add up to the gap")
  func plane() throws {
    let outcome = try Program.run(["code"] + Self.plane)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("may be any corner's") && outcome.errors.contains("1.3"))
    let rows = Self.rows(outcome.output)
    #expect(rows["cells"]?[5] == "19" && rows["runs"]?[5] == "2519")
    let value = { (name: String, cell: Int) in Double(rows[name]?[cell] ?? "") ?? .nan }
    #expect(value("undecided", 5) > 0.01 && value("undecided", 5) < 0.03)
    let lines = ["entropy-model", "decoder", "cell-sizes"].map { value($0, 5) }.reduce(0, +)
    #expect((lines - value("gap-one-shot", 5)).magnitude < 1e-12)
    #expect((lines + value("one-shot", 5) - value("gap-long-blocks", 5)).magnitude < 1e-12)
    #expect(value("gap-long-blocks", 7) - value("gap-long-blocks", 6) < 0.03)
  }

  @Test("check computes a map of the plane and a codebook anew, and believes nothing of it")
  func checkedPlane() throws {
    let map = try Program.run(["code"] + Self.plane + ["--format", "json"]).output
    let text = try Program.run(["design", "gaussian", "--dimension=2", "--rate=2"]).output
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("rdbounds-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: file) }
    try text.write(toFile: file, atomically: true, encoding: .utf8)
    let book = try Program.run(["code", file, "--source=gaussian", "--dimension=2", "--format=json"]).output
    for json in [map, book] {
      #expect(try Self.status(ofCheck: json) == 0)
      let rows = try #require(JSONValue.parse(json)["rows"]?.elements)
      let all = ["entropy", "cross-entropy", "distortion", "distortion-centroids", "gap-one-shot"]
      for quantity in json == map ? ["entropy", "distortion-centroids"] : all {
        let row = try #require(rows.first { $0["quantity"]?.textValue == quantity })
        for member in ["value", "lower", "upper"] {
          guard case .number(let literal)? = row[member], let number = row[member]?.doubleValue else {
            Issue.record("no \(member) of \(quantity)")
            continue
          }
          // Another value, or less than the whole interval.
          let claim = member == "upper" ? number - 1e-6 : number + 1e-6
          #expect(
            try Self.status(ofCheck: json, ("\"\(member)\": \(literal)", "\"\(member)\": \(claim)")) == 1,
            "\(quantity) \(member)")
        }
      }
    }
    #expect(try Self.status(ofCheck: map, ("\"run_symbols\": [0, ", "\"run_symbols\": [1, ")) == 1)
    #expect(try Self.status(ofCheck: map, ("\"run_symbols\": [", "\"run_symbols\": [99, ")) == 65)
    #expect(try Self.status(ofCheck: map, ("\"run_lengths\": [", "\"run_lengths\": [-1, ")) == 65)
    #expect(try Self.status(ofCheck: map, ("\"lengths\": [", "\"lengths\": [1, ")) == 65)
    #expect(try Self.status(ofCheck: map, ("\"source\": \"banana\"", "\"source\": \"circle\"")) == 65)
    #expect(try Self.status(ofCheck: map, ("\"type\": \"grid-code\"", "\"type\": \"codebook-code\"")) == 65)
    #expect(try Self.status(ofCheck: book, ("\"lambda\": ", "\"lambda\": 2")) == 1)
    #expect(try Self.status(ofCheck: book, ("\"lambda\": ", "\"lambda\": -")) == 65)
    #expect(try Self.status(ofCheck: book, ("\"first\": [", "\"first\": [0, ")) == 65)
  }

  @Test(
    "a designed codebook of the plane is read back as it was written: its gap begins at 0",
    arguments: ["banana --rate 2", "banana --lambda 1", "gaussian --dimension 2 --distortion 0.5"])
  func designedPlane(request: String) throws {
    let words = request.split(separator: " ")
    let source = words[0] + (words[0] == "gaussian" ? " --dimension 2" : "")
    let outcome = try Program.shell("\"$RDBOUNDS\" design \(request) | \"$RDBOUNDS\" code - --source \(source)")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let rows = Self.rows(outcome.output)
    let number = { (name: String, cell: Int) in Double(rows[name]?[cell] ?? "") ?? .nan }
    #expect(number("undecided", 5) == 0)
    #expect(number("entropy-model", 5).magnitude < 1e-5 && number("decoder", 5).magnitude < 1e-4)
    #expect(number("cell-sizes", 6) < 1e-4 && number("gap-one-shot", 7) < 0.2)
  }

  @Test(
    "a layered code is written stage by stage, and is what refine prints of it",
    arguments: ["msb-first", "lsb-first"])
  func layers(order: String) throws {
    let parameters = "--noise-variance 0.1 --setting source-plus-noise"
    let written = try Program.shell("\"$RDBOUNDS\" design wyner-ziv --stages 2,3 --order \(order) \(parameters)")
    #expect(written.status == 0 && written.output.hasPrefix("from,to,index_0,index_1,bits\n"), "\(written.errors)")
    let pairs = Set(written.output.split(separator: "\n").dropFirst().map { $0.split(separator: ",")[2...3] })
    #expect(pairs.count == 6)
    let outcome = try Program.shell(
      "\"$RDBOUNDS\" design wyner-ziv --stages 2,3 --order \(order) \(parameters) | \"$RDBOUNDS\" code - "
        + "--source wyner-ziv \(parameters)")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let rows = Self.rows(outcome.output)
    let number = { (name: String) in Double(rows[name]?[5] ?? "") ?? .nan }
    #expect(rows["cells"]?[5] == "6" && number("entropy-model").magnitude < 1e-9)
    let refined = try Program.shell(
      "\"$RDBOUNDS\" refine wyner-ziv --stages 2,3 --order \(order) --width last-stage \(parameters) --format json")
    let last = try #require(
      JSONValue.parse(refined.output)["rows"]?.elements?.first {
        $0["stage"]?.doubleValue == 2 && $0["order"]?.textValue == order
      })
    #expect((number("distortion-centroids") - (last["distortion"]?.doubleValue ?? .nan)).magnitude < 1e-7)
  }

  @Test("a map of the plane is a point among others, and what is no grid is said")
  func planeVerified() throws {
    var rows = ["x0,x1,index"]
    for y in -12...12 { for x in -12...12 { rows.append("\(Double(x) / 2),\(Double(y) / 2),\(x < 0 ? 0 : 1)") } }
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("rdbounds-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: file) }
    try rows.joined(separator: "\n").write(toFile: file, atomically: true, encoding: .utf8)
    let verified = try Program.run(["verify", file, "--source=gaussian", "--dimension=2", "--format=csv"])
    #expect(verified.status == 0, "\(verified.errors)")
    #expect(verified.output.contains("suboptimal") || verified.output.contains("best-known"))
    let refused = try Program.run(["code", file, "--source=gaussian", "--dimension=2", "--cells=0:1:2,0:1:2"])
    #expect(refused.status == 65 && refused.errors.contains("--cells is for runs of rows"))
    let usage: [([String], String)] = [
      (["--source=circle", "--cells=0:1:2,0:1:2"], "--cells is for sources in the plane"),
      (["--source=banana", "--cells=0:1:2"], "is no grid"), (["--source=banana", "--cells=1:0:2,0:1:2"], "is no grid"),
      (["--source=banana", "--cells=0:1:100000,0:1:100000"], "is no grid"),
    ]
    for (words, sentence) in usage {
      let outcome = try Program.run(["code", file] + words)
      #expect(outcome.status == 64 && outcome.errors.contains(sentence), "\(outcome.errors)")
    }
  }

  @Test("verify takes runs of a grid that is named, beside points; a grid that nothing is a run of is a mistake")
  func planeRunsVerified() throws {
    try Program.inTemporaryFolder { folder in
      let points = folder.appendingPathComponent("points.csv").path
      try "rate,distortion\n3,0.9\n".write(toFile: points, atomically: true, encoding: .utf8)
      let runs = Array(Self.plane.prefix(4))
      let outcome = try Program.run(["verify", points, "--format", "json"] + runs)
      #expect(outcome.status == 0, "\(outcome.errors)")
      let judged = try #require(JSONValue.parse(outcome.output)["points"]?.elements)
      #expect(judged.count == 2 && judged[1]["verdict"]?.textValue == "optimal")
      let row = try Self.rows(Program.run(["code"] + runs).output)
      for (name, quantity) in [("rate_bits", "entropy"), ("distortion", "distortion-centroids")] {
        let value = try #require(Double(row[quantity]?[5] ?? ""))
        #expect(((judged[1][name]?.doubleValue ?? .nan) - value).magnitude < 1e-11, "\(name)")
      }
      let needless = try Program.run(["verify", points, "--source=banana", "--cells=0:1:2,0:1:2"])
      #expect(needless.status == 65 && needless.errors.contains("--cells is for runs of rows"))
      let missing = try Program.run(["verify", points, runs[0], "--source=banana"])
      #expect(missing.status == 65 && missing.errors.contains("which --cells names"))
    }
  }

  @Test(
    "a designed code of a source with side information is the best known: its gap begins at 0",
    arguments: ["--rate 1", "--rate 1 --coding conditional --setting source-plus-noise", "--lambda 10"])
  func designedWynerZiv(request: String) throws {
    let parameters = request.split(separator: " ").dropFirst(2).joined(separator: " ")
    let outcome = try Program.shell(
      "\"$RDBOUNDS\" design wyner-ziv \(request) | \"$RDBOUNDS\" code - --source wyner-ziv \(parameters)")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let rows = Self.rows(outcome.output)
    let number = { (name: String, cell: Int) in Double(rows[name]?[cell] ?? "") ?? .nan }
    if !request.contains("conditional") { #expect(number("entropy-model", 5).magnitude < 1e-12) }
    #expect(number("gap-one-shot", 6).magnitude < 1e-4, "\(rows["gap-one-shot"] ?? [])")
    #expect(number("gap-one-shot", 7) > 0)
  }

  @Test("each row of a report says what it rests on, and check takes no more for it")
  func assurance() throws {
    let report = { (rows: String) in
      try Program.shell(
        "printf 'from,to,index\\n\(rows)' | \"$RDBOUNDS\" code - --source wyner-ziv --setting source-plus-noise "
          + "--noise-variance 1 --coding conditional --format json"
      ).output
    }
    let said = { (json: String) in
      let rows = try JSONValue.parse(json)["rows"]?.elements ?? []
      return Dictionary(rows.map { ($0["quantity"]?.textValue ?? "", $0["assurance"]?.textValue ?? "") }) { $1 }
    }
    let known = try said(report("-inf,-0.5,0\\n-0.5,0.5,1\\n0.5,inf,0\\n"))
    #expect(
      known["entropy"] == "proved" && known["conditional-entropy"] == "proved" && known["gap-one-shot"] == "proved")
    #expect(known["uncovered"] == "recomputed" && known["binning-width"] == "recomputed")
    let open = try report("-inf,-0.5,0\\n-0.49999,0.5,1\\n0.5,inf,0\\n")
    let words = try said(open)
    #expect(words["entropy"] == "proved" && words["conditional-entropy"] == "recomputed")
    #expect(words["gap-one-shot"] == "recomputed" && words["cells"] == "proved")
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("rdbounds-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: file) }
    for (claimed, status) in [("recomputed", Int32(0)), ("proved", 1), ("margin", 1), ("sworn", 1)] {
      try open.replacing("\"assurance\": \"recomputed\"", with: "\"assurance\": \"\(claimed)\"")
        .write(toFile: file, atomically: true, encoding: .utf8)
      let outcome = try Program.run(["check", file])
      #expect(outcome.status == status, "\(claimed): \(outcome.output)")
    }
  }

  @Test("verify takes maps and points in one run; a map is its exact point")
  func verified() throws {
    try Program.inTemporaryFolder { folder in
      let points = folder.appendingPathComponent("points.csv").path
      try "rate,distortion\n3,0.06\n".write(toFile: points, atomically: true, encoding: .utf8)
      let outcome = try Program.run(["verify", points, Self.folded, "--source", "circle", "--format", "json"])
      #expect(outcome.status == 0, "\(outcome.errors)")
      let judged = try #require(JSONValue.parse(outcome.output)["points"]?.elements)
      #expect(judged.count == 2 && judged[0]["series"]?.textValue == "points")
      let value = { (name: String) in judged[1][name]?.doubleValue ?? .nan }
      // What the trainer found from the bisected ends: the expected length, the entropy, the loss of its own reconstructions.
      #expect((value("rate_bits") - 2.6864834715298755).magnitude < 1e-6)
      #expect((value("entropy_model_bits") - (2.6864834715298755 - 2.6572683438226576)).magnitude < 1e-6)
      #expect((value("distortion") - 0.1310533446017408).magnitude < 1e-8)
      #expect(judged[1]["verdict"]?.textValue == "suboptimal")
    }
    // The optimum, with H(index|Y) for the rate where the coding may use Y.
    let best = try Program.shell("\"$RDBOUNDS\" design circle --rate 3 | \"$RDBOUNDS\" verify - --source circle")
    #expect(
      best.status == 0 && best.output.contains(",circle,3,") && best.output.contains(",optimal,"), "\(best.errors)")
    let known = try Program.shell(
      "printf 'from,to,index\\n-inf,0,0\\n0,inf,1\\n' | \"$RDBOUNDS\" verify - --source wyner-ziv --noise-variance 1 "
        + "--setting source-plus-noise --coding conditional")
    // H(sign X | X + N) for unit variances: by quadrature 0.72134752044448, which is 1/(2 ln 2).
    #expect(known.output.contains(",wyner-ziv,0.72134752044"), "\(known.output)")
  }

  @Test(
    "maps that are no points: status 65, and 64 where nobody says what they encode",
    arguments: [
      ("", Int32(64), "no source is given (--source)"),
      ("--source circle --where a=b", 65, "an encoder's map is one point"),
      ("--source sphere", 65, "no column for the rate"), ("--source laplace", 65, "none of x, from with to"),
    ])
  func unverified(options: String, status: Int32, says: String) throws {
    let outcome = try Program.shell("printf 'phase,index\\n0,0\\n0.5,1\\n' | \"$RDBOUNDS\" verify - \(options)")
    #expect(outcome.status == status && outcome.errors.contains(says), "\(outcome.errors)")
  }

  @Test(
    "mistakes in the command line: status 64",
    arguments: [
      ("code FILE", "--source is needed"), ("code FILE --source sphere", "sphere has none"),
      ("code FILE --source crcle", "did you mean"),
      ("design circle", "one of --rate, --distortion and --lambda"),
      ("design circle --rate 1 --lambda 2", "and only one"),
      ("design circle --rate 3 --curve shannon", "no code with cells"), ("design sphere --rate 1", "sphere has none"),
      ("design circle --rate 40", "at most 1048576 are written down"),
    ])
  func mistakes(line: String, says: String) throws {
    let outcome = try Program.run(line.replacing("FILE", with: Self.folded).split(separator: " ").map(String.init))
    #expect(outcome.status == 64 && outcome.output.isEmpty, "\(outcome.status)")
    #expect(outcome.errors.contains(says), "\(outcome.errors)")
  }

  @Test("mistakes in the data: status 65, with the row")
  func data() throws {
    let outcome = try Program.shell(
      "printf 'phase,index\\n0,0\\n0.5,1\\n0.5,2\\n' | \"$RDBOUNDS\" code - --source circle")
    #expect(
      outcome.status == 65
        && outcome.errors.contains("standard input:4: column 1 (phase): position 0.5 stands here twice"))
    let short = try Program.shell(
      "printf 'phase,index,bits\\n0,0,0.5\\n0.5,1,0.5\\n' | \"$RDBOUNDS\" code - --source circle")
    #expect(
      short.status == 0 && short.errors.contains("the sum of 2^-bits over the indices is 1.4142136, above 1"),
      "\(short.errors)")
  }
}

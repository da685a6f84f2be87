import RateDistortion
import TestSupport
import Testing
import TrainedPoints

@Suite("bad files are refused with their place")
struct BadInputTests {
  @Test(
    "each fault names line and column",
    arguments: [
      ("", "points.csv: the file is empty; a header row with column names is expected"),
      ("\n\r\n  \n", "points.csv: the file is empty; a header row with column names is expected"),
      ("rate,distortion\n", "points.csv: there is a header but no row"),
      (
        "rate,D\n1,2\n",
        "points.csv: no column for the distortion: there is none of distortion, distortion_mse, mse, sse, "
          + "distortion_sse, distortion_db, psnr, psnr_db; the columns are rate, D"
      ),
      (
        "a,b,\n1,2,3\n",
        "points.csv: no column for the rate: there is none of rate_bits, rate, bits, bpp, val_rate; the columns are a, b, "
          + "(no name)"
      ),
      ("rate,rate,distortion\n1,1,1\n", "points.csv: the column name \"rate\" occurs more than once"),
      ("rate,distortion\n1,0.5\n\nabc,0.5\n", "points.csv:4: column 1 (rate): \"abc\" is not a finite number"),
      (
        "rate,distortion\n1,nan\ninf,0.5\n",
        "points.csv: no row has both a rate and a distortion: 2 rows are empty or not a number there"
      ),
      ("rate,distortion\n1e999,0.5\n", "points.csv:2: column 1 (rate): \"1e999\" is not a finite number"),
      ("rate,distortion\n0x1p3,0.5\n", "points.csv:2: column 1 (rate): \"0x1p3\" is not a finite number"),
      ("rate,distortion\n1e,0.5\n", "points.csv:2: column 1 (rate): \"1e\" is not a finite number"),
      (
        "rate,distortion\n,0.5\n",
        "points.csv: no row has both a rate and a distortion: 1 row is empty or not a number there"
      ),
      (
        "rate;distortion\n1;0,5\n",
        "points.csv:2: column 2 (distortion): \"0,5\" is not a finite number (a decimal comma? numbers are written with "
          + "a point)"
      ),
      ("rate,distortion\n1,0.5,3\n", "points.csv:2: the row has 3 cells, the header 2"),
      ("rate,distortion\n1,0.5\n1\n", "points.csv:3: the row has 1 cell, the header 2"),
      (
        "rate,distortion\n1,\"0.5\n1,2\n",
        "points.csv:2: column 2 (distortion): a quote is opened here and never closed"
      ),
      (
        "rate,distortion\n1,\"0.5\"x\n",
        "points.csv:2: column 2 (distortion): there is text between a closing quote and the end of the cell"
      ),
      (
        "rate,distortion\n1,-13.96\n",
        "points.csv:2: column 2 (distortion): -13.96 is out of range: it must be greater than 0 (is it in dB?)"
      ),
      ("rate,distortion\n1,0\n", "points.csv:2: column 2 (distortion): 0 is out of range: it must be greater than 0"),
      (
        "rate,distortion\n-0.1,1\n",
        "points.csv:2: column 1 (rate): -0.1 is out of range: it must be a rate, at least 0"
      ),
      (
        "rate,distortion,rate_se\n1,1,-0.1\n",
        "points.csv:2: column 3 (rate_se): -0.1 is out of range: it must be a standard error, at least 0"
      ),
      (
        "rate,distortion,distortion_measure\n1,1,rmse\n",
        "points.csv:2: column 3 (distortion_measure): \"rmse\" is none of mse, sse"
      ),
      (
        "run_id,rate,distortion\n\"a\nb\",1,x\n",
        "points.csv:3: column 3 (distortion): \"x\" is not a finite number"
      ),
    ])
  func faults(text: String, expected: String) {
    #expect(complaint(text) == expected)
  }

  @Test("a header that is no UTF-8 text")
  func encoding() throws {
    let bytes: [UInt8] = Array("rate,d".utf8) + [0xE9] + Array("f\n1,2\n".utf8)
    #expect {
      try PointFile.read(bytes: bytes, name: "points.csv")
    } throws: { error in
      "\(error)" == "points.csv:1: column 2: the header is not UTF-8 text"
    }
  }

  @Test("sources: none given, none known, an empty cell, parameters out of range")
  func sources() {
    let none: (inout PointFileOptions) -> Void = { _ in }
    #expect(
      complaint("rate,distortion\n1,1\n", none)
        == "points.csv: no source is given, and there is no column source; the columns are rate, distortion")
    #expect(
      complaint("source,rate,distortion\nimages,1,1\nquince,x,1\nimages,1,1\n", none)
        == "points.csv: no limits are known for any of its sources: images (2 rows), quince (1 row)")
    #expect(
      complaint("source,rate,distortion\n,1,1\n", none).hasPrefix("points.csv:2: column 1 (source): \"\" is none"))
    #expect(
      complaint("source,rate,distortion,index_points\nramp,1,0.05,2\n", none)
        == "points.csv:2: column 4 (index_points): samples 2 is out of range: it must be a whole number, at least 3")
    #expect(complaint("source,rate,distortion,noise_var\nwyner-ziv,1,0.05,-1\n", none).contains("column 4 (noise_var)"))
  }

  @Test("a file that cannot be read")
  func unreadable() {
    #expect {
      try PointFile.read(path: "/nonexistent/points.csv")
    } throws: { error in
      "\(error)" == "/nonexistent/points.csv: cannot be read: No such file or directory"
    }
    #expect(throws: PointFileError.self) { try PointFile.read(path: "/") }
  }

  @Test("control characters of a file do not reach the terminal, and long cells are cut")
  func legibility() {
    let message = complaint("rate,distortion\n\u{1B}[31mred,1\n")
    #expect(!message.contains("\u{1B}"))
    #expect(complaint("rate,distortion\n" + String(repeating: "x", count: 100_000) + ",1\n").count < 200)
  }

  @Test("mutations of valid files are read or refused, never worse", arguments: SharedFile.allCases)
  func mutations(file: SharedFile) throws {
    var generator = SeededGenerator(seed: 7)
    let valid = try file.bytes
    let interesting = Array("\",;\t\r\n -+.eE0919nif\u{FEFF}".utf8) + [0, 0xFF, 0x80]
    var outcomes = (read: 0, refused: 0)
    let count = Campaign.cases(300, long: 3_000)
    for _ in 0..<count {
      var bytes = valid
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<5, using: &generator) {
        case 0: bytes[place] = interesting.randomElement(using: &generator) ?? 0
        case 1: bytes.insert(interesting.randomElement(using: &generator) ?? 0, at: place)
        case 2: bytes.remove(at: place)
        case 3: bytes.removeSubrange(place..<min(place + 40, bytes.count))
        default: bytes = Array(bytes[..<place]) + bytes
        }
        if bytes.isEmpty { bytes = [10] }
      }
      var options = PointFileOptions()
      if Bool.random(using: &generator) { options.source = Ramp.self }
      options.rows = [nil, .last, .best, .all].randomElement(using: &generator) ?? nil
      do {
        let table = try PointFile.read(bytes: bytes, name: "mutated", options: options)
        for judged in Verification(of: table).judged().points { #expect(judged.isFinite) }
        outcomes.read += 1
      } catch is PointFileError {
        outcomes.refused += 1
      } catch is DomainError {
        outcomes.refused += 1
      }
    }
    #expect(outcomes.refused > 0)
    #expect(outcomes.read + outcomes.refused == count)
  }
}

extension JudgedPoint {
  /// Whether every number in it is one.
  var isFinite: Bool {
    let gaps = ([gap] + references).flatMap { [$0.bits, $0.decibels] }
    let own = [point.rate, point.distortion, point.rateError, point.distortionError, point.entropy]
    return (gaps + own + [code?.entropyModelBits, code?.gapBits]).allSatisfy { $0?.isFinite ?? true }
  }
}

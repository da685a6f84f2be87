import Foundation
import RateDistortion
import Reports
import TestSupport
import Testing
import TrainedPoints

/// Mutated files of every format, with mutated options: read and judged, or refused with a place. Never a crash, a hang, or a
/// number that is none.
///
/// 40,000 a run; a million with RDBOUNDS_LONG=1 in the environment.
@Suite("fuzzing the readers")
struct FuzzTests {
  private static let count = Campaign.cases(40_000, long: 1_000_000)

  /// Small files as trainers write them: what a mutation changes should matter.
  private static let corpus: [[(name: String, text: String)]] = [
    [("a.csv", "run_id,source,rate_bits,rate_se,distortion,distortion_se,index_points\nx,ramp,2,0.01,0.04,1e-4,64\n")],
    [("a.tsv", "rate\tdistortion_db\tmodel\n1.5\t-3.1\t\"a,\"\"b\"\n2.5\t-9\tc\n3\t-12\tc\n")],
    [("a.csv", "source;noise_var;rate;distortion\nwyner-ziv;0.1;1;0.05\ncircle;;2;0.3\n\n\"images\";;1;1\n")],
    [
      (
        "log.csv",
        "epoch,distortion,gradient RMS,loss,lr,rate,val_distortion,val_loss,val_rate\r\n0,0.5,0.1,9,0.01,1,0.4,9,1.5"
          + "\r\n1,0.4,0.1,8,0.01,1,0.3,nan,2.5\r\n"
      )
    ],
    [
      ("p.jsonl", "{\"rate\": 1, \"distortion\": 0.7, \"label\": \"\\u00e9\"}\n{\"rate\": 2.5, \"distortion\": 3e-1}\n")
    ],
    [
      (
        "p.json",
        "[{\"rate\": 1, \"distortion\": 0.7, \"m\": {\"a\": [1, 2], \"b\": null}},\n {\"rate\": 2, \"distortion\": 0.3}]"
      )
    ],
    [("r.json", "{\"name\": \"x\", \"rate\": [1.0, 2, 3], \"distortion\": [0.7, 0.3, 0.1], \"h\": [[1], [2]]}")],
    [
      ("run-a-tag-rate.csv", "Wall time,Step,Value\n1.5,0,3\n1.6,1,2.5\n"),
      ("run-a-tag-distortion.csv", "Wall time,Step,Value\n1.5,0,0.2\n1.6,1,0.1\n"),
    ],
    [("one.csv", "rate,distortion\n1,0.7\n"), ("two.json", "{\"rate\": 3, \"distortion\": 0.1}")],
  ]

  private static let pieces: [String] = [
    ",", "\"", ";", "\t", "\r", "\n", "\r\n", " ", "-", "+", ".", "e", "E", "0", "9", "1e308", "1e-320", "-0", "nan",
    "inf", "Infinity", "NaN", "null", "true", "{", "}", "[", "]", ":", "\\", "\\u", "\\ud800", "\u{FEFF}", "\u{0}",
    "\u{1F600}",
    "rate", "distortion", "source", "val_", "_db", "ramp", "circle", "sawbridge", "wyner-ziv", "mse",
    "99999999999999999999",
    "0.0000000000000000000000001", "Wall time,Step,Value\n", "{\"rate\": [", "epoch", "lambda", "loss",
  ]

  private static func mutate(_ text: String, _ generator: inout SeededGenerator) -> [UInt8] {
    var bytes = Array(text.utf8)
    for _ in 0..<Int.random(in: 1...5, using: &generator) {
      let place = Int.random(in: 0...bytes.count, using: &generator)
      let end = min(place + Int.random(in: 1...12, using: &generator), bytes.count)
      switch Int.random(in: 0..<7, using: &generator) {
      case 0: bytes.insert(contentsOf: (pieces.randomElement(using: &generator) ?? "").utf8, at: place)
      case 1: bytes.replaceSubrange(place..<end, with: (pieces.randomElement(using: &generator) ?? "").utf8)
      case 2: bytes.removeSubrange(place..<end)
      case 3: if place < bytes.count { bytes[place] = UInt8.random(in: 0...255, using: &generator) }
      case 4: if place < bytes.count { bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator) }
      case 5: bytes.insert(contentsOf: bytes[place..<end], at: Int.random(in: 0...place, using: &generator))
      default: bytes.removeSubrange(end...)
      }
    }
    return bytes
  }

  private static func options(_ generator: inout SeededGenerator) -> PointFileOptions {
    var options = PointFileOptions()
    if Int.random(in: 0..<4, using: &generator) > 0 { options.source = Circle.self }
    options.sourceOtherwise = Bool.random(using: &generator) ? Ramp.self : nil
    options.rows = [nil, .last, .best, .all].randomElement(using: &generator) ?? nil
    options.rateUnit = RateUnit.allCases.randomElement(using: &generator) ?? .bits
    options.distortionUnit = ([nil] + DistortionUnit.allCases).randomElement(using: &generator) ?? nil
    if Int.random(in: 0..<4, using: &generator) == 0 { options.seriesColumns = ["model"] }
    if Int.random(in: 0..<8, using: &generator) == 0 { options.filters = [RowFilter(column: "source", value: "ramp")] }
    if Int.random(in: 0..<8, using: &generator) == 0 { options.rateColumn = "rate" }
    if Int.random(in: 0..<8, using: &generator) == 0 { options.parameters = ["samples": "64"] }
    return options
  }

  /// Faults of a whole file, or of several.
  private static func concernsLine(_ fault: PointFileError.Fault) -> Bool {
    switch fault {
    case .unreadable, .emptyFile, .noObjects, .noRows, .missingColumn, .repeatedColumn, .sourceNotGiven, .noMatch,
      .noKnownSource, .noCommonStep, .noNumbers, .notText:
      return false
    default: return true
    }
  }

  @Test("mutated files are read and judged, or refused with their place", arguments: corpus.indices)
  func files(entry: Int) throws {
    let originals = Self.corpus[entry]
    var outcomes = (read: 0, refused: 0)
    for number in 0..<Self.count / Self.corpus.count + 1 {
      var generator = SeededGenerator(seed: UInt64(number) << 8 | UInt64(entry))
      let contents = originals.map { (name: $0.name, bytes: Self.mutate($0.text, &generator)) }
      do {
        let table = try PointFile.read(contents: contents, options: Self.options(&generator))
        let verification = Verification(of: table)
        for judged in verification.judged().points where !judged.isFinite {
          Issue.record("not finite: entry \(entry), number \(number)")
        }
        if number % 16 == 0 {
          let formats = VerdictReport.Format.allCases
          var size = 0
          _ = VerdictReport(of: verification).write(as: formats[number / 16 % formats.count]) { size += $0.count }
          #expect(size > 0)
        }
        outcomes.read += 1
      } catch let error as PointFileError {
        let isPlaced = error.line.map { $0 >= 1 } ?? !Self.concernsLine(error.fault)
        let isNamed = originals.contains { error.file.contains($0.name) }
        if !isPlaced || !isNamed || "\(error)".contains("\n") {
          Issue.record("without a place: \(error), entry \(entry), number \(number)")
        }
        outcomes.refused += 1
      } catch is DomainError {
        // An option's parameter that suits none of the sources left.
        outcomes.refused += 1
      }
    }
    #expect(outcomes.read > 0 && outcomes.refused > 0, "\(outcomes)")
  }
}

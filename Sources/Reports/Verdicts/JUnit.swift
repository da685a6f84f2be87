import Documents
import TrainedPoints

extension VerdictReport {
  /// JUnit's XML: a suite a series, a test a point, named by its file, line and label, of the class `rdbounds.SOURCE`. A point that
  /// is impossible, or beyond the largest gap allowed, is a failure.
  ///
  /// A suite begins with the numbers of its tests and failures, so that all tests are held until the last is known.
  func writeJUnit(_ emit: ([UInt8]) -> Void) -> VerificationSummary {
    let series = verification.points.series
    let (limits, wording) = (verification.largestGaps, wording)
    var suites = series.map { (name: $0, tests: 0, failures: 0, body: [UInt8]()) }
    let summary = verification.forEachPiece(
      transformed: { piece in piece.map { Self.test($0, limits, wording) } },
      { tests in
        for test in tests {
          suites[test.series].tests += 1
          suites[test.series].failures += test.isFailure ? 1 : 0
          suites[test.series].body += Array(test.text.utf8)
        }
      })
    let (tests, failures) = (suites.reduce(0) { $0 + $1.tests }, suites.reduce(0) { $0 + $1.failures })
    emit(
      Array(
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="\(ProgramVersion.name) verify" tests="\(tests)" failures="\(failures)" errors="0">

        """.utf8))
    for suite in suites where suite.tests > 0 {
      let counts = "tests=\"\(suite.tests)\" failures=\"\(suite.failures)\" errors=\"0\" skipped=\"0\""
      emit(Array("  <testsuite name=\(Self.attribute(suite.name)) \(counts)>\n".utf8))
      emit(suite.body)
      emit(Array("  </testsuite>\n".utf8))
    }
    emit(Array("</testsuites>\n".utf8))
    return summary
  }

  private static func test(
    _ judged: JudgedPoint, _ limits: LargestGaps, _ wording: Wording
  ) -> (series: Int, isFailure: Bool, text: String) {
    let digits = { (value: Double?) in value.flatMap { SignificantDigits($0, digits: 6) }?.text ?? "unknown" }
    let point = judged.point
    let name = "\(judged.file):\(point.row)" + (point.label.isEmpty ? "" : ": \(point.label)")
    let group = "\(ProgramVersion.name).\(judged.source)"
    let opening = "    <testcase classname=\(attribute(group)) name=\(attribute(name))"
    let isBeyond = limits.areExceeded(by: judged)
    guard judged.verdict == .impossible || isBeyond else { return (point.series, false, opening + "/>\n") }
    let kind = judged.verdict == .impossible ? "impossible" : "gap"
    let gaps = "\(digits(judged.gap.bits)) bits and \(digits(judged.gap.decibels)) dB from \(judged.gap.curve.rawValue)"
    var message = judged.verdict == .impossible ? "below the converse: the evaluation is wrong" : "too far: " + gaps
    if let hint = judged.hint { message += "; \(hint.text(wording))" }
    let text = """
      \(opening)>
            <failure type="\(kind)" message=\(attribute(message))>R = \(digits(point.rate)) bits, \
      D = \(digits(point.distortion)); \(escaped(gaps))</failure>
          </testcase>

      """
    return (point.series, true, text)
  }

  private static func attribute(_ text: String) -> String { "\"\(escaped(text))\"" }

  /// Text without what XML gives a meaning to, or has no way to write.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\n", "\r", "\t": result += "&#\(scalar.value);"
      default:
        let isCharacter = scalar.value >= 0x20 && scalar.value != 0xFFFE && scalar.value != 0xFFFF
        result.unicodeScalars.append(isCharacter ? scalar : "\u{FFFD}")
      }
    }
    return result
  }
}

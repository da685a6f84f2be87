import Documents
import RateDistortion
import Reports
import TrainedPoints

/// `check`: whether a certificate, from anywhere, proves what it claims.
struct CheckCommand: Command {
  static let name = "check"
  static let summary = "Re-evaluate a certificate and say whether it proves its claim."
  static let discussion = [
    """
    Reads the JSON that "at", "table" and "code" print, or one row of a table, and trusts nothing in it but the code or multiplier that \
    the certificate names: entropy, distortion and infimum are computed anew with intervals. Exit status 1 if a claim is not \
    proved. Claims about a finite source need its file, with --pmf, and those about samples theirs, with --data.
    """
  ]
  static let examples = [
    "check claims.json",
    "check -",
  ]
  static let operands = [
    Operand(placeholder: "FILE", help: "the claims as JSON; - for the standard input", content: .file)
  ]

  static let options = SourceArguments.files

  let path: String
  let source: KnownSource?

  init(_ arguments: Arguments) throws {
    path = try arguments.required(0)
    let streams = [SourceArguments.pmf.declaration, SourceArguments.data.declaration]
    guard path != "-" || !streams.contains(where: { arguments.text(ofParameter: $0.name) == "-" }) else {
      throw UsageError("only one file can be the standard input")
    }
    source = try SourceArguments.ofFile(arguments)
  }

  func run(in context: inout Context) throws -> ExitStatus {
    let checks = try CheckedDocument.checks(of: ByteInput(path: path), about: source)
    for check in checks { context.write(check.text + "\n") }
    let failed = checks.count { !$0.holds }
    context.note("\(checks.count - failed) of \(checks.count) claims hold")
    return failed == 0 ? .success : .finding
  }
}

import Documents
import Reports

/// `reference`: the committed curves that other projects pin their tests to.
struct ReferenceCommand: Command {
  static let name = "reference"
  static let summary = "Write the reference curves of every source, or check those that are there."
  static let discussion = [
    "One CSV a source, further ones of one-shot codes with side information, and manifest.json. With --check nothing is written: every committed row is recomputed at its "
      + "own distortion and must agree to within the stated errors; the exit status is 1 if one does not."
  ]
  static let examples = [
    "reference tables",
    "reference tables --check",
  ]
  static let operands = [
    Operand(placeholder: "DIR", help: "the directory, made if it is not there", content: .directory)
  ]
  static let check = Flag("check", help: "compare the files with what this program computes")
  static let options = [check.declaration]

  /// The disagreements that are printed; a changed formula moves thousands of rows.
  static let largestReport = 50

  let directory: String
  let isCheck: Bool

  init(_ arguments: Arguments) throws {
    directory = try arguments.required(0)
    isCheck = arguments.has(Self.check)
  }

  func run(in context: inout Context) throws -> ExitStatus {
    guard isCheck else {
      // Before the work, so that a directory that cannot be made is known at once.
      try ByteOutput.makeDirectory(directory)
      let reference = try ReferenceFiles()
      try reference.write(to: directory)
      for file in reference.refinements { context.write("\(directory)/\(file.name): \(file.report.rows.count) rows\n") }
      for file in reference.files { context.write("\(directory)/\(file.name): \(file.table.rows.count) rows\n") }
      return .success
    }
    let check = try ReferenceCheck(directory: directory)
    for drift in check.drifts.prefix(Self.largestReport) { context.write("\(drift)\n") }
    if check.drifts.count > Self.largestReport {
      context.write("... and \(check.drifts.count - Self.largestReport) more\n")
    }
    let verdict = check.drifts.isEmpty ? "no drift" : "\(check.drifts.count) disagreements"
    context.write("\(check.checkedRows) rows in \(check.checkedFiles) files recomputed: \(verdict)\n")
    return check.drifts.isEmpty ? .success : .finding
  }
}

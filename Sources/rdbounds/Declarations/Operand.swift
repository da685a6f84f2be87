/// An argument that is no option: known by its place.
struct Operand: Sendable {
  /// What may stand there, for completions.
  enum Content: Sendable {
    case word([String])
    case file
    case directory
  }

  /// What stands for it in help texts.
  let placeholder: String
  let help: String
  let content: Content
  var isRequired = true
  /// Whether there may be several: of the last operand only.
  var isRepeatable = false
}

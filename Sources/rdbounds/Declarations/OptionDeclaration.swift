/// An option as parsing, help texts and completions see it.
struct OptionDeclaration: Sendable {
  /// Under which heading help lists it.
  enum Group: String, Sendable, CaseIterable {
    case command = "Options"
    case sourceParameter = "Parameters of sources"
    case general = "Everywhere"
  }

  /// The name without its dashes.
  let name: String
  /// A letter that stands for the name.
  var letter: Character?
  /// What stands for its value in help texts; nil for a flag, which has none.
  var placeholder: String?
  let help: String
  /// Finds the values there are, if they can be listed.
  var findChoices: @Sendable () -> [String] = { [] }
  /// Whether its value is a list of the choices with commas between them.
  var isList = false
  /// Whether its value is the path of a file.
  var isPath = false
  /// Whether it may be given more than once.
  var isRepeatable = false
  var group = Group.command

  /// The values there are: for completions and messages, and found when they ask, since to name every curve is to make every
  /// source, which takes longer than most commands.
  var choices: [String] { findChoices() }
}

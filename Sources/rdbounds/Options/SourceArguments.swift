import RateDistortion
import Reports
import TrainedPoints

/// The operand SOURCE and the parameters of sources as options, both from the catalogue.
enum SourceArguments {
  /// The operand.
  static let operand = Operand(
    placeholder: "SOURCE", help: "a source's name or alias, as \"\(ProgramVersion.name) list\" shows them",
    content: .word(Catalogue.sources.map { $0.description.name }))

  /// The operand where a file may stand for it.
  static let operandOrFile = Operand(
    placeholder: operand.placeholder, help: operand.help + "; none with --pmf or --data", content: operand.content,
    isRequired: false)

  /// The file of a finite source.
  static let pmf = Option(
    "pmf", "FILE",
    help:
      "in place of SOURCE, a finite source: one row a letter, its probability and its value, or the distortions of its "
      + "reproductions, as CSV or .npy, or as JSON with the members probabilities and values or distortions; - for the "
      + "standard input", isPath: true
  ) { $0 }

  /// How far reproductions of a finite source are from its letters.
  static let measure = Option<LetterMeasure>(
    "measure",
    help:
      "with --pmf and no distortions in it: how far reproductions are (default squared between values, else hamming)")

  /// What a finite source's decoder may put out.
  static let reproductions = Option(
    "reproductions", "FILE",
    help: "with --pmf and values in it: the numbers that the decoder may put out (default the values)", isPath: true
  ) { $0 }

  /// The file of samples.
  static let data = Option(
    "data", "FILE",
    help:
      "in place of SOURCE, samples of your own: one row a sample of 1 to 8 coordinates, up to 100000 of them, as CSV or .npy; - for "
      + "the standard input", isPath: true
  ) { $0 }

  /// Sources that a file holds, as options.
  static let files = [pmf.declaration, measure.declaration, reproductions.declaration, data.declaration]

  /// The source that the operand names, or that a file holds.
  ///
  /// - Throws: as `source(named:_:)`; `UsageError` if both or neither is given; what is wrong with the file.
  static func source(_ arguments: Arguments) throws -> KnownSource {
    if let source = try ofFile(arguments) {
      if let name = arguments.operand(0) {
        let option = arguments.text(ofParameter: data.declaration.name) == nil ? pmf.declaration : data.declaration
        throw UsageError("--\(option.name) says what the source is: \"\(name)\" is one operand too many")
      }
      return source
    }
    guard let name = arguments.operand(0) else { throw UsageError("\(operand.placeholder) is missing") }
    return try source(named: name, arguments)
  }

  /// The source that a file holds; nil if none is given.
  ///
  /// - Throws: `UsageError` for two of them, and as both readers.
  static func ofFile(_ arguments: Arguments) throws -> KnownSource? {
    let finite = try finite(arguments).map { KnownSource($0) }
    guard let path = try arguments.value(of: data) else { return finite }
    guard finite == nil else { throw UsageError("--pmf and --data exclude each other") }
    for parameter in parameters where arguments.text(ofParameter: parameter.name) != nil {
      throw UsageError("--\(parameter.name) is no parameter of samples")
    }
    return KnownSource(Samples(try SampleFile.read(path: path)))
  }

  /// The finite source that a file holds; nil if none is given.
  ///
  /// - Throws: `UsageError` for parameters of another source, and for what goes with a file alone; what is wrong with the file.
  private static func finite(_ arguments: Arguments) throws -> FiniteAlphabet? {
    let (measure, reproductions) = (try arguments.value(of: measure), try arguments.value(of: reproductions))
    guard let path = try arguments.value(of: pmf) else {
      guard measure == nil, reproductions == nil else {
        throw UsageError("--measure and --reproductions are of a finite source: --pmf is missing")
      }
      return nil
    }
    guard path != "-" || reproductions != "-" else { throw UsageError("only one file can be the standard input") }
    for parameter in parameters where arguments.text(ofParameter: parameter.name) != nil {
      throw UsageError("--\(parameter.name) is no parameter of a finite source")
    }
    return FiniteAlphabet(try FiniteSourceFile.read(path: path, measure: measure, reproductions: reproductions))
  }

  /// Every parameter of every source, once; which sources have it is in its help.
  static let parameters: [OptionDeclaration] = {
    var names: [String] = []
    var uses: [String: [(help: String, parameter: ParameterDescription, sources: [String])]] = [:]
    for source in Catalogue.sources.map({ $0.description }) {
      for parameter in source.parameters {
        if uses[parameter.name] == nil { names.append(parameter.name) }
        let help = parameter.help + parameter.domain.remark
        if let known = uses[parameter.name]?.firstIndex(where: { $0.help == help }) {
          uses[parameter.name]?[known].sources.append(source.name)
        } else {
          uses[parameter.name, default: []].append((help, parameter, [source.name]))
        }
      }
    }
    return names.map { name in
      let uses = uses[name] ?? []
      let help = uses.map { "\($0.sources.joined(separator: ", ")): \($0.help)" }.joined(separator: "; ")
      var declaration = OptionDeclaration(name: name, help: help, group: .sourceParameter)
      if let domain = uses.first?.parameter.domain { declaration.takes(domain) }
      return declaration
    }
  }()

  /// The sources that arguments name, as an operand or as the source of points; none where the line is not finished.
  static func named(by arguments: Arguments) -> [any InformationSource.Type] {
    let names =
      arguments.operands + [arguments.text(ofParameter: "source")].compactMap { $0 }
    return names.compactMap { Catalogue.knownSource(named: $0) }
  }

  /// The parameters of one source as options.
  static func parameters(of source: any InformationSource.Type) -> [OptionDeclaration] {
    source.description.parameters.map { parameter in
      var declaration = OptionDeclaration(
        name: parameter.name, help: parameter.help + parameter.domain.remark, group: .sourceParameter)
      declaration.takes(parameter.domain)
      return declaration
    }
  }

  /// The source that the arguments name, with the parameters they give.
  ///
  /// - Throws: `DomainError` for an unknown source, a parameter it does not have, or a value out of range; `PointFileError` if the
  ///   value came from a file.
  static func source(named name: String, _ arguments: Arguments) throws -> KnownSource {
    let type = try Catalogue.source(named: name)
    let texts = try texts(arguments)
    do {
      return try KnownSource(type, SourceParameters(texts, of: type.description))
    } catch DomainError.parameterOutOfRange(let parameter, let value, let requirement) {
      let error = DomainError.parameterOutOfRange(name: parameter, value: value, requirement: requirement)
      guard let path = arguments.text(ofParameter: parameter), takesFile(parameter), NumberFile.isPath(path) else {
        throw error
      }
      throw PointFileError(file: path, fault: .parameter(error))
    }
  }

  /// The values given for parameters, whosever they are; a file of numbers is read.
  ///
  /// - Throws: `PointFileError` for what is wrong with a file.
  static func texts(_ arguments: Arguments) throws -> [String: String] {
    var texts: [String: String] = [:]
    for parameter in parameters {
      guard let text = arguments.text(ofParameter: parameter.name) else { continue }
      texts[parameter.name] =
        takesFile(parameter.name) && NumberFile.isPath(text) ? try NumberFile.text(path: text) : text
    }
    return texts
  }

  /// Whether the value of a parameter may be in a file.
  private static func takesFile(_ name: String) -> Bool {
    Catalogue.sources.contains { source in
      source.description.parameters.contains { $0.name == name && ($0.domain == .numbers || $0.domain == .matrix) }
    }
  }
}

extension OptionDeclaration {
  /// Takes the values of a parameter.
  fileprivate mutating func takes(_ domain: ParameterDescription.Domain) {
    if domain != .flag { placeholder = domain.placeholder }
    isPath = domain == .matrix || domain == .numbers
    if case .choice(let words) = domain { findChoices = { words } }
  }
}

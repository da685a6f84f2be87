import RateDistortion
import Reports

/// The operand SOURCE and the parameters of sources as options, both from the catalogue.
enum SourceArguments {
  /// The operand.
  static let operand = Operand(
    placeholder: "SOURCE", help: "a source's name or alias, as \"\(ProgramVersion.name) list\" shows them",
    content: .word(Catalogue.sources.map { $0.description.name }))

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
      declaration.placeholder = uses.first?.parameter.domain.placeholder
      if case .choice(let words)? = uses.first?.parameter.domain { declaration.choices = words }
      return declaration
    }
  }()

  /// The source that the arguments name, with the parameters they give.
  ///
  /// - Throws: `DomainError` for an unknown source, a parameter it does not have, or a value out of range.
  static func source(
    named name: String, _ arguments: Arguments
  ) throws(DomainError) -> any InformationSource {
    let type = try Catalogue.source(named: name)
    var texts: [String: String] = [:]
    for parameter in parameters {
      if let text = arguments.text(ofParameter: parameter.name) { texts[parameter.name] = text }
    }
    return try type.init(parameters: SourceParameters(texts, of: type.description))
  }
}

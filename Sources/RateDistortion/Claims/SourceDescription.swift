/// What the catalogue says of a source before any parameter is chosen.
public struct SourceDescription: Sendable, Equatable {
  /// The stable identifier, as commands take it.
  public let name: String
  /// Other names under which trainers' files know it.
  public let aliases: [String]
  /// The source as a formula, in a line.
  public let definition: String
  /// What its distortion counts.
  public let distortionMeasure: DistortionMeasure
  /// The number of components of a source vector, over which a squared error is summed or averaged; nil for a process, whose
  /// error is averaged over time.
  public let components: Int?
  /// Paper and equation.
  public let reference: String
  /// Its parameters.
  public let parameters: [ParameterDescription]

  /// A source's entry.
  public init(
    name: String, aliases: [String] = [], definition: String, distortionMeasure: DistortionMeasure,
    components: Int? = nil, reference: String, parameters: [ParameterDescription] = []
  ) {
    self.name = name
    self.aliases = aliases
    self.definition = definition
    self.distortionMeasure = distortionMeasure
    self.components = components
    self.reference = reference
    self.parameters = parameters
  }
}

/// A scalar source whose one parameter is its scale.
public protocol ScaleFamily: ScalarSource where Density: StandardDensity {
  /// The source of a density at its scale.
  init(scaled: ScaledDensity<Density>)
}

extension ScaleFamily {
  /// The source of the scale given, 1 by default.
  public init(parameters: SourceParameters) throws(DomainError) {
    try self.init(scale: parameters.number("scale") ?? 1)
  }

  /// The source of a scale.
  ///
  /// - Throws: `DomainError.parameterOutOfRange` unless the scale lies in [1e-100, 1e100], where its square is a number.
  public init(scale: Double) throws(DomainError) { self.init(scaled: try ScaledDensity(Density(), scale: scale)) }

  /// The scale in force.
  public var parameters: SourceParameters { ["scale": .number(scaled.scale)] }
}

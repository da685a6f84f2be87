import RateDistortion

/// Every source with a cell distortion, from the catalogue, by its name.
func cellSources() throws -> [(name: String, source: any BiuniformOptimal)] {
  try Catalogue.sources.compactMap { type in
    guard let source = try type.init(parameters: SourceParameters()) as? any BiuniformOptimal else { return nil }
    return (type.description.name, source)
  }
}

let cellSourceNames = ["ramp", "circle", "sawbridge", "sinusoid", "uniform"]

func cellSource(_ name: String) throws -> any BiuniformOptimal {
  guard let found = try cellSources().first(where: { $0.name == name }) else {
    throw DomainError.unknownSource(name: name, suggestion: nil, known: cellSourceNames)
  }
  return found.source
}

/// The one-shot curves of a source: lower, upper, exact and time-sharing.
func oneShotCurves(of name: String) throws -> [Curve] {
  let source = try KnownSource(Catalogue.source(named: name))
  return try [CurveName.lower, .upper, .exact, .timeSharing].map { try source.curve(named: $0) }
}

import RateDistortion

/// Every source with a cell distortion, from the catalogue, by its name.
func cellSources() throws -> [(name: String, source: any CellSource)] {
  try Catalogue.sources.compactMap { type in
    guard let source = try type.init(parameters: SourceParameters()) as? any CellSource else { return nil }
    return (type.description.name, source)
  }
}

let cellSourceNames = ["ramp", "circle", "sawbridge", "sinusoid", "uniform"]

func cellSource(_ name: String) throws -> any CellSource {
  guard let found = try cellSources().first(where: { $0.name == name }) else {
    throw DomainError.unknownSource(name: name, suggestion: nil, known: cellSourceNames)
  }
  return found.source
}

import RateDistortion

/// Every source of the catalogue, made from its defaults.
func defaultSources() throws -> [KnownSource] {
  try Catalogue.sources.map { try KnownSource($0) }
}

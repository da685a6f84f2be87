import Documents
import RateDistortion

extension PointTable {
  /// The operating point of an encoder's map, as points of evaluators are.
  ///
  /// Its rate is the expected length where the map has code lengths, else H(index), or H(index|Y) where the index's code may use
  /// Y; its distortion that of the given reconstructions, else of centroids. All are those of thresholds halfway between
  /// neighbouring rows, a code that exists: nothing of it is measured, and it has no standard errors.
  ///
  /// - Throws: `PointFileError` for reconstructions that do not suit the source.
  init(of map: CodeMap, source: KnownSource, codes: CodeReference) throws(PointFileError) {
    let code = try map.code(of: codes)
    self.init(
      of: CodePerformance(of: code), source: source, samples: code.sampled?.components.map { Double($0) },
      file: map.file)
  }

  /// That of a map of the plane, by its pixels (`GridEncoder`).
  ///
  /// - Throws: `PointFileError` for reconstructions that do not suit the source.
  init(of map: PlaneMap, source: KnownSource, codes: PlaneReference) throws(PointFileError) {
    self.init(of: CodePerformance(of: try map.code(of: codes)), source: source, samples: nil, file: map.file)
  }

  private init(of performance: CodePerformance, source: KnownSource, samples: Double?, file: String) {
    self.init(file: file)
    sources = [Source(source, samples: samples, file: file)]
    series = [fileTitle(file)]
    append(
      TrainedPoint(
        row: 1, rate: performance.rate.value, distortion: (performance.given ?? performance.centroids).value,
        entropy: performance.crossEntropy == performance.rate ? performance.entropy.value : nil),
      label: [])
  }
}

extension PointFileOptions {
  /// The source of encoders' maps, which do not say themselves what they encode; nil if it is not given.
  ///
  /// - Throws: `PointFileError` if the options' parameters make none.
  func sourceOfMaps(file: String) throws(PointFileError) -> KnownSource? {
    if let known { return known }
    guard let type = source ?? sourceOtherwise else { return nil }
    var known = SourceParameters()
    do {
      for parameter in type.description.parameters {
        guard let text = parameters[parameter.name] else { continue }
        known.set(parameter.name, to: try parameter.value(from: text))
      }
      return try KnownSource(type, known)
    } catch {
      throw PointFileError(file: file, fault: .parameter(error))
    }
  }
}

extension CodeColumns {
  /// Whether a header may be that of an encoder's map: it has an index, and nothing that could be a distortion.
  static func isMap(_ header: ColumnNames, _ options: PointFileOptions) -> Bool {
    options.distortionColumn == nil && !PointColumns.hasDistortion(header) && !indices(header).isEmpty
  }
}

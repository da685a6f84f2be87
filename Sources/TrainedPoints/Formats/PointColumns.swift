import RateDistortion

/// Which column of a file means what.
///
/// Keras logs have two families: `rate` and `distortion` are soft training averages, `val_rate` and `val_distortion` the
/// operating point. Where both columns of the second are there it is taken; a rate of one is never paired with a distortion
/// of the other.
struct PointColumns {
  /// The header, blanks trimmed.
  let names: [String]
  let rate: Int
  let distortion: Int
  let rateError: Int?
  let distortionError: Int?
  let entropy: Int?
  let perception: Int?
  let perceptionError: Int?
  let measure: Int?
  let source: Int?
  let samples: Int?
  let stage: Int?
  let label: [Int]
  let epoch: Int?
  /// The loss of the same family as rate and distortion.
  let loss: Int?
  let lambda: Int?
  /// What tells series apart; empty if the file is one.
  let series: [Int]
  /// Of the rate and the distortion.
  let isValidation: Bool

  private static let rates = ["rate_bits", "rate", "bits", "bpp"]
  private static let distortions = [
    "distortion", "distortion_mse", "mse", "sse", "distortion_sse", "distortion_db", "psnr", "psnr_db",
  ]
  private static let validation = "val_"
  /// The column that counts a process's time samples.
  private static let sampleCount = "index_points"

  init(header: ColumnNames, options: PointFileOptions) throws(PointFileError) {
    names = header.names
    let pair = try Self.pair(header, options)
    rate = pair.rate
    distortion = pair.distortion
    isValidation = pair.isValidation
    let rateName = header.folded[pair.rate]
    let distortionName = header.folded[pair.distortion]
    let family = pair.isValidation ? Self.validation : ""
    rateError = try header.optional(
      options.rateErrorColumn, purpose: "the rate's standard error",
      defaults: [rateName + "_se", rateName + "_stderr", family + "rate_se", family + "rate_stderr"])
    distortionError = try header.optional(
      options.distortionErrorColumn, purpose: "the distortion's standard error",
      defaults: [
        distortionName + "_se", distortionName + "_stderr", family + "distortion_se", family + "distortion_stderr",
      ])
    entropy = try header.optional(
      options.entropyColumn, purpose: "the entropy of the index", defaults: [family + "rate_entropy_bits"])
    let realism = options.realism != nil
    perception =
      realism
      ? try header.optional(
        options.perceptionColumn, purpose: "the perception", defaults: [family + "perception", "perception"]) : nil
    perceptionError = try perception.flatMap { (column: Int) throws(PointFileError) -> Int? in
      let name = header.folded[column]
      return try header.optional(
        options.perceptionErrorColumn, purpose: "the perception's standard error",
        defaults: [name + "_se", name + "_stderr"])
    }
    measure = try header.optional(nil, purpose: "the distortion's measure", defaults: ["distortion_measure"])
    source = try header.optional(nil, purpose: "the source", defaults: ["source"])
    samples = try header.optional(nil, purpose: "the number of samples", defaults: [Self.sampleCount])
    stage = try header.optional(options.stageColumn, purpose: "the stage", defaults: ["stage"])
    label = ["run_id", "label", "model"].compactMap { header.first($0) }
    epoch = header.first("epoch")
    loss = header.first(family + "loss")
    lambda = header.first("lambda")
    var series: [Int] = []
    for name in options.seriesColumns {
      if let column = try header.chosen(name, purpose: "a series") { series.append(column) }
    }
    self.series = series
  }

  /// Whether a header has a column that may be a distortion by its usual names.
  static func hasDistortion(_ header: ColumnNames) -> Bool {
    distortions.contains { header.first($0) != nil || header.first(validation + $0) != nil }
  }

  /// A column as errors show it.
  func place(_ column: Int) -> PointFileError.Column {
    PointFileError.Column(number: column + 1, name: names[column])
  }

  private static func pair(
    _ header: ColumnNames, _ options: PointFileOptions
  ) throws(PointFileError) -> (rate: Int, distortion: Int, isValidation: Bool) {
    let chosenRate = try header.chosen(options.rateColumn, purpose: "the rate")
    let chosenDistortion = try header.chosen(options.distortionColumn, purpose: "the distortion")
    let find = { (family: String) throws(PointFileError) -> (rate: Int?, distortion: Int?) in
      let rate = chosenRate == nil ? try header.firstUnique(of: rates.map { family + $0 }) : chosenRate
      let distortion =
        chosenDistortion == nil ? try header.firstUnique(of: distortions.map { family + $0 }) : chosenDistortion
      return (rate, distortion)
    }
    let isValidation = { (column: Int?) in column.map { header.folded[$0].hasPrefix(validation) } }
    // A column that was chosen settles the family of the other.
    let settled: Bool?
    if chosenDistortion == nil {
      settled = isValidation(chosenRate)
    } else {
      settled = chosenRate == nil ? isValidation(chosenDistortion) : nil
    }
    let families = settled.map { [$0 ? validation : ""] } ?? [validation, ""]
    for family in families {
      let found = try find(family)
      if let rate = found.rate, let distortion = found.distortion {
        return (rate, distortion, header.folded[rate].hasPrefix(validation))
      }
    }
    // Say what the half-found family lacks.
    let validationPair = try find(validation)
    let isHalfValidation = validationPair.rate != nil || validationPair.distortion != nil
    let family = settled.map { $0 ? validation : "" } ?? (isHalfValidation ? validation : "")
    if try find(family).rate == nil {
      throw header.missing("the rate", rates.map { family + $0 } + (families.count == 2 ? [validation + "rate"] : []))
    }
    throw header.missing("the distortion", distortions.map { family + $0 })
  }
}

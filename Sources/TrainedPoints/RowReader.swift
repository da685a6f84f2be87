import RateDistortion

/// Turns rows into points: finds the source, reads the numbers, brings them to bits and to the source's measure.
struct RowReader {
  private let columns: PointColumns
  private let options: PointFileOptions
  private let file: String
  private let filters: [(column: Int, text: [UInt8], number: Double?)]
  private let isInDecibels: Bool
  /// The measure that an option or the distortion column's name settles.
  private let statedMeasure: DistortionMeasure?
  /// Whether the distortion's standard error is in decibels too.
  private let isErrorInDecibels: Bool
  private let rateScale: Double
  private let entropyScale: Double
  private var resolver: SourceResolver
  private var table: PointTable

  init(header: ColumnNames, columns: PointColumns, options: PointFileOptions, file: String) throws {
    self.columns = columns
    self.options = options
    self.file = file
    filters = try options.filters.map { filter in
      guard let column = header.first(filter.column) else {
        throw header.missing("a filter", [filter.column])
      }
      let text = Array(filter.value.utf8)
      return (column, text, DecimalNumber.parse(text, text.indices))
    }
    let name = header.folded[columns.distortion]
    let unit = options.distortionUnit ?? Self.unit(named: name)
    isInDecibels = unit == .decibels
    statedMeasure = unit?.measure
    // A column that is in decibels by its name stands beside a linear one, whose standard error the file gives.
    let errorName = columns.distortionError.map { header.folded[$0] } ?? ""
    isErrorInDecibels = isInDecibels && (Self.unit(named: name) != .decibels || errorName.contains("_db"))
    let natsToBits = options.rateUnit == .nats ? 1 / natsPerBit : 1
    rateScale = natsToBits
    let entropyName = columns.entropy.map { header.folded[$0] } ?? ""
    entropyScale = entropyName.hasSuffix("_bits") ? 1 : natsToBits
    resolver = try SourceResolver(header: header, columns: columns, options: options, file: file)
    table = PointTable(file: file)
  }

  private static func unit(named name: String) -> DistortionUnit? {
    if name.hasSuffix("_db") { return .decibels }
    if name == "mse" || name.hasSuffix("_mse") { return .meanSquaredError }
    if name == "sse" || name.hasSuffix("_sse") { return .sumOfSquaredErrors }
    return nil
  }

  func passesFilters(_ record: Record) -> Bool {
    for filter in filters {
      if record.unescaped(filter.column).elementsEqual(filter.text) { continue }
      guard let number = filter.number,
        DecimalNumber.parse(record.bytes, record.trimmed(filter.column)) == number
      else { return false }
    }
    return true
  }

  /// Adds a row's point to the table, unless the limits of its source are not known.
  mutating func add(_ record: Record) throws(PointFileError) {
    guard let index = try resolver.resolve(record) else { return }
    let source = resolver.sources[index]
    let scale = try measureScale(record, source)
    let rateError = try standardError(record, columns.rateError) * rateScale
    let rate = try rate(record, standardError: rateError)
    let distortion = try distortion(record, scale: scale)
    var distortionError = try standardError(record, columns.distortionError)
    // dD = D ln(10)/10 d(dB).
    distortionError *= isErrorInDecibels ? distortion * 0.230258509299404568 : scale
    var entropy: Double?
    if let column = columns.entropy, !record.trimmed(column).isEmpty {
      entropy = try number(record, column) * entropyScale
    }
    for (value, column) in [
      (rateError, columns.rateError), (distortionError, columns.distortionError), (entropy ?? 0, columns.entropy),
    ] {
      if !value.isFinite, let column { throw outOfRange(record, column, "a number this program can hold") }
    }
    let label = columns.label.lazy.map { record.unescaped($0) }.first { !$0.isEmpty } ?? []
    table.append(
      TrainedPoint(
        row: record.line, source: index, rate: rate, distortion: distortion, rateError: rateError,
        distortionError: distortionError, entropy: entropy),
      label: label)
  }

  /// The table of all rows added.
  ///
  /// - Throws: if there is none, or an option's parameter is one of no source in the file.
  consuming func finish() throws -> PointTable {
    guard !resolver.sources.isEmpty else {
      throw PointFileError(file: file, fault: .noKnownSource(resolver.skipped))
    }
    try resolver.checkOptionsWereUsed()
    table.sources = resolver.sources
    table.skipped = resolver.skipped
    return table
  }

  private func number(_ record: Record, _ column: Int) throws(PointFileError) -> Double {
    if let number = DecimalNumber.parse(record.bytes, record.trimmed(column)) { return number }
    throw fault(record, column, .notANumber(text: record.text(column)))
  }

  private func standardError(_ record: Record, _ column: Int?) throws(PointFileError) -> Double {
    guard let column, !record.trimmed(column).isEmpty else { return 0 }
    let value = try number(record, column)
    guard value >= 0 else { throw outOfRange(record, column, "a standard error, at least 0") }
    return value
  }

  private func rate(_ record: Record, standardError: Double) throws(PointFileError) -> Double {
    let rate = try number(record, columns.rate) * rateScale
    guard rate.isFinite else { throw outOfRange(record, columns.rate, "a number this program can hold") }
    // Silence is measured as 1e-9 bits, give or take.
    guard rate >= -(options.standardErrors * standardError + 1e-9) else {
      throw outOfRange(record, columns.rate, "a rate, at least 0")
    }
    return rate
  }

  private func distortion(_ record: Record, scale: Double) throws(PointFileError) -> Double {
    let value = try number(record, columns.distortion)
    let linear = isInDecibels ? RateDistortion.distortion(decibels: value) : value
    guard linear > 0 else {
      let requirement = value < 0 && !isInDecibels ? "greater than 0 (is it in dB?)" : "greater than 0"
      throw outOfRange(record, columns.distortion, requirement)
    }
    let scaled = linear * scale
    guard scaled.isFinite, scaled >= .leastNormalMagnitude else {
      throw outOfRange(record, columns.distortion, "a number this program can hold")
    }
    return scaled
  }

  /// What brings a row's distortion to its source's measure.
  private func measureScale(
    _ record: Record, _ source: PointTable.Source
  ) throws(PointFileError) -> Double {
    let needed = source.source.description.distortionMeasure
    let written = try measureInColumn(record)
    guard let found = statedMeasure ?? written, found != needed else { return 1 }
    guard let components = source.components else {
      throw fault(
        record, columns.measure ?? columns.distortion,
        .componentsUnknown(source: source.name, found: found, needed: needed))
    }
    return needed == .meanSquaredError ? 1 / components : components
  }

  private func measureInColumn(_ record: Record) throws(PointFileError) -> DistortionMeasure? {
    guard let column = columns.measure else { return nil }
    let range = record.trimmed(column)
    if range.isEmpty { return nil }
    // "mse" or "sse" as three bytes of a number; setting the sixth bit makes ASCII letters small.
    if range.count == 3 {
      let packed = record.bytes[range].reduce(UInt32(0)) { $0 << 8 | UInt32($1 | 0x20) }
      if packed == 0x6D7365 { return .meanSquaredError }
      if packed == 0x737365 { return .sumOfSquaredErrors }
    }
    throw fault(
      record, column,
      .unknownWord(
        text: record.text(column), known: [DistortionMeasure.meanSquaredError, .sumOfSquaredErrors].map(\.rawValue)))
  }

  private func outOfRange(_ record: Record, _ column: Int, _ requirement: String) -> PointFileError {
    fault(record, column, .outOfRange(text: record.text(column), requirement: requirement))
  }

  private func fault(_ record: Record, _ column: Int, _ fault: PointFileError.Fault) -> PointFileError {
    PointFileError(file: file, line: record.line(of: column), column: columns.place(column), fault: fault)
  }
}

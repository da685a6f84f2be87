import Documents
import RateDistortion

/// Turns rows into points: finds the source, reads the numbers, brings them to bits and to the source's measure.
struct RowReader {
  private let columns: PointColumns
  private let options: PointFileOptions
  private let file: String
  private let filters: [(column: Int, text: [UInt8], number: Double?)]
  private let isInDecibels: Bool
  /// 10 log10 of the squared peak where distortions are signal-to-noise ratios.
  private let peakLevel: Double?
  /// The measure that an option or the distortion column's name settles.
  private let statedMeasure: DistortionMeasure?
  /// Whether the distortion's standard error is in decibels too.
  private let isErrorInDecibels: Bool
  private let rateScale: Double
  private let entropyScale: Double
  private var stages: RefinementStages
  private var resolver: SourceResolver
  private var series: SeriesNames
  private var table: PointTable
  private var incompleteRows = 0

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
    isInDecibels = unit == .decibels || unit == .peakSignalToNoise
    peakLevel = unit == .peakSignalToNoise ? 2 * decibels(options.peak) : nil
    statedMeasure = unit?.measure
    // A column that is in decibels by its name stands beside a linear one, whose standard error the file gives.
    let errorName = columns.distortionError.map { header.folded[$0] } ?? ""
    isErrorInDecibels = isInDecibels && (Self.unit(named: name) != .decibels || errorName.contains("_db"))
    let natsToBits = options.rateUnit == .nats ? 1 / natsPerBit : 1
    rateScale = natsToBits
    let entropyName = columns.entropy.map { header.folded[$0] } ?? ""
    entropyScale = entropyName.hasSuffix("_bits") ? 1 : natsToBits
    stages = RefinementStages(options.stageRates)
    resolver = try SourceResolver(header: header, columns: columns, options: options, file: file)
    series = SeriesNames(columns: columns.series, title: fileTitle(file))
    table = PointTable(file: file)
  }

  private static func unit(named name: String) -> DistortionUnit? {
    if name.hasPrefix("psnr") || name.hasSuffix("_psnr") || name.hasSuffix(".psnr") { return .peakSignalToNoise }
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
    if try isIncomplete(record) { return }
    guard let index = try resolver.resolve(record) else { return }
    let scale = try measureScale(record, sourceIndex: index)
    var rateError = try standardError(record, columns.rateError) * rateScale
    var rate = try rate(record, standardError: rateError)
    let distortion = try distortion(record, scale: scale)
    var distortionError = try standardError(record, columns.distortionError)
    // dD = D ln(10)/10 d(dB).
    distortionError *= isErrorInDecibels ? distortion * 0.230258509299404568 : scale
    var entropy: Double?
    if let column = columns.entropy, !record.trimmed(column).isEmpty {
      entropy = try number(record, column) * entropyScale
    }
    let perceptionError = try standardError(record, columns.perceptionError) * scale
    let perception = try perception(record, standardError: perceptionError, scale: scale)
    for (value, column) in [
      (rateError, columns.rateError), (distortionError, columns.distortionError), (entropy ?? 0, columns.entropy),
      (perceptionError, columns.perceptionError),
    ] {
      if !value.isFinite, let column { throw outOfRange(record, column, "a number this program can hold") }
    }
    let lambda = lambda(record, scale: scale)
    var label = columns.label.lazy.map { record.unescaped($0) }.first { !$0.isEmpty } ?? []
    if let column = columns.stage, !record.trimmed(column).isEmpty {
      let stage = try stage(record, column)
      guard
        let sum = stages.cumulative(
          stage: stage, label: Array(label), source: index, rate: rate, error: rateError)
      else { throw outOfRange(record, column, "1, or the stage after the row before, where rates are increments") }
      (rate, rateError) = sum
      label += Array((label.isEmpty ? "stage \(stage)" : ", stage \(stage)").utf8)
    }
    table.append(
      TrainedPoint(
        row: record.line, source: index, rate: rate, distortion: distortion, rateError: rateError,
        distortionError: distortionError, entropy: entropy, lambda: lambda, perception: perception,
        perceptionError: perceptionError, series: series.index(of: record)),
      label: label)
  }

  /// The table of all rows added.
  consuming func finish() -> PointTable {
    table.sources = resolver.sources
    table.skipped = resolver.skipped
    table.incompleteRows = incompleteRows
    table.series = series.titles
    return table
  }

  /// Whether the rate or the distortion of a row is empty or no finite number, as a diverged training leaves it; such rows are
  /// counted, unless they are errors.
  private mutating func isIncomplete(_ record: Record) throws(PointFileError) -> Bool {
    for column in [columns.rate, columns.distortion] {
      let range = record.trimmed(column)
      // Any number is read below; words are few and short.
      guard range.count <= 9, range.isEmpty || DecimalNumber.parse(record.bytes, range) == nil else { continue }
      guard Self.nothing.contains(record.text(column).lowercased()) else { continue }
      guard !options.isStrict else { throw fault(record, column, .notANumber(text: record.text(column))) }
      incompleteRows += 1
      return true
    }
    return false
  }

  /// What files write where there is no number.
  private static let nothing: Set<String> = [
    "", "nan", "+nan", "-nan", "inf", "+inf", "-inf", "infinity", "-infinity", "null", "none", "na", "n/a",
  ]

  /// The weight of the distortion in the loss, in bits: what the file says, else (loss - rate)/distortion, which a Keras log
  /// has; nil where that is no positive number, or the distortion is in decibels.
  private func lambda(_ record: Record, scale: Double) -> Double? {
    let read = { (column: Int) in DecimalNumber.parse(record.bytes, record.trimmed(column)) }
    let weight: Double?
    if let column = columns.lambda {
      weight = read(column)
    } else if !isInDecibels, let loss = columns.loss.flatMap(read), let rate = read(columns.rate),
      let distortion = read(columns.distortion)
    {
      weight = (loss - rate) / distortion
    } else {
      weight = nil
    }
    guard let weight else { return nil }
    let inBits = weight * rateScale / scale
    return inBits.isFinite && inBits > 0 ? inBits : nil
  }

  private func number(_ record: Record, _ column: Int) throws(PointFileError) -> Double {
    if let number = DecimalNumber.parse(record.bytes, record.trimmed(column)) { return number }
    throw fault(record, column, .notANumber(text: record.text(column)))
  }

  private func stage(_ record: Record, _ column: Int) throws(PointFileError) -> Int {
    let number = try number(record, column)
    guard number >= 1, number <= 1e6, number == number.rounded() else {
      throw outOfRange(record, column, "a stage, a whole number from 1")
    }
    return Int(number)
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
    let level = peakLevel.map { $0 - value } ?? value
    let linear = isInDecibels ? RateDistortion.distortion(decibels: level) : value
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

  /// A squared Wasserstein distance in the source's measure; 0 where the cell is empty: the law is the source's.
  private func perception(
    _ record: Record, standardError: Double, scale: Double
  ) throws(PointFileError) -> Double {
    guard let column = columns.perception, !record.trimmed(column).isEmpty else { return 0 }
    let value = try number(record, column) * scale
    // An estimate without bias may be a little below 0.
    guard value >= -options.standardErrors * standardError, value <= 1e300 else {
      throw outOfRange(record, column, "a squared Wasserstein distance, at least 0")
    }
    guard value <= 0 || options.realism == .privateRandomness else {
      throw outOfRange(record, column, "0: other laws than the source's are judged without common randomness alone")
    }
    return max(value, 0)
  }

  /// What brings a row's distortion to its source's measure.
  private func measureScale(_ record: Record, sourceIndex index: Int) throws(PointFileError) -> Double {
    let written = try measureInColumn(record)
    let needed = resolver.measures[index]
    guard let found = statedMeasure ?? written, found != needed else { return 1 }
    let source = resolver.sources[index]
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
    record.error(fault, cell: column, column: columns.place(column), file: file)
  }
}

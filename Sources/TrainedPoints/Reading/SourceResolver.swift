import Documents
import RateDistortion

/// Finds, or makes, the source that a row belongs to.
///
/// Rows are told apart by the bytes of the columns that matter, so a million rows with the same parameters make their source
/// once and most rows cost a comparison with the row before.
struct SourceResolver {
  /// What a row belongs to.
  private enum Outcome {
    case known(Int)
    case skipped(Int)
  }

  private(set) var sources: [PointTable.Source] = []
  /// The distortion measures of the sources, which every row asks for.
  private(set) var measures: [DistortionMeasure] = []
  private(set) var skipped: [SkippedSource] = []

  private let header: ColumnNames
  private let columns: PointColumns
  private let options: PointFileOptions
  private let file: String
  /// The columns that tell rows apart.
  private let keyColumns: [Int]
  private var key: [UInt8] = []
  private var previousKey: [UInt8] = []
  private var previous: Outcome?
  private var outcomes: [[UInt8]: Outcome] = [:]

  /// - Throws: if there is neither an option nor a column for the source, or an option's value suits no source.
  init(header: ColumnNames, columns: PointColumns, options: PointFileOptions, file: String) throws {
    self.header = header
    self.columns = columns
    self.options = options
    self.file = file
    let types: [any InformationSource.Type]
    if options.known != nil {
      types = []
    } else if let source = options.source {
      types = [source]
    } else {
      guard columns.source != nil else {
        throw PointFileError(file: file, fault: .sourceNotGiven(present: header.names))
      }
      types = Catalogue.sources
    }
    try Self.checkValues(options.parameters, of: types)
    let parameterColumns = types.flatMap { $0.description.parameters }.compactMap { Self.column(of: $0, header) }
    let isNamed = options.source == nil && options.known == nil
    let all = (isNamed ? [columns.source, columns.samples] : [columns.samples]).compactMap { $0 }
    keyColumns = Set(all + parameterColumns).sorted()
  }

  /// An option's value has to suit one of the sources there are, before any row is looked at.
  private static func checkValues(
    _ texts: [String: String], of types: [any InformationSource.Type]
  ) throws(DomainError) {
    for (name, text) in texts.sorted(by: { $0.key < $1.key }) {
      guard let parameter = types.flatMap({ $0.description.parameters }).first(where: { $0.name == name }) else {
        throw .unknownParameter(
          name: name, source: types.count == 1 ? types[0].description.name : "any source",
          known: Set(types.flatMap { $0.description.parameters.map(\.name) }).sorted())
      }
      _ = try parameter.value(from: text)
    }
  }

  private static func column(of parameter: ParameterDescription, _ header: ColumnNames) -> Int? {
    parameter.columns.lazy.compactMap { header.first($0) }.first
  }

  /// The index in `sources` of a row's source; nil, and counted, if its limits are not known.
  mutating func resolve(_ record: Record) throws(PointFileError) -> Int? {
    key.removeAll(keepingCapacity: true)
    for column in keyColumns {
      key.append(contentsOf: record.bytes[record.trimmed(column)])
      key.append(0x1F)
    }
    let outcome: Outcome
    if let previous, key == previousKey {
      outcome = previous
    } else if let found = outcomes[key] {
      outcome = found
    } else {
      outcome = try make(record)
      outcomes[key] = outcome
    }
    swap(&key, &previousKey)
    previous = outcome
    switch outcome {
    case .known(let index):
      return index
    case .skipped(let index):
      skipped[index].rows += 1
      return nil
    }
  }

  /// - Throws: `DomainError.unknownParameter` if an option's parameter is one of none of the sources.
  static func checkUse(of parameters: [String: String], by sources: [PointTable.Source]) throws(DomainError) {
    for name in parameters.keys.sorted() {
      let descriptions = sources.map { $0.source.description }
      guard !descriptions.contains(where: { $0.parameters.contains { $0.name == name } }) else { continue }
      throw .unknownParameter(
        name: name, source: Set(descriptions.map(\.name)).sorted().joined(separator: ", "),
        known: Set(descriptions.flatMap { $0.parameters.map(\.name) }).sorted())
    }
  }

  private mutating func make(_ record: Record) throws(PointFileError) -> Outcome {
    if let known = options.known {
      guard options.realism.map({ known.judgement(at: $0) != nil }) ?? true else { return skip(known.description.name) }
      return .known(add(known, alias: nil, samples: try samples(record)))
    }
    guard let type = options.source else {
      guard let column = columns.source else { return .skipped(0) }
      let name = record.text(column)
      guard !name.isEmpty else {
        throw record.error(
          .unknownWord(text: name, known: Catalogue.sources.map { $0.description.name }), cell: column,
          column: columns.place(column), file: file)
      }
      if let type = Catalogue.knownSource(named: name) {
        return try make(type, alias: name.lowercased() == type.description.name ? nil : name, record)
      }
      return skip(name)
    }
    return try make(type, alias: nil, record)
  }

  /// Rows of a source whose limits are not known.
  private mutating func skip(_ name: String) -> Outcome {
    if let index = skipped.firstIndex(where: { $0.name == name }) { return .skipped(index) }
    skipped.append(SkippedSource(name: name, rows: 0))
    return .skipped(skipped.count - 1)
  }

  private mutating func make(
    _ type: any InformationSource.Type, alias: String?, _ record: Record
  ) throws(PointFileError) -> Outcome {
    let description = type.description
    var parameters = SourceParameters()
    for parameter in description.parameters {
      let column = Self.column(of: parameter, header)
      do {
        if let text = options.parameters[parameter.name] {
          parameters.set(parameter.name, to: try parameter.value(from: text))
        } else if let column {
          let text = record.text(column)
          if !text.isEmpty { parameters.set(parameter.name, to: try parameter.value(from: text)) }
        }
      } catch {
        let isOption = options.parameters[parameter.name] != nil
        throw record.error(
          .parameter(error), cell: column ?? 0, column: isOption ? nil : column.map { columns.place($0) }, file: file)
      }
    }
    let samples = try samples(record)
    let source: KnownSource
    do {
      source = try KnownSource(type, parameters)
    } catch {
      throw PointFileError(file: file, line: record.line, fault: .parameter(error))
    }
    guard options.realism.map({ source.judgement(at: $0) != nil }) ?? true else { return skip(description.name) }
    return .known(add(source, alias: alias, samples: samples))
  }

  /// The index of a new source.
  private mutating func add(_ source: KnownSource, alias: String?, samples: Double?) -> Int {
    sources.append(PointTable.Source(source, alias: alias, samples: samples, file: file))
    measures.append(source.description.distortionMeasure)
    return sources.count - 1
  }

  /// The number of time samples that a row states.
  private func samples(_ record: Record) throws(PointFileError) -> Double? {
    guard let column = columns.samples else { return nil }
    let range = record.trimmed(column)
    guard !range.isEmpty else { return nil }
    guard let number = DecimalNumber.parse(record.bytes, range), number >= 1, number == number.rounded() else {
      throw record.error(
        .outOfRange(text: record.text(column), requirement: "a whole number of samples, at least 1"), cell: column,
        column: columns.place(column), file: file)
    }
    return number
  }
}

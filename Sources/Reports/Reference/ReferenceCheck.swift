import Documents
import ParallelBlocks
import RateDistortion

/// Committed reference files against what this program computes.
///
/// Every committed row is recomputed at its own distortion, as printed, and its rate must agree to within both rows' stated
/// errors and one unit of the last printed digit; the slope to 1e-6. Files are not compared byte by byte: another C library
/// may round an inner point of the grid, or the twelfth digit of a rate, the other way. The hashes of the manifest catch what
/// was edited by hand.
public struct ReferenceCheck: Sendable {
  /// A disagreement.
  public struct Drift: Sendable, Equatable, CustomStringConvertible {
    /// The file.
    public let file: String
    /// The line in it, if one is meant.
    public let line: Int?
    /// What disagrees.
    public let message: String

    /// File, line and message.
    public var description: String { line.map { "\(file):\($0): \(message)" } ?? "\(file): \(message)" }
  }

  /// All disagreements, by file and line.
  public private(set) var drifts: [Drift] = []
  /// The rows that were recomputed.
  public private(set) var checkedRows = 0
  /// The files that were read.
  public private(set) var checkedFiles = 0

  private let directory: String

  /// Checks the files of a directory.
  ///
  /// - Throws: `FileError` for a file that cannot be read, `MalformedFile` for one that is not a reference file or manifest.
  public init(directory: String, sources: [any InformationSource.Type] = Catalogue.sources) throws {
    self.directory = directory
    let path = directory + "/" + ReferenceFiles.manifestName
    let manifest = try ReferenceManifest(ByteInput.contents(of: path), path: path)
    let plans = try ReferencePlan.all(of: sources)
    let noisy = try ReferencePlan.noisy(sources)
    let expected =
      plans.map { ($0.name, $0.source) } + noisy.map { (RefinementFile.name(variance: $0.variance), $0.source) }
    for (name, source) in expected where !manifest.entries.contains(where: { $0.file == name }) {
      report(path, nil, "\(name) is missing: the program has the source \(source.description.name)")
    }
    try WorkInProgress.observed("files", count: manifest.entries.count) { work throws in
      for entry in manifest.entries {
        try check(entry, plans: plans, noisy: noisy, listedIn: path)
        work.advance()
      }
    }
  }

  private mutating func check(
    _ entry: ReferenceManifest.Entry, plans: [ReferencePlan], noisy: [(variance: String, source: KnownSource)],
    listedIn path: String
  ) throws {
    if let plan = plans.first(where: { $0.name == entry.file }) {
      try check(entry, against: plan)
    } else if let (variance, source) = noisy.first(where: { RefinementFile.name(variance: $0.variance) == entry.file }
    ) {
      try check(entry, against: RefinementFile(variance: variance, source: source))
    } else {
      report(path, nil, "\(entry.file) is listed, but the program has no source for it")
    }
  }

  private mutating func report(_ file: String, _ line: Int?, _ message: String) {
    drifts.append(Drift(file: file, line: line, message: message))
  }

  /// The bytes of a file, which ought to be those that the manifest was made of.
  private mutating func content(of entry: ReferenceManifest.Entry, path: String) throws(FileError) -> [UInt8] {
    let content = try ByteInput.contents(of: path)
    checkedFiles += 1
    if SHA256.hexadecimal(of: content) != entry.sha256 {
      report(path, nil, "its SHA-256 is not the manifest's: it was edited, or the manifest is of other files")
    }
    return content
  }

  private mutating func check(_ entry: ReferenceManifest.Entry, against plan: ReferencePlan) throws {
    let source = plan.source
    let path = directory + "/" + entry.file
    let rows = try ReferenceRow.read(content(of: entry, path: path), path: path)
    if rows.count != entry.rows { report(path, nil, "\(rows.count) rows where the manifest has \(entry.rows)") }
    let description = source.description
    let curves = plan.curves
    let mine = ReferenceManifest.Entry(
      file: entry.file, source: description, parameters: source.parameters, curves: curves.map(\.name.rawValue),
      rows: rows.count, content: [])
    if !entry.holdsTheSame(as: mine) {
      report(path, nil, "the manifest's source, parameters, measure or curves are not the program's")
    }
    for row in rows {
      if row.source != description.name { report(path, row.line, "the source is \(row.source)") }
      if !curves.contains(where: { $0.name.rawValue == row.curve && $0.kind.rawValue == row.kind }) {
        report(path, row.line, "extra row: \(description.name) has no curve \(row.curve) of kind \(row.kind)")
      }
    }
    for block in plan.blocks {
      for curve in block.curves {
        let own = rows.filter { $0.curve == curve.name.rawValue && $0.kind == curve.kind.rawValue }
        try check(own, of: curve, at: block.distortions, path: path)
      }
    }
  }

  private mutating func check(_ entry: ReferenceManifest.Entry, against file: RefinementFile) throws {
    let path = directory + "/" + entry.file
    let content = try content(of: entry, path: path)
    checkedRows += file.report.rows.count
    let mine = file.entry
    if entry.rows != mine.rows || !entry.holdsTheSame(as: mine) {
      report(path, nil, "the manifest's source, parameters, measure, content or number of rows are not the program's")
    }
    for (line, message) in file.differences(from: content) { report(path, line, message) }
  }

  /// One curve's block: its distortions are those of the grid, and each rate is the program's.
  private mutating func check(
    _ rows: [ReferenceRow], of curve: Curve, at expected: [Double], path: String
  ) throws {
    let recomputed = try parallelMap(count: rows.count, block: curve.isCostly ? 1 : 128, of: "rows of \(curve.name)") {
      index in
      try CurveRow.row(of: curve, at: .distortion(rows[index].distortion))
    }
    checkedRows += rows.count
    var remaining = expected[...]
    for (row, mine) in zip(rows, recomputed) {
      while let first = remaining.first, first > row.distortion, !Self.isSame(first, row.distortion) {
        if try Self.isPrinted(curve, at: first) {
          report(path, row.line, "\(curve.name): no row at distortion \(Self.text(first)) before this one")
        }
        remaining.removeFirst()
      }
      if let first = remaining.first, Self.isSame(first, row.distortion) {
        remaining.removeFirst()
      } else {
        report(path, row.line, "\(curve.name): extra row at distortion \(Self.text(row.distortion))")
      }
      if let message = Self.difference(row, mine) { report(path, row.line, message) }
    }
    for missing in remaining where try Self.isPrinted(curve, at: missing) {
      report(path, nil, "\(curve.name): no row at distortion \(Self.text(missing))")
    }
  }

  /// Whether a curve has a row at a distortion: some are computed for fewer rates than the grid has.
  private static func isPrinted(_ curve: Curve, at distortion: Double) throws -> Bool {
    try CurveRow.row(of: curve, at: .distortion(distortion)) != nil
  }

  /// The same point of the grid, up to the twelfth digit.
  private static func isSame(_ a: Double, _ b: Double) -> Bool { (a - b).magnitude <= 1.5e-11 * max(a, b) }

  private static func text(_ value: Double) -> String { SignificantDigits(readingBackTo: value)?.text ?? "" }

  /// How a committed row differs from the recomputed one, in words; nil if it does not.
  private static func difference(_ row: ReferenceRow, _ mine: CurveRow?) -> String? {
    let place = "\(row.curve) at distortion \(text(row.distortion))"
    guard let mine else { return "\(place): committed \(text(row.rate)) bits, but nothing finite is proved there" }
    guard row.kind == mine.bound.kind.rawValue else {
      return "\(place): committed kind \(row.kind), recomputed \(mine.bound.kind.rawValue)"
    }
    let rate = mine.rate.doubleValue
    let difference = (row.rate - rate).magnitude
    let allowed = (row.error ?? 0) + (mine.error?.doubleValue ?? 0) + max(row.rateUnit, rate.ulp)
    guard difference <= allowed else {
      let parts = [("difference", difference), ("allowed", allowed)].map { name, value in
        "\(name) \(SignificantDigits(value, digits: 3)?.text ?? "")"
      }
      return
        "\(place): committed \(text(row.rate)) bits, recomputed \(mine.rate) bits, \(parts.joined(separator: ", "))"
    }
    if let slope = row.slope, let recomputed = mine.bound.slope,
      (slope - recomputed).magnitude > 1e-6 * max(slope.magnitude, recomputed.magnitude)
    {
      return "\(place): committed lambda \(text(slope)), recomputed \(text(recomputed))"
    }
    return nil
  }
}

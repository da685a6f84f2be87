import Documents
import ParallelBlocks
import RateDistortion

/// The reference curves to which other projects pin their tests: one CSV a source, and a manifest.
///
/// A file holds every curve of a source with its default parameters, in the columns of the table contract, at
/// `gridCount` distortions in geometric progression from the largest down to 8 bits of the first curve, and at the corners
/// of the source up to 8 bits (the distortions of uniform codes), in one descending list. A corner is rounded up to 12
/// digits, so that the code it belongs to is within the printed distortion. `ReferencePlan` has the files besides.
public struct ReferenceFiles: Sendable {
  /// The distortions of a file apart from the corners.
  public static let gridCount = 200
  /// The manifest's name.
  public static let manifestName = "manifest.json"

  /// One source's file.
  public struct File: Sendable {
    /// The rows.
    public let table: CurveTable
    /// The content, as CSV.
    public let content: [UInt8]
    /// Its name in the directory.
    public let name: String

    /// What the manifest says of it.
    public var entry: ReferenceManifest.Entry {
      ReferenceManifest.Entry(
        file: name, source: table.source, parameters: table.parameters, curves: table.curves.map(\.rawValue),
        rows: table.rows.count, content: content)
    }
  }

  /// The files of curves, in the order of the catalogue.
  public let files: [File]
  /// The files of layered codes.
  public let refinements: [RefinementFile]

  /// The files as this program makes them.
  ///
  /// - Throws: `DomainError` or `GridError` if a source cannot be made from its defaults.
  public init(of sources: [any InformationSource.Type] = Catalogue.sources) throws {
    let plans = try ReferencePlan.all(of: sources)
    let noisy = try ReferencePlan.noisy(sources)
    (files, refinements) = try WorkInProgress.observed("files", count: plans.count + noisy.count) { work throws in
      let files = try plans.map { plan in
        defer { work.advance() }
        let table = try plan.table()
        return File(table: table, content: table.text(as: CSV.self), name: plan.name)
      }
      let refinements = try noisy.map { variance, source in
        defer { work.advance() }
        return try RefinementFile(variance: variance, source: source)
      }
      return (files, refinements)
    }
  }

  /// What the files hold.
  public var manifest: ReferenceManifest { ReferenceManifest(entries: files.map(\.entry) + refinements.map(\.entry)) }

  /// Writes the files and the manifest, over those of the same names; the directory is made if it is not there.
  ///
  /// - Throws: `FileError`.
  public func write(to directory: String) throws(FileError) {
    try ByteOutput.makeDirectory(directory)
    for file in files { try ByteOutput.write(file.content, to: directory + "/" + file.name) }
    for file in refinements { try ByteOutput.write(file.content, to: directory + "/" + file.name) }
    try ByteOutput.write(Array(manifest.json.serialized.utf8), to: directory + "/" + Self.manifestName)
  }

  /// The name of a source's file.
  static func fileName(of source: SourceDescription) -> String { source.name + ".csv" }

  /// The distortions of a source's file, descending.
  static func distortions(of source: KnownSource) throws(GridError) -> [Double] {
    let grid = try OperatingGrid.distortions(of: source, count: gridCount)
    let corners = source.corners(upToRate: OperatingGrid.endRate).compactMap {
      SignificantDigits($0, rounded: .up)?.doubleValue
    }
    let sorted = (grid + corners).filter { $0 > 0 }.sorted(by: >)
    return sorted.indices.filter { $0 == 0 || sorted[$0] < sorted[$0 - 1] }.map { sorted[$0] }
  }
}

import Documents
import RateDistortion

/// What a directory of reference files holds: per file its source, parameters, curves, number of rows and hash.
public struct ReferenceManifest: Sendable, Equatable {
  /// One file.
  public struct Entry: Sendable, Equatable {
    /// The name in the directory.
    public let file: String
    /// The source.
    public let source: String
    /// Its parameters in force, an object.
    public let parameters: JSONValue
    /// What its distortion counts.
    public let distortionMeasure: String
    /// The curves in the order of their blocks.
    public let curves: [String]
    /// The number of rows, without the header.
    public let rows: Int
    /// The SHA-256 of the content in hexadecimal digits.
    public let sha256: String

    /// Whether the facts about what a file holds are those of another entry, whatever its bytes.
    func holdsTheSame(as other: Entry) -> Bool {
      source == other.source && parameters == other.parameters && distortionMeasure == other.distortionMeasure
        && curves == other.curves
    }
  }

  /// The files.
  public let entries: [Entry]

  /// The manifest of some files.
  public init(entries: [Entry]) { self.entries = entries }

  /// The manifest as a document.
  public var json: JSONValue {
    .object(ProgramVersion.facts + JSONValue.members(["files": .array(entries.map(Self.json))]))
  }

  private static func json(_ entry: Entry) -> JSONValue {
    [
      "file": .text(entry.file), "source": .text(entry.source), "parameters": entry.parameters,
      "distortion_measure": .text(entry.distortionMeasure), "curves": .texts(entry.curves),
      "rows": .number(entry.rows), "sha256": .text(entry.sha256),
    ]
  }

  /// Reads a manifest.
  ///
  /// - Parameter path: its name for messages.
  /// - Throws: `MalformedFile` if it is not JSON, of another schema, or lacks a member.
  public init(_ bytes: [UInt8], path: String) throws(MalformedFile) {
    let document: JSONValue
    do throws(JSONError) {
      document = try JSONValue.parse(bytes)
    } catch {
      throw MalformedFile(path: path, line: error.line, column: error.column, message: error.message)
    }
    let malformed = { (message: String) in MalformedFile(path: path, line: 1, column: 1, message: message) }
    guard document["schema"]?.integerValue == ProgramVersion.schema else {
      throw malformed("the member \"schema\" is not \(ProgramVersion.schema)")
    }
    guard let files = document["files"]?.elements else { throw malformed("there is no array \"files\"") }
    var entries: [Entry] = []
    for (index, file) in files.enumerated() {
      guard let name = file["file"]?.textValue, let source = file["source"]?.textValue,
        let parameters = file["parameters"], parameters.members != nil,
        let measure = file["distortion_measure"]?.textValue, let curves = file["curves"]?.elements,
        let rows = file["rows"]?.integerValue, let hash = file["sha256"]?.textValue,
        !name.isEmpty, !name.contains("/")
      else { throw malformed("element \(index) of \"files\" lacks a member, or one is not of its type") }
      entries.append(
        Entry(
          file: name, source: source, parameters: parameters, distortionMeasure: measure,
          curves: curves.compactMap(\.textValue), rows: rows, sha256: hash))
    }
    self.entries = entries
  }
}

extension ReferenceManifest.Entry {
  /// What the manifest says of a file's content.
  init(
    file: String, source: SourceDescription, parameters: SourceParameters, curves: [String], rows: Int, content: [UInt8]
  ) {
    self.init(
      file: file, source: source.name, parameters: parameters.json(in: source),
      distortionMeasure: source.distortionMeasure.rawValue, curves: curves, rows: rows,
      sha256: SHA256.hexadecimal(of: content))
  }
}

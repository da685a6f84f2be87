/// A file that is not what it claims to be, and where.
public struct MalformedFile: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file.
  public let path: String
  /// The line, from 1.
  public let line: Int
  /// The column, from 1.
  public let column: Int
  /// What is wrong.
  public let message: String

  /// File, line, column and message, as compilers print them.
  public var description: String { "\(path):\(line):\(column): \(message)" }
}

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
  }

  /// The files.
  public let entries: [Entry]

  /// The manifest of some files.
  public init(entries: [Entry]) { self.entries = entries }

  /// The manifest as a document.
  public var json: JSONValue {
    .object([
      JSONValue.Member("schema", .number(ProgramVersion.schema)),
      JSONValue.Member("program", ProgramVersion.json),
      JSONValue.Member("files", .array(entries.map(Self.json))),
    ])
  }

  private static func json(_ entry: Entry) -> JSONValue {
    .object([
      JSONValue.Member("file", .text(entry.file)),
      JSONValue.Member("source", .text(entry.source)),
      JSONValue.Member("parameters", entry.parameters),
      JSONValue.Member("distortion_measure", .text(entry.distortionMeasure)),
      JSONValue.Member("curves", .array(entry.curves.map { .text($0) })),
      JSONValue.Member("rows", .number(entry.rows)),
      JSONValue.Member("sha256", .text(entry.sha256)),
    ])
  }

  /// Reads a manifest.
  ///
  /// - Parameter path: its name for messages.
  /// - Throws: `MalformedFile` if it is not JSON, of another schema, or lacks a member.
  public init(text: String, path: String) throws(MalformedFile) {
    let document: JSONValue
    do throws(JSONError) {
      document = try JSONValue.parse(text)
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

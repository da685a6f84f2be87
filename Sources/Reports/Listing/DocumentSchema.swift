import Documents

/// The JSON Schemas of the documents that commands print: the files of `tables/schema`, which the program carries.
///
/// - Source: JSON Schema, draft 2020-12; documents in one another by section 9.3, "Compound Documents".
public enum DocumentSchema: String, CaseIterable, Sendable {
  /// What `table` and `at` print.
  case table
  /// The certificates in its rows.
  case certificate
  /// What `gaps` prints.
  case gaps
  /// What `verify` prints.
  case verdicts
  /// What `delta` prints.
  case deltas
  /// What `refine` prints.
  case refinement
  /// What `code` prints.
  case code
  /// What `design` prints.
  case design
  /// What `list` prints.
  case list
  /// What `lossless` prints.
  case lossless

  /// The file's bytes.
  private var file: [UInt8] {
    switch self {
    case .table: PackageResources.table_json
    case .certificate: PackageResources.certificate_json
    case .gaps: PackageResources.gaps_json
    case .verdicts: PackageResources.verdicts_json
    case .deltas: PackageResources.deltas_json
    case .refinement: PackageResources.refinement_json
    case .code: PackageResources.code_json
    case .design: PackageResources.design_json
    case .list: PackageResources.list_json
    case .lossless: PackageResources.lossless_json
    }
  }

  /// The schema by itself: those that it refers to are among its definitions, so that a validator needs no other file.
  public var text: String {
    let others = Self.reached(from: self).filter { $0 != self }
    guard !others.isEmpty, case .object(var members)? = try? JSONValue.parse(file) else {
      return String(decoding: file, as: UTF8.self)
    }
    let bundled = others.compactMap { other in
      (try? JSONValue.parse(other.file)).map { JSONValue.Member(other.rawValue, $0) }
    }
    if let place = members.firstIndex(where: { $0.name == "$defs" }), case .object(let own) = members[place].value {
      members[place] = JSONValue.Member("$defs", .object(own + bundled))
    } else {
      members.append(JSONValue.Member("$defs", .object(bundled)))
    }
    return JSONValue.object(members).serialized
  }

  /// A schema and all that it refers to, at however many removes.
  private static func reached(from first: DocumentSchema) -> [DocumentSchema] {
    var reached = [first]
    var index = 0
    while index < reached.count {
      let text = String(decoding: reached[index].file, as: UTF8.self)
      reached += allCases.filter { !reached.contains($0) && text.contains("\"urn:rdbounds:schema:1:\($0.rawValue)") }
      index += 1
    }
    return reached
  }
}

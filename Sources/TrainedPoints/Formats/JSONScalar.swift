import Documents

/// A value in a JSON object that is neither array nor object.
struct JSONScalar {
  /// The names on the way to it, with dots between them.
  var path: [UInt8]
  /// Its place in the outermost array around it; nil outside arrays.
  var index: Int?
  /// Its characters; nil for null. Whether they are a number is for their reader to say.
  var text: JSONScanner.Text?
  /// The line on which it stands, from 1.
  var line: Int
}

extension JSONScanner {
  /// Walks over the next value and hands on the scalars in it. A matrix is no column: what lies in an array within an array is passed
  /// over.
  ///
  /// - Parameter file: the file, for errors.
  mutating func forEachScalar(
    file: String, _ visit: (JSONScalar) throws(PointFileError) -> Void
  ) throws(PointFileError) {
    var path: [UInt8] = []
    // How long the path was where each open object began.
    var objects: [Int] = []
    var arrays = 0
    // The depth of what lies in the outermost array, and the place there.
    var elementDepth = Int.max
    var index: Int?
    let outside = depth
    repeat {
      let before = depth
      let event = try step(file: file)
      switch event {
      case .endObject: path.removeSubrange(objects.removeLast()...)
      case .endArray:
        arrays -= 1
        if arrays == 0 { (elementDepth, index) = (.max, nil) }
      case .name(let name):
        path.removeSubrange((objects.last ?? 0)...)
        if !path.isEmpty { path.append(UInt8(ascii: ".")) }
        path.append(contentsOf: content(of: name))
      default:
        // A value begins.
        if before == elementDepth { index = index.map { $0 + 1 } ?? 0 }
        switch event {
        case .beginObject: objects.append(path.count)
        case .beginArray:
          arrays += 1
          if arrays == 1 { elementDepth = depth }
        case .text(let text) where arrays < 2: try visit(JSONScalar(path: path, index: index, text: text, line: line))
        case .literal(let literal, let text) where arrays < 2:
          try visit(JSONScalar(path: path, index: index, text: literal == .null ? nil : text, line: line))
        default: break
        }
      }
    } while depth > outside
  }

  private mutating func step(file: String) throws(PointFileError) -> Event {
    do {
      return try next()
    } catch {
      throw PointFileError(error, file: file)
    }
  }
}

import Documents

/// The series that a file's rows belong to: one for each value of some columns together, or one in all.
struct SeriesNames {
  /// In the order of their first rows.
  private(set) var titles: [String] = []
  private let columns: [Int]
  /// What a series without any value is called.
  private let title: String
  private var indices: [[UInt8]: Int] = [:]
  private var key: [UInt8] = []

  /// - Parameter title: what the file is called.
  init(columns: [Int], title: String) {
    self.columns = columns
    self.title = title
    if columns.isEmpty { titles = [title] }
  }

  /// The place in `titles` of a row's series.
  mutating func index(of record: Record) -> Int {
    guard !columns.isEmpty else { return 0 }
    key.removeAll(keepingCapacity: true)
    for column in columns {
      key.append(contentsOf: record.unescaped(column))
      key.append(0x1F)
    }
    if let index = indices[key] { return index }
    let words = columns.map { record.text($0) }.filter { !$0.isEmpty }
    titles.append(words.isEmpty ? title : words.joined(separator: ", "))
    indices[key] = titles.count - 1
    return titles.count - 1
  }
}

import RateDistortion

/// Files of samples: one row a sample, as delimited text below a header or not, or as NumPy's `.npy`; an array of one dimension, and a
/// single row, holds samples of one coordinate.
public enum SampleFile {
  /// Reads a file, or standard input where the path is "-".
  ///
  /// - Throws: `PointFileError` for what is wrong with the file, with its place.
  public static func read(path: String) throws(PointFileError) -> SampleSet {
    let rows = try NumberFile.rows(path: path)
    let file = path == "-" ? "standard input" : path
    let isList = rows.count == 1
    let columns = isList ? 1 : rows[0].count
    if !isList, let row = rows.firstIndex(where: { $0.count != columns }) {
      throw PointFileError(
        file: file,
        fault: .numbers("row \(row + 1) has \(rows[row].count) numbers, the first row has \(columns)"))
    }
    do {
      return try SampleSet(rows: rows.flatMap { $0 }, dimension: columns)
    } catch {
      throw PointFileError(file: file, fault: .samples(error))
    }
  }
}

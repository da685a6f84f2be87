import Documents

/// The chosen row of every run in a log, runs in the order of their first rows.
struct RunRows {
  let choice: RowChoice
  let columns: PointColumns
  let file: String
  private var order: [[UInt8]] = []
  private var rows: [[UInt8]: (record: Record, loss: Double?)] = [:]

  init(choice: RowChoice, columns: PointColumns, file: String) {
    self.choice = choice
    self.columns = columns
    self.file = file
  }

  mutating func offer(_ record: Record) throws(PointFileError) {
    var run: [UInt8] = []
    for column in columns.label + [columns.source].compactMap({ $0 }) {
      run.append(contentsOf: record.bytes[record.trimmed(column)])
      run.append(0x1F)
    }
    let loss = choice == .best ? try loss(of: record) : nil
    guard let best = rows[run] else {
      order.append(run)
      rows[run] = (record.kept(), loss)
      return
    }
    // An epoch whose loss is no number, for the training diverged, is never the best.
    let isBetter = choice == .last || (loss.map { new in best.loss.map { new < $0 } ?? true } ?? false)
    if isBetter { rows[run] = (record.kept(), loss) }
  }

  func chosen() throws(PointFileError) -> [Record] {
    var result: [Record] = []
    for run in order {
      guard let row = rows[run] else { continue }
      if choice == .best, row.loss == nil, let column = columns.loss {
        throw row.record.error(
          .notANumber(text: row.record.text(column)), cell: column, column: columns.place(column), file: file)
      }
      result.append(row.record)
    }
    return result
  }

  private func loss(of record: Record) throws(PointFileError) -> Double? {
    guard let column = columns.loss else { return nil }
    if let loss = DecimalNumber.parse(record.bytes, record.trimmed(column)) { return loss }
    let text = record.text(column)
    if ["nan", "inf", "-inf", ""].contains(text.lowercased()) { return nil }
    throw record.error(.notANumber(text: text), cell: column, column: columns.place(column), file: file)
  }
}

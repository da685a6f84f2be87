import Documents

extension SheetReport {
  /// The report in a format, as text.
  public func string(as format: any SheetFormat.Type) -> String { String(decoding: text(as: format), as: UTF8.self) }
}

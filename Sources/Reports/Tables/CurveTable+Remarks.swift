import RateDistortion

extension CurveTable {
  /// What a reader should know of rows that are not there: a sentence a curve.
  public var remarks: [String] {
    curves.compactMap { curve in
      let missing = omissions.filter { $0.curve == curve }
      guard let first = missing.first else { return nil }
      let place: String
      switch first.request {
      case .rate(let rate): place = "rate \(SignificantDigits(readingBackTo: rate)?.text ?? "")"
      case .distortion(let distortion): place = "distortion \(SignificantDigits(readingBackTo: distortion)?.text ?? "")"
      }
      let others = missing.count > 1 ? " and \(missing.count - 1) other operating points" : ""
      return
        "\(curve) of \(source.name) has no row at \(place)\(others): the rate is beyond the curve's largest, or the "
        + "distortion too near 0 to be enclosed"
    }
  }
}

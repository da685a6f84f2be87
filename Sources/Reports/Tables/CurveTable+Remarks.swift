import Documents
import RateDistortion

extension CurveTable {
  /// What a reader should know: of distortions that nobody can have meant, and of rows that are not there, a sentence a curve.
  public var remarks: [String] { (doubt.map { [$0.description] } ?? []) + omissionRemarks }

  private var omissionRemarks: [String] {
    // Once for a curve known from both sides.
    curves.indices.filter { curves.firstIndex(of: curves[$0]) == $0 }.compactMap { index in
      let curve = curves[index]
      var missing: [Omission] = []
      for omission in omissions where omission.curve == curve && !missing.contains(omission) {
        missing.append(omission)
      }
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

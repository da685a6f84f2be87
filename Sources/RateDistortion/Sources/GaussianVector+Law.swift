import IntervalArithmetic

extension GaussianVector {
  /// How a vector or process is given: which of the parameters, and what they come to.
  struct Law: Sendable {
    /// The eigenvalues of a vector, or samples of a spectrum, in decreasing order; of a process without end nil.
    var eigenvalues: [Interval]?
    /// The covariance that a transform acts on; nil for samples of a spectrum, and for processes.
    var covariance: Covariance?
    /// R(D) of a process per sample, or with infinitely many coefficients.
    var process: Curve?
    /// Whether there is no vector: what is said is said per component.
    var isPerSample = false
    /// The parameters in force.
    var parameters: SourceParameters = [:]
  }

  /// The parameters of which one says what the source is.
  private static let ways = ["variances", "covariance", "ar", "eigenvalues", "spectrum"]

  /// What parameters say.
  ///
  /// - Throws: `DomainError.parameterOutOfRange`.
  static func law(_ given: SourceParameters) throws(DomainError) -> Law {
    let named = ways.filter { given.values[$0] != nil }
    guard named.count <= 1 else {
      throw .parameterOutOfRange(
        name: named[1], value: "beside \(named[0])", requirement: "the only one of \(ways.joined(separator: ", "))")
    }
    var law: Law
    switch named.first {
    case "covariance": law = try matrix(given)
    case "ar": law = try autoregressive(given)
    case "eigenvalues": law = try EigenvalueLaw(given.word("eigenvalues") ?? "").law()
    case "spectrum": law = try list(given, "spectrum", isPerSample: true)
    default: law = try list(given, "variances", isPerSample: false)
    }
    for name in ways where law.parameters.values[name] == nil {
      if let value = given.values[name] { law.parameters.set(name, to: value) }
    }
    if named.first != "ar", let length = given.word("length") {
      throw .parameterOutOfRange(name: "length", value: length, requirement: "given together with ar")
    }
    return law
  }

  private static func list(
    _ given: SourceParameters, _ name: String, isPerSample: Bool
  ) throws(DomainError) -> Law {
    let values = given.numbers(name)?.values ?? defaultVariances
    guard !values.isEmpty, values.count <= mostComponents else {
      throw .parameterOutOfRange(
        name: name, value: "of \(values.count) numbers", requirement: "of 1 to \(mostComponents) numbers")
    }
    for (index, value) in values.enumerated() {
      // A frequency that nothing is sent at is one thing, a component that is constant another.
      guard isPerSample ? value == 0 || value >= 1e-200 : value >= 1e-200, value <= 1e200 else {
        throw .parameterOutOfRange(
          name: name, value: "\(value.words) at place \(index + 1)",
          requirement: isPerSample ? "0 or a number from 1e-200 to 1e200" : "a number from 1e-200 to 1e200")
      }
    }
    guard values.contains(where: { $0 > 0 }) else {
      throw .parameterOutOfRange(name: name, value: "0 everywhere", requirement: "greater than 0 somewhere")
    }
    let enclosed = values.map { Interval($0) }
    var law = Law(eigenvalues: enclosed.sorted { $0.midpoint > $1.midpoint }, isPerSample: isPerSample)
    if !isPerSample { law.covariance = Covariance(diagonal: enclosed) }
    law.parameters = [name: .numbers(values, columns: values.count)]
    return law
  }

  private static func matrix(_ given: SourceParameters) throws(DomainError) -> Law {
    let (values, columns) = given.numbers("covariance") ?? ([], 0)
    let covariance = try Covariance(rows: values, columns: columns, name: "covariance")
    return Law(
      eigenvalues: try covariance.eigenvalues(name: "covariance"), covariance: covariance,
      parameters: ["covariance": .numbers(covariance.numbers, columns: columns)])
  }

  private static func autoregressive(_ given: SourceParameters) throws(DomainError) -> Law {
    let rho = given.number("ar") ?? 0
    let length = given.word("length") ?? "8"
    let parameters: SourceParameters = ["ar": .number(rho), "length": .word(length)]
    if length == infinite {
      return Law(process: Curve(try MarkovProcess(correlation: rho)), isPerSample: true, parameters: parameters)
    }
    guard let count = Int(length), count >= 1, count <= MarkovVector.longest else {
      throw .parameterOutOfRange(
        name: "length", value: length, requirement: "a whole number from 1 to \(MarkovVector.longest), or \(infinite)")
    }
    let vector = MarkovVector(correlation: rho, length: count)
    do {
      let covariance =
        count <= Covariance.largestOrder ? Covariance(enclosed: vector.covariance, order: count) : nil
      return Law(eigenvalues: try vector.eigenvalues(), covariance: covariance, parameters: parameters)
    } catch {
      throw .parameterOutOfRange(
        name: "ar", value: rho.words, requirement: "far enough from -1 and 1 for the eigenvalues to be enclosed")
    }
  }

  /// The word for a process without end.
  static let infinite = "infinite"
  /// The most variances, or samples of a spectrum.
  static let mostComponents = 4096
  /// What the source is if nothing is said.
  static let defaultVariances: [Double] = [4, 1, 0.25]
}

/// Eigenvalues by a law: C/k^P:N, or R^k:N with 0 < R < 1, k = 1, ..., N.
///
/// C/k^2:infinite is the Gaussian process of all of them, whose R(D) is a closed form (`InverseSquareSpectrum`): the Brownian bridge is
/// 1/pi^2 = 0.1013211836/k^2.
struct EigenvalueLaw {
  private let text: String

  init(_ text: String) { self.text = text }

  private var fault: DomainError {
    .parameterOutOfRange(
      name: "eigenvalues", value: "\"\(text.prefix(60))\"",
      requirement: "written as 1/k^2:64, 0.9^k:64 or 1/k^2:\(GaussianVector.infinite), of at most "
        + "\(GaussianVector.mostComponents)")
  }

  func law() throws(DomainError) -> GaussianVector.Law {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2 else { throw fault }
    let quotient = parts[0].components(around: "/k^")
    if parts[1] == GaussianVector.infinite {
      guard let quotient, let scale = number(quotient.0), number(quotient.1) == 2 else { throw fault }
      let curve = Curve(
        WaterFilling.bridge, squaredScale: Interval(scale) * .squared(.pi), name: .shannon,
        summary: "rate-distortion function R(D) by reverse water-filling, no eigenvalue left out (Kolmogorov 1956)")
      return GaussianVector.Law(process: curve)
    }
    guard let count = Int(parts[1]), count >= 1, count <= GaussianVector.mostComponents else { throw fault }
    let values: [Interval]
    if let quotient {
      guard let scale = number(quotient.0), let power = number(quotient.1), power <= 64 else { throw fault }
      values = (1...count).map { Interval(scale) / .exp(Interval(power) * .log(Interval($0))) }
    } else if parts[0].hasSuffix("^k"), let ratio = number(parts[0].dropLast(2)), ratio < 1 {
      values = (1...count).map { Interval.pow(Interval(ratio), $0) }
    } else {
      throw fault
    }
    guard values.allSatisfy({ $0.lower >= 1e-200 }) else { throw fault }
    let covariance = count <= Covariance.largestOrder ? Covariance(diagonal: values) : nil
    return GaussianVector.Law(eigenvalues: values, covariance: covariance)
  }

  /// A number from 1e-100 to 1e100.
  private func number(_ text: some StringProtocol) -> Double? {
    guard let value = Double(text), value >= 1e-100, value <= 1e100 else { return nil }
    return value
  }
}

extension StringProtocol {
  /// What stands before and after the first place of a text.
  fileprivate func components(around separator: String) -> (String, String)? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(separator) {
        return (String(self[..<start]), String(self[index(start, offsetBy: separator.count)...]))
      }
      start = index(after: start)
    }
    return nil
  }
}

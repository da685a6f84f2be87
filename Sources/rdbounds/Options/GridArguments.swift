import Documents
import RateDistortion
import Reports

/// The ways to say where a table is evaluated. Numbers come from the command line, or, where that says -, from the standard input:
/// a hundred thousand are more than a command line holds.
enum GridArguments {
  /// Rates in bits.
  static let rates = Option(
    "rates", "A:B:STEP",
    help:
      "rates in bits from A to B in steps, or a list A,B,..., or - for numbers from the standard input; every curve is printed "
      + "at its own distortion there"
  ) { text in
    let rates = try numbers(text) { try OperatingGrid.rates(from: $0, to: $1, step: $2) }
    for rate in rates where !(0...CurveRange.largestRate).contains(rate) {
      throw DomainError.rateOutOfRange(rate, largest: CurveRange.largestRate)
    }
    return rates
  }

  /// Distortions.
  static let distortions = Option(
    "distortions", "A:B:N",
    help:
      "N distortions in geometric progression from A to B, or a list A,B,..., or - for numbers from the standard input, in the "
      + "source's distortion measure"
  ) { text in
    let distortions = try numbers(text, expand: progression)
    for distortion in distortions where distortion <= 0 { throw DomainError.distortionOutOfRange(distortion) }
    return distortions
  }

  /// Slopes.
  static let lambdas = Option(
    "lambdas", "A:B:N",
    help:
      "N lambdas in geometric progression from A to B, or a list A,B,..., or - for numbers from the standard input, in bits per "
      + "unit of distortion: where each curve's "
      + "R + lambda D is least"
  ) { text in
    let lambdas = try numbers(text, expand: progression)
    for lambda in lambdas where lambda <= 0 { throw DomainError.slopeOutOfRange(lambda) }
    return lambdas
  }

  /// A number of distortions.
  static let points = Option(
    "points", "N",
    help: "N distortions in geometric progression from the source's largest down to 8 bits of its first curve "
      + "(default \(GridChoice.defaultCount))"
  ) { text in
    guard let count = Int(text), count >= 2, count <= OperatingGrid.largestCount else {
      throw UsageError("it must be a whole number from 2 to \(OperatingGrid.largestCount)")
    }
    return count
  }

  static var declarations: [OptionDeclaration] {
    [rates.declaration, distortions.declaration, lambdas.declaration, points.declaration]
  }

  /// The one grid that is asked for; nil if none is.
  static func grid(_ arguments: Arguments) throws -> GridChoice? {
    let readers =
      [rates.declaration, distortions.declaration, lambdas.declaration]
      + [SourceArguments.pmf.declaration, SourceArguments.data.declaration]
    let streams = readers.filter { arguments.text(ofParameter: $0.name) == "-" }.map { "--" + $0.name }
    guard streams.count <= 1 else {
      throw UsageError("only one of \(streams.joined(separator: " and ")) can be the standard input")
    }
    let given: [GridChoice?] = [
      try arguments.value(of: rates).map { .rates($0) },
      try arguments.value(of: distortions).map { .distortions($0) },
      try arguments.value(of: lambdas).map { .lambdas($0) },
      try arguments.value(of: points).map { .points($0) },
    ]
    let grids = given.compactMap { $0 }
    guard grids.count <= 1 else {
      throw UsageError("--rates, --distortions, --lambdas and --points exclude each other")
    }
    return grids.first
  }

  /// Numbers in geometric progression.
  private static func progression(from first: Double, to last: Double, count: Double) throws -> [Double] {
    guard count >= 2, count <= Double(OperatingGrid.largestCount), count == count.rounded() else {
      throw UsageError("the number of points must be a whole number from 2 to \(OperatingGrid.largestCount)")
    }
    return try OperatingGrid.distortions(from: first, to: last, count: Int(count))
  }

  /// The numbers of "A:B:C", expanded, or of "A,B,...".
  private static func numbers(
    _ text: String, expand: (Double, Double, Double) throws -> [Double]
  ) throws -> [Double] {
    guard text != "-" else { return try numbersOfStandardInput() }
    guard text.contains(":") else {
      let parts = text.split(separator: ",", omittingEmptySubsequences: false)
      guard parts.count <= OperatingGrid.largestCount else {
        throw UsageError("a grid has at most \(OperatingGrid.largestCount) points")
      }
      // 0,01 is a list of two numbers as much as one with a decimal comma; no grid has 0 beside a number with leading zeros.
      if parts.count == 2, parts[0] == "0", parts[1].count > 1, parts[1].allSatisfy(\.isNumber) {
        throw UsageError("a decimal comma? numbers are written with a point, and commas separate them")
      }
      return try parts.map { try finiteNumber($0) }
    }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 3 else { throw UsageError("a range has three numbers with colons between them") }
    return try expand(finiteNumber(parts[0]), finiteNumber(parts[1]), finiteNumber(parts[2]))
  }

  /// The numbers that the standard input holds, with commas or white space between them.
  private static func numbersOfStandardInput() throws -> [Double] {
    let bytes = try ByteInput.contents(of: "-")
    let words = bytes.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: ",") || (9...13).contains($0) }
    guard words.count <= OperatingGrid.largestCount else {
      throw UsageError(
        "a grid has at most \(OperatingGrid.largestCount) points, and the standard input holds \(words.count)")
    }
    guard !words.isEmpty else { throw UsageError("the standard input holds no number") }
    return try words.enumerated().map { place, word in
      do {
        return try DecimalNumber.parse(bytes, word.indices) ?? finiteNumber(String(decoding: word, as: UTF8.self))
      } catch {
        throw UsageError("number \(place + 1): \(error)")
      }
    }
  }
}

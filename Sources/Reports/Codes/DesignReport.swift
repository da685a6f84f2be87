import Documents
import RateDistortion

/// The best code that is known at an operating point, in the form in which `code` reads an encoder's map: what `design` prints.
///
/// It is the code behind what a curve claims there, the one that its certificate names. Where two codes share the time, it is
/// the one that is used most of it.
public struct DesignReport: Sendable {
  /// A run of the map, or a codeword.
  public struct Row: Sendable {
    /// From one position to another; nil for a codeword.
    let run: (from: Double, to: Double)?
    /// Several are one tuple.
    let index: [Int]
    let bits: Double
    /// What distortion weighs against the bits of a codeword; nil for a run.
    let lambda: Double?
    let reconstruction: [Double]
  }

  /// What a code is designed at.
  public enum Request: Sendable {
    /// At the least distortion of a rate in bits.
    case rate(Double)
    /// At a distortion.
    case distortion(Double)
    /// Where rate and lambda times distortion are least together.
    case lambda(Double)
  }

  /// The source's entry in the catalogue.
  public let source: SourceDescription
  let parameters: SourceParameters
  /// The curve whose code it is; nil for a layered code.
  public let curve: CurveName?
  /// The distortion that it was designed for.
  public let distortion: Double
  /// The runs.
  public let rows: [Row]

  /// The code of a source.
  ///
  /// - Parameter name: a curve that has codes with cells; nil for the best one-shot codes.
  /// - Throws: `NoCodes`; `DomainError` for what no curve is computed at, or a curve without such codes.
  public init(of source: KnownSource, at request: Request, curve name: CurveName? = nil) throws {
    let plane = source.planeCodes
    let curves = try name.map { try source.curves(named: $0) } ?? plane?.oneShot ?? source.requiredCodes().oneShot
    guard let curve = curves.last(where: { $0.kind == .upper || $0.kind == .exact }) else {
      throw DomainError.evidenceRefused("no code is behind \(curves[0].name): it is a lower bound")
    }
    switch request {
    case .distortion(let value): distortion = value
    case .rate(let value): distortion = try curve.point(atRate: value).distortion
    case .lambda(let value):
      // Touching points are codes of the curve itself.
      distortion = try (name == nil ? source.judgement.hull : curve)
        .supportingLine(slope: value, corners: source.corners(upToRate: Self.largestCornerRate)).coarser.distortion
    }
    self.source = source.description
    parameters = source.parameters
    self.curve = curve.name
    if let plane {
      rows = Self.rows(of: try plane.design(by: curve, atDistortion: distortion))
    } else {
      rows = Self.rows(of: try source.requiredCodes().design(by: curve, atDistortion: distortion))
    }
  }

  /// The layered code of the best width, with a column of the index for each stage.
  ///
  /// - Throws: `NoCodes`; `DomainError` for a source without side information, or stages that make no code.
  public init(
    of source: KnownSource, stages: [Int], order: RefinementOrder, objective: RefinementObjective
  ) throws {
    let reference = try source.requiredCodes()
    guard let problem = source.sideInformation else {
      throw DomainError.evidenceRefused("\(source.description.name) has no side information, and no layered codes")
    }
    let code = try LayeredQuantizer.optimal(problem: problem, stages: stages, order: order, objective: objective)
    self.source = source.description
    parameters = source.parameters
    curve = nil
    distortion = code.performances.last?.distortion ?? 0
    rows = Self.rows(of: try reference.design(of: code))
  }

  private static func rows(of design: WrittenCode) -> [Row] {
    design.runs.map { run in
      Row(
        run: (run.from, run.to), index: design.indices[run.symbol], bits: design.lengths[run.symbol], lambda: nil,
        reconstruction: design.reconstructions?[run.symbol] ?? [])
    }
  }

  private static func rows(of design: WrittenCodebook) -> [Row] {
    design.words.indices.map { word in
      Row(
        run: nil, index: [word], bits: design.lengths[word], lambda: design.lambda,
        reconstruction: [design.words[word].x, design.words[word].y])
    }
  }
}

extension DesignReport {
  /// Bits up to which corners of curves are looked at one by one; beyond, lines touch within rounding of them.
  private static let largestCornerRate = 12.0
}

extension DesignReport: SheetReport {
  /// One row a cell, with as many digits as read back to the same numbers.
  public var sheet: Sheet<Row> {
    let exact = { @Sendable (value: Double) in SignificantDigits(readingBackTo: value) }
    let place = { @Sendable (value: Double?) -> Cell in
      let value = value ?? .nan
      return exact(value).map { .digits($0) } ?? .word(value < 0 ? "-inf" : "inf")
    }
    let count = rows[0].reconstruction.count
    let stages = rows[0].index.count
    let indices: [Column<Row>] = (0..<stages).map { stage in
      .whole(stages == 1 ? "index" : "index_\(stage)") { $0.index[stage] }
    }
    let runs: [Column<Row>] =
      rows[0].run == nil
      ? []
      : [
        .cell("from", alignment: .right) { place($0.run?.from) }, .cell("to", alignment: .right) { place($0.run?.to) },
      ]
    let lambda: [Column<Row>] = rows[0].lambda == nil ? [] : [.digits("lambda") { $0.lambda.flatMap(exact) }]
    var sheet = Sheet<Row>(
      runs + indices + [.digits("bits") { exact($0.bits) }] + lambda
        + (0..<count).map { component in
          .digits(count == 1 ? "reconstruction" : "reconstruction_\(component)") { exact($0.reconstruction[component]) }
        })
    sheet.facts =
      ProgramVersion.facts + parameters.facts(of: source)
      + JSONValue.members(["curve": .text(curve?.rawValue ?? "layered"), "distortion": .number(distortion)])
    sheet.title =
      (["\(source.name): \(source.definition)", "code of \(curve?.rawValue ?? "layers")"] + parameters.words(in: source))
      .joined(separator: "; ")
    sheet.mostDigits = 6
    return sheet
  }
}

import Documents
import IntervalArithmetic
import ParallelBlocks
import RateDistortion

/// Layered nested quantizers stage by stage, beside monolithic ones and the bounds: what `refine` prints.
///
/// One row a stage. Rates are cumulative; rates and distortion of a row of kind `upper` are proved (`SideInformationEnclosure`)
/// and rounded up, those of kind `estimate` come from floating point alone. `sum_rate_bound_bits` is R_WZ(D_k) and
/// `one_shot_lower_bits` the converse for one-shot codes, both proved at the printed distortion and rounded down. A monolithic
/// code is one stage of all the bins.
public struct RefinementReport: Sendable {
  /// A layered code to be found.
  struct Request: Sendable, Equatable {
    let stages: [Int]
    let order: RefinementOrder
    let objective: RefinementObjective
  }

  /// One stage of a code.
  public struct Row: Sendable {
    let request: Request
    /// The stage, its bins so far, and the rates and distortion in floating point.
    public let table: RefinementTable.Row
    let step: Double
    let offset: Double
    /// H(index), H(index|Y) and the distortion as printed.
    let marginal: SignificantDigits
    let conditional: SignificantDigits
    let distortion: SignificantDigits
    let kind: BoundKind
    /// The width of the rates' enclosures, in bits.
    let error: SignificantDigits?
    /// R_WZ at the printed distortion, and the converse for one-shot codes.
    let sumRateBound: SignificantDigits
    let stageRateBound: SignificantDigits
    let oneShotLower: SignificantDigits?
  }

  /// The source and its parameters in force.
  public let source: SourceDescription
  let parameters: SourceParameters
  /// The rows, code by code.
  public let rows: [Row]

  /// Three binary stages, and two of four labels.
  public static let defaultStages = [[2, 2, 2], [4, 4]]

  /// A report of layered codes, and of the monolithic code of each number of bins on the way.
  ///
  /// - Parameters:
  ///   - stages: lists of the numbers of labels of each stage.
  ///   - orders: which part of the index is sent first.
  ///   - objectives: what the width is best for.
  ///   - take: takes the next rows, as soon as those before them are there; false if nobody wants more.
  /// - Throws: `DomainError.parameterOutOfRange` for a list that `LayeredQuantizer.bins(of:)` refuses; `NoSideInformation`.
  public init(
    of source: KnownSource, stages: [[Int]] = defaultStages, orders: [RefinementOrder] = RefinementOrder.allCases,
    objectives: [RefinementObjective] = RefinementObjective.allCases, handing take: ([Row]) -> Bool = { _ in true }
  ) throws {
    guard let problem = source.sideInformation else {
      throw NoSideInformation(source: source.description.name)
    }
    var bins: Set<Int> = []
    var requests: [Request] = []
    for list in stages {
      _ = try LayeredQuantizer.bins(of: list)
      var known = 1
      for count in list {
        known *= count
        bins.insert(known)
      }
      guard list.count > 1 else { continue }
      for order in orders {
        for objective in objectives { requests.append(Request(stages: list, order: order, objective: objective)) }
      }
    }
    for count in bins.sorted() {
      requests.append(Request(stages: [count], order: .mostSignificantFirst, objective: .lastStage))
    }
    self.source = source.description
    parameters = source.parameters
    let (wynerZiv, converse) = (try source.curve(named: .wynerZiv), try source.curve(named: .oneShotLower))
    let wanted = requests
    var rows: [Row] = []
    try parallelForEach(count: wanted.count, block: 1, of: "codes") { (index: Int) throws(DomainError) -> [Row] in
      try Self.rows(of: wanted[index], problem, wynerZiv: wynerZiv, converse: converse)
    } _: { found in
      let new = found.flatMap { $0 }
      rows += new
      return take(new)
    }
    self.rows = rows
  }

  private static func rows(
    of request: Request, _ problem: GaussianSideInformation, wynerZiv: Curve, converse: Curve
  ) throws(DomainError) -> [Row] {
    let code = try LayeredQuantizer.optimal(
      problem: problem, stages: request.stages, order: request.order, objective: request.objective)
    var rows: [Row] = []
    var before = 0.0
    for row in try RefinementTable(code).rows {
      let proof = code.enclosure(afterStage: row.stage)
      let digits = { (proved: Interval?, value: Double) -> SignificantDigits? in
        proved.map { SignificantDigits($0.upper, rounded: .up) } ?? SignificantDigits(value)
      }
      guard let distortion = digits(proof?.distortion, row.layered.distortion),
        let marginal = digits(proof?.marginalRate, row.layered.marginalRate),
        let conditional = digits(proof?.conditionalRate, row.layered.conditionalRate)
      else { continue }
      let bound = try wynerZiv.bound(atDistortion: distortion.doubleValue).rate.lower
      let oneShot = try converse.bound(atDistortion: distortion.doubleValue).rate.lower
      guard let sum = SignificantDigits(bound, rounded: .down), let stage = SignificantDigits(max(0, bound - before))
      else { continue }
      before = max(bound, before)
      let error = proof.flatMap {
        SignificantDigits(max($0.marginalRate.width, $0.conditionalRate.width), digits: 2, rounded: .up)
      }
      rows.append(
        Row(
          request: request, table: row, step: code.step, offset: code.offset, marginal: marginal,
          conditional: conditional, distortion: distortion, kind: proof == nil ? .estimate : .upper, error: error,
          sumRateBound: sum, stageRateBound: stage, oneShotLower: SignificantDigits(oneShot, rounded: .down)))
    }
    return rows
  }
}

import Documents
import IntervalArithmetic
import RateDistortion
import TrainedPoints

/// What an encoder of the plane learned beside the best codebook of the same rate: which index is sent where, and how large the
/// cells are.
///
/// The best codebook is that of `design`, at the entropy of the map's indices, or the finest one where that is more than any has.
public struct PlaneCodeFigure: Sendable {
  private let source: KnownSource
  private let reference: PlaneReference
  private let trained: PlaneCode
  private let names: [String]
  private let best: PlaneCode?
  private let bestCurve: String
  /// What a reader should know of the figure.
  public private(set) var remarks: [String] = []

  /// Dots of a map along each axis.
  private static let resolution = 260
  /// Beyond this probability nothing is drawn, and what is less likely than the other one is pale.
  private static let unseen = (drawn: 1e-3, full: 2e-2)

  /// The figure of a map.
  ///
  /// - Throws: `NoCodes` for a source in no plane; `PointFileError` for reconstructions that do not suit the source; what the best
  ///   codes' curve throws.
  public init(of map: PlaneMap, for source: KnownSource) throws {
    self.source = source
    let reference = try source.requiredPlaneCodes()
    self.reference = reference
    trained = try map.code(of: reference)
    names = map.contents.indices.map { $0.map(String.init).joined(separator: ",") }
    do {
      let rate = CodePerformance(of: trained).entropy.value
      guard let curve = reference.oneShot.last else { throw DomainError.evidenceRefused("no codes are known") }
      let distortion = try curve.point(atRate: min(rate, curve.range.largestRate)).distortion
      let design = try reference.design(by: curve, atDistortion: distortion)
      best = try reference.code(
        CodebookEncoder(words: design.words, lengths: design.lengths, lambda: design.lambda, on: reference.plane),
        lengths: design.lengths, reconstructions: design.words.map { [$0.x, $0.y] })
      bestCurve = curve.name.legend
    } catch DomainError.evidenceRefused(let reason) {
      (best, bestCurve) = (nil, "")
      remarks.append("the best code of this rate is not drawn: \(reason)")
    }
  }

  /// The figure, ready to be drawn.
  public var figure: PartitionFigure {
    let window = reference.plane.window(beyond: Self.unseen.drawn)
    var codes = [code(trained, name: "trained code", facts: [], names: names, in: window)]
    if let best {
      let names = (0..<best.encoder.symbolCount).map(String.init)
      codes.append(code(best, name: "best code", facts: [bestCurve], names: names, in: window))
    }
    let title = ([source.description.name] + source.parameters.words(in: source.description)).joined(separator: ", ")
    return PartitionFigure(
      title: title,
      line: .plane(Figure.Axis(title: "x_0", range: window.first), Figure.Axis(title: "x_1", range: window.second)),
      codes: codes)
  }

  private typealias Window = (first: ClosedRange<Double>, second: ClosedRange<Double>)

  private func code(
    _ code: PlaneCode, name: String, facts: [String], names: [String], in window: Window
  ) -> PartitionFigure.Code {
    let performance = CodePerformance(of: code)
    let digits = { (value: Double) in SignificantDigits(value, digits: 4)?.text ?? "" }
    let distortion = performance.given ?? performance.centroids
    let shares = performance.masses.nominal.map(\.midpoint)
    // Words that are never decoded are no part of the picture.
    let points = (code.reconstructions ?? []).enumerated().filter { shares[$0.offset] > 1e-6 }.map(\.element)
    return PartitionFigure.Code(
      name: name,
      facts: facts + ["H = \(digits(performance.entropy.value)) bits, D = \(digits(distortion.value))"],
      pieces: shares.enumerated().map { PartitionFigure.Piece(from: 0, to: 0, cell: $0, share: $1) },
      regions: regions(code.encoder, in: window), cells: names.map { $0.replacing("-", with: "\u{2212}") },
      marks: points.map { Figure.Point(x: $0[0], y: $0[1]) })
  }

  /// Runs of dots of one symbol, of which each reaches a little under its neighbours, so that no background is seen between them.
  private func regions(_ encoder: any PlaneEncoder, in window: Window) -> [PartitionFigure.Region] {
    let (x, y) = window
    let step = (
      (x.upperBound - x.lowerBound) / Double(Self.resolution), (y.upperBound - y.lowerBound) / Double(Self.resolution)
    )
    var regions: [PartitionFigure.Region] = []
    for row in 0..<Self.resolution {
      let height = y.lowerBound + (Double(row) + 0.5) * step.1
      let dots = (0..<Self.resolution).map { column -> (cell: Int, isPale: Bool) in
        let place = SIMD2(x.lowerBound + (Double(column) + 0.5) * step.0, height)
        return (encoder.symbol(at: place), reference.plane.probability(below: place) < Self.unseen.full)
      }
      var start = 0
      for column in 1...dots.count where column == dots.count || dots[column] != dots[start] {
        let (left, right) = (x.lowerBound + Double(start) * step.0, x.lowerBound + (Double(column) + 0.3) * step.0)
        let (low, high) = (height - 0.5 * step.1, height + 0.8 * step.1)
        let ends = (min(right, x.upperBound), min(high, y.upperBound))
        regions.append(
          PartitionFigure.Region(
            cell: dots[start].cell, isPale: dots[start].isPale,
            corners: [
              Figure.Point(x: left, y: low), Figure.Point(x: ends.0, y: low), Figure.Point(x: ends.0, y: ends.1),
              Figure.Point(x: left, y: ends.1),
            ]))
        start = column
      }
    }
    return regions
  }
}

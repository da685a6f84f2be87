import IntervalArithmetic

/// A code as cells along a line, written down: thresholds in increasing order, and the symbol of each cell.
public struct NamedCells: Sendable {
  /// Between neighbouring cells, in coordinates of the line.
  public var thresholds: [Double]
  /// The symbol of each cell, from 0.
  public var symbols: [Int]
  /// The reproduction of each symbol, in coordinates, where it is not the centroid.
  public var reproductions: [Double]?

  /// Cells, each with a symbol of its own unless something else is said.
  init(thresholds: [Double], symbols: [Int]? = nil, reproductions: [Double]? = nil) {
    self.thresholds = thresholds
    self.symbols = symbols ?? Array(0...thresholds.count)
    self.reproductions = reproductions
  }

  /// The most cells that are written down.
  static let most = 1 << 20
}

/// Evidence that names a code whose cells can be written down.
protocol CellsEvidence: Evidence {
  /// The cells on a source's line.
  ///
  /// - Throws: `DomainError.evidenceRefused` if there are too many.
  func cells(on line: any RealisationLine) throws(DomainError) -> NamedCells
}

extension CellsEvidence {
  /// Throws if there are more cells than are written down.
  func requireFew(_ count: Double) throws(DomainError) {
    guard count <= Double(NamedCells.most) else {
      throw .evidenceRefused("the code has \(count.words) cells, and at most \(NamedCells.most) are written down")
    }
  }
}

extension BiuniformCode: CellsEvidence {
  /// The equal cells and the odd one behind them, on a line with a uniform law.
  func cells(on line: any RealisationLine) throws(DomainError) -> NamedCells {
    try requireFew(equalCells)
    let (start, length) = (line.range.lowerBound, line.range.upperBound - line.range.lowerBound)
    let count = Int(equalCells)
    // An odd cell of less is what a bound's margin left of none.
    let odd = oddCell > 0x1p-36 ? oddCell : 0
    let last = odd > 0 ? count : count - 1
    guard last > 0 else { return NamedCells(thresholds: []) }
    return NamedCells(thresholds: (1...last).map { start + length * (Double($0) * ((1 - odd) / equalCells)) })
  }
}

extension BiuniformBracket: CellsEvidence {
  /// Those of the code whose distortion is at most D.
  func cells(on line: any RealisationLine) throws(DomainError) -> NamedCells { try above.cells(on: line) }
}

extension Silence: CellsEvidence {
  /// One cell.
  func cells(on line: any RealisationLine) throws(DomainError) -> NamedCells { NamedCells(thresholds: []) }
}

extension SharedUniformCodes: CellsEvidence {
  /// Those of the code that is used most of the time.
  func cells(on line: any RealisationLine) throws(DomainError) -> NamedCells {
    try BiuniformCode(uncheckedEqualCells: weight < 0.5 ? fewer : more, oddCell: 0).cells(on: line)
  }
}

/// A code with cells, of which two may share the time.
protocol CellsCode: SharedCode {
  /// The cells on a source's line.
  ///
  /// - Throws: `DomainError.evidenceRefused` if there are too many.
  func cells(on line: any RealisationLine) throws(DomainError) -> NamedCells
}

extension ThresholdQuantizer: CellsEvidence, CellsCode {
  func cells(on line: any RealisationLine) throws(DomainError) -> NamedCells {
    try requireFew(Double(levels))
    return NamedCells(thresholds: thresholds)
  }
}

extension LabelledQuantizer: CellsCode {
  /// Thresholds are those of X.
  func cells(on line: any RealisationLine) throws(DomainError) -> NamedCells {
    var names: [Int: Int] = [:]
    for label in labels where names[label] == nil { names[label] = names.count }
    return NamedCells(
      thresholds: thresholds.map { line.coordinate(of: $0).midpoint }, symbols: labels.map { names[$0] ?? 0 })
  }
}

extension SharedCodes: CellsEvidence where Code: CellsCode {
  /// Those of the code that is used most of the time.
  func cells(on line: any RealisationLine) throws(DomainError) -> NamedCells {
    try (weight < 0.5 ? coarser : finer).cells(on: line)
  }
}

extension SullivanQuantizer: CellsEvidence {
  /// Up to the last threshold beyond which there is 1e-16 of the probability; what is beyond is one cell.
  func cells(on line: any RealisationLine) throws(DomainError) -> NamedCells {
    let end = 16 * 2.302585092994046
    try requireFew(2 * end / step)
    let first = source == .laplace ? firstThreshold : step
    let right = stride(from: 0.0, through: max(0, (end - first) / step), by: 1).map { first + $0 * step }
    return NamedCells(thresholds: source == .laplace ? right.reversed().map { -$0 } + right : right)
  }
}

extension SteppedThresholds: CellsEvidence {
  func cells(on line: any RealisationLine) throws(DomainError) -> NamedCells {
    NamedCells(thresholds: try steppedThresholds(step: step, phase: phase, on: line))
  }
}

extension SteppedReproductions: CellsEvidence {
  /// Reproduced at whole steps.
  func cells(on line: any RealisationLine) throws(DomainError) -> NamedCells {
    let thresholds = try steppedThresholds(step: step, phase: 1 - rounding, on: line)
    let positive = thresholds.count { $0 >= 0 }
    let left = thresholds.count - positive
    return NamedCells(thresholds: thresholds, reproductions: (-left...positive).map { Double($0) * step })
  }
}

extension CellsEvidence {
  /// Thresholds at (phase + j) steps as far as the line's law is counted, mirrored where it goes to the left of 0.
  func steppedThresholds(step: Double, phase: Double, on line: any RealisationLine) throws(DomainError) -> [Double] {
    guard let density = (line as? any DensityLine)?.line else {
      throw .evidenceRefused("the code is one of a scalar, and this line is none")
    }
    let end = density.end(.right, leaving: 1e-16)
    try requireFew(2 * end / step)
    var right: [Double] = []
    while true {
      let place = (phase + Double(right.count)) * step
      guard place < end, place < density.support.upperBound else { break }
      right.append(place)
    }
    guard density.support.lowerBound < 0 else { return right.filter { $0 > density.support.lowerBound } }
    return right.reversed().filter { $0 > 0 }.map { -$0 } + right
  }
}

/// A line that is a scalar's.
protocol DensityLine: RealisationLine {
  /// The standard density.
  var line: any ScalarDensity { get }
}

/// A code of a source as a file has it: runs of positions, and what is sent and decoded.
public struct WrittenCode: Sendable {
  /// Neighbouring runs, from one position to the next, and the symbol of each.
  public let runs: [(from: Double, to: Double, symbol: Int)]
  /// Code lengths of the symbols in bits: -log2 of their probabilities.
  public let lengths: [Double]
  /// Reconstructions of the symbols; nil where they are no list of numbers.
  public let reconstructions: [[Double]]?
  /// What is sent for each symbol: its number, or one number a stage.
  public let indices: [[Int]]
}

extension CodeReference {
  /// The code behind what a curve claims at a distortion.
  ///
  /// - Throws: `DomainError.evidenceRefused` if the curve's codes have no cells, or too many; what the curve throws.
  public func design(
    by curve: Curve, atDistortion distortion: Double
  ) throws(DomainError) -> WrittenCode {
    guard let evidence = try curve.bound(atDistortion: distortion).evidence as? any CellsEvidence else {
      throw .evidenceRefused("no code with cells that could be written down is behind \(curve.name)")
    }
    return try written(try evidence.cells(on: line))
  }

  /// A layered code, each symbol one number a stage: floor(x/w - theta) mod N, its digits in the order in which they are sent.
  ///
  /// Steps beyond which there is 1e-16 of the probability are one cell on each side.
  ///
  /// - Throws: `DomainError.evidenceRefused` where the line is no scalar's, or there are too many steps.
  public func design(of code: LayeredQuantizer) throws(DomainError) -> WrittenCode {
    guard let density = (line as? any DensityLine)?.line else {
      throw .evidenceRefused("the code is one of a scalar, and this line is none")
    }
    let end = line.position(density.end(.right, leaving: 1e-16))
    guard 2 * end / code.step <= Double(NamedCells.most) else {
      throw .evidenceRefused("the code has too many steps: at most \(NamedCells.most) are written down")
    }
    let first = Int((-end / code.step - code.offset).rounded(.up))
    let last = max(first, Int((end / code.step - code.offset).rounded(.down)))
    var indices: [[Int]] = []
    var names: [[Int]: Int] = [:]
    let symbols = ((first - 1)...last).map { step -> Int in
      let digits = code.digits(ofStep: step)
      if let symbol = names[digits] { return symbol }
      names[digits] = indices.count
      indices.append(digits)
      return indices.count - 1
    }
    let thresholds = (first...last).map { line.coordinate(of: (Double($0) + code.offset) * code.step).midpoint }
    return try written(NamedCells(thresholds: thresholds, symbols: symbols), indices: indices)
  }

  /// Cells with their code lengths and centroids.
  private func written(_ cells: NamedCells, indices: [[Int]]? = nil) throws(DomainError) -> WrittenCode {
    let partition = LinePartition(
      symbols: cells.symbols, thresholds: cells.thresholds.map { UncertainThreshold($0) }, range: line.range,
      isClosed: line.isClosed)
    let judged = try samples.flatMap { (samples) throws(DomainError) in try sampled?(samples) } ?? line
    let places = [line.range.lowerBound] + cells.thresholds + [line.range.upperBound]
    let positions = places.map(line.position)
    let probabilities = CodeMasses(of: partition, on: line).nominal.map(\.midpoint)
    return WrittenCode(
      runs: zip(cells.symbols, zip(positions, positions.dropFirst())).map { (from: $1.0, to: $1.1, symbol: $0) },
      lengths: probabilities.map { max(0, -Double.log($0) / natsPerBit) },
      reconstructions: cells.reproductions.map { $0.map { [line.position($0)] } }
        ?? (sideInformation == nil ? judged.centroids(of: partition) : nil),
      indices: indices ?? (0..<partition.symbolCount).map { [$0] })
  }
}

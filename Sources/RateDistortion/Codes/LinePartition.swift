/// A place where an encoder's index changes, known up to an interval: a dumped map has one index at `lower` and another at
/// `upper`, and nobody looked between.
public struct UncertainThreshold: Sendable, Equatable {
  /// The last place at which the index on the left was seen.
  public let lower: Double
  /// The first place at which the index on the right was seen.
  public let upper: Double
  /// A place between them, at which the code is evaluated; everything else is a deviation from it.
  public let nominal: Double

  /// A threshold between two places, evaluated halfway.
  public init(_ lower: Double, _ upper: Double) { self.init(lower, upper, nominal: lower + (upper - lower) / 2) }

  /// A threshold that is known.
  public init(_ place: Double) { self.init(place, place, nominal: place) }

  init(_ lower: Double, _ upper: Double, nominal: Double) {
    self.lower = min(lower, nominal)
    self.upper = max(upper, nominal)
    self.nominal = nominal
  }
}

/// An encoder of a source whose realisations lie along a line: thresholds, and between them the symbol that is sent.
///
/// A symbol may own several pieces. Neighbouring pieces have different symbols: what has the same one is one piece, also across
/// the point at which a closed line begins and ends. A closed line is cut at its first threshold and unrolled: its pieces lie
/// between that threshold and the same one a period, 1, later, so that nothing below has to know of wrapping around.
public struct LinePartition: Sendable, Equatable {
  /// A piece of the line, by the nominal thresholds.
  public struct Piece: Sendable, Equatable {
    /// Where it begins.
    public let from: Double
    /// Where it ends.
    public let to: Double
    /// Its symbol.
    public let symbol: Int
    /// The threshold at its beginning; nil at the end of an open line.
    public let start: Int?
    /// The threshold at its end.
    public let end: Int?
  }

  /// The thresholds in increasing order.
  public let thresholds: [UncertainThreshold]
  /// The symbols of the pieces in their order, from 0: of an open line one more than thresholds, of a closed one as many, the
  /// first behind the first threshold, unless there is no threshold.
  public let symbols: [Int]
  /// How many symbols there are.
  public let symbolCount: Int
  /// Whether the line's ends are one point.
  public let isClosed: Bool
  /// The line's ends; of a closed line 0 and 1.
  public let range: ClosedRange<Double>

  /// A partition, of which neighbouring pieces with the same symbol become one.
  ///
  /// - Parameters:
  ///   - symbols: those of the pieces along the line, one more than thresholds; on a closed line the last goes on to the first.
  ///   - thresholds: between those pieces, none before the one that it follows.
  ///   - seam: of a closed line whose first and last symbols differ, where the last one changes into the first, up to a period
  ///     later than the first threshold.
  public init(
    symbols: [Int], thresholds: [UncertainThreshold], range: ClosedRange<Double>, isClosed: Bool,
    seam: UncertainThreshold = UncertainThreshold(1)
  ) {
    var kept: [Int] = []
    var cuts: [UncertainThreshold] = []
    for (index, symbol) in symbols.enumerated() where kept.last != symbol {
      if index > 0 { cuts.append(thresholds[index - 1]) }
      kept.append(symbol)
    }
    if isClosed, kept.count > 1 {
      // Behind each threshold the symbol that begins there.
      if kept.first == kept.last { kept.removeLast() } else { cuts.append(seam) }
      kept.append(kept.removeFirst())
      // A period later the first threshold must be a number again, the same one.
      let first = cuts[0]
      cuts[0] = UncertainThreshold(first.lower, first.upper, nominal: (first.nominal + 1) - 1)
    }
    self.init(thresholds: cuts, symbols: kept, range: range, isClosed: isClosed)
  }

  /// A partition whose pieces are given in the order of `symbols`, as they are.
  init(thresholds: [UncertainThreshold], symbols: [Int], range: ClosedRange<Double>, isClosed: Bool) {
    self.thresholds = thresholds
    self.symbols = symbols
    self.range = range
    self.isClosed = isClosed
    symbolCount = (symbols.max() ?? -1) + 1
  }

  /// The pieces by the nominal thresholds, in their order along the line.
  public var pieces: [Piece] {
    let count = thresholds.count
    guard count > 0 else {
      return symbols.map { Piece(from: range.lowerBound, to: range.upperBound, symbol: $0, start: nil, end: nil) }
    }
    let place = { (index: Int) in thresholds[index].nominal }
    guard isClosed else {
      return symbols.enumerated().map { index, symbol in
        let start = index == 0 ? nil : index - 1
        let end = index == count ? nil : index
        return Piece(
          from: start.map(place) ?? range.lowerBound, to: end.map(place) ?? range.upperBound, symbol: symbol,
          start: start, end: end)
      }
    }
    return symbols.enumerated().map { index, symbol in
      let isLast = index == count - 1
      return Piece(
        from: place(index), to: isLast ? place(0) + 1 : place(index + 1), symbol: symbol, start: index,
        end: isLast ? 0 : index + 1)
    }
  }

  /// The symbols on both sides of a threshold.
  public func sides(of threshold: Int) -> (left: Int, right: Int) {
    guard isClosed else { return (symbols[threshold], symbols[threshold + 1]) }
    return (symbols[threshold == 0 ? symbols.count - 1 : threshold - 1], symbols[threshold])
  }

  /// Whether every symbol owns one piece alone.
  public var isOfIntervals: Bool { symbols.count == symbolCount }

  /// For each symbol the ends of an interval that holds all its pieces, wherever the thresholds are.
  var hulls: [(low: Double, high: Double)] {
    var hulls = [(low: Double, high: Double)](repeating: (.infinity, -.infinity), count: symbolCount)
    for piece in pieces {
      let low = piece.start.map { thresholds[$0].lower } ?? piece.from
      let high = piece.end.map { thresholds[$0].upper + (isClosed && $0 == 0 ? 1 : 0) } ?? piece.to
      let known = hulls[piece.symbol]
      hulls[piece.symbol] = (min(known.low, low), max(known.high, high))
    }
    return hulls
  }

  /// The pieces of each symbol, in their order along the line.
  var piecesOfSymbols: [[Piece]] {
    var grouped = [[Piece]](repeating: [], count: symbolCount)
    for piece in pieces { grouped[piece.symbol].append(piece) }
    return grouped
  }
}

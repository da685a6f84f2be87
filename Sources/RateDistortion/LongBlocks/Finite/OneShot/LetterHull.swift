import IntervalArithmetic
import ParallelBlocks

/// The lower convex hull of all one-shot codes of a finite source, from both sides: codes at its corners, and multipliers along its
/// edges.
///
/// The hull reaches from the best single reproduction at Dmax to the nearest ones at the least distortion. Between two codes the slope
/// of their chord is asked for a better code and for a multiplier: a code below the chord divides it in two, and without one the chord
/// is an edge. There are finitely many codes, so that where each search finds the best one the hull is found in about two searches a
/// corner; where the multiplier's bound meets the edge nothing is left to be found. Chords whose two sides are already next to
/// each other are not divided.
struct LetterHull: Sendable {
  /// A code with its H in nats and D, enclosed.
  struct Corner: Sendable {
    var code: LetterCode
    var entropy: Interval
    var distortion: Interval
    var performance: LetterCode.Performance { (entropy, distortion) }
  }

  /// A multiplier with what it proves in nats.
  struct Tangent: Sendable {
    var dual: LetterDual
    var least: Double

    func rate(at distortion: Double) -> Double { least - dual.slope * distortion }
  }

  /// In order of falling distortion.
  private(set) var corners: [Corner] = []
  /// In order of rising slopes.
  private(set) var tangents: [Tangent] = []

  /// The most slopes that are searched.
  private static let mostSlopes = 400

  init(_ source: FiniteSource) {
    let ends = [LetterCode.silence(of: source), .nearest(of: source)].compactMap { Self.corner($0, source) }
    guard let silence = ends.first, let nearest = ends.last, silence.distortion.isBounded,
      nearest.distortion.upper < silence.distortion.lower
    else {
      corners = ends.suffix(1)
      return
    }
    // Bits are what users see: a millionth of a few letters, where programs are small.
    let tolerance = source.probabilities.count <= 16 ? 1e-9 : 1e-5
    var pool: [LetterDualSearch.Cell] = []
    var known: Set<LetterDualSearch.Cell> = []
    corners = [silence, nearest]
    var open = [Chord(coarse: silence, fine: nearest)]
    var count = 0
    // A generation at a time on all cores, each chord with the cells that earlier generations found.
    while !open.isEmpty, count < Self.mostSlopes {
      let chords = open.prefix(Self.mostSlopes - count)
      count += chords.count
      let found = parallelMap(count: chords.count, block: 1, of: "slopes") { [pool] in
        chords[$0].searched(source, pool: pool, tolerance: tolerance)
      }
      open = []
      for (chord, found) in zip(chords, found) {
        if let tangent = found.tangent { tangents.append(tangent) }
        pool += found.cells.filter { known.insert($0).inserted }
        guard let corner = found.corner else { continue }
        corners.append(corner)
        open += [Chord(coarse: chord.coarse, fine: corner), Chord(coarse: corner, fine: chord.fine)]
      }
    }
    corners = Self.convex(corners)
    tangents.sort { $0.dual.slope < $1.dual.slope }
  }

  /// Two codes between which another may be.
  private struct Chord: Sendable {
    var coarse: Corner
    var fine: Corner

    /// What is found at the slope of the chord: a multiplier, a code below the chord, and the sets that the program needed.
    func searched(
      _ source: FiniteSource, pool: [LetterDualSearch.Cell], tolerance: Double
    ) -> (tangent: Tangent?, corner: Corner?, cells: [LetterDualSearch.Cell]) {
      let slope =
        (fine.entropy.midpoint - coarse.entropy.midpoint) / (coarse.distortion.midpoint - fine.distortion.midpoint)
      guard slope > 0, slope.isFinite else { return (nil, nil, []) }
      let height = fine.entropy.midpoint + slope * fine.distortion.midpoint
      var search = LetterDualSearch(source, cells: pool)
      let channel = LetterHull.channel(source, slope)
      let (dual, cells) = search.multiplier(slope: slope, from: channel.values)
      let tangent = (try? dual.least(of: source)).map { Tangent(dual: dual, least: $0) }
      guard height - (tangent?.least ?? 0) > tolerance else { return (tangent, nil, search.found) }
      let codes = LetterCodeSearch(source, slope: slope)
      let starts = [coarse.code, fine.code, .nearest(of: source), channel.code] + LetterHull.rounded(cells, source)
      guard let found = codes.best(from: starts), codes.cost(found) < height - tolerance / 4,
        let corner = LetterHull.corner(found, source), corner.distortion.upper < coarse.distortion.lower,
        corner.distortion.lower > fine.distortion.upper
      else { return (tangent, nil, search.found) }
      return (tangent, corner, search.found)
    }
  }

  private static func corner(_ code: LetterCode, _ source: FiniteSource) -> Corner? {
    (try? code.enclosed(of: source)).map { Corner(code: code, entropy: $0.entropy, distortion: $0.distortion) }
  }

  /// Of Blahut and Arimoto's law r at a slope: c = log 1/Z, and the code that sends every letter to the least beta d - log r.
  private static func channel(_ source: FiniteSource, _ slope: Double) -> (values: [Double], code: LetterCode) {
    let law = FiniteBlahutArimoto(source, beta: slope).solved(from: nil, tolerance: 1e-6, evaluations: 2_000).law
    var values: [Double] = []
    var places: [Int] = []
    for letter in source.probabilities.indices {
      let row = letter * source.reproductions
      let least = source.leastDistortions[letter]
      var z = 0.0
      var best = (term: 0.0, place: 0)
      for (place, weight) in law.enumerated() {
        let term = weight * Double.exp(-slope * (source.distortions[row + place] - least))
        z += term
        if term > best.term { best = (term, place) }
      }
      values.append(min(max(slope * least - Double.log(z), -1e5), 1e5))
      places.append(best.place)
    }
    return (values, LetterCode(reproductions: places))
  }

  /// A code of the cells that carry a program: every letter to the heaviest that holds it, else to its nearest reproduction.
  private static func rounded(_ cells: [LetterDualSearch.Cell], _ source: FiniteSource) -> [LetterCode] {
    guard !cells.isEmpty else { return [] }
    let letters = source.probabilities.indices.filter { source.probabilities[$0] > 0 }
    var code = LetterCode.nearest(of: source).reproductions
    for cell in cells.reversed() {
      for place in cell.places { code[letters[Int(place)]] = cell.reproduction }
    }
    return [LetterCode(reproductions: code)]
  }

  /// Those on the lower convex hull, by falling distortion.
  private static func convex(_ corners: [Corner]) -> [Corner] {
    var kept: [Corner] = []
    func steepness(_ a: Corner, _ b: Corner) -> Double {
      (b.entropy.midpoint - a.entropy.midpoint) / (a.distortion.midpoint - b.distortion.midpoint)
    }
    for corner in corners.sorted(by: { $0.distortion.midpoint > $1.distortion.midpoint }) {
      while kept.count > 1,
        steepness(kept[kept.count - 2], kept[kept.count - 1]) >= steepness(kept[kept.count - 1], corner)
      {
        kept.removeLast()
      }
      kept.append(corner)
    }
    return kept
  }
}

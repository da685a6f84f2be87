import IntervalArithmetic
import RateDistortion
import TestSupport
import Testing
import TrainedPoints

@Suite("the ledger of a code whose thresholds lie somewhere")
struct MovingLedgerTests {
  private static func numbers(_ ledger: CodeLedger) -> [(name: String, bits: EnclosedValue)] {
    ledger.lines.map { ($0.name, $0.bits) } + [("gap", ledger.gap)]
      + (ledger.oneShot.map { [($0.name, $0.bits)] } ?? [])
      + (ledger.gapToLongBlocks.map { [("gap-long-blocks", $0)] } ?? [])
  }

  @Test("the folded circle's gap is enclosed hardly wider than what thresholds at the grid's points make of it")
  func attained() throws {
    let data = TrainedCodeData.all[0]
    let reference = try #require(data.source.codes)
    let map = try data.onGrid()
    let wide = try CodeLedger(of: data.performance(map), against: reference).gap.interval.width
    func gap(_ places: [Double]) throws -> Double {
      let partition = LinePartition(
        symbols: map.partition.symbols.suffix(1) + map.partition.symbols,
        thresholds: places.map { UncertainThreshold($0) }, range: 0...1, isClosed: true)
      let code = try reference.code(partition, lengths: map.lengths, reconstructions: map.reconstructions)
      return try CodeLedger(of: CodePerformance(of: code), against: reference).gap.value
    }
    let thresholds = map.partition.thresholds
    let nominal = thresholds.map(\.nominal)
    var (least, most) = (nominal, nominal)
    for (index, threshold) in thresholds.enumerated() {
      var (low, high) = (nominal, nominal)
      (low[index], high[index]) = (threshold.lower, threshold.upper)
      let rises = try gap(low) < gap(high)
      least[index] = rises ? threshold.lower : threshold.upper
      most[index] = rises ? threshold.upper : threshold.lower
    }
    let reached = try gap(most) - gap(least)
    #expect(reached > 1.02e-3 && reached < wide, "\(reached) \(wide)")
    #expect(wide < 1.06 * reached, "\(reached) \(wide)")
  }

  @Test(
    "wherever the thresholds are, every line and both gaps lie in the intervals",
    arguments: ["circle", "ramp", "gaussian"])
  func placements(name: String) throws {
    let reference = try #require(try KnownSource(Catalogue.source(named: name)).codes)
    let isScalar = reference.line.range.upperBound == .infinity
    var random = SeededGenerator(seed: 5)
    for trial in 0..<(isScalar ? 3 : 12) {
      let count = 3 + trial % 4
      // Cells about as large as each other, in boxes of thresholds from wide to narrow.
      let width = [0.05, 0.005, 0.0005][trial % 3]
      let thresholds = (1..<count).map { k -> UncertainThreshold in
        let place = (Double(k) + 0.3 * random.unit()) / Double(count)
        let middle = isScalar ? 4 * place - 2 : place
        return UncertainThreshold(middle - width * random.unit(), middle + width * random.unit())
      }
      let symbols = (0..<count).map { trial % 2 == 0 ? $0 : $0 == count - 1 ? 0 : $0 }
      let symbolCount = (symbols.max() ?? 0) + 1
      let lengths = (0..<symbolCount).map { _ in 1 + 2 * random.unit() }
      let points = reference.line.components.map { n in
        (0..<symbolCount).map { _ in (0..<n).map { _ in random.unit() - 0.5 } }
      }
      func ledger(_ thresholds: [UncertainThreshold]) throws -> CodeLedger {
        let partition = LinePartition(
          symbols: symbols, thresholds: thresholds, range: reference.line.range, isClosed: reference.line.isClosed)
        let code = try reference.code(partition, lengths: lengths, reconstructions: points)
        return try CodeLedger(of: CodePerformance(of: code), against: reference)
      }
      let enclosed = Self.numbers(try ledger(thresholds))
      for draw in 0..<(isScalar ? 4 : 8) {
        let placed = thresholds.map { threshold -> UncertainThreshold in
          let share = draw < 4 ? Double((draw + Int(random.next() % 2)) % 2) : random.unit()
          return UncertainThreshold(min(threshold.upper, threshold.lower + share * (threshold.upper - threshold.lower)))
        }
        for (one, box) in zip(Self.numbers(try ledger(placed)), enclosed) {
          #expect(one.name == box.name)
          let (found, bounds) = (one.bits.interval, box.bits.interval)
          #expect(
            found.lower <= bounds.upper && bounds.lower <= found.upper, "\(trial) \(one.name) \(found) \(bounds)")
        }
      }
    }
  }

  @Test(
    "at the optimum a threshold's movement costs nothing to first order, and the gap is known much better than the rate"
  )
  func stationary() throws {
    let reference = try #require(KnownSource(Circle()).codes)
    let width = 1e-4
    let thresholds = [0.1, 0.32, 0.54, 0.76].map { UncertainThreshold($0 - width / 2, $0 + width / 2) }
    // Cells of 0.22, and one of 0.34: a threshold between equal cells moves neither rate nor distortion.
    let partition = LinePartition(symbols: [0, 1, 2, 3, 0], thresholds: thresholds, range: 0...1, isClosed: true)
    let code = CodePerformance(of: try reference.code(partition))
    let ledger = try CodeLedger(of: code, against: reference)
    #expect(code.entropy.interval.width > 1e-4)
    #expect(ledger.bestOneShot.interval.width > 1e-4)
    // Apart, the gap would be as wide as both together.
    #expect(ledger.gap.interval.width < 0.5 * (code.entropy.interval.width + ledger.bestOneShot.interval.width))
    #expect(ledger.gap.interval.contains(ledger.gap.value))
  }

  @Test(
    "on 20,000 points the gap is known to 1e-3 bits, but for a fold of cells as narrow as the grid's step",
    arguments: TrainedCodeData.all)
  func data(data: TrainedCodeData) throws {
    let reference = try #require(data.source.codes)
    let (grid, runs) = (try data.onGrid(), try data.runs())
    let open = try CodeLedger(of: CodePerformance(of: grid.code(of: reference)), against: reference)
    let known = try CodeLedger(of: CodePerformance(of: runs.code(of: reference)), against: reference)
    #expect(open.gap.interval.width < (data.name == "circle_ntc1_2.7bit" ? 1.2e-3 : 1e-3))
    // The Laplace map goes on beyond the grid, by 1e-5 in D.
    let tails = data.name == "laplace_ntc1" ? 1e-4 : 0
    #expect(open.gap.interval.lower - tails <= known.gap.interval.upper)
    #expect(known.gap.interval.lower <= open.gap.interval.upper + tails)
  }
}

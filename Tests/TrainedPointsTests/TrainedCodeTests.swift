import Documents
import IntervalArithmetic
import RateDistortion
import TestSupport
import Testing
import TrainedPoints

@Suite("trained codes of the data")
struct TrainedCodeTests {
  @Test(
    "on the trainer's grid, intervals hold what it integrated there and on finer grids", arguments: TrainedCodeData.all)
  func grid(data: TrainedCodeData) throws {
    let found = try data.performance(data.onGrid()).named
    for kind in ["integrated", "fine", "exact"] {
      for member in try #require(try data.values(kind)?.members) {
        let value = try #require(found[member.name])
        // Reconstructions are rounded to 5 decimals and lengths to 6; the Laplace map of `fine` and `exact` goes on beyond
        // the grid.
        let rounding = member.name == "cross-entropy" ? 1e-6 : member.name == "distortion" ? 4e-6 : 1e-9
        let tails = data.name == "laplace_ntc1" && kind != "integrated" ? 1e-5 : 0
        let truth = try #require(member.value.doubleValue)
        #expect(value.interval.lower - rounding - tails <= truth, "\(kind) \(member.name) \(value) \(truth)")
        #expect(truth <= value.interval.upper + rounding + tails, "\(kind) \(member.name) \(value) \(truth)")
      }
    }
    #expect(try #require(found["entropy"]).interval.width < 1e-3)
    for member in try #require(try data.values("monte-carlo")?.members) {
      let (mean, error) = (member.value.elements?[0].doubleValue ?? .nan, member.value.elements?[1].doubleValue ?? .nan)
      let value = try #require(found[member.name]?.interval)
      #expect(value.lower - 4 * error <= mean && mean <= value.upper + 4 * error, "\(member.name)")
    }
  }

  @Test("with bisected thresholds the numbers are the trainer's exact ones", arguments: TrainedCodeData.all)
  func bisected(data: TrainedCodeData) throws {
    let found = try data.performance(data.runs()).named
    for member in try #require(try data.values("exact")?.members) {
      let value = try #require(found[member.name])
      #expect(value.interval.width < 1e-12)
      #expect(
        (value.value - (member.value.doubleValue ?? .nan)).magnitude < (member.name == "distortion" ? 4e-6 : 2e-6),
        "\(member.name)")
    }
  }

  @Test("the numbers of cells and of intervals; a wrapped cell is one interval")
  func counts() throws {
    let folded = try TrainedCodeData.all[0].onGrid()
    #expect(folded.indices.count == 7 && folded.partition.symbols.count == 12)
    let plane = try TrainedCodeData.all[1].onGrid()
    #expect(plane.indices.count == 8 && plane.partition.symbols.count == 8)
    #expect(plane.partition.isOfIntervals)
    #expect(plane.indices[0] == [1, -1])
  }

  @Test("runs whose ends are the next run's first row: the same map")
  func runs() throws {
    let line = try #require(TrainedCodeData.all[0].source.codes?.line)
    let runs = try CodeMap.read(
      bytes: TrainedCodeData.bytes(of: "circle_ntc1_2.7bit.runs.csv"), name: "runs.csv", on: line)
    let grid = try TrainedCodeData.all[0].onGrid()
    #expect(runs.indices == grid.indices && runs.partition.symbols == grid.partition.symbols)
    for (a, b) in zip(runs.partition.thresholds, grid.partition.thresholds) {
      #expect((a.nominal - b.upper).magnitude < 1e-9)
    }
  }
}

@Suite("trained codes whose decoder knows Y")
struct SideInformationCodeTests {
  /// H(index), H(index|Y) and E Var(X|index, Y) as the trainer integrated them from bisected thresholds, with the normal
  /// distribution function and over a grid of y; and how many symbols own several pieces.
  private static let integrated: [(name: String, coding: String, values: [Double], binned: Int)] = [
    ("wz_ecvq_marginal_nv0.1", "marginal", [2.9989702905659046, 2.1181385614939874, 0.007751916090005299], 8),
    ("wz_sr222_marginal_nv0.1", "marginal", [2.988810407931215, 2.0613069544745506, 0.00968504617025969], 8),
    ("wz_ecvq_conditional_nv0.1", "conditional", [2.995141273682361, 1.4112300186743938, 0.018270484017487203], 0),
  ]

  private static func reference(_ coding: String) throws -> CodeReference? {
    let parameters = ["setting": "source-plus-noise", "noise-variance": "0.1", "coding": coding]
    return try KnownSource(WynerZiv.self, SourceParameters(parameters, of: WynerZiv.description)).codes
  }

  @Test("what a decoder makes of thresholds between two rows is not called proved; of known ones it is")
  func assurance() throws {
    let reference = try #require(try Self.reference("marginal"))
    for width in [0, 1e-6, 0.01] {
      let partition = LinePartition(
        symbols: [0, 1, 0], thresholds: [UncertainThreshold(-0.5 - width, -0.5 + width), UncertainThreshold(0.5)],
        range: reference.line.range, isClosed: false)
      #expect(CodePerformance(of: try reference.code(partition)).isProved == (width == 0))
    }
  }

  @Test("entropies and distortions are the trainer's, proved", arguments: integrated.map(\.name))
  func values(name: String) throws {
    let found = try #require(Self.integrated.first { $0.name == name })
    let reference = try #require(try Self.reference(found.coding))
    let map = try CodeMap.read(
      bytes: TrainedCodeData.bytes(of: "\(name).intervals.csv"), name: name, on: reference.line)
    let code = try map.code(of: reference)
    let performance = CodePerformance(of: code)
    let conditional = try #require(performance.conditionalEntropy)
    #expect((performance.entropy.value - found.values[0]).magnitude < 1e-6)
    #expect((conditional.value - found.values[1]).magnitude < 1e-6)
    #expect((performance.centroids.value - found.values[2]).magnitude < 1e-8)
    for value in [performance.entropy, conditional, performance.centroids] { #expect(value.interval.width < 1e-6) }
    #expect(performance.rate == (found.coding == "marginal" ? performance.crossEntropy : conditional))
    let pattern = BinningPattern(of: code)
    #expect((pattern?.symbols ?? 0) == found.binned)
    if found.binned > 0 {
      // Eight neighbouring pieces make a period.
      let (period, width) = (try #require(pattern?.period), try #require(pattern?.width))
      #expect((period / (8 * width) - 1).magnitude < 0.15, "\(period) \(width)")
    }
  }

  @Test("between rows of a grid the exact map's numbers lie in the intervals")
  func grid() throws {
    let reference = try #require(try Self.reference("marginal"))
    let exact = try CodeMap.read(
      bytes: TrainedCodeData.bytes(of: "wz_ecvq_marginal_nv0.1.intervals.csv"), name: "runs", on: reference.line)
    let thresholds = exact.partition.thresholds.map(\.nominal)
    var text = "x,index\n"
    for k in 0...8000 {
      let x = -4 + Double(k) / 1000
      let piece = thresholds.count { $0 <= x }
      text += "\(x),\(exact.indices[exact.partition.symbols[piece]][0])\n"
    }
    let grid = try CodeMap.read(bytes: Array(text.utf8), name: "grid", on: reference.line)
    let (known, open) = (
      CodePerformance(of: try exact.code(of: reference)), CodePerformance(of: try grid.code(of: reference))
    )
    let pairs = [
      (known.entropy, open.entropy), (known.conditionalEntropy, open.conditionalEntropy),
      (known.centroids, open.centroids),
    ]
    for (value, enclosure) in pairs {
      let (value, interval) = (try #require(value).value, try #require(enclosure).interval)
      #expect(interval.contains(value), "\(value) \(interval)")
      #expect(interval.width < 1e-2)
    }
  }

  @Test("reconstructions without Y are refused")
  func reconstructions() throws {
    let reference = try #require(try Self.reference("marginal"))
    let map = try CodeMap.read(
      bytes: Array("x,index,reconstruction\n-8,0,1\n0,1,2\n8,1,2\n".utf8), name: "map", on: reference.line)
    #expect(throws: PointFileError.self) { try map.code(of: reference) }
  }
}

@Suite("the ledger of a gap")
struct CodeLedgerTests {
  private static func sum(_ ledger: CodeLedger) -> Double { ledger.lines.reduce(0) { $0 + $1.bits.value } }

  @Test("on the data every line is what its name says, and they add up", arguments: TrainedCodeData.all)
  func data(data: TrainedCodeData) throws {
    let reference = try #require(data.source.codes)
    let map = try data.runs()
    let code = CodePerformance(of: try map.code(of: reference))
    let ledger = try CodeLedger(of: code, against: reference)
    #expect((Self.sum(ledger) - ledger.gap.value).magnitude < 1e-12)
    let last = try #require(ledger.oneShot)
    let whole = try #require(ledger.gapToLongBlocks)
    #expect((Self.sum(ledger) + last.bits.value - whole.value).magnitude < 1e-12)
    for line in ledger.lines where line.name != "time-samples" { #expect(line.bits.value > -1e-12, "\(line.name)") }
    #expect(last.bits.value > 0)
    let model = try #require(ledger.lines.first { $0.name == "entropy-model" }).bits.value
    let exact = try #require(try data.values("exact"))
    let difference = (exact["cross-entropy"]?.doubleValue ?? .nan) - (exact["entropy"]?.doubleValue ?? .nan)
    #expect((model - difference).magnitude < 2e-6)
  }

  /// Random codes: a map of up to 40 runs, of indices that mostly repeat, with lengths and, half the time, uncertain
  /// thresholds.
  static func randomMap(_ random: inout SeededGenerator, runs: Int, symbols: Int, isUncertain: Bool) -> String {
    var places = Set<Double>()
    while places.count < runs - 1 { places.insert(Double(random.next() % 99_999 + 1) / 100_000) }
    let ends = [0] + places.sorted() + [1]
    let lengths = (0..<symbols).map { _ in 1 + 9 * random.unit() }
    var text = "from,to,index,bits,reconstruction_0,reconstruction_1\n"
    let points = (0..<symbols).map { _ in (random.unit() * 2 - 1, random.unit() * 2 - 1) }
    for (from, to) in zip(ends, ends.dropFirst()) {
      let symbol = Int(random.next() % UInt64(symbols))
      let end = isUncertain && to < 1 ? to - (to - from) * 0.01 : to
      text += "\(from),\(end),\(symbol),\(lengths[symbol]),\(points[symbol].0),\(points[symbol].1)\n"
    }
    return text
  }

  @Test("1,000 random partitions of 1 to 40 cells: the lines add up to the gap")
  func random() throws {
    var random = SeededGenerator(seed: 18)
    let reference = try #require(KnownSource(Circle()).codes)
    for trial in 0..<1000 {
      let runs = Int(random.next() % 40) + 1
      let symbols = trial % 3 == 0 ? runs : Int(random.next() % UInt64(runs)) + 1
      let map = try codeMap(Self.randomMap(&random, runs: runs, symbols: symbols, isUncertain: trial % 2 == 0))
      let ledger = try CodeLedger(of: CodePerformance(of: map.code(of: reference)), against: reference)
      #expect((Self.sum(ledger) - ledger.gap.value).magnitude < 1e-12)
      let whole = try #require(ledger.gapToLongBlocks?.value)
      #expect((Self.sum(ledger) + (ledger.oneShot?.bits.value ?? .nan) - whole).magnitude < 1e-12)
      for line in ledger.lines {
        #expect(line.bits.interval.contains(line.bits.value))
        #expect(line.bits.value > -1e-12 || line.name == "entropy-model", "\(trial) \(line)")
      }
    }
  }

  @Test(
    "what is designed has an empty ledger",
    arguments: [
      ("circle", 1.2), ("circle", 3), ("ramp", 2), ("ramp", 2.5), ("sawbridge", 3.3), ("uniform", 2.2), ("sinusoid", 4),
      ("laplace", 2), ("exponential", 1), ("gaussian", 1.5),
    ])
  func designed(name: String, rate: Double) throws {
    let source = try KnownSource(Catalogue.source(named: name))
    let reference = try #require(source.codes)
    let curve = try #require(reference.oneShot.last)
    let distortion = try curve.point(atRate: rate).distortion
    let design = try reference.design(by: curve, atDistortion: distortion)
    var text =
      "from,to,index,bits" + (design.reconstructions?[0].indices.map { ",reconstruction_\($0)" }.joined() ?? "") + "\n"
    for run in design.runs {
      let point = design.reconstructions?[run.symbol].map { ",\($0)" }.joined() ?? ""
      text += "\(run.from),\(run.to),\(run.symbol),\(design.lengths[run.symbol])\(point)\n"
    }
    let map = try codeMap(text, of: name)
    let code = CodePerformance(of: try map.code(of: reference))
    #expect((code.entropy.value - rate).magnitude < 1e-6)
    #expect((code.centroids.value / distortion - 1).magnitude < 1e-9)
    let ledger = try CodeLedger(of: code, against: reference)
    // The converse of the Gaussian's optimal quantizer is known to some 1e-5 bits, the others' curves to 1e-8 and better.
    let tolerance = name == "gaussian" ? 1e-4 : 2e-8
    for line in ledger.lines { #expect(line.bits.value.magnitude < tolerance, "\(line)") }
  }
}

@Suite("enclosures over all places of thresholds")
struct CodeEnclosureTests {
  /// Half the mean squared distance of pairs, summed over pairs of pieces in closed form: with Phi'' the squared distance as
  /// a function of how far apart two phases lie, its integral over [a, b] x [c, d] is Phi(a - d) + Phi(b - c) - Phi(b - d) -
  /// Phi(a - c).
  private static func distortion(_ runs: [(from: Double, to: Double, symbol: Int)], _ phi: (Double) -> Double) -> Double
  {
    var sums: [Int: (pairs: Double, p: Double)] = [:]
    for a in runs {
      var pairs = 0.0
      for b in runs where b.symbol == a.symbol {
        pairs += phi(a.from - b.to) + phi(a.to - b.from) - phi(a.to - b.to) - phi(a.from - b.from)
      }
      let known = sums[a.symbol] ?? (0, 0)
      sums[a.symbol] = (known.pairs + pairs, known.p + a.to - a.from)
    }
    return sums.values.reduce(0) { $0 + $1.pairs / (2 * $1.p) }
  }

  private static let laws: [(name: String, phi: @Sendable (Double) -> Double)] = [
    ("circle", { $0 * $0 + Double.cos(2 * .pi * $0) / (2 * .pi * .pi) }),
    ("sinusoid", { ($0 * $0 + Double.cos(2 * .pi * $0) / (2 * .pi * .pi)) / 2 }),
    ("ramp", { abs($0 * $0 * $0) / 6 - $0 * $0 * $0 * $0 / 12 }),
    ("sawbridge", { abs($0 * $0 * $0) / 6 }),
    ("uniform", { $0 * $0 * $0 * $0 / 12 }),
  ]

  @Test("distortions of random codes are those of their pairs of pieces", arguments: laws.map(\.name))
  func pairs(name: String) throws {
    let phi = try #require(Self.laws.first { $0.name == name }).phi
    let reference = try #require(try KnownSource(Catalogue.source(named: name)).codes)
    var random = SeededGenerator(seed: 7)
    for _ in 0..<100 {
      let count = Int(random.next() % 12) + 1
      let ends = [0] + (1..<count).map { _ in random.unit() }.sorted() + [1]
      let runs = zip(ends, ends.dropFirst()).map { (from: $0, to: $1, symbol: Int(random.next() % 4)) }
      var names: [Int: Int] = [:]
      for run in runs where names[run.symbol] == nil { names[run.symbol] = names.count }
      // The uniform scalar's coordinates have 0 in their middle.
      let (start, length) = (
        reference.line.range.lowerBound, reference.line.range.upperBound - reference.line.range.lowerBound
      )
      let partition = LinePartition(
        symbols: runs.compactMap { names[$0.symbol] },
        thresholds: ends.dropFirst().dropLast().map { UncertainThreshold(start + length * $0) },
        range: reference.line.range,
        isClosed: reference.line.isClosed)
      let code = CodePerformance(of: try reference.code(partition))
      let truth = Self.distortion(runs, phi)
      #expect((code.centroids.value - truth).magnitude < 1e-13, "\(runs)")
      #expect(code.centroids.interval.width < 1e-12)
      #expect((try #require(code.intervals)).value <= code.centroids.value + 1e-13)
    }
  }

  @Test(
    "wherever the thresholds are, the code lies in the intervals",
    arguments: ["circle", "ramp", "sawbridge", "laplace", "gaussian"])
  func placements(name: String) throws {
    let reference = try #require(try KnownSource(Catalogue.source(named: name)).codes)
    let isScalar = reference.line.range.upperBound == .infinity
    var random = SeededGenerator(seed: 11)
    let place = { (u: Double) in isScalar ? 6 * u - 3 : u }
    for trial in 0..<30 {
      let count = Int(random.next() % 10) + 2
      // Intervals of thresholds that nearly fill the line, so that cells may all but vanish, or little ones.
      let width = trial % 3 == 0 ? 1 : trial % 3 == 1 ? 0.1 : 0.001
      var middles = (1..<count).map { _ in random.unit() }.sorted()
      middles = zip(middles, [0] + middles).map { max($0, $1 + 1e-6) }
      var thresholds: [UncertainThreshold] = []
      for (index, middle) in middles.enumerated() {
        let below = index == 0 ? middle : (middle - middles[index - 1]) / 2
        let above = index == middles.count - 1 ? 1 - middle : (middles[index + 1] - middle) / 2
        guard above > 0 else { continue }
        thresholds.append(
          UncertainThreshold(place(middle - below * width * 0.99), place(middle + above * width * 0.99)))
      }
      let raw = (0...thresholds.count).map { _ in Int(random.next() % 4) }
      var names: [Int: Int] = [:]
      for symbol in raw where names[symbol] == nil { names[symbol] = names.count }
      let symbols = raw.compactMap { names[$0] }
      let lengths = (0..<names.count).map { _ in 5 * random.unit() }
      let components = reference.line.components
      let points = components.map { n in (0..<names.count).map { _ in (0..<n).map { _ in random.unit() } } }
      func evaluated(_ thresholds: [UncertainThreshold]) throws -> CodePerformance {
        let partition = LinePartition(
          symbols: symbols, thresholds: thresholds, range: reference.line.range, isClosed: reference.line.isClosed)
        return CodePerformance(of: try reference.code(partition, lengths: lengths, reconstructions: points))
      }
      let enclosed = try evaluated(thresholds).named
      for draw in 0..<20 {
        let placed = thresholds.map { threshold -> UncertainThreshold in
          let share = draw < 4 ? Double((draw + Int(random.next() % 2)) % 2) : random.unit()
          return UncertainThreshold(min(threshold.upper, threshold.lower + share * (threshold.upper - threshold.lower)))
        }
        for (name, value) in try evaluated(placed).named {
          let bounds = try #require(enclosed[name]?.interval)
          // One code of the box, itself enclosed: the two intervals have it in common.
          #expect(
            value.interval.lower <= bounds.upper && bounds.lower <= value.interval.upper,
            "\(trial) \(name) \(value) \(bounds)")
        }
      }
    }
  }

  @Test(
    "a process at samples of time: distortions are sums over a fine grid of phases", arguments: ["ramp", "sawbridge"])
  func sampled(name: String) throws {
    let samples = 9
    let reference = try #require(
      KnownSource(
        Catalogue.source(named: name),
        SourceParameters(["samples": "\(samples)"], of: Catalogue.source(named: name).description)
      )
      .codes)
    let thresholds = [0.11, 0.25, 0.56, 0.93]
    let symbols = [0, 1, 2, 1, 0]
    var random = SeededGenerator(seed: 3)
    let points = (0..<3).map { _ in (0..<samples).map { _ in random.unit() - 0.5 } }
    let partition = LinePartition(
      symbols: symbols, thresholds: thresholds.map { UncertainThreshold($0) }, range: 0...1,
      isClosed: reference.line.isClosed)
    let code = CodePerformance(of: try reference.code(partition, reconstructions: points))
    let count = 80_000
    var sums = [[Double]](repeating: [Double](repeating: 0, count: samples), count: 3)
    var squares = 0.0
    var given = 0.0
    var sizes = [Double](repeating: 0, count: 3)
    for k in 0..<count {
      let phase = (Double(k) + 0.5) / Double(count)
      let symbol = symbols[thresholds.count { $0 <= phase }]
      sizes[symbol] += 1
      for j in 0..<samples {
        let t = Double(j) / Double(samples - 1)
        let x = name == "ramp" ? (t + phase).truncatingRemainder(dividingBy: 1) - 0.5 : t - (t > phase ? 1 : 0)
        sums[symbol][j] += x
        squares += x * x
        given += (x - points[symbol][j]) * (x - points[symbol][j])
      }
    }
    let means = zip(sums, sizes).reduce(0) { $0 + $1.0.reduce(0) { $0 + $1 * $1 } / $1.1 }
    let scale = Double(count * samples)
    #expect((code.centroids.value - (squares - means) / scale).magnitude < 1e-8)
    #expect((try #require(code.given).value - given / scale).magnitude < 1e-8)
  }
}

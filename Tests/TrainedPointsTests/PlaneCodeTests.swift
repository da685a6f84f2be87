import Documents
import Foundation
import IntervalArithmetic
import RateDistortion
import Reports
import TestSupport
import Testing
import TrainedPoints

@Suite("codes of the plane")
struct PlaneCodeTests {
  /// So many cells of equal size in a rectangle.
  static func grid(
    _ first: ClosedRange<Double>, _ columns: Int, _ second: ClosedRange<Double>, _ rows: Int
  ) throws -> MapGrid {
    let across = try #require(MapGrid.Axis(from: first.lowerBound, to: first.upperBound, count: columns))
    let up = try #require(MapGrid.Axis(from: second.lowerBound, to: second.upperBound, count: rows))
    return try #require(MapGrid(across, up))
  }

  static func reference(_ name: String = "banana") throws -> PlaneReference {
    var parameters = SourceParameters()
    if name == "gaussian" { parameters = ["dimension": .number(2), "variance": .number(2)] }
    return try #require(try KnownSource(Catalogue.source(named: name), parameters).planeCodes)
  }

  static func map(_ text: String, of name: String = "gaussian", grid: MapGrid? = nil) throws -> PlaneMap {
    try PlaneMap.read(bytes: Array(text.utf8), name: "map.csv", of: reference(name), grid: grid)
  }

  /// The error that a map causes, in words.
  static func complaint(_ text: String, grid: MapGrid? = nil) -> String {
    do {
      _ = try map(text, grid: grid)
      return "none"
    } catch {
      return "\(error)"
    }
  }

  /// The map that was trained.
  static func trained() throws -> PlaneMap {
    try PlaneMap.read(
      bytes: TrainedCodeData.bytes(of: "banana_vecvq.runs.csv"), name: "banana_vecvq.runs.csv", of: reference(),
      grid: grid(-4...28.9, 700, -5.9...25.5, 500), codebook: TrainedCodeData.bytes(of: "banana_vecvq.codebook.csv"))
  }

  // MARK: The trained map

  @Test("the trained banana: intervals hold what the trainer integrated and sampled, and pixels are the trainer's")
  func banana() throws {
    let map = try Self.trained()
    #expect(map.encoder.symbolCount == 19 && map.encoder.counts.map(\.count) == [2519])
    let values = try #require(try JSONValue.parse(TrainedCodeData.bytes(of: "values.json"))["banana_vecvq"])
    #expect((try #require(map.uncovered) - (1 - (values["mass"]?.doubleValue ?? .nan))).magnitude < 3e-8)
    let found = CodePerformance(of: try map.code(of: Self.reference())).named
    for kind in ["integrated", "fine"] {
      let members = try #require(values[kind]?.members)
      #expect(members.count == 4)
      for member in members {
        let value = try #require(found[member.name])
        let truth = try #require(member.value.doubleValue)
        #expect(value.interval.contains(truth), "\(kind) \(member.name) \(value)")
        // The trainer takes the density in the middle of each cell.
        #expect((value.value - truth).magnitude < 3e-4, "\(kind) \(member.name) \(value.value) \(truth)")
      }
    }
    let members = try #require(values["monte-carlo"]?.members)
    #expect(members.count == 3)
    for member in members {
      let (mean, error) = (member.value.elements?[0].doubleValue ?? .nan, member.value.elements?[1].doubleValue ?? .nan)
      let value = try #require(found[member.name]?.interval)
      #expect(value.lower - 4 * error <= mean && mean <= value.upper + 4 * error, "\(member.name)")
    }
  }

  @Test("the lines of the ledger are at least 0 and add up to the gap, which is known better than rate and distortion")
  func ledger() throws {
    let reference = try Self.reference()
    let performance = CodePerformance(of: try Self.trained().code(of: reference))
    let ledger = try CodeLedger(of: performance, against: reference)
    #expect(ledger.lines.map(\.name) == ["entropy-model", "decoder", "cell-sizes"])
    let sum = ledger.lines.reduce(0) { $0 + $1.bits.value }
    #expect((sum - ledger.gap.value).magnitude < 1e-12)
    let oneShot = try #require(ledger.oneShot)
    #expect((sum + oneShot.bits.value - (ledger.gapToLongBlocks?.value ?? .nan)).magnitude < 1e-12)
    for line in ledger.lines { #expect(line.bits.interval.lower >= 0, "\(line.name)") }
    // The converse and the best codebook are further apart than that.
    #expect(ledger.gap.interval.width < performance.rate.interval.width + ledger.bestOneShot.interval.width)
  }

  @Test("points in any order, with a density that nobody needs, are the same map as runs")
  func points() throws {
    let runs = "row,from,to,index\n0,0,3,4\n0,3,8,-1\n1,0,8,4\n2,0,1,-1\n2,1,8,7\n3,0,8,7\n"
    let grid = try Self.grid(-8...8, 8, -6...6, 4)
    let map = try Self.map(runs, grid: grid)
    let indices = [
      [4, 4, 4, -1, -1, -1, -1, -1], [Int](repeating: 4, count: 8), [-1] + [Int](repeating: 7, count: 7),
      [Int](repeating: 7, count: 8),
    ]
    var rows = (0..<32).map { "\(-7 + 2 * ($0 % 8)),\(-4.5 + 3 * Double($0 / 8)),\(indices[$0 / 8][$0 % 8]),0.1" }
    var random = SeededGenerator(seed: 3)
    rows.shuffle(using: &random)
    let text = "x_0,x_1,index,density\n" + rows.joined(separator: "\n")
    let same = try Self.map(text)
    let grids = try [map, same].map { try #require($0.encoder as? GridEncoder) }
    #expect(grids[0].first == grids[1].first && grids[0].second == grids[1].second)
    // Symbols are numbered as they come.
    let names = zip([map, same], grids).map { map, grid in grid.symbols.map { map.contents.indices[Int($0)] } }
    #expect(names[0] == names[1])
    #expect(same.uncovered == map.uncovered)
    let reference = try Self.reference("gaussian")
    let (a, b) = (
      CodePerformance(of: try map.code(of: reference)), CodePerformance(of: try same.code(of: reference))
    )
    #expect((a.entropy.value - b.entropy.value).magnitude < 1e-12)
    #expect((a.centroids.value - b.centroids.value).magnitude < 1e-11)
  }

  // MARK: What is enclosed

  private struct Case: Decodable, Sendable {
    let source: String
    let first: [Double]
    let second: [Double]
    let symbols: [Int]
    let entropyBits: Double
    let distortionWithCentroids: Double
    let distortionAbout0: Double
  }

  @Test("rectangular cells are what Gauss-Legendre quadrature makes of them (plane_codes.py)")
  func rectangles() throws {
    let cases: [Case] = try Oracle.json("plane-codes.json")
    #expect(cases.count == 3)
    for known in cases {
      // Points so close to both sides of each line that nothing lies between them.
      let points = { (lines: [Double]) in lines.flatMap { [$0 - 1e-12, $0 + 1e-12] } }
      let (first, second) = (points(known.first), points(known.second))
      let width = known.first.count + 1
      let symbols = second.indices.flatMap { row in
        first.indices.map { Int32(known.symbols[(row + 1) / 2 * width + ($0 + 1) / 2]) }
      }
      let grid = GridEncoder(first: first, second: second, symbols: symbols)
      let reference = try Self.reference(known.source)
      let found = CodePerformance(
        of: try reference.code(grid, reconstructions: .init(repeating: [0, 0], count: grid.symbolCount)))
      for (value, truth) in [
        (found.entropy, known.entropyBits), (found.centroids, known.distortionWithCentroids),
        (try #require(found.given), known.distortionAbout0),
      ] {
        #expect(value.interval.lower - 1e-10 <= truth && truth <= value.interval.upper + 1e-10, "\(value) \(truth)")
        #expect(value.interval.width < 1e-5 && (value.value - truth).magnitude < 1e-7, "\(value) \(truth)")
      }
    }
  }

  /// A code of nearest codewords, whose regions no grid's lines follow, at odd numbers of points in a square.
  private static func nearest(_ words: [SIMD2<Double>], points: Int, within reach: Double) -> GridEncoder {
    let places = (0..<points).map { reach * (2 * Double($0) / Double(points - 1) - 1) }
    return GridEncoder(
      first: places, second: places,
      symbols: places.flatMap { y in
        places.map { x -> Int32 in
          let distances = words.map { word -> Double in
            let d = SIMD2(x, y) - word
            return (d * d).sum()
          }
          return Int32(distances.indices.min { distances[$0] < distances[$1] } ?? 0)
        }
      })
  }

  @Test("the intervals of a coarse grid hold what finer ones find, which are narrower", arguments: [1.0, 2.5])
  func refinement(spread: Double) throws {
    let words = [SIMD2(-1.0, 0.2), SIMD2(0.3, 1.1), SIMD2(0.8, -0.9), SIMD2(2.2, 0.7)].map { $0 * spread }
    let reference = try Self.reference("gaussian")
    var before: [EnclosedValue]?
    for points in [46, 136, 406] {
      let grid = Self.nearest(words, points: points, within: 9)
      let code = try reference.code(
        grid, lengths: [2, 2, 2, 2], reconstructions: words.map { [$0.x, $0.y] })
      let found = CodePerformance(of: code)
      let ledger = try CodeLedger(of: found, against: reference)
      let values = [found.entropy, try #require(found.given), found.centroids, ledger.gap]
      if let before {
        for (wide, narrow) in zip(before, values) {
          #expect(wide.interval.lower <= narrow.value && narrow.value <= wide.interval.upper)
          #expect(narrow.interval.width < 0.5 * wide.interval.width)
        }
      }
      before = values
    }
    // Four words whose lengths are 2 bits.
    #expect(before != nil)
  }

  @Test("however squares that are not decided are given away, every number and line lies in the intervals")
  func placements() throws {
    let reference = try Self.reference("gaussian")
    var random = SeededGenerator(seed: 11)
    let places = (0..<24).map { -9 + 18 * Double($0) / 23 }
    let symbols = places.flatMap { y in places.map { x in Int32(x + 0.3 * y > 0.4 ? 1 : x - y > 2.5 ? 2 : 0) } }
    let coarse = GridEncoder(first: places, second: places, symbols: symbols)
    let all = CodePerformance(of: try reference.code(coarse))
    let limits = try CodeLedger(of: all, against: reference)
    // Between two points of different symbols lies one that has either.
    let fine = places.indices.flatMap { k in k == 0 ? [places[0]] : [(places[k - 1] + places[k]) / 2, places[k]] }
    for _ in 0..<12 {
      var drawn: [Int32] = []
      for row in fine.indices {
        for column in fine.indices {
          let rows = [row / 2, (row + 1) / 2]
          let columns = [column / 2, (column + 1) / 2]
          let corners = rows.flatMap { row in columns.map { symbols[row * places.count + $0] } }
          drawn.append(corners.randomElement(using: &random) ?? 0)
        }
      }
      let code = try reference.code(GridEncoder(first: fine, second: fine, symbols: drawn))
      let found = CodePerformance(of: code)
      #expect(all.entropy.interval.contains(found.entropy.value))
      #expect(all.centroids.interval.contains(found.centroids.value))
      let ledger = try CodeLedger(of: found, against: reference)
      #expect(limits.gap.interval.contains(ledger.gap.value))
      for (wide, one) in zip(limits.lines, ledger.lines) {
        #expect(wide.bits.interval.contains(one.bits.value), "\(one.name)")
      }
    }
  }

  @Test("random partitions: the ledger adds up to 1e-12")
  func randomPartitions() throws {
    let reference = try Self.reference("gaussian")
    var random = SeededGenerator(seed: 2)
    for trial in 0..<40 {
      let count = 1 + trial % 6
      let sides = (Int.random(in: 1...6, using: &random), Int.random(in: 1...6, using: &random))
      let places = { (n: Int) in (0..<n).map { -3.0 + 6 * Double($0) / Double(n) } }
      var symbols = (0..<(sides.0 * sides.1)).map { _ in Int32.random(in: 0..<Int32(count), using: &random) }
      let names = Set(symbols).sorted()
      symbols = symbols.map { symbol in Int32(names.firstIndex(of: symbol) ?? 0) }
      let code = try reference.code(
        GridEncoder(first: places(sides.0), second: places(sides.1), symbols: symbols),
        lengths: names.map { _ in Double.random(in: 2...6, using: &random) },
        reconstructions: names.map { _ in
          [Double.random(in: -2...2, using: &random), .random(in: -2...2, using: &random)]
        })
      let performance = CodePerformance(of: code)
      let ledger = try CodeLedger(of: performance, against: reference)
      let sum = ledger.lines.reduce(0) { $0 + $1.bits.value }
      #expect((sum - ledger.gap.value).magnitude < 1e-12, "\(trial)")
      #expect((ledger.gap.value - performance.rate.value + ledger.bestOneShot.value).magnitude < 1e-12)
      #expect(performance.centroids.interval.upper <= (performance.given?.interval.upper ?? 0) + 1e-6)
    }
  }

  // MARK: Codebooks

  private static func codebook(_ source: String, _ request: String) throws -> String {
    let outcome = try Program.run(["design"] + source.split(separator: " ").map(String.init) + [request])
    #expect(outcome.status == 0, "\(outcome.errors)")
    return outcome.output
  }

  @Test("a designed codebook is one's own: nothing undecided, no loss of model and decoder, the gap begins at 0")
  func designed() throws {
    let requests: [(String, String, String)] = [
      ("banana", "banana", "--rate=2"), ("banana", "banana", "--distortion=0.3"),
      ("gaussian", "gaussian --dimension 2 --variance 2", "--rate=3"),
    ]
    for (name, source, request) in requests {
      let map = try Self.map(try Self.codebook(source, request), of: name)
      #expect(map.uncovered == nil)
      let reference = try Self.reference(name)
      let performance = CodePerformance(of: try map.code(of: reference))
      #expect(performance.undecided == 0 && performance.entropy.interval.width < 1e-8)
      let ledger = try CodeLedger(of: performance, against: reference)
      for line in ledger.lines where line.name != "cell-sizes" {
        #expect(line.bits.value >= -1e-9 && line.bits.value < 1e-4, "\(line.name) \(line.bits)")
      }
      #expect(ledger.gap.interval.lower < 1e-4 && ledger.gap.interval.upper < 0.2, "\(ledger.gap)")
    }
  }

  @Test("a codebook on its own grid: the exact numbers lie in the intervals of the map that was dumped of it")
  func dumped() throws {
    let text = "index,reconstruction_0,reconstruction_1\n0,-1,0.2\n1,0.3,1.1\n2,0.8,-0.9\n3,2.2,0.7\n"
    let words = [SIMD2(-1.0, 0.2), SIMD2(0.3, 1.1), SIMD2(0.8, -0.9), SIMD2(2.2, 0.7)]
    let reference = try Self.reference("gaussian")
    let exact = CodePerformance(of: try Self.map(text).code(of: reference))
    let grid = Self.nearest(words, points: 301, within: 9)
    let dumped = CodePerformance(
      of: try reference.code(grid, reconstructions: words.map { [$0.x, $0.y] }))
    #expect(dumped.entropy.interval.contains(exact.entropy.value))
    #expect(try #require(dumped.given).interval.contains(try #require(exact.given).value))
    #expect(dumped.centroids.interval.contains(exact.centroids.value))
    #expect((dumped.entropy.value - exact.entropy.value).magnitude < 2e-3)
    #expect((dumped.centroids.value - exact.centroids.value).magnitude < 2e-3)
  }

  // MARK: Bad input

  @Test("what is no grid is refused, with its place")
  func refused() throws {
    let grid = try Self.grid(-8...8, 2, -8...8, 2)
    let header = "x0,x1,index\n"
    let known: [(String, MapGrid?, String)] = [
      (header + "0,0,1\n0,1,1\n1,0,1\n", nil, "the point (1, 1) of the grid is missing"),
      (header + "0,0,1\n0,1,1\n1,0,1\n0,1,2\n1,1,2\n", nil, "map.csv:5: the point (0, 1) stands here twice"),
      (header + "0,0,1\n1,1,1\n2,3,1\n5,4,1\n", nil, "4 points with 4 different first coordinates and 4 second ones"),
      (header + "0,0,1.5\n", nil, "is no whole number"),
      (header + "0,nan,1\n", nil, "map.csv:2: column 2 (x1)"),
      (header + "0,0,1\n0,1,1\n1,0,1\n1,1,2\n", grid, "--cells is for runs of rows"),
      (header + "0,0,1\n0,1,1\n1,0,1\n1,1,2\n", nil, "at most 1 % may be left out"),
      ("x0,index\n0,1\n", nil, "x_0 with x_1"),
      ("row,from,to,index\n0,0,2,1\n", nil, "which --cells names"),
      ("row,from,to,index\n0,0,2,1\n1,0,1,1\n", grid, "cell 1 of row 1 has no index"),
      ("row,from,to,index\n0,0,2,1\n0,1,2,1\n", grid, "cell 1 of row 0 has an index already"),
      ("row,from,to,index\n2,0,2,1\n", grid, "a whole number from 0 to 1"),
      ("row,from,to,index\n0,0,3,1\n", grid, "a whole number from 0 to 2"),
      ("row,from,to,index\n0,1,1,1\n", grid, "it must end after it begins"),
      ("row,from,to,index,reconstruction\n0,0,2,1,5\n1,0,2,1,5\n", grid, "none"),
    ]
    for (text, grid, sentence) in known {
      let complaint = Self.complaint(text, grid: grid)
      #expect(complaint.contains(sentence), "\(text): \(complaint)")
    }
    let one = try Self.map("row,from,to,index,reconstruction\n0,0,2,1,5\n1,0,2,1,5\n", grid: grid)
    #expect(throws: PointFileError.self) { try one.code(of: Self.reference("gaussian")) }
  }
}

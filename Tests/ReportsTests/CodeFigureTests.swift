import Documents
import Foundation
import IntervalArithmetic
import RateDistortion
import Reports
import TestSupport
import Testing
import TrainedPoints

@Suite("figures of trained codes")
struct CodeFigureTests {
  private static func figure(
    _ text: String, of name: String, _ parameters: [String: String] = [:]
  ) throws -> (figure: PartitionFigure, remarks: [String]) {
    let type = try Catalogue.source(named: name)
    let source = try KnownSource(type, SourceParameters(parameters, of: type.description))
    let line = try source.requiredCodes().line
    let drawn = try CodeFigure(of: CodeMap.read(bytes: Array(text.utf8), name: "map.csv", on: line), for: source)
    return (drawn.figure, drawn.remarks)
  }

  private static func sizes(_ code: PartitionFigure.Code) -> [Double] {
    code.cells.indices.map { cell in code.pieces.filter { $0.cell == cell }.reduce(0) { $0 + $1.share } }
  }

  private static func entropy(_ code: PartitionFigure.Code) -> Double {
    sizes(code).reduce(0) { $0 - ($1 > 0 ? $1 * log2($1) : 0) }
  }

  private static let folded = "from,to,index\n0,0.4,3\n0.4,0.5,-1\n0.5,0.55,3\n0.55,1,0\n"

  @Test("a circle is a ring: pieces as in the map, the best code of the same entropy, centroids in the plane")
  func ring() throws {
    let (figure, remarks) = try Self.figure(Self.folded, of: "circle")
    #expect(figure.line == .ring && figure.title == "circle" && remarks.isEmpty)
    let (trained, best) = (try #require(figure.codes.first), try #require(figure.codes.last))
    #expect(trained.cells == ["3", "\u{2212}1", "0"] && trained.pieces.count == 4)
    #expect(zip(Self.sizes(trained), [0.45, 0.1, 0.45]).allSatisfy { ($0 - $1).magnitude < 1e-12 })
    // H of (0.45, 0.1, 0.45), by hand.
    let rate = -0.9 * log2(0.45) - 0.1 * log2(0.1)
    #expect((Self.entropy(trained) - rate).magnitude < 1e-12 && (Self.entropy(best) - rate).magnitude < 1e-6)
    // Equal cells and a smaller one: of all codes of this kind with three cells there is one of this entropy.
    let sizes = Self.sizes(best).sorted()
    #expect(sizes.count == 3 && (sizes[2] - sizes[1]).magnitude < 1e-9)
    // The arc from 0.55 to 1 has its centroid at radius sin(pi 0.45)/(pi 0.45), phase 0.775.
    let radius = Double.sin(.pi * 0.45) / (.pi * 0.45)
    let mark = try #require(trained.marks.last)
    #expect((mark.x - radius * Double.cos(2 * .pi * 0.775)).magnitude < 1e-12)
    #expect((mark.y - radius * Double.sin(2 * .pi * 0.775)).magnitude < 1e-12)
    #expect(trained.facts.first == "H = 1.369 bits" && best.facts.first == "E(D)")
  }

  @Test("a scalar is cut where all but 2e-4 of it lies, below its density; the given reconstructions are drawn")
  func axis() throws {
    let map = "from,to,index,reconstruction\n-inf,0,0,-0.7\n0,inf,1,0.9\n"
    let (figure, _) = try Self.figure(map, of: "gaussian")
    guard case .axis(let axis, let density) = figure.line else {
      Issue.record("no axis")
      return
    }
    // The normal quantile of 1e-4.
    #expect((axis.range.lowerBound + 3.719016485455709).magnitude < 1e-6)
    #expect((axis.range.upperBound - 3.719016485455709).magnitude < 1e-6)
    #expect(density.map(\.y).max() == 1)
    let near = try #require(density.min { ($0.x - 1).magnitude < ($1.x - 1).magnitude })
    #expect((near.y - Double.exp(-near.x * near.x / 2)).magnitude < 1e-4)
    #expect(figure.codes[0].marks.map(\.x) == [-0.7, 0.9] && figure.codes[0].marks.map(\.y) == [0, 0])
    // The best code of one bit has cells named from the largest one.
    #expect(figure.codes[1].cells.contains("0"))
    let largest = try #require(Self.sizes(figure.codes[1]).enumerated().max { $0.element < $1.element })
    #expect(figure.codes[1].cells[largest.offset] == "0")
  }

  @Test(
    "beyond the rates that codes are designed for the map is drawn alone, and it is said why",
    .enabled(if: Campaign.isLong, "codes are designed: some seconds"))
  func alone() throws {
    // Steps of 1/20 of a deviation: some 5.9 bits given Y.
    let ends = ["-inf"] + (-60...60).map { "\(Double($0) / 20)" } + ["inf"]
    let rows = zip(ends, ends.dropFirst()).enumerated().map { "\($1.0),\($1.1),\($0)\n" }.joined()
    let (figure, remarks) = try Self.figure(
      "from,to,index\n" + rows, of: "wyner-ziv",
      ["setting": "source-plus-noise", "noise-variance": "1", "coding": "conditional"])
    #expect(figure.codes.count == 1 && figure.codes[0].marks.isEmpty)
    #expect(figure.codes[0].facts[0].hasPrefix("H(index|Y) = 5."))
    #expect(remarks.count == 1 && remarks.allSatisfy { $0.contains("no code") })
    #expect(!GnuplotScript(of: figure, as: .svg).text.contains("best code"))
  }

  @Test(
    "every line is drawn in every format, in pages of any shape, with finite numbers alone",
    arguments: [
      ("circle", Self.folded), ("ramp", Self.folded), ("sinusoid", Self.folded), ("sawbridge", Self.folded),
      ("uniform", "from,to,index\n0,0.6,0\n0.6,1,1\n"), ("laplace", "from,to,index\n-inf,1,5\n1,inf,6\n"),
      ("exponential", "from,to,index\n0,1,0\n1,inf,1\n"), ("logistic", "from,to,index\n-inf,inf,0\n"),
      ("circle", "from,to,index\n0,1,0\n"),
      ("gaussian", (0..<90).map { "\(Double($0 - 45) / 10),\($0)\n" }.reduce("x,index\n", +)),
    ])
  func scripts(name: String, map: String) throws {
    let (figure, _) = try Self.figure(map, of: name)
    for (output, size) in [(GnuplotScript.Output.svg, nil), (.pdf, "8.5x6cm"), (.png, "400x900"), (.svg, "100x100")] {
      let layout = FigureLayout(size: size.flatMap { FigureLayout.Size($0) }, legend: nil)
      let script = GnuplotScript(of: figure, as: output, layout: layout).text
      var isData = false
      for line in script.split(separator: "\n") {
        if line.hasSuffix("<< EOD") {
          isData = true
        } else if line == "EOD" {
          isData = false
        } else if isData {
          let numbers = line.split(separator: " ").prefix(2).map { Double($0) }
          #expect(numbers.count == 2 && numbers.allSatisfy { $0?.isFinite ?? false }, "\(line)")
        } else {
          #expect(!line.contains("nan") && !line.contains("inf:") && !line.contains(":inf"), "\(line)")
        }
      }
      #expect(!isData && script.contains("set multiplot"))
    }
  }

  @Test("a cell has one colour, whatever its pieces; cells beyond the colours begin again")
  func colours() {
    let piece = { (k: Int, cell: Int) in
      PartitionFigure.Piece(from: Double(k) / 40, to: Double(k + 1) / 40, cell: cell, share: 1 / 40)
    }
    let script = { (cells: Int) in
      let code = PartitionFigure.Code(
        name: "code", facts: [], pieces: (0..<40).map { piece($0, $0 % cells) }, cells: (0..<cells).map(String.init),
        marks: [])
      return GnuplotScript(of: PartitionFigure(line: .ring, codes: [code]), as: .svg).text
    }
    let fills = { (text: String) in
      Set(text.components(separatedBy: "fillcolor rgb '").dropFirst().map { $0.prefix(7) })
    }
    #expect(fills(script(4)).count == 4 && fills(script(8)).count == 8 && fills(script(20)).count == 16)
  }

  @Test("no words of a figure leave their quotes")
  func quoting() {
    let pieces = (0..<3).map {
      PartitionFigure.Piece(from: Double($0) / 3, to: Double($0 + 1) / 3, cell: $0, share: 1 / 3.0)
    }
    let code = PartitionFigure.Code(
      name: "it's `touch x`", facts: ["\"a\nb"], pieces: pieces, cells: ["\"", "\\", "`"], marks: [])
    let figure = PartitionFigure(title: "a'\nb", line: .ring, codes: [code])
    let script = GnuplotScript(of: figure, as: .svg).text
    #expect(script.contains("'a'' b'") && script.contains("'it''s `touch x`'") && script.contains("'\"a b'"))
    #expect(script.components(separatedBy: " \" \"\n").count == 3 && script.contains(" \"`\"\n"))
  }
}

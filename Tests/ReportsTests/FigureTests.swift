import RateDistortion
import Reports
import Testing
import TrainedPoints

@Suite("figures")
struct FigureTests {
  static let sources: [KnownSource] = Catalogue.sources.compactMap {
    try? KnownSource($0)
  }

  /// A point `bits` above E(D), or whatever is achievable, at a rate.
  static func point(of source: KnownSource, atRate rate: Double, above bits: Double) throws -> TrainedPoint {
    let limit = try source.judgement.achievable.point(atRate: rate)
    return TrainedPoint(row: 2, rate: rate + bits, distortion: limit.distortion)
  }

  static func layers(_ figure: Figure, _ title: String) -> [Figure.Layer] {
    figure.layers.filter { $0.title.contains(title) }
  }

  @Test("axes as the papers have them: rate over distortion for E(D), decibels over rate for R(D)")
  func defaultAxes() throws {
    for source in Self.sources {
      let figure = try TradeoffFigure(of: source, curves: source.curves.filter { !$0.isCostly }, series: []).figure()
      if source.judgement.achievable.name == .exact {
        #expect(figure.y.title == "Rate (bits)")
        #expect(figure.x.title.hasPrefix("Distortion ("))
      } else {
        #expect(figure.x.title == "Rate (bits)")
        #expect(figure.y.title == "Distortion (dB)")
      }
    }
    let ramp = KnownSource(Ramp())
    #expect(
      try TradeoffFigure(of: ramp, curves: ramp.curves, series: [], frame: .init(largestRate: 3)).figure().x
        .isLogarithmic == false)
    #expect(
      try TradeoffFigure(of: ramp, curves: ramp.curves, series: [], frame: .init(largestRate: 8)).figure().x
        .isLogarithmic)
    #expect(throws: FigureError.axes(.rate, .rate)) {
      try TradeoffFigure(of: ramp, curves: ramp.curves, series: [], frame: .init(x: .rate, y: .rate)).figure()
    }
    #expect(throws: FigureError.axes(.decibels, .distortion)) {
      try TradeoffFigure(of: ramp, curves: ramp.curves, series: [], frame: .init(x: .decibels, y: .distortion)).figure()
    }
  }

  @Test("every curve of every source has a legend and lies in the frame, on all axes; no coordinate is NaN or infinite")
  func everySource() throws {
    for source in Self.sources {
      for (x, y) in [(nil, nil), (FigureAxis.rate, FigureAxis.decibels), (.logDistortion, .rate), (.rate, .distortion)]
      {
        let series = [
          PointSeries(
            title: "p",
            points: [
              try Self.point(of: source, atRate: 3, above: 0.1), TrainedPoint(row: 3, rate: 0, distortion: 1e-300),
            ])
        ]
        let curves = source.curves.filter { !$0.isCostly }
        let figure = try TradeoffFigure(of: source, curves: curves, series: series, frame: .init(x: x, y: y))
          .figure()
        for curve in curves { #expect(Self.layers(figure, curve.name.legend).count >= 1, "\(curve.name)") }
        #expect(figure.layers.flatMap(\.points).allSatisfy { $0.x.isFinite && $0.y.isFinite })
        try Self.expectNumbers(GnuplotScript(of: figure, as: .svg))
      }
      let gap = try GapFigure(
        of: source, series: [PointSeries(title: "p", points: [Self.point(of: source, atRate: 3, above: 0.1)])])
      try Self.expectNumbers(GnuplotScript(of: gap.figure(), as: .pdf))
    }
  }

  /// The one-shot curves of a source with a cell cost.
  static func oneShotCurves(of source: KnownSource) -> [Curve] {
    source.curves.filter { [.lower, .upper, .exact, .timeSharing].contains($0.name) }
  }

  /// Every line of every data block holds two finite numbers.
  static func expectNumbers(_ script: GnuplotScript) throws {
    var isData = false
    var count = 0
    for line in script.text.split(separator: "\n") {
      if line.hasSuffix("<< EOD") {
        isData = true
      } else if line == "EOD" {
        isData = false
      } else if isData {
        let numbers = line.split(separator: " ").map { Double($0) }
        #expect(numbers.count == 2 && numbers.allSatisfy { $0?.isFinite ?? false }, "\(line)")
        count += 1
      }
    }
    #expect(count > 0)
    // But for the title: there is a banana.
    #expect(!script.text.replacing(script.figure.title, with: "").lowercased().contains("nan"))
    #expect(!script.text.contains("inf]") && !script.text.contains("[inf"))
  }

  @Test("a curve of a name that nobody foresaw is drawn under its name")
  func laterCurve() throws {
    let source = KnownSource(try Gaussian(variance: 1))
    let curve = Curve(
      LogarithmicLimit(
        name: CurveName(rawValue: "nested-lattice-4"), kind: .upper, summary: "", formula: "", variance: .init(2.0)))
    let figure = try TradeoffFigure(of: source, curves: source.curves(named: .shannon) + [curve], series: []).figure()
    #expect(figure.layers.map(\.title) == ["R(D)", "nested lattice 4"])
    #expect(figure.layers.last?.style == .curve(1, .upper))
  }

  @Test("curves that coincide share a line and its legend; a lower bound keeps its own")
  func coincidence() throws {
    let ramp = KnownSource(Ramp())
    let titles = try TradeoffFigure(of: ramp, curves: Self.oneShotCurves(of: ramp), series: []).figure().layers.map(
      \.title)
    // It is dashed and lies on top: where it coincides with another line both are seen.
    #expect(titles == ["upper bound, E(D)", "time sharing", "lower bound"])
  }

  @Test("both sides of a curve are one line, solid: they are closer than its width")
  func twoSided() throws {
    let source = try KnownSource(Laplace.self)
    let ecsq = source.curves.filter { $0.name == .ecsq }
    #expect(ecsq.map(\.kind).sorted { $0.rawValue < $1.rawValue } == [.lower, .upper])
    let layers = try TradeoffFigure(of: source, curves: ecsq, series: []).figure().layers
    #expect(layers.map(\.title) == ["optimal ECSQ"])
    #expect(layers.first?.style == .curve(0, .upper))
  }

  @Test("curves reach the edge of the frame, and the rate is 0 at the largest distortion")
  func curvesFillTheFrame() throws {
    for source in Self.sources {
      let figure = try TradeoffFigure(
        of: source, curves: source.curves.filter { !$0.isCostly && $0.range.largestRate >= 5 }, series: [],
        frame: .init(x: .rate, y: .distortion, largestRate: 5)
      ).figure()
      for layer in figure.layers {
        #expect(layer.points.first?.x == 0)
        #expect((layer.points.last?.x ?? 0) > 4.9)
        #expect(zip(layer.points, layer.points.dropFirst()).allSatisfy { $0.x <= $1.x + 1e-9 && $0.y >= $1.y - 1e-12 })
      }
    }
  }

  @Test("a process on few samples has a largest rate; its curve ends there")
  func sampled() throws {
    let ramp = try KnownSource(Ramp.self, SourceParameters(["samples": "5"], of: Ramp.description))
    let figure = try TradeoffFigure(of: ramp, curves: ramp.curves, series: []).figure()
    #expect(figure.layers.map(\.title) == ["lower bound", "realism private"])
    try Self.expectNumbers(GnuplotScript(of: figure, as: .png))
  }

  @Test("a gap is the rate above the achievable curve at equal distortion")
  func gaps() throws {
    let source = try KnownSource(WynerZiv.self)
    let points = [
      try Self.point(of: source, atRate: 2, above: 0.25), try Self.point(of: source, atRate: 1, above: 0),
    ]
    let figure = try GapFigure(of: source, series: [PointSeries(title: "p", points: points)]).figure()
    let marks = try #require(figure.layers.last)
    #expect(marks.points.map(\.x) == [1, 2.25])
    // The distortion at a rate is taken (1 + R) 1e-12 nats inside, so that the bound there bears the rate out.
    #expect(zip(marks.points, [0, 0.25]).allSatisfy { ($0.y - $1).magnitude < 1e-11 })
    let shifted = try #require(
      GapFigure(of: source, curves: source.curves.filter { !$0.isCostly }, series: []).figure().layers
        .first { $0.title == "Wyner-Ziv R(D) + 1.53 dB" })
    // The one-shot converse, from which gaps are measured, is R_WZ moved by 1.53 dB where the rate is high; its table of slopes is
    // within 1e-4 bits of that, from below.
    #expect((0..<1e-4).contains(shifted.points.last?.y ?? 1))
  }

  @Test("beside a gap only curves that lie above are drawn unless others are asked for")
  func gapCurves() throws {
    let ramp = KnownSource(Ramp())
    let series = [PointSeries(title: "p", points: [try Self.point(of: ramp, atRate: 2, above: 0.2)])]
    #expect(try GapFigure(of: ramp, series: series).figure().layers.map(\.title) == ["E(D)", "p"])
    let figure = try GapFigure(of: ramp, curves: Self.oneShotCurves(of: ramp), series: series).figure()
    #expect(figure.layers.map(\.title) == ["E(D)", "time sharing", "lower bound", "p"])
    #expect(figure.y.range.lowerBound < -0.15)
  }

  @Test("curves are the papers' unless others are named")
  func paperCurves() throws {
    let titles = { (source: any InformationSource.Type) in
      try TradeoffFigure(of: KnownSource(source), series: [], frame: .init(largestRate: 3)).figure().layers.map(\.title)
    }
    #expect(try titles(Ramp.self) == ["upper bound", "lower bound"])
    #expect(
      try titles(WynerZiv.self) == [
        "Wyner-Ziv R(D)", "Wyner-Ziv R(D) + 1.53 dB", "R(D), no side information", "one-shot lower bound",
      ])
    // "Nonlinear Transform Coding", Figure 3, right.
    #expect(
      try titles(Banana.self) == [
        "R(D)", "best ECVQ", "hexagonal lattice", "linear transform, uniform thresholds", "one-shot lower bound",
      ])
    #expect(try titles(Sphere.self) == ["R(D)"])
    let plane = try TradeoffFigure(of: KnownSource(Gaussian(variance: 1, dimension: 2)), series: []).figure()
    #expect(plane.layers.map(\.title) == ["R(D)", "best ECVQ", "hexagonal lattice", "one-shot lower bound"])
  }

  @Test("a finite source's curve goes on to the frame's edge, though it reaches D = 0 at a finite rate")
  func finite() throws {
    let source = KnownSource(FiniteAlphabet(try FiniteSource(probabilities: [0.5, 0.5])))
    let point = PointSeries(title: "one", points: [TrainedPoint(row: 1, rate: 0.95, distortion: 0.01)])
    let figure = try TradeoffFigure(of: source, series: [point]).figure()
    let levels = figure.layers[0].points.map(\.y)
    #expect(levels.contains { $0 <= -20 + 1e-9 })
  }

  @Test("the title names the source and its parameters")
  func title() throws {
    let source = try KnownSource(WynerZiv.self, SourceParameters(["noise-variance": "0.02"], of: WynerZiv.description))
    let curves = try source.curves(named: .wynerZiv)
    #expect(
      try TradeoffFigure(of: source, curves: curves, series: []).figure().title
        == "wyner-ziv, setting side-plus-noise, variance 1, noise-variance 0.02")
    #expect(try GapFigure(of: KnownSource(Ramp()), series: []).figure().title == "ramp")
  }

  @Test("beside gaps only points of one run are joined: stages of a code, or one lambda and one label")
  func runs() throws {
    let rows = """
      source,run_id,stage,lambda,rate,distortion
      ramp,a,1,5,1,0.07
      ramp,a,2,5,2,0.04
      ramp,a,1,9,1.2,0.07
      ramp,a,2,9,2.2,0.04
      ramp,b,,4,1.5,0.06
      ramp,b,,4,1.6,0.06
      ramp,c,,4,1.7,0.06
      ramp,c,,8,1.8,0.06
      ramp,,,8,1.9,0.06
      ramp,,,8,1.95,0.06
      """
    let table = try PointFile.read(bytes: Array(rows.utf8), name: "f.csv")
    let series = PointSeries.series(of: table, for: KnownSource(Ramp())).series
    let layer = try #require(GapFigure(of: KnownSource(Ramp()), series: series).figure().layers.last)
    #expect(layer.points.map(\.x) == [1, 2, 1.2, 2.2, 1.5, 1.6, 1.7, 1.8, 1.9, 1.95])
    #expect(layer.breaks == [0, 2, 4, 6, 7, 8, 9])
    let figure = try GapFigure(of: KnownSource(Ramp()), series: series).figure()
    let lines = GnuplotScript(of: figure, as: .svg).text.split(separator: "\n", omittingEmptySubsequences: false)
    let start = try #require(lines.lastIndex { $0.hasSuffix("<< EOD") })
    #expect(
      lines[(start + 1)...].prefix { $0 != "EOD" }.map(\.isEmpty).prefix(5) == [false, false, true, false, false])
  }

  @Test("sizes and fonts as a person writes them")
  func layout() throws {
    let sizes = [("720x400", 720, 400), ("8.5x6cm", 340, 240), ("3.5x2.5in", 356, 254), ("100x4000", 100, 4000)]
    for (text, width, height) in sizes {
      let size = try #require(FigureLayout.Size(text))
      #expect(size.width == width && size.height == height)
    }
    for text in ["", "720", "720x", "720x400x2", "99x400", "nanx400", "1e9x400", "8.5x6mm", "-720x400", "8.5cmx6cm"] {
      #expect(FigureLayout.Size(text) == nil, "\(text)")
    }
    for (text, family, points) in [("Times", "Times", 11), ("Times,9", "Times", 9), ("9.5", nil, 9.5)] {
      let font = try #require(FigureLayout.Font(text))
      #expect(font.family == family && font.points == points)
    }
    for text in ["", "Times,,9", "Times,900", "Times,Bold,9", ",9", "nan"] {
      #expect(FigureLayout.Font(text) == nil, "\(text)")
    }
  }

  @Test("a layout is what the script asks gnuplot for")
  func layoutInScript() throws {
    let figure = try TradeoffFigure(of: KnownSource(Ramp()), series: []).figure()
    let layout = FigureLayout(size: .init("8.5x6cm"), font: .init("Times,8"), legend: .inside)
    let script = GnuplotScript(of: figure, as: .pdf, layout: layout).text
    #expect(script.contains("pdfcairo size 8.5cm,6cm ") && script.contains("font 'Times,8'"))
    #expect(script.contains("set key inside") && script.contains("set title 'ramp'"))
    #expect(
      GnuplotScript(of: figure, as: .svg, layout: .init(legend: FigureLayout.Legend.none)).text.contains("unset key"))
    #expect(GnuplotScript(of: figure, as: .png, layout: layout).text.contains("pngcairo size 680,480 "))
    // Short names stand beside the axes, long ones or many of them below.
    #expect(GnuplotScript(of: figure, as: .svg).text.contains("set key outside"))
    var long = figure
    long.layers[0].title = String(repeating: "long ", count: 8)
    #expect(GnuplotScript(of: long, as: .svg).text.contains("set key bmargin"))
  }

  @Test("points are drawn where they are, in the order of their rates; those of another noise are left out")
  func series() throws {
    let source = try KnownSource(WynerZiv.self)
    let file =
      "source,noise_var,rate,distortion\nwyner-ziv,0.1,2,0.01\nwyner-ziv,0.2,3,0.01\ncircle,0.1,1,0.7\nwz,0.1,1,0.05\n"
    let table = try PointFile.read(bytes: Array(file.utf8), name: "f.csv")
    let (series, remark) = PointSeries.series(of: table, for: source)
    #expect(series.map(\.title) == ["f"] && series[0].points.map(\.rate) == [1, 2])
    #expect(remark?.contains("noise-variance 0.2") ?? false)
    let ramps = try PointFile.read(
      bytes: Array("source,index_points,rate,distortion\nramp,1024,2,0.04\n".utf8), name: "r.csv")
    #expect(PointSeries.series(of: ramps, for: KnownSource(Ramp())).series.map(\.points.count) == [1])
    #expect(PointSeries.series(of: ramps, for: KnownSource(Sawbridge())).series.isEmpty)
  }

  @Test("texts cannot leave their quotes, whatever is in them")
  func quoting() throws {
    let source = KnownSource(try Gaussian(variance: 1))
    let evil = "a'b`touch x`\n\"$0 @m \\ \u{85}\rq {/Bold c}_d"
    let series = [PointSeries(title: evil, points: [try Self.point(of: source, atRate: 1, above: 1)])]
    let figure = try TradeoffFigure(of: source, curves: [], series: series).figure()
    let script = GnuplotScript(of: figure, as: .svg, to: "o'; system 'x'.svg").text
    #expect(script.contains("title 'a''b`touch x` \"$0 @m \\   q {/Bold c}_d'\n"))
    #expect(script.contains("set output 'o''; system ''x''.svg'\n"))
    #expect(script.contains(" noenhanced "))
  }

  @Test("formats by extension, whatever the case", arguments: ["svg", "PDF", "Png", "", "gif", "svgz"])
  func extensions(text: String) {
    let known = ["svg", "pdf", "png"].contains(text.lowercased())
    #expect((GnuplotScript.Output(extensionOf: "a.b/c.\(text)") != nil) == known)
    #expect(GnuplotScript.Output(extensionOf: text) == nil)
    #expect(GnuplotScript.Output(extensionOf: "x.svg/y") == nil)
  }
}

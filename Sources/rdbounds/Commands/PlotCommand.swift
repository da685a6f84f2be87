import Documents
import RateDistortion
import Reports
import TrainedPoints

/// `plot`: the papers' figure of a source, with trained points on it, drawn by gnuplot.
struct PlotCommand: Command {
  static let name = "plot"
  static let summary = "Draw a source's curves and trained points, the points' gaps, or a trained code, with gnuplot."
  static let discussion = [
    """
    Curves and axes are the papers' unless others are asked for: rate over distortion for one-shot limits E(D), logarithmic where distortions span more than a \
    factor of 20, and decibels over rate for everything else. A file of points may hold other sources too; their rows are \
    left out.
    """,
    """
    With --code the figure is that of an encoder's map, as "code" reads it: its cells and reconstructions beside those of the best \
    code at the same entropy, and the sizes of the cells from the largest to the smallest, as levels those of the best code.
    """,
    """
    gnuplot (Debian's gnuplot-nox) is found in PATH; if it is not there, or fails, the exit status is 70. The same gnuplot \
    draws the same bytes of SVG.
    """,
  ]
  static let examples = [
    "plot circle --points points.csv --series-column latent_dims -o circle.svg",
    "plot circle --code map.csv -o cells.pdf",
  ]
  static let operands = [SourceArguments.operandOrFile]

  static let output = Option(
    "output", letter: "o", "FILE.svg|pdf|png", help: "the file to draw, in the format of its extension", isPath: true
  ) { text in
    guard let format = GnuplotScript.Output(extensionOf: text) else {
      throw UsageError("it must end in .svg, .pdf or .png")
    }
    return (path: text, format: format)
  }
  static let script = Flag(
    "script", help: "print the gnuplot script with its data instead of drawing (SVG unless --output says otherwise)")
  static let gap = Flag("gap", help: "draw each point's gap in bits to what is achievable, against its rate")
  static let code = Option(
    "code", "FILE", help: "draw an encoder's map beside the best code; - for the standard input", isPath: true
  ) { $0 }
  static let x = Option<FigureAxis>("x", help: "the horizontal axis (default: the papers')")
  static let y = Option<FigureAxis>("y", help: "the vertical axis (default: the papers')")
  static let title = Option(
    "title", "TEXT", help: "the line above the figure (default: the source and its parameters); none if empty"
  ) { $0 }
  static let size = Option(
    "size", "WxH[cm|in]", help: "width and height, as 720x400, 8.5x6cm or 3.5x2.5in; 40 dots to a centimetre"
  ) { text in
    guard let size = FigureLayout.Size(text) else {
      throw UsageError("it must be as 720x400, 8.5x6cm or 3.5x2.5in, from 100 to 4000 dots")
    }
    return size
  }
  static let font = Option(
    "font", "NAME[,POINTS]", help: "the font and its size in points of the PDF (default Helvetica,11)"
  ) { text in
    guard let font = FigureLayout.Font(text) else {
      throw UsageError("it must be as Times, Times,9 or 9, from 4 to 48 points")
    }
    return font
  }
  static let legend = Option<FigureLayout.Legend>(
    "legend", help: "where the legend is (default: outside, or below if it would take more than a third of the width)")
  static let largestRate = Option(
    "max-rate", "BITS", help: "the largest rate shown (default: that of the points, or 6 without points)"
  ) { text in
    let rate = try finiteNumber(text)
    guard rate > 0, rate <= CurveRange.largestRate else {
      throw UsageError("it must be greater than 0, at most 500")
    }
    return rate
  }

  static let options =
    [output.declaration, PointArguments.files.declaration] + PointArguments.declarations
    + [
      CurveSelection.option.declaration, gap.declaration, code.declaration, CodeCommand.codebook.declaration,
      CodeCommand.grid.declaration,
      x.declaration, y.declaration, largestRate.declaration,
      title.declaration, size.declaration, font.declaration, legend.declaration, script.declaration,
    ] + SourceArguments.files + SourceArguments.parameters

  /// What is drawn of the source.
  enum Subject {
    /// Rate against distortion; the curves are those that are named.
    case tradeoff([Curve]?, SeriesFile, TradeoffFigure.Frame)
    /// Gaps against rate.
    case gaps([Curve]?, SeriesFile, largestRate: Double?)
    /// An encoder's map.
    case code(path: String, codebook: String?, grid: MapGrid?)
  }

  let source: KnownSource
  let subject: Subject
  let title: String?
  let layout: FigureLayout
  let output: (path: String, format: GnuplotScript.Output)?
  let isScript: Bool

  init(_ arguments: Arguments) throws {
    let source = try SourceArguments.source(arguments)
    self.source = source
    subject = try Self.subject(arguments, of: source)
    title = try arguments.value(of: Self.title)
    layout = FigureLayout(
      size: try arguments.value(of: Self.size), font: try arguments.value(of: Self.font),
      legend: try arguments.value(of: Self.legend))
    isScript = arguments.has(Self.script)
    output = try arguments.value(of: Self.output)
    guard isScript || output != nil else { throw UsageError("--output FILE (or --script) is needed") }
  }

  private static func subject(_ arguments: Arguments, of source: KnownSource) throws -> Subject {
    let curves = try CurveSelection.curves(arguments, of: source)
    let paths = try arguments.values(of: PointArguments.files)
    let frame = TradeoffFigure.Frame(
      x: try arguments.value(of: x), y: try arguments.value(of: y), largestRate: try arguments.value(of: largestRate))
    let isGap = arguments.has(gap)
    let codebook = try arguments.value(of: CodeCommand.codebook)
    let grid = try arguments.value(of: CodeCommand.grid)
    if let path = try arguments.value(of: code) {
      guard !isGap, curves == nil, paths.isEmpty, frame.x == nil, frame.y == nil, frame.largestRate == nil else {
        throw UsageError("--code draws cells, without points, curves and axes of others")
      }
      if source.planeCodes == nil {
        _ = try source.requiredCodes()
        guard grid == nil else { throw UsageError("--cells is for sources in the plane") }
      }
      return .code(path: path, codebook: codebook, grid: grid)
    }
    guard grid == nil else { throw UsageError("--cells needs --code") }
    guard codebook == nil else { throw UsageError("--codebook needs --code") }
    let points = try PointArguments.files(paths, arguments)
    guard isGap else { return .tradeoff(curves, points, frame) }
    if frame.x != nil || frame.y != nil { throw UsageError("--gap has axes of its own, without --x and --y") }
    return .gaps(curves, points, largestRate: frame.largestRate)
  }

  var remarks: [String] { source.remarks }

  func run(in context: inout Context) throws -> ExitStatus {
    var figure = try drawing(in: &context)
    if let title { figure.title = title }
    guard !isScript, let output else {
      context.write(GnuplotScript(of: figure, as: output?.format ?? .svg, layout: layout, to: output?.path).text)
      return .success
    }
    let drawing = try Gnuplot.draw(GnuplotScript(of: figure, as: output.format, layout: layout))
    if !drawing.warnings.isEmpty { context.note("gnuplot: \(drawing.warnings)") }
    try ByteOutput.write(drawing.file, to: output.path)
    return .success
  }

  private func drawing(in context: inout Context) throws -> any Drawing {
    let series = { (points: SeriesFile, context: inout Context) in
      let (series, remarks) = try points.series(of: source)
      remarks.forEach { context.note($0) }
      return series
    }
    switch subject {
    case .tradeoff(let curves, let points, let frame):
      return try TradeoffFigure(of: source, curves: curves, series: series(points, &context), frame: frame).figure()
    case .gaps(let curves, let points, let largestRate):
      return try GapFigure(of: source, curves: curves, series: series(points, &context), largestRate: largestRate)
        .figure()
    case .code(let path, let codebook, let grid):
      if let plane = source.planeCodes {
        let figure = try PlaneCodeFigure(
          of: PlaneMap.read(path: path, of: plane, grid: grid, codebook: codebook), for: source)
        figure.remarks.forEach { context.note($0) }
        return figure.figure
      }
      let map = try CodeMap.read(path: path, on: source.requiredCodes().line, codebook: codebook)
      let figure = try CodeFigure(of: map, for: source)
      figure.remarks.forEach { context.note($0) }
      return figure.figure
    }
  }
}

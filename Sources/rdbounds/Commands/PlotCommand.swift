import Documents
import RateDistortion
import Reports

/// `plot`: the papers' figure of a source, with trained points on it, drawn by gnuplot.
struct PlotCommand: Command {
  static let name = "plot"
  static let summary = "Draw a source's curves and trained points, or the points' gaps, with gnuplot."
  static let discussion = [
    """
    Axes are the papers': rate over distortion for one-shot limits E(D), logarithmic where distortions span more than a \
    factor of 20, and decibels over rate for everything else. A file of points may hold other sources too; their rows are \
    left out.
    """,
    """
    gnuplot (Debian's gnuplot-nox) is found in PATH; if it is not there, or fails, the exit status is 70. The same gnuplot \
    draws the same bytes of SVG.
    """,
  ]
  static let examples = [
    "plot circle --points points.csv --series-column latent_dims -o circle.svg"
  ]
  static let operands = [SourceArguments.operand]

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
  static let x = Option<FigureAxis>("x", help: "the horizontal axis (default: the papers')")
  static let y = Option<FigureAxis>("y", help: "the vertical axis (default: the papers')")
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
      CurveSelection.option.declaration, gap.declaration, x.declaration, y.declaration, largestRate.declaration,
      script.declaration,
    ] + SourceArguments.parameters

  let source: KnownSource
  /// Those that are named.
  let curves: [Curve]?
  let points: SeriesFile
  let isGap: Bool
  let frame: TradeoffFigure.Frame
  let output: (path: String, format: GnuplotScript.Output)?
  let isScript: Bool

  init(_ arguments: Arguments) throws {
    let source = try SourceArguments.source(named: arguments.required(0), arguments)
    self.source = source
    isGap = arguments.has(Self.gap)
    curves = try CurveSelection.curves(arguments, of: source)
    points = try PointArguments.files(arguments.values(of: PointArguments.files), arguments)
    frame = TradeoffFigure.Frame(
      x: try arguments.value(of: Self.x), y: try arguments.value(of: Self.y),
      largestRate: try arguments.value(of: Self.largestRate))
    if isGap, frame.x != nil || frame.y != nil { throw UsageError("--gap has axes of its own, without --x and --y") }
    isScript = arguments.has(Self.script)
    output = try arguments.value(of: Self.output)
    guard isScript || output != nil else { throw UsageError("--output FILE (or --script) is needed") }
  }

  func run(in context: inout Context) throws -> ExitStatus {
    let (series, remarks) = try points.series(of: source)
    remarks.forEach(context.note)
    let figure =
      isGap
      ? try GapFigure(of: source, curves: curves, series: series, largestRate: frame.largestRate).figure()
      : try TradeoffFigure(of: source, curves: curves, series: series, frame: frame).figure()
    guard !isScript, let output else {
      context.write(GnuplotScript(of: figure, as: output?.format ?? .svg, to: output?.path).text)
      return .success
    }
    let drawing = try Gnuplot.draw(GnuplotScript(of: figure, as: output.format))
    if !drawing.warnings.isEmpty { context.note("gnuplot: \(drawing.warnings)") }
    try ByteOutput.write(drawing.file, to: output.path)
    return .success
  }
}

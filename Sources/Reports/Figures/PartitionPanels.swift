/// The panels of a `PartitionFigure` as commands for gnuplot, in dots of the page.
///
/// Cells have colours in the order of their sizes, the same in all panels of a code; the name of a cell stands in its pieces
/// where there is room, so that nothing depends on colours alone.
struct PartitionPanels {
  /// A part of the page in dots, from its lower left corner.
  struct Frame {
    var left: Double
    var right: Double
    var bottom: Double
    var top: Double

    /// On a page too small for it a dot is left.
    var width: Double { max(1, right - left) }
    var height: Double { max(1, top - bottom) }
  }

  let page: GnuplotScript.Page
  let height: Int
  private var blocks: [String] = []
  private var panels: [String] = []

  init(page: GnuplotScript.Page, height: Int) {
    self.page = page
    self.height = height
  }

  /// Blocks of data before anything is drawn: within a page of several plots there may be none.
  var commands: [String] { blocks + ["set multiplot", "unset key"] + panels + ["unset multiplot"] }

  /// The height of a line of letters as this format's dots have it.
  var line: Double { Double(page.line) }

  // MARK: Texts and data

  /// A text in a size relative to the font's.
  static func letters(_ page: GnuplotScript.Page, _ scale: Double) -> String {
    let unit =
      switch page.output {
      case .svg: 14.0 / 11
      case .pdf: 1.0
      case .png: 2.0
      }
    return "font " + GnuplotScript.quoted(",\(GnuplotScript.number(scale * unit * page.font.points))")
  }

  /// The line above the figure.
  mutating func write(_ title: String, scale: Double) {
    let place = GnuplotScript.number(1 - 0.6 * line / Double(height))
    panels.append(
      "set label 1 \(GnuplotScript.quoted(title)) at screen 0.5,\(place) center \(Self.letters(page, scale))")
  }

  /// A block of data: polygons, lines or marks, with an empty line between neighbours.
  mutating func block(_ parts: [[Figure.Point]]) -> String {
    let rows = parts.map { part in
      part.filter(\.isFinite).map { "\(GnuplotScript.number($0.x)) \(GnuplotScript.number($0.y))" }
    }
    return block(rows.joined(separator: [""]))
  }

  /// A block of places with words, between double quotes, which nothing in the words ends.
  mutating func block(_ words: [(place: Figure.Point, text: String)]) -> String {
    block(
      words.map { place, text in
        let harmless = text.map { $0.isNewline || $0 == "\"" || $0 == "\\" ? " " : $0 }
        return "\(GnuplotScript.number(place.x)) \(GnuplotScript.number(place.y)) \"\(String(harmless))\""
      })
  }

  private mutating func block(_ rows: some Sequence<String>) -> String {
    let name = "$block\(blocks.count { $0.hasSuffix("<< EOD") } + 1)"
    blocks += ["\(name) << EOD"] + rows + ["EOD"]
    return name
  }

  /// Polygons in the colours of their cells' ranks by size, as parts of a plot.
  mutating func polygons(_ polygons: [(rank: Int, corners: [Figure.Point])], isPale: Bool = false) -> [String] {
    var byColor: [Int: [[Figure.Point]]] = [:]
    for polygon in polygons { byColor[polygon.rank % Palette.cells.count, default: []].append(polygon.corners) }
    return byColor.keys.sorted().map { color in
      let block = block(byColor[color] ?? [])
      let fill = isPale ? Palette.tint(Palette.cells[color], 0.65) : Palette.cells[color]
      return "\(block) using 1:2 with filledcurves closed fillcolor rgb '\(fill)' fillstyle solid 1 notitle"
    }
  }

  /// Lines, as a part of a plot.
  mutating func lines(_ lines: [[Figure.Point]], color: String, width: Double, title: String? = nil) -> String {
    let name = title.map { "title " + GnuplotScript.quoted($0) } ?? "notitle"
    return
      "\(block(lines)) using 1:2 with lines linewidth \(GnuplotScript.number(width)) linecolor rgb '\(color)' \(name)"
  }

  /// Reconstructions: black with a white rim, so that they are seen on every colour.
  mutating func marks(_ points: [Figure.Point]) -> [String] {
    guard !points.isEmpty else { return [] }
    let block = block([points])
    return [(Palette.white, 1.5), (Palette.black, 0.9)].map { color, size in
      "\(block) using 1:2 with points pointtype 7 pointsize \(GnuplotScript.number(size * page.markSize)) "
        + "linecolor rgb '\(color)' notitle"
    }
  }

  /// Words, as a part of a plot.
  mutating func words(
    _ words: [(place: Figure.Point, text: String)], scale: Double, color: String = Palette.black
  ) -> [String] {
    guard !words.isEmpty else { return [] }
    return [
      "\(block(words)) using 1:2:3 with labels \(Self.letters(page, scale)) textcolor rgb '\(color)' notitle"
    ]
  }

  /// How many dots a word takes.
  func width(of word: String, scale: Double) -> Double { page.letter * scale * 1.25 * Double(word.count) }

  // MARK: Panels

  /// Begins a panel with these axes.
  mutating func begin(_ frame: Frame, x: ClosedRange<Double>, y: ClosedRange<Double>) {
    let screen = { (dots: Double, whole: Int) in GnuplotScript.number(dots / Double(whole)) }
    panels += [
      "set lmargin at screen \(screen(frame.left, page.width))",
      "set rmargin at screen \(screen(frame.left + frame.width, page.width))",
      "set bmargin at screen \(screen(frame.bottom, height))",
      "set tmargin at screen \(screen(frame.bottom + frame.height, height))",
      "set xrange [\(GnuplotScript.number(x.lowerBound)):\(GnuplotScript.number(x.upperBound))]",
      "set yrange [\(GnuplotScript.number(y.lowerBound)):\(GnuplotScript.number(y.upperBound))]",
      "unset border", "unset tics", "unset xlabel", "unset ylabel", "unset grid",
    ]
  }

  /// Commands of the panel that has begun.
  mutating func set(_ commands: String...) { panels += commands }

  /// Ends it; labels of the page are drawn once.
  mutating func plot(_ parts: [String]) {
    panels.append("plot " + parts.joined(separator: ", \\\n     "))
    panels.append("unset label")
  }
}

import RateDistortion

extension Figure: Drawing {
  /// High enough for the legend.
  public func height(on page: GnuplotScript.Page) -> Int { Axes(figure: self, page: page).height }

  /// Axes, the legend, and a block of data for each layer.
  public func commands(on page: GnuplotScript.Page) -> [String] { Axes(figure: self, page: page).commands }
}

/// A figure of two axes as commands for gnuplot.
private struct Axes {
  let figure: Figure
  let page: GnuplotScript.Page

  var commands: [String] {
    var lines = figure.title.isEmpty ? [] : ["set title \(GnuplotScript.quoted(figure.title))"]
    lines += [
      "set border 3 linewidth 0.8 linecolor rgb '#404040'",
      "set tics out nomirror scale 0.7",
      "set grid linecolor rgb '#D0D0D0' linewidth 0.5 dashtype 1",
      key,
      "set clip one",
    ]
    lines += Self.commands(for: figure.x, "x") + Self.commands(for: figure.y, "y")
    for (index, layer) in figure.layers.enumerated() {
      lines.append("$layer\(index + 1) << EOD")
      for (place, point) in layer.points.enumerated() where point.isFinite {
        // An empty line ends what is joined.
        if layer.breaks.contains(place), place > 0 { lines.append("") }
        lines.append("\(GnuplotScript.number(point.x)) \(GnuplotScript.number(point.y))")
      }
      lines.append("EOD")
    }
    let titles = titles
    let plots = figure.layers.enumerated().filter { !$0.element.points.isEmpty }.map { index, layer in
      "$layer\(index + 1) using 1:2 with \(style(layer.style)) title \(GnuplotScript.quoted(titles[index]))"
    }
    return lines + ["plot " + plots.joined(separator: ", \\\n     ")]
  }

  /// The titles of the legend, none wider than the figure.
  private var titles: [String] {
    figure.layers.map { $0.title.count > 64 ? $0.title.prefix(63) + "\u{2026}" : $0.title }
  }

  /// Beside the data there is room for a third of the width; below there is room for all.
  private var legend: FigureLayout.Legend {
    page.layout.legend ?? (legendEntry <= Double(page.width) / 3 && titles.count <= 14 ? .outside : .below)
  }

  /// The width of the widest entry in dots, with its sample.
  private var legendEntry: Double { page.letter * Double(titles.map(\.count).max() ?? 0) + 50 }

  /// The rows of a legend below.
  private var legendRows: Int {
    let columns = max(1, Int(0.94 * Double(page.width) / legendEntry))
    return (titles.count + columns - 1) / columns
  }

  /// High enough for the legend.
  var height: Int {
    if let height = page.layout.size?.height { return height }
    let axes = (figure.title.isEmpty ? 400 : 400 + page.line) * page.width / FigureLayout.Size.page.width
    switch legend {
    case .below: return axes + page.line * legendRows
    case .outside: return max(axes, 64 + page.line * titles.count)
    case .inside, .none: return axes
    }
  }

  /// The command that places the legend. For SVG gnuplot counts letters instead of measuring them, and counts too much.
  private var key: String {
    let place: String
    switch legend {
    case .none: return "unset key"
    case .inside: place = "inside right top vertical maxcols 1"
    case .outside: place = "outside right top vertical maxcols 1"
    case .below: place = "bmargin center vertical maxrows \(legendRows)"
    }
    let correction = page.output == .svg ? -(titles.map(\.count).max() ?? 0) / 3 : 1
    return "set key \(place) Left reverse samplen 2.5 spacing 1.25 width \(correction)"
  }

  private static func commands(for axis: Figure.Axis, _ name: String) -> [String] {
    var lines = [
      "set \(name)label \(GnuplotScript.quoted(axis.title)) offset \(name == "x" ? "0,0.2" : "-0.5,0")",
      "set \(name)range [\(GnuplotScript.number(axis.range.lowerBound)):\(GnuplotScript.number(axis.range.upperBound))]",
    ]
    if axis.isLogarithmic { lines.append("set logscale \(name) 10") }
    // Without the blank that gnuplot puts in the place of a sign, numbers are below their ticks.
    return lines + ["set format \(name) '%\(axis.isLogarithmic ? "g" : "h")'"]
  }

  private func style(_ style: Figure.Layer.Style) -> String {
    // Three filled shapes, then open ones, through which points below stay visible.
    let shapes = [7, 5, 9, 12, 10, 6, 14, 4]
    let color = { (colors: [String], index: Int) in "rgb '\(colors[index % colors.count])'" }
    let marks = { (index: Int) in
      "pointtype \(shapes[index % shapes.count]) pointsize \(page.markSize) linecolor \(color(Palette.marks, index))"
    }
    switch style {
    case .level:
      return "lines linewidth 1 dashtype 1 linecolor rgb '\(Palette.black)'"
    case .curve(let index, let kind):
      return "lines linewidth 1.2 dashtype \(Self.dashes(kind)) linecolor \(color(Palette.curves, index))"
    case .marks(let index):
      return "points linewidth 1.6 " + marks(index)
    case .joinedMarks(let index):
      return "linespoints linewidth 0.7 dashtype 1 " + marks(index)
    }
  }

  /// What is reached is solid, what cannot be is dashed, as in the papers; what is only believed is dotted. Lengths of dashes
  /// and gaps are in multiples of the line's width.
  private static func dashes(_ kind: BoundKind) -> String {
    switch kind {
    case .lower: return "(9,5)"
    case .upper, .exact: return "1"
    case .estimate: return "(2,4)"
    }
  }
}

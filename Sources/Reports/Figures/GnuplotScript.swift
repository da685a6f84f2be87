import Documents
import RateDistortion

/// A figure as a script for gnuplot, with its data in it: nothing else is read, and nothing in it depends on the machine.
public struct GnuplotScript: Sendable {
  /// What gnuplot makes of it.
  public enum Output: String, Sendable, CaseIterable {
    /// Scalable Vector Graphics; the same bytes for the same gnuplot.
    case svg
    /// Portable Document Format.
    case pdf
    /// Portable Network Graphics.
    case png

    /// The format that a file's name ends in, whatever the case; nil if it is another.
    public init?(extensionOf path: String) {
      guard let dot = path.lastIndex(of: "."), !path[dot...].contains("/") else { return nil }
      self.init(rawValue: path[dot...].dropFirst().lowercased())
    }

    /// The command that chooses the format, for a figure of some dots of SVG.
    fileprivate func terminal(width: Int, height: Int, font: FigureLayout.Font) -> String {
      let style = "noenhanced background 'white'"
      let letters = { (family: String, scale: Double) in
        "font " + GnuplotScript.quoted("\(font.family ?? family),\(GnuplotScript.number(scale * font.points))")
      }
      switch self {
      case .svg:
        return "svg size \(width),\(height) \(style) \(letters("Helvetica,Arial,DejaVu Sans", 14.0 / 11)) linewidth 1.2"
      case .pdf:
        let sides = [width, height].map {
          GnuplotScript.number(Double($0) / FigureLayout.Size.dotsPerCentimetre) + "cm"
        }
        return "pdfcairo size \(sides[0]),\(sides[1]) \(style) \(letters("Helvetica", 1)) linewidth 1.2"
      case .png:
        return "pngcairo size \(2 * width),\(2 * height) \(style) \(letters("Helvetica", 2)) linewidth 2.4 pointscale 2"
      }
    }
  }

  /// The figure.
  public let figure: Figure
  /// What is made of it.
  public let output: Output
  /// How it is laid out.
  public let layout: FigureLayout
  /// The file that gnuplot writes; nil for its standard output.
  public let path: String?

  /// The script of a figure.
  public init(of figure: Figure, as output: Output, layout: FigureLayout = FigureLayout(), to path: String? = nil) {
    self.figure = figure
    self.layout = layout
    self.output = output
    self.path = path
  }

  /// Marks that look the same: every terminal has its own unit.
  private var markSize: Double {
    switch output {
    case .svg: return 0.7
    case .pdf: return 0.6
    case .png: return 1
    }
  }
  /// The digits of coordinates: a page is no more than ten thousand dots wide.
  static let digits = 7

  /// The script, one command a line.
  public var text: String {
    var lines = [
      "# Made by \(ProgramVersion.name) \(ProgramVersion.number), for gnuplot 5.",
      "set encoding utf8",
      "set minussign",
      "set terminal \(output.terminal(width: width, height: height, font: font))",
    ]
    if let path { lines.append("set output \(Self.quoted(path))") }
    if !figure.title.isEmpty { lines.append("set title \(Self.quoted(figure.title))") }
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
        lines.append("\(Self.number(point.x)) \(Self.number(point.y))")
      }
      lines.append("EOD")
    }
    let titles = titles
    let plots = figure.layers.enumerated().filter { !$0.element.points.isEmpty }.map { index, layer in
      "$layer\(index + 1) using 1:2 with \(style(layer.style)) title \(Self.quoted(titles[index]))"
    }
    lines.append("plot " + plots.joined(separator: ", \\\n     "))
    return lines.joined(separator: "\n") + "\n"
  }

  /// The titles of the legend, none wider than the figure.
  private var titles: [String] {
    figure.layers.map { $0.title.count > 64 ? $0.title.prefix(63) + "\u{2026}" : $0.title }
  }

  private var font: FigureLayout.Font { layout.font ?? .standard }
  private var width: Int { (layout.size ?? .page).width }
  /// The width of a letter in dots, on the average, and the height of a line.
  private var letter: Double { 0.64 * font.points }
  private var line: Int { Int((2.2 * font.points).rounded()) }

  /// Beside the data there is room for a third of the width; below there is room for all.
  private var legend: FigureLayout.Legend {
    layout.legend ?? (legendEntry <= Double(width) / 3 && titles.count <= 14 ? .outside : .below)
  }

  /// The width of the widest entry in dots, with its sample.
  private var legendEntry: Double { letter * Double(titles.map(\.count).max() ?? 0) + 50 }

  /// The rows of a legend below.
  private var legendRows: Int {
    let columns = max(1, Int(0.94 * Double(width) / legendEntry))
    return (titles.count + columns - 1) / columns
  }

  /// High enough for the legend.
  private var height: Int {
    if let height = layout.size?.height { return height }
    let axes = (figure.title.isEmpty ? 400 : 400 + line) * width / FigureLayout.Size.page.width
    switch legend {
    case .below: return axes + line * legendRows
    case .outside: return max(axes, 64 + line * titles.count)
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
    let correction = output == .svg ? -(titles.map(\.count).max() ?? 0) / 3 : 1
    return "set key \(place) Left reverse samplen 2.5 spacing 1.25 width \(correction)"
  }

  private static func commands(for axis: Figure.Axis, _ name: String) -> [String] {
    var lines = [
      "set \(name)label \(quoted(axis.title)) offset \(name == "x" ? "0,0.2" : "-0.5,0")",
      "set \(name)range [\(number(axis.range.lowerBound)):\(number(axis.range.upperBound))]",
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
      "pointtype \(shapes[index % shapes.count]) pointsize \(markSize) linecolor \(color(Palette.marks, index))"
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

  fileprivate static func number(_ value: Double) -> String { SignificantDigits(value, digits: digits)?.text ?? "0" }

  /// A text between single quotes, within which gnuplot substitutes nothing; control characters, which would end the line,
  /// become blanks.
  fileprivate static func quoted(_ text: String) -> String {
    var result = "'"
    for scalar in text.unicodeScalars {
      if scalar == "'" {
        result += "''"
      } else if scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) {
        result += " "
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result + "'"
  }
}

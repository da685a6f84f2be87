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

  /// What is drawn.
  public let figure: any Drawing
  /// The file that gnuplot writes; nil for its standard output.
  public let path: String?
  private let page: Page

  /// The script of a figure.
  public init(
    of figure: any Drawing, as output: Output, layout: FigureLayout = FigureLayout(), to path: String? = nil
  ) {
    self.figure = figure
    self.path = path
    page = Page(output: output, layout: layout)
  }

  /// The digits of coordinates: a page is no more than ten thousand dots wide.
  static let digits = 7

  /// The script, one command a line.
  public var text: String {
    let height = figure.height(on: page)
    var lines = [
      "# Made by \(ProgramVersion.name) \(ProgramVersion.number), for gnuplot 5.",
      "set encoding utf8",
      "set minussign",
      "set terminal \(page.output.terminal(width: page.width, height: height, font: page.font))",
    ]
    if let path { lines.append("set output \(Self.quoted(path))") }
    lines += figure.commands(on: page)
    return lines.joined(separator: "\n") + "\n"
  }

  static func number(_ value: Double) -> String { SignificantDigits(value, digits: digits)?.text ?? "0" }

  /// A text between single quotes, within which gnuplot substitutes nothing; control characters, which would end the line,
  /// become blanks.
  static func quoted(_ text: String) -> String {
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

/// What gnuplot can draw.
public protocol Drawing: Sendable {
  /// The line above it; none if empty.
  var title: String { get set }

  /// Its height in dots: what the page says, or what it needs.
  func height(on page: GnuplotScript.Page) -> Int
  /// The commands that draw it, with their data.
  func commands(on page: GnuplotScript.Page) -> [String]
}

extension GnuplotScript {
  /// Where a figure is drawn.
  public struct Page: Sendable {
    let output: Output
    let layout: FigureLayout

    var font: FigureLayout.Font { layout.font ?? .standard }
    /// In dots.
    var width: Int { (layout.size ?? .page).width }
    /// The width of a letter in dots, on the average.
    var letter: Double { 0.64 * font.points }
    /// The height of a line in dots.
    var line: Int { Int((2.2 * font.points).rounded()) }

    /// Marks that look the same: every terminal has its own unit.
    var markSize: Double {
      switch output {
      case .svg: return 0.7
      case .pdf: return 0.6
      case .png: return 1
      }
    }
  }
}

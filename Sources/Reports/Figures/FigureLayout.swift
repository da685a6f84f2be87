/// How a figure is laid out on the page; what is nil follows from what is in it.
public struct FigureLayout: Sendable, Equatable {
  /// Where the legend is.
  public enum Legend: String, Sendable, CaseIterable {
    /// Within the axes, at the top right, where curves that fall leave room.
    case inside
    /// To the right of the axes.
    case outside
    /// Below the axes, in columns.
    case below
    /// Nowhere.
    case none
  }

  /// Width and height in the dots of SVG, of which `dotsPerCentimetre` are a centimetre of PDF; PNG has two for each.
  public struct Size: Sendable, Equatable {
    /// From left to right.
    public let width: Int
    /// From top to bottom; nil for what the legend needs.
    public let height: Int?

    static let dotsPerCentimetre = 40.0
    private static let sizes = 100.0...4000.0

    /// As wide as a page of text.
    static let page = Size(width: 720, height: nil)

    private init(width: Int, height: Int?) {
      self.width = width
      self.height = height
    }

    /// A size as a person writes it: 720x400, 8.5x6cm or 3.5x2.5in; nil if it is none, or less than 100 dots or more than 4000.
    public init?(_ text: String) {
      let units = [("cm", Self.dotsPerCentimetre), ("in", 2.54 * Self.dotsPerCentimetre)]
      let unit = units.first { text.hasSuffix($0.0) }
      let sides = text.dropLast(unit?.0.count ?? 0).split(separator: "x", omittingEmptySubsequences: false)
      let dots = sides.compactMap { Double($0) }.map { ($0 * (unit?.1 ?? 1)).rounded() }
      guard sides.count == 2, dots.count == 2, dots.allSatisfy(Self.sizes.contains) else { return nil }
      self.init(width: Int(dots[0]), height: Int(dots[1]))
    }
  }

  /// The letters.
  public struct Font: Sendable, Equatable {
    /// The family; nil for the format's own.
    public let family: String?
    /// The size in points of PDF.
    public let points: Double

    /// What there is if nothing is said.
    static let standard = Font(family: nil, points: 11)

    private init(family: String?, points: Double) {
      self.family = family
      self.points = points
    }

    /// A font as a person writes it: Times, Times,9 or 9; nil if it is none, or the size is not from 4 to 48 points.
    public init?(_ text: String) {
      let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      let size = parts.last.flatMap { Double($0) }
      let family = parts.dropLast(size == nil ? 0 : 1)
      let points = size ?? Self.standard.points
      guard family.count <= 1, family.first != "", (4.0...48).contains(points) else { return nil }
      self.init(family: family.first, points: points)
    }
  }

  /// The size.
  public var size: Size?
  /// The font.
  public var font: Font?
  /// Where the legend is.
  public var legend: Legend?

  /// A layout.
  public init(size: Size? = nil, font: Font? = nil, legend: Legend? = nil) {
    self.size = size
    self.font = font
    self.legend = legend
  }
}

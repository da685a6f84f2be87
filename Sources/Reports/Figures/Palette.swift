/// Colours that people of every colour vision tell apart.
///
/// - Source: Okabe, Ito, "Color Universal Design" (2008). Yellow is left out: it is invisible on white.
enum Palette {
  static let black = "#000000"
  static let grey = "#808080"
  static let darkGrey = "#404040"
  static let white = "#FFFFFF"
  private static let orange = "#E69F00"
  private static let sky = "#56B4E9"
  private static let green = "#009E73"
  private static let blue = "#0072B2"
  private static let vermillion = "#D55E00"
  private static let purple = "#CC79A7"

  /// The colours of curves, in turn.
  static let curves = [black, blue, sky, purple, orange, green]
  /// The colours of points, in turn: those first that no curve of the papers' figures has.
  static let marks = [vermillion, green, orange, purple, blue, sky, black]
  /// The colours of cells, in turn: areas, among which yellow is seen, and then all of them once more, lighter.
  static let cells: [String] = {
    let full = [orange, sky, green, "#F0E442", blue, vermillion, purple, "#999999"]
    return full + full.map { tint($0, 0.5) }
  }()

  /// A colour with a share of white in it.
  static func tint(_ color: String, _ share: Double) -> String {
    let value = UInt32(color.dropFirst(), radix: 16) ?? 0
    let mixed = [16, 8, 0].map { shift in
      let part = Double((value >> UInt32(shift)) & 0xFF)
      return UInt32((part + (255 - part) * share).rounded())
    }
    let text = String((mixed[0] << 16) | (mixed[1] << 8) | mixed[2], radix: 16, uppercase: true)
    return "#" + String(repeating: "0", count: 6 - text.count) + text
  }
}

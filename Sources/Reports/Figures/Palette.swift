/// Colours that people of every colour vision tell apart.
///
/// - Source: Okabe, Ito, "Color Universal Design" (2008). Yellow is left out: it is invisible on white.
enum Palette {
  static let black = "#000000"
  static let grey = "#808080"
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
}

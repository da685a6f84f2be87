extension PartitionPanels {
  /// Maps of the plane beside each other, and the sizes of the cells beside them, or below where the page is narrow.
  mutating func addMaps(
    _ codes: [PartitionFigure.Code], _ first: Figure.Axis, _ second: Figure.Axis, belowTitle hasTitle: Bool
  ) {
    let top = Double(height) - (hasTitle ? 1.1 : 0.3) * line
    let width = Double(page.width)
    let isWide = width > 1.7 * top
    let side = isWide ? 0.33 * width : width / 2
    let bottom = isWide ? 0.0 : top - min(side + line, 0.6 * top)
    let (x, y) = (first.range, second.range)
    let spans = (x.upperBound - x.lowerBound, y.upperBound - y.lowerBound)
    let facts = codes.map(\.facts.count).max() ?? 0
    for (index, code) in codes.enumerated() {
      let left = Double(index) * side + (index == 0 ? 2.6 : 1.6) * line
      let room = (
        side - 2.9 * line, top - Double(facts + 1) * line - bottom - 2.2 * line
      )
      // Dots to a unit.
      let scale = max(1e-9, min(room.0 / spans.0, room.1 / spans.1))
      let frame = Frame(
        left: left, right: left + scale * spans.0, bottom: bottom + 2.2 * line,
        top: bottom + 2.2 * line + scale * spans.1)
      add(map: code, first, second, in: frame, hasHeights: index == 0)
    }
    let left = isWide ? Double(codes.count) * side + 3.8 * line : 3.2 * line
    addSizes(
      codes,
      in: Frame(
        left: left, right: width - 0.5 * line, bottom: 2.2 * line, top: (isWide ? top - line : bottom) - 0.3 * line))
  }

  /// A map: full colours where the source is, pale ones beyond; reconstructions as dots.
  private mutating func add(
    map code: PartitionFigure.Code, _ first: Figure.Axis, _ second: Figure.Axis, in frame: Frame, hasHeights: Bool
  ) {
    begin(frame, x: first.range, y: second.range)
    let ranks = code.ranks
    var parts: [String] = []
    for isPale in [true, false] {
      parts += polygons(
        code.regions.filter { $0.isPale == isPale }.map { (rank: ranks[$0.cell], corners: $0.corners) }, isPale: isPale)
    }
    parts += marks(code.marks.filter { first.range.contains($0.x) && second.range.contains($0.y) })
    let letters = Self.letters(page, 0.9)
    set(
      "set border 3 linewidth 0.8 linecolor rgb '#404040'",
      "set xtics autofreq out nomirror scale 0.7 \(letters) format '%h'",
      "set xlabel \(GnuplotScript.quoted(first.title)) offset 0,0.4 \(letters)")
    set(
      hasHeights ? "set ytics autofreq out nomirror scale 0.7 \(letters) format '%h'" : "set ytics format ''",
      hasHeights ? "set ylabel \(GnuplotScript.quoted(second.title)) offset 0.5,0 \(letters)" : "unset ylabel")
    for (index, text) in ([code.name] + code.facts).enumerated() {
      let lines = GnuplotScript.number(0.7 + Double(code.facts.count - index))
      set(
        "set label \(index + 2) \(GnuplotScript.quoted(text)) at graph 0.5,graph 1 center offset 0,\(lines) "
          + Self.letters(page, index == 0 ? 0.95 : 0.85))
    }
    plot(parts)
    set("unset label")
  }
}

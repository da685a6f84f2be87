#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension PartitionPanels {
  /// The radii of a ring about the circle that the phases run around, of radius 1.
  private static let ring = 1.1...1.42
  /// Room around it for the marks of phases.
  private static let room = 1.75
  private static let cellNames = 0.85

  /// Rings beside each other, and the sizes of the cells beside them, or below where the page is narrow.
  mutating func addRings(_ codes: [PartitionFigure.Code], belowTitle hasTitle: Bool) {
    let top = Double(height) - (hasTitle ? 1.1 : 0.3) * line
    let width = Double(page.width)
    let isWide = width > 1.7 * top
    let side = isWide ? 0.33 * width : width / 2
    let bottom = isWide ? 0.0 : top - min(side + line, 0.6 * top)
    for (index, code) in codes.enumerated() {
      let left = Double(index) * side
      add(ring: code, in: Frame(left: left, right: left + side, bottom: bottom, top: top - line))
    }
    let left = isWide ? Double(codes.count) * side + 4.2 * line : 3.2 * line
    addSizes(
      codes,
      in: Frame(
        left: left, right: width - 0.5 * line, bottom: 2.2 * line, top: (isWide ? top - line : bottom) - 0.3 * line))
  }

  private mutating func add(ring code: PartitionFigure.Code, in frame: Frame) {
    let unit = Self.room / (min(frame.width, frame.height) / 2)
    let (x, y) = (frame.width / 2 * unit, frame.height / 2 * unit)
    begin(frame, x: -x...x, y: -y...y)
    let point = { (radius: Double, phase: Double) in
      Figure.Point(x: radius * cos(2 * .pi * phase), y: radius * sin(2 * .pi * phase))
    }
    let arc = { (radius: Double, from: Double, to: Double) -> [Figure.Point] in
      let count = max(2, Int(((to - from) * 240).rounded(.up)))
      return (0...count).map { point(radius, from + (to - from) * Double($0) / Double(count)) }
    }
    let (inner, outer) = (Self.ring.lowerBound, Self.ring.upperBound)
    let ranks = code.ranks
    let sectors = code.pieces.map {
      (rank: ranks[$0.cell], corners: arc(outer, $0.from, $0.to) + arc(inner, $0.from, $0.to).reversed())
    }
    var parts = polygons(sectors)
    if code.pieces.count > 1 {
      parts.append(
        lines(code.pieces.map { [point(inner, $0.from), point(outer, $0.from)] }, color: Palette.white, width: 1))
    }
    parts.append(lines([arc(1, 0, 1)], color: Palette.grey, width: 0.6))
    // Quarters of a turn, and where phases begin to count.
    parts.append(
      lines([0, 0.25, 0.5, 0.75].map { [point(outer, $0), point(outer + 0.05, $0)] }, color: Palette.grey, width: 0.8))
    parts += words(
      [(0.0, "0"), (0.25, "1/4"), (0.5, "1/2"), (0.75, "3/4")].map { phase, text in
        let isBeside = phase == 0 || phase == 0.5
        let room = isBeside ? width(of: text, scale: 0.75) / 2 : 0.3 * line
        return (point(outer + 0.07 + room * unit, phase), text)
      }, scale: 0.75, color: Palette.darkGrey)
    let middle = (inner + outer) / 2
    let named = code.pieces.filter { piece in
      // What a word takes across the ring, and along it.
      let (across, along) = (cos(.pi * (piece.from + piece.to)).magnitude, sin(.pi * (piece.from + piece.to)).magnitude)
      let (width, height) = (width(of: code.cells[piece.cell], scale: Self.cellNames), 0.4 * line)
      return width * across + height * along < 1.1 * (outer - inner) / unit
        && width * along + height * across < 2 * .pi * middle * (piece.to - piece.from) / unit
    }
    parts += words(
      named.map { (point(middle, ($0.from + $0.to) / 2), code.cells[$0.cell]) }, scale: Self.cellNames)
    parts += marks(code.marks)
    set(
      "set label 2 \(GnuplotScript.quoted(code.name)) at graph 0.5,graph 1 center offset 0,0.35 \(Self.letters(page, 0.95))"
    )
    for (index, text) in code.facts.enumerated() {
      let height = (Double(code.facts.count - 1) / 2 - Double(index)) * line * unit
      set(
        "set label \(index + 3) \(GnuplotScript.quoted(text)) at 0,\(GnuplotScript.number(height)) center "
          + Self.letters(page, 0.85))
    }
    plot(parts)
    set("unset label")
  }

  /// Bands above each other on one axis, and the sizes of the cells below.
  mutating func addBands(
    _ codes: [PartitionFigure.Code], along axis: Figure.Axis, _ density: [Figure.Point], belowTitle hasTitle: Bool
  ) {
    let (left, right) = (3.4 * line, Double(page.width) - 0.8 * line)
    let bottom = 2.2 * line
    let top = Double(height) - (hasTitle ? 1.1 : 0.3) * line
    let sizes = 0.34 * (top - bottom)
    let start = bottom + sizes + 2.6 * line
    let each = (top - start) / Double(codes.count)
    for (index, code) in codes.enumerated() {
      let upper = top - Double(index) * each
      let frame = Frame(left: left, right: right, bottom: upper - each, top: upper - 1.1 * line)
      add(band: code, along: axis, density, in: frame, hasAxis: index == codes.count - 1)
    }
    addSizes(codes, in: Frame(left: left, right: right, bottom: bottom, top: bottom + sizes))
  }

  private mutating func add(
    band code: PartitionFigure.Code, along axis: Figure.Axis, _ density: [Figure.Point], in frame: Frame, hasAxis: Bool
  ) {
    let range = axis.range
    let unit = (range.upperBound - range.lowerBound) / frame.width
    let floor = code.marks.isEmpty ? 0 : -0.8 * line / frame.height
    begin(frame, x: range, y: floor...1)
    let pieces = code.pieces.map { piece -> PartitionFigure.Piece in
      var piece = piece
      (piece.from, piece.to) = (max(piece.from, range.lowerBound), min(piece.to, range.upperBound))
      return piece
    }.filter { $0.from < $0.to }
    let box = { (piece: PartitionFigure.Piece) in
      [(piece.from, 0.0), (piece.to, 0), (piece.to, 1), (piece.from, 1)].map { Figure.Point(x: $0.0, y: $0.1) }
    }
    let isFlat = density.allSatisfy { $0.y > 0.999 }
    let ranks = code.ranks
    var parts = polygons(pieces.map { (rank: ranks[$0.cell], corners: box($0)) }, isPale: !isFlat)
    if !isFlat {
      parts += polygons(
        pieces.map { piece in
          let inner = density.filter { piece.from < $0.x && $0.x < piece.to }
          let ends = [piece.from, piece.to].map { Figure.Point(x: $0, y: Self.height(of: density, at: $0)) }
          return (
            rank: ranks[piece.cell],
            corners: [Figure.Point(x: piece.from, y: 0), ends[0]] + inner + [ends[1], Figure.Point(x: piece.to, y: 0)]
          )
        })
    }
    parts.append(
      lines(
        pieces.dropFirst().map { [Figure.Point(x: $0.from, y: 0), Figure.Point(x: $0.from, y: 1)] }
          + [[Figure.Point(x: range.lowerBound, y: 0), Figure.Point(x: range.upperBound, y: 0)]],
        color: Palette.white, width: 1))
    let named = pieces.filter { ($0.to - $0.from) / unit > width(of: code.cells[$0.cell], scale: Self.cellNames) }
    parts += words(
      named.map { (Figure.Point(x: ($0.from + $0.to) / 2, y: isFlat ? 0.5 : 0.88), code.cells[$0.cell]) },
      scale: Self.cellNames)
    parts += marks(code.marks.filter { range.contains($0.x) }.map { Figure.Point(x: $0.x, y: floor / 2) })
    if hasAxis {
      set(
        "set xtics out nomirror scale 0.7 \(Self.letters(page, 0.9)) format '%h'",
        "set border 1 linewidth 0.8 linecolor rgb '#404040'",
        "set xlabel \(GnuplotScript.quoted(axis.title)) offset 0,0.4 \(Self.letters(page, 0.9))")
    }
    let title = code.name + ": " + code.facts.joined(separator: ", ")
    set("set label 2 \(GnuplotScript.quoted(title)) at graph 0,graph 1 left offset 0,0.6 \(Self.letters(page, 0.9))")
    plot(parts)
    set("unset label")
  }

  /// A density between its points.
  private static func height(of density: [Figure.Point], at x: Double) -> Double {
    guard let next = density.firstIndex(where: { $0.x >= x }) else { return density.last?.y ?? 0 }
    guard next > 0 else { return density[0].y }
    let (a, b) = (density[next - 1], density[next])
    return a.y + (b.y - a.y) * (x - a.x) / (b.x - a.x)
  }

  /// A step of 1, 2 or 5 times a power of ten that cuts a length into at most so many parts.
  private static func step(of length: Double, parts: Double) -> Double {
    let least = length / max(parts, 1)
    let decade = pow(10, log10(least).rounded(.down))
    return [1, 2, 5].map { $0 * decade }.first { $0 >= least } ?? 10 * decade
  }

  /// Cells of less probability than this are not to be seen.
  private static let leastSize = 1e-3

  /// The first code's cells from the largest to the smallest, each from its pieces; the others' sizes as levels across them.
  mutating func addSizes(_ codes: [PartitionFigure.Code], in frame: Frame) {
    guard let code = codes.first else { return }
    let sizes = code.sizes
    let shown = code.bySize.filter { sizes[$0] >= Self.leastSize }
    let others = codes.dropFirst().map { other in
      let sizes = other.sizes
      return other.bySize.map { sizes[$0] }.filter { $0 >= Self.leastSize }
    }
    let count = max(shown.count, others.map(\.count).max() ?? 0)
    let most = max(sizes.max() ?? 0, others.compactMap(\.first).max() ?? 0)
    begin(frame, x: 0.4...Double(max(count, 1)) + 0.6, y: 0...1.25 * most)
    let gap = count > 40 ? 0.5 : 0.42
    var bars: [(rank: Int, corners: [Figure.Point])] = []
    var cuts: [[Figure.Point]] = []
    for (rank, cell) in shown.enumerated() {
      let (left, right) = (Double(rank + 1) - gap, Double(rank + 1) + gap)
      var low = 0.0
      for piece in code.pieces where piece.cell == cell {
        if low > 0 { cuts.append([Figure.Point(x: left, y: low), Figure.Point(x: right, y: low)]) }
        let high = low + piece.share
        bars.append(
          (rank, [(left, low), (right, low), (right, high), (left, high)].map { Figure.Point(x: $0.0, y: $0.1) }))
        low = high
      }
    }
    var parts = polygons(bars)
    if !cuts.isEmpty { parts.append(lines(cuts, color: Palette.white, width: 1)) }
    for (other, sizes) in zip(codes.dropFirst(), others) {
      let levels = sizes.enumerated().map { rank, size in
        [-0.48, 0.48].map { Figure.Point(x: Double(rank + 1) + $0, y: size) }
      }
      parts.append(lines(levels, color: Palette.black, width: 1.6, title: other.name))
    }
    let names = shown.map { code.cells[$0] }
    let room = frame.width / Double(max(count, 1))
    let hasNames = names.allSatisfy { width(of: $0, scale: 0.9) < room } && !names.isEmpty
    let tics =
      hasNames
      ? "(" + names.enumerated().map { "\(GnuplotScript.quoted($1)) \($0 + 1)" }.joined(separator: ", ") + ")"
      : "autofreq"
    set(
      "set border 3 linewidth 0.8 linecolor rgb '#404040'",
      "set xtics out nomirror scale 0 \(tics) \(Self.letters(page, 0.9))",
      "set ytics \(GnuplotScript.number(Self.step(of: 1.25 * most, parts: frame.height / (1.1 * line)))) out nomirror scale 0.7 \(Self.letters(page, 0.9)) format '%h'",
      "set grid ytics linecolor rgb '#D0D0D0' linewidth 0.5 dashtype 1",
      "set xlabel \(GnuplotScript.quoted(hasNames ? "Index, by size of its cell" : "Cells by size")) offset 0,0.4 "
        + Self.letters(page, 0.9),
      "set ylabel 'Probability' offset 0.5,0 \(Self.letters(page, 0.9))",
      page.layout.legend == FigureLayout.Legend.none || codes.count < 2
        ? "unset key" : "set key inside right top vertical maxcols 1 Left reverse samplen 2 \(Self.letters(page, 0.9))")
    plot(parts)
  }
}

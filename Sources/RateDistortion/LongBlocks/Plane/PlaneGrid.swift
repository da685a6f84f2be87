import IntervalArithmetic

/// The plane's half first >= 0 in square panels, where a source is, and a product rule's nodes in them: numbers at the nodes are held row
/// by row, so that sums of products of two functions of one coordinate take two passes.
///
/// A row of panels is a `Band`; its panels are those from the first to the last that the source is not negligible on.
package struct PlaneGrid: Sendable {
  /// The width of a panel.
  let width: Double
  /// The rule's nodes and weights on a panel.
  let rule: PanelRule
  /// The first coordinates of all columns of nodes, from the axis outwards.
  package let columns: [Double]
  package let bands: [Band]
  /// The number of nodes.
  package let count: Int

  /// A row of panels.
  package struct Band: Sendable {
    /// The lower end of its second coordinates.
    let low: Double
    /// The second coordinates of its rows of nodes.
    package let rows: [Double]
    /// Its panels, counted from the axis.
    let panels: Range<Int>
    /// The first of its nodes; a row of nodes after the other.
    let offset: Int
  }

  /// Nodes in a row of a band.
  func rowLength(_ band: Band) -> Int { band.panels.count * rule.nodes.count }

  /// A lattice of nodes, each in the middle of its panel: the trapezoidal rule.
  package init(latticeOf source: some PlaneSource, width: Double) {
    self.init(source, width: width, rule: PanelRule(nodes: [0], weights: [2]), negligible: 1e-10)
  }

  /// The panels on which f is at least `negligible` of its largest value somewhere.
  init(_ source: some PlaneSource, width: Double, rule: PanelRule, negligible: Double) {
    self.width = width
    self.rule = rule
    let half = width / 2
    let across = Int((source.extent.first / width).rounded(.up))
    columns = (0..<across).flatMap { panel in rule.nodes.map { (Double(panel) + 0.5) * width + half * $0 } }
    var bands: [Band] = []
    var count = 0
    let bottom = Int((source.extent.second.lowerBound / width).rounded(.down))
    let top = Int((source.extent.second.upperBound / width).rounded(.up))
    for index in bottom..<max(top, bottom + 1) {
      let low = Double(index) * width
      let kept = (0..<across).filter { panel in
        let left = Double(panel) * width
        return source.majorant(left...(left + width), 0, low...(low + width), 0) >= negligible * source.largestDensity
      }
      guard let first = kept.first, let last = kept.last else { continue }
      bands.append(
        Band(low: low, rows: rule.nodes.map { low + half + half * $0 }, panels: first..<(last + 1), offset: count))
      count += (last + 1 - first) * rule.nodes.count * rule.nodes.count
    }
    self.bands = bands
    self.count = count
  }

  /// Calls `body` with the band, panel, row and column of every node and its place.
  package func forEachNode(_ body: (_ band: Band, _ panel: Int, _ row: Int, _ column: Int, _ index: Int) -> Void) {
    let n = rule.nodes.count
    for band in bands {
      for panel in band.panels {
        for row in 0..<n {
          for column in 0..<n { body(band, panel, row, column, index(band, panel: panel, row: row, column: column)) }
        }
      }
    }
  }

  /// The place of a panel's node in a band: row i, column j of the panel's own.
  @inline(__always)
  func index(_ band: Band, panel: Int, row: Int, column: Int) -> Int {
    band.offset + row * rowLength(band) + (panel - band.panels.lowerBound) * rule.nodes.count + column
  }
}

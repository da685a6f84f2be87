import RateDistortion

extension KnownSource {
  /// Its curves but those that take seconds a point: what a grid has unless curves are named.
  public var quickCurves: [Curve] { curves.filter { !$0.isCostly } }

  /// The curves of some names, both sides of those that have two, in the order of the names.
  ///
  /// - Throws: `DomainError.unknownCurve`.
  public func curves(named names: [CurveName]) throws(DomainError) -> [Curve] {
    var found: [Curve] = []
    for name in names { found += try curves(named: name) }
    return found
  }

  /// The largest distortion at which any of its curves is not 0, but for those at perfect realism: what sends nothing and draws
  /// from the source's law leaves up to twice as much as the best constant.
  var largestDistortion: Double {
    curves.filter { !$0.name.isAtRealism }.map(\.largestDistortion).max() ?? 0
  }
}

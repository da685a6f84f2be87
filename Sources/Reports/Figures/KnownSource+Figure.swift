import RateDistortion

extension KnownSource {
  /// The curves that its figure has in the papers, where nobody names others.
  ///
  /// One-shot limits between their bounds ("Do Neural Networks Compress Manifolds Optimally?", Figures 1 and 3); with side
  /// information the limits for long blocks with and without it and the 1.53 dB of scalar quantizers ("Breaking Smoothness",
  /// Figure 4), and what one-shot codes are judged by; else R(D), or what is known of it, and the best entropy-constrained
  /// quantizers, of scalars or vectors, lattices and a linear transform, with their converse ("Nonlinear Transform Coding", Figure 3).
  var figureCurves: [Curve] {
    // Of a source in the plane the linear transform coder beside codes of vectors.
    let linear: [CurveName] = curves.contains { $0.name == .ecvq } ? [.transformUniformThreshold] : []
    let choices: [[CurveName]] = [
      [.lower, .upper], [.wynerZiv, .wynerZivShifted, .noSideInformation, .oneShotLower],
      [.shannon, .oneShotLower, .ecsq, .ecvq, .hexagonal] + linear,
    ]
    // A figure is that of its first curve. Codes that end at a low rate, as the sphere's tilings do, are none.
    let found = choices.lazy.filter { [curves] names in curves.contains { $0.name == names[0] } }
      .map { names in names.flatMap { (try? curves(named: $0)) ?? [] } }
      .first { $0.allSatisfy { $0.range.largestRate >= 5 } }
    return found ?? quickCurves
  }
}

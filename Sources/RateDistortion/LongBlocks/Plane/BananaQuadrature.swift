import GSL
import IntervalArithmetic

/// The banana W = (Z0, Z1 - Z0^2/10), Z0 ~ N(0, 9), Z1 ~ N(0, 1/4), as a quadrature in units of the kernel's width: products
/// of composite Gauss-Legendre rules in z0 and z1.
///
/// The map from z to w preserves areas. Only z0 > 0 is kept, with twice the mass. Panels are at most `panelWidth` wide in the
/// plane, along the ridge and across, in units of the kernel, and 1.5 deviations in z0 and z1.
struct BananaQuadrature: Sendable {
  /// Deviations of z0 and z1 up to which there are nodes.
  static let reach = (5.8, 6.5)
  /// Nodes of less probability are left out; there are fewer than 10^6.
  private static let negligible = 1e-16

  /// The nodes' coordinates.
  private(set) var u: [Double] = []
  private(set) var v: [Double] = []
  /// The probability that a node and its mirror image stand for.
  private(set) var mass: [Double] = []

  /// The number of nodes.
  var count: Int { u.count }

  init(sigma: Double, rule: GaussLegendreRule, panelWidth: Double) {
    let across = Self.panels(upTo: Self.reach.1 * 0.5, rule) { _ in min(panelWidth * sigma, 0.75) }
    let along = Self.panels(upTo: Self.reach.0 * 3, rule) { z in
      min(panelWidth * sigma / (1 + z * z / 25).squareRoot(), 4.5)
    }
    for (z0, w0) in along {
      let m0 = 2 * w0 * Double.exp(-z0 * z0 / 18) / (18 * Double.pi).squareRoot()
      for (z1, w1) in across {
        let m1 = w1 * Double.exp(-2 * z1 * z1) / (Double.pi / 2).squareRoot()
        for side in [z1, -z1] where m0 * m1 > Self.negligible {
          u.append(z0 / sigma)
          v.append((side - z0 * z0 / 10) / sigma)
          mass.append(m0 * m1)
        }
      }
    }
  }

  /// Nodes and weights on [0, end].
  private static func panels(
    upTo end: Double, _ rule: GaussLegendreRule, width: (Double) -> Double
  ) -> [(z: Double, weight: Double)] {
    var nodes: [(z: Double, weight: Double)] = []
    var a = 0.0
    while a < end - 1e-12 {
      let b = min(end, a + width(a))
      for (node, weight) in zip(rule.nodes, rule.weights) {
        nodes.append(((a + b) / 2 + (b - a) / 2 * node, (b - a) / 2 * weight))
      }
      a = b
    }
    return nodes
  }
}

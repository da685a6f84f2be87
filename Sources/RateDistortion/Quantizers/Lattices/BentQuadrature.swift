import GSL
import IntervalArithmetic

/// Moments of parts of the plane about a place, under a bent Gaussian: Gauss rules in both directions, with a proved error.
///
/// A part lies around (x_c, y_c), over v = x_0 - x_c in an interval and between the heights y_c - w(v) and y_c + w(v), w a line. With
/// u in [-1, 1] for the height and z = (y_c + w u + b x_0^2)/s_1,
///
///     integral of phi over the part = integral of phi w exp(-(x_0^2/s_0^2 + z^2)/2)/(2 pi s_0 s_1) over v and u,
///
/// phi one of 1, v, w u, v^2 and (w u)^2. The integrand is entire in either variable. On a panel of the half-widths h, k let one
/// of them be complex, in the ellipse with foci at the panel's ends whose semi-axis across the real line is tau half-widths. Then
/// |exp(-z^2/2)| <= exp((Im z)^2/2), and
///
///     in v:  |Im z| <= h tau (|w'| + 2 b max |Re x_0|)/s_1, and the density of x_0 grows by exp((h tau)^2/(2 s_0^2)) at most,
///     in u:  |Im z| <= k tau w/s_1,
///
/// which bounds the error of a rule (`PanelRule`). Of n nodes it is about exp((Im z)^2/2 - 2 n arsinh tau); for a tolerance and every tau of
/// a list that says how many nodes are needed, and the least number is taken. Where more than the largest rule has are needed, the
/// panel is divided. Sums with positive weights of what errs by e in the other direction err by 2 e at most.
///
/// For `Double` the same sums are without errors, and find; for `Interval` they prove.
struct BentQuadrature<Number: RealNumber> {
  let source: BentGaussian
  /// What the error of a panel may be beside its area in deviations: it decides on the number of nodes and not on what is true.
  private let logTolerance: Double
  /// How many deviations from the mean is looked at: panels beyond are left out.
  private let reach: Double
  private let bend: Double
  private let exactBend: Number
  /// 1/(s_0 sqrt 2) and 1/(s_1 sqrt 2).
  private let firstScale: Number
  private let secondScale: Number
  /// 1/(2 pi s_0 s_1).
  private let density: Number

  /// - Parameters:
  ///   - tolerance: some 1e-17 where a proof is wanted, more where a root is sought.
  ///   - reach: in deviations.
  init(_ source: BentGaussian, tolerance: Double, reach: Double) {
    self.source = source
    self.reach = reach * (1 + 0x1p-30)
    logTolerance = Double.log(tolerance)
    bend = source.bend()
    exactBend = source.bend()
    let root = Number.sqrt(2)
    firstScale = 1 / (Number(source.first) * root)
    secondScale = 1 / (Number(source.second) * root)
    density = 1 / (2 * Number.pi * Number(source.first) * Number(source.second))
  }

  /// Adds the moments of a part, which is given twice: exactly, and about, for where panels are to be.
  func add(_ part: BentPart<Number>, about: BentPart<Double>, to sums: inout LocalMoments<Number>) {
    let length = about.end - about.start
    guard length > 0 else { return }
    let exactLength = part.end - part.start
    var from = 0.0
    while from < 1 {
      var count = 1.0
      var plan = nodes(about, from: from, to: 1)
      // Even pieces of what is left, as few as a rule can do.
      while plan.count > BentRules.largest, count < 0x1p20 {
        count = (count * min(2, max(1.2, Double(plan.count) / Double(BentRules.largest)))).rounded(.up)
        plan = nodes(about, from: from, to: from + (1 - from) / count)
      }
      let next = from + (1 - from) / count
      let to = next > from && next < 1 ? next : 1
      let left = part.start + exactLength * Number(from)
      let right = part.start + exactLength * Number(to)
      let panel = Panel(
        middle: (left + right) / 2, half: (right - left) / 2, aboutMiddle: about.start + length * (from + to) / 2,
        aboutHalf: length * (to - from) / 2, plan: plan)
      add(panel, of: part, about: about, to: &sums)
      from = to
    }
  }

  /// How many nodes are needed in v between two shares of a part, and tau.
  private func nodes(_ part: BentPart<Double>, from: Double, to: Double) -> BentRules.Plan {
    let length = part.end - part.start
    let half = length * (to - from) / 2
    let x = abs(part.first + part.start + length * (from + to) / 2)
    return BentRules.plan(logTolerance) { tau, real in
      let across = half * tau
      let z = across * (abs(part.rise) + 2 * bend * (x + half * real)) / source.second
      let s = across / source.first
      return (z * z + s * s) / 2
    }
  }

  /// A panel of v: its middle and half-width, exactly and about, and what it takes.
  private struct Panel {
    var middle: Number
    var half: Number
    var aboutMiddle: Double
    var aboutHalf: Double
    var plan: BentRules.Plan
  }

  /// Adds what of a part lies over one panel of v.
  private func add(
    _ over: Panel, of part: BentPart<Number>, about: BentPart<Double>, to sums: inout LocalMoments<Number>
  ) {
    let (plan, aboutMiddle, aboutHalf) = (over.plan, over.aboutMiddle, over.aboutHalf)
    let rule = BentRules.rule(plan.count)
    // Where on this panel the source is within reach, from outside.
    let x = about.first + aboutMiddle
    let nearest = max(0, abs(x) - aboutHalf * (1 + 0x1p-30))
    let farthest = abs(x) + aboutHalf * (1 + 0x1p-30)
    let left = reach * reach - nearest * nearest / (source.first * source.first)
    guard left >= 0 else { return }
    let band = source.second * left.squareRoot()
    let bottom = -bend * farthest * farthest - band - 1e-9
    let top = -bend * nearest * nearest + band + 1e-9
    // The largest and smallest half-heights.
    let heights = (
      about.middle + about.rise * (aboutMiddle - aboutHalf), about.middle + about.rise * (aboutMiddle + aboutHalf)
    )
    let tallest = max(heights.0, heights.1) * (1 + 0x1p-30)
    let real = (1 + plan.tau * plan.tau).squareRoot()
    // In the ellipse of v: |v|, w, and the exponent.
    let widest = abs(aboutMiddle) + aboutHalf * real
    let highest = about.middle + abs(about.rise) * widest
    // Panels of u.
    var count = 1.0
    func across(_ count: Double) -> BentRules.Plan {
      BentRules.plan(logTolerance) { tau, _ in
        let z = tallest / count * tau / source.second
        return z * z / 2
      }
    }
    var other = across(1)
    while other.count > BentRules.largest, count < 0x1p20 {
      count = (count * min(4, max(1.2, Double(other.count) / Double(BentRules.largest)))).rounded(.up)
      other = across(count)
    }
    let otherRule = BentRules.rule(other.count)
    let otherReal = (1 + other.tau * other.tau).squareRoot()
    // What either node in v needs in every panel of u.
    let columns = zip(rule.enclosedNodes(as: Number.self), rule.weights).map { node, weight in
      let v = over.middle + over.half * node
      let x = part.first + v
      let w = part.middle + part.rise * v
      return Column(
        v: v, square: .squared(v), half: w, start: (part.second + exactBend * .squared(x)) * secondScale,
        rise: w * secondScale, exponent: .squared(x * firstScale), weight: Number(weight) * w)
    }
    let otherNodes = zip(otherRule.enclosedNodes(as: Number.self), otherRule.weights)
    let exactCount = Number(count)
    var index = 0
    while Double(index) < count {
      defer { index += 1 }
      let (low, high) = (2 * Double(index) / count - 1, 2 * Double(index + 1) / count - 1)
      // Where the panel may lie; the largest half-height is far enough on either side.
      let below = about.second + low * (low < 0 ? tallest : max(0, min(heights.0, heights.1)))
      let above = about.second + high * (high > 0 ? tallest : max(0, min(heights.0, heights.1)))
      guard above >= bottom, below <= top else { continue }
      let start = (Number(2 * index + 1) - exactCount) / exactCount
      let nodes = otherNodes.map { node, weight in
        let u = start + node / exactCount
        let w = Number(weight)
        return (u: u, weight: w, first: w * u, second: w * .squared(u))
      }
      var panel = LocalMoments<Number>()
      for column in columns {
        var (p, first, second) = (Number(0), Number(0), Number(0))
        for node in nodes {
          let z = column.start + column.rise * node.u
          let f = Number.exp(-(column.exponent + .squared(z)))
          p = p + node.weight * f
          first = first + node.first * f
          second = second + node.second * f
        }
        let mass = column.weight * p
        panel.probability = panel.probability + mass
        panel.first = panel.first + mass * column.v
        panel.firstSquare = panel.firstSquare + mass * column.square
        panel.second = panel.second + column.weight * column.half * first
        panel.secondSquare = panel.secondSquare + column.weight * .squared(column.half) * second
      }
      // |u| in its ellipse; the integrand is at most w exp(growth) there, and w exp(-(x_0^2/s_0^2 + z^2)/2) on the panel.
      let farU = max(abs(low), abs(high)) + (otherReal - 1) / count
      let z = max(
        0, (below + bend * nearest * nearest) / source.second, -(above + bend * farthest * farthest) / source.second)
      let decay = Double.exp(-(nearest * nearest / (source.first * source.first) + z * z) / 2 * (1 - 0x1p-30))
      let (inV, inU) = (highest * Double.exp(plan.growth), tallest * Double.exp(other.growth))
      let segment = tallest * decay
      let error =
        2.1
        * (rule.truncation(imaginary: plan.tau, onSegment: min(1, segment / inV)) * inV
          + otherRule.truncation(imaginary: other.tau, onSegment: min(1, segment / inU)) * inU)
        * (1 + 0x1p-20)
      panel.widen(by: error, first: widest, second: max(highest, tallest) * farU)
      sums.add(panel, times: over.half * density / exactCount)
    }
  }

  /// What all panels of u share at a node in v.
  private struct Column {
    var v: Number
    var square: Number
    /// w.
    var half: Number
    /// z at u = 0, its rise by u, and the part of x_0 in the exponent, all in units of sqrt 2.
    var start: Number
    var rise: Number
    var exponent: Number
    /// The weight, times w.
    var weight: Number
  }
}

/// A part of the plane around a place: v from `start` to `end`, half the height there `middle` + `rise` v.
struct BentPart<Value: RealNumber> {
  var first: Value
  var second: Value
  var start: Value
  var end: Value
  var middle: Value
  var rise: Value
}

/// Moments about a place: of 1, v = x_0 - x_c, y = x_1 - y_c, v^2 and y^2.
struct LocalMoments<Number: RealNumber> {
  var probability: Number = 0
  var first: Number = 0
  var second: Number = 0
  var firstSquare: Number = 0
  var secondSquare: Number = 0

  mutating func add(_ other: LocalMoments, times factor: Number) {
    probability = probability + factor * other.probability
    first = first + factor * other.first
    second = second + factor * other.second
    firstSquare = firstSquare + factor * other.firstSquare
    secondSquare = secondSquare + factor * other.secondSquare
  }

  /// Adds what is not known: an error of the integral of 1, and bounds of |v| and |y| where it may lie.
  mutating func widen(by error: Double, first v: Double, second y: Double) {
    probability = probability + .uncertainty(error)
    first = first + .uncertainty(error * v)
    second = second + .uncertainty(error * y)
    firstSquare = firstSquare + .uncertainty(error * v * v)
    secondSquare = secondSquare + .uncertainty(error * y * y)
  }
}

/// The rules of a quadrature, and how many nodes it takes.
enum BentRules {
  /// The most nodes of a rule.
  static let largest = 20
  private static let smallest = 3
  private static let rules = (smallest...largest).map { PanelRule(nodes: $0) }
  /// tau, the other semi-axis and 2 arsinh tau.
  private static let ellipses = (0..<12).map { index in
    let tau = 0.4 * Double.exp(0.45 * Double(index))
    let real = (1 + tau * tau).squareRoot()
    return (tau: tau, real: real, rise: 2 * Double.log(tau + real))
  }

  static func rule(_ count: Int) -> PanelRule { rules[min(max(count, smallest), largest) - smallest] }

  /// A number of nodes, the ellipse that its error is bounded in, and the exponent by which the integrand may grow there.
  struct Plan {
    var count: Int
    var tau: Double
    var growth: Double
  }

  /// The least number of nodes for a tolerance.
  ///
  /// - Parameter growth: the exponent in an ellipse, by its semi-axes in half-widths.
  static func plan(_ logTolerance: Double, growth: (Double, Double) -> Double) -> Plan {
    var best = Plan(count: 1 << 20, tau: 1, growth: .infinity)
    for ellipse in ellipses {
      let exponent = growth(ellipse.tau, ellipse.real)
      let count = ((exponent - logTolerance) / ellipse.rise).rounded(.up)
      guard count < Double(best.count) else { continue }
      best = Plan(count: max(smallest, Int(count)), tau: ellipse.tau, growth: exponent)
    }
    return best
  }
}

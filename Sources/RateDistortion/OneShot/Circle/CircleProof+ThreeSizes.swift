import IntervalArithmetic

extension CircleProof {
  /// The claim M(a, b) < M(b, r) over the whole triangle 0 <= a <= b <= r = min(leastSum - a - b, 1), by branch and bound.
  ///
  /// Bounds over a box A x B, R = leastSum - A - B cut at 1, none of which is singular on the diagonals:
  ///
  /// - M(a, b) is at most the greatest v on [a, b]; at most the mean of g' there, itself at most its greatest value, times the
  ///   logarithmic mean of a and b, at most (a + b)/2; and where A and B are apart, (g(B) - g(A))/log(B/A) directly.
  /// - M(b, r) is at least the least v on [b, r]; at least the least g' times sqrt(b r), if that is positive; and the quotient
  ///   where B and R are apart.
  ///
  /// Left out, because settled by hand (see `CircleProof`): r <= 0.407 and b <= 0.14. The boxes reach a little further, since
  /// neither number is a binary one.
  struct ThreeSizes {
    let leastSum: Double
    var boxLimit = 400_000

    struct Box {
      var a: Interval
      var b: Interval
    }

    func check() -> ProofCheck {
      let claim = "three stationary sizes sum to more than \(leastSum)"
      var boxes = [Box(a: .hull(0, (Interval(leastSum) / 3).upper), b: .hull(0.1399, leastSum / 2))]
      var visited = 0
      var margin = Double.infinity
      // By hand for r: b <= 0.14 needs r >= 0.7.
      guard leastSum >= 1, leastSum <= 3 else {
        return ProofCheck(
          claim: claim, isProved: false, boxes: 0, margin: 0, failure: "the sum claimed is not in [1, 3]")
      }
      while let box = boxes.popLast() {
        visited += 1
        let rest = Interval(leastSum) - box.a - box.b
        let r = Interval.hull(min(rest.lower, 1), min(rest.upper, 1))
        if box.a.lower > box.b.upper || box.b.lower > r.upper || r.upper <= 0.4069 { continue }
        let clearance = leastMean(box.b, r) - greatestMean(box.a, box.b)
        if clearance > 0 {
          margin = min(margin, clearance)
          continue
        }
        guard visited < boxLimit, max(box.a.width, box.b.width) > 1e-9 else {
          let place = "at a in \(box.a), b in \(box.b)"
          return ProofCheck(claim: claim, isProved: false, boxes: visited, margin: clearance, failure: place)
        }
        if box.a.width > box.b.width {
          let middle = box.a.midpoint
          boxes.append(Box(a: .hull(box.a.lower, middle), b: box.b))
          boxes.append(Box(a: .hull(middle, box.a.upper), b: box.b))
        } else {
          let middle = box.b.midpoint
          boxes.append(Box(a: box.a, b: .hull(box.b.lower, middle)))
          boxes.append(Box(a: box.a, b: .hull(middle, box.b.upper)))
        }
      }
      return ProofCheck(claim: claim, isProved: true, boxes: visited, margin: margin, failure: "")
    }

    /// A number that M(a, b) does not exceed over the box, a <= b.
    private func greatestMean(_ a: Interval, _ b: Interval) -> Double {
      let hull = CircleCost(a.hull(with: b))
      var bound = hull.v.upper
      let bySlope = Interval(hull.gSlope.upper) * (Interval(a.upper) + Interval(b.upper)) / 2
      if hull.gSlope.upper >= 0 { bound = min(bound, bySlope.upper) }
      if a.upper > 0, b.lower > a.upper {
        let rise = CircleCost(b).g - CircleCost(a).g
        if rise.upper >= 0 {
          let ratio = Interval.log(Interval(b.lower) / Interval(a.upper))
          bound = min(bound, (Interval(rise.upper) / ratio).upper)
        }
      }
      return bound
    }

    /// A number that M(b, r) is at least over the box, b <= r.
    private func leastMean(_ b: Interval, _ r: Interval) -> Double {
      let hull = CircleCost(b.hull(with: r))
      var bound = hull.v.lower
      if hull.gSlope.lower > 0 {
        let bySlope = Interval(hull.gSlope.lower) * .sqrt(Interval(b.lower) * Interval(max(r.lower, b.lower)))
        bound = max(bound, bySlope.lower)
      }
      if r.lower > b.upper {
        let rise = CircleCost(r).g - CircleCost(b).g
        if rise.lower > 0 {
          let ratio = Interval.log(Interval(r.upper) / Interval(b.lower))
          bound = max(bound, (Interval(rise.lower) / ratio).lower)
        }
      }
      return bound
    }
  }
}

import IntervalArithmetic
import RateDistortion

extension ClaimCheck {
  /// The claim and what became of it, in a line.
  public var text: String {
    let within = error.map { " within \($0)" } ?? ""
    let claim = "\(source) \(curve): R \(kind.sign) \(rate) bits\(within) at D = \(distortion): "
    let ends = "the certificate proves \(Self.words(for: proved))"
    switch (outcome, kind) {
    case (.proved, _) where proved.lower <= 0 && proved.upper == .infinity:
      return claim + "proved; no rate is below 0, and the certificate adds nothing"
    case (.proved(let assurance), _):
      return claim + (assurance.assumption.map { "holds, assuming that \($0); " } ?? "proved; ") + ends
    case (.reproduced, _): return claim + "estimate, recomputed"
    case (.notProved, .estimate): return claim + "estimate, NOT REPRODUCED; recomputed as \(proved.midpoint)"
    case (.notProved, _): return claim + "NOT PROVED; \(ends)"
    case (.refused(let reason), _): return claim + "NOT PROVED; \(reason)"
    }
  }

  private static func words(for proved: Interval) -> String {
    let lower = proved.lower > 0 ? "at least \(proved.lower)" : ""
    let upper = proved.upper < .infinity ? "at most \(proved.upper)" : ""
    let both = [lower, upper].filter { !$0.isEmpty }.joined(separator: " and ")
    return both.isEmpty ? "nothing" : both + " bits"
  }
}

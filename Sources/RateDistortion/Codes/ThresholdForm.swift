import IntervalArithmetic

/// A number of a code as a function of where its thresholds are: c + sum of xi_i s_i, with xi as in `CodeMasses`.
///
/// For every xi there are a c in `constant` and s_i in `slopes` with which that is the number (mean value theorem). So the
/// difference of two numbers of one code is enclosed by the difference of their forms, in which a threshold moves both at once;
/// their intervals' difference lets it move for each of them apart.
struct ThresholdForm: Sendable, Equatable {
  var constant: Interval
  /// By threshold.
  var slopes: [Interval]

  /// The number over all places of the thresholds.
  func range(over displacements: [Interval]) -> Interval {
    var range = constant
    for (xi, slope) in zip(displacements, slopes) where !(xi.lower == 0 && xi.upper == 0) {
      range = range + xi * slope
    }
    return range
  }

  static func - (a: ThresholdForm, b: ThresholdForm) -> ThresholdForm {
    ThresholdForm(constant: a.constant - b.constant, slopes: zip(a.slopes, b.slopes).map { $0 - $1 })
  }

  static func * (factor: Interval, form: ThresholdForm) -> ThresholdForm {
    ThresholdForm(constant: factor * form.constant, slopes: form.slopes.map { factor * $0 })
  }
}

/// A number of a code: at the nominal thresholds, over all their places, and as a function of them.
struct MovingSum {
  let nominal: Interval
  let everywhere: Interval
  let form: ThresholdForm?
}

/// A rate that moves with a code's thresholds: the code's own, or the best codes' E at its distortion.
///
/// E + mu D hardly moves where -mu is the slope of E. So E is written as E + mu D, enclosed over the interval of D, less mu
/// times the form of D. What is lost by choosing mu in floating point is width and no proof. Near the optimum the rate's form
/// and mu times that of D nearly cancel, since there a threshold that moves loses as much of one as it gains of the other.
struct MovingRate {
  /// The rate.
  let rate: EnclosedValue
  /// Its form; nil where it is not known as one.
  let form: ThresholdForm?

  /// The rate of a code.
  init(_ rate: EnclosedValue) {
    self.rate = rate
    form = rate.form
  }

  /// The best codes' rate at a distortion.
  ///
  /// - Parameter slope: mu, in bits per unit of distortion; nil for the interval alone.
  init(of curves: [Curve], at distortion: EnclosedValue, slope: Double?) throws(DomainError) {
    rate = try CodeReference.rate(of: curves, at: distortion)
    guard let slope, let moving = distortion.form,
      let lagrangian = try CodeReference.lagrangian(of: curves, slope: slope, over: distortion.interval)
    else {
      form = nil
      return
    }
    let least = Interval(-slope) * moving
    form = ThresholdForm(constant: lagrangian + least.constant, slopes: least.slopes)
  }

  /// How much lower another rate of the same code is.
  func difference(_ other: MovingRate, over displacements: [Interval]) -> Interval {
    let apart = rate.interval - other.rate.interval
    guard let form, let otherForm = other.form else { return apart }
    let both = apart.intersection(with: (form - otherForm).range(over: displacements))
    return both.isEmpty ? apart : both
  }
}

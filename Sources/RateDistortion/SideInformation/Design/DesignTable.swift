import IntervalArithmetic

/// Designed codes of a source with Gaussian side information, in units of sigma_{X|Y} and each enclosed: the corners of
/// their lower convex hull, from rate 0 up.
///
/// The corners are as close as makes the hull cost at most `DesignSearch.price` bits more than that of the designs for every
/// slope.
public struct DesignTable: Sendable, Equatable {
  /// A code and what it does.
  public struct Entry: Sendable, Equatable {
    /// lambda sigma^2_{X|Y} for which it was designed, in bits; 0 for silence.
    public var slope: Double
    /// Thresholds in units of sigma_{X|Y}, multiples of `DesignTable.unit`, and labels.
    public var code: LabelledQuantizer
    /// The rate that counts, in bits.
    public var rate: Interval
    /// E Var(X|index, Y) in units of sigma^2_{X|Y}.
    public var distortion: Interval

    /// An entry by its numbers.
    public init(slope: Double, code: LabelledQuantizer, rate: Interval, distortion: Interval) {
      self.slope = slope
      self.code = code
      self.rate = rate
      self.distortion = distortion
    }

    /// One label for everything.
    static let silence = Entry(slope: 0, code: .silence, rate: 0, distortion: 1)

    /// The upper ends of what the code does, between which time is shared.
    var corner: DesignHull.Corner {
      DesignHull.Corner(slope: slope, code: code, rate: rate.upper, distortion: distortion.upper)
    }
  }

  /// The corners: silence first, rates rise and distortions fall.
  public let entries: [Entry]

  /// 2^-20: thresholds are off their best by less, which costs 1e-12 bits.
  static let unit = 0x1p-20

  /// A table by its corners after silence.
  public init(corners: [Entry]) { entries = [.silence] + corners }

  /// The hull between the upper ends of what the codes do.
  var hull: DesignHull {
    DesignHull(corners: entries.dropFirst().map(\.corner))
  }
}

extension LabelledQuantizer {
  /// The code for X, from thresholds in units of sigma_{X|Y}.
  func scaled(to problem: GaussianSideInformation) -> LabelledQuantizer {
    let sigma = problem.conditionalVariance.squareRoot()
    return LabelledQuantizer(unchecked: thresholds.map { $0 * sigma }, labels: labels)
  }
}

extension DesignTable.Entry {
  /// What the code does in every problem of one tau: sigma_{X|Y} and thresholds that were multiplied by it are rounded,
  /// which the enclosure allows for by a factor. Ends are moved outwards by 1e-12, so that another machine's exponential
  /// bears them out; nil for too many cells.
  init?(enclosing corner: DesignHull.Corner, spread: Double, coding: IndexCoding) {
    guard let own = Self.enclosure(of: corner.code, spread: spread) else { return nil }
    let (rate, distortion) = (own.rate(coding), own.distortion)
    let down = { (x: Double, digits: Double) in max(0, (x * digits - 1).rounded(.down) / digits) }
    let up = { (x: Double, digits: Double) in (x * digits + 1).rounded(.up) / digits }
    // Rates in units of 1e-12, distortions in units of about 2^-40 of themselves.
    let digits = Double(sign: .plus, exponent: 40 - distortion.lower.exponent, significand: 1)
    guard distortion.lower > 0, digits.isFinite else { return nil }
    self.init(
      slope: corner.slope, code: corner.code, rate: .hull(down(rate.lower, 1e12), up(rate.upper, 1e12)),
      distortion: .hull(down(distortion.lower, digits), up(distortion.upper, digits)))
  }

  private static func enclosure(of code: LabelledQuantizer, spread: Double) -> SideInformationEnclosure? {
    code.enclosure(for: GaussianSideInformation(spread: spread), factor: .hull(1 - 0x1p-48, 1 + 0x1p-48))
  }

  /// By how much the code, enclosed anew, does what the entry says, in bits: the least distance of an end of the rate, and
  /// of the logarithm of an end of the distortion, from what was found. Negative, or not a number, if the entry is not proved.
  public func margin(spread: Double, coding: IndexCoding) -> Double {
    guard let code = try? LabelledQuantizer(thresholds: code.thresholds, labels: code.labels),
      let own = Self.enclosure(of: code, spread: spread)
    else { return .nan }
    let (rate, distortion) = (own.rate(coding), own.distortion)
    let margins = [
      rate.lower - self.rate.lower, self.rate.upper - rate.upper,
      Double.log(distortion.lower / self.distortion.lower) / (2 * natsPerBit),
      Double.log(self.distortion.upper / distortion.upper) / (2 * natsPerBit),
    ]
    return margins.contains(where: \.isNaN) ? .nan : margins.reduce(.infinity, min)
  }
}

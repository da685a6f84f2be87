import IntervalArithmetic

/// The code that sends, for every letter, its nearest reproduction, the first of several: nothing has less distortion.
///
/// With p the letters' probabilities, divided by their sum, and j(i) the first reproduction of the least entry of row i,
///
///     D = sum of p_i d_(i j(i)),      R = H(j).
///
/// Where every letter has a reproduction of its own, D is the least of all and R = H(X), and no code of that distortion has a
/// lower rate; where letters share reproductions or have several, it is an upper bound on R at D.
public struct NearestReproductions: Evidence, Equatable {
  public static let type = "nearest-reproductions"
  public static let meaning =
    "The code that sends every letter's nearest reproduction, the first of several. Its entropy is achievable, if its enclosed "
    + "distortion is at most D."

  /// The code of a source that is known from elsewhere.
  public init() {}

  public init(_ form: EvidenceForm) throws(MalformedEvidence) {}

  public var form: EvidenceForm { EvidenceForm(Self.type, []) }
  public var sentence: String { "every letter's nearest reproduction is sent, the first of several" }
}

extension FiniteSource {
  /// j(i), and for each reproduction the letters that have it, enclosed as a probability before the division by the sum.
  private var nearestMasses: (masses: [Interval], total: Interval) {
    var masses = [Interval](repeating: 0, count: reproductions)
    var total: Interval = 0
    for (letter, probability) in probabilities.enumerated() where probability > 0 {
      let row = letter * reproductions
      let place = (0..<reproductions).first { distortions[row + $0] == leastDistortions[letter] } ?? 0
      masses[place] = masses[place] + Interval(probability)
      total = total + Interval(probability)
    }
    return (masses, total)
  }

  /// H(j) in bits.
  var nearestReproductionRate: Interval {
    let (masses, total) = nearestMasses
    let sum = masses.reduce(Interval(0)) { sum, mass in
      guard mass.lower > 0 else { return sum }
      return sum - mass / total * .log(mass / total)
    }
    return (sum / .ln2).intersection(with: .hull(0, .infinity))
  }

  /// The expected length of Huffman's code for j, in bits.
  var nearestReproductionWordLength: Interval {
    let (masses, total) = nearestMasses
    return zip(PrefixCode(masses: masses.map(\.midpoint)).lengths, masses).reduce(0) {
      $0 + Interval($1.0) * $1.1 / total
    }
  }

  /// The law of j at the slope at which the next larger entry of any row costs 800 nats, where kernels are 0 to all digits.
  var nearestReproductionLaw: FiniteLaw {
    var step = Double.infinity
    for letter in probabilities.indices where probabilities[letter] > 0 {
      for entry in distortions[letter * reproductions..<(letter + 1) * reproductions] {
        let excess = entry - leastDistortions[letter]
        if excess > 0 { step = min(step, excess) }
      }
    }
    let slope = step.isFinite ? min(800 / step, 1e300) : 1
    return FiniteLaw(slope: slope, law: nearestMasses.masses.map(\.midpoint))
  }

  /// What the code of nearest reproductions proves of R at D, in bits.
  func nearestReproductions(atDistortion distortion: Double) -> Interval {
    guard enclosedLeastDistortion.upper <= distortion else { return .hull(0, .infinity) }
    return .hull(0, nearestReproductionRate.upper)
  }

  /// The distortion of nearest reproductions.
  var enclosedLeastDistortion: Interval { mean { leastDistortions[$0] } }

  /// The distortion of the best single reproduction.
  var enclosedBestDistortion: Interval {
    let column = bestReproduction.firstIndex(of: 1) ?? 0
    return mean { distortions[$0 * reproductions + column] }
  }

  /// The mean of a number for each letter that occurs.
  private func mean(_ value: (Int) -> Double) -> Interval {
    var sum: Interval = 0
    var total: Interval = 0
    for (letter, probability) in probabilities.enumerated() where probability > 0 {
      sum = sum + Interval(probability) * Interval(value(letter))
      total = total + Interval(probability)
    }
    return sum / total
  }
}

/// The lower convex hull of designed codes, from rate 0 up, in units of sigma_{X|Y}. Between two corners time is shared, so that
/// any distortion or rate is a binary search.
///
/// The numbers say where to look; what a code does is enclosed by whoever claims it (`DesignTable.Entry`).
struct DesignHull: Sendable {
  /// A code and what it was found to do.
  struct Corner: Sendable {
    /// lambda sigma^2_{X|Y} for which it was designed, in bits; 0 for silence.
    var slope: Double
    /// Thresholds in units of sigma_{X|Y}, multiples of `DesignTable.unit`, and labels.
    var code: LabelledQuantizer
    /// The rate that counts, in bits.
    var rate: Double
    /// E Var(X|index, Y) in units of sigma^2_{X|Y}.
    var distortion: Double

    /// One label for everything.
    static let silence = Corner(slope: 0, code: .silence, rate: 0, distortion: 1)

    /// R + lambda D in bits.
    func cost(_ slope: Double) -> Double { rate + slope * distortion }
  }

  /// Two neighbouring corners.
  struct Chord: Sendable {
    /// Which corner the finer one is.
    let index: Int
    /// Of the lower rate.
    let coarser: Corner
    /// Of the higher rate.
    let finer: Corner

    /// -dR/dD in bits per sigma^2_{X|Y}.
    var slope: Double { (finer.rate - coarser.rate) / (coarser.distortion - finer.distortion) }
    /// The finer one's share of the time at a distortion.
    func weight(atDistortion distortion: Double) -> Double {
      min(max((coarser.distortion - distortion) / (coarser.distortion - finer.distortion), 0), 1)
    }
    /// The rate at a distortion.
    func rate(atDistortion distortion: Double) -> Double {
      coarser.rate + weight(atDistortion: distortion) * (finer.rate - coarser.rate)
    }
    /// The distortion at a rate.
    func distortion(atRate rate: Double) -> Double {
      let share = min(max((rate - coarser.rate) / (finer.rate - coarser.rate), 0), 1)
      return coarser.distortion + share * (finer.distortion - coarser.distortion)
    }
  }

  /// The corners: silence first, rates rise and distortions fall.
  let corners: [Corner]

  /// A hull by its corners after silence.
  init(corners: [Corner]) { self.corners = [.silence] + corners }

  /// The neighbours of a distortion below 1; nil below the last corner's.
  func chord(atDistortion distortion: Double) -> Chord? {
    chord(endingAt: corners.partitioningIndex { $0.distortion <= distortion })
  }

  /// The neighbours of a rate; nil above the last corner's.
  func chord(atRate rate: Double) -> Chord? { chord(endingAt: corners.partitioningIndex { $0.rate >= rate }) }

  private func chord(endingAt index: Int) -> Chord? {
    guard corners.count > 1, index < corners.count else { return nil }
    let index = max(index, 1)
    return Chord(index: index, coarser: corners[index - 1], finer: corners[index])
  }
}

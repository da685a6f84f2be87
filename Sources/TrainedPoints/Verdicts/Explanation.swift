import RateDistortion

/// The mistake that explains a source's points best, and how many of them it explains.
///
/// A mistake is made in a whole file or not at all, so every mistake is tried on all points and the one that makes the most of them
/// plausible is named: possible, with a distortion that something is sent for, and within a bit or half of the rate of the curve.
/// It has to make plausible more points than are so as they stand, and at least two if there are two. Of mistakes that explain as
/// many, the less far-fetched one counts, then the one whose points lie nearest to the curve in the median.
public struct Explanation: Sendable, Equatable {
  /// What may have gone wrong.
  public let mistake: Mistake
  /// How many of the points looked at are plausible with it.
  public let explained: Int
  /// How many were looked at: all of a source, or so many of a large file, evenly spread.
  public let points: Int

  /// So many points explained of so many.
  public init(mistake: Mistake, explained: Int, points: Int) {
    self.mistake = mistake
    self.explained = explained
    self.points = points
  }
}

extension Explanation {
  /// So many points tell as much as a million.
  static let mostPoints = 400
  /// So many tell whether they are another source's.
  private static let mostPointsOfOthers = 25

  /// What a mistake comes to on some points.
  private struct Trial {
    let mistake: Mistake
    let explained: Int
    let distance: Double
  }

  /// The best explanation of a source's points and who judges those that were meant; nil if nothing has to be explained, or
  /// nothing explains it.
  ///
  /// - Parameter sample: the points looked at.
  static func search(
    _ sample: [TrainedPoint], of source: PointTable.Source, by judge: PointJudge
  ) -> (explanation: Explanation, judge: PointJudge)? {
    guard sample.contains(where: { judge.isSuspicious($0) }) else { return nil }
    let units = Self.best(of: Self.unitMistakes(of: source).map { ($0, judge) }, on: sample, by: judge)
    if let units, units.explanation.explained == sample.count { return units }
    // The curves of other sources are unlike in cost.
    let step = max(1, (sample.count + Self.mostPointsOfOthers - 1) / Self.mostPointsOfOthers)
    let fewer = stride(from: 0, to: sample.count, by: step).map { sample[$0] }
    guard let others = Self.best(of: Self.otherSources(than: source, judge), on: fewer, by: judge) else { return units }
    return units.map { $0.explanation.share >= others.explanation.share } ?? false ? units : others
  }

  /// The part of the points that it explains.
  private var share: Double { Double(explained) / Double(points) }

  private static func best(
    of candidates: [(Mistake, PointJudge)], on sample: [TrainedPoint], by judge: PointJudge
  ) -> (explanation: Explanation, judge: PointJudge)? {
    let asTheyStand = sample.count { judge.distance($0) != nil }
    var best: (trial: Trial, judge: PointJudge)?
    for (mistake, judge) in candidates {
      let distances = sample.compactMap { point in mistake.meant(point).flatMap { judge.distance($0) } }.sorted()
      guard distances.count > asTheyStand, distances.count >= min(2, sample.count) else { continue }
      let trial = Trial(mistake: mistake, explained: distances.count, distance: distances[distances.count / 2])
      if best.map({ Self.isBetter(trial, than: $0.trial) }) ?? true { best = (trial, judge) }
    }
    return best.map { best in
      (Explanation(mistake: best.trial.mistake, explained: best.trial.explained, points: sample.count), best.judge)
    }
  }

  private static func isBetter(_ trial: Trial, than other: Trial) -> Bool {
    if trial.explained != other.explained { return trial.explained > other.explained }
    if trial.mistake.remoteness != other.mistake.remoteness {
      return trial.mistake.remoteness < other.mistake.remoteness
    }
    return trial.distance < other.distance
  }

  /// Mistakes in what a number counts.
  private static func unitMistakes(of source: PointTable.Source) -> [Mistake] {
    var mistakes: [Mistake] = [.nats, .decibels] + [1.0, 2, 255].map { .peakSignalToNoise(peak: $0) } + [.swapped]
    if let components = source.components, components > 1 {
      mistakes.append(.ratePerComponent(components: components))
      switch source.source.description.distortionMeasure {
      case .meanSquaredError: mistakes.append(.summed(components: components))
      case .sumOfSquaredErrors: mistakes.append(.averaged(components: components))
      case .matrix: break
      }
    }
    return mistakes
  }

  /// The source with a variance in place of a deviation, and the others of the catalogue, whose codes are known.
  private static func otherSources(
    than source: PointTable.Source, _ judge: PointJudge
  ) -> [(Mistake, PointJudge)] {
    var found: [(Mistake, PointJudge)] = []
    let (known, parameters) = (source.source, source.source.parameters)
    for parameter in known.description.parameters {
      guard parameter.name.contains("variance"), let value = parameters.number(parameter.name), value != 1 else {
        continue
      }
      for meant in [value * value, value.squareRoot()] {
        var changed = parameters
        changed.set(parameter.name, to: .number(meant))
        // A curve that has to be solved first takes longer than a guess is worth.
        guard let other = try? KnownSource(type(of: known.source), changed),
          known.judgement.achievable.isCostly || !other.judgement.achievable.isCostly
        else { continue }
        let mistake = Mistake.deviation(parameter: parameter.name, variance: meant)
        guard let other = judge.judging(other) else { continue }
        found.append((mistake, other))
      }
    }
    for type in Catalogue.sources where type.description.name != known.description.name {
      guard let other = try? KnownSource(type), !other.judgement.codes.isEmpty else { continue }
      guard let other = judge.judging(other) else { continue }
      found.append((.source(type.description.name), other))
    }
    return found
  }
}

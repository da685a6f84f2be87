import IntervalArithmetic
import RateDistortion
import TestSupport
import Testing

/// Marginal-rewards.json: the suprema, from mpmath.
private struct RewardOracle: Decodable, Sendable {
  let edgeReward: Digits
  let rewards: [Reward]

  struct Reward: Decodable, Sendable {
    let price: Digits
    let density: Digits
    let end: Digits
  }

  static let read = Result { try Oracle.json("marginal-rewards.json", as: RewardOracle.self) }
}

@Suite("What sets earn at most")
struct RewardBoundTests {
  @Test("bounds a little above the suprema are proved, bounds a little below are not", arguments: [0x1p-5, 1])
  func suprema(price: Double) throws {
    let reward = try #require(RewardOracle.read.get().rewards.first { $0.price.value == price })
    let (density, end) = (reward.density.value, reward.end.value)
    #expect(RewardBound(price: price, density: density * 1.005, end: end * 1.003).isProved)
    #expect(!RewardBound(price: price, density: density * 0.9999, end: .infinity).isProved)
    // E falls as `density` grows; its supremum is that of the oracle for theta itself.
    #expect(!RewardBound(price: price, density: density * 1.005, end: end * 0.99).isProved)
  }

  @Test("the table's entries lie above the suprema by no more than 0.6 percent")
  func table() throws {
    for reward in try RewardOracle.read.get().rewards {
      let at = reward.price.value
      // theta is convex and 0 at 0: chords from a price that is at most the oracle's lie below.
      guard let next = RewardTable.bounds.first(where: { $0.price >= at }) else { continue }
      #expect(next.density >= reward.density.value, "\(at)")
      #expect(next.end + next.density >= reward.end.value)
      guard next.price == at else { continue }
      #expect(next.density <= reward.density.value * 1.006 && next.end <= reward.end.value * 1.006)
    }
    let prices = RewardTable.bounds.map(\.price)
    #expect(zip(prices, prices.dropFirst()).allSatisfy { $0 < $1 } && prices.last == 1)
  }

  @Test("entries of the table are proved from their own numbers")
  func proved() {
    let step = Campaign.isLong ? 1 : 26
    for index in stride(from: 0, to: RewardTable.bounds.count, by: step) {
      #expect(RewardTable.bounds[index].isProved, "\(RewardTable.bounds[index])")
    }
  }

  @Test("an edge of a half-line earns what mpmath says")
  func edge() throws {
    let truth = try RewardOracle.read.get().edgeReward.value
    #expect(SeenInterval.edgeReward >= truth && SeenInterval.edgeReward < truth + 1e-6)
  }

  @Test(
    "claims that are no numbers, or beyond what is looked at, are not proved",
    arguments: [Double.nan, -1, 0, .infinity, 1e300, .leastNonzeroMagnitude, 1.5])
  func nonsense(value: Double) {
    #expect(!RewardBound(price: value, density: 0.3, end: 0.6).isProved)
    #expect(!RewardBound(price: 0.5, density: value, end: 0.6).isProved)
    if !(value > 0.3) { #expect(!RewardBound(price: 0.5, density: 0.3, end: value).isProved) }
  }
}

@Suite("Converse for codes without Slepian-Wolf coding")
struct MarginalConverseTests {
  /// Theorem 2 where it exceeds R_WZ, without the converse for H(U|Y).
  private static func converse(_ problem: GaussianSideInformation) -> MarginalConverse<LogarithmicLimit> {
    MarginalConverse(
      problem,
      conditional: LogarithmicLimit(name: .wynerZiv, kind: .lower, summary: "", formula: "", variance: Interval(1)))
  }

  /// Twenty noise variances, from 1e-4 to 3.
  private static let noises = (0..<20).map { 1e-4 * Double.exp(Double($0) / 19 * Double.log(3e4)) }

  /// A random code for noise of a deviation: combs, jittered combs, random unions, layers and steps.
  private static func code(_ noise: Double, _ random: inout SeededGenerator) throws -> LabelledQuantizer {
    let sigma = (noise / (1 + noise)).squareRoot()
    let labels = Int.random(in: 2...24, using: &random)
    let kind = Int.random(in: 0...4, using: &random)
    let period = kind == 4 ? 9 : sigma * random.uniform(2...14)
    let width = max(period / Double(labels), 8.0 / 4000)
    var thresholds: [Double] = []
    var place = -4.0 - random.unit() * period
    while place < 4 {
      thresholds.append(place)
      switch kind {
      case 1: place += width * random.uniform(0.6...1.4)
      case 2: place += width * random.uniform(0.02...3)
      default: place += width
      }
    }
    let names = (0...thresholds.count).map { index in
      switch kind {
      case 2: return Int.random(in: 0..<labels, using: &random)
      case 3: return (index % labels) / 2 + (index / labels % 2) * labels
      default: return index % labels
      }
    }
    return try LabelledQuantizer(thresholds: thresholds, labels: names)
  }

  @Test("no code of any kind lies below the bound, at 20 noise variances")
  func codes() throws {
    for (index, noise) in Self.noises.enumerated() {
      let problem = try GaussianSideInformation(sourcePlusNoise: noise)
      let converse = Self.converse(problem)
      var random = SeededGenerator(seed: UInt64(index))
      for _ in 0..<Campaign.cases(3, long: 500) {
        let (value, error) = try Self.code(noise, &random).performance(for: problem)
        let distortion = (value.distortion + error.distortion) / problem.conditionalVariance
        let least = try converse.point(atDistortion: min(distortion, 1)).rate
        #expect(value.marginalRate + error.marginalRate >= least, "\(noise) \(value)")
      }
    }
  }

  @Test("a good comb lies above the bound, and below one from rewards that are a third too small")
  func caught() throws {
    let noise = 1e-3
    let problem = try GaussianSideInformation(sourcePlusNoise: noise)
    let sigma = problem.conditionalVariance.squareRoot()
    let width = 7.2 * sigma / 6
    let count = Int(5 / width)
    let comb = try LabelledQuantizer(
      thresholds: (-count...count).map { (Double($0) + 0.5) * width },
      labels: (-count...count + 1).map { ($0 + 6 * count) % 6 })
    let (value, error) = comb.performance(for: problem)
    let (rate, distortion) = (
      (value.marginalRate + error.marginalRate) * 0.6931471805599453,
      (value.distortion + error.distortion) / problem.conditionalVariance
    )
    let wrong = RewardTable.bounds.map {
      RewardBound(price: $0.price, density: $0.density * 0.67, end: $0.end * 0.67)
    }
    let right = MarginalDual(RewardTable.bounds, spread: Interval(problem.spread))
    let caught = MarginalDual(wrong, spread: Interval(problem.spread))
    let slopes = stride(from: 1.0, through: 40, by: 0.5)
    #expect(slopes.allSatisfy { right.least(slope: $0).value <= rate + $0 * distortion })
    #expect(slopes.contains { caught.least(slope: $0).value > rate + $0 * distortion })
    // And such bounds are not proved.
    #expect(!wrong[wrong.count - 12].isProved)
  }

  @Test("bounds are proved by their evidence; what is forged, of other noise, or beyond what is looked at, is not")
  func evidence() throws {
    let problem = try GaussianSideInformation(sidePlusNoise: 0.01)
    let curve = Curve(Self.converse(problem))
    let bound = try curve.bound(atDistortion: 0.1)
    let form = bound.evidence.form
    #expect(form.type == RewardMultiplier.type && bound.kind == .lower)
    let read = try curve.evidence(from: form)
    #expect(try curve.proved(by: read, atDistortion: 0.1).lower == bound.rate.lower)
    #expect(abs(try curve.point(atDistortion: 0.1).rate - bound.rate.lower) < 1e-5)
    // More distortion needs fewer bits: what is proved falls.
    #expect(try curve.proved(by: read, atDistortion: 0.2).lower < bound.rate.lower)
    // Of another noise variance it is worth less or more, but never more than is true there.
    let other = Curve(Self.converse(try GaussianSideInformation(sidePlusNoise: 0.1)))
    #expect(try other.proved(by: read, atDistortion: 0.1).lower <= other.point(atDistortion: 0.1).rate + 1e-9)
    #expect(
      try Curve(Self.converse(GaussianSideInformation(correlation: 0))).proved(by: read, atDistortion: 0.1).lower == 0)

    func forged(_ name: String, _ value: EvidenceForm.Value) -> EvidenceForm {
      EvidenceForm(form.type, form.members.map { $0.name == name ? .init(name, value) : $0 })
    }
    for slope in [Double.nan, .infinity] {
      #expect(throws: MalformedEvidence.self) { try curve.evidence(from: forged("slope_nats", .number(slope))) }
    }
    #expect(throws: MalformedEvidence.self) { try curve.evidence(from: forged("ends", .numbers([1]))) }
    for slope in [0, -3, Double.leastNonzeroMagnitude, 1e300] {
      let evidence = try curve.evidence(from: forged("slope_nats", .number(slope)))
      #expect(throws: DomainError.self) { try curve.proved(by: evidence, atDistortion: 0.1) }
    }
    let densities = try form.numbers("densities")
    let lies: [[Double]] = [
      densities.map { $0 * 0.98 }, densities.map { -$0 }, densities.map { _ in Double.leastNonzeroMagnitude },
      densities.map { _ in 0 },
      densities.map { _ in 1e300 },
    ]
    for lie in lies {
      let evidence = try curve.evidence(from: forged("densities", .numbers(lie)))
      #expect(throws: DomainError.self) { try curve.proved(by: evidence, atDistortion: 0.1) }
    }
    for empty in [[Double](), Array(densities.reversed())] where empty.count != densities.count {
      var none = forged("densities", .numbers(empty))
      none.members = none.members.map { $0.name == "slope_nats" ? $0 : .init($0.name, .numbers([])) }
      let evidence = try curve.evidence(from: none)
      #expect(throws: DomainError.self) { try curve.proved(by: evidence, atDistortion: 0.1) }
    }
    let backwards = try curve.evidence(from: forged("prices", .numbers(form.numbers("prices").reversed())))
    #expect(throws: DomainError.self) { try curve.proved(by: backwards, atDistortion: 0.1) }
  }

  @Test("the curve is the converse for H(U|Y) or above it, falls, is convex and inverts", arguments: [0.1, 0.01, 1e-6])
  func shape(noise: Double) throws {
    let curve = Self.converse(try GaussianSideInformation(sidePlusNoise: noise))
    var points: [OperatingPoint] = []
    for index in 0...60 { points.append(try curve.point(atDistortion: Double.exp(-Double(index) / 6) * 0.999)) }
    for (a, b) in zip(points, points.dropFirst()) {
      #expect(a.rate < b.rate)
      #expect(try #require(a.slope) <= #require(b.slope) * (1 + 1e-9))
      #expect(a.rate >= -Double.log(a.distortion) / (2 * natsPerBit) - 1e-12)
      let inverse = try curve.point(atRate: b.rate).distortion
      #expect(abs(inverse / b.distortion - 1) < 1e-9)
    }
  }
}

@Suite("Binning under a flat prior")
struct BinningTests {
  /// Rates and distortions of the best combs and of the bound, computed elsewhere to the digits given.
  private static let published: [(rate: Double, bound: Double, comb: Double)] = [
    (2.02, 0.198, 0.239), (3.18, 0.0546, 0.0638), (4.53, 0.01101, 0.01244), (7.25, 0.000367, 0.000400),
  ]

  @Test("the bound and the best comb at the rates of an independent computation")
  func values() throws {
    for known in Self.published {
      let lower = try BinningConverse().point(atRate: known.rate).distortion
      let upper = try CombCurve().point(atRate: known.rate).distortion
      #expect(abs(lower / known.bound - 1) < 0.02 && abs(upper / known.comb - 1) < 0.015, "\(known)")
    }
  }

  @Test("bounds are proved, and enclose each other", arguments: [0.3, 0.05])
  func proved(distortion: Double) throws {
    let (lower, upper) = (Curve(BinningConverse(), squaredScale: 4), Curve(CombCurve(), squaredScale: 4))
    let (below, above) = (try lower.bound(atDistortion: 4 * distortion), try upper.bound(atDistortion: 4 * distortion))
    #expect(below.value < above.value && above.value < below.value + 0.3)
    let comb = try upper.evidence(from: above.evidence.form)
    #expect(try upper.proved(by: comb, atDistortion: 4 * distortion).upper <= above.value + 1e-12)
    #expect(try upper.proved(by: comb, atDistortion: 3.9 * distortion).upper == .infinity)
    let named = try lower.evidence(from: below.evidence.form)
    #expect(try lower.proved(by: named, atDistortion: 4 * distortion).lower >= below.value - 1e-12)
  }

  @Test("combs that are none prove nothing")
  func forged() throws {
    for (period, width) in [(8.0, 8.0), (8, 0), (8, -1), (0.5, 0.1), (1e300, 1e299), (8, Double.leastNonzeroMagnitude)]
    {
      let comb = try Comb(EvidenceForm(Comb.type, numbers: ["period": period, "width": width]))
      #expect(try CombCurve().proved(by: comb, atDistortion: 0.5).upper == .infinity)
    }
    let lie = try RewardDensity(EvidenceForm(RewardDensity.type, numbers: ["price": 1, "density": 0.24]))
    #expect(throws: DomainError.self) { try BinningConverse().proved(by: lie, atDistortion: 0.5) }
  }
}

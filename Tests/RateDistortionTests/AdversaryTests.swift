import Foundation
import IntervalArithmetic
import RateDistortion
import TestSupport
import Testing

/// Somebody who wants a false claim called proved: evidence that holds is bent at random, or moved to another distortion, and
/// what it then proves is compared with the curve's own enclosure, which knows nothing of it.
@Suite("an adversary of certificates")
struct AdversaryTests {
  /// Numbers that code is rarely written for.
  private static let nasty: [Double] = [
    0, -0.0, 1, -1, 0.5, 2, 1e-300, -1e-300, .leastNonzeroMagnitude, .leastNormalMagnitude, 1e300, -1e300,
    .greatestFiniteMagnitude, 1e16, 1e-16,
    .infinity, -.infinity, .nan,
  ]

  /// Codes of one step.
  private static let stepped: Set = ["uniform-threshold", "dead-zone", "stepped-code"]

  private static func bent(_ value: Double, _ generator: inout SeededGenerator) -> Double {
    switch Int.random(in: 0..<6, using: &generator) {
    case 0: return nasty[Int.random(in: nasty.indices, using: &generator)]
    case 1: return value * exp(generator.uniform(-3...3))
    case 2: return value.nextUp
    case 3: return value.nextDown
    case 4: return -value
    default: return value * (1 + generator.uniform(-1e-6...1e-6))
    }
  }

  private static func bent(_ values: [Double], _ generator: inout SeededGenerator) -> [Double] {
    var values = values
    let place = values.isEmpty ? 0 : Int.random(in: values.indices, using: &generator)
    switch Int.random(in: 0..<8, using: &generator) {
    case 0: return []
    case 1: return values.reversed()
    case 2: return values + values
    case 3: return values.map { $0 * 1e-300 }
    case 4: values = values.map { bent($0, &generator) }
    case 5: if !values.isEmpty { values.remove(at: place) }
    case 6: if !values.isEmpty { values.insert(values[place], at: place) }
    default: if !values.isEmpty { values[place] = bent(values[place], &generator) }
    }
    return values
  }

  private static func bent(_ form: EvidenceForm, _ generator: inout SeededGenerator) -> EvidenceForm {
    var form = form
    guard !form.members.isEmpty else { return form }
    let place = Int.random(in: form.members.indices, using: &generator)
    switch form.members[place].value {
    case .number(let value): form.members[place].value = .number(bent(value, &generator))
    case .numbers(let values): form.members[place].value = .numbers(bent(values, &generator))
    case .form(let part): form.members[place].value = .form(bent(part, &generator))
    case .text(let text): form.members[place].value = .text(Bool.random(using: &generator) ? "" : text + " ")
    case .none: form.members[place].value = .number(nasty[Int.random(in: nasty.indices, using: &generator)])
    }
    return form
  }

  /// Whether what bent evidence proves contradicts the curve at D.
  private static func isFalse(
    _ proved: Interval, _ curve: Curve, of source: KnownSource, at distortion: Double
  ) throws -> Bool {
    // A bound from a table of prices is not the best that prices prove: there the best comb, which is achieved, judges.
    if curve.name == .binningLower {
      let comb = try source.curve(named: .comb)
      return (try? comb.bound(atDistortion: distortion).rate.upper).map { proved.lower > $0 + 1e-9 } ?? false
    }
    // A curve that is not computed there is no judge.
    guard let truth = try? curve.bound(atDistortion: distortion).rate, truth.lower.isFinite else { return false }
    switch curve.kind {
    case .lower: return proved.lower > truth.upper + 1e-9
    // Any code is achievable, and none lies below what the best code of its kind is enclosed to reach. Of codes with one step a
    // curve has the best of some phases only, and another may be better: below the converse none is.
    case .upper:
      guard proved.upper < truth.lower - 1e-9 else { return false }
      guard curve.evidence.contains(where: { stepped.contains($0.type) }) else { return true }
      let converse = source.judgement.converse
      return try proved.upper < converse.bound(atDistortion: distortion).rate.lower - 1e-9
    case .exact: return proved.isDisjoint(with: truth)
    case .estimate: return false
    }
  }

  @Test(
    "10,000 bent certificates of every curve that is quick: none proves what is false, none is slow", arguments: 0..<8)
  func bending(part: Int) throws {
    var generator = SeededGenerator(seed: UInt64(70 + part))
    let curves = try Catalogue.sources.map { try KnownSource($0) }
      .flatMap { source in source.curves.filter { !$0.isCostly && $0.kind != .estimate }.map { (source, $0) } }
    #expect(curves.count > 40)
    var accepted = 0
    for round in 0..<Campaign.cases(1_250, long: 125_000) {
      let (source, curve) = curves[(round * 8 + part) % curves.count]
      // What is solved anew takes up to seconds: some tens of rounds, and laws of their own (`ForgedLawTests`).
      let rests = { (curve: Curve) in
        curve.evidence.contains { $0 == NamedSlopes.self || $0 == Codebook.self || $0 == OneShotDual.self }
      }
      let isInherited = curve.name == .realismPrivate && source.curves.contains { $0.name == .ecsq && rests($0) }
      let isSolved = curve.name == .binningLower || rests(curve) || isInherited
      if isSolved, Int.random(in: 0..<Campaign.cases(100, long: 5_000), using: &generator) > 0 { continue }
      // Averages over the offset take some 10 ms: every tenth round.
      let isDithered = curve.evidence.contains { $0 == DitherStep.self }
      if isDithered, Int.random(in: 0..<Campaign.cases(10, long: 1), using: &generator) > 0 { continue }
      let share = exp(generator.uniform(-6...(-0.01)))
      let distortion = curve.largestDistortion * share
      guard distortion >= curve.range.leastDistortion,
        let bound = try? curve.bound(atDistortion: distortion), bound.value < 6
      else { continue }
      let what = "\(source.description.name) \(curve.name) at \(distortion)"
      // As it is, the evidence bears its bound out.
      let form = bound.evidence.form
      let own = try curve.proved(by: try curve.evidence(from: form), atDistortion: distortion)
      #expect(own.lower <= bound.rate.upper && own.upper >= bound.rate.lower, "\(what)")
      var bent = Self.bent(form, &generator)
      if Bool.random(using: &generator) { bent = Self.bent(bent, &generator) }
      let place =
        Int.random(in: 0..<3, using: &generator) == 0 ? distortion * exp(generator.uniform(-1...1)) : distortion
      let start = ContinuousClock().now
      if let evidence = try? curve.evidence(from: bent),
        let proved = try? curve.proved(by: evidence, atDistortion: place)
      {
        accepted += 1
        #expect(
          !(try Self.isFalse(proved, curve, of: source, at: place)), "\(what): \(bent) proves \(proved) at \(place)")
      }
      // Slopes are solved anew, which may take 15 s each where nothing else runs; there are three at most.
      let limit = bent.type == NamedSlopes.type || isInherited ? 90 : 10
      #expect(ContinuousClock().now - start < .seconds(limit), "\(what): \(bent)")
    }
    // Most evidence still is some: a test in which everything is malformed would try nothing.
    #expect(accepted > 200)
  }

  @Test(
    "laws that a NaN, a tilt or an underflow once made proofs of prove nothing false",
    arguments: [0.05, 0.5, 2, 5, 50])
  func forgedLaws(slope: Double) throws {
    let grid = (0...120).map { -30 + 0.5 * Double($0) }
    func proves(
      _ source: any InformationSource.Type, _ kind: BoundKind, _ points: [Double], _ weights: [Double], at d: Double
    )
      -> Interval
    {
      let curve = try? KnownSource(source).curves.first { $0.name == .shannon && $0.kind == kind }
      let law = NamedLaw(slope: slope, points: points, weights: weights)
      return (try? curve?.proved(by: law, atDistortion: d)) ?? .entire
    }
    let ends = (0..<100).map { 0.3 * Double($0) }
    // R(D) of the exponential source at 0.2 is at least 0.7752 bits, that of the Laplace source at 1.2755 at least 0.25.
    #expect(proves(Exponential.self, .upper, ends, ends.map { exp(-$0) }, at: 0.2).upper >= 0.7752)
    #expect(proves(Laplace.self, .upper, grid, grid.map { exp(-abs($0)) }, at: 1.2755).upper >= 0.25)
    for weights in [
      grid.map { _ in .leastNonzeroMagnitude }, grid.indices.map { $0 % 7 == 0 ? 1 : 1e-240 },
      grid.indices.map { $0 == 3 ? 1 : 1e-290 },
      grid.map { exp(-4 * $0) },
    ] {
      // R(1) lies between 0.3956 and 0.4427 bits.
      #expect(proves(Laplace.self, .lower, grid, weights, at: 1).lower <= 0.4427)
      #expect(proves(Laplace.self, .upper, grid, weights, at: 1).upper >= 0.3955)
    }
    #expect(proves(Laplace.self, .lower, [0], [1], at: 1).lower <= 0.4427)
    guard slope < 10 else { return }
    let plane = (0..<10).flatMap { u in (-12..<3).flatMap { v in [Double(u), Double(v), -Double(u), Double(v)] } }
    for weight in [3 * .leastNonzeroMagnitude, 0.7 * .leastNormalMagnitude, 1 as Double] {
      // R(0.5) of the banana is 2.641 bits.
      let weights = [Double](repeating: weight, count: plane.count / 2)
      #expect(proves(Banana.self, .lower, plane, weights, at: 0.5).lower <= 2.642)
      #expect(proves(Banana.self, .upper, plane, weights, at: 0.5).upper >= 2.64)
    }
  }
}

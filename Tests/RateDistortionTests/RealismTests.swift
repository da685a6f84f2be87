import Foundation
import IntervalArithmetic
import RateDistortion
import TestSupport
import Testing

@Suite("limits at perfect realism")
struct RealismTests {
  private func curve(_ name: CurveName, of source: String) throws -> Curve {
    try KnownSource(Catalogue.source(named: source)).curve(named: name)
  }

  // MARK: Values

  @Test("shared and Shannon limits are what quadrature and convex hulls of 40 digits give")
  func oracle() throws {
    let shared = try RealismOracle.rows(\.shared)
    let shannon = try RealismOracle.rows(\.shannon)
    #expect(shared.count == 28 && shannon.count == 42)
    for row in shared { #expect(try row.matches(.realismShared, width: 1e-12), "\(row)") }
    for row in shannon {
      #expect(try row.matches(.realismShannon, width: 1e-12), "\(row)")
    }
  }

  @Test("two cells of the circle: 2 (1 - 4/pi^2) without common randomness, 2 (1 - 2/pi) with it")
  func namedValues() throws {
    let circle = { (name: CurveName, rate: Double) in
      try curve(name, of: "circle").point(atRate: rate).distortion
    }
    #expect(abs(try circle(.realismPrivate, 1) - 2 * (1 - 4 / (Double.pi * Double.pi))) < 1e-14)
    // Two cells lie on the segment from rate 0 to three: the polygon is lower there.
    #expect(abs(try circle(.realismShared, 2) - 0.19936737) < 1e-8)
    #expect(try circle(.realismShared, 1) <= 0.72676047)
    #expect(abs(try circle(.realismPrivate, 2) - 0.37886106) < 1e-8)
    #expect(abs(try curve(.realismPrivate, of: "ramp").point(atRate: 2).distortion - 0.07291667) < 1e-8)
    #expect(abs(try curve(.realismShared, of: "ramp").point(atRate: 2).distortion - 0.05729167) < 1e-8)
    // (1/2) log2(1/(1 - (1 - D/2)^2)) of the Gaussian, sigma = 1.
    #expect(abs(try curve(.realismShannon, of: "gaussian").bound(atDistortion: 0.5).value - log2(16.0 / 7) / 2) < 1e-14)
  }

  @Test("realism costs the ramp 1 - ln 2 nats at high rate, the circle and the Gaussian nothing")
  func price() throws {
    for (source, price) in [("ramp", (1 - log(2.0)) / log(2.0)), ("circle", 0), ("gaussian", 0), ("sinusoid", 0)] {
      let (real, shannon) = (try curve(.realismShannon, of: source), try curve(.shannon, of: source))
      let distortion = 1e-7
      let gap = try real.bound(atDistortion: distortion).value - shannon.bound(atDistortion: distortion).value
      #expect(abs(gap - price) < 2e-6, "\(source): \(gap)")
    }
  }

  @Test("without common randomness every code has twice the distortion, of the kinds that are known")
  func privateIsTwice() throws {
    for type in Catalogue.sources {
      let source = try KnownSource(type)
      let realistic = source.curves.filter { $0.name == .realismPrivate && !$0.isCostly }
      for curve in realistic {
        let names: [CurveName] = [.exact, .ecsq, .lower, .upper]
        let other = try #require(
          names.lazy.compactMap { name in source.curves.first { $0.name == name && $0.kind == curve.kind } }.first)
        for share in [0.9, 0.3, 0.04] {
          let distortion = share * other.largestDistortion
          let (own, twice) = (try other.bound(atDistortion: distortion), try curve.bound(atDistortion: 2 * distortion))
          #expect(own.rate == twice.rate && curve.kind == other.kind, "\(source.description.name)")
        }
        #expect(curve.largestDistortion == 2 * other.largestDistortion)
        #expect(try curve.bound(atDistortion: 2.0000001 * other.largestDistortion).value == 0)
      }
    }
  }

  @Test("no realism limit judges, and a sampled process has none")
  func roles() throws {
    var found = 0
    for type in Catalogue.sources {
      let source = try KnownSource(type)
      found += source.curves.filter { $0.name.isAtRealism }.count
      let judgement = source.judgement
      let judges =
        [judgement.converse, judgement.achievable, judgement.hull] + judgement.codes + judgement.slowCodes
        + judgement.references
      #expect(!judges.contains { $0.name.isAtRealism })
      // They stand behind all others, so that an old column of a table stays where it was.
      let places = source.curves.indices.filter { source.curves[$0].name.isAtRealism }
      #expect(places == Array(source.curves.indices.suffix(places.count)))
    }
    #expect(found > 20)
    // On a grid the ramp has no atoms, but one bound alone; the sawbridge has atoms.
    let sampled = try KnownSource(Ramp.self, ["samples": .number(64)])
    #expect(sampled.curves.filter(\.name.isAtRealism).map(\.name) == [.realismPrivate])
    let bridge = try KnownSource(Sawbridge.self, ["samples": .number(64)])
    #expect(!bridge.curves.contains { $0.name.isAtRealism })
  }

  // MARK: Brute force

  /// The mean of exp(2 pi i v) over 12 arcs of the circle.
  private static let arcs = (0..<12).map { arc -> (x: Double, y: Double) in
    let (length, angle) = (sin(Double.pi / 12) / (Double.pi / 12), 2 * Double.pi * (Double(arc) + 0.5) / 12)
    return (length * cos(angle), length * sin(angle))
  }

  @Test("no random encoder and realistic decoder of the circle beats the limit without common randomness")
  func randomDecoders() throws {
    let limit = try curve(.realismPrivate, of: "circle")
    var generator = SeededGenerator(seed: 20)
    var near = Double.infinity
    for round in 0..<1_000 {
      let messages = Int.random(in: 1...6, using: &generator)
      // A channel from arcs to messages, and one from messages to arcs that makes arcs uniform again.
      let spread = [0.5, 3, 30][round % 3]
      let offset = generator.uniform(0...1)
      let encoder = (0..<12).map { arc -> [Double] in
        let weights = (0..<messages).map { message in
          let place = (Double(arc) + 0.5) / 12 - (Double(message) + offset) / Double(messages)
          return exp(spread * (cos(2 * Double.pi * place) + generator.uniform(-0.05...0.05)))
        }
        let total = weights.reduce(0, +)
        return weights.map { $0 / total }
      }
      let masses = (0..<messages).map { message in encoder.reduce(0) { $0 + $1[message] / 12 } }
      var joint = (0..<messages).map { message in
        (0..<12).map { encoder[$0][message] / 12 * exp(round % 2 == 0 ? 0 : generator.uniform(-1...1)) }
      }
      for _ in 0..<100 {
        for message in 0..<messages {
          let sum = joint[message].reduce(0, +)
          for arc in 0..<12 { joint[message][arc] *= masses[message] / sum }
        }
        for arc in 0..<12 {
          let sum = joint.reduce(0) { $0 + $1[arc] }
          for message in 0..<messages { joint[message][arc] /= 12 * sum }
        }
      }
      // E<X, Y> through the means given the message.
      var correlation = 0.0
      for message in 0..<messages {
        func mean(_ weight: (Int) -> Double) -> (x: Double, y: Double) {
          Self.arcs.indices.reduce(into: (0, 0)) { sum, arc in
            sum.0 += weight(arc) * Self.arcs[arc].x
            sum.1 += weight(arc) * Self.arcs[arc].y
          }
        }
        let (from, to) = (mean { encoder[$0][message] / 12 }, mean { joint[message][$0] })
        correlation += (from.x * to.x + from.y * to.y) / masses[message]
      }
      let entropy = masses.reduce(0) { $0 - ($1 > 0 ? $1 * log2($1) : 0) }
      let distortion = 2 - 2 * correlation
      guard distortion < 2 else { continue }
      let least = try limit.point(atDistortion: distortion).rate
      #expect(least <= entropy + 1e-9, "\(messages) messages of \(entropy) bits at \(distortion)")
      near = min(near, entropy - least)
    }
    #expect(near < 0.05, "codes that come nowhere near would test nothing: \(near)")
  }

  /// The partitions of n things: each thing's block, blocks numbered as they first appear.
  private func partitions(of count: Int) -> [[Int]] {
    var blocks = [[0]]
    for _ in 1..<count { blocks = blocks.flatMap { start in (0...(start.max() ?? 0) + 1).map { start + [$0] } } }
    return blocks
  }

  @Test(
    "of the 4,140 partitions of 8 arcs none undercuts a limit, whether its cells are reproduced by means or by realisations",
    arguments: ["ramp", "circle", "square-wave", "triangle-wave"])
  func allPartitions(name: String) throws {
    let distance: (Double) -> Double
    switch name {
    case "ramp": distance = { $0 * (1 - $0) }
    case "circle": distance = { 2 - 2 * cos(2 * Double.pi * $0) }
    case "square-wave": distance = { 8 * min($0, 1 - $0) }
    default:
      distance = { (t: Double) in
        let u = min(t, 1 - t); return 16 * u * u - 64 * u * u * u / 3
      }
    }
    // Means of r over pairs of arcs, and over arcs from 32 places, by the midpoint rule: below the truth by up to 1e-4.
    let steps = 40
    func mean(_ f: (Double) -> Double) -> Double {
      (0..<steps).reduce(0) { $0 + f((Double($1) + 0.5) / Double(8 * steps)) } / Double(steps)
    }
    let pairs = (0..<8).map { arc in mean { u in mean { v in distance(abs(Double(arc) / 8 + u - v)) } } }
    let places = (0..<32).map { place in
      (0..<8).map { arc in mean { u in distance(abs(Double(arc) / 8 + u - Double(place) / 32)) } }
    }
    let (one, shared) = (try curve(.exact, of: name), try curve(.realismShared, of: name))
    let partitions = partitions(of: 8)
    #expect(partitions.count == 4_140)
    for blocks in partitions {
      var (rate, mean, realised) = (0.0, 0.0, 0.0)
      for block in 0..<8 {
        let members = blocks.indices.filter { blocks[$0] == block }
        guard !members.isEmpty else { continue }
        let size = Double(members.count)
        rate -= size / 8 * log2(size / 8)
        for a in members { for b in members { mean += pairs[abs(a - b)] / (2 * 8 * size) } }
        realised += (places.map { place in members.reduce(0) { $0 + place[$1] } }.min() ?? 0) / 8
      }
      if mean < one.largestDistortion - 1e-3 {
        #expect(try one.point(atDistortion: mean + 1e-3 * one.largestDistortion).rate <= rate + 1e-9, "\(blocks)")
      }
      if realised < shared.largestDistortion - 1e-3 {
        #expect(
          try shared.point(atDistortion: realised + 1e-3 * shared.largestDistortion).rate <= rate + 1e-9, "\(blocks)")
      }
    }
  }

  // MARK: Evidence

  @Test("evidence reads back and proves what was claimed, at every distortion of every realism limit")
  func roundTrip() throws {
    for type in Catalogue.sources {
      let source = try KnownSource(type)
      for curve in source.curves where curve.name.isAtRealism && !curve.isCostly {
        for share in [0.999, 0.7, 0.1, 0.003] {
          let distortion = share * curve.largestDistortion
          guard distortion >= curve.range.leastDistortion else { continue }
          let bound = try curve.bound(atDistortion: distortion)
          // Slopes are solved anew, which takes seconds.
          if case .form(let claim)? = bound.evidence.form["claim"], claim.type == "slopes", !Campaign.isLong {
            continue
          }
          let proved = try curve.proved(
            by: curve.evidence(from: bound.evidence.form), atDistortion: distortion)
          if bound.kind != .upper { #expect(proved.lower >= bound.rate.lower - 1e-12, "\(source.description.name)") }
          if bound.kind != .lower { #expect(proved.upper <= bound.rate.upper + 1e-12, "\(source.description.name)") }
          let point = try curve.point(atDistortion: distortion)
          #expect(point.rate >= bound.rate.lower - 1e-9 && point.rate <= bound.rate.upper + 1e-9)
          // The slope is a derivative.
          let step = 1e-5 * distortion
          let finer = try curve.point(atDistortion: distortion - step)
          let coarser = try curve.point(atDistortion: distortion + step)
          if curve.name == .realismShannon, let slope = point.slope {
            #expect(
              abs((finer.rate - coarser.rate) / (2 * step) / slope - 1) < 1e-3,
              "\(source.description.name) \(distortion)")
          }
        }
      }
    }
  }

  @Test("an inherited claim that names another curve, another distortion or no claim proves nothing")
  func forged() throws {
    let curve = try curve(.realismPrivate, of: "circle")
    let exact = try self.curve(.exact, of: "circle")
    let own = try exact.bound(atDistortion: 0.2).evidence
    let honest = InheritedClaim(.exact, at: "D/2", by: own)
    let truth = try curve.bound(atDistortion: 0.4).rate
    #expect(try curve.proved(by: honest, atDistortion: 0.4).isSubset(of: .hull(truth.lower - 1e-9, truth.upper + 1e-9)))
    // The same code judged without its other half, by another name, by another shift, wrapped twice.
    let forgeries = [
      InheritedClaim(.upper, at: "D/2", by: own), InheritedClaim(.exact, at: "D", by: own),
      InheritedClaim(.exact, at: "D - D^2/(4 Dmax)", by: own), InheritedClaim(.realismPrivate, at: "D/2", by: honest),
    ]
    for forged in forgeries {
      let proved = (try? curve.proved(by: forged, atDistortion: 0.4)) ?? .hull(0, .infinity)
      #expect(proved == .hull(0, .infinity), "\(forged)")
    }
    // A code for 0.2 is not one for 0.19, and E(D) at D is not E(D/2).
    #expect(try curve.proved(by: honest, atDistortion: 0.38).upper == .infinity)
    #expect(throws: MalformedEvidence.self) { try curve.evidence(from: own.form) }
    let garbage = EvidenceForm(
      "inherited",
      [.init("curve", .text("exact")), .init("at", .text("D/2")), .init("claim", .form(.init("dual", [])))])
    #expect(throws: DomainError.self) {
      try curve.proved(by: curve.evidence(from: garbage), atDistortion: 0.4)
    }
    #expect(throws: MalformedEvidence.self) {
      try curve.evidence(from: EvidenceForm("inherited", [.init("curve", .text("exact"))]))
    }
    // A bracket moved to distortions where one code is too good and the other too bad proves the trivial.
    for distortion in [1e-300, 1e-3, 1.9, 2.5] {
      let proved = try curve.proved(by: honest, atDistortion: distortion)
      let value = try curve.bound(atDistortion: distortion).rate
      #expect(proved.lower <= value.upper && proved.upper >= value.lower)
    }
  }

  @Test("evidence of E(D) and of R(D) proves nothing of the ramp at perfect realism, nor the other way round")
  func exchanged() throws {
    let shannon = try curve(.shannon, of: "ramp")
    let real = try curve(.realismShannon, of: "ramp")
    let theirs = try shannon.bound(atDistortion: 0.02).evidence
    let ours = try real.bound(atDistortion: 0.02).evidence
    #expect(try real.proved(by: theirs, atDistortion: 0.02) == .hull(0, .infinity))
    #expect(try shannon.proved(by: ours, atDistortion: 0.02) == .hull(0, .infinity))
    // Channels of the family: nothing below R at its own distortion, whatever the concentration.
    let family = try #require(ours as? TestChannel).family
    let truth = try real.bound(atDistortion: 0.02).rate
    for kappa in [0, 1e-300, 1, 30, 49, 60, 255.999, 256, 257, 1e6, 1e300] {
      let named = TestChannel(family: family, achieving: kappa, dual: kappa)
      let proved = try real.proved(by: named, atDistortion: 0.02)
      #expect(proved.lower <= truth.upper && proved.upper >= truth.lower, "\(kappa)")
    }
    // Shared randomness: two dithered codes of the realism polygon, whose distortion is not that of their means.
    let shared = try curve(.realismShared, of: "ramp")
    let codes = SharedUniformCodes(fewer: 4, more: 5, weight: 0)
    #expect(try shared.proved(by: codes, atDistortion: 0.0573).upper < 2.001)
    #expect(try shared.proved(by: codes, atDistortion: 0.0572).upper == .infinity)
    #expect(try curve(.timeSharing, of: "ramp").proved(by: codes, atDistortion: 0.0572).upper < 2.001)
  }
}

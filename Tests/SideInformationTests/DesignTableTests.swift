import IntervalArithmetic
import RateDistortion
import TestSupport
import Testing

/// The tables of designed codes that the program carries, as data and as claims, and those that are made on first use.
@Suite("Tables of designed codes")
struct DesignTableTests {
  static let names = [
    "designed-marginal-0.1", "designed-conditional-0.1", "designed-marginal-0.01", "designed-conditional-0.01",
  ]

  static func designs(_ name: String) throws -> ShippedDesigns {
    try #require(KnownSource(WynerZiv.self).shippedDesigns.first { $0.name == name })
  }

  static func curve(_ coding: IndexCoding, noise: String) throws -> Curve {
    let source = try KnownSource(WynerZiv.self, SourceParameters(["noise-variance": noise], of: WynerZiv.description))
    return try source.curve(named: coding == .marginal ? .designedMarginal : .designedConditional)
  }

  @Test("the checksum is that of the numbers, and the codes are corners of a convex hull", arguments: names)
  func data(name: String) throws {
    let designs = try Self.designs(name)
    #expect(designs.checksumHolds == true)
    let entries = try #require(designs.stored).entries
    #expect(entries.count > 20 && entries[0].rate == 0 && entries[0].distortion == 1)
    var slope = 0.0
    for (a, b) in zip(entries, entries.dropFirst()) {
      #expect(b.rate.width < 1e-11 && b.distortion.width < 2.5e-12)
      let edge = (b.rate.midpoint - a.rate.midpoint) / (a.distortion.midpoint - b.distortion.midpoint)
      #expect(edge > slope, "\(a.rate) to \(b.rate)")
      slope = edge
    }
  }

  @Test("a code from the middle, or every code, enclosed anew, does what the table says", arguments: names)
  func enclosed(name: String) throws {
    let designs = try Self.designs(name)
    let entries = try #require(designs.stored).entries
    for index in Campaign.isLong ? Array(1..<entries.count) : [entries.count / 2] {
      let margin = entries[index].margin(spread: designs.spread, coding: designs.coding)
      #expect(margin >= 0 && margin < 1e-11, "code \(index): \(margin)")
    }
  }

  @Test("a damaged entry is caught: rate, distortion, threshold or label", arguments: names)
  func damaged(name: String) throws {
    let designs = try Self.designs(name)
    let table = try #require(designs.stored)
    let sum = ShippedDesigns.checksum(of: table)
    // A code of few cells, in the middle of which something is wrong.
    let index = 4
    let entry = table.entries[index]
    let cell = entry.code.thresholds.count / 2
    var thresholds = entry.code.thresholds
    thresholds[cell] += 0x1p-10
    var labels = entry.code.labels
    labels[cell] = labels[cell] == labels[cell + 1] ? labels[cell - 1] : labels[cell + 1]
    var damaged = [DesignTable.Entry](repeating: entry, count: 5)
    damaged[0].rate = .hull(entry.rate.lower, entry.rate.upper - 1e-11)
    damaged[1].distortion = .hull(entry.distortion.lower, entry.distortion.upper * (1 - 1e-11))
    damaged[2].rate = .hull(entry.rate.lower + 1e-11, entry.rate.upper + 1e-11)
    damaged[3].code = try LabelledQuantizer(thresholds: thresholds, labels: entry.code.labels)
    damaged[4].code = try LabelledQuantizer(thresholds: entry.code.thresholds, labels: labels)
    for (what, wrong) in damaged.enumerated() {
      #expect(!(wrong.margin(spread: designs.spread, coding: designs.coding) >= 0), "\(what)")
      var entries = table.entries
      entries[index] = wrong
      #expect(ShippedDesigns.checksum(of: DesignTable(corners: Array(entries.dropFirst()))) != sum, "\(what)")
    }
    // `prove` names it.
    let few = DesignTable(corners: [table.entries[1], damaged[3], table.entries[2]])
    let check = ShippedDesigns.check(few, of: designs) { _, _ in }
    #expect(!check.isProved && check.failure == "code 2" && check.boxes == 3)
    let good = ShippedDesigns.check(DesignTable(corners: [table.entries[1], entry]), of: designs) { _, _ in }
    #expect(good.isProved && good.failure.isEmpty)
    #expect(!ShippedDesigns.check(nil, of: designs) { _, _ in }.isProved)
  }

  @Test("a claim names its two codes and their share, and another share does not prove it", arguments: ["0.1", "0.01"])
  func claims(noise: String) throws {
    for coding in IndexCoding.allCases {
      let curve = try Self.curve(coding, noise: noise)
      let variance = curve.largestDistortion
      for factor in Campaign.isLong ? [0.8, 0.3, 0.06] : [0.3] {
        let bound = try curve.bound(atDistortion: factor * variance)
        let codes = try #require(bound.evidence as? SharedLabelledCodes)
        let proved = try curve.proved(by: codes, atDistortion: factor * variance)
        #expect(proved.upper <= bound.rate.upper && proved.upper > bound.rate.upper - 1e-11)
        let less = SharedLabelledCodes(coarser: codes.coarser, finer: codes.finer, weight: codes.weight - 1e-6)
        #expect(try curve.proved(by: less, atDistortion: factor * variance).upper == .infinity)
      }
    }
  }

  @Test("forged codes prove nothing, or no more than what they do", arguments: IndexCoding.allCases)
  func forged(coding: IndexCoding) throws {
    let curve = try Self.curve(coding, noise: "0.1")
    let distortion = 0.3 * curve.largestDistortion
    let bound = try curve.bound(atDistortion: distortion)
    let honest = try #require(bound.evidence as? SharedLabelledCodes)
    func proved(_ coarser: LabelledQuantizer, _ finer: LabelledQuantizer, _ weight: Double) throws -> Double {
      try curve.proved(
        by: SharedLabelledCodes(coarser: coarser, finer: finer, weight: weight), atDistortion: distortion
      ).upper
    }
    for weight in [-1e-9, 1 + 1e-9, .nan, .infinity] {
      #expect(try proved(honest.coarser, honest.finer, weight) == .infinity, "\(weight)")
    }
    // One label less costs less, and does less.
    let thresholds = honest.finer.thresholds
    let merged = honest.finer.labels.map { $0 == 1 ? 0 : $0 }
    #expect(
      try proved(honest.coarser, LabelledQuantizer(thresholds: thresholds, labels: merged), honest.weight) == .infinity)
    #expect(try proved(honest.coarser, honest.coarser, honest.weight) == .infinity)
    let wider = try LabelledQuantizer(thresholds: thresholds.map { 1.01 * $0 }, labels: honest.finer.labels)
    #expect(try proved(honest.coarser, wider, honest.weight) == .infinity)
    // The finer code all the time is a code for this distortion, at its own rate and no less.
    #expect(try proved(honest.finer, honest.finer, honest.weight) >= bound.rate.upper - 1e-11)
    // As many cells as nobody can enclose are refused.
    let many = try LabelledQuantizer(thresholds: (0..<2_000).map { Double($0) * 1e-3 }, labels: Array(0...2_000))
    #expect(throws: DomainError.self) { try proved(honest.coarser, many, honest.weight) }
  }

  @Test("D, R and back; beyond the last code nothing is claimed", arguments: ["0.1", "0.01"])
  func inverse(noise: String) throws {
    for coding in IndexCoding.allCases {
      let curve = try Self.curve(coding, noise: noise)
      for step in 1...40 {
        let rate = Double(step) / 10
        let point = try curve.point(atRate: rate)
        #expect(abs(try curve.point(atDistortion: point.distortion).rate - rate) < 1e-9)
        let bound = try curve.bound(atDistortion: point.distortion)
        #expect(abs(bound.rate.upper - rate) < 1e-9)
        #expect(point.slope.map { $0 > 0 } == true)
      }
      #expect(try curve.point(atRate: 9).slope == nil)
      #expect(try curve.bound(atDistortion: 1e-6 * curve.largestDistortion).rate.upper == .infinity)
    }
  }

  @Test("sharing costs at most 5e-4 bits over codes designed for the very point", arguments: IndexCoding.allCases)
  func price(coding: IndexCoding) throws {
    let curve = try Self.curve(coding, noise: "0.1")
    for factor in [0.75, 0.25, 0.04] {
      let distortion = factor * curve.largestDistortion
      let looked = try curve.bound(atDistortion: distortion).rate.upper
      let designed = try curve.precise.bound(atDistortion: distortion)
      #expect(looked - designed.rate.upper < 5.1e-4 && looked > designed.rate.upper - 1e-8, "\(factor)")
      #expect(designed.rate.width < 1e-10)
      #expect(try curve.proved(by: designed.evidence, atDistortion: distortion).upper == designed.rate.upper)
    }
  }

  @Test("a table serves every problem of one tau, whatever its scale")
  func scales() throws {
    let problem = try GaussianSideInformation(sidePlusNoise: 0.7, sideVariance: 7)
    let (own, other) = (
      DesignedCurve(problem, coding: .marginal),
      DesignedCurve(try GaussianSideInformation(sidePlusNoise: 0.1), coding: .marginal)
    )
    #expect(own.isCarried && other.isCarried)
    for factor in [0.5, 0.1] {
      let bound = try own.bound(atDistortion: factor * 0.7)
      #expect(abs(bound.value - (try other.bound(atDistortion: factor * 0.1).value)) < 1e-11)
      #expect(try own.proved(by: bound.evidence, atDistortion: factor * 0.7).upper <= bound.rate.upper)
    }
  }

  /// With Y the tables take half a minute.
  @Test(
    "a table that is not carried is made on first use, and its claims hold: without Y it is the optimal quantizer's",
    arguments: Campaign.isLong ? ["0", "0.5"] : ["0"], IndexCoding.allCases)
  func firstUse(correlation: String, coding: IndexCoding) throws {
    let parameters = try SourceParameters(
      ["setting": "correlation", "correlation": correlation], of: WynerZiv.description)
    let source = try KnownSource(WynerZiv.self, parameters)
    let curve = try source.curve(named: coding == .marginal ? .designedMarginal : .designedConditional)
    let converse = try source.curve(named: .oneShotLower)
    for factor in [0.6, 0.2, 0.05] {
      let distortion = factor * curve.largestDistortion
      let bound = try curve.bound(atDistortion: distortion)
      let least = try converse.bound(atDistortion: distortion).rate.lower
      #expect(bound.value >= least && bound.rate.width < 2e-11)
      if correlation == "0" { #expect(bound.value < least + 6e-4, "\(factor)") }
      #expect(try curve.proved(by: bound.evidence, atDistortion: distortion).upper <= bound.rate.upper)
    }
  }

  @Test("whether a table is carried depends on tau alone")
  func carried() throws {
    for (noise, isCarried) in [(0.1, true), (0.01, true), (0.03, false), (1, false)] {
      let problem = try GaussianSideInformation(sidePlusNoise: noise)
      for coding in IndexCoding.allCases {
        #expect(DesignedCurve(problem, coding: coding).isCarried == isCarried, "\(noise)")
      }
    }
  }
}

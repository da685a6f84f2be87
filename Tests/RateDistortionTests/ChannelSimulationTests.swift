import Foundation
import IntervalArithmetic
import RateDistortion
import TestSupport
import Testing

@Suite("one-shot codes that simulate a channel")
struct ChannelSimulationTests {
  @Test(
    "I + log2(I + 1) + 4 of R(D)'s upper end, in both directions, above every one-shot code known",
    arguments: ["gaussian", "laplace", "circle", "ramp", "sawbridge", "square-wave", "sphere", "banana"])
  func values(name: String) throws {
    let source = try KnownSource(Catalogue.source(named: name))
    let shannon = try #require(source.curves.last { $0.name == .shannon })
    let curve = try source.curve(named: .channelSimulation)
    #expect(curve.kind == .upper && !source.curves.contains { $0.name == .channelSimulation })
    for share in [0.999, 0.5, 0.1, 1e-3] {
      let distortion = share * shannon.largestDistortion
      let (bound, below) = (
        try curve.bound(atDistortion: distortion), try shannon.bound(atDistortion: distortion).rate.upper
      )
      let rate = below + log2(below + 1) + 4
      #expect(abs(bound.rate.upper / rate - 1) < 1e-14 && bound.kind == .upper, "\(bound.rate) \(rate)")
      let point = try curve.point(atDistortion: distortion)
      #expect(abs(try curve.point(atRate: point.rate).distortion / distortion - 1) < 1e-8)
      let proved = try curve.proved(by: curve.evidence(from: bound.evidence.form), atDistortion: distortion)
      // What a table's slopes prove anew is a little less than the table's own number.
      #expect(proved.upper >= bound.rate.upper - 1e-4 && proved.upper <= bound.rate.upper + 1e-6, "\(proved)")
      for code in source.curves
      where [.timeSharing, .ecsq, .ecvq, .upper].contains(code.name) && code.kind != .lower
        && distortion >= code.range.leastDistortion && name != "sphere"
      {
        #expect(try code.point(atDistortion: distortion).rate < rate, "\(code.name)")
      }
    }
    #expect(try curve.point(atRate: 4).distortion == shannon.largestDistortion)
    #expect(try curve.bound(atDistortion: 1.01 * shannon.largestDistortion).rate == .hull(0, 0))
  }

  @Test("evidence of another curve, another place or less distortion proves nothing")
  func forged() throws {
    let source = KnownSource(Circle())
    let (plain, real) = (
      try source.curve(named: .channelSimulation), try source.curve(named: .realismChannelSimulation)
    )
    let form = try plain.bound(atDistortion: 0.1).evidence.form
    #expect(try plain.proved(by: plain.evidence(from: form), atDistortion: 0.1).upper < 8)
    #expect(try plain.proved(by: plain.evidence(from: form), atDistortion: 0.099).upper == .infinity)
    #expect(try real.proved(by: real.evidence(from: form), atDistortion: 0.1).upper == .infinity)
    for (name, value) in [("at", "D/2"), ("curve", "exact")] {
      var other = form
      for k in other.members.indices where other.members[k].name == name { other.members[k].value = .text(value) }
      #expect(try plain.proved(by: plain.evidence(from: other), atDistortion: 0.1).upper == .infinity)
    }
    let direct = try source.curve(named: .shannon).bound(atDistortion: 0.1).evidence.form
    #expect(throws: MalformedEvidence.self) { try plain.evidence(from: direct) }
    #expect(throws: DomainError.self) {
      try KnownSource(Catalogue.source(named: "wyner-ziv")).curve(named: .channelSimulation)
    }
  }
}

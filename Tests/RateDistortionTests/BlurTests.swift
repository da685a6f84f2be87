import Foundation
import IntervalArithmetic
import RateDistortion
import TestSupport
import Testing

@Suite("waveforms behind a filter")
struct BlurTests {
  private func source(_ name: String, _ blur: String) throws -> KnownSource {
    let type = try Catalogue.source(named: name)
    return try KnownSource(type, SourceParameters(["blur": blur], of: type.description))
  }

  @Test("E(D) is what sums of powers of 40 digits give")
  func oracle() throws {
    let rows = try RealismOracle.rows(\.blurred)
    #expect(rows.count == 108)
    for row in rows {
      let curve = try source(row.source, try #require(row.blur)).curve(named: .exact)
      let bound = try curve.bound(atDistortion: row.distortion.value)
      #expect(row.rate.isBetween(bound.rate.lower, and: bound.rate.upper), "\(row) \(row.blur ?? "")")
      #expect(bound.rate.width < 2e-11, "\(row) \(row.blur ?? "") \(bound.rate.width)")
      let proved = try curve.proved(by: curve.evidence(from: bound.evidence.form), atDistortion: row.distortion.value)
      #expect(proved.lower >= bound.rate.lower - 1e-12 && proved.upper <= bound.rate.upper + 1e-12)
    }
  }

  /// The powers of the harmonics, times the squared transfer function.
  private func powers(_ name: String, _ blur: String, upTo last: Int) throws -> [(k: Double, power: Double)] {
    let size = try #require(Double(blur.split(separator: ":")[1]))
    return (1...last).compactMap { k -> (k: Double, power: Double)? in
      let (x, k) = (Double.pi * Double(k) * size, Double(k))
      let passed = blur.hasPrefix("box") ? pow(sin(x) / x, 2) : exp(-4 * x * x)
      switch name {
      case "ramp": return (k, passed / (2 * pow(Double.pi * k, 2)))
      case "square-wave": return Int(k) % 2 == 1 ? (k, passed * 8 / pow(Double.pi * k, 2)) : nil
      default: return Int(k) % 2 == 1 ? (k, passed * 32 / pow(Double.pi * k, 4)) : nil
      }
    }
  }

  @Test(
    "delta, its slope, and the distance from the centre are sums over the harmonics",
    arguments: ["ramp", "square-wave", "triangle-wave"])
  func cells(name: String) throws {
    for blur in ["box:0.5", "box:0.3", "box:0.2", "box:0.07", "gaussian:0.3", "gaussian:0.05", "gaussian:0.011"] {
      let last = 20_000
      let powers = try powers(name, blur, upTo: last)
      let source: any ClosedPhase
      let parameters = try SourceParameters(["blur": blur], of: Ramp.description)
      switch name {
      case "ramp": source = try Ramp(parameters: parameters)
      case "square-wave": source = try SquareWave(parameters: parameters)
      default: source = try TriangleWave(parameters: parameters)
      }
      // Harmonics beyond the last of a box: k^-4 at most.
      let rest = blur.hasPrefix("box") ? 1e-9 : 1e-15
      for p in [1, 0.93, 0.71, 0.5, 0.31, 0.21, 0.1, 0.03] {
        func sum(_ part: (Double) -> Double) -> Double {
          powers.reduce(0) { $0 + $1.power * part(Double.pi * $1.k * p) }
        }
        let sinc = { (x: Double) in sin(x) / x }
        let cost = sum { 1 - sinc($0) * sinc($0) }
        let slope = sum { 2 * sinc($0) * (sinc($0) - cos($0)) }
        let centred = sum { 2 * (1 - sinc($0)) }
        let centredSlope = sum { 2 * (sinc($0) - cos($0)) }
        for (value, truth) in [
          (source.cellDistortion(p), cost), (source.logarithmicSlope(p), slope), (source.centredDistortion(p), centred),
          (source.centredSlope(p), centredSlope),
        ] { #expect(abs(value - truth) <= rest, "\(blur) \(p)") }
        for (enclosure, truth) in [
          (source.cellDistortion(Interval(p)), cost), (source.logarithmicSlope(Interval(p)), slope),
          (source.centredDistortion(Interval(p)), centred), (source.centredSlope(Interval(p)), centredSlope),
        ] {
          #expect(enclosure.lower <= truth + rest && enclosure.upper >= truth - rest && enclosure.width < 1e-12)
        }
      }
      let total = powers.reduce(0) { $0 + $1.power }
      #expect(
        abs(source.largestDistortion - total) < rest && source.distortionOfSilence(as: Interval.self).width < 1e-14)
    }
  }

  @Test(
    "r' stays concave: second differences of r' over half a period",
    arguments: ["ramp", "square-wave", "triangle-wave"])
  func concave(name: String) throws {
    for blur in ["box:0.5", "box:0.3", "box:0.1", "gaussian:0.3", "gaussian:0.02"] {
      let powers = try powers(name, blur, upTo: 4_000)
      let slopes = (0...100).map { place in
        powers.reduce(0) { $0 + $1.power * $1.k * sin(2 * Double.pi * $1.k * Double(place) / 200) }
      }
      #expect(slopes.allSatisfy { $0 > -1e-6 })
      for i in 1..<100 { #expect(slopes[i] >= 0.5 * (slopes[i - 1] + slopes[i + 1]) - 1e-6, "\(blur) \(i)") }
    }
  }

  @Test(
    "a narrow filter changes little, a wide one leaves the first harmonic",
    arguments: ["ramp", "square-wave", "triangle-wave"])
  func limits(name: String) throws {
    let sharp = try KnownSource(Catalogue.source(named: name)).curve(named: .exact)
    let narrow = try source(name, "box:0.001").curve(named: .exact)
    let distortion = 0.3 * sharp.largestDistortion
    #expect(abs(try narrow.point(atDistortion: distortion).rate - sharp.point(atDistortion: distortion).rate) < 0.02)
    let wide = try source(name, "gaussian:0.5").curve(named: .exact)
    let circle = try KnownSource(Circle()).curve(named: .exact)
    for share in [0.8, 0.3, 0.05] {
      let rate = try wide.point(atDistortion: share * wide.largestDistortion).rate
      #expect(abs(rate - (try circle.point(atDistortion: share).rate)) < 1e-6)
    }
  }

  @Test("every curve of a blurred source is proved by its evidence, and none is left that is not its own")
  func curves() throws {
    for (name, blur) in [("ramp", "box:0.1"), ("square-wave", "gaussian:0.05"), ("triangle-wave", "box:0.35")] {
      let source = try source(name, blur)
      #expect(
        source.curves.map(\.name) == [.lower, .upper, .exact, .timeSharing, .realismPrivate, .realismShared])
      #expect(source.computedProof().count == 1 && source.codes == nil && source.gaps == nil)
      for curve in source.curves {
        for share in [0.9, 0.2, 0.01] {
          let distortion = share * curve.largestDistortion
          let bound = try curve.bound(atDistortion: distortion)
          let proved = try curve.proved(by: curve.evidence(from: bound.evidence.form), atDistortion: distortion)
          if bound.kind != .upper { #expect(proved.lower >= bound.rate.lower - 1e-12) }
          if bound.kind != .lower { #expect(proved.upper <= bound.rate.upper + 1e-12) }
          // A code of the sharp wave has another distortion here.
          let sharp = try KnownSource(Catalogue.source(named: name)).curve(named: curve.name)
          if curve.kind == .exact, share < 0.5 {
            let other = try sharp.bound(atDistortion: distortion)
            #expect(other.rate.intersection(with: bound.rate).isEmpty)
          }
        }
      }
    }
  }

  @Test(
    "what is no filter is refused with a reason",
    arguments: [
      "", "box", "box:", "box:0", "box:-0.1", "box:0.51", "box:nan", "box:inf", "box:1e-4", "gaussian:0",
      "gaussian:0.6",
      "gaussian:x", "gaussian:1e-3", "triangle:0.1", "box:0.1:0.2", "0.1",
    ])
  func badInput(blur: String) {
    #expect(throws: DomainError.self) { try source("ramp", blur) }
  }

  @Test("parameters read back as they are written, and a grid of samples has no filter")
  func parameters() throws {
    for blur in ["box:0.1", "gaussian:0.05"] {
      for name in ["ramp", "square-wave", "triangle-wave"] {
        #expect(try source(name, blur).parameters == ["blur": .word(blur)])
      }
    }
    #expect(throws: DomainError.self) {
      try KnownSource(Ramp.self, SourceParameters(["blur": "box:0.1", "samples": "64"], of: Ramp.description))
    }
    #expect(try KnownSource(SquareWave.self).parameters.values.isEmpty)
  }
}

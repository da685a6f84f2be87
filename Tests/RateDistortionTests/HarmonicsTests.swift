import Foundation
import IntervalArithmetic
import RateDistortion
import TestSupport
import Testing

@Suite("harmonics")
struct HarmonicsTests {
  private func source(_ power: String) throws -> KnownSource {
    try KnownSource(Harmonics.self, try SourceParameters(["power": power], of: Harmonics.description))
  }

  @Test("one harmonic is the circle, run through once or more often")
  func oneHarmonic() throws {
    let circle = try KnownSource(Circle.self)
    let one = try source("1:1")
    for name in [CurveName.lower, .upper, .exact, .timeSharing, .realismPrivate, .realismShared] {
      for distortion in [0.9, 0.5, 0.1, 1e-4] {
        let (own, theirs) = (try one.curve(named: name), try circle.curve(named: name))
        let difference = try own.bound(atDistortion: distortion).value - theirs.bound(atDistortion: distortion).value
        #expect(abs(difference) < 1e-12, "\(name) at \(distortion)")
        let scaled = try source("1:0.25").curve(named: name).point(atDistortion: distortion / 4).rate
        #expect(abs(scaled - (try own.point(atDistortion: distortion).rate)) < 1e-12)
      }
    }
  }

  @Test(
    "r' is concave for two harmonics up to c_2 = c_1/16 and r increases up to c_1/4; half a ramp's series does neither",
    arguments: [
      ("1:1,2:0.0625", true, true), ("1:1,2:0.06250001", false, true), ("1:1,2:0.25", false, true),
      ("1:1,2:0.25000001", false, false), ("2:1", false, false), ("1:1,3:0.012", true, true),
      ("1:1,2:0.0625,3:0.0123", true, true), ("1:16,2:1", true, true), ("1:1,5:0.5", false, false),
    ])
  func theorems(power: String, isConcave: Bool, isIncreasing: Bool) throws {
    let spectrum = try HarmonicSpectrum(power)
    #expect(spectrum.isConcave == isConcave && spectrum.isIncreasing == isIncreasing)
    let source = try source(power)
    #expect(source.curves.contains { $0.name == .exact } == isConcave)
    #expect(source.curves.contains { $0.name == .realismShared } == isIncreasing)
    #expect(source.curves.contains { $0.kind == .exact } == isConcave)
    // The signs by brute force.
    func least(_ weight: (Double) -> Double) -> Double {
      (0...20_000).map { i in
        let angle = (Double(i) + 0.5) / 20_001 * Double.pi
        return spectrum.harmonics.reduce(0) { sum, harmonic in
          sum + weight(Double(harmonic.order)) * harmonic.power * sin(Double(harmonic.order) * angle) / sin(angle)
        }
      }.min() ?? 0
    }
    #expect((least { $0 * $0 * $0 } > -1e-7) == isConcave)
    #expect((least { $0 } > -1e-9) == isIncreasing)
  }

  @Test("power spectra k^-4 and k^-6 of 19 harmonics have a concave r', as their limits have")
  func longSpectra() throws {
    for exponent in [-4.0, -6] {
      let text = (1...19).map { "\($0):\(pow(Double($0), exponent))" }.joined(separator: ",")
      #expect(try HarmonicSpectrum(text).isConcave)
    }
  }

  @Test(
    "the ramp's series cut off after two harmonics: three cells beat the best biuniform code at half its power, and are found"
  )
  func bandLimitedRamp() throws {
    let source = try source("1:1,2:0.25")
    let spectrum = try HarmonicSpectrum("1:1,2:0.25")
    let phase = try #require(IncreasingHarmonics(spectrum))
    let biuniform = try BiuniformUpperBound(source: phase).bound(atDistortion: 0.625)
    #expect(abs(biuniform.value - 1.46141375574337963) < 1e-13)
    let upper = try source.curve(named: .upper).bound(atDistortion: 0.625)
    #expect(abs(upper.value - 1.45547964591025283) < 1e-12 && upper.evidence is ThreeSizeCode)
    // One larger cell and two smaller.
    let cells = [0.539917790452386497, 0.230041104773806751, 0.230041104773806751]
    let distortion = cells.reduce(0) { $0 + $1 * phase.cellDistortion($1) }
    let entropy = cells.reduce(0) { $0 - $1 * log2($1) }
    #expect(distortion <= 0.625 + 1e-14 && abs(entropy - 1.45547964591025283) < 1e-13)
    // So nothing may claim to be E(D) there, and the lower bound lies below both.
    #expect(ConcaveHarmonics(spectrum) == nil)
    #expect(try source.curve(named: .lower).bound(atDistortion: 0.625).value < entropy)
    #expect(!source.curves.contains { $0.kind == .exact })
  }

  @Test("v = p G'' peaks at p = 1/3 for the ramp and for c_2/c_1 = 0.1525592956, below it beyond")
  func boundary() throws {
    // v' at 1/3 from differences of G' = delta + w.
    func bend(_ cells: some CellSource) -> Double {
      let h = 1e-4
      let g = { (p: Double) in cells.cellDistortion(p) + cells.logarithmicSlope(p) }
      let v = { (p: Double) in p * (g(p + h) - g(p - h)) / (2 * h) }
      return (v(1.0 / 3 + h) - v(1.0 / 3 - h)) / (2 * h)
    }
    #expect(abs(bend(Ramp())) < 1e-9)
    for (ratio, sign) in [(0.14, 1.0), (0.152, 1), (0.1535, -1), (0.2, -1)] {
      let phase = try #require(IncreasingHarmonics(HarmonicSpectrum("1:1,2:\(ratio)")))
      #expect(bend(phase) * sign > 0, "\(ratio)")
    }
    // Of the catalogue only the ramp lies on the boundary.
    for other in [bend(Circle()), bend(SquareWave()), bend(TriangleWave())] { #expect(other > 0.1) }
  }

  @Test(
    "no random code of arcs of up to 8 cells lies below a lower bound, or below E(D) where that is claimed",
    arguments: ["1:1,3:0.012", "1:1,2:0.25", "1:1,2:1", "2:1,3:1", "1:3,2:0.1,3:0.05"])
  func randomCodes(power: String) throws {
    let source = try source(power)
    let (lower, upper) = (try source.curve(named: .lower), try source.curve(named: .upper))
    let exact = source.curves.first { $0.name == .exact }
    let spectrum = try HarmonicSpectrum(power)
    var generator = SeededGenerator(seed: 8)
    for i in 0..<3_000 {
      let count = Int.random(in: 1...8, using: &generator)
      let spread = [1.0, 0.1, 8, 0.01][i % 4]
      let weights = (0..<count).map { _ in exp(spread * Double.random(in: -1...1, using: &generator)) }
      let total = weights.reduce(0, +)
      var (rate, distortion) = (0.0, 0.0)
      for weight in weights {
        let p = weight / total
        rate -= p * log2(p)
        for harmonic in spectrum.harmonics {
          let x = Double.pi * Double(harmonic.order) * p
          distortion += p * harmonic.power * (1 - pow(sin(x) / x, 2))
        }
      }
      guard distortion < lower.largestDistortion else { continue }
      #expect(try lower.point(atDistortion: distortion).rate <= rate + 1e-9)
      if let exact { #expect(try exact.point(atDistortion: distortion).rate <= rate + 1e-9) }
    }
    for share in [0.95, 0.6, 0.3, 0.05] {
      let distortion = share * lower.largestDistortion
      let (below, above) = (try lower.bound(atDistortion: distortion), try upper.bound(atDistortion: distortion))
      #expect(below.value <= above.value && above.value.isFinite)
      for (curve, bound) in [(lower, below), (upper, above)] {
        let proved = try curve.proved(by: curve.evidence(from: bound.evidence.form), atDistortion: distortion)
        #expect(curve.kind == .lower ? proved.lower >= bound.value - 1e-9 : proved.upper <= bound.value + 1e-9)
      }
    }
  }

  @Test(
    "what is no spectrum is refused with a reason",
    arguments: [
      "", "1", "1:", ":1", "1:0", "1:-1", "1:nan", "1:inf", "0:1", "257:1", "1.5:1", "1:1,", "1:1,1:2", "1:1e200",
      "a:b",
    ])
  func badInput(power: String) {
    #expect(throws: DomainError.self) { try source(power) }
  }

  @Test("templates: the discrete transform of the definition, with half the power of a cosine at n/2")
  func templates() throws {
    var generator = SeededGenerator(seed: 3)
    for count in [2, 3, 4, 7, 30, 64, 101, 512, 513] {
      let samples = (0..<count).map { _ in generator.uniform(-2...5) }
      let text = samples.map { "\($0)" }.joined(separator: ",")
      let source = try KnownSource(Harmonics.self, SourceParameters(["template": text], of: Harmonics.description))
      let spectrum = try HarmonicSpectrum(try #require(source.parameters.word("power")))
      #expect(spectrum.harmonics.map(\.order) == Array(1...count / 2))
      for harmonic in spectrum.harmonics {
        let k = harmonic.order
        let angle = { (j: Int) in 2 * Double.pi * Double(j * k % count) / Double(count) }
        let x = samples.indices.reduce(0) { $0 + samples[$1] * cos(angle($1)) } / Double(count)
        let y = samples.indices.reduce(0) { $0 + samples[$1] * sin(angle($1)) } / Double(count)
        let power = (2 * k == count ? 0.5 : 2) * (x * x + y * y)
        #expect(abs(harmonic.power - power) <= 1e-12 * (power + 1e-3), "\(count), \(k)")
      }
      // Parseval's theorem: the mean square over the samples beyond the mean, where the last harmonic counts twice.
      let mean = samples.reduce(0, +) / Double(count)
      let square = samples.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)
      let sum = spectrum.harmonics.reduce(0) { $0 + (2 * $1.order == count ? 2 : 1) * $1.power }
      #expect(abs(sum / square - 1) < 1e-12)
    }
    // A cosine sampled on 37 points is the circle's, of squared radius 9/2, whatever its mean.
    let wave = (0..<37).map { "\(5 + 3 * cos(2 * Double.pi * Double($0) / 37))" }.joined(separator: ",")
    let source = try KnownSource(Harmonics.self, SourceParameters(["template": wave], of: Harmonics.description))
    let rate = try source.curve(named: .exact).point(atDistortion: 0.45).rate
    #expect(abs(rate - (try KnownSource(Circle()).curve(named: .exact).point(atDistortion: 0.1).rate)) < 1e-12)
  }

  @Test(
    "templates and files of powers that are none are refused with a reason",
    arguments: [
      ("template", "1", "2 to 513 samples"), ("template", "2,2,2", "samples that differ"),
      ("template", "1,nan", "a finite number"), ("template", "1,1e60", "a peak from"),
      ("template", "1e-50,0", "a peak from"), ("template", "0,0", "samples that differ"),
      ("power-file", "1,1;2,-1", "powers from"), ("power-file", "1,1;1,2", "come once"),
      ("power-file", "1,0", "some power"), ("power-file", "1.5,1", "whole numbers"),
      ("power-file", "0,1", "from 1 to 256"),
      ("power-file", "257,1", "from 1 to 256"), ("power-file", "1,2,3", "a harmonic and its power"),
      ("power-file", "1,1e200", "powers from"), ("power-file", "1,1;2", "rows of 2 numbers"),
    ])
  func badTemplates(name: String, text: String, says: String) {
    do {
      _ = try KnownSource(Harmonics.self, SourceParameters([name: text], of: Harmonics.description))
      Issue.record("\(text) is accepted")
    } catch {
      #expect("\(error)".contains(says), "\(error)")
    }
  }

  @Test("a file of powers is the list of powers; two spectra at once are one too many")
  func powerFiles() throws {
    for text in ["1,1;3,0.012", "3,0.012;1,1;5,0", "1;0;0.012"] {
      let source = try KnownSource(Harmonics.self, SourceParameters(["power-file": text], of: Harmonics.description))
      #expect(source.parameters.word("power") == "1:1,3:0.012")
    }
    #expect(throws: DomainError.self) {
      try KnownSource(
        Harmonics.self, SourceParameters(["power": "1:1", "template": "1,2,3"], of: Harmonics.description))
    }
  }

  @Test("parameters read back as they are written")
  func parameters() throws {
    let source = try source("3:0.012,1:1")
    #expect(source.parameters.word("power") == "1:1,3:0.012")
    #expect(try KnownSource(Harmonics.self).parameters == source.parameters)
  }
}

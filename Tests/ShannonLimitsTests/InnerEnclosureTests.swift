import Foundation
import IntervalArithmetic
import RateDistortion
import TestSupport
import Testing

/// The numbers that R(D) in closed form is made of, each by itself: sums over spectra, the von Mises-Fisher law, the ramp's
/// oscillator, and the supremum over the sawbridge's reproductions.
@Suite("what R(D) is made of")
struct InnerEnclosureTests {
  /// Whether an enclosure and a floating-point value stay with the truth.
  private func check(_ enclosure: Interval, _ value: Double, _ truth: Digits, within width: Double, _ what: Comment) {
    #expect(truth.isBetween(enclosure.lower, and: enclosure.upper), what)
    #expect(enclosure.width <= width, what)
    #expect(abs(value - truth.value) <= width, what)
  }

  @Test("eigenvalues c/k^2: their tails and logarithms hold 28 digits, up to the 10^12th")
  func spectra() throws {
    let rows = try ProofObjects.read().spectra
    #expect(rows.count == 42)
    for row in rows {
      let spectrum = row.spectrum == "bridge" ? InverseSquareSpectrum.bridge : .ramp
      let k = row.active
      for (enclosure, value, truth) in [
        (spectrum.eigenvalue(k, as: Interval.self), spectrum.eigenvalue(k, as: Double.self), row.eigenvalue),
        (spectrum.tail(after: k, as: Interval.self), spectrum.tail(after: k, as: Double.self), row.tail),
        (spectrum.logarithms(k, as: Interval.self), spectrum.logarithms(k, as: Double.self), row.logarithms),
      ] {
        check(enclosure, value, truth, within: 1e-13 * truth.value, "\(row): \(enclosure)")
      }
    }
  }

  @Test("lists of eigenvalues: totals, tails and logarithms hold 28 digits, from any order")
  func lists() throws {
    var generator = SeededGenerator(seed: 61)
    for row in try ProofObjects.read().lists {
      let spectrum = ListedSpectrum(eigenvalues: row.eigenvalues.shuffled(using: &generator))
      let k = row.active
      check(spectrum.enclosedTotal, spectrum.total, row.total, within: 1e-14 * row.total.value, "\(row)")
      check(
        spectrum.tail(after: k, as: Interval.self), spectrum.tail(after: k, as: Double.self), row.tail,
        within: 1e-14 * row.tail.value, "\(row)")
      check(
        spectrum.logarithms(k, as: Interval.self), spectrum.logarithms(k, as: Double.self), row.logarithms,
        within: 1e-13 * (1 + row.logarithms.value), "\(row)")
    }
  }

  @Test("A, 1 - A^2 and kappa A - log Z hold 28 digits in every regime, 2 to 1024 dimensions, kappa 1e-6 to 1e7")
  func spheres() throws {
    let rows = try ProofObjects.read().spheres
    #expect(rows.count == 90)
    for row in rows {
      let n = row.dimension
      let law = VonMisesFisher<Interval>(
        expansion: ConcentrationExpansion(dimension: n), concentration: row.concentration)
      let value = VonMisesFisher<Double>(
        expansion: ConcentrationExpansion(dimension: n), concentration: row.concentration)
      let rounding = 1e-14 * Double(n)
      check(law.meanLength, value.meanLength, row.meanLength, within: rounding * row.meanLength.value, "\(row)")
      // Beyond kappa^2 = 2n the two are differences from 1 and from kappa.
      check(law.distortion, value.distortion, row.distortion, within: 4 * rounding, "\(row): \(law.distortion)")
      check(law.rate, value.rate, row.rate, within: 4 * rounding * (1 + row.rate.value), "\(row): \(law.rate)")
      // The dual at the law's own distortion is its rate.
      let dual = law.dual(atDistortion: law.distortion)
      #expect(!dual.isDisjoint(with: law.rate), "\(row): \(dual) \(law.rate)")
    }
  }

  @Test("slope, R and D of the ramp's oscillator hold 28 digits at amplitudes from 1e-5 to 3e4")
  func oscillators() throws {
    let rows = try ProofObjects.read().oscillators
    #expect(rows.count == 24)
    for row in rows {
      let oscillator = RampOscillator<Interval>(amplitude: row.amplitude)
      let value = RampOscillator<Double>(amplitude: row.amplitude)
      check(oscillator.slope, value.slope, row.slope, within: 1e-11 * row.slope.value, "\(row): \(oscillator.slope)")
      check(oscillator.rate, value.rate, row.rate, within: 1e-11 * max(row.rate.value, 1e-3), "\(row)")
      check(oscillator.distortion, value.distortion, row.distortion, within: 1e-11 * row.distortion.value, "\(row)")
    }
  }
}

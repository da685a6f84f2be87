import IntervalArithmetic
import TestSupport
import Testing

@Suite("Verified minima")
struct VerifiedMinimumTests {
  /// -log p + lambda p (2 - p)/12: the inner minimum of a dual bound, for any number type.
  static func cell<Number: RealNumber>(_ p: Number, _ lambda: Number) -> Number {
    -Number.log(p) + lambda * p * (2 - p) / 12
  }

  static func cellSlope<Number: RealNumber>(_ p: Number, _ lambda: Number) -> Number {
    lambda * (1 - p) / 6 - 1 / p
  }

  @Test("a parabola has its minimum at its vertex")
  func parabola() throws {
    let minimum = try VerifiedMinimum(
      of: { x in Interval.squared(x - 1) + 3 }, derivative: { x in 2 * (x - 1) }, on: Interval(-4, 7))
    #expect(minimum.value.contains(3) && minimum.value.width <= 1e-13 && minimum.isWithinTolerance)
    #expect(minimum.minimisers.contains(1) && minimum.minimisers.width < 1e-5)
    #expect(minimum.evaluations < 200)
  }

  @Test("the minimum may be at an end of the domain")
  func monotone() throws {
    let rising = try VerifiedMinimum(of: Interval.exp, derivative: Interval.exp, on: Interval(0, 3))
    #expect(rising.value == 1 && rising.minimisers == 0 && rising.evaluations < 10)
    let falling = try VerifiedMinimum(of: { x in -x }, derivative: { _ in -1 }, on: Interval(0, 3))
    #expect(falling.value == -3 && falling.minimisers == 3)
  }

  @Test("-log p + c p on [1e-300, 1] has its minimum 1 + log c at 1/c", arguments: [1.5, 20, 1000, 1e8])
  func dualShape(c: Double) throws {
    let slope = Interval(c)
    let minimum = try VerifiedMinimum(
      of: { p in -Interval.log(p) + slope * p }, derivative: { p in slope - 1 / p }, on: Interval(1e-300, 1),
      near: 1 / c)
    let truth = 1 + Interval.log(slope)
    #expect(!minimum.value.isDisjoint(with: truth) && minimum.value.width <= 2e-13 && minimum.isWithinTolerance)
    #expect(!minimum.minimisers.isDisjoint(with: 1 / slope) && minimum.minimisers.width < 1e-5)
    #expect(minimum.evaluations < 600)
  }

  @Test("the ramp's dual at lambda is bounded by the critical points p (1 - p) = 6/lambda and the end p = 1")
  func rampDual() throws {
    for lambda in [0.5, 5, 24, 25, 30, 36, 60, 100, 1000, 1e5] {
      let slope = Interval(lambda)
      let guess = lambda > 24 ? 0.5 - (0.25 - 6 / lambda).squareRoot() : 1
      let minimum = try VerifiedMinimum(
        of: { p in Self.cell(p, slope) }, derivative: { p in Self.cellSlope(p, slope) }, on: Interval(1e-300, 1),
        near: guess)
      // The two candidates in closed form: the smaller critical point, and the cell of probability 1.
      var truth = slope / 12
      if lambda >= 24 {
        let root = Interval.sqrt(Interval(0.25) - 6 / slope)
        truth = Interval.min(truth, Self.cell(Interval(0.5) - root, slope))
      }
      #expect(!minimum.value.isDisjoint(with: truth), "\(lambda): \(minimum.value), \(truth)")
      #expect(minimum.value.width <= Swift.max(1e-13, 1e-14 * truth.upper) && minimum.isWithinTolerance, "\(lambda)")
      #expect(minimum.evaluations < 1000, "\(lambda): \(minimum.evaluations)")
    }
  }

  @Test("two equal minima are both kept, many local ones do not mislead")
  func severalMinima() throws {
    let double = try VerifiedMinimum(
      of: { x in Interval.squared(Interval.squared(x) - 1) },
      derivative: { x in 4 * x * (Interval.squared(x) - 1) }, on: Interval(-3, 2.5), near: 1)
    #expect(double.value.contains(0) && double.value.width <= 1e-13)
    #expect(double.minimisers.contains(-1) && double.minimisers.contains(1))
    // x^2/100 + sin(5 x): the global minimum is near -0.314 (value from mpmath).
    let wavy = try VerifiedMinimum(
      of: { x in Interval.squared(x) / 100 + Interval.sin(5 * x) },
      derivative: { x in x / 50 + 5 * Interval.cos(5 * x) }, on: Interval(-20, 20), near: 0.9)
    #expect(wavy.value.width <= 1e-13 && abs(wavy.minimisers.midpoint + 0.3139) < 1e-3 && wavy.value.upper < -0.999)
    #expect(wavy.value.contains(-0.999013828497196961))
  }

  @Test("against 28 digits: one dip, several, or none inside, at random parameters; the ends are 1e-13 apart")
  func oracle() throws {
    let rows = try ProofObjects.read().leastValues
    #expect(rows.count == 60)
    for row in rows {
      let a = Interval(row.parameter)
      let function: (Interval) -> Interval
      let slope: (Interval) -> Interval
      switch row.function {
      case "x log(x) + a x^2":
        function = { x in .xlogx(x) + a * .squared(x) }
        slope = { x in .log(x) + 1 + 2 * a * x }
      case "cos(7 x) + a x":
        function = { x in .cos(7 * x) + a * x }
        slope = { x in a - 7 * .sin(7 * x) }
      default:
        #expect(row.function == "exp(-a x) + x")
        function = { x in .exp(-a * x) + x }
        slope = { x in 1 - a * .exp(-a * x) }
      }
      for guess in [nil, row.low, (row.low + row.high) / 2] {
        let minimum = try VerifiedMinimum(
          of: function, derivative: slope, on: Interval(row.low, row.high), near: guess)
        #expect(row.least.isBetween(minimum.value.lower, and: minimum.value.upper), "\(row): \(minimum.value)")
        #expect(minimum.value.width <= 1e-13 && minimum.isWithinTolerance, "\(row): \(minimum.value)")
      }
    }
  }

  @Test("the enclosure holds against a grid, for random trigonometric sums")
  func grid() throws {
    var samples = SeededGenerator(seed: 14)
    for _ in 0..<300 {
      let a = (0..<4).map { _ in Double.random(in: -1...1, using: &samples) }
      let f: @Sendable (Interval) -> Interval = { x in
        Interval(a[0]) * Interval.sin(x) + Interval(a[1]) * Interval.cos(2 * x) + Interval(a[2]) * Interval.sin(3 * x)
          + Interval(a[3]) * x
      }
      let slope: @Sendable (Interval) -> Interval = { x in
        Interval(a[0]) * Interval.cos(x) - 2 * Interval(a[1]) * Interval.sin(2 * x)
          + 3 * Interval(a[2]) * Interval.cos(3 * x) + Interval(a[3])
      }
      let minimum = try VerifiedMinimum(of: f, derivative: slope, on: Interval(-4, 4))
      #expect(minimum.value.width <= 1e-13 && minimum.isWithinTolerance)
      for step in 0...800 {
        let x = -4 + Double(step) / 100
        #expect(minimum.value.certainlyLessOrEqual(to: f(Interval(x))) || minimum.value.lower <= f(Interval(x)).upper)
      }
      #expect(f(Interval(minimum.point)).upper == minimum.value.upper && minimum.minimisers.width < 9)
    }
  }

  @Test("a kink is a minimum if the derivative encloses all slopes")
  func kink() throws {
    let slope: @Sendable (Interval) -> Interval = { x in
      x.lower > 0.3 ? 1 : x.upper < 0.3 ? -1 : Interval.hull(-1, 1)
    }
    let minimum = try VerifiedMinimum(
      of: { x in Interval.abs(x - Interval(0.3)) }, derivative: slope, on: Interval(-1, 1))
    #expect(minimum.value.contains(0) && minimum.value.width <= 1e-13 && minimum.minimisers.contains(0.3))
  }

  @Test("a wrong guess costs little", arguments: [-100, 0, 3.9, .nan, .infinity])
  func wrongGuess(guess: Double) throws {
    let minimum = try VerifiedMinimum(
      of: { x in Interval.squared(x - 1) }, derivative: { x in 2 * (x - 1) }, on: Interval(-4, 7), near: guess)
    #expect(minimum.value.contains(0) && minimum.value.width <= 1e-13 && minimum.evaluations < 300)
  }

  @Test("at any work limit the enclosure is true, and it narrows as the limit grows")
  func workLimits() throws {
    let slope = Interval(40)
    let truth = try VerifiedMinimum(
      of: { p in Self.cell(p, slope) }, derivative: { p in Self.cellSlope(p, slope) }, on: Interval(1e-6, 1))
    var last = Double.infinity
    for limit in [0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144] {
      let minimum = try VerifiedMinimum(
        of: { p in Self.cell(p, slope) }, derivative: { p in Self.cellSlope(p, slope) }, on: Interval(1e-6, 1),
        workLimit: limit)
      #expect(minimum.value.lower <= truth.value.upper && minimum.value.upper >= truth.value.lower)
      #expect(truth.minimisers.isSubset(of: minimum.minimisers.hull(with: truth.minimisers)))
      #expect(minimum.value.width <= last || minimum.isWithinTolerance)
      #expect(minimum.evaluations <= Swift.max(limit, 1) + 3)
      #expect(minimum.isWithinTolerance == (minimum.value.width <= 1e-13))
      last = minimum.value.width
    }
  }

  @Test("noisy enclosures are not claimed to be within the tolerance")
  func noise() throws {
    let noise = Interval.hull(-1e-6, 1e-6)
    let minimum = try VerifiedMinimum(
      of: { x in Interval.squared(x) + noise }, derivative: { x in 2 * x }, on: Interval(-1, 2))
    #expect(minimum.value.contains(0) && minimum.value.width < 1e-5 && !minimum.isWithinTolerance)
    #expect(minimum.evaluations < 1000)
  }

  @Test("an empty, unbounded or partly undefined problem is refused")
  func failures() throws {
    #expect(throws: VerifiedMinimumError.unboundedDomain(.empty)) {
      try VerifiedMinimum(of: { x in x }, derivative: { _ in 1 }, on: .empty)
    }
    #expect(throws: VerifiedMinimumError.unboundedDomain(.entire)) {
      try VerifiedMinimum(of: { x in x }, derivative: { _ in 1 }, on: .entire)
    }
    #expect(throws: VerifiedMinimumError.self) {
      try VerifiedMinimum(of: Interval.log, derivative: { x in 1 / x }, on: Interval(-2, 1))
    }
    // An enclosure that says nothing gives a minimum that says nothing.
    let nothing = try VerifiedMinimum(
      of: { _ in .entire }, derivative: { _ in .entire }, on: Interval(0, 1), workLimit: 50)
    #expect(nothing.value == .entire && !nothing.isWithinTolerance)
  }
}

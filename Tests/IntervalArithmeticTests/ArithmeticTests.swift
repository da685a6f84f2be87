import IntervalArithmetic
import Testing

private let infinity = Double.infinity
private let largest = Double.greatestFiniteMagnitude
private let smallest = Double.leastNonzeroMagnitude

extension IEEE1788 {
  @Suite("10.5.3, forward-mode elementary functions: arithmetic, tables of cases")
  struct ArithmeticTables {
    // MARK: Sums

    @Test("exact sums stay points; overflow goes outwards; empty absorbs")
    func sums() throws {
      #expect(Interval(1) + 2 == 3)
      #expect(Interval(0.5) - Interval(0.25) == Interval(0.25))
      #expect(try interval(1, 2) + interval(-1, 1) == interval(0, 3))
      #expect(try interval(1, 2) - interval(1, 2) == interval(-1, 1))
      #expect(try Interval(largest) + Interval(largest) == interval(largest, infinity))
      #expect(try -Interval(largest) - Interval(largest) == interval(-infinity, -largest))
      #expect(try interval(-infinity, 1) + interval(2, infinity) == .entire)
      #expect(try interval(-infinity, 1) + 2 == interval(-infinity, 3))
      #expect(Interval(smallest) - Interval(smallest) == 0)
      #expect((Interval(1) + Interval(smallest)).lower == 1)
      #expect((Interval(1) + Interval(smallest)).upper == 1.0.nextUp)
      #expect((.empty + 1).isEmpty && (1 - .empty).isEmpty && (-Interval.empty).isEmpty)
      #expect(Interval.entire + .entire == .entire && Interval.entire - .entire == .entire)
      // A sum next to the largest number, where TwoSum's intermediate results may overflow.
      let nearLargest = Interval(-largest) + Interval(0x1.8p970)
      #expect(nearLargest.lower <= -largest + 0x1p970 && nearLargest.upper >= -largest + 0x1p970)
    }

    // MARK: Products

    @Test(
      "products of all sign patterns",
      arguments: [
        ((1, 2), (3, 4), (3, 8)), ((1, 2), (-3, 4), (-6, 8)), ((1, 2), (-4, -3), (-8, -3)),
        ((-1, 2), (3, 4), (-4, 8)), ((-1, 2), (-3, 4), (-6, 8)), ((-1, 2), (-4, -3), (-8, 4)),
        ((-2, -1), (3, 4), (-8, -3)), ((-2, -1), (-3, 4), (-8, 6)), ((-2, -1), (-4, -3), (3, 8)),
        ((0, 1), (0, 2), (0, 2)), ((0, 1), (-2, 0), (-2, 0)), ((-1, 0), (-2, 0), (0, 2)),
        ((0, 0), (-3, 4), (0, 0)), ((0, 0), (-infinity, infinity), (0, 0)), ((0, 1), (1, infinity), (0, infinity)),
        ((-1, 1), (1, infinity), (-infinity, infinity)), ((-infinity, -1), (1, infinity), (-infinity, -1)),
        ((-infinity, 0), (-infinity, 0), (0, infinity)), ((0, infinity), (0, infinity), (0, infinity)),
        ((2, infinity), (0, 0), (0, 0)), ((-1, infinity), (-1, infinity), (-infinity, infinity)),
        ((-1, infinity), (0, 1), (-1, infinity)), ((-5, 1), (-3, 2), (-10, 15)),
      ] as [((Double, Double), (Double, Double), (Double, Double))])
    func products(a: (Double, Double), b: (Double, Double), product: (Double, Double)) throws {
      let (x, y) = (try interval(a.0, a.1), try interval(b.0, b.1))
      #expect(try x * y == interval(product.0, product.1))
      #expect(try y * x == interval(product.0, product.1))
      if x.isBounded && y.isBounded {
        #expect(try Interval.fma(x, y, 1) == interval(product.0 + 1, product.1 + 1))
      }
    }

    @Test("products that overflow or underflow contain the product and keep its sign")
    func extremeProducts() throws {
      #expect(try Interval(largest) * 2 == interval(largest, infinity))
      #expect(try Interval(largest) * -2 == interval(-infinity, -largest))
      #expect(try Interval(smallest) * Interval(smallest) == interval(0, smallest))
      #expect(try Interval(smallest) * Interval(-smallest) == interval(-smallest, 0))
      #expect(try Interval(smallest) * Interval(0.5) == interval(0, smallest))
      #expect(try Interval(-smallest) * Interval(0.75) == interval(-2 * smallest, 0))
      // 3 * 2^-1074 is exact, but below 2^-960 a zero residual proves nothing.
      #expect((Interval(smallest) * 3).contains(3 * smallest))
      #expect((.empty * 0).isEmpty && (0 * .empty).isEmpty && (Interval.empty * .entire).isEmpty)
      #expect(Interval.entire * 0 == 0)
      #expect(Interval.fma(.entire, 0, 1) == 1)
      #expect(Interval.fma(.empty, 0, 1).isEmpty && Interval.fma(1, 1, .empty).isEmpty)
      #expect(Interval.fma(2, 3, .entire) == .entire)
      #expect(try Interval.fma(Interval(largest), 2, 1) == interval(largest, infinity))
    }

    // MARK: Quotients

    @Test(
      "the division table",
      arguments: [
        ((1, 2), (4, 8), (0.125, 0.5)), ((-2, -1), (4, 8), (-0.5, -0.125)), ((-1, 2), (4, 8), (-0.25, 0.5)),
        ((1, 2), (-8, -4), (-0.5, -0.125)), ((-2, -1), (-8, -4), (0.125, 0.5)), ((-1, 2), (-8, -4), (-0.5, 0.25)),
        ((1, 2), (0, 4), (0.25, infinity)), ((1, 2), (-4, 0), (-infinity, -0.25)),
        ((1, 2), (-4, 4), (-infinity, infinity)),
        ((-2, -1), (0, 4), (-infinity, -0.25)), ((-2, -1), (-4, 0), (0.25, infinity)),
        ((-2, -1), (-4, 4), (-infinity, infinity)),
        ((-1, 2), (0, 4), (-infinity, infinity)), ((-1, 2), (-4, 0), (-infinity, infinity)),
        ((0, 2), (0, 4), (0, infinity)), ((0, 2), (-4, 0), (-infinity, 0)), ((-2, 0), (0, 4), (-infinity, 0)),
        ((-2, 0), (-4, 0), (0, infinity)), ((0, 2), (-4, 4), (-infinity, infinity)),
        ((0, 0), (0, 4), (0, 0)), ((0, 0), (-4, 4), (0, 0)), ((0, 0), (1, 2), (0, 0)),
        ((0, 0), (-infinity, infinity), (0, 0)),
        ((1, 2), (1, infinity), (0, 2)), ((1, infinity), (1, infinity), (0, infinity)),
        ((1, infinity), (2, 4), (0.25, infinity)),
        ((-infinity, -1), (2, 4), (-infinity, -0.25)), ((1, 2), (-infinity, -1), (-2, 0)),
        ((1, 2), (0, infinity), (0, infinity)),
        ((-infinity, infinity), (1, 2), (-infinity, infinity)), ((1, 2), (-infinity, infinity), (-infinity, infinity)),
        ((-1, 1), (1, infinity), (-1, 1)), ((-0.0, 0.0), (-0.0, 1), (0, 0)), ((1, 1), (-0.0, 1), (1, infinity)),
      ] as [((Double, Double), (Double, Double), (Double, Double))])
    func quotients(a: (Double, Double), b: (Double, Double), quotient: (Double, Double)) throws {
      #expect(try interval(a.0, a.1) / interval(b.0, b.1) == interval(quotient.0, quotient.1))
    }

    @Test("division by [0, 0] is empty, even of 0; exact quotients stay points; overflow and underflow go outwards")
    func extremeQuotients() throws {
      #expect((Interval(1) / 0).isEmpty && (Interval(0) / 0).isEmpty && (Interval.entire / 0).isEmpty)
      #expect((.empty / 1).isEmpty && (1 / .empty).isEmpty && (.empty / .entire).isEmpty)
      #expect(Interval(1) / 4 == Interval(0.25))
      #expect(Interval(1) / 3 == (try interval(0x1.5555555555555p-2, 0x1.5555555555556p-2)))
      #expect(try Interval(largest) / Interval(0.5) == interval(largest, infinity))
      #expect(try Interval(largest) / Interval(smallest) == interval(largest, infinity))
      #expect(try Interval(-largest) / Interval(smallest) == interval(-infinity, -largest))
      #expect(try Interval(smallest) / Interval(largest) == interval(0, smallest))
      #expect(try Interval(-smallest) / 2 == interval(-smallest, 0))
      #expect(try Interval(1) / interval(1, largest) == interval(0x1p-1024, 1))
      #expect(Interval(largest) / Interval(largest) == 1)
    }

    // MARK: Powers, roots, extremes

    @Test("powers are tight for even and odd exponents of either sign")
    func powers() throws {
      let straddling = try interval(-2, 3)
      #expect(try Interval.pow(straddling, 2) == interval(0, 9))
      #expect(try Interval.pow(straddling, 3) == interval(-8, 27))
      #expect(try Interval.pow(straddling, 4) == interval(0, 81))
      #expect(Interval.pow(straddling, 0) == 1)
      #expect(Interval.pow(straddling, 1) == straddling)
      #expect(Interval.pow(straddling, -1) == .entire)
      #expect(try Interval.pow(interval(-2, 4), -2) == interval(0.0625, infinity))
      #expect(try Interval.pow(interval(2, 4), -2) == interval(0.0625, 0.25))
      #expect(try Interval.pow(interval(-4, -2), -3) == interval(-0.125, -0.015625))
      #expect(try Interval.pow(interval(-4, -2), 3) == interval(-64, -8))
      #expect(try Interval.pow(interval(0, 2), -3) == interval(0.125, infinity))
      #expect(Interval.pow(0, -1).isEmpty)
      #expect(Interval.pow(.empty, 0).isEmpty)
      #expect(Interval.pow(.entire, 0) == 1)
      #expect(try Interval.pow(.entire, 2) == interval(0, infinity))
      #expect(Interval.pow(.entire, 3) == .entire)
      #expect(try Interval.pow(10, 400) == interval(largest, infinity))
      #expect(Interval.pow(10, -400).lower == 0 && Interval.pow(10, -400).upper < 1e-307)
      #expect(Interval.pow(-1, Int.min) == 1 && Interval.pow(-1, Int.max) == -1)
      #expect(try Interval.pow(Interval(0.5), 5000) == interval(0, smallest))
      #expect(Interval.pow(3, 20) == 3_486_784_401)
      #expect(steps(across: Interval.pow(Interval(1.1), 10)) <= 12)
    }

    @Test("square roots of squares are exact, the rest of the domain is cut off")
    func roots() throws {
      #expect(
        Interval.sqrt(4) == 2 && Interval.sqrt(0) == 0 && Interval.sqrt(Interval(0x1p-1074)) == Interval(0x1p-537))
      #expect(steps(across: Interval.sqrt(2)) == 1)
      #expect(try Interval.sqrt(interval(-4, 9)) == interval(0, 3))
      #expect(try Interval.sqrt(interval(-4, 0)) == 0)
      #expect(try Interval.sqrt(interval(4, infinity)) == interval(2, infinity))
      #expect(try Interval.sqrt(.entire) == interval(0, infinity))
      #expect(Interval.sqrt(-1).isEmpty && Interval.sqrt(.empty).isEmpty)
      #expect(steps(across: Interval.sqrt(Interval(3 * smallest))) == 1)
    }

    @Test("squares forget nothing: both factors are the same number")
    func squares() throws {
      #expect(try Interval.squared(interval(-3, 2)) == interval(0, 9))
      #expect(try Interval.squared(interval(-3, -2)) == interval(4, 9))
      #expect(try Interval.squared(interval(-infinity, 2)) == interval(0, infinity))
      #expect(Interval.squared(.empty).isEmpty)
      #expect(try Interval.squared(Interval(smallest)) == interval(0, smallest))
    }

    @Test("absolute value and extremes")
    func extremes() throws {
      #expect(try Interval.abs(interval(-3, 2)) == interval(0, 3))
      #expect(try Interval.abs(interval(-infinity, -2)) == interval(2, infinity))
      #expect(Interval.abs(.empty).isEmpty)
      #expect(try Interval.min(interval(1, 4), interval(2, 3)) == interval(1, 3))
      #expect(try Interval.max(interval(1, 4), interval(2, 3)) == interval(2, 4))
      #expect(Interval.min(.empty, 1).isEmpty && Interval.max(1, .empty).isEmpty)
    }
  }
}

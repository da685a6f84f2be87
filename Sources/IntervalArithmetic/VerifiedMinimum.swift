/// The global minimum of a function of one variable on an interval, proved.
///
/// Priorities, in order:
///
/// 1. `value` contains the minimum, whatever happens: no convergence is assumed, and a search that is stopped early
///    returns a wider enclosure that is just as true. Floating point only suggests where to look first.
/// 2. `value` is narrow: within the tolerance, or as narrow as the enclosures of the function allow.
/// 3. Few evaluations, and no allocation for a part of the interval (two short lists a call).
///
/// Branch and bound. A part X is settled without being split if
///
/// - it lies above what is already attained: the lower end of F(X) is above the least upper end of F seen at a point;
/// - F'(X) does not contain 0: the function is monotone there and its least value on X is at an end, where it is
///   evaluated;
/// - the lower end of the mean value form F(m) + F'(X)(X - m) is below what is attained by the tolerance at most;
/// - it is too small to split, or the mean value form is no wider than twice the enclosure at one point, so splitting
///   gains nothing.
///
/// Otherwise it is halved, and the half nearer to the best point is searched first. The mean value form is too wide by
/// F''(x) w^2 on a part of width w, so about log2(1/sqrt(tolerance)) parts on each side of the minimiser are looked at.
///
///     // inf over p in [1e-9, 1] of -log p + 20 p, attained at 1/20
///     let minimum = try VerifiedMinimum(
///       of: { p in -Interval.log(p) + 20 * p }, derivative: { p in 20 - 1 / p }, on: Interval(1e-9, 1), near: 0.05)
///     minimum.value.lower                         // at most 1 + log 20 = 3.99573227..., by less than 1e-13
public struct VerifiedMinimum: Sendable, Equatable {
  /// Contains the minimum. The upper end is attained (up to rounding) at `point`.
  public let value: Interval
  /// Contains every point where the minimum is attained.
  public let minimisers: Interval
  /// The point with the least proved upper bound.
  public let point: Double
  /// Whether `value` is no wider than the tolerance that was asked for.
  public let isWithinTolerance: Bool
  /// How many enclosures of the function or of its derivative were computed.
  public let evaluations: Int

  /// Searches an interval for the least value of a function.
  ///
  /// - Parameters:
  ///   - function: encloses the values over any subinterval of `domain`; the function is continuous.
  ///   - derivative: encloses its derivative over any subinterval of `domain`; where there is a kink, all slopes
  ///     between the one-sided ones.
  ///   - domain: bounded.
  ///   - guess: a number believed to be close to a minimiser. A wrong one costs one evaluation; a good one makes the
  ///     cut good from the start.
  ///   - absoluteTolerance: the width of `value` to stop at; the larger of the two tolerances counts.
  ///   - relativeTolerance: the width as a fraction of the minimum's absolute value.
  ///   - workLimit: the number of evaluations to stop at.
  /// - Throws: `VerifiedMinimumError` if the domain is empty or unbounded, or the function is undefined on a part of it
  ///   (an empty enclosure).
  @inlinable
  public init(
    of function: (Interval) -> Interval, derivative: (Interval) -> Interval, on domain: Interval,
    near guess: Double? = nil, absoluteTolerance: Double = 1e-13, relativeTolerance: Double = 1e-14,
    workLimit: Int = 10_000
  ) throws(VerifiedMinimumError) {
    guard domain.isBounded else { throw .unboundedDomain(domain) }
    var search = MinimumSearch(absoluteTolerance: absoluteTolerance, relativeTolerance: relativeTolerance)

    let start = guess.map { Swift.min(Swift.max($0, domain.lower), domain.upper) } ?? domain.midpoint
    try search.evaluate(at: start.isNaN ? domain.midpoint : start, function)
    search.push(domain, atLeast: -.infinity)

    while let part = search.pop() {
      if part.atLeast > search.best || search.evaluations >= workLimit {
        search.settle(part.interval, atLeast: part.atLeast)
        continue
      }
      let natural = try search.enclosure(of: function, over: part.interval)
      if natural.lower > search.best {
        search.settle(part.interval, atLeast: natural.lower)
        continue
      }
      let slope = derivative(part.interval)
      search.evaluations += 1
      if slope.lower > 0 || slope.upper < 0 {
        let end = slope.lower > 0 ? part.interval.lower : part.interval.upper
        let atEnd = try search.evaluate(at: end, function)
        search.settle(Interval(end), atLeast: atEnd.lower)
        continue
      }
      let middle = part.interval.splittingPoint
      let atMiddle = try search.evaluate(at: middle, function)
      let meanValue = atMiddle + slope * (part.interval - Interval(middle))
      // The larger of two valid lower bounds; a slope without enclosure gives none.
      let atLeast = meanValue.lower > natural.lower ? meanValue.lower : natural.lower
      let isSplittable = part.interval.lower < middle && middle < part.interval.upper
      let isAtRoundingLevel = atMiddle.isBounded && meanValue.width <= 2 * atMiddle.width
      if search.isAbove(atLeast) || !isSplittable || isAtRoundingLevel {
        search.settle(part.interval, atLeast: atLeast)
      } else {
        search.split(part.interval, at: middle, atLeast: atLeast)
      }
    }

    value = Interval(uncheckedLower: Swift.min(search.settledAtLeast, search.best), upper: search.best)
    minimisers = search.minimisers
    point = search.point
    isWithinTolerance = value.width <= search.tolerance
    evaluations = search.evaluations
  }
}

/// Why no minimum can be enclosed at all.
public enum VerifiedMinimumError: Error, Equatable, CustomStringConvertible {
  /// The interval to search is empty or unbounded.
  case unboundedDomain(Interval)
  /// The enclosure over this part of the domain came out empty: the function is undefined there.
  case undefinedFunction(over: Interval)

  /// A sentence for a person.
  public var description: String {
    switch self {
    case .unboundedDomain(let domain):
      "a minimum can only be enclosed on a bounded interval, not on \(domain)"
    case .undefinedFunction(let part):
      "the function to minimise is undefined on \(part)"
    }
  }
}

/// What is known while searching.
///
/// Invariant: the minimum is at most `best`, and at least the least of `best`, `settledAtLeast` and the bounds of the
/// parts still on the stack; every minimiser is in one of the `candidates` or in a part on the stack.
@usableFromInline
struct MinimumSearch {
  /// A part of the domain still to be searched, with a lower bound on the function over it.
  @usableFromInline
  struct Part {
    @usableFromInline let interval: Interval
    @usableFromInline let atLeast: Double

    @inlinable
    init(interval: Interval, atLeast: Double) {
      self.interval = interval
      self.atLeast = atLeast
    }
  }

  @usableFromInline let absoluteTolerance: Double
  @usableFromInline let relativeTolerance: Double
  /// The least upper bound seen at a point, and the point.
  @usableFromInline var best = Double.infinity
  @usableFromInline var point = Double.nan
  /// The least lower bound of all parts that were settled.
  @usableFromInline var settledAtLeast = Double.infinity
  /// The settled parts that could hold a minimiser when they were settled.
  @usableFromInline var candidates: [Part] = []
  @usableFromInline var evaluations = 0
  /// Halving depth first leaves at most one part a level, so this seldom grows beyond 64.
  @usableFromInline var stack: [Part] = []

  @inlinable
  init(absoluteTolerance: Double, relativeTolerance: Double) {
    self.absoluteTolerance = absoluteTolerance
    self.relativeTolerance = relativeTolerance
    stack.reserveCapacity(64)
  }

  @inlinable
  var tolerance: Double {
    let relative = relativeTolerance * best.magnitude
    return relative > absoluteTolerance && relative < .infinity ? relative : absoluteTolerance
  }

  /// Whether a part with this lower bound cannot improve the enclosure by more than the tolerance.
  @inlinable
  func isAbove(_ atLeast: Double) -> Bool { atLeast >= best - tolerance }

  @inlinable
  mutating func enclosure(
    of function: (Interval) -> Interval, over part: Interval
  ) throws(VerifiedMinimumError) -> Interval {
    evaluations += 1
    let value = function(part)
    if value.isEmpty { throw .undefinedFunction(over: part) }
    return value
  }

  @inlinable
  @discardableResult
  mutating func evaluate(
    at candidate: Double, _ function: (Interval) -> Interval
  ) throws(VerifiedMinimumError) -> Interval {
    let value = try enclosure(of: function, over: Interval(candidate))
    if value.upper < best || point.isNaN {
      best = value.upper
      point = candidate
    }
    return value
  }

  /// Where minimisers may be: the candidates that are not above the best value by now.
  @inlinable
  var minimisers: Interval {
    candidates.reduce(.empty) { hull, part in part.atLeast <= best ? hull.hull(with: part.interval) : hull }
  }

  /// The part needs no further search. It may hold a minimiser only if its lower bound does not exceed the best value.
  @inlinable
  mutating func settle(_ part: Interval, atLeast: Double) {
    if atLeast <= best { candidates.append(Part(interval: part, atLeast: atLeast)) }
    settledAtLeast = Swift.min(settledAtLeast, atLeast)
  }

  @inlinable
  mutating func push(_ part: Interval, atLeast: Double) {
    stack.append(Part(interval: part, atLeast: atLeast))
  }

  @inlinable
  mutating func pop() -> Part? { stack.popLast() }

  /// Puts both halves on the stack, the one nearer to the best point on top.
  @inlinable
  mutating func split(_ part: Interval, at middle: Double, atLeast: Double) {
    let left = Interval(uncheckedLower: part.lower, upper: middle)
    let right = Interval(uncheckedLower: middle, upper: part.upper)
    if point <= middle {
      push(right, atLeast: atLeast)
      push(left, atLeast: atLeast)
    } else {
      push(left, atLeast: atLeast)
      push(right, atLeast: atLeast)
    }
  }
}

/// A root of a function of one variable, proved to exist by a change of sign, in as narrow an interval as evaluations
/// allow.
///
/// Priorities, in order:
///
/// 1. Every claim is proved: f is continuous (the caller's word) and its enclosures at the two ends of the domain have
///    strictly opposite signs, or f is exactly 0 at one of them, and every later step keeps a root inside. `isUnique` is
///    a claim of its own.
/// 2. The interval is narrow: it shrinks until no sign can be told any more, or to the tolerance.
/// 3. Few evaluations. With a derivative, the interval Newton step; in any case, a guess found in floating point is
///    tried first.
///
/// Newton's step. With m inside X and 0 outside F'(X), every root in X is in m - F(m)/F'(X), by the mean value theorem;
/// f is monotone on X, so the root is unique there. Where 0 is in F'(X), X is halved and the half whose ends have
/// opposite signs is kept. The other half may hold further roots (an even number): uniqueness is claimed only if these
/// were excluded too, by F not containing 0 there or by F' not doing so.
///
///     let root = try RootEnclosure(of: { x in x * x - 2 }, derivative: { x in 2 * x }, on: Interval(1, 2))
///     root.interval                               // [1.414213562373095, 1.4142135623730951]
///     root.isUnique                               // true
public struct RootEnclosure: Sendable, Equatable {
  /// Contains a root.
  public let interval: Interval
  /// Whether it is proved that the function has no other root in the whole interval that was searched.
  public let isUnique: Bool
  /// How many enclosures of the function or of its derivative were computed.
  public let evaluations: Int

  @inlinable
  init(interval: Interval, isUnique: Bool, evaluations: Int) {
    self.interval = interval
    self.isUnique = isUnique
    self.evaluations = evaluations
  }

  /// By interval Newton steps, and halving where the derivative may vanish.
  ///
  /// - Parameters:
  ///   - function: encloses the values of a continuous function over any subinterval of `domain`.
  ///   - derivative: encloses its derivative over any subinterval of `domain`.
  ///   - domain: bounded; the function has opposite signs at its ends.
  ///   - guess: a number believed to be close to the root; a wrong one costs a few evaluations.
  ///   - tolerance: the width to stop at; 0 goes on until no sign can be told.
  ///   - workLimit: the number of evaluations to stop at. A root enclosed so far is returned, it is only wider.
  /// - Throws: `RootEnclosureError` if no root is proved.
  @inlinable
  public init(
    of function: (Interval) -> Interval, derivative: (Interval) -> Interval, on domain: Interval,
    near guess: Double? = nil, tolerance: Double = 0, workLimit: Int = 1000
  ) throws(RootEnclosureError) {
    var bracket = try SignChange(of: function, on: domain, workLimit: workLimit)
    var isUnique = Self.excludesZero(derivative(domain))
    bracket.evaluations += 1
    // Without a derivative that excludes other roots at once, every part that is dropped must be excluded by itself.
    var droppedAreExcluded = true
    if let guess { bracket.narrow(around: guess, function) }
    if !isUnique {
      for dropped in bracket.dropped(from: domain) {
        bracket.evaluations += 2
        let isExcluded = Self.excludesZero(function(dropped)) || Self.excludesZero(derivative(dropped))
        droppedAreExcluded = droppedAreExcluded && isExcluded
      }
    }
    while bracket.interval.width > tolerance && bracket.evaluations < workLimit {
      let before = bracket.interval
      let slope = derivative(before)
      bracket.evaluations += 1
      if Self.excludesZero(slope) {
        if droppedAreExcluded { isUnique = true }
        // One Newton step; if it does not at least halve, the sign at the middle does.
        let middle = before.splittingPoint
        let newton = Interval(middle) - function(Interval(middle)) / slope
        bracket.evaluations += 1
        bracket.keep(newton)
        if bracket.interval.width > 0.5 * before.width && !bracket.halve(function) { break }
      } else {
        guard bracket.halve(function) else { break }
        if !isUnique && droppedAreExcluded {
          for dropped in bracket.dropped(from: before) {
            bracket.evaluations += 2
            let isExcluded = Self.excludesZero(function(dropped)) || Self.excludesZero(derivative(dropped))
            droppedAreExcluded = droppedAreExcluded && isExcluded
          }
        }
      }
    }
    self.init(interval: bracket.interval, isUnique: isUnique, evaluations: bracket.evaluations)
  }

  /// By the signs alone: a verified bracket. Uniqueness is never claimed.
  ///
  /// Halving costs one evaluation a bit, about 55 for a root of order 1; with a good guess it is about 10 in all.
  ///
  /// - Parameters: as for the variant with a derivative.
  /// - Throws: `RootEnclosureError` if no root is proved.
  @inlinable
  public init(
    of function: (Interval) -> Interval, on domain: Interval,
    near guess: Double? = nil, tolerance: Double = 0, workLimit: Int = 1000
  ) throws(RootEnclosureError) {
    var bracket = try SignChange(of: function, on: domain, workLimit: workLimit)
    if let guess { bracket.narrow(around: guess, function) }
    while bracket.interval.width > tolerance && bracket.evaluations < workLimit {
      guard bracket.halve(function) else { break }
    }
    self.init(interval: bracket.interval, isUnique: false, evaluations: bracket.evaluations)
  }

  @inlinable
  static func excludesZero(_ x: Interval) -> Bool { x.lower > 0 || x.upper < 0 }
}

/// Why no root is proved.
public enum RootEnclosureError: Error, Equatable, CustomStringConvertible {
  /// The interval to search is empty or unbounded.
  case unboundedDomain(Interval)
  /// The enclosures at the two ends do not have strictly opposite signs: there may be no root, or an even number, or
  /// the enclosure at an end is too wide to tell its sign.
  case noSignChange(domain: Interval, atLower: Interval, atUpper: Interval)
  /// The work limit does not allow for the two evaluations that every proof takes.
  case workLimitTooLow(Int)

  /// A sentence for a person.
  public var description: String {
    switch self {
    case .unboundedDomain(let domain):
      "a root can only be enclosed in a bounded interval, not in \(domain)"
    case .noSignChange(let domain, let atLower, let atUpper):
      "no change of sign is proved on \(domain): the values at its ends are in \(atLower) and \(atUpper)"
    case .workLimitTooLow(let limit):
      "a work limit of \(limit) evaluations proves nothing"
    }
  }
}

/// A bounded interval at whose ends a function is proved to have opposite signs, or to be 0: it contains a root, and
/// every change keeps it that way.
@usableFromInline
struct SignChange {
  @usableFromInline var interval: Interval
  /// Whether f is positive at the upper end (and negative at the lower one).
  @usableFromInline let isRising: Bool
  @usableFromInline var evaluations = 2

  @inlinable
  init(of function: (Interval) -> Interval, on domain: Interval, workLimit: Int) throws(RootEnclosureError) {
    guard domain.isBounded else { throw .unboundedDomain(domain) }
    guard workLimit >= 2 else { throw .workLimitTooLow(workLimit) }
    let atLower = function(Interval(domain.lower))
    let atUpper = function(Interval(domain.upper))
    isRising = atUpper.lower > 0
    // An end that is a root itself, without any rounding, is a root: f is 0 there.
    if atLower == 0 {
      interval = Interval(domain.lower)
    } else if atUpper == 0 {
      interval = Interval(domain.upper)
    } else if (atLower.upper < 0 && atUpper.lower > 0) || (atLower.lower > 0 && atUpper.upper < 0) {
      interval = domain
    } else {
      throw .noSignChange(domain: domain, atLower: atLower, atUpper: atUpper)
    }
  }

  /// Moves one end to a point strictly inside, if the sign there is proved; both ends, if f is exactly 0 there.
  @inlinable
  mutating func cut(at point: Double, _ function: (Interval) -> Interval) -> Bool {
    guard interval.lower < point && point < interval.upper else { return false }
    let value = function(Interval(point))
    evaluations += 1
    if value == 0 {
      interval = Interval(point)
    } else if value.lower > 0 {
      interval = Interval.hull(point, isRising ? interval.lower : interval.upper)
    } else if value.upper < 0 {
      interval = Interval.hull(point, isRising ? interval.upper : interval.lower)
    } else {
      return false
    }
    return true
  }

  /// Cuts in the middle, or at a quarter if the sign in the middle cannot be told; false if none can.
  @inlinable
  mutating func halve(_ function: (Interval) -> Interval) -> Bool {
    let lower = interval.lower
    let upper = interval.upper
    let middle = interval.splittingPoint
    if cut(at: middle, function) { return true }
    let atLowerQuarter = cut(at: Interval(uncheckedLower: lower, upper: middle).midpoint, function)
    let atUpperQuarter = cut(at: Interval(uncheckedLower: middle, upper: upper).midpoint, function)
    return atLowerQuarter || atUpperQuarter
  }

  /// Cuts on both sides of a guess, at growing distances until the sign changes between.
  @inlinable
  mutating func narrow(around guess: Double, _ function: (Interval) -> Interval) {
    guard interval.contains(guess) else { return }
    var distance = 4 * Swift.max(guess.ulp, interval.width * 0x1p-52)
    while interval.lower < guess - distance || guess + distance < interval.upper {
      _ = cut(at: guess - distance, function)
      _ = cut(at: guess + distance, function)
      distance *= 16
    }
  }

  /// Intersects with an enclosure of the one root of a function that is monotone on the interval: the root stays
  /// between, so the signs at the new ends are those at the old ones, or 0.
  @inlinable
  mutating func keep(_ newton: Interval) {
    let common = interval.intersection(with: newton)
    if !common.isEmpty { interval = common }
  }

  /// What an interval had on the left and on the right of this one.
  @inlinable
  func dropped(from before: Interval) -> [Interval] {
    var parts: [Interval] = []
    if before.lower < interval.lower { parts.append(Interval(uncheckedLower: before.lower, upper: interval.lower)) }
    if interval.upper < before.upper { parts.append(Interval(uncheckedLower: interval.upper, upper: before.upper)) }
    return parts
  }
}

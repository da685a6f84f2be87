import GSL
import IntervalArithmetic

/// A lattice as a vector quantizer: how much smaller its cells' moment of inertia is than a cube's.
///
/// The normalised second moment of a lattice in n dimensions, with Voronoi cell V of volume |V|, is
///
///     G = (1/n) integral over V of |x|^2 dx / |V|^(1 + 2/n),
///
/// so that entropy-coded lattice quantization of a smooth density has D = G |V|^(2/n) a component at high rate, against
/// D = |V|^(2/n) / (2 pi e) of R(D). The *space-filling loss* is the factor 2 pi e G: 10 log10(2 pi e G) dB in
/// distortion at equal rate, 1/2 log2(2 pi e G) bits a component at equal distortion.
///
/// | lattice | n  | G                                          | G to 9 digits | loss     | source                        |
/// |---------|----|--------------------------------------------|---------------|----------|-------------------------------|
/// | Z       | 1  | 1/12                                       | 0.083333333   | 1.533 dB | Gish, Pierce 1968             |
/// | A2      | 2  | 5/(36 sqrt 3)                              | 0.080187537   | 1.366 dB | Fejes Toth 1959 (optimal)     |
/// | A3*     | 3  | 19/(192 2^(1/3))                           | 0.078543281   | 1.276 dB | Barnes, Sloane 1983 (optimal) |
/// | D4, D4* | 4  | 13/(120 sqrt 2)                            | 0.076603235   | 1.167 dB | Conway, Sloane 1982           |
/// | E8      | 8  | 929/12960                                  | 0.071682099   | 0.879 dB | Conway, Sloane 1982           |
/// | K12     | 12 | 797361941/(6567561000 sqrt 3)              | 0.070095600   | 0.782 dB | Dutour Sikiric et al. 2009    |
/// | BW16    | 16 | 207049815983 sqrt 2/4287303820800          | 0.068297622   | 0.669 dB | Pook-Kolb et al. 2023         |
/// | Leech   | 24 | not known; Monte Carlo                     | 0.065771(74)  | 0.505 dB | Conway, Sloane 1984           |
///
/// D4* is D4 turned and scaled, so G is the same. K12 is the classical lattice in twelve dimensions and no longer the
/// best known one (Agrell, Pook-Kolb, Allen, "Glued lattices are better quantizers than K12", 2024).
///
/// - Source: Conway, Sloane, "Voronoi Regions of Lattices, Second Moments of Polytopes, and Quantization", IEEE Trans.
///   Inform. Theory 28 (1982) 211-226, "On the Voronoi regions of certain lattices", SIAM J. Alg. Disc. Meth. 5 (1984)
///   294-305, and "Sphere Packings, Lattices and Groups", Table 2.3 and chapter 21; Dutour
///   Sikiric, Schuermann, Vallentin, "Complexity and algorithms for computing Voronoi cells of lattices", Math. Comp.
///   78 (2009) 1713-1731; Pook-Kolb, Agrell, Allen, "The Voronoi Region of the Barnes-Wall Lattice", 2023
///   (arXiv:2301.06092); Agrell, Allen, "On the best lattice quantizers", IEEE Trans. Inform. Theory 69 (2023)
///   7650-7658.
public struct Lattice: Sendable, Equatable {
  /// The lattice's usual name, "E8".
  public let name: String
  /// n, the dimension.
  public let dimension: Int
  /// An enclosure of G; of the Leech lattice's the published estimate with its standard error.
  public let normalizedSecondMoment: Interval
  /// G as a formula, nil where no closed form is known.
  public let closedForm: String?
  /// Who computed G.
  public let source: String

  /// 10 log10(2 pi e G): the loss against R(D) in dB at equal rate.
  public var decibelLoss: Double { 20 * bitLoss * natsPerBit / 2.302585092994045684017991454684 }

  /// 1/2 log2(2 pi e G): the loss against R(D) in bits a component at equal distortion.
  public var bitLoss: Double {
    SpaceFillingLoss.bits(normalizedSecondMoment: normalizedSecondMoment.midpoint)
  }
}

extension Lattice {
  /// The integers: uniform scalar quantization.
  public static let integers = Lattice(
    name: "Z", dimension: 1, normalizedSecondMoment: Interval(1) / 12, closedForm: "1/12", source: "Gish, Pierce 1968")

  /// The hexagonal lattice, the best in the plane.
  public static let hexagonal = Lattice(
    name: "A2", dimension: 2, normalizedSecondMoment: 5 / (36 * Interval.sqrt(3)), closedForm: "5/(36 sqrt 3)",
    source: "Fejes Toth 1959")

  /// The body-centred cubic lattice, the best lattice in space.
  public static let bodyCentredCubic = Lattice(
    name: "A3*", dimension: 3, normalizedSecondMoment: 19 / (192 * Interval.exp(.ln2 / 3)),
    closedForm: "19/(192 2^(1/3))", source: "Barnes, Sloane 1983")

  /// The checkerboard lattice in four dimensions, whose cell is the 24-cell.
  public static let checkerboard4 = Lattice(
    name: "D4", dimension: 4, normalizedSecondMoment: 13 / (120 * Interval.sqrt(2)), closedForm: "13/(120 sqrt 2)",
    source: "Conway, Sloane 1982")

  /// The dual of D4, which is D4 turned and scaled.
  public static let checkerboard4Dual = Lattice(
    name: "D4*", dimension: 4, normalizedSecondMoment: checkerboard4.normalizedSecondMoment,
    closedForm: "13/(120 sqrt 2)", source: "Conway, Sloane 1982")

  /// Gosset's lattice.
  public static let gosset = Lattice(
    name: "E8", dimension: 8, normalizedSecondMoment: Interval(929) / 12960, closedForm: "929/12960",
    source: "Conway, Sloane 1982")

  /// The Coxeter-Todd lattice.
  public static let coxeterTodd = Lattice(
    name: "K12", dimension: 12, normalizedSecondMoment: 797_361_941 / (6_567_561_000 * Interval.sqrt(3)),
    closedForm: "797361941/(6567561000 sqrt 3)", source: "Dutour Sikiric, Schuermann, Vallentin 2009")

  /// The Barnes-Wall lattice in sixteen dimensions.
  public static let barnesWall16 = Lattice(
    name: "BW16", dimension: 16, normalizedSecondMoment: 207_049_815_983 * Interval.sqrt(2) / 4_287_303_820_800,
    closedForm: "207049815983 sqrt 2/4287303820800", source: "Pook-Kolb, Agrell, Allen 2023")

  /// The Leech lattice; its G is known from Monte Carlo only.
  public static let leech = Lattice(
    name: "Leech", dimension: 24, normalizedSecondMoment: .hull(0.065697, 0.065845), closedForm: nil,
    source: "Conway, Sloane 1984 (Monte Carlo)")

  /// Every lattice of the table, by dimension.
  public static let all: [Lattice] = [
    integers, hexagonal, bodyCentredCubic, checkerboard4, checkerboard4Dual, gosset, coxeterTodd, barnesWall16, leech,
  ]
}

extension SpaceFillingLoss {
  /// The sphere bound: no quantizer in n dimensions has a smaller normalised second moment than a ball,
  ///
  ///     G_n = Gamma(n/2 + 1)^(2/n) / ((n + 2) pi)   ->   1/(2 pi e) = 0.058549831...
  ///
  /// The limit is approached like log(n)/n: 2 pi e G_n = 1 + (log(pi n) - 2)/n + ... .
  ///
  /// - Parameter dimension: n from 1 to 10^15; relative error below 1e-13 (1e-12 above n = 10^12).
  /// - Throws: `DomainError.parameterOutOfRange` for another n.
  /// - Source: Zador 1963; Conway, Sloane 1982, eq. (3); Gersho, "Asymptotically Optimal Block Quantization", 1979.
  public static func sphereBound(dimension n: Int) throws(DomainError) -> Double {
    guard n >= 1, n <= 1_000_000_000_000_000 else {
      throw .parameterOutOfRange(
        name: "dimension", value: String(n), requirement: "a whole number from 1 to 1000000000000000")
    }
    let half = Double(n) / 2
    // log Gamma(h + 1)^(1/h): the logarithm for small h, Stirling's series where (log Gamma)/h would lose what it holds.
    let logRoot: Double
    if half < 100 {
      logRoot = logGamma(half + 1) / half
    } else {
      let correction = (1 / 12.0 - 1 / (360 * half * half)) / half
      logRoot = Double.log(half) - 1 + (Double.log(2 * .pi * half) / 2 + correction) / half
    }
    return Double.exp(logRoot) / (Double(n + 2) * .pi)
  }

  /// Zador's upper bound: random codes in n dimensions reach the normalised second moment
  ///
  ///     Gamma(n/2 + 1)^(2/n) Gamma(1 + 2/n) / (n pi),
  ///
  /// so some quantizer does at least as well; the best lattices lie between it and the sphere bound.
  ///
  /// - Parameter dimension: n from 1 to 10^15.
  /// - Throws: `DomainError.parameterOutOfRange` for another n.
  /// - Source: Zador, "Asymptotic quantization error of continuous signals", IEEE Trans. Inform. Theory 28 (1982)
  ///   139-149.
  public static func zadorBound(dimension n: Int) throws(DomainError) -> Double {
    let sphere = try sphereBound(dimension: n)
    return sphere * (1 + 2 / Double(n)) * Double.exp(logGamma(1 + 2 / Double(n)))
  }

  /// 1/2 log2(2 pi e G): the bits a component that cells of normalised second moment G lose against R(D) at high rate.
  ///
  /// - Parameter normalizedSecondMoment: G > 0; below 1/(2 pi e) the result would be negative, and no cell has it.
  @inlinable
  public static func bits(normalizedSecondMoment: Double) -> Double {
    (Double.log(2 * .pi * normalizedSecondMoment) + 1) / (2 * natsPerBit)
  }
}

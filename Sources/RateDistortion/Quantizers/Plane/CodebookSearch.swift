import ParallelBlocks

/// The search for the best codebook at a slope: Lloyd's iteration (`CodebookDesign`) from many starts, then changes of single
/// codewords.
///
/// Codebooks have many local minima, the more the more codewords. Starts are hexagonal lattices of the cell size that is best
/// at high rate, turned and moved, codewords drawn from the source, and what was found at neighbouring slopes. From the best a
/// word is taken away, or one drawn from the source added, or one moved, and Lloyd's iteration is run again; what is better is
/// kept. All is drawn from one generator of numbers, so that the same slope has the same codebook.
struct CodebookSearch {
  /// How much is tried.
  struct Effort: Sendable {
    /// Starts of either kind.
    var starts: Int
    /// Changes of single codewords.
    var changes: Int

    /// As a table is made.
    static let table = Effort(starts: 6, changes: 24)
    /// A second time, from what is known.
    static let revision = Effort(starts: 0, changes: 8)
    /// A codebook a quarter of a second.
    static let quick = Effort(starts: 2, changes: 4)
  }

  private let source: BentGaussian
  private let slope: Double
  private let coarse: CodebookDesign
  private let fine: CodebookDesign
  private var numbers: NumberSequence

  init(_ source: BentGaussian, slope: Double) {
    self.source = source
    self.slope = slope
    // Cells have a width of about sqrt(6/beta).
    let cells = source.first * (slope / 6).squareRoot()
    coarse = CodebookDesign(source, slope: slope, columns: Int(max(12, 12 * cells)))
    fine = CodebookDesign(source, slope: slope, columns: Int(max(60, 40 * cells)))
    numbers = NumberSequence(seed: slope.bitPattern)
  }

  /// The best codebook that is found; one codeword where no other is worth its rate.
  mutating func best(_ effort: Effort, near neighbours: [Codebook] = []) -> CodebookDesign.Design {
    let silent = CodebookDesign.Design(
      codebook: .silence(of: source), cost: slope * source.variance(as: Double.self), probabilities: [1])
    var best = silent
    for start in neighbours + starts(effort.starts) {
      let found = coarse.refined(start, rounds: 150, tolerance: 2e-6)
      if found.cost < best.cost { best = found }
    }
    var unchanged = 0
    for _ in 0..<effort.changes where best.codebook.count > 1 {
      let found = coarse.refined(changed(best), rounds: 120, tolerance: 4e-6)
      unchanged += 1
      if found.cost < best.cost - 1e-7 { (best, unchanged) = (found, 0) }
      if unchanged > effort.changes / 2 { break }
    }
    let refined = fine.refined(best.codebook, rounds: 400, tolerance: 1e-9)
    return best.codebook.count > 1 && refined.cost < silent.cost ? refined : silent
  }

  /// Hexagonal lattices and codewords drawn from the source.
  private mutating func starts(_ count: Int) -> [Codebook] {
    (0..<count).flatMap { index in [lattice(), drawn(count: 3 + Int(numbers.next() * (6 + 6 * slope)))] }
  }

  private mutating func drawn(count: Int) -> Codebook {
    var book = Codebook(slope: slope, first: [], second: [], lengths: [])
    for _ in 0..<count { append(to: &book, length: Double.log(Double(count))) }
    return book
  }

  private mutating func append(to book: inout Codebook, length: Double) {
    let z = numbers.normals()
    let x = source.first * z.0
    book.first.append(x)
    book.second.append(source.second * z.1 - source.bend() * x * x)
    book.lengths.append(length)
  }

  /// Cells of area A cost 2 (5/(36 sqrt 3)) A, which is 1/beta at the best A.
  private mutating func lattice() -> Codebook {
    let area = (0.9 + 0.5 * numbers.next()) / (slope * 0.1604)
    let side = (area * 2 / 3.0.squareRoot()).squareRoot()
    let angle = numbers.next() * Double.pi
    let (cosine, sine) = (Double.cos(angle), Double.sin(angle))
    let (u, v) = (numbers.next() * side, numbers.next() * side)
    var book = Codebook(slope: slope, first: [], second: [], lengths: [])
    let height = side * 3.0.squareRoot() / 2
    let reach = Int(16 * max(source.first, 1) / side) + 1
    let bend: Double = source.bend()
    for j in -reach...reach {
      for i in -reach...reach {
        let a = (Double(i) + 0.5 * Double(j & 1)) * side + u
        let b = Double(j) * height + v
        let (x, y) = (cosine * a - sine * b, sine * a + cosine * b)
        let (s, t) = (x / source.first, (y + bend * x * x) / source.second)
        // Cells that stick out of the source are chosen too.
        let square = s * s + t * t
        guard square < 16 else { continue }
        book.first.append(x)
        book.second.append(y)
        book.lengths.append(square / 2 - Double.log(area / (2 * Double.pi * source.first * source.second)))
      }
    }
    let least = book.lengths.min() ?? 0
    if least < 0 { for index in book.lengths.indices { book.lengths[index] -= least } }
    return book.count > 0 ? book : drawn(count: 3)
  }

  /// With a word less, a word more, or a word moved.
  private mutating func changed(_ design: CodebookDesign.Design) -> Codebook {
    var book = design.codebook
    let kind = numbers.next()
    if kind < 0.65 {
      let index = min(book.count - 1, Int(numbers.next() * Double(book.count)))
      book.first.remove(at: index)
      book.second.remove(at: index)
      book.lengths.remove(at: index)
    }
    if kind > 0.35 { append(to: &book, length: Double.log(Double(book.count + 1))) }
    return book
  }
}

/// Numbers that look random, the same for the same seed (Steele, Lea, Flood, "Fast splittable pseudorandom number generators",
/// 2014).
struct NumberSequence {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// Between 0 and 1.
  mutating func next() -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    z ^= z >> 31
    return (Double(z >> 11) + 0.5) * 0x1p-53
  }

  /// Two independent standard normal ones.
  mutating func normals() -> (Double, Double) {
    let radius = (-2 * Double.log(next())).squareRoot()
    let angle = 2 * Double.pi * next()
    return (radius * Double.cos(angle), radius * Double.sin(angle))
  }
}

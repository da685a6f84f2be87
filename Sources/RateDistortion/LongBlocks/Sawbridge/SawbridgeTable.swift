import IntervalArithmetic

/// A test channel of the sawbridge that is constant in each of N equal cells of the jump time: an upper bound on R(D).
///
/// With p(i|v) = p_ik in cell k, made to sum to 1 over i, and the reproductions' best form, the distribution functions
/// y_i(t) = P(V <= t | i), which are linear in the cells,
///
///     R = (1/N) sum p_ik ln p_ik - sum r_i ln r_i,      D = sum over i of r_i int y_i (1 - y_i) dt,
///
/// are finite sums: nothing depends on where the p_ik come from. As |s_v - s_w|^2 = |v - w|, D is half the mean distance of two
/// jumps with the same i.
struct SawbridgeTable<Number: SeriesNumber> {
  /// In nats.
  let rate: Number
  let distortion: Number

  /// - Parameter terms: p_ik > 0 up to a factor, one array of N an i.
  init(_ terms: [[Double]]) {
    let cells = terms.first?.count ?? 0
    let step = 1 / Number(cells)
    var information: Number = 0
    var cumulated = terms.map { _ in [Number](repeating: 0, count: 1) }
    for i in terms.indices { cumulated[i].reserveCapacity(cells + 1) }
    for k in 0..<cells {
      var sum: Number = 0
      for row in terms { sum = sum + Number(row[k]) }
      for i in terms.indices {
        let p = Number(terms[i][k]) / sum
        information = information + .xlogx(p)
        cumulated[i].append(cumulated[i][k] + p * step)
      }
    }
    information = information * step
    var distortion: Number = 0
    for g in cumulated {
      let weight = g[cells]
      information = information - .xlogx(weight)
      var sum: Number = 0
      for k in 0..<cells {
        let a = g[k]
        let b = g[k + 1]
        sum = sum + (a + b) / 2 * weight - (.squared(a) + a * b + .squared(b)) / 3
      }
      distortion = distortion + sum * step / weight
    }
    rate = information
    self.distortion = distortion
  }
}

import IntervalArithmetic

/// Where a kernel mixture has no zero: bounds on log Z, K/Z and the posterior's second moment in a complex neighbourhood of a
/// panel, from the posterior at the panel's middle.
///
/// Distances are in units of the kernel's width. Let Z(x) = sum of w_j exp(-|x - y_j|^2/2), x in R^d, and at the panel's middle
/// c let p_j be the posterior weights of the y_j, m their mean and D_j = y_j - m. A point of the neighbourhood is c + t + i s e:
/// t real with |t_1| <= a along the unit vector e and |t_2| <= b across it, s real with |s| <= r.
///
/// 1. *On the real points.* Z(c + t) = Z(c) exp(-|t|^2/2 - t.(c - m)) E exp(t.D), E over p. Since E D = 0 and
///    exp x <= 1 + x + x^2 exp(|x|)/2, the last factor lies in [1, 1 + S/2], S = E[(a|D_1| + b|D_2|)^2 exp(a|D_1| + b|D_2|)].
/// 2. *The posterior at c + t* has weights p_j exp(t.D_j)/E exp(t.D). Its variance along e is at most its second moment about
///    m_1, and the denominator is at least 1: V = E[D_1^2 exp(a|D_1| + b|D_2|)] bounds it for all t (Jensen). Its mean along e
///    is within E[|D_1| (exp(a|D_1| + b|D_2|) - 1)] =: C of m_1.
/// 3. *Off the real points.* Z(x + i s e) = exp(s^2/2) Z(x) E_x exp(-i s (x - y).e), and |E_x exp(i s y.e)| >= 1 - s^2 V/2, the
///    mean of a cosine about the mean. With q = 1 - r^2 V/2 > 0 there is no zero, the argument of the mean about its own mean
///    is below pi/2, and
///
///        |log |Z|| <= |log Z(c)| + |t|^2/2 + |t.(c - m)| + log(1 + S/2) + r^2/2 - log q,
///        |arg Z|   <= pi/2 + r (|c_1 - m_1| + a + C),
///        |K(z - y)/Z(z)| <= exp(|t|^2/2 + |t.(c - m)|)/(Z(c) q)       for every real y,
///        |sum w_j K(z - y_j) (z - y_j)^2|/|Z(z)| <= E_x[|x - y|^2 + s^2]/q.
///
/// Any a, b and r prove; those that prove most are sought. Atoms too far to matter may be left out of the sums: at a distance
/// v > a + b + 2 from c each term is at most its weight times exp(-v^2/2 + (a + b)(v + o)) (1 + v + o)^2 (1 + a + b)^2, o the
/// distance of m from c, which falls in v.
package struct PosteriorStrip {
  /// A bound on |log Z|.
  package let logarithm: Double
  /// A bound on |K(z - y)/Z(z)|, whatever y.
  package let ratio: Double
  /// A bound on the posterior mean of |z - y|^2/2.
  package let moment: Double

  /// The posterior at a panel's middle.
  package struct Center {
    /// log Z(c).
    var logarithm: Double
    /// |c - m| along and across e.
    var offset: (along: Double, across: Double)
    /// Weights that need not sum to 1, and |D| along and across e.
    var terms: [(weight: Double, along: Double, across: Double)]
    /// The distance from c beyond which atoms were left out, a finite number, and the logarithm of a bound on their part of
    /// Z(c): -infinity if there are none.
    var reach: Double
    var logLeftOut: Double

    package init(
      logarithm: Double, offset: (along: Double, across: Double),
      terms: [(weight: Double, along: Double, across: Double)], reach: Double, logLeftOut: Double
    ) {
      (self.logarithm, self.offset, self.terms) = (logarithm, offset, terms)
      (self.reach, self.logLeftOut) = (reach, logLeftOut)
    }
  }

  /// Nil where Z may vanish.
  ///
  /// What rounding does to these sums of positive terms is less than the factor 1 + 2^-20 that they are given.
  package init?(_ center: Center, along a: Double, across b: Double, imaginary r: Double) {
    var (total, second, variance, drift, square) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for term in center.terms {
      let shift = a * term.along + b * term.across
      let growth = term.weight * Double.exp(shift)
      total += term.weight
      square += growth * shift * shift
      variance += growth * term.along * term.along
      second += growth * (term.along * term.along + term.across * term.across)
      drift += growth * term.along
    }
    // Atoms left out are at v > reach from c; v^2 exp(-v^2/2 + (a + b) (v + o)) falls there, o the distance of m from c.
    let offset = center.offset.along + center.offset.across
    let far = center.reach + offset
    let factor = (1 + far) * (1 + a + b)
    let leftOut = Double.exp(center.logLeftOut + (a + b) * far) * factor * factor
    guard center.reach > a + b + 2, leftOut < 1e-9 else { return nil }
    let slack = 1 + 0x1p-20
    let (v, s) = ((variance / total + leftOut) * slack, (square / total + leftOut) * slack)
    let c = (drift / total + leftOut) * slack
    let q = 1 - r * r * v / 2
    guard total > 0, q > 0.02, s < 1e100 else { return nil }
    let real = (a * a + b * b) / 2 + a * center.offset.along + b * center.offset.across
    let magnitude =
      abs(center.logarithm) + real + Double.log1p(s / 2) + r * r / 2 - Double.log(q)
    logarithm = (magnitude + 1.6 + r * (center.offset.along + a + c)) * slack
    ratio = Double.exp(real - center.logarithm) / q * slack
    let distance = center.offset.along + a + center.offset.across + b
    // The mean of |x - y|^2 is at most the square of |x - m| plus the root of the mean of |y - m|^2.
    let spread = distance + (second / total + leftOut).squareRoot()
    moment = (spread * spread + r * r) / (2 * q) * slack
    guard logarithm < .infinity, ratio < .infinity, moment < .infinity else { return nil }
  }
}

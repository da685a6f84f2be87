import IntervalArithmetic

/// What is far away counts little: for points x_i in R^d with weights c_i >= 0 and g(y) = sum of c_i exp(-|x_i - y|^2/2), the part of
/// g(y) from points at a distance above r >= sqrt d is at most
///
///     (r^2/d)^(d/2) exp((d - r^2)/2) sup g.
///
/// There exp(-v^2/2) <= exp(-(1 - 1/s) r^2/2) exp(-v^2/(2 s)) for every s >= 1, and the wide kernel exp(-|v|^2/(2 s)) is s^(d/2) times the
/// average of exp(-|v - e|^2/2) over e ~ N(0, (s - 1) I), so that its sum is at most s^(d/2) sup g; s = r^2/d is the best choice. The same
/// holds of E[a(X) exp(-|X - y|^2/2)], a >= 0.
///
/// - Returns: the factor of sup g, rounded up.
func farPart(beyond reach: Double, dimension: Int) -> Double {
  let d = Double(dimension)
  let square = max(reach * reach, d)
  return Double.exp(d / 2 * Double.log(square / d) + (d - square) / 2) * (1 + 0x1p-40)
}

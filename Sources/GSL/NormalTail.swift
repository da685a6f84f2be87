import CGSL

/// The probability that a standard normal variable exceeds x, erfc(x/sqrt 2)/2 (`gsl_sf_erf_Q`): relative error about 1e-15,
/// 0 where it would be below the smallest number (x > 37.5).
public func normalTail(_ x: Double) -> Double {
  guard errorHandlerIsOff else { return .nan }
  return gsl_sf_erf_Q(x)
}

/// The logarithm of `normalTail`, without underflow in the tail (`gsl_sf_log_erfc`).
public func logNormalTail(_ x: Double) -> Double {
  guard errorHandlerIsOff else { return .nan }
  // log(erfc(x/sqrt 2)/2).
  return gsl_sf_log_erfc(x * 0.7071067811865475244) - 0.6931471805599453094
}

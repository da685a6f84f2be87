import CGSL

/// log Gamma(x) for x > 0 (`gsl_sf_lngamma_e`); relative error a few units in the last place.
///
/// - Returns: not a number where GSL has no value (x <= 0, x not a number).
public func logGamma(_ x: Double) -> Double {
  guard errorHandlerIsOff, x > 0 else { return .nan }
  var result = gsl_sf_result()
  return gsl_sf_lngamma_e(x, &result) == Int32(GSL_SUCCESS) ? result.val : .nan
}

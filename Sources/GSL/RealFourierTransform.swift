import CGSL

/// The discrete Fourier transform of real numbers, by the mixed-radix algorithm (`gsl_fft_real_transform`).
///
///     F_k = sum over j of x_j exp(-2 pi i j k/n),      k = 0, ..., n/2.
///
/// - Parameters:
///   - task: what is transformed, for the error.
///   - samples: n of them, at least one.
/// - Returns: real and imaginary parts for k = 0, ..., n/2, rounded down.
/// - Throws: `GSLError` if there is no sample, or no memory.
public func realFourierTransform(
  _ task: @autoclosure () -> String, _ samples: [Double]
) throws(GSLError) -> [(real: Double, imaginary: Double)] {
  let count = samples.count
  guard count > 0 else { throw GSLError(task(), status: Int32(GSL_EBADLEN)) }
  guard errorHandlerIsOff, let table = gsl_fft_real_wavetable_alloc(count) else {
    throw GSLError(task(), status: Int32(GSL_ENOMEM))
  }
  defer { gsl_fft_real_wavetable_free(table) }
  guard let workspace = gsl_fft_real_workspace_alloc(count) else { throw GSLError(task(), status: Int32(GSL_ENOMEM)) }
  defer { gsl_fft_real_workspace_free(workspace) }
  var data = samples
  let status = gsl_fft_real_transform(&data, 1, count, table, workspace)
  guard status == Int32(GSL_SUCCESS) else { throw GSLError(task(), status: status) }
  // Real and imaginary parts in turn; that of 0, and of n/2 where there is one, has no imaginary part.
  return (0...count / 2).map { k in
    if k == 0 { return (data[0], 0) }
    return 2 * k == count ? (data[count - 1], 0) : (data[2 * k - 1], data[2 * k])
  }
}

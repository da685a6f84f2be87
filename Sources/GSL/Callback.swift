import CGSL

/// Hands a Swift function to GSL for the length of a call.
func withCallback<Result>(
  _ function: (Double) -> Double, _ body: (UnsafeMutablePointer<gsl_function>) -> Result
) -> Result {
  withoutActuallyEscaping(function) { function in
    withUnsafePointer(to: function) { pointer in
      var callback = gsl_function(
        function: { x, context in
          guard let context else { return .nan }
          return context.assumingMemoryBound(to: ((Double) -> Double).self).pointee(x)
        },
        params: UnsafeMutableRawPointer(mutating: pointer))
      return withUnsafeMutablePointer(to: &callback, body)
    }
  }
}

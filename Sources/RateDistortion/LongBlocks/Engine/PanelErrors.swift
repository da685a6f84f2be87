/// What a quadrature rule errs by on one panel at most, in each of the integrals that a law's proof adds up.
struct PanelErrors {
  /// Of E[-log Z].
  var expectation = 0.0
  /// Of the channel's mean exponent, beta E d.
  var exponent = 0.0
  /// Of E[K/Z], relative to the kernel.
  var ratio = 0.0
  /// Of the probability.
  var probability = 0.0
  /// Of E X^2.
  var square = 0.0
}

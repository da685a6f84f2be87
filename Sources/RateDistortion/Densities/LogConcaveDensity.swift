/// A density whose logarithm is concave on the support.
///
/// **Theorem asserted.** log f((x + y)/2) >= (log f(x) + log f(y))/2 for x, y in the support. Exponential, Laplace, uniform,
/// normal and logistic densities have it; a mixture of two of them in general does not, and neither has a density whose tails
/// are heavier than exponential.
///
/// **What follows.**
///
/// - f is unimodal: a concave function rises and then falls.
/// - For every N there is one quantizer of N levels with thresholds halfway between its codepoints and codepoints at the
///   centroids of its cells, and it has the least distortion of all (Fleischer 1964 for strict concavity, Trushkin 1982
///   without). `LloydMaxQuantizer` finds such a quantizer, and calls it the best by this theorem alone.
/// - For a cell [a, b] of probability p and centroid c, dc/da + dc/db <= 1 with dc/da = f(a) (c - a)/p, dc/db = f(b) (b - c)/p:
///   moving a cell as a whole moves the centroid no further. (X conditioned on [a, b] has a log-concave density proportional to
///   f, and the derivative of the mean of log-concave laws moved by t is 1 - Cov(X, -(log f)') with a covariance of two rising
///   functions.) The Jacobian of `LloydMaxQuantizer` is diagonally dominant by it.
///
/// **Where it is proved**: at each conformer, by the sign of (log f)''.
public protocol LogConcaveDensity: UnimodalDensity {}

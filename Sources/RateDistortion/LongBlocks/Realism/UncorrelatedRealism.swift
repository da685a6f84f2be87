extension Curve {
  /// R(D - D^2/(4 Dmax)): the rate-distortion function at perfect realism with common randomness, of a Gaussian or of a sphere,
  /// from this curve, which is its R(D).
  ///
  /// **Gaussian.** X and Y are N(0, v) with E(X - Y)^2 = D, so their correlation is 1 - D/(2 v), and of Y's variance a fraction
  /// 1 - (1 - D/(2 v))^2 is left when X is known, D - D^2/(4 v) in all, as a mean. No law has more entropy at that variance
  /// than a Gaussian one: I(X; Y) >= (1/2) ln(v/(D - D^2/(4 v))), with equality for jointly Gaussian X and Y.
  ///
  /// **Sphere.** For X and Y uniform on the sphere of radius rho, v = rho^2, let Z(kappa) = E exp(kappa x.e) over the unit
  /// sphere and A = (ln Z)'. As `RampRealism` proves, I(X; Y) >= kappa E X.Y/v - ln Z with equality for Y given X of density
  /// exp(kappa x.y/v)/Z; E X.Y/v = 1 - D/(2 v). So A = 1 - D/(2 v) and R = kappa A - ln Z, which is R(D) where D = v (1 - A^2)
  /// (`SphereRateDistortion`); and v (1 - (1 - D/(2 v))^2) = D - D^2/(4 v).
  ///
  /// So at a small distortion realism costs nothing, and the largest distortion is 2 v.
  ///
  /// - Source: derived here; for the Gaussian Saldi, Linder, Yuksel 2015, Section V.
  func uncorrelatedRealism(_ source: String) -> Curve {
    Curve(
      InheritedLimit(
        .realismShannon, of: self, at: .deviation(.perfectRealism),
        summary: "R(D) at perfect realism, common randomness: \(source) (Saldi et al. 2015)"))
  }

  /// The rate-distortion-perception function of a Gaussian, from this curve, which is its R(D): long blocks with common randomness, each
  /// letter of whose reproductions has a law within a budget of the source's (`DeviationBudget`, where it is proved).
  func gaussianPerception(_ budget: DeviationBudget) -> Curve {
    Curve(
      InheritedLimit(
        .shannon(budget), of: self, at: .deviation(budget),
        summary:
          "R(D) with a law near the source's, common randomness: jointly Gaussian pairs (Zhang, Qian, Chen, Khisti 2021)"
      ))
  }
}

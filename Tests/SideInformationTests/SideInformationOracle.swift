import RateDistortion
import TestSupport

/// Side-information.json: rates and distortions from mpmath, by a program that shares nothing with the package.
struct SideInformationOracle: Decodable, Sendable {
  let plain: [Case]
  let nested: [Case]
  let layered: [Case]
  let labelled: [Case]

  struct Case: Decodable, Sendable {
    let setting: String
    /// The noise variance, or the correlation.
    let noise: Double
    let variance: Double
    let step: Double?
    let offset: Double?
    let bins: Int?
    let stages: [Int]?
    let order: String?
    let thresholds: [Double]?
    let labels: [Int]?
    let marginal: Digits?
    let conditional: Digits?
    let distortion: Digits?
    let after: [Values]?

    var problem: GaussianSideInformation {
      get throws {
        switch setting {
        case "side-plus-noise": return try GaussianSideInformation(sidePlusNoise: noise, sideVariance: variance)
        case "source-plus-noise": return try GaussianSideInformation(sourcePlusNoise: noise, sourceVariance: variance)
        default: return try GaussianSideInformation(correlation: noise, sourceVariance: variance)
        }
      }
    }

    var values: Values {
      get throws {
        guard let marginal, let conditional, let distortion else { throw Oracle.NotANumber(text: "\(self)") }
        return Values(marginal: marginal, conditional: conditional, distortion: distortion)
      }
    }
  }

  struct Values: Decodable, Sendable {
    let marginal: Digits
    let conditional: Digits
    let distortion: Digits

    /// The largest deviation: of rates in bits, of the distortion relative.
    func deviation(from performance: SideInformationPerformance) -> Double {
      max(
        abs(performance.marginalRate - marginal.value), abs(performance.conditionalRate - conditional.value),
        abs(performance.distortion / distortion.value - 1))
    }
  }

  static let shared = Result { try Oracle.json("side-information.json", as: SideInformationOracle.self) }
}

/// The trained points of the Wyner-Ziv compressors: X = Y + N, Y ~ N(0, 1), N ~ N(0, 0.1).
struct TrainedWynerZivPoint: Sendable {
  let model: String
  let coding: IndexCoding
  let slope: Double
  let rate: Double
  let rateError: Double
  let distortion: Double
  let distortionError: Double

  /// R + lambda D, and one standard error of it.
  var cost: Double { rate + slope * distortion }
  var costError: Double { rateError + slope * distortionError }

  /// Rows of the evaluators' file (model, coding, lambda, rate in bits, mean squared error, with standard errors).
  static let all: [TrainedWynerZivPoint] = [
    .init("variational-ecvq", .marginal, 28, 1.99672, 7.18418e-05, 0.0259289, 5.57164e-05),
    .init("variational-ecvq", .marginal, 60, 2.99863, 4.74424e-05, 0.0084789, 2.85358e-05),
    .init("variational-ecvq", .marginal, 120, 3.45411, 8.83342e-05, 0.00516045, 2.07898e-05),
    .init("variational-ecvq", .marginal, 250, 3.8062, 0.000469854, 0.00845603, 1.27062e-05),
    .init("variational-ecvq", .conditional, 10, 3.05403e-07, 2.75629e-10, 0.0999704, 9.99e-05),
    .init("variational-ecvq", .conditional, 40, 1.46902, 0.000709369, 0.0185686, 1.45698e-05),
    .init("variational-ecvq", .conditional, 160, 2.42936, 0.000716121, 0.00496968, 3.91545e-06),
    .init("variational-ecvq", .conditional, 14, 0.0281727, 0.000182771, 0.0979801, 9.8232e-05),
    .init("ntc-rounded", .marginal, 100, 3.77365, 0.000721261, 0.00778184, 5.46671e-06),
    .init("ntc-rounded", .marginal, 1000, 5.52669, 0.000750701, 0.000739106, 4.76324e-07),
    .init("ntc-rounded", .conditional, 100, 2.15078, 0.000716737, 0.00721878, 5.0242e-06),
    .init("ntc-rounded", .marginal, 20, 0.00229151, 0, 0.0999027, 9.98779e-05),
    .init("ntc-rounded", .marginal, 20, 0.00225525, 0, 0.0998991, 9.98803e-05),
    .init("sr-222-ecvq 1", .conditional, 150, 0.602645, 0.000571477, 0.0637845, 8.43851e-05),
    .init("sr-222-ecvq 2", .conditional, 150, 1.22637, 0.000692352, 0.0298982, 5.21825e-05),
    .init("sr-222-ecvq 3", .conditional, 150, 2.0169, 0.000728603, 0.0109117, 3.08939e-05),
    .init("sr-222-ecvq 1", .marginal, 150, 0.999793, 1.50039e-05, 0.0626095, 8.96763e-05),
    .init("sr-222-ecvq 2", .marginal, 150, 1.99974, 1.65229e-05, 0.0255091, 4.92169e-05),
    .init("sr-222-ecvq 3", .marginal, 150, 2.99847, 4.74719e-05, 0.00873347, 3.59597e-05),
    .init("sr-44-ecvq 1", .conditional, 150, 1.23601, 0.000691736, 0.0299336, 5.45636e-05),
    .init("sr-44-ecvq 2", .conditional, 150, 2.48056, 0.000736674, 0.00522023, 9.82556e-06),
  ]

  private init(
    _ model: String, _ coding: IndexCoding, _ slope: Double, _ rate: Double, _ rateError: Double, _ distortion: Double,
    _ distortionError: Double
  ) {
    self.model = model
    self.coding = coding
    self.slope = slope
    self.rate = rate
    self.rateError = rateError
    self.distortion = distortion
    self.distortionError = distortionError
  }
}

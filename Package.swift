// swift-tools-version: 6.0

import PackageDescription

let package = Package(
  name: "rdbounds",
  products: [
    .library(name: "RateDistortion", targets: ["RateDistortion"]),
    .library(name: "IntervalArithmetic", targets: ["IntervalArithmetic"]),
    .executable(name: "rdbounds", targets: ["rdbounds"]),
  ],
  targets: [
    .systemLibrary(
      name: "CGSL",
      pkgConfig: "gsl",
      providers: [.apt(["libgsl-dev"]), .brew(["gsl"])]
    ),
    .target(name: "GSL", dependencies: ["CGSL"]),
    .target(name: "IntervalArithmetic"),
    .target(name: "RateDistortion", dependencies: ["GSL", "IntervalArithmetic"]),
    .target(name: "TrainedPoints", dependencies: ["RateDistortion"]),
    .target(name: "Reports", dependencies: ["RateDistortion", "TrainedPoints"]),
    .executableTarget(name: "rdbounds", dependencies: ["Reports", "TrainedPoints", "RateDistortion"]),
    .executableTarget(name: "rdbounds-benchmark", dependencies: ["RateDistortion", "Reports", "TrainedPoints"]),

    .testTarget(name: "IntervalArithmeticTests", dependencies: ["IntervalArithmetic"]),
    .testTarget(name: "ShannonLimitsTests", dependencies: ["RateDistortion", "IntervalArithmetic"]),
    .testTarget(name: "RateDistortionTests", dependencies: ["RateDistortion", "GSL"]),
  ],
  swiftLanguageModes: [.v6]
)

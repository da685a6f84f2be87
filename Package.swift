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
    .target(name: "TrainedPoints", dependencies: ["RateDistortion", "GSL"]),
    .target(name: "Reports", dependencies: ["RateDistortion", "TrainedPoints"]),
    // The commands are a library, so that tests reach the parser of command lines; the program only calls it.
    .target(
      name: "CommandLineInterface", dependencies: ["Reports", "TrainedPoints", "RateDistortion"],
      path: "Sources/rdbounds", exclude: ["Program"]),
    .executableTarget(name: "rdbounds", dependencies: ["CommandLineInterface"], path: "Sources/rdbounds/Program"),
    .executableTarget(name: "rdbounds-benchmark", dependencies: ["RateDistortion", "IntervalArithmetic"]),

    .testTarget(name: "IntervalArithmeticTests", dependencies: ["IntervalArithmetic"]),
    .testTarget(name: "RateDistortionTests", dependencies: ["RateDistortion", "IntervalArithmetic"]),
    .testTarget(
      name: "TrainedPointsTests", dependencies: ["TrainedPoints", "Reports", "RateDistortion", "IntervalArithmetic"],
      exclude: ["Data"]),
    .testTarget(
      name: "ReportsTests", dependencies: ["Reports", "TrainedPoints", "RateDistortion", "IntervalArithmetic"]),
    // Runs the program, which its dependency builds.
    .testTarget(
      name: "CommandLineTests", dependencies: ["rdbounds", "CommandLineInterface", "Reports", "RateDistortion"]),
    .testTarget(name: "ShannonLimitsTests", dependencies: ["RateDistortion", "IntervalArithmetic"]),
    .testTarget(name: "SideInformationTests", dependencies: ["RateDistortion", "IntervalArithmetic"]),
    .testTarget(name: "QuantizersTests", dependencies: ["RateDistortion", "IntervalArithmetic"]),
  ],
  swiftLanguageModes: [.v6]
)

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
    // Work on all cores with the same result on any number of them; below everything, so that all share it.
    .target(name: "ParallelBlocks"),
    // Proved slopes of R(D), data that the program wrote.
    .target(name: "SlopeTables"),
    .target(name: "RateDistortion", dependencies: ["GSL", "IntervalArithmetic", "ParallelBlocks", "SlopeTables"]),
    // Formats: bytes, JSON, delimited text, digits, sheets. Nothing of the theory.
    .target(name: "Documents", dependencies: ["ParallelBlocks"]),
    .target(name: "TrainedPoints", dependencies: ["RateDistortion", "Documents", "ParallelBlocks", "GSL"]),
    .target(
      name: "Reports", dependencies: ["RateDistortion", "TrainedPoints", "Documents", "ParallelBlocks"],
      // Links to tables/schema: what --schema prints is committed there.
      resources: [.embedInCode("Schemas")]),
    // The commands are a library, so that tests reach the parser of command lines; the program only calls it.
    .target(
      name: "CommandLineInterface",
      dependencies: ["Reports", "TrainedPoints", "Documents", "ParallelBlocks", "RateDistortion"],
      path: "Sources/rdbounds", exclude: ["Program"]),
    .executableTarget(name: "rdbounds", dependencies: ["CommandLineInterface"], path: "Sources/rdbounds/Program"),
    .executableTarget(name: "rdbounds-benchmark", dependencies: ["RateDistortion", "IntervalArithmetic"]),

    // What all tests share: one generator, one reader of oracles, one exact decimal, one runner of programs.
    .target(name: "TestSupport", dependencies: ["Documents"], path: "Tests/Support"),
    .testTarget(name: "IntervalArithmeticTests", dependencies: ["IntervalArithmetic", "TestSupport"]),
    .testTarget(name: "HouseTests", dependencies: ["TestSupport"]),
    .testTarget(name: "DocumentsTests", dependencies: ["Documents", "TestSupport"]),
    .testTarget(name: "RateDistortionTests", dependencies: ["RateDistortion", "IntervalArithmetic", "TestSupport"]),
    .testTarget(
      name: "TrainedPointsTests",
      dependencies: ["TrainedPoints", "Reports", "RateDistortion", "Documents", "IntervalArithmetic", "TestSupport"],
      exclude: ["Data"]),
    .testTarget(
      name: "ReportsTests",
      dependencies: [
        "Reports", "TrainedPoints", "RateDistortion", "Documents", "IntervalArithmetic", "ParallelBlocks",
        "TestSupport",
      ]),
    // Runs the program, which its dependency builds.
    .testTarget(
      name: "CommandLineTests",
      dependencies: ["rdbounds", "CommandLineInterface", "Reports", "RateDistortion", "Documents", "TestSupport"]),
    .testTarget(name: "ShannonLimitsTests", dependencies: ["RateDistortion", "IntervalArithmetic", "TestSupport"]),
    .testTarget(name: "SideInformationTests", dependencies: ["RateDistortion", "IntervalArithmetic", "TestSupport"]),
    .testTarget(name: "QuantizersTests", dependencies: ["RateDistortion", "IntervalArithmetic", "TestSupport"]),
  ],
  swiftLanguageModes: [.v6]
)

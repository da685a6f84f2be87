import Foundation
import RateDistortion
import TestSupport
import TrainedPoints

/// The trained points of Data/, read as they are.
enum SharedFile: String, CaseIterable {
  case toySources = "tfc_toy_sources.csv"
  case wynerZiv = "wyner_ziv.csv"
  case rampLog = "keras_log_ramp_ntc1_lam140_s1b.csv"
  case laplaceLog = "keras_log_laplace_vecvq_lam20_s1b.csv"

  var path: String {
    Repository.path("Tests/TrainedPointsTests/Data/\(rawValue)")
  }

  var bytes: [UInt8] {
    get throws { try Array(Data(contentsOf: URL(fileURLWithPath: path))) }
  }

  func points(_ adjust: (inout PointFileOptions) -> Void = { _ in }) throws -> PointTable {
    var options = PointFileOptions()
    adjust(&options)
    return try PointFile.read(path: path, options: options)
  }

  func judged(_ adjust: (inout PointFileOptions) -> Void = { _ in }) throws -> [JudgedPoint] {
    Verification(of: try points(adjust)).judged().points
  }
}

/// A file given as text, of the circle unless options say otherwise.
func points(
  _ text: String, _ adjust: (inout PointFileOptions) -> Void = { $0.source = Circle.self }
) throws -> PointTable {
  var options = PointFileOptions()
  adjust(&options)
  return try PointFile.read(bytes: Array(text.utf8), name: "points.csv", options: options)
}

/// The error that a file's text causes, in words.
func complaint(
  _ text: String, _ adjust: (inout PointFileOptions) -> Void = { $0.source = Circle.self }
) -> String {
  do {
    _ = try points(text, adjust)
    return "none"
  } catch {
    return "\(error)"
  }
}

/// The verdict on points that were not read from a file.
func judge(
  _ source: any InformationSource, _ points: TrainedPoint..., standardErrors: Double = 3, tolerance: Double = 0.1
) -> [JudgedPoint] {
  judge(KnownSource(source), points, standardErrors: standardErrors, tolerance: tolerance)
}

/// The verdict on points of a source whose limits are made.
func judge(
  _ source: KnownSource, _ points: [TrainedPoint], standardErrors: Double = 3, tolerance: Double = 0.1
) -> [JudgedPoint] {
  Verification(
    of: PointTable(points, source: source), standardErrors: standardErrors, tolerance: tolerance
  ).judged().points
}

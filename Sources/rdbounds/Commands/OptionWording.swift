import RateDistortion
import TrainedPoints

extension Wording {
  /// Settings by the options of this command line.
  static let options = Wording { setting in
    switch setting {
    case .source: return spelling(VerifyCommand.source.declaration)
    case .rateColumn: return spelling(PointArguments.rateColumn.declaration)
    case .distortionColumn: return spelling(PointArguments.distortionColumn.declaration)
    case .peak: return spelling(PointArguments.peak.declaration)
    case .strict: return spelling(PointArguments.strict.declaration)
    case .rows:
      let words = PointArguments.rows.declaration.choices
      let last = words.last.map { " or \($0)" } ?? ""
      return "\(spelling(PointArguments.rows.declaration)) \(words.dropLast().joined(separator: ", "))\(last)"
    case .rateUnit(let unit): return "\(spelling(PointArguments.rateUnit.declaration)) \(unit.rawValue)"
    case .distortionUnit(let unit): return "\(spelling(PointArguments.distortionUnit.declaration)) \(unit.rawValue)"
    case .largestGapBits: return spelling(VerifyCommand.largestBits.declaration)
    case .largestGapDecibels: return spelling(VerifyCommand.largestDecibels.declaration)
    case .sourceFile(let source):
      let isSamples = source == Samples.description.name
      let file = (isSamples ? SourceArguments.data : SourceArguments.pmf).declaration
      return "\(spelling(file)) \(file.placeholder ?? "")"
    case .scriptAlone: return spelling(PlotCommand.script.declaration)
    case .parameter(let name): return "--\(name)"
    }
  }

  private static func spelling(_ option: OptionDeclaration) -> String { "--\(option.name)" }

  /// An error in a sentence.
  func text(of error: any Error) -> String { (error as? any WordedError)?.text(self) ?? "\(error)" }
}

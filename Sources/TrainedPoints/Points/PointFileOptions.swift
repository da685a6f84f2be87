import RateDistortion

/// The unit of a file's rates.
public enum RateUnit: String, Sendable, CaseIterable {
  /// Base-2 logarithms.
  case bits
  /// Natural logarithms.
  case nats
}

/// How a file states its distortions.
public enum DistortionUnit: String, Sendable, CaseIterable {
  /// The squared error averaged over the components.
  case meanSquaredError = "mse"
  /// The squared error summed over the components.
  case sumOfSquaredErrors = "sse"
  /// 10 log10 D.
  case decibels = "db"
  /// The peak signal-to-noise ratio, 10 log10 of peak^2 over the squared error averaged over the components.
  case peakSignalToNoise = "psnr"

  /// What is counted; nil for decibels, which say nothing of it.
  var measure: DistortionMeasure? {
    switch self {
    case .meanSquaredError, .peakSignalToNoise: return .meanSquaredError
    case .sumOfSquaredErrors: return .sumOfSquaredErrors
    case .decibels: return nil
    }
  }
}

/// Which rows are points.
public enum RowChoice: String, Sendable, CaseIterable {
  /// The last row of each run.
  case last
  /// The row of each run with the least validation loss.
  case best
  /// Every row.
  case all
}

/// What the rates of a successive-refinement code's stages count.
public enum StageRates: String, Sendable, CaseIterable {
  /// All stages so far.
  case cumulative
  /// The stage alone; they are added up over the rows of a run, which follow each other from stage 1.
  case increments
}

/// Keep only rows whose cell in a column is this text, or the same number written otherwise (2 and 2.0).
public struct RowFilter: Sendable, Equatable {
  /// The column's name.
  public let column: String
  /// The text or number wanted.
  public let value: String

  /// A filter.
  public init(column: String, value: String) {
    self.column = column
    self.value = value
  }

  /// `column=value`, split at the first equals sign; nil where there is none or no name before it.
  public init?(_ text: String) {
    guard let equals = text.firstIndex(of: "="), equals > text.startIndex else { return nil }
    self.init(column: String(text[..<equals]), value: String(text[text.index(after: equals)...]))
  }
}

/// How a file of points is to be read; what is nil is found out from the file.
public struct PointFileOptions: Sendable {
  /// The column of the rate.
  public var rateColumn: String?
  /// The column of the distortion.
  public var distortionColumn: String?
  /// The column of the rate's standard error.
  public var rateErrorColumn: String?
  /// The column of the distortion's standard error.
  public var distortionErrorColumn: String?
  /// What codes may rely on whose reproductions have the law of the source, where points are judged as such; else nil.
  public var realism: RealismLimit?
  /// The column of the squared Wasserstein distance between the laws of reproduction and source.
  public var perceptionColumn: String?
  /// The column of that distance's standard error.
  public var perceptionErrorColumn: String?
  /// The column of the quantised index's entropy.
  public var entropyColumn: String?
  /// The column of a refinement code's stage.
  public var stageColumn: String?
  /// What rates in rows with a stage count.
  public var stageRates = StageRates.cumulative
  /// The unit of the rate and of its standard error.
  public var rateUnit = RateUnit.bits
  /// The unit of the distortion; else what its column's name or the column `distortion_measure` says, else the source's.
  public var distortionUnit: DistortionUnit?
  /// The peak of signal-to-noise ratios.
  public var peak = 1.0
  /// Whether a row without a rate or a distortion, as a diverged run leaves it, is an error; else it is counted and left out.
  public var isStrict = false
  /// All of these must hold of a row.
  public var filters: [RowFilter] = []
  /// Which rows are points; else the last of each run of a Keras log, and every row of anything else.
  public var rows: RowChoice?
  /// The source of every row; else what the column `source` says.
  public var source: (any InformationSource.Type)?
  /// The source of every row, where no catalogue has it: a finite one from a file.
  public var known: KnownSource?
  /// The source of the rows of files without a column `source`.
  public var sourceOtherwise: (any InformationSource.Type)?
  /// The grid of encoders' maps that are runs of its rows.
  public var grid: MapGrid?
  /// Points are one series for each value of these columns together; if there are none, one a file.
  public var seriesColumns: [String] = []
  /// Values of the source's parameters, as text; they go before the file's columns.
  public var parameters: [String: String] = [:]
  /// How many standard errors a measured value may be off: a rate this far below 0 is still a rate.
  public var standardErrors = 3.0

  /// Everything found out from the file.
  public init() {}
}

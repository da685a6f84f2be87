import IntervalArithmetic

/// A one-shot code: a partition of a source's line, and what an entropy coder and a decoder make of its symbols.
public struct TrainedCode: Sendable {
  /// The source's line.
  public let line: any RealisationLine
  /// A process as seen at samples of time, where its reconstructions and distortion are counted there.
  public let sampled: (any RealisationLine)?
  /// Which symbol is sent where.
  public let partition: LinePartition
  /// The code lengths of the symbols in bits; nil where none are given.
  public let lengths: [Double]?
  /// The decoder's reconstructions; nil where none are given.
  public let reconstructions: [[Double]]?

  /// What the decoder knows besides the index; nil if it knows nothing.
  public let sideInformation: KnownSide?

  /// A code.
  public init(
    line: any RealisationLine, sampled: (any RealisationLine)? = nil, partition: LinePartition,
    lengths: [Double]? = nil, reconstructions: [[Double]]? = nil, sideInformation: KnownSide? = nil
  ) {
    self.line = line
    self.sampled = sampled
    self.partition = partition
    self.lengths = lengths
    self.reconstructions = reconstructions
    self.sideInformation = sideInformation
  }

  /// What reconstructions and distortions are counted on.
  var judged: any RealisationLine { sampled ?? line }
}

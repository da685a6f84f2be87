import IntervalArithmetic

/// The phases of a process that is seen, and judged, at n samples of time: x_u in R^n, the squared error its mean over the
/// samples.
///
/// Symbol S has the centroid c_S(t) = M(t)/p, M(t) the integral of x_u(t) over S, and contributes the mean over t of the
/// integral of x_u(t)^2 less M(t)^2/p. A reconstruction y adds p times the mean of (c_S - y)^2 (parallel axes). All integrals
/// are closed forms (`SampledProcess`), so that a process with jumps in every realisation is evaluated exactly.
///
/// Where the phase of a threshold makes a sample jump, its value is either; that is enclosed.
struct SampledPhases<Process: SampledProcess>: PhaseLine {
  let process: Process
  let sampling: Sampling
  let isClosed: Bool
  private let times: [Interval]

  init(_ process: Process, sampling: Sampling, isClosed: Bool) {
    self.process = process
    self.sampling = sampling
    self.isClosed = isClosed
    times = (0..<sampling.samples).map { Interval($0) / Interval(sampling.atoms) }
  }

  var components: Int? { sampling.samples }

  /// Of n samples at most two more than N |u - v| jump on the way from u to v, by 1 at most; the others move by |u - v| at
  /// most.
  func spread(from a: Double, to b: Double) -> Double {
    let distance = Interval(b) - Interval(a)
    let jumps = Interval.min(1, (distance * Interval(sampling.atoms) + 2) / Interval(sampling.samples))
    return Interval.sqrt(jumps + .squared(distance)).upper
  }

  func centroids(of partition: LinePartition) -> [[Double]]? {
    partition.piecesOfSymbols.map { pieces in
      times.map { time in
        var (sum, p): (Interval, Interval) = (0, 0)
        for piece in pieces {
          let (a, b) = (Interval(piece.from), Interval(piece.to))
          sum = sum + process.integrals(at: time, from: a, to: b).value
          p = p + (b - a)
        }
        return (sum / p).midpoint
      }
    }
  }

  func errors(of partition: LinePartition) -> PartitionErrors { errors(of: partition) { _ in nil } }

  func errors(of partition: LinePartition, about reconstructions: [[Double]]) -> PartitionErrors {
    errors(of: partition) { reconstructions[$0] }
  }

  /// About the reproduction of each symbol; its centroid where there is none.
  private func errors(of partition: LinePartition, about reproduction: (_ symbol: Int) -> [Double]?) -> PartitionErrors
  {
    var errors = PartitionErrors(symbols: partition.symbolCount, thresholds: partition.thresholds.count)
    let count = Interval(times.count)
    var places = [Interval](repeating: 0, count: times.count)
    for (symbol, pieces) in partition.piecesOfSymbols.enumerated() where !pieces.isEmpty {
      let ends = pieces.map { (from: Interval($0.from), to: Interval($0.to)) }
      let p = ends.reduce(0) { $0 + ($1.to - $1.from) }
      let given = reproduction(symbol)
      var distortion: Interval = 0
      for (index, time) in times.enumerated() {
        var first: Interval = 0
        var second: Interval = 0
        for (a, b) in ends {
          let part = process.integrals(at: time, from: a, to: b)
          first = first + part.value
          second = second + part.square
        }
        let centroid = first / p
        distortion = distortion + .max(0, second - first * centroid)
        places[index] = centroid
        if let given {
          let place = Interval(given[index])
          distortion = distortion + p * .squared(centroid - place)
          places[index] = place
        }
      }
      errors.distortions[symbol] = distortion / count
      let distance = { (phase: Interval) -> Interval in
        var sum: Interval = 0
        for (index, time) in times.enumerated() {
          sum = sum + .squared(process.value(at: time, phase: phase) - places[index])
        }
        return sum / count
      }
      for (piece, (a, b)) in zip(pieces, ends) {
        errors.set(distance(a), atStartOf: piece)
        errors.set(distance(b), atEndOf: piece)
      }
    }
    return errors
  }

  func distortionOfIntervals(_ masses: CodeMasses, of partition: LinePartition) -> EnclosedValue {
    // Of the process in continuous time, whose cells cost no less but for what the samples hide.
    EnclosedValue(masses.sum(of: { process.cost($1) }, slope: { process.costSlope($1) }))
  }
}

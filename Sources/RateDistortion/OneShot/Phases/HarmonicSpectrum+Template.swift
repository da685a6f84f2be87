import GSL

extension HarmonicSpectrum {
  /// The spectrum of the trigonometric polynomial through the samples of one period.
  ///
  /// n samples f(j/n) are those of one function of the harmonics up to n/2 without a sine at n/2 (Shannon's sampling theorem on
  /// the circle). With F_k = sum f(j/n) exp(-2 pi i j k/n) its powers are
  ///
  ///     c_k = 2 |F_k|^2/n^2 for k < n/2,      c_(n/2) = F_(n/2)^2/(2 n^2).
  ///
  /// The last is half of what it adds to the mean square over the samples: over all times the cosine between them counts too. So
  /// distortion is the mean over time of that function shifted by any phase, not over its samples.
  ///
  /// The transform is floating point: powers below 1e-28 of the largest are its rounding errors squared, and left out; the others
  /// are what the source **is** from here on. Parameters and certificates name them, and claims are about them.
  ///
  /// - Throws: `DomainError.parameterOutOfRange` unless there are from 2 to 513 finite samples, not all alike.
  init(template samples: [Double]) throws(DomainError) {
    let (name, count) = ("template", samples.count)
    guard (2...2 * Self.largestOrder + 1).contains(count) else {
      throw .parameterOutOfRange(
        name: name, value: "of \(count) sample\(count == 1 ? "" : "s")",
        requirement: "one period of 2 to \(2 * Self.largestOrder + 1) samples")
    }
    let peak = samples.reduce(0) { max($0, $1.magnitude) }
    guard peak <= 1e50, !(peak > 0 && peak < 1e-45) else {
      throw .parameterOutOfRange(
        name: name, value: "with a peak of \(peak)", requirement: "of samples with a peak from 1e-45 to 1e50")
    }
    guard samples.contains(where: { $0 != samples[0] }),
      let transform = try? realFourierTransform("the template", samples.map { $0 / peak })
    else {
      throw .parameterOutOfRange(name: name, value: "of equal samples", requirement: "of samples that differ")
    }
    let amplitudes = transform.enumerated().dropFirst().map { (k, value) in
      let square = value.real * value.real + value.imaginary * value.imaginary
      return (order: k, power: (2 * k == count ? 0.5 : 2) * square / Double(count * count))
    }
    let least = 1e-28 * (amplitudes.map(\.power).max() ?? 0)
    try self.init(
      amplitudes.filter { $0.power > least }.map { ($0.order, $0.power * (peak * peak)) }, parameter: name)
  }

  /// The spectrum of a file's rows: harmonic and power, or powers alone, of k = 1, 2, ... in turn.
  ///
  /// - Throws: `DomainError.parameterOutOfRange` for rows of another length, and what is no spectrum.
  init(rows values: [Double], columns: Int) throws(DomainError) {
    let name = "power-file"
    if columns == 1 {
      try self.init(values.enumerated().map { ($0 + 1, $1) }, parameter: name)
      return
    }
    guard columns == 2 else {
      throw .parameterOutOfRange(
        name: name, value: "with \(columns) numbers in a row", requirement: "of rows of a harmonic and its power")
    }
    var pairs: [(order: Int, power: Double)] = []
    for row in stride(from: 0, to: values.count, by: 2) {
      guard let order = Int(exactly: values[row]) else {
        throw .parameterOutOfRange(
          name: name, value: "with the harmonic \(values[row].words)", requirement: "of whole numbers of harmonics")
      }
      pairs.append((order, values[row + 1]))
    }
    try self.init(pairs, parameter: name)
  }
}

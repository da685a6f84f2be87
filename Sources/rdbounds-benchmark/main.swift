import RateDistortion
import IntervalArithmetic

func time(_ label: String, _ n: Int, _ body: (Double) throws -> Double) rethrows {
  let clock = ContinuousClock()
  var sum = 0.0
  let t = try clock.measure {
    for i in 0..<n {
      let f = 1e-6 + (Double(i) + 0.5) / Double(n) * 0.999
      sum += try body(f)
    }
  }
  let s = Double(t.components.seconds) + Double(t.components.attoseconds) * 1e-18
  print(label, Double(n) / s / 1e6, "M/s", s / Double(n) * 1e9, "ns", sum)
}
func bench<S: CellSource>(_ name: String, _ s: S) throws {
  let dual = DualBound(source: s), e = EntropyDistortionFunction(source: s), ts = TimeSharing(source: s)
  let dmax = s.largestDistortion
  try time(name + " dual", 1_000_000) { try dual.point(atDistortion: $0 * $0 * $0 * dmax).rate }
  try time(name + " biuniform", 1_000_000) { try e.point(atDistortion: $0 * $0 * $0 * dmax).rate }
  try time(name + " timesharing", 1_000_000) { try ts.point(atDistortion: $0 * $0 * $0 * dmax).rate }
  try time(name + " cert dual", 100_000) { try dual.bound(atDistortion: $0 * $0 * $0 * dmax).rate.lower }
  try time(name + " cert biuniform", 100_000) { try e.bound(atDistortion: $0 * $0 * $0 * dmax).rate.lower }
  try time(name + " cert ts", 100_000) { try ts.bound(atDistortion: $0 * $0 * $0 * dmax).rate.lower }
  try time(name + " dual inv", 100_000) { try dual.point(atRate: $0 * 40).distortion }
  try time(name + " biuniform inv", 100_000) { try e.point(atRate: $0 * 40).distortion }
}
try bench("ramp", Ramp())
try bench("circle", Circle())
try bench("sawbridge", Sawbridge())
try bench("uniform", UniformScalar())

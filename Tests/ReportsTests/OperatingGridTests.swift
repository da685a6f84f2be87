import RateDistortion
import Reports
import Testing

@Suite("grids")
struct OperatingGridTests {
  @Test("rates include both ends, rounding or not")
  func rates() throws {
    #expect(try OperatingGrid.rates(from: 0, to: 4, step: 1) == [0, 1, 2, 3, 4])
    #expect(try OperatingGrid.rates(from: 0, to: 1, step: 0.1).count == 11)
    #expect(try OperatingGrid.rates(from: 0, to: 1, step: 0.1)[3] == 0.3)
    #expect(try OperatingGrid.rates(from: 0, to: 1, step: 0.4) == [0, 0.4, 0.8])
    #expect(try OperatingGrid.rates(from: 2, to: 2, step: 1) == [2])
  }

  @Test("distortions go from end to end in equal ratios, in either direction")
  func distortions() throws {
    let grid = try OperatingGrid.distortions(from: 1, to: 1e-4, count: 5)
    #expect(grid == [1, 0.1, 0.01, 0.001, 0.0001])
    #expect(try OperatingGrid.distortions(from: 1e-4, to: 1, count: 5) == grid.reversed())
  }

  @Test("a source's grid begins where every rate is 0 and ends at 8 bits of its first curve")
  func sourceGrid() throws {
    for source in try defaultSources() {
      let grid = try OperatingGrid.distortions(of: source, count: 50)
      #expect(grid.count == 50)
      #expect(zip(grid, grid.dropFirst()).allSatisfy { $0 > $1 })
      // At perfect realism silence costs up to twice as much: those curves do not stretch the grid.
      for curve in source.curves where !curve.name.rawValue.hasPrefix("realism-") {
        #expect(try curve.point(atDistortion: grid[0]).rate == 0)
      }
      let last = try #require(grid.last)
      let first = try #require(source.curves.first)
      #expect(try abs(first.point(atDistortion: last).rate - 8) < 1e-9)
    }
  }

  @Test("a process on a few samples has less than 8 bits, and a grid all the same")
  func sampledGrid() throws {
    let grid = try OperatingGrid.distortions(of: KnownSource(Ramp(sampling: Sampling(samples: 5))), count: 10)
    #expect(grid.allSatisfy { $0 > 0 })
  }

  @Test("grids that make no sense are refused, huge numbers included")
  func refusals() {
    let refusals: [() throws -> [Double]] = [
      { try OperatingGrid.rates(from: 1, to: 0, step: 1) },
      { try OperatingGrid.rates(from: 0, to: 1, step: 0) },
      { try OperatingGrid.rates(from: 0, to: 1, step: -1) },
      { try OperatingGrid.rates(from: 0, to: 1, step: 1e-300) },
      { try OperatingGrid.rates(from: -1e308, to: 1e308, step: 1) },
      { try OperatingGrid.rates(from: .nan, to: 1, step: 1) },
      { try OperatingGrid.rates(from: 0, to: .infinity, step: 1) },
      { try OperatingGrid.distortions(from: 0, to: 1, count: 3) },
      { try OperatingGrid.distortions(from: 1, to: -1, count: 3) },
      { try OperatingGrid.distortions(from: 1, to: .infinity, count: 3) },
      { try OperatingGrid.distortions(from: 1, to: 2, count: 1) },
      { try OperatingGrid.distortions(from: 1, to: 2, count: .max) },
      { try OperatingGrid.distortions(of: KnownSource(Circle()), count: 0) },
    ]
    for refusal in refusals { #expect(throws: GridError.self) { try refusal() } }
  }
}

import Documents
import RateDistortion
import TestSupport
import Testing
import TrainedPoints

@Suite("files of an encoder's map")
struct CodeMapTests {
  private func complaint(_ text: String, of source: String = "circle", codebook: String? = nil) -> String {
    do {
      _ = try codeMap(text, of: source, codebook: codebook)
      return "none"
    } catch {
      return "\(error)"
    }
  }

  @Test(
    "what is wrong is said, with its row",
    arguments: [
      ("phase,index\n0,0\n0.5,1\n0.5,1\n", "map.csv:4: column 1 (phase): position 0.5 stands here twice"),
      (
        "phase,index\n0,0\n0.5,1\n0.4,1\n",
        "map.csv:4: column 1 (phase): position 0.4 is not above the one before it, 0.5"
      ),
      (
        "phase,index\n0,0\n1.5,1\n",
        "map.csv:3: column 1 (phase): 1.5 is out of range: it must be a position from 0 to 1"
      ),
      ("phase,index\n0,0\n0.5,1.5\n", "map.csv:3: column 2 (index): \"1.5\" is no whole number"),
      ("phase,index\n0,0\n0.5,a\n", "map.csv:3: column 2 (index): \"a\" is no whole number"),
      ("phase,index\n0,0\nnan,1\n", "map.csv:3: column 1 (phase): \"nan\" is not a finite number"),
      (
        "phase,index,bits\n0,0,1\n0.3,1,2\n0.6,0,1.5\n", "map.csv:4: column 3 (bits): index 0 has another value of bits"
      ),
      ("phase,index,bits\n0,0,1\n0.5,1,-2\n", "map.csv:3: column 3 (bits): -2 is out of range"),
      ("phase,index\n0,0,1\n", "map.csv:2: the row has 3 cells, the header 2"),
      ("phase\n0\n", "no column for the index"),
      ("x,index\n0,1\n", "no column for the position"),
      ("phase,index\n", "there is a header but no row"),
      ("", "the file is empty"),
      (
        "from,to,index\n0,0.5,1\n0.4,1,2\n",
        "map.csv:3: column 1 (from): the run begins at 0.4, before the one above it ends, at 0.5"
      ),
      ("from,to,index\n0,0.5,1\n0.5,0.5,2\n", "the run from 0.5 to 0.5 is empty"),
      ("from,to,index\n0,0.5,1\n0.6,1,2\n", "the map says nothing about 10 % of the source's probability"),
      ("from,to,index\n-inf,0.5,1\n0.5,1,2\n", "\"-inf\" is not a finite number"),
    ])
  func faults(text: String, says: String) {
    let said = complaint(text)
    #expect(said.contains(says), "\(said)")
  }

  @Test("a codebook has every index once, and reconstructions the source's dimension")
  func codebooks() throws {
    let map = "phase,index\n0,0\n0.5,1\n"
    #expect(complaint(map, codebook: "index,bits\n0,1\n").contains("there is no row for index 1"))
    #expect(
      complaint(map, codebook: "index,bits\n0,1\n1,1\n0,1\n").contains(
        "codebook:4: index 0 stands in the codebook twice"))
    let good = try codeMap(map, codebook: "index,bits,reconstruction_0,reconstruction_1\n1,2,0,1\n0,1,1,0\n5,9,0,0\n")
    #expect(good.lengths == [1, 2] && good.reconstructions == [[1, 0], [0, 1]])
    #expect(good.kraftSum == 0.75)
    let flat = try codeMap("phase,index,reconstruction\n0,0,1\n0.5,1,0\n")
    let reference = try #require(KnownSource(Circle()).codes)
    #expect(throws: PointFileError.self) { try flat.code(of: reference) }
  }

  @Test("tuples are symbols, whole numbers may have a point, other columns are passed over")
  func tuples() throws {
    let map = try codeMap("note,index_0,phase,index_1\na,1.0,0,2\nb,1,0.25,2\nc,1,0.5,-3\n")
    #expect(map.indices == [[1, 2], [1, -3]] && map.rows == 3)
    // Closed: from 0.5 on to 0.
    #expect(map.partition.thresholds.count == 2)
    #expect(map.partition.thresholds.map(\.lower) == [0.25, 0.5] && map.partition.thresholds.map(\.upper) == [0.5, 1])
  }

  @Test("grids with both ends of a circle, steps of any length, tails of a scalar")
  func coverage() throws {
    #expect(try codeMap("phase,index\n0,0\n0.5,1\n1,0\n").uncovered == 0)
    let rows = (0..<2000).filter { !(1000..<1015).contains($0) }.map { "\(Double($0) / 2000),\($0 / 500)\n" }
    let map = try codeMap("phase,index\n" + rows.joined())
    #expect((map.uncovered - 16.0 / 2000).magnitude < 1e-12)
    #expect(map.partition.thresholds[1].lower == 999.0 / 2000 && map.partition.thresholds[1].upper == 1015.0 / 2000)
    #expect(
      complaint("x,index\n" + (0...100).map { "\(Double($0) / 50),0\n" }.joined(), of: "laplace").contains(
        "says nothing about"))
    let whole = try codeMap(
      "x,index\n" + (0...100).map { "\(Double($0 - 50) / 5),\($0 / 10)\n" }.joined(), of: "laplace")
    #expect((whole.uncovered / Double.exp(-10.2) - 1).magnitude < 1e-9)
  }

  @Test("an open line's ends and the words for infinity")
  func infinite() throws {
    let map = try codeMap("from,to,index\n-inf,0,0\n0,inf,1\n", of: "gaussian")
    #expect(map.uncovered == 0 && map.partition.thresholds.map(\.nominal) == [0])
  }
}

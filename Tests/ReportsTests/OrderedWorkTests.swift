import Documents
import ParallelBlocks
import Synchronization
import TestSupport
import Testing

@Suite("work on all cores, handed on in order")
struct OrderedWorkTests {
  struct Fault: Error, Equatable {
    let index: Int
  }

  @Test("images come in order, each once, however long each takes", arguments: [0, 1, 2, 3, 100, 1000])
  func order(count: Int) {
    var taken: [Int] = []
    parallelForEach(count: count, block: 8) { index in
      // The first ones take longest.
      var sum = 0
      for step in 0..<(index < 4 ? 200_000 : 10) { sum ^= step }
      return index + (sum & 0)
    } _: {
      taken += $0
      return true
    }
    #expect(taken == Array(0..<count))
    #expect(parallelMap(count: count, block: 8) { $0 } == Array(0..<count))
  }

  @Test("an error is that of the least index, after the images before its block")
  func errors() {
    var taken: [Int] = []
    #expect(throws: Fault(index: 300)) {
      try parallelForEach(count: 1000, block: 16) { index throws(Fault) in
        if index >= 300, index % 100 == 0 { throw Fault(index: index) }
        return index
      } _: {
        taken += $0
        return true
      }
    }
    #expect(taken == Array(0..<taken.count) && (300 - 16...300).contains(taken.count))
    #expect(throws: Fault(index: 7)) {
      try parallelMap(count: 1000, block: 4) { index throws(Fault) in
        if index % 10 == 7 { throw Fault(index: index) }
        return index
      }
    }
  }

  @Test("work ends when nobody wants more")
  func end() {
    let computed = Atomic<Int>(0)
    var taken = 0
    parallelForEach(count: 1_000_000, block: 4) { index in
      computed.add(1, ordering: .relaxed).newValue
    } _: {
      taken += $0.count
      return taken < 10
    }
    #expect(taken < 20)
    // Other threads may have some blocks in hand.
    #expect(computed.load(ordering: .relaxed) < 100_000)
  }

  /// What an observer was told.
  final class Witness: WorkObserver {
    let begun = Mutex<[WorkInProgress]>([])
    let ended = Atomic<Int>(0)
    func began(_ work: WorkInProgress) { begun.withLock { $0.append(work) } }
    func ended(_ work: WorkInProgress) { ended.add(1, ordering: .relaxed) }
  }

  @Test("an observer sees work, and work within it on other threads; without a unit it is told nothing")
  func observer() {
    let witness = Witness()
    WorkInProgress.$observer.withValue(witness) {
      _ = parallelMap(count: 40, block: 1, of: "rows") { index in
        parallelMap(count: 3, of: "slopes") { $0 + index }
      }
      _ = parallelMap(count: 40, block: 1) { $0 }
    }
    let begun = witness.begun.withLock { $0 }
    #expect(begun.count { $0.unit == "rows" } == 1 && begun.count { $0.unit == "slopes" } == 40 && begun.count == 41)
    #expect(begun.allSatisfy { $0.done == $0.count } && begun[0].count == 40)
    #expect(witness.ended.load(ordering: .relaxed) == 41)
  }

  /// A sheet with cells of several widths and kinds.
  static let sheet: Sheet<Int> = {
    var sheet = Sheet<Int>([
      .word("name") { String(repeating: "x", count: $0 % 7) }, .whole("n") { $0 },
      .number("inverse") { $0 == 0 ? nil : 1 / Double($0) },
    ])
    sheet.facts = JSONValue.members(["about": .text("numbers")])
    return sheet
  }()

  @Test("a sheet's text is the same however its rows come", arguments: [0, 1, 5, 40])
  func streamed(count: Int) {
    for isAligned in [true, false] {
      var sheet = Self.sheet
      sheet.isAligned = isAligned
      for format in SheetFormats.all {
        let whole = sheet.text(of: Array(0..<count), as: format)
        var streamed: [UInt8] = []
        format.write(sheet) { take in
          for start in stride(from: 0, to: count, by: 3) { _ = take(Array(start..<min(count, start + 3))) }
          _ = take([])
        } to: {
          streamed += $0
          return true
        }
        #expect(streamed == whole, "\(format.name)")
      }
    }
  }

  @Test("rows are written as they come; before the first one nothing is")
  func early() {
    var pieces: [String] = []
    #expect(throws: Fault(index: 2)) {
      try CSV.write(Self.sheet) { take in
        #expect(pieces.isEmpty)
        _ = take([1])
        #expect(pieces == ["name,n,inverse\nx,1,1\n"])
        _ = take([2])
        #expect(pieces.count == 2)
        throw Fault(index: 2)
      } to: {
        pieces.append(String(decoding: $0, as: UTF8.self))
        return true
      }
    }
    #expect(pieces == ["name,n,inverse\nx,1,1\n", "xx,2,0.5\n"])
  }
}

import Dispatch

// Work on all cores whose result does not depend on how many there are.
//
// Goals, in order: the same bytes whatever the number of threads; nothing shared that could be raced for; no cost where there is
// too little to do. So work is cut into blocks by its size alone, never by the number of cores, every block writes a place of its
// own, and whoever adds blocks up does it in their order. Work is not stopped early: an error is that of the first block that
// has one, in order, not in time.

/// Runs a piece of work for each of 0, 1, ..., count - 1 on all cores and returns when all are done.
///
/// - Parameters:
///   - count: how many pieces; nothing is done for 0 or less.
///   - isWorthwhile: whether there is enough to do for a second thread; otherwise the pieces run here, in order.
///   - work: one piece; it writes nothing that another one reads or writes.
@inlinable
public func inParallel(count: Int, isWorthwhile: Bool = true, _ work: @Sendable (Int) -> Void) {
  if count > 1, isWorthwhile {
    DispatchQueue.concurrentPerform(iterations: count, execute: work)
  } else if count > 0 {
    for index in 0..<count { work(index) }
  }
}

/// The images of 0, 1, ..., count - 1 in their order, computed on all cores.
///
/// - Parameters:
///   - count: how many; none for 0 or less.
///   - block: how many images are worth a thread: up to so many are computed here. A hundred rows of a table cost less than waking
///     one; what takes a millisecond or more is a block by itself.
///   - transform: an image, of its index and nothing that another image changes.
/// - Throws: the error of the least index that has one.
@inlinable
public func parallelMap<Image: Sendable, Failure: Error>(
  count: Int, block: Int = 128, _ transform: @Sendable (Int) throws(Failure) -> Image
) throws(Failure) -> [Image] {
  guard count > block else { return try images(of: 0..<max(0, count), transform).get() }
  let blocks = (count - 1) / block + 1
  let results = [Result<[Image], Failure>?](unsafeUninitializedCapacity: blocks) { buffer, initialized in
    buffer.initialize(repeating: nil)
    initialized = blocks
    // Every block writes its own element, and the buffer outlives them all.
    nonisolated(unsafe) let places = buffer
    inParallel(count: blocks) { places[$0] = images(of: $0 * block..<min(count, ($0 + 1) * block), transform) }
  }
  var all: [Image] = []
  all.reserveCapacity(count)
  for case let result? in results { all.append(contentsOf: try result.get()) }
  return all
}

/// The images of a range, or the error of the first that has one.
@inlinable
func images<Image, Failure: Error>(
  of range: Range<Int>, _ transform: (Int) throws(Failure) -> Image
) -> Result<[Image], Failure> {
  var images: [Image] = []
  images.reserveCapacity(range.count)
  for index in range {
    do throws(Failure) {
      images.append(try transform(index))
    } catch {
      return .failure(error)
    }
  }
  return .success(images)
}

import Dispatch
import Synchronization

// Work on all cores whose result does not depend on how many there are.
//
// Goals, in order: the same bytes whatever the number of threads; nothing shared that could be raced for; no cost where there is
// too little to do. So work is cut into blocks by its size alone, never by the number of cores, and whoever adds blocks up does
// it in their order: an error is that of the first block that has one, in order, not in time.

/// Runs a piece of work for each of 0, 1, ..., count - 1 on all cores and returns when all are done.
///
/// - Parameters:
///   - count: how many pieces; nothing is done for 0 or less.
///   - isWorthwhile: whether there is enough to do for a second thread; otherwise the pieces run here, in order.
///   - work: one piece; it writes nothing that another one reads or writes.
@inlinable
public func inParallel(count: Int, isWorthwhile: Bool = true, _ work: @Sendable (Int) -> Void) {
  if count > 1, isWorthwhile {
    guard let observer = WorkInProgress.observer else {
      return DispatchQueue.concurrentPerform(iterations: count, execute: work)
    }
    // Other threads know nothing of the task.
    DispatchQueue.concurrentPerform(iterations: count) { index in
      WorkInProgress.$observer.withValue(observer) { work(index) }
    }
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
///   - unit: what an observer is told that is counted; nil for nothing.
///   - transform: an image, of its index and nothing that another image changes.
/// - Throws: the error of the least index that has one.
@inlinable
public func parallelMap<Image: Sendable, Failure: Error>(
  count: Int, block: Int = 128, of unit: String? = nil, _ transform: @Sendable (Int) throws(Failure) -> Image
) throws(Failure) -> [Image] {
  guard count > block else {
    return try WorkInProgress.observed(unit, count: max(0, count)) { work throws(Failure) in
      try images(of: 0..<max(0, count), transform, work).get()
    }
  }
  var all: [Image] = []
  all.reserveCapacity(count)
  try parallelBlocks(Blocks(count: count, first: block, largest: block), of: unit, transform) {
    all.append(contentsOf: $0)
    return true
  }
  return all
}

/// The images of 0, 1, ..., count - 1, handed on in their order, each as soon as those before it are there.
///
/// - Parameters:
///   - count: how many; none for 0 or less.
///   - block: how many images are worth a thread. The first blocks are smaller, so that nobody waits for the first image.
///   - unit: what an observer is told that is counted.
///   - transform: an image, of its index and nothing that another image changes.
///   - take: takes the next images, on one thread at a time; if it returns false, nobody wants more, and the work ends.
/// - Throws: the error of the least index that has one, after the images before it have been taken.
@inlinable
public func parallelForEach<Image: Sendable, Failure: Error>(
  count: Int, block: Int = 128, of unit: String? = nil, _ transform: @Sendable (Int) throws(Failure) -> Image,
  _ take: ([Image]) -> Bool
) throws(Failure) {
  try parallelBlocks(Blocks(count: count, first: 1, largest: block), of: unit, transform, take)
}

/// 0, 1, ..., count - 1 in blocks, which double from the first size to the largest.
@usableFromInline
struct Blocks: Sendable {
  /// Where they begin, and the end.
  @usableFromInline private(set) var ends = [0]

  @usableFromInline
  init(count: Int, first: Int, largest: Int) {
    var size = max(1, first)
    while let last = ends.last, last < count {
      ends.append(last + min(size, count - last))
      size = min(2 * size, max(size, largest))
    }
  }

  @usableFromInline var count: Int { ends.count - 1 }
  @usableFromInline subscript(index: Int) -> Range<Int> { ends[index]..<ends[index + 1] }
}

/// Blocks of images that are there and wait for those before them.
@usableFromInline
struct Waiting<Image: Sendable, Failure: Error>: Sendable {
  @usableFromInline var blocks: [Int: Result<[Image], Failure>] = [:]
  @usableFromInline var next = 0
  @usableFromInline var isOver = false
  @usableFromInline var failure: Failure?

  @usableFromInline init() {}

  /// Hands on what is complete up to the first block that is missing.
  @inlinable
  mutating func handOn(to take: ([Image]) -> Bool) {
    while !isOver, let result = blocks.removeValue(forKey: next) {
      next += 1
      switch result {
      case .success(let images): isOver = !take(images)
      case .failure(let error): (isOver, failure) = (true, error)
      }
    }
  }
}

/// Computes images on all cores and hands them on in order.
@inlinable
func parallelBlocks<Image: Sendable, Failure: Error>(
  _ blocks: Blocks, of unit: String?, _ transform: @Sendable (Int) throws(Failure) -> Image,
  _ take: ([Image]) -> Bool
) throws(Failure) {
  let failure = WorkInProgress.observed(unit, count: blocks.ends.last ?? 0) { work in
    let waiting = Mutex(Waiting<Image, Failure>())
    withoutActuallyEscaping(take) { take in
      // It is called under the lock, and not after this function has returned.
      nonisolated(unsafe) let take = take
      inParallel(count: blocks.count) { index in
        guard !waiting.withLock({ $0.isOver }) else { return }
        let result = images(of: blocks[index], transform, work)
        waiting.withLock { waiting in
          waiting.blocks[index] = result
          waiting.handOn(to: take)
        }
      }
    }
    return waiting.withLock { $0.failure }
  }
  if let failure { throw failure }
}

/// The images of a range, or the error of the first that has one.
@inlinable
func images<Image, Failure: Error>(
  of range: Range<Int>, _ transform: (Int) throws(Failure) -> Image, _ work: WorkInProgress
) -> Result<[Image], Failure> {
  var images: [Image] = []
  images.reserveCapacity(range.count)
  for index in range {
    do throws(Failure) {
      images.append(try transform(index))
    } catch {
      return .failure(error)
    }
    work.advance()
  }
  return .success(images)
}

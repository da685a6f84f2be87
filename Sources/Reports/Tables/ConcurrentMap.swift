import Dispatch

/// The images of 0, 1, ..., count - 1, computed on all cores in chunks, in order whatever the number of threads.
///
/// A hundred rows cost less than a second thread; below `chunk` elements everything runs here.
func concurrentMap<Element: Sendable, Failure: Error>(
  count: Int, chunk: Int = 128, _ transform: @escaping @Sendable (Int) throws(Failure) -> Element
) throws(Failure) -> [Element] {
  let compute = { @Sendable (range: Range<Int>) -> Result<[Element], Failure> in
    var images: [Element] = []
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
  guard count > chunk else { return try compute(0..<max(0, count)).get() }

  let chunks = (count - 1) / chunk + 1
  let results = [Result<[Element], Failure>?](unsafeUninitializedCapacity: chunks) { buffer, initialized in
    buffer.initialize(repeating: nil)
    initialized = chunks
    // Every iteration writes its own element, and the buffer outlives them all.
    nonisolated(unsafe) let places = buffer
    DispatchQueue.concurrentPerform(iterations: chunks) { index in
      places[index] = compute(index * chunk..<min(count, (index + 1) * chunk))
    }
  }
  var images: [Element] = []
  images.reserveCapacity(count)
  for case let result? in results { images.append(contentsOf: try result.get()) }
  return images
}

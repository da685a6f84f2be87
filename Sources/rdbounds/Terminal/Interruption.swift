#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What Ctrl-C does: the program ends at once, by the signal, with whole rows printed and no progress line left behind.
///
/// The signal is taken by a thread of its own, which waits until nothing is being written. A second one ends the program as it is.
/// Where the signal is ignored, as under nohup, it stays so.
enum Interruption {
  /// Ends the program with grace from now on. To be called before there are other threads: they inherit that the signal is not
  /// theirs.
  static func watch(_ line: ProgressLine) {
    let handler = signal(SIGINT, SIG_DFL)
    guard unsafeBitCast(handler, to: Int.self) != unsafeBitCast(SIG_IGN, to: Int.self) else {
      signal(SIGINT, SIG_IGN)
      return
    }
    var signals = interrupt
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    #if canImport(Darwin)
      var thread: pthread_t?
    #else
      var thread = pthread_t()
    #endif
    let context = Unmanaged.passRetained(line).toOpaque()
    let status = pthread_create(&thread, nil, Self.wait, context)
    if status != 0 { pthread_sigmask(SIG_UNBLOCK, &signals, nil) }
  }

  /// The signal alone, as a set.
  private static var interrupt: sigset_t {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    return signals
  }

  #if canImport(Darwin)
    private static let wait: @convention(c) (UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? = { end($0) }
  #else
    private static let wait: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { end($0) }
  #endif

  /// Waits for the signal and ends the program.
  private static func end(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    var signals = interrupt
    var signal: Int32 = 0
    while sigwait(&signals, &signal) != 0 {}
    // This thread lets the next one through.
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    if let context { Unmanaged<ProgressLine>.fromOpaque(context).takeUnretainedValue().eraseAtLast() }
    raise(SIGINT)
    return nil
  }
}

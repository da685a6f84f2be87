import CGSL

/// A status other than success from the GNU Scientific Library, with what was being computed.
public struct GSLError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What was being computed, and at which argument.
  public let task: String
  /// GSL's status code.
  public let status: Int32

  init(_ task: String, status: Int32) {
    self.task = task
    self.status = status
  }

  /// The task and GSL's own words for the status.
  public var description: String {
    "\(task): \(String(cString: gsl_strerror(status)))"
  }
}

/// GSL's default error handler aborts the process. It is switched off once, before the first call; every status is then
/// returned, and becomes a `GSLError`.
let errorHandlerIsOff: Bool = {
  gsl_set_error_handler_off()
  return true
}()

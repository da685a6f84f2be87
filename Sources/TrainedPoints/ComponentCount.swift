import RateDistortion

/// A source of a fixed number of components, over which its squared error is summed.
///
/// A file that averages over them instead is converted by this number. Processes have none: theirs is the number of time
/// samples.
public protocol CountedComponents {
  /// The number of components of a source vector.
  static var componentCount: Int { get }
}

extension Circle: CountedComponents {
  /// The two coordinates of a point.
  public static let componentCount = 2
}

extension UniformScalar: CountedComponents {
  /// A scalar.
  public static let componentCount = 1
}

extension Gaussian: CountedComponents {
  /// A scalar.
  public static let componentCount = 1
}

extension WynerZiv: CountedComponents {
  /// A scalar.
  public static let componentCount = 1
}

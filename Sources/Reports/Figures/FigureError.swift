/// Why a figure cannot be drawn.
public enum FigureError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A rate has to be drawn over, or under, a distortion.
  case axes(FigureAxis, FigureAxis)
  /// No curve and no point has a finite place in the frame.
  case nothingToDraw
  /// More series than anybody tells apart.
  case tooManySeries(Int, most: Int)

  /// The reason in a clause.
  public var description: String {
    switch self {
    case .axes(let x, let y):
      return "one axis is the rate and the other a distortion, not \(x.rawValue) and \(y.rawValue)"
    case .tooManySeries(let count, let most): return "\(count) series are more than a figure can show (\(most))"
    case .nothingToDraw: return "no curve and no point has a place in the frame"
    }
  }
}

import Foundation

/// Where the repository's own files are.
public enum Repository {
  /// The package's root.
  public static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// A file or folder by its path from the root.
  public static func url(_ path: String) -> URL { root.appendingPathComponent(path) }

  /// The same as a path.
  public static func path(_ path: String) -> String { url(path).path }
}

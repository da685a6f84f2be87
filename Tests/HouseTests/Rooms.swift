import Foundation

/// The rooms of a tree of Swift files, a room a folder, and which room uses which.
///
/// A name belongs to a room if it is declared there at the top level, as a type or a function, and in no other room. A room uses
/// another if one of its files says such a name outside comments and strings, and not as a member. Names declared in two rooms, and
/// names that the user gives to something of its own, tell nothing and are left out.
struct Rooms {
  /// A room that uses another, and by which names.
  struct Use: Hashable {
    let user: String
    let used: String
    let name: String
  }

  /// Everything that is used across rooms.
  let uses: Set<Use>
  /// Lines of code by room.
  let lines: [String: Int]

  /// The rooms of some files, by their paths.
  init(files: [(path: String, text: String)]) {
    let rooms = files.map { (room: ($0.path as NSString).deletingLastPathComponent, code: Self.code($0.text)) }
    var homes: [String: Set<String>] = [:]
    var own: [String: Set<String>] = [:]
    for (room, code) in rooms {
      for name in Self.declared(in: code) { homes[name, default: []].insert(room) }
      own[room, default: []].formUnion(Self.introduced(in: code))
    }
    var uses: Set<Use> = []
    for (room, code) in rooms {
      for name in Self.used(in: code) where own[room]?.contains(name) != true {
        guard let home = homes[name], home.count == 1, let used = home.first, used != room else { continue }
        uses.insert(Use(user: room, used: used, name: name))
      }
    }
    self.uses = uses
    lines = Dictionary(zip(rooms.map(\.room), files.map { $0.text.split(separator: "\n").count }), uniquingKeysWith: +)
  }

  /// The rooms below a folder of the disk.
  init(below folder: URL) throws {
    let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".swift") }
    self.init(
      files: try paths.sorted().map {
        ($0, try String(contentsOf: folder.appendingPathComponent($0), encoding: .utf8))
      })
  }

  /// The uses that lie on a circle, or between two rooms of one: what is left when rooms that use no other one that is left, and
  /// rooms that none uses, are taken away again and again.
  var circles: Set<Use> {
    var left = uses
    while true {
      let users = Set(left.map(\.user))
      let used = Set(left.map(\.used))
      let next = left.filter { users.contains($0.used) && used.contains($0.user) }
      if next.count == left.count { return left }
      left = next
    }
  }

  /// The uses that go up an order of folders, from the ground up; a room belongs to the first folder that holds it.
  func uses(against order: [String]) -> Set<Use> {
    let level = { (room: String) in order.firstIndex { room == $0 || room.hasPrefix($0 + "/") } }
    return uses.filter { use in
      guard let from = level(use.user), let to = level(use.used) else { return false }
      return from < to
    }
  }

  /// A text without its comments and without what its strings say.
  private static func code(_ text: String) -> String {
    text.replacing(/(?s)""".*?"""/, with: "\"\"").replacing(/"(?:\\.|[^"\\\n])*"/, with: "\"\"")
      .replacing(/\/\/[^\n]*/, with: "")
  }

  private static func declared(in code: String) -> Set<String> {
    Set(
      code.matches(
        of: /(?m)^(?:@[^\n ]+ +|[a-z]+ +)*(?:struct|class|enum|protocol|actor|typealias|func) +([A-Za-z_]\w*)/
      ).map { String($0.1) })
  }

  /// Everything that a text gives a name to, at whatever depth: members, constants, parameters.
  private static func introduced(in code: String) -> Set<String> {
    let declarations = code.matches(
      of: /(?:struct|class|enum|protocol|actor|typealias|associatedtype|func|let|var|case) +([A-Za-z_]\w*)/)
    return Set(declarations.map { String($0.1) } + code.matches(of: /([A-Za-z_]\w*) *:/).map { String($0.1) })
  }

  /// Names of types, and names that are called.
  private static func used(in code: String) -> Set<String> {
    let types = code.matches(of: /(?:^|[^\w.])([A-Z]\w*)/).map { String($0.1) }
    return Set(types + code.matches(of: /(?:^|[^\w.])([a-z_]\w*)[(<]/).map { String($0.1) })
  }
}

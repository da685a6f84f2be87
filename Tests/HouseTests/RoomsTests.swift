import Foundation
import TestSupport
import Testing

@Suite("rooms by level, no circle")
struct RoomsTests {
  /// The theory from the ground up: no room uses one above it.
  static let levels = [
    "RateDistortion/Numerics", "RateDistortion/Claims", "RateDistortion/Densities", "RateDistortion/OneShot",
    "RateDistortion/Quantizers", "RateDistortion/LongBlocks", "RateDistortion/SideInformation", "RateDistortion/Codes",
    "RateDistortion/Sources",
    "TrainedPoints", "Reports", "rdbounds",
  ]

  /// The rooms of the sources, read once.
  private static let rooms = Result { try Rooms(below: Repository.url("Sources")) }

  private static func said(_ uses: Set<Rooms.Use>) -> Comment {
    Comment(rawValue: uses.map { "\($0.user) uses \($0.used): \($0.name)" }.sorted().prefix(20).joined(separator: "\n"))
  }

  @Test("no room of the sources uses one above it, and none uses itself by way of others")
  func sources() throws {
    let rooms = try Self.rooms.get()
    #expect(rooms.uses.count > 300)
    #expect(rooms.circles.isEmpty, Self.said(rooms.circles))
    let upward = rooms.uses(against: Self.levels)
    #expect(upward.isEmpty, Self.said(upward))
  }

  @Test("no room is larger than can be read in a sitting")
  func sizes() throws {
    for (room, lines) in try Self.rooms.get().lines { #expect(lines <= 2_500, "\(room)") }
  }

  @Test("a circle and an upward use are found; words in comments, strings and members are no uses")
  func findings() {
    let files = [
      (path: "A/a.swift", text: "public struct Alpha {\n  let b: Beta\n}\n"),
      (path: "B/b.swift", text: "/// Gamma\nenum Beta { case gamma }\nlet text = \"Alpha Gamma\"\n"),
      (path: "C/c.swift", text: "func gammaOf(_ a: Alpha) -> Gamma { a.b }\nfinal class Gamma {}\n"),
    ]
    let rooms = Rooms(files: files)
    #expect(
      rooms.uses == [
        Rooms.Use(user: "A", used: "B", name: "Beta"), Rooms.Use(user: "C", used: "A", name: "Alpha"),
      ])
    #expect(rooms.circles.isEmpty)
    #expect(rooms.uses(against: ["B", "A", "C"]).isEmpty)
    #expect(rooms.uses(against: ["A", "B", "C"]).map(\.name) == ["Beta"])
    let circle = Rooms(files: files + [(path: "B/d.swift", text: "extension Beta { var c: Gamma? { nil } }\n")])
    #expect(Set(circle.circles.map(\.name)) == ["Alpha", "Beta", "Gamma"])
  }
}

import Documents
import Foundation
import Reports
import TestSupport
import Testing

/// What other programs ask for: many numbers at once, a few columns, and what the output will be.
@Suite("a program that reads")
struct ReadingProgramsTests {
  @Test("numbers from the standard input are those of the command line, whatever stands between them")
  func standardInput() throws {
    let expected = try Program.run("table ramp --curves lower,upper --rates 1,2.5,3").output
    for text in ["1,2.5,3", "1 2.5\\n3\\n", "1\\r\\n2.5,\\t3", ",1,, 2.5 3,"] {
      let outcome = try Program.shell("printf '\(text)' | \"$RDBOUNDS\" table ramp --curves lower,upper --rates -")
      #expect(outcome.output == expected && outcome.status == 0, "\(text): \(outcome.errors)")
    }
    let gaps = try Program.shell("echo 1 | \"$RDBOUNDS\" gaps gaussian --curves lloyd-max --rates -")
    #expect(try gaps.output == Program.run("gaps gaussian --curves lloyd-max --rates 1").output)
  }

  @Test(
    "what is wrong with a stream of numbers is said, with its place",
    arguments: [
      ("echo 1 2,x", "--rates -", "number 3: \"x\" is not a number"),
      ("echo 1 nan", "--rates -", "number 2: \"nan\" is not a finite number"),
      ("true", "--rates -", "holds no number"),
      ("echo 0.1 -1", "--distortions -", "-1"),
      ("seq 100001", "--lambdas -", "at most 100000 points, and the standard input holds 100001"),
      ("echo 1", "--rates - --distortions -", "only one of --rates and --distortions can be the standard input"),
    ])
  func badStreams(command: String, option: String, says: String) throws {
    let outcome = try Program.shell("\(command) | \"$RDBOUNDS\" table ramp \(option)")
    #expect(outcome.status == 64 && outcome.output.isEmpty)
    #expect(outcome.errors.contains(says), "\(outcome.errors)")
  }

  @Test("only one thing can be the standard input")
  func oneStream() throws {
    let outcome = try Program.shell("printf 'probability\\n0.5\\n0.5\\n' | \"$RDBOUNDS\" table --pmf - --rates -")
    #expect(outcome.status == 64 && outcome.errors.contains("can be the standard input"))
  }

  @Test("columns are those that are asked for, in that order")
  func columns() throws {
    let outcome = try Program.run("table ramp --curves exact --rates 1,3 --columns kind,rate_bits")
    #expect(outcome.output == "kind,rate_bits\nexact,1\nexact,3\n")
    let unknown = try Program.run("table ramp --rates 1 --columns rate")
    #expect(unknown.status == 64 && unknown.errors.contains("there is no column \"rate\""))
    #expect(try Program.run("table ramp --rates 1 --columns kind --format json").status == 64)
  }

  @Test("a long table is the same in pieces: line n is that of the table of the n-th distortion alone")
  func pieces() throws {
    let count = 10_000
    let distortions = (1...count).map { 0.08 * Double($0) / Double(count) }
    let table = try Program.shell(
      "seq 1 \(count) | awk '{ printf \"%.17g\\n\", 0.08 * $1 / \(count) }' | \"$RDBOUNDS\" table ramp --curves exact --distortions -"
    )
    let lines = table.output.split(separator: "\n")
    #expect(lines.count == count + 1)
    for index in [0, 4_094, 4_095, 4_096, 8_191, 8_192, count - 1] {
      let alone = try Program.run("table ramp --curves exact --distortions \(distortions[index])").output
      #expect(lines[index + 1] == alone.split(separator: "\n")[1])
    }
  }

  @Test("--schema is the committed schema, with those it refers to inside", arguments: DocumentSchema.allCases)
  func schemas(schema: DocumentSchema) throws {
    let file = try JSONValue.parse(ByteInput.contents(of: Repository.path("tables/schema/\(schema.rawValue).json")))
    let printed = try JSONValue.parse(schema.text)
    for member in file.members ?? [] where member.name != "$defs" {
      #expect(printed[member.name] == member.value, "\(member.name)")
    }
    for definition in file["$defs"]?.members ?? [] {
      #expect(printed["$defs"]?[definition.name] == definition.value, "\(definition.name)")
    }
  }

  @Test(
    "every command with --format json has --schema, and no other",
    arguments: [
      ("list", DocumentSchema.list), ("table", .table), ("at", .table), ("gaps", .gaps), ("refine", .refinement),
      ("code", .code), ("design", .design), ("lossless", .lossless),
      ("verify", .verdicts), ("delta", .deltas), ("plot", nil), ("reference", nil), ("check", nil), ("prove", nil),
    ])
  func commandsWithSchemas(command: String, schema: DocumentSchema?) throws {
    let help = try Program.run([command, "--help"]).output
    let printsJSON = help.contains("--format") && help.contains("|json")
    #expect(printsJSON == (schema != nil))
    let outcome = try Program.run([command, "--schema"])
    #expect(outcome.status == (schema == nil ? 64 : 0))
    #expect(outcome.output == schema?.text ?? "")
  }
}

import Documents
import Testing

@Suite("JSON")
struct JSONTests {
  @Test("what is written reads back, with the order of members and the text of numbers")
  func roundTrip() throws {
    let value = JSONValue.object([
      .init("z", .number("1.50")), .init("a", .array([.null, .bool(true), .bool(false)])), .init("", .object([])),
      .init("text", .text("quote \" backslash \\ newline \n tab \t bell \u{7} é 𝄞 /")),
      .init("nested", .array([.object([.init("x", .array([]))]), .number(-2)])),
    ])
    #expect(try JSONValue.parse(value.serialized) == value)
    #expect(
      JSONValue.object([.init("a", .array([.number(1), .number(0.1)])), .init("b", .object([.init("c", .null)]))])
        .serialized == "{\n  \"a\": [1, 0.1],\n  \"b\": {\n    \"c\": null\n  }\n}\n")
  }

  @Test("numbers are the shortest literals that read back; what is not finite is null")
  func numbers() {
    #expect(JSONValue.number(5.0) == .number("5"))
    #expect(JSONValue.number(0.1) == .number("0.1"))
    #expect(JSONValue.number(1e-7).doubleValue == 1e-7)
    #expect(JSONValue.number(Double.greatestFiniteMagnitude).doubleValue == .greatestFiniteMagnitude)
    #expect(JSONValue.number(Double.nan) == .null)
    #expect(JSONValue.number(-Double.infinity) == .null)
  }

  @Test("escapes and surrogate pairs")
  func escapes() throws {
    let text = #""\"\\\/\b\f\n\r\t\u00e9\ud834\udd1e""#
    #expect(try JSONValue.parse(text) == .text("\"\\/\u{8}\u{c}\n\r\té𝄞"))
  }

  @Test(
    "the grammar's numbers",
    arguments: ["0", "-0", "10", "1.25", "-1.5e+10", "2E-3", "1e5", "123456789012345678901234567890"])
  func validNumbers(_ text: String) throws { #expect(try JSONValue.parse(text) == .number(text)) }

  static let malformed: [(text: String, line: Int, column: Int)] = [
    ("", 1, 1), ("  ", 1, 3), ("nul", 1, 1), ("True", 1, 1), ("[1,]", 1, 4), ("[1 2]", 1, 4), ("[1", 1, 3),
    ("{\"a\":1,}", 1, 8), ("{\"a\" 1}", 1, 6), ("{a:1}", 1, 2), ("{\"a\":1 \"b\":2}", 1, 8),
    ("{\"a\":1,\"a\":2}", 1, 8), ("{\"a\":}", 1, 6), ("01", 1, 2), ("-", 1, 2), ("+1", 1, 1), (".5", 1, 1),
    ("1.", 1, 3), ("1e", 1, 3), ("1e+", 1, 4), ("0x10", 1, 2), ("NaN", 1, 1), ("Infinity", 1, 1), ("'a'", 1, 1),
    ("\"abc", 1, 1), ("\"a\nb\"", 1, 3), ("\"\\x\"", 1, 2), ("\"\\u12g4\"", 1, 6), ("\"\\ud800\"", 1, 2),
    ("\"\\ud800\\u0041\"", 1, 2), ("\"\\udc00\"", 1, 2), ("1 2", 1, 3), ("[]]", 1, 3),
    ("[1] // remark", 1, 5), ("{\n  \"é\": 1,\n  \"b\": ?\n}", 3, 8), ("\u{feff}1", 1, 1),
    ("[\"é\", x]", 1, 7),
  ]

  @Test("malformed texts are refused at the character that does not belong", arguments: malformed)
  func refuses(_ text: String, line: Int, column: Int) {
    let error = #expect(throws: JSONError.self) { try JSONValue.parse(text) }
    #expect(error?.line == line)
    #expect(error?.column == column)
    #expect(error?.message.isEmpty == false)
  }

  @Test("nesting ends at a depth, not at the end of the stack")
  func depth() throws {
    let nested = { (depth: Int) in String(repeating: "[", count: depth) + String(repeating: "]", count: depth) }
    _ = try JSONValue.parse(nested(JSONValue.largestDepth))
    #expect(throws: JSONError.self) { try JSONValue.parse(nested(JSONValue.largestDepth + 2)) }
    #expect(throws: JSONError.self) { try JSONValue.parse(String(repeating: "[{\"a\":", count: 100_000)) }
  }

  @Test("looking into a document")
  func access() throws {
    let value = try JSONValue.parse("{\"a\": [1, \"x\"], \"n\": 12}")
    #expect(value["a"]?.elements?.first?.doubleValue == 1)
    #expect(value["a"]?.elements?.last?.textValue == "x")
    #expect(value["n"]?.integerValue == 12)
    #expect(value["none"] == nil)
    #expect(value["a"]?["b"] == nil)
    #expect(value.members?.map(\.name) == ["a", "n"])
  }
}

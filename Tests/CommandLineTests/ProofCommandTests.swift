import Documents
import Foundation
import Reports
import TestSupport
import Testing

@Suite("check and prove")
struct ProofCommandTests {
  @Test(
    "every claim that table prints for a source is proved by its certificate",
    arguments: [
      "ramp", "circle", "sinusoid", "square-wave", "triangle-wave", "harmonics", "harmonics --power 1:1,2:0.2",
      "harmonics --power 2:1,3:1", "gaussian --dimension 2",
      // R(D) of the sawbridge, solved anew at every slope that its claims name, takes minutes.
      "sawbridge --curves lower,upper,exact,time-sharing,shannon-lower-bound,water-filling", "uniform", "gaussian",
      "laplace", "exponential", "logistic", "sphere",
      "wyner-ziv", "ramp --samples 64", "sawbridge --samples 64 --grid periodic",
    ])
  func ownClaims(source: String) throws {
    let count = Campaign.cases(4, long: 40)
    let outcome = try Program.shell(
      #""$RDBOUNDS" table \#(source) --points \#(count) --format json | "$RDBOUNDS" check -"#)
    #expect(outcome.status == 0, "\(outcome.output)")
    #expect(
      outcome.output.split(separator: "\n").allSatisfy {
        $0.contains(": proved; ") || $0.hasSuffix(": estimate, recomputed")
      })
  }

  @Test(
    "R(D) rests on interval arithmetic alone, and says so wherever it is printed",
    arguments: ["laplace", "banana", "gaussian-mixture", "sawbridge"])
  func assurance(source: String) throws {
    let line = "at \(source) --rate 1 --curves shannon"
    #expect(!(try Program.run(line).output.contains("\n  assuming")))
    let json = try Program.run(line + " --format json").output
    let rows = try #require(try JSONValue.parse(json)["rows"]?.elements)
    #expect(rows.count == 2 && rows.allSatisfy { $0["assurance"]?.textValue == "proved" })
    let checked = try check(json)
    #expect(checked.status == 0)
    #expect(checked.output.split(separator: "\n").filter { $0.contains(": proved; ") }.count == 2, "\(checked.output)")
  }

  @Test("a claim one digit too good is not proved: exit status 1")
  func tooGood() throws {
    let json = try Program.run("at ramp --distortion 0.01 --format json").output
    let document = try JSONValue.parse(json)
    for curve in ["lower", "upper", "exact", "time-sharing"] {
      let row = try #require(document["rows"]?.elements?.first { $0["curve"]?.textValue == curve })
      guard case .number(let rate)? = row["rate_bits"] else { continue }
      let value = try #require(Double(rate))
      let better = String(curve == "lower" ? value + 1e-9 : value - 1e-9)
      let outcome = try check(json.replacingOccurrences(of: "\"rate_bits\": \(rate)", with: "\"rate_bits\": \(better)"))
      #expect(outcome.status == 1, "\(curve)")
      #expect(outcome.output.contains("NOT PROVED"))
    }
  }

  @Test("R >= 0 needs no certificate, and none is praised for it")
  func trivial() throws {
    let claim =
      #"{"source": "ramp", "curve": "lower", "kind": "lower", "distortion": 0.01, "rate_bits": 0, "certificate": "#
    let outcome = try check(claim + #"{"type": "dual", "multiplier_bits": -3, "minimiser": 0.5}}"#)
    #expect(outcome.status == 0 && outcome.output.contains("no rate is below 0, and the certificate adds nothing"))
  }

  @Test(
    "what is no claim is bad data, with its place: exit status 65",
    arguments: [
      "", "{", "[]", "{}", "{\"rows\": []}", "{\"rows\": [1]}", "{\"source\": \"ramp\"}",
      "{\"source\": \"rump\", \"curve\": \"lower\", \"kind\": \"lower\", \"distortion\": 0.1, \"rate_bits\": 1, \"certificate\": {\"type\": \"dual\", \"multiplier_bits\": 1, \"minimiser\": 0.1}}",
      "{\"source\": \"ramp\", \"curve\": \"lower\", \"kind\": \"lower\", \"distortion\": -1, \"rate_bits\": 1, \"certificate\": {\"type\": \"dual\", \"multiplier_bits\": 1, \"minimiser\": 0.1}}",
      "{\"source\": \"ramp\", \"curve\": \"upper\", \"kind\": \"upper\", \"distortion\": 1e999, \"rate_bits\": 1, \"certificate\": {\"type\": \"oracle\"}}",
    ])
  func malformed(text: String) throws {
    let outcome = try check(text)
    #expect(outcome.status == 65, "\(text)")
    #expect(outcome.output.isEmpty && !outcome.errors.isEmpty)
  }

  @Test(
    "a certificate that names no code, is of no type that proves anything of the curve, or is none: refused, exit status 1",
    arguments: [
      ("{\"type\": \"biuniform\", \"equal_cells\": 2.5, \"odd_cell\": 0.1}", "are no code"),
      ("{\"type\": \"biuniform\", \"equal_cells\": 2}", "\"odd_cell\" is missing"),
      ("{\"type\": \"biuniform\", \"equal_cells\": true, \"odd_cell\": 0.1}", "true or false where a number belongs"),
      ("{\"type\": \"oracle\"}", "proves nothing about upper (there are: silence, biuniform)"),
      ("{\"type\": \"dual\", \"multiplier_bits\": 1, \"minimiser\": 0.1}", "proves nothing about upper"),
      ("{\"equal_cells\": 2, \"odd_cell\": 0}", "no certificate with a type"), ("null", "no certificate with a type"),
      ("[]", "no certificate with a type"),
    ])
  func refused(certificate: String, reason: String) throws {
    let claim =
      "{\"source\": \"ramp\", \"curve\": \"upper\", \"kind\": \"upper\", \"distortion\": 0.01, \"rate_bits\": 9, "
    let outcome = try check(claim + "\"certificate\": \(certificate)}")
    #expect(outcome.status == 1, "\(outcome.errors)")
    #expect(outcome.output.contains("NOT PROVED; ") && outcome.output.contains(reason), "\(outcome.output)")
    // The same claim with a code of four equal cells and an odd one holds.
    let good = "\"certificate\": {\"type\": \"biuniform\", \"equal_cells\": 20, \"odd_cell\": 0}}"
    #expect(try check(claim + good).status == 0)
  }

  @Test("a claim of a kind that the curve is not of is refused: exit status 1")
  func otherKind() throws {
    let outcome = try check(
      "{\"source\": \"ramp\", \"curve\": \"lower\", \"kind\": \"upper\", \"distortion\": 0.1, \"rate_bits\": 1, "
        + "\"certificate\": {\"type\": \"silence\"}}")
    #expect(outcome.status == 1 && outcome.output.contains("NOT PROVED; lower is of kind lower"), "\(outcome.output)")
  }

  @Test("prove circle prints what it checked, and that all of it is proved")
  func prove() throws {
    let outcome = try Program.run("prove circle")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("three stationary sizes sum to more than 1"))
    #expect(outcome.output.hasSuffix("all 21 claims are proved\n"))
    #expect(try Program.run("prove ramp").output == "ramp: no proof rests on a computation\n")
    #expect(try Program.run("prove triangle").status == 64)
  }

  func check(_ text: String) throws -> Program.Outcome {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try Data(text.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    return try Program.run(["check", file.path])
  }
}

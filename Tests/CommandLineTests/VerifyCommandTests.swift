import Documents
import Foundation
import Reports
import TestSupport
import Testing

@Suite("the command verify")
struct VerifyCommandTests {
  private let data = PlotTests.data

  @Test("verdicts on the standard output, the summary on the standard error, status 0 where all is possible")
  func possible() throws {
    let outcome = try Program.run("verify \(data)/tfc_toy_sources.csv")
    #expect(outcome.status == 0)
    #expect(outcome.output.split(separator: "\n").count == 31)
    #expect(outcome.errors.contains("banana: 5 points"))
    let markdown = try Program.run("verify \(data)/wyner_ziv.csv --format markdown")
    #expect(
      markdown.output.contains(
        "- 21 points: 0 impossible, 8 optimal, 7 best-known, 6 suboptimal (judged by one-shot-marginal-lower, "
      ))
    #expect(markdown.errors.isEmpty)
  }

  @Test("status 1 for an impossible point: the stationary sawbridge as trained, taken for a sawbridge")
  func impossible() throws {
    let outcome = try Program.run(
      "verify \(data)/tfc_toy_sources.csv --source sawbridge --where source=sawbridge_stationary_asis --format json")
    #expect(outcome.status == 1)
    let json = try JSONValue.parse(outcome.output)
    #expect(json["points"]?.elements?.map { $0["verdict"]?.textValue } == ["impossible"])
    #expect(json["summary"]?["impossible"]?.integerValue == 1)
  }

  @Test("the standard input, and every option that says how to read it")
  func options() throws {
    let text = "r;s;d;h;k\\n1.4;0;-10;0.1;x\\n9;9;9;9;y\\n"
    let outcome = try Program.shell(
      "printf '\(text)' | \"$RDBOUNDS\" verify - --source circle --rate-column r --rate-stderr-column s "
        + "--distortion-column d --entropy-column h --rate-unit nats --distortion-unit db --where k=x --row all -z 2 "
        + "--tolerance 5")
    // Long options only.
    #expect(outcome.status == 64)
    let right = try Program.shell(
      "printf '\(text)' | \"$RDBOUNDS\" verify - --source circle --rate-column r --rate-stderr-column s "
        + "--distortion-column d --entropy-column h --rate-unit nats --distortion-unit db --where k=x --row all --z 2 "
        + "--tolerance 5")
    #expect(right.errors.contains("1 point: 1 impossible"))
    #expect(right.status == 1)
    #expect(right.output.contains("\n2,,circle,2.01977305724,0.1,impossible,"))
  }

  @Test(
    "status 64 for what was typed, 65 for what is in the file, with its place",
    arguments: [
      ("verify", 64, "FILE is missing"),
      ("verify /nonexistent --source sawbrige", 64, "did you mean \"sawbridge\"?"),
      ("verify DATA/keras_log_ramp_ntc1_lam140_s1b.csv", 64, "no source is given (--source)"),
      ("verify DATA/wyner_ziv.csv --where noise_var", 64, "it must be COLUMN=VALUE"),
      ("verify DATA/wyner_ziv.csv --tolerance -1", 64, "it must be at least 0"),
      ("verify DATA/wyner_ziv.csv --samples 64", 64, "has no parameter \"samples\""),
      ("verify DATA/wyner_ziv.csv --realism", 64, "no limit at perfect realism is known for wyner-ziv"),
      ("verify DATA/wyner_ziv.csv --realism-limit shared", 64, "--realism-limit needs --realism"),
      ("verify DATA/wyner_ziv.csv --perception-column rate", 64, "--perception-column needs --realism"),
      ("verify DATA/tfc_toy_sources.csv --realism --perception-column w2", 65, "no column for the perception"),
      ("verify DATA/wyner_ziv.csv --row frist", 64, "it must be one of last, best, all"),
      ("verify /nonexistent", 65, "/nonexistent: cannot be read: No such file or directory"),
      ("verify DATA/wyner_ziv.csv --where noise_var=7", 65, "no row has noise_var=7"),
      (
        "verify DATA/wyner_ziv.csv --rate-column model", 65,
        "wyner_ziv.csv:2: column 3 (model): \"variational-ecvq\" is"
      ),
      ("verify DATA/keras_log_laplace_vecvq_lam20_s1b.csv --source quince", 64, "there is no source \"quince\""),
    ])
  func refusals(line: String, status: Int32, message: String) throws {
    let outcome = try Program.run(line.replacingOccurrences(of: "DATA", with: data))
    #expect(outcome.status == status)
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
  }
}

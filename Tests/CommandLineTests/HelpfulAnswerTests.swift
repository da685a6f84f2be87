import Documents
import Foundation
import Reports
import TestSupport
import Testing

@Suite("answers to what people type")
struct HelpfulAnswerTests {
  @Test("the largest distortion is that of the curves that are asked for")
  func largestDistortion() throws {
    let outcome = try Program.run("at gaussian --distortion 2 --curves shannon")
    #expect(outcome.errors.contains("is above the largest of gaussian, 1:"), "\(outcome.errors)")
  }

  @Test("the two-level quantizer of the Laplacian reaches one bit")
  func twoLevels() throws {
    let outcome = try Program.run("table laplace --rates 1 --curves lloyd-max")
    #expect(outcome.output.contains("laplace,lloyd-max,upper,1.00000000001,"))
    #expect(outcome.output.hasSuffix(",1,,0\n"), "\(outcome.output)")
  }

  @Test("at D = 0 a finite source has the rate H(X)")
  func entropy() throws {
    let outcome = try Program.shell(
      "{ echo probability; for i in 1 2 3 4 5 6 7 8; do echo 0.125; done; } | \"$RDBOUNDS\" table --pmf - --rates 3")
    #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    #expect(outcome.output.contains("finite,shannon,lower,0,,2.99999999999,"))
    #expect(outcome.output.contains("finite,shannon,upper,0,,3.00000000001,"))
  }

  @Test(
    "a sentence that helps",
    arguments: [
      ("refine ramp", 64, "there is side information in wyner-ziv"),
      ("at ramp --distortion 0,01", 64, "a decimal comma?"),
      ("table ramp --distortions 0,01", 64, "a decimal comma?"),
      ("at ramp --lambda -3", 64, "greater than 0"), ("gaps gaussian --lambdas 1,2", 64, "for tables alone"),
      ("list rmap", 64, "did you mean \"ramp\"?"),
    ])
  func sentences(line: String, status: Int32, says: String) throws {
    let outcome = try Program.run(line)
    #expect(outcome.status == status && outcome.errors.contains(says), "\(outcome.errors)")
  }

  @Test("compressed files and UTF-16 are named for what they are")
  func encodings() throws {
    let text = "printf 'rate,distortion\\n1,0.05\\n'"
    let compressed = try Program.shell("\(text) | gzip -c | \"$RDBOUNDS\" verify - --source ramp")
    #expect(compressed.status == 65 && compressed.errors.contains("it is compressed"), "\(compressed.errors)")
    let wide = try Program.shell(
      "printf '\\377\\376r\\000a\\000t\\000e\\000\\n\\000' | \"$RDBOUNDS\" verify - --source ramp")
    #expect(wide.status == 65 && wide.errors.contains("UTF-16"), "\(wide.errors)")
  }

  @Test("what is left out of a table is said; all and fast are words")
  func curves() throws {
    let some = try Program.run("table wyner-ziv --rates 1")
    #expect(some.errors.contains("left out, for they take long: ") && some.errors.contains("--curves all"))
    let fast = try Program.run("table wyner-ziv --rates 1 --curves fast")
    #expect(fast.output == some.output && fast.errors.isEmpty)
    #expect(try Program.run("table ramp --rates 1 --curves all").output.contains("ramp,exact,"))
  }

  @Test("a lambda: the vertex of the ramp's hull")
  func lambda() throws {
    let table = try Program.run("table ramp --lambdas 48,4096 --curves exact,time-sharing")
    #expect(
      table.output.hasPrefix("source,curve,kind,distortion,distortion_db,rate_bits,lambda,error_bits,lagrangian_bits\n")
    )
    #expect(table.output.split(separator: "\n").count == 5)
    let at = try Program.run("at ramp --lambda 48 --curves exact")
    #expect(at.status == 0 && at.output.contains("the least of R + lambda D"))
  }

  @Test("one source alone, and help with the parameters of the source that is asked about")
  func help() throws {
    let list = try Program.run("list gaussian-mixture")
    #expect(list.output.contains("0.5 if nothing is said") && !list.output.contains("sawbridge"))
    #expect(try Program.run("help gaussian-mixture").output == list.output)
    let verify = try Program.run("verify --help")
    #expect(verify.output.contains("Examples:") && !verify.output.contains("noise-variance"))
    #expect(try Program.run("table wyner-ziv --help").output.contains("--noise-variance"))
  }
}

import CommandLineInterface
import Foundation
import TestSupport
import Testing

/// Mutated command lines: taken, or refused in words. Nothing is run.
///
/// 20,000 a run; a million with RDBOUNDS_LONG=1 in the environment.
@Suite("fuzzing the command line")
struct ArgumentFuzzTests {
  private static let count = Campaign.cases(20_000, long: 1_000_000)

  private static let corpus = [
    "list --format json", "table ramp --curves lower,upper --rates 0:6:0.25 --format csv --certified",
    "table circle --distortions 0.01:1:20", "table sphere --points 10", "at circle --distortion 0.05 --format json",
    "at wyner-ziv --distortion-db -13 --noise-variance 0.1", "gaps gaussian --rates 1,2,3",
    "verify a.csv b.jsonl --source ramp --samples 64 --rate-unit nats --where model=x --max-gap-db 1 --z 3",
    "verify - --label a --label b --series-column model,seed --format junit --tolerance 1e-3",
    "delta circle f.csv --curve exact --interpolation pchip", "delta ramp f.csv g.csv --anchor g",
    "plot ramp --points p.csv -o ramp.svg --x db --y rate --max-rate 6", "plot circle --script --gap",
    "reference tables --check", "check claims.json", "prove circle",
  ]

  private static let words = [
    "--", "-", "", "--help", "-h", "-o", "--format", "--format=", "=", "--rates=", "--rates", "0:1:0", "1e999", "nan",
    "inf",
    "-1", "0x1p3", "1:2", "::", ",,", "a,b", "1e308:1e-308:9", "0:500:1e-9", "9223372036854775807", "1e18", "--points",
    "--samples", "3", "2.5", "\u{0}", "\u{1F600}", "\u{301}", "--curves", "lower,lower", "--zz", "ramp", "laplace",
    "--x",
  ]

  private static func mutated(_ line: String, _ generator: inout SeededGenerator) -> [String] {
    var words = line.split(separator: " ").map(String.init)
    for _ in 0..<Int.random(in: 1...4, using: &generator) {
      let place = Int.random(in: 1...words.count, using: &generator)
      let word = Self.words.randomElement(using: &generator) ?? ""
      switch Int.random(in: 0..<5, using: &generator) {
      case 0: words.insert(word, at: place)
      case 1: if place < words.count { words[place] = word }
      case 2: if place < words.count { words.remove(at: place) }
      case 3: if place < words.count { words.append(words[place]) }
      default:
        guard place < words.count else { continue }
        var scalars = Array(words[place].unicodeScalars)
        let spot = Int.random(in: 0...scalars.count, using: &generator)
        scalars.insert(Unicode.Scalar(UInt8.random(in: 0..<128, using: &generator)), at: spot)
        if Bool.random(using: &generator) { scalars.remove(at: Int.random(in: 0..<scalars.count, using: &generator)) }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        words[place] = String(text)
      }
    }
    return words
  }

  @Test("mutated command lines are taken or refused in words")
  func commandLines() {
    // Some read the standard input, for which nobody is to wait.
    dup2(open("/dev/null", O_RDONLY), STDIN_FILENO)
    var outcomes = (taken: 0, refused: 0)
    for number in 0..<Self.count {
      var generator = SeededGenerator(seed: UInt64(number))
      let line = Self.corpus[number % Self.corpus.count]
      let words = Self.mutated(line, &generator)
      if let objection = Commands.objection(to: words) {
        if objection.isEmpty { Issue.record("refused without a word: \(words)") }
        outcomes.refused += 1
      } else {
        outcomes.taken += 1
      }
    }
    #expect(outcomes.taken > Self.count / 20 && outcomes.refused > Self.count / 4, "\(outcomes)")
  }

  @Test("every line of the corpus is taken as it is", arguments: corpus)
  func valid(line: String) {
    #expect(Commands.objection(to: line.split(separator: " ").map(String.init)) == nil)
  }
}

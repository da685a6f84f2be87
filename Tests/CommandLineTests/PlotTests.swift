import Foundation
import TestSupport
import Testing

@Suite("plot")
struct PlotTests {
  static let data = Repository.path("Tests/TrainedPointsTests/Data")
  static let hasGnuplot = Program.isInstalled("gnuplot")

  /// Does something in a directory of its own.
  func inDirectory<Result>(_ body: (String) throws -> Result) throws -> Result {
    try Program.inTemporaryFolder { try body($0.path) }
  }

  @Test(
    "every format, by extension; the same bytes of SVG twice, and from the script",
    .enabled(if: hasGnuplot, "gnuplot is not installed"))
  func formats() throws {
    try inDirectory { directory in
      for (name, start) in [("a.svg", "<?xml"), ("b.SVG", "<?xml"), ("c.pdf", "%PDF-"), ("d.png", "PNG")] {
        let outcome = try Program.run([
          "plot", "circle", "--points", "\(Self.data)/tfc_toy_sources.csv", "--series-column", "latent_dims", "-o",
          "\(directory)/\(name)",
        ])
        #expect(outcome.status == 0 && outcome.output.isEmpty && outcome.errors.isEmpty, "\(outcome.errors)")
        // A PNG file has a byte before its name.
        let content = try Data(contentsOf: URL(fileURLWithPath: "\(directory)/\(name)"))
        #expect(content.dropFirst(name == "d.png" ? 1 : 0).starts(with: start.utf8))
      }
      let first = try Data(contentsOf: URL(fileURLWithPath: "\(directory)/a.svg"))
      #expect(try Data(contentsOf: URL(fileURLWithPath: "\(directory)/b.SVG")) == first)
      let piped = try Program.shell(
        "\"$RDBOUNDS\" plot circle --points '\(Self.data)/tfc_toy_sources.csv' --series-column latent_dims --script | gnuplot -d"
      )
      #expect(Data(piped.output.utf8) == first)
      #expect(try FileManager.default.contentsOfDirectory(atPath: directory).count == 4)
    }
  }

  /// The description names gnuplot's version.
  static func version(of svg: String) -> String? {
    svg.components(separatedBy: "<desc>").last?.components(separatedBy: "</desc>").first
  }

  /// Whether the gnuplot that is installed is the one that drew tables/figures.
  static let hasTheSameGnuplot: Bool = {
    guard hasGnuplot,
      let committed = try? String(contentsOfFile: Repository.path("tables/figures/ramp.svg"), encoding: .utf8),
      let drawn = try? Program.shell("\"$RDBOUNDS\" plot gaussian --script | gnuplot -d").output
    else { return false }
    return version(of: committed) == version(of: drawn)
  }()

  @Test(
    "the figures of tables/figures are what make figures draws",
    .enabled(if: hasTheSameGnuplot, "gnuplot is not installed, or not the version that drew them"))
  func committedFigures() throws {
    try inDirectory { directory in
      let outcome = try Program.shell(
        "cd '\(Repository.root.path)' && make -s -o build figures BINARY=\"$RDBOUNDS\" FIGURES='\(directory)'")
      #expect(outcome.status == 0, "\(outcome.errors)")
      let names = try FileManager.default.contentsOfDirectory(atPath: Repository.path("tables/figures")).sorted()
      #expect(try FileManager.default.contentsOfDirectory(atPath: directory).sorted() == names)
      for name in names {
        let committed = try String(contentsOfFile: Repository.path("tables/figures/\(name)"), encoding: .utf8)
        let drawn = try String(contentsOfFile: "\(directory)/\(name)", encoding: .utf8)
        #expect(committed == drawn, "\(name): run make figures")
      }
    }
  }

  @Test("the script has the data and needs no gnuplot; a file's name goes into it")
  func script() throws {
    let outcome = try Program.shell(
      "PATH=/nowhere; \"$RDBOUNDS\" plot ramp --points '\(Self.data)/tfc_toy_sources.csv' --script -o 'it''s.pdf'")
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    #expect(outcome.output.contains("set terminal pdfcairo"))
    #expect(outcome.output.contains("set output 'its.pdf'"))
    #expect(outcome.output.contains("\n0.01277769 3.708163\n"))
    #expect(outcome.output.contains("title 'tfc_toy_sources'"))
  }

  @Test("without gnuplot the status is 70, and the message says how to get it")
  func missingGnuplot() throws {
    try inDirectory { directory in
      let outcome = try Program.shell("PATH='\(directory)'; \"$RDBOUNDS\" plot ramp -o '\(directory)/x.svg'")
      #expect(outcome.status == 70)
      #expect(outcome.errors.contains("apt-get install gnuplot-nox") && outcome.errors.contains("--script"))
      #expect(try FileManager.default.contentsOfDirectory(atPath: directory).isEmpty)
    }
  }

  @Test(
    "a gnuplot that fails, dies or draws nothing leaves no file: status 70",
    arguments: [
      ("echo 'line 7: wrong' >&2; exit 3", "failed with status 3: line 7: wrong"),
      ("kill -9 $$", "failed with status 137"),
      ("cat >/dev/null", "drew nothing"), ("echo half; exit 1", "failed with status 1"),
    ])
  func failingGnuplot(body: String, says: String) throws {
    try inDirectory { directory in
      try "#!/bin/sh\n\(body)\n".write(toFile: directory + "/gnuplot", atomically: true, encoding: .utf8)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: directory + "/gnuplot")
      let outcome = try Program.shell("PATH='\(directory)':$PATH; \"$RDBOUNDS\" plot ramp -o '\(directory)/x.svg'")
      #expect(outcome.status == 70)
      #expect(outcome.errors.contains(says), "\(outcome.errors)")
      #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == ["gnuplot"])
    }
  }

  @Test("a file that cannot be written: status 70", .enabled(if: hasGnuplot, "gnuplot is not installed"))
  func unwritable() throws {
    let outcome = try Program.run("plot ramp -o /nowhere/at/all.svg")
    #expect(outcome.status == 70)
    #expect(outcome.errors.contains("cannot write /nowhere/at/all.svg"))
  }

  @Test("a label that looks like a command is a label", .enabled(if: hasGnuplot, "gnuplot is not installed"))
  func harmlessLabel() throws {
    try inDirectory { directory in
      let label = "`touch \(directory)/x`'; system 'touch \(directory)/y'; #"
      let outcome = try Program.run([
        "plot", "ramp", "--points", "\(Self.data)/tfc_toy_sources.csv", "--label", label, "-o", "\(directory)/r.svg",
      ])
      #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
      #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == ["r.svg"])
      #expect(try String(contentsOfFile: "\(directory)/r.svg", encoding: .utf8).contains("`touch"))
    }
  }

  @Test(
    "a legend of two dozen long names is drawn whole", .enabled(if: hasGnuplot, "gnuplot is not installed"),
    arguments: ["svg", "pdf", "png"])
  func longLegend(format: String) throws {
    try inDirectory { directory in
      let name = String(repeating: "name ", count: 20)
      let rows = (1...22).map { "\(name)\($0),\(Double($0) / 5),0.0\($0)\n" }.joined()
      try ("model,rate,distortion\n" + rows).write(toFile: directory + "/p.csv", atomically: true, encoding: .utf8)
      let outcome = try Program.run([
        "plot", "ramp", "--points", directory + "/p.csv", "--series-column", "model", "-o", "\(directory)/r.\(format)",
      ])
      #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    }
  }

  static let mistakes: [(line: String, says: String)] = [
    ("plot", "SOURCE is missing"),
    ("plot ramp", "--output FILE (or --script) is needed"),
    ("plot ramp -o ramp.gif", ".svg, .pdf or .png"),
    ("plot ramp -o ramp", ".svg, .pdf or .png"),
    ("plot ramp --script --x rate --y rate", "one axis is the rate"),
    ("plot ramp --script --y db --x log-distortion", "one axis is the rate"),
    ("plot ramp --script --x speed", "must be one of rate, distortion, log-distortion, db"),
    ("plot ramp --script --gap --x rate", "axes of its own"),
    ("plot ramp --script --curves lwer", "did you mean \"lower\"?"),
    ("plot ramp --script --max-rate 0", "greater than 0"),
    ("plot ramp --script --size 8.5x6mm", "8.5x6cm"),
    ("plot ramp --script --font Times,900", "from 4 to 48 points"),
    ("plot ramp --script --legend left", "must be one of inside, outside, below, none"),
    ("plot ramp --script --max-rate nan", "not a finite number"),
    ("plot ramp --script --max-rate 501", "at most 500"),
    ("plot ramp --script --series-column model", "--series-column needs --points"),
    ("plot ramp --script --label x", "--label needs --points"),
    ("plot ramp --script --points f --series-column a,,b", "name is empty"),
    ("plot ramp --script --points DATA/tfc_toy_sources.csv --label a --label b", "2 labels for 1 series"),
    ("plot circle --script --points DATA/tfc_toy_sources.csv --where latent_dims", "COLUMN=VALUE"),
    ("plot ramp --script --points DATA/tfc_toy_sources.csv --rate-unit bit", "did you mean \"bits\"?"),
    ("plot ramp --script --code DATA/codes/ramp_ntc1_2bit.intervals.csv --gap", "--code draws cells"),
    ("plot ramp --script --code DATA/codes/ramp_ntc1_2bit.intervals.csv --curves exact", "--code draws cells"),
    ("plot ramp --script --code DATA/codes/ramp_ntc1_2bit.intervals.csv --points f", "--code draws cells"),
    ("plot ramp --script --codebook f", "--codebook needs --code"),
    ("plot sphere --script --code f", "sphere has none"),
  ]

  @Test("a mistake is explained, status 64", arguments: mistakes)
  func mistake(line: String, says: String) throws {
    let outcome = try Program.run(line.replacingOccurrences(of: "DATA", with: Self.data))
    #expect(outcome.status == 64, "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains(says), "\(outcome.errors)")
  }

  static let badFiles: [(content: String?, options: [String], says: String)] = [
    (nil, [], "No such file"),
    ("", [], "is empty"),
    ("source,rate,distortion\n", [], "no row"),
    ("source,rate,distortion\nramp,x,0.1\n", [], ":2: column 2 (rate): \"x\""),
    ("source,rate,distortion\nramp,nan,0.1\n", [], "no row has both a rate and a distortion"),
    ("source,rate,distortion\nramp,1,-0.1\n", [], "out of range"),
    ("source,rate,distortion\nramp,1\n", [], "2 cells"),
    ("source,rate,distortion\ncircle,1,0.7\n", [], "no point of ramp"),
    ("source,rate,distortion\nbanana,1,0.7\n", [], "no point of ramp"),
    ("rate,distortion\n1,0.07\n", ["--series-column", "model"], "no column model"),
    ("rate,distortion\n1,0.07\n", ["--where", "model=ntc"], "no column model"),
    ("rate,distortion\n1,0.07\n", ["--where", "rate=2"], "no row has rate=2"),
  ]

  @Test("points that cannot be read: status 65, with the place", arguments: badFiles)
  func badFile(content: String?, options: [String], says: String) throws {
    try inDirectory { directory in
      try content?.write(toFile: directory + "/p.csv", atomically: true, encoding: .utf8)
      let outcome = try Program.run(["plot", "ramp", "--script", "--points", directory + "/p.csv"] + options)
      #expect(outcome.status == 65, "\(outcome.errors)")
      #expect(outcome.output.isEmpty)
      #expect(outcome.errors.contains("p.csv") && outcome.errors.contains(says), "\(outcome.errors)")
    }
  }

  @Test("several files are several series, one by its columns is several too; a file of one source need not name it")
  func series() throws {
    try inDirectory { directory in
      try "rate,distortion\n1,0.07\n".write(toFile: directory + "/mine.v2.csv", atomically: true, encoding: .utf8)
      let files = ["--points", directory + "/mine.v2.csv", "--points", "\(Self.data)/tfc_toy_sources.csv"]
      let titles = { (options: [String]) in
        try Program.run(["plot", "ramp", "--script", "--curves", "exact"] + options).output
          .components(separatedBy: " title '").dropFirst(2).compactMap { $0.components(separatedBy: "'").first }
      }
      #expect(try titles(files) == ["E(D)", "mine.v2", "tfc_toy_sources"])
      #expect(try titles(files + ["--label", "mine", "--label", "theirs"]) == ["E(D)", "mine", "theirs"])
      #expect(
        try titles(["--points", "\(Self.data)/tfc_toy_sources.csv", "--series-column", "model,lambda"])
          == ["E(D)", "ntc, 400.0", "ntc, 45.0", "ntc, 90.0", "ntc, 140.0"])
      #expect(
        try titles(["--points", "\(Self.data)/tfc_toy_sources.csv", "--series-column", "model", "--where", "lambda=90"])
          == ["E(D)", "ntc"])
      let log = try Program.run([
        "plot", "ramp", "--script", "--points", "\(Self.data)/keras_log_ramp_ntc1_lam140_s1b.csv",
      ])
      #expect(log.status == 0 && log.output.contains("title 'keras_log_ramp_ntc1_lam140_s1b'"))
    }
  }

  private static let map = "\(data)/codes/circle_ntc1_2.7bit.intervals.csv"

  @Test(
    "a trained code in every format, at other sizes, from the standard input; the same bytes of SVG from the script",
    .enabled(if: hasGnuplot, "gnuplot is not installed"))
  func code() throws {
    try inDirectory { directory in
      for (name, start, size) in [
        ("a.svg", "<?xml", "720x300"), ("b.pdf", "%PDF-", "8.5x7cm"), ("c.png", "PNG", "9x9cm"),
      ] {
        let outcome = try Program.run([
          "plot", "circle", "--code", Self.map, "--size", size, "--font", "Times,8", "-o", "\(directory)/\(name)",
        ])
        #expect(outcome.status == 0 && outcome.output.isEmpty && outcome.errors.isEmpty, "\(outcome.errors)")
        let content = try Data(contentsOf: URL(fileURLWithPath: "\(directory)/\(name)"))
        #expect(content.dropFirst(name == "c.png" ? 1 : 0).starts(with: start.utf8))
      }
      let piped = try Program.shell(
        "\"$RDBOUNDS\" plot circle --code - --size 720x300 --font Times,8 --script < '\(Self.map)' | gnuplot -d")
      #expect(Data(piped.output.utf8) == (try Data(contentsOf: URL(fileURLWithPath: "\(directory)/a.svg"))))
    }
  }

  @Test("a code's title is the source's, or what is given; the codebook is that of a process")
  func codeTitle() throws {
    let own = try Program.run(["plot", "circle", "--code", Self.map, "--script"]).output
    #expect(own.contains("set label 1 'circle'") && own.contains("'H = 2.657 bits'"))
    let none = try Program.run(["plot", "circle", "--code", Self.map, "--title", "", "--script"]).output
    #expect(!none.contains("set label 1"))
    let ramp = "\(Self.data)/codes/ramp_ntc1_2bit"
    let outcome = try Program.run([
      "plot", "ramp", "--code", "\(ramp).intervals.csv", "--codebook", "\(ramp).reconstructions.csv", "--script",
    ])
    // What the trainer integrated with its reconstructions.
    #expect(outcome.status == 0 && outcome.output.contains("'D = 0.04176'"), "\(outcome.errors)")
  }

  @Test("a map that cannot be read: status 65, with the row")
  func badCode() throws {
    let outcome = try Program.shell(
      "printf 'phase,index\\n0,0\\n0.5,1\\n0.5,2\\n' | \"$RDBOUNDS\" plot circle --code - --script")
    #expect(outcome.status == 65 && outcome.output.isEmpty)
    #expect(outcome.errors.contains("standard input:4: column 1 (phase): position 0.5 stands here twice"))
  }

  @Test("points come from the standard input too")
  func standardInput() throws {
    let file = "\(Self.data)/wyner_ziv.csv"
    let piped = try Program.shell(
      "\"$RDBOUNDS\" plot wyner-ziv --gap --script --points - --series-column coding,model < '\(file)'")
    let named = try Program.run([
      "plot", "wyner-ziv", "--gap", "--script", "--points", file, "--series-column", "coding,model",
    ])
    #expect(piped.status == 0 && piped.output == named.output)
    #expect(named.output.contains("title 'conditional, sr-44-ecvq'"))
  }

  @Test("points of another noise than the curves' are left out, and that is said; the option moves curves and points")
  func otherParameters() throws {
    try inDirectory { directory in
      try "source,noise_var,rate,distortion\nwyner-ziv,0.1,1,0.04\nwyner-ziv,0.01,1,0.004\n"
        .write(toFile: directory + "/p.csv", atomically: true, encoding: .utf8)
      let outcome = try Program.run(["plot", "wyner-ziv", "--script", "--points", directory + "/p.csv"])
      #expect(outcome.status == 0)
      #expect(
        outcome.errors.contains(
          "1 points have other parameters (setting side-plus-noise, variance 1, noise-variance 0.01)"))
      let none = try Program.run([
        "plot", "wyner-ziv", "--script", "--points", directory + "/p.csv", "--where", "noise_var=0.01",
      ])
      #expect(none.status == 65 && none.errors.contains("other parameters"))
      let moved = try Program.run([
        "plot", "wyner-ziv", "--script", "--points", directory + "/p.csv", "--where", "noise_var=0.01",
        "--noise-variance", "0.01",
      ])
      #expect(moved.status == 0 && moved.errors.isEmpty)
    }
  }
}

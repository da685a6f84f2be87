import RateDistortion
import Testing
import TrainedPoints

@Suite("reading files of points")
struct ReadingTests {
  @Test("comma, tab and semicolon; CR LF, CR, byte order mark, blank lines, blanks around names, quotes")
  func layouts() throws {
    let expected = [TrainedPoint(row: 2, rate: 1.5, distortion: 0.5), TrainedPoint(row: 3, rate: 2, distortion: 0.25)]
    for text in [
      "rate,distortion\n1.5,0.5\n2,0.25\n",
      "rate\tdistortion\n1.5\t0.5\n2\t0.25",
      "rate;distortion\n1.5;0.5\n2;0.25\n",
      "rate,distortion\r\n1.5,0.5\r\n2,0.25\r\n\r\n\r\n",
      "rate,distortion\r1.5,0.5\r2,0.25\r",
      "\u{FEFF}rate,distortion\n1.5,0.5\n2,0.25\n   \n",
      " Rate , \"DISTORTION\" \n 1.5 , 0.5 \n\"2\",\" 0.25 \"\n",
    ] {
      #expect(Array(try points(text)) == expected, "\(text)")
    }
  }

  @Test("quoted cells hold delimiters, doubled quotes and line breaks, and rows keep their lines")
  func quotes() throws {
    let table = try points("run_id,rate,distortion\n\"a, \"\"b\"\"\",1,0.5\n\"two\r\nlines\",2,0.3\nlast,3,0.1\n")
    #expect(table.map(\.label) == ["a, \"b\"", "two\r\nlines", "last"])
    #expect(table.map(\.row) == [2, 3, 5])
  }

  @Test("columns by their usual names, the first of the list that is there")
  func usualNames() throws {
    for (header, rate, distortion) in [
      ("rate_bits,rate,mse,distortion", 1.0, 4.0), ("bits,sse,other,x", 1, 2), ("x,y,RATE,Distortion", 3, 4),
      ("rate,distortion,val_rate,val_distortion", 3, 4), ("rate,distortion,val_rate,x", 1, 2),
      ("rate,x,distortion_db,distortion", 1, 4),
    ] {
      let table = try points(header + "\n1,2,3,4\n") { $0.source = Gaussian.self }
      #expect(table[0].rate == rate, "\(header)")
      #expect(table[0].distortion == distortion, "\(header)")
    }
  }

  @Test("a chosen column settles the family of the other")
  func families() throws {
    let text = "rate,distortion,val_rate,val_distortion\n1,2,3,4\n"
    let plain = try points(text) {
      $0.source = Gaussian.self
      $0.rateColumn = "rate"
    }
    #expect((plain[0].rate, plain[0].distortion) == (1, 2))
    let both = try points(text) {
      $0.source = Gaussian.self
      $0.rateColumn = "rate"
      $0.distortionColumn = "val_distortion"
    }
    #expect((both[0].rate, both[0].distortion) == (1, 4))
    #expect(
      complaint("val_rate,distortion\n1,1\n")
        == "points.csv: no column for the distortion: there is none of val_distortion, val_distortion_mse, val_mse, "
        + "val_sse, val_distortion_sse, val_distortion_db, val_psnr, val_psnr_db; the columns are val_rate, distortion")
  }

  @Test("nats, decibels and standard errors are brought to bits and to the source's measure")
  func units() throws {
    let nats = try points("rate,distortion,rate_se,distortion_se\n0.693147180559945,0.5,0.0693147180559945,0.01\n") {
      $0.source = Circle.self
      $0.rateUnit = .nats
    }
    #expect(abs(nats[0].rate - 1) < 1e-14)
    #expect(abs(nats[0].rateError - 0.1) < 1e-14)
    let level = try points("rate,distortion,distortion_se\n1,-10,0.1\n") {
      $0.source = Circle.self
      $0.distortionUnit = .decibels
    }
    #expect(abs(level[0].distortion - 0.1) < 1e-15)
    #expect(abs(level[0].distortionError - 0.1 * 0.0230258509299405) < 1e-12)
  }

  @Test("a mean over the circle's two components is half their sum; over a process's samples it needs their number")
  func measures() throws {
    let header = "source,rate,distortion,distortion_measure,index_points\n"
    let table = try points(header + "circle,1,0.25,mse,\nramp,1,51.2,SSE,1024\nsinusoid,1,25,sse,100\n") { _ in }
    #expect(table.map(\.distortion) == [0.5, 0.05, 0.25])
    #expect(
      complaint(header + "ramp,1,51.2,sse,\n") { _ in }
        == "points.csv:2: column 4 (distortion_measure): the distortion is sse, that of ramp is mse, and the number of "
        + "components is not given: add a column index_points, or convert the column")
    // The option goes before the column, a scalar's sum is its mean.
    let asIs = try points("rate,distortion,distortion_measure\n1,0.05,mse\n") {
      $0.source = Circle.self
      $0.distortionUnit = .sumOfSquaredErrors
    }
    #expect(asIs[0].distortion == 0.05)
    #expect(try points("rate,mse\n1,0.05\n") { $0.source = Gaussian.self }[0].distortion == 0.05)
  }

  @Test("filters keep rows by text or by number")
  func filters() throws {
    let text = "rate,distortion,lambda,model\n1,0.5,2.0,a\n2,0.2,2,b\n3,0.1,20,a\n"
    let two = try points(text) {
      $0.source = Circle.self
      $0.filters = [RowFilter(column: "lambda", value: "2")]
    }
    #expect(two.map(\.rate) == [1, 2])
    #expect(two.map(\.label) == ["a", "b"])
    #expect(RowFilter("a=b=c") == RowFilter(column: "a", value: "b=c"))
    #expect(RowFilter("=b") == nil)
    #expect(RowFilter("a") == nil)
    let nothing = { (options: inout PointFileOptions) in
      options.source = Circle.self
      options.filters = [RowFilter(column: "lambda", value: "7"), RowFilter(column: "model", value: "a")]
    }
    #expect(complaint(text, nothing) == "points.csv: no row has lambda=7 and model=a")
    let absent = { (options: inout PointFileOptions) in
      options.source = Circle.self
      options.filters = [RowFilter(column: "lamda", value: "7")]
    }
    #expect(
      complaint(text, absent).contains("there is no column lamda; the columns are rate, distortion, lambda, model"))
  }

  @Test("a log of several runs gives each its own point; a diverged epoch is not read and never the best")
  func logs() throws {
    let text = """
      epoch,model,val_loss,val_rate,val_distortion
      0,a,3,1,0.9
      1,a,nan,nan,nan
      2,a,2,1.5,0.5
      0,b,1,2,0.3
      1,b,5,2.5,0.6

      """
    let last = try points(text)
    #expect(last.map(\.row) == [4, 6])
    let best = try points(text) {
      $0.source = Circle.self
      $0.rows = .best
    }
    #expect(best.map(\.row) == [4, 5])
    let all = { (options: inout PointFileOptions) in
      options.source = Circle.self
      options.rows = .all
    }
    let every = try points(text, all)
    #expect(every.map(\.row) == [2, 4, 5, 6] && every.incompleteRows == 1)
    let strict = { (options: inout PointFileOptions) in
      all(&options)
      options.isStrict = true
    }
    #expect(complaint(text, strict) == "points.csv:3: column 4 (val_rate): \"nan\" is not a finite number")
    let noLoss = { (options: inout PointFileOptions) in
      options.source = Circle.self
      options.rows = .best
    }
    #expect(complaint("rate,distortion\n1,0.5\n", noLoss).contains("there is no column loss"))
  }

  @Test("numbers are read to the nearest floating-point number, like the standard library's")
  func numbers() throws {
    var generator = SystemRandomNumberGenerator()
    var texts = [
      "1e-300", "123456789012345678901234567890", "0.1", "9007199254740993", "9007199254740992.5", "1.", ".5", "+2",
      "1E5", "1e+05", "18446744073709551615", "9999999999999999999", "0.30000000000000004", "1e22", "1e23", "2.5e-08",
      "179769313486231570000e288", "4503599627370497.5", "00000000000000000000001.25",
    ]
    for _ in 0..<20_000 {
      let value = Double(
        bitPattern: UInt64.random(in: 0x3C00_0000_0000_0000...0x43F0_0000_0000_0000, using: &generator))
      texts.append("\(value)")
      let whole = UInt64.random(in: 0...UInt64.max, using: &generator) >> UInt64.random(in: 0...63, using: &generator)
      let digits = String(whole)
      let cut = Int.random(in: 0...digits.count, using: &generator)
      texts.append("1" + digits.prefix(cut) + "." + digits.dropFirst(cut))
    }
    let file = "rate,distortion\n" + texts.map { "\($0),1\n" }.joined()
    let table = try points(file) { $0.source = Gaussian.self }
    for (text, point) in zip(texts, table) where point.rate != Double(text) {
      Issue.record("\(text) was read as \(point.rate)")
    }
  }

  @Test("an option's parameter must suit a source in the file")
  func parameters() {
    let text = "source,rate,distortion\ncircle,1,0.9\n"
    #expect(throws: DomainError.self) { try points(text) { $0.parameters = ["samples": "64"] } }
    #expect(throws: DomainError.self) { try points(text) { $0.parameters = ["sample": "64"] } }
    #expect(throws: DomainError.self) {
      try points(text) {
        $0.source = Ramp.self
        $0.parameters = ["samples": "two"]
      }
    }
  }
}

/// A prefix code for the letters of a law, by the lengths of its words: Huffman's, of which none has a lesser expected length.
///
/// The two least masses are siblings of the longest words in some best code; joining them leaves a law of one letter less, whose
/// best code has the same words but for them. What is left at the end is a single letter with the empty word.
///
/// - Source: Huffman, "A Method for the Construction of Minimum-Redundancy Codes", Proc. IRE 40 (1952) 1098-1101.
struct PrefixCode: Sendable {
  /// The length of every letter's word, in bits; 0 for letters of mass 0, which have none, and for a letter that is sure.
  private(set) var lengths: [Int]

  /// The best code for masses, which need not sum to 1.
  init(masses: [Double]) {
    let letters = masses.indices.filter { masses[$0] > 0 }.sorted { (masses[$0], $0) < (masses[$1], $1) }
    lengths = [Int](repeating: 0, count: masses.count)
    guard letters.count > 1 else { return }
    // Joined masses never fall, so that two queues in order take the place of a heap. Node k < n is a letter.
    let n = letters.count
    var weights = letters.map { masses[$0] }
    var parents = [Int](repeating: 0, count: 2 * n - 1)
    var (letter, joined) = (0, n)
    func least() -> Int {
      if letter < n, joined >= weights.count || weights[letter] <= weights[joined] {
        letter += 1
        return letter - 1
      }
      joined += 1
      return joined - 1
    }
    while weights.count < 2 * n - 1 {
      let (first, second) = (least(), least())
      parents[first] = weights.count
      parents[second] = weights.count
      weights.append(weights[first] + weights[second])
    }
    // The root is the last one, and parents stand behind their children.
    var depths = [Int](repeating: 0, count: 2 * n - 1)
    for node in (0..<2 * n - 2).reversed() { depths[node] = depths[parents[node]] + 1 }
    for (node, place) in letters.enumerated() { lengths[place] = depths[node] }
  }
}

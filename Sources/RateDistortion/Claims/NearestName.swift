/// The known name nearest to a misspelt one, if it is near enough to be meant.
///
/// Distance is the optimal-string-alignment edit distance (insert, delete, replace, swap neighbours), ignoring case; a name
/// is near if at most a third of its letters, and at least one, would have to change.
public func nearestName(to name: String, among known: [String]) -> String? {
  let folded = Array(name.lowercased().prefix(64))
  var best: (name: String, distance: Int)?
  for candidate in known {
    let distance = editDistance(folded, Array(candidate.lowercased().prefix(64)))
    guard distance <= max(1, candidate.count / 3) else { continue }
    if best.map({ distance < $0.distance }) ?? true { best = (candidate, distance) }
  }
  return best?.name
}

private func editDistance(_ a: [Character], _ b: [Character]) -> Int {
  var older = [Int](repeating: 0, count: b.count + 1)
  var previous = Array(0...b.count)
  for i in a.indices {
    var current = [i + 1] + [Int](repeating: 0, count: b.count)
    for j in b.indices {
      let replacement = previous[j] + (a[i] == b[j] ? 0 : 1)
      current[j + 1] = min(replacement, previous[j + 1] + 1, current[j] + 1)
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
        current[j + 1] = min(current[j + 1], older[j - 1] + 1)
      }
    }
    older = previous
    previous = current
  }
  return previous[b.count]
}

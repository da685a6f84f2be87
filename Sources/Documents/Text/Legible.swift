/// Text from a file as a terminal can show it: on one line, without control characters, not too long.
public func legible(_ text: String) -> String {
  let longest = 60
  var shown = ""
  for scalar in text.unicodeScalars.prefix(longest) {
    let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
    if isControl { shown += scalar.escaped(asASCII: true) } else { shown.unicodeScalars.append(scalar) }
  }
  return text.unicodeScalars.dropFirst(longest).isEmpty ? shown : shown + "..."
}

import RateDistortion
for s in [1.0, 1.1, 1.15, 1.2, 1.22] {
  let c = ContinuousClock()
  var proof: CircleProof? = nil
  let t = c.measure { proof = CircleProof(leastSum: s) }
  print(s, t, proof!.isProved)
  for k in proof!.checks where s == 1 || !k.isProved || k.boxes > 1000 { print("  ", k.claim, k.isProved, k.boxes, k.margin, k.failure) }
}

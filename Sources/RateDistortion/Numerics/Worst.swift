/// The larger of two numbers that stand for losses; what is no number could be any loss.
func worst(_ a: Double, _ b: Double) -> Double { a.isNaN || b.isNaN ? .infinity : max(a, b) }

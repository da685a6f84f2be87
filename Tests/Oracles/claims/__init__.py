"""The evaluations behind check_claims.py: a function a type of evidence, which opens with the inequality it evaluates."""

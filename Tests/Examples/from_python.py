import io, subprocess, pandas as pd
rdbounds = lambda *words: pd.read_csv(io.StringIO(subprocess.run(["rdbounds", *words], stdout=-1, text=True).stdout))
limits = rdbounds("table", "ramp", "--curves", "exact", "--rates", "0:6:0.5")
verdicts = rdbounds("verify", "points.csv")
print(limits[["distortion", "rate_bits"]], verdicts[["label", "verdict", "gap_bits"]], sep="\n")

"""The Python module over the program that RDBOUNDS names. Expected values are closed forms, as in the tests in Swift."""

import csv
import doctest
import html.parser
import importlib.util
import io
import json
import math
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest
import warnings

import rdbounds

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
POINTS = ROOT / "Tests/TrainedPointsTests/Data/tfc_toy_sources.csv"
KERAS = ROOT / "Tests/TrainedPointsTests/Data/keras_log_ramp_ntc1_lam140_s1b.csv"


def installed(*names):
    return all(importlib.util.find_spec(name) for name in names)


def column(rows, name):
    return list(rows[name]) if hasattr(rows, "columns") else [row[name] for row in rows]


def without_pandas(line):
    """Runs a line in an interpreter that finds neither pandas nor numpy."""
    block = "import sys; sys.modules['pandas'] = sys.modules['numpy'] = None; import rdbounds; "
    return subprocess.run([sys.executable, "-c", block + line], capture_output=True, text=True)


class Page(html.parser.HTMLParser):
    """What a page links to, and which of its elements are not closed; paragraphs and a few others need not be."""

    FREE = {"p", "meta", "br", "img", "dt", "dd", "li"}

    def __init__(self):
        super().__init__()
        self.open, self.links = [], []

    def handle_starttag(self, tag, attributes):
        self.links += [value for name, value in attributes if name in ("href", "src")]
        if tag not in self.FREE:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in self.FREE:
            assert self.open.pop() == tag, tag


class Tables(unittest.TestCase):
    def test_uniform_codes_of_the_ramp(self):
        """K equal cells reach E(D) of the ramp at log2 K bits and D = (2 - 1/K)/(12 K)."""
        rows = rdbounds.table("ramp", curves="exact", rates=[2, 3, 5])
        for rate, distortion, error in zip(*(column(rows, name) for name in ("rate_bits", "distortion", "error_bits"))):
            cells = 2 ** rate
            self.assertAlmostEqual(distortion, (2 - 1 / cells) / (12 * cells), delta=1e-11)
            self.assertLess(error, 1e-11)

    def test_parameters_and_gaussian_closed_form(self):
        """R(D) = log2(variance / D) / 2."""
        rows = rdbounds.table("gaussian", curves="shannon", distortions=[0.5, 1, 3], variance=4)
        for rate, distortion in zip(column(rows, "rate_bits"), column(rows, "distortion")):
            self.assertAlmostEqual(rate, math.log2(4 / distortion) / 2, delta=1e-11)

    def test_ranges_lists_and_counts(self):
        self.assertEqual(column(rdbounds.table("ramp", curves="exact", rates="1:3:1"), "rate_bits"), [1, 2, 3])
        self.assertEqual(len(rdbounds.table("ramp", curves=["lower", "upper"], points=7)), 14)
        self.assertIn("rate_lower", list(rdbounds.table("ramp", rates=1, certified=True, curves="exact"))[0]
                      if not installed("pandas") else rdbounds.table("ramp", rates=1, certified=True, curves="exact"))

    def test_lambdas(self):
        rows = rdbounds.table("circle", curves="exact", lambdas=[4, 512])
        self.assertEqual(len(column(rows, "lagrangian_bits")), len(column(rows, "lambda")))

    def test_what_is_left_out_is_a_warning(self):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            rdbounds.table("wyner-ziv", rates=[1])
        self.assertEqual([w.category for w in caught], [rdbounds.RdboundsWarning])
        self.assertIn("left out, for they take long", str(caught[0].message))
        self.assertEqual(caught[0].filename, __file__)

    def test_finite_source_from_a_file(self):
        """R(D) of a fair bit: 1 - h(D)."""
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "bit.csv")
            path.write_text("probability\n0.5\n0.5\n")
            claims = rdbounds.at(pmf=path, distortion=0.11)
            h = -(0.11 * math.log2(0.11) + 0.89 * math.log2(0.89))
            rates = [claim["rate_bits"] for claim in claims if claim["curve"] == "shannon"]
            self.assertEqual(len(rates), 2)
            for rate in rates:
                self.assertAlmostEqual(rate, 1 - h, delta=1e-6)
            self.assertEqual(len(rdbounds.check(claims, pmf=path)), len(claims))


class Claims(unittest.TestCase):
    def test_claims_are_checked_one_by_one_and_together(self):
        claims = rdbounds.at("gaussian", rate=2, curves="shannon", variance=4)
        self.assertAlmostEqual(claims[0]["distortion"], 0.25)
        self.assertEqual(claims[0]["parameters"], {"variance": 4})
        for given in (claims, claims[0], claims + rdbounds.at("ramp", distortion=0.01)):
            for sentence in rdbounds.check(given):
                self.assertIn("proved", sentence)

    def test_a_forged_claim_is_not_proved(self):
        claims = rdbounds.at("ramp", rate=3, curves="upper")
        claims[0]["rate_bits"] = 2.9
        with self.assertRaises(rdbounds.NotProved) as caught:
            rdbounds.check(claims)
        self.assertIn("NOT PROVED", str(caught.exception))

    def test_slope(self):
        claim, = rdbounds.at("ramp", lambda_=48, curves="exact")
        self.assertGreater(claim["rate_bits"], 0)


class Verdicts(unittest.TestCase):
    def file_rows(self):
        with open(POINTS, newline="") as file:
            return list(csv.DictReader(file))

    def test_memory_and_file_agree(self):
        from_file = rdbounds.verify(POINTS, where={"source": "circle"})
        from_memory = rdbounds.verify(self.file_rows(), where={"source": "circle"})
        for name in ("label", "verdict", "gap_bits"):
            self.assertEqual(column(from_file, name), column(from_memory, name))
        self.assertEqual(len(from_file), 8)
        self.assertTrue(from_file.attrs["passed"])
        self.assertEqual(from_file.attrs["summary"]["points"], 8)

    def test_uniform_code_is_optimal_and_half_its_distortion_impossible(self):
        with self.assertWarnsRegex(rdbounds.RdboundsWarning, "1 impossible"):
            verdicts = rdbounds.verify(rates=[3, 3], distortions=[1 / 96 * 15 / 8 * 1.001, 1 / 96 / 2], source="ramp")
        self.assertEqual(column(verdicts, "verdict"), ["optimal", "impossible"])
        self.assertFalse(verdicts.attrs["passed"])

    def test_a_gate(self):
        point = dict(rates=[4.0], distortions=[15 / 8 / 96], source="ramp")
        self.assertTrue(rdbounds.verify(**point).attrs["passed"])
        self.assertFalse(rdbounds.verify(**point, max_gap_bits=0.5).attrs["passed"])

    def test_units(self):
        nats = rdbounds.verify(rates=[3 * math.log(2)], distortions=[10 * math.log10(0.02)], source="ramp",
                               rate_unit="nats", distortion_unit="db")
        bits = rdbounds.verify(rates=[3], distortions=[0.02], source="ramp")
        self.assertAlmostEqual(column(nats, "gap_bits")[0], column(bits, "gap_bits")[0], delta=1e-5)

    def test_a_training_log(self):
        self.assertEqual(len(rdbounds.verify(KERAS, source="ramp", samples=1024)), 1)

    def test_bad_points(self):
        cases = [
            (dict(rates=[1, 2], distortions=[0.1], source="ramp"), "different lengths"),
            (dict(rates=[1, math.nan], distortions=[0.1, 0.1], source="ramp"), r"rates\[1\] is nan"),
            (dict(rates=[1], distortions=[math.inf], source="ramp"), r"distortions\[0\] is inf"),
            (dict(rates=[1], distortions=[0.1]), "source"),
            (dict(rates=[1]), "distortions are needed"),
            (dict(), "points"),
            (dict(points={"rate": [1], "psi": [2]}, source="ramp"), "no column for the distortion"),
            (dict(points={"rate": [1, 2], "distortion": [2]}, source="ramp"), "rate has 2, distortion has 1"),
            (dict(points=[{"rate": 1, "distortion": 0.05}, {"rate": 2}], source="ramp"), "row 1 .*distortion"),
            (dict(points=[{"rate": "x", "distortion": 0.05}], source="ramp"), "row 0 "),
            (dict(points=[], source="ramp"), "no points"),
            (dict(points=3.0), "not float"),
            (dict(points="nothing-here.csv"), "nothing-here.csv"),
            (dict(points=[{"rate": 1, "distortion": 0.05}], source="rampp"), "did you mean \"ramp\""),
            (dict(points=[{"rate": 1, "distortion": 0.05}], source="ramp", tolerence=1), "did you mean --tolerance"),
        ]
        for arguments, says in cases:
            with self.subTest(says), self.assertRaisesRegex(rdbounds.RdboundsError, says):
                rdbounds.verify(**arguments)
        incomplete = [{"rate": 1, "distortion": 0.0626}, {"rate": 2, "distortion": None}]
        with self.assertWarnsRegex(rdbounds.RdboundsWarning, "left out"):
            self.assertEqual(len(rdbounds.verify(incomplete, source="ramp", strict=False)), 1)


class Curves(unittest.TestCase):
    def test_both_ways(self):
        exact = rdbounds.curve("ramp", "exact")
        rates = [0.5, 1, 2.25, 7]
        for rate, back in zip(rates, exact(exact.distortion(rates))):
            self.assertAlmostEqual(rate, back, delta=1e-9)
        self.assertIsInstance(exact(0.01), float)

    def test_order_and_repetition(self):
        shannon = rdbounds.curve("gaussian", "shannon")
        self.assertEqual(shannon([0.25, 1.5, 0.25, 0.0625]), [1, 0, 1, 2])

    def test_sides(self):
        ecsq = dict(source="gaussian", name="ecsq")
        lower, upper = (rdbounds.curve(**ecsq, side=side)(0.1) for side in ("lower", "upper"))
        self.assertLess(lower, upper)
        self.assertLess(upper - lower, 1e-3)
        with self.assertRaisesRegex(rdbounds.UsageError, "two sides"):
            rdbounds.curve(**ecsq)(0.1)
        with self.assertRaisesRegex(rdbounds.UsageError, "side is"):
            rdbounds.curve(**ecsq, side="left")

    def test_what_is_not_there(self):
        with self.assertRaisesRegex(rdbounds.UsageError, "exakt"):
            rdbounds.curve("ramp", "exakt")(0.1)
        with self.assertRaisesRegex(rdbounds.UsageError, "number 2"):
            rdbounds.curve("ramp", "exact")([0.1, math.nan])
        with self.assertRaisesRegex(rdbounds.UsageError, "no row at rate 20"):
            rdbounds.curve("ramp", "lower", samples=16).distortion([1, 20])

    def test_more_than_one_call_holds(self):
        count = 100_001
        shannon = rdbounds.curve("gaussian", "shannon")
        found = shannon([0.25] * (count - 1) + [0.0625])
        self.assertEqual((len(found), found[0], found[-1]), (count, 1, 2))

    @unittest.skipUnless(installed("numpy"), "numpy is not installed")
    def test_arrays(self):
        import numpy

        distortions = numpy.geomspace(0.001, 0.9, 60).reshape(3, 20)
        found = rdbounds.curve("gaussian", "shannon")(distortions)
        self.assertEqual(found.shape, (3, 20))
        numpy.testing.assert_allclose(found, -0.5 * numpy.log2(distortions), atol=1e-11)
        self.assertAlmostEqual(float(rdbounds.curve("gaussian", "shannon")(numpy.float64(0.25))), 1)


class Reports(unittest.TestCase):
    def test_gaps(self):
        """At high rate the uniform quantizer is 0.2546 bits above R(D): log2(pi e / 6) / 2."""
        rows = rdbounds.gaps("gaussian", curves="uniform-threshold", rates=[6])
        self.assertAlmostEqual(column(rows, "gap_bits")[0], math.log2(math.pi * math.e / 6) / 2, delta=1e-3)
        self.assertEqual(rows.attrs["reference"], "shannon")

    def test_finite_sources(self):
        """A file in place of a source's name, and what its letters take to send."""
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "coin.csv")
            path.write_text("value,probability\n-1,0.5\n1,0.5\n")
            self.assertEqual(list(column(rdbounds.lossless(path), "bits")), [1, 1, 0])
            gaps = rdbounds.gaps(pmf=path, distortions=[0.5])
            self.assertEqual(list(column(gaps, "curve")), ["ecvq", "letter-entropy", "letter-huffman"])
            claims = rdbounds.at(pmf=path, distortion=0.4, measure="absolute")
            self.assertEqual(len(rdbounds.check(claims, pmf=path, measure="absolute")), len(claims))
            with self.assertRaises(rdbounds.NotProved):
                rdbounds.check(claims, pmf=path)

    def test_delta(self):
        series = dict(series_column="latent_dims", where={"source": "circle"})
        rows = rdbounds.delta(POINTS, "circle", **series)
        self.assertEqual(len(rows), 2)
        self.assertTrue(all(percent > 0 for percent in column(rows, "bd_rate_percent")))

    def test_a_map_of_the_plane(self):
        """Half planes of two Gaussian scalars: one bit, and 2 - 2/pi of distortion; the cells of a grid as runs of its rows."""
        rows = [(row, 40 * half, 40 * (half + 1), half) for row in range(80) for half in (0, 1)]
        halves = dict(zip(("row", "from", "to", "index"), zip(*rows)))
        grid = dict(source="gaussian", dimension=2, cells="-4:4:80,-4:4:80")
        code = rdbounds.code(halves, **grid)
        values = dict(zip(column(code, "quantity"), column(code, "value")))
        self.assertAlmostEqual(values["entropy"], 1, delta=1e-9)
        self.assertAlmostEqual(values["distortion-centroids"], 2 - 2 / math.pi, delta=1e-8)
        self.assertEqual(code.attrs["certificate"]["type"], "grid-code")
        point = rdbounds.verify(halves, **grid)
        self.assertAlmostEqual(column(point, "rate_bits")[0], 1, delta=1e-9)
        designed = rdbounds.code(rdbounds.design("banana", rate=1), "banana")
        self.assertEqual(designed.attrs["certificate"]["type"], "codebook-code")

    def test_the_catalogue(self):
        names = [source["name"] for source in rdbounds.sources()]
        self.assertIn("circle", names)

    @unittest.skipUnless(rdbounds._program.shutil.which("gnuplot"), "gnuplot is not installed")
    def test_a_figure(self):
        figure = rdbounds.plot("circle", points=POINTS, series_column="latent_dims", labels=["one", "two"])
        self.assertIn("<svg", figure)
        self.assertIn(">two<", figure)
        self.assertEqual(figure._repr_svg_(), str(figure))
        self.assertIn("<svg", rdbounds.plot("ramp", curves="exact", points={"rate": [3], "distortion": [0.02], "source": ["ramp"]}))
        with self.assertRaises(rdbounds.UsageError):
            rdbounds.plot("ramp", curves="none")


class Program(unittest.TestCase):
    def test_the_version_is_the_programs(self):
        said = subprocess.run([rdbounds.program(), "--version"], capture_output=True, text=True).stdout
        self.assertEqual(said, f"rdbounds {rdbounds.__version__}\n")

    def with_program(self, path):
        return subprocess.run(
            [sys.executable, "-c", "import rdbounds; rdbounds.sources()"], capture_output=True, text=True,
            env={**os.environ, "RDBOUNDS": str(path)})

    def test_no_program_and_a_wrong_one(self):
        self.assertIn("ProgramNotFound: RDBOUNDS names /nowhere", self.with_program("/nowhere").stderr)
        with tempfile.TemporaryDirectory() as folder:
            wrong = pathlib.Path(folder, "rdbounds")
            wrong.write_bytes(b"\x7fELF of another machine")
            wrong.chmod(0o755)
            self.assertRegex(self.with_program(wrong).stderr, "ProgramNotFound: .* does not run on this machine")

    def test_without_pandas_and_numpy(self):
        run = without_pandas("print(rdbounds.table('ramp', curves='exact', rates=[3])[0]['distortion'])")
        self.assertEqual(run.stdout.strip(), "0.01953125", run.stderr)
        run = without_pandas("print(rdbounds.verify(rates=[3], distortions=[0.0197], source='ramp').attrs['passed'])")
        self.assertEqual(run.stdout.strip(), "True", run.stderr)
        run = without_pandas("print(rdbounds.curve('gaussian', 'shannon')([0.25, 1]))")
        self.assertEqual(run.stdout.strip(), "[1.0, 0.0]", run.stderr)

    def test_examples_in_docstrings(self):
        failed, tried = doctest.testmod(rdbounds, extraglobs={"rdbounds": rdbounds})
        self.assertGreater(tried, 8)
        self.assertEqual(failed, 0)

    def test_examples_in_the_readme(self):
        failed, tried = doctest.testfile(str(ROOT / "README.md"), module_relative=False)
        self.assertGreater(tried, 1)
        self.assertEqual(failed, 0)

    def test_the_contract_names_the_columns(self):
        """The evaluator's contract against the headers that the program prints; columns are only ever added."""
        contract = (ROOT / "Sources/RateDistortion/RateDistortion.docc/EvaluatorContract.md").read_text()
        headers = [block.strip().split(",") for block in contract.split("```")[1::2]]
        lines = [
            "table ramp --curves exact --rates 1", f"verify {POINTS} --where source=ramp", "gaps gaussian --curves lloyd-max --rates 1",
            f"delta ramp {POINTS}", "refine wyner-ziv --stages 2"]
        self.assertEqual(len(headers), len(lines))
        for line, header in zip(lines, headers):
            text = subprocess.run([rdbounds.program(), *line.split()], capture_output=True, text=True).stdout
            printed = text.splitlines()[0].split(",")
            self.assertEqual([name for name in printed if name in header], header, line)

    def test_pages(self):
        """The manual and the module's page are well-formed, have what they describe, and their links lead somewhere."""
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([sys.executable, ROOT / "Sources/Packaging/pages.py", rdbounds.program(), folder], check=True)
            for name, holds in {"index.html": "$ rdbounds table", "manual.html": "--max-gap-bits", "python.html": "curve(source"}.items():
                text = pathlib.Path(folder, name).read_text()
                self.assertIn(holds, text)
                self.assertNotIn("\\f", text)
                page = Page()
                page.feed(text)
                self.assertEqual(page.open, [], name)
                for link in page.links:
                    self.assertTrue(link.startswith("library/") or pathlib.Path(folder, link).is_file(), link)

    def test_schemas_of_commands(self):
        """What --schema prints needs no other file: every reference is to something inside."""
        for command in ("table", "at", "gaps", "refine", "code", "design", "verify", "delta", "lossless", "list"):
            text = subprocess.run([rdbounds.program(), command, "--schema"], capture_output=True, text=True, check=True).stdout
            schema = json.loads(text)
            inside = {schema["$id"], *(part["$id"] for part in schema.get("$defs", {}).values() if "$id" in part)}
            referred = {part.split("#")[0].strip('"') for part in text.split() if part.startswith('"urn:')}
            self.assertLessEqual({name.rstrip('",') for name in referred}, inside, command)


@unittest.skipUnless(installed("pandas"), "pandas is not installed")
class Frames(unittest.TestCase):
    def test_frames_in_and_out(self):
        import pandas

        points = pandas.read_csv(POINTS)
        verdicts = rdbounds.verify(points[points.source == "ramp"])
        self.assertEqual(len(verdicts), 4)
        self.assertEqual(set(verdicts.verdict), set(rdbounds.verify(POINTS, where={"source": "ramp"}).verdict))
        self.assertEqual(verdicts.attrs["schema"], 1)
        bounds = rdbounds.table("circle", rates=[1, 2, 3])
        self.assertEqual(str(bounds.rate_bits.dtype), "float64")
        with self.assertRaisesRegex(rdbounds.DataError, "row 1 "):
            rdbounds.verify(pandas.DataFrame({"rate": [1, None], "distortion": [0.07, 0.05]}), source="ramp")

    def test_the_numbers_are_those_of_the_text(self):
        text = subprocess.run(
            [rdbounds.program(), "table", "circle", "--curves", "exact"], capture_output=True, text=True).stdout
        frame = rdbounds.table("circle", curves="exact")
        self.assertEqual([float(row["distortion"]) for row in csv.DictReader(io.StringIO(text))], list(frame.distortion))


if __name__ == "__main__":
    unittest.main()

"""Certified limits of lossy compression, for the sources on which neural compressors are studied.

Rates are in bits, distortions in the source's own measure (mean squared error over time for ramp, sawbridge and sinusoid, the
sum over components for everything else). Every number comes from the program rdbounds, which this module calls, a process a call;
there is no formula here. A printed lower bound is a lower bound, a printed upper bound is achievable.

Tables are data frames where pandas is installed, and lists of dictionaries where it is not; either way `attrs` holds what is
known of the whole. Keywords that are not named below are options of the command of the same name, with underscores for dashes,
or parameters of the source, as in `variance=4`.

>>> import rdbounds
>>> rdbounds.curve("ramp", "exact").distortion([1, 3])
[0.0625, 0.01953125]
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Optional, Union

from ._curve import Curve
from ._program import (
    DataError, NotProved, ProgramNotFound, RdboundsError, RdboundsWarning, UsageError, call, document, grid, numbers, options,
    program, warn)
from ._rows import Points, RowList, columns, files_or_text, finite, in_memory, rows, rows_of_csv, text_of

if TYPE_CHECKING:
    import numpy
    import pandas

    Grid = Union[str, Sequence[float], "numpy.ndarray[Any, Any]"]

__all__ = [
    "Curve", "DataError", "NotProved", "ProgramNotFound", "RdboundsError", "RdboundsWarning", "SVG", "UsageError", "at",
    "check", "code", "curve", "delta", "design", "gaps", "lossless", "plot", "program", "sources", "table", "verify",
]


def __getattr__(name: str) -> str:
    # The program's version is the package's; it is said there alone.
    if name == "__version__":
        return call(["--version"]).output.decode().split()[1]
    raise AttributeError(f"module rdbounds has no attribute {name}")


def sources() -> list[dict[str, Any]]:
    """The catalogue: sources with their parameters, and what each of their curves means.

    >>> [curve["name"] for curve in rdbounds.sources()[0]["curves"]][:3]
    ['lower', 'upper', 'exact']
    """
    found: list[dict[str, Any]] = document(call(["list", "--format=json"]))["sources"]
    return found


def table(
    source: Optional[str] = None, *, curves: Union[str, Sequence[str], None] = None, rates: "Optional[Grid]" = None,
    distortions: "Optional[Grid]" = None, lambdas: "Optional[Grid]" = None, points: Optional[int] = None,
    certified: bool = False, pmf: "Union[str, os.PathLike[str], None]" = None, **parameters: Any,
) -> "pandas.DataFrame":
    """Curves of a source on a grid: one row is one number.

    - `rates`: in bits; `distortions`: in the source's measure; `lambdas`: in bits per unit of distortion, where each curve's
      R + lambda D is least. Numbers, an array, or text as the command line has it: "1:4:0.5". `points`: so many distortions.
    - `curves`: names as `sources` has them, or "all"; without it those that take no noticeable time.
    - `certified`: adds the proved ends of each enclosure.
    - `pmf`: the file of a finite source, in place of `source`; `data`: a file of samples, likewise.

    >>> len(rdbounds.table("ramp", curves=["lower", "upper"], rates=[1, 2, 3]))
    6
    """
    place, data = grid({"rates": rates, "distortions": distortions, "lambdas": lambdas, "points": points})
    words = options({"curves": curves, "certified": certified, "pmf": pmf, **parameters})
    answer = call(["table", *_operand(source), *place, *words], data)
    warn(answer.remarks)
    return rows_of_csv(answer.output)


def at(
    source: Optional[str] = None, *, rate: Optional[float] = None, distortion: Optional[float] = None,
    distortion_db: Optional[float] = None, lambda_: Optional[float] = None,
    curves: Union[str, Sequence[str], None] = None, precise: bool = False,
    pmf: "Union[str, os.PathLike[str], None]" = None, **parameters: Any,
) -> list[dict[str, Any]]:
    """Every bound at one operating point: claims with their enclosures and certificates, which `check` takes.

    >>> claim, = rdbounds.at("ramp", rate=3, curves="exact")
    >>> claim["distortion"], claim["rate_bits"], claim["assurance"]
    (0.01953125, 3, 'proved')
    """
    place = {"rate": rate, "distortion": distortion, "distortion_db": distortion_db, "lambda": lambda_}
    words = options({**place, "curves": curves, "precise": precise, "pmf": pmf, **parameters})
    answer = call(["at", *_operand(source), *words, "--format=json"])
    warn(answer.remarks)
    found = document(answer)
    # Each claim stands by itself, whichever list it ends up in.
    return [{**claim, "parameters": found["parameters"]} for claim in found["rows"]]


def check(
    claims: Union[Mapping[str, Any], Sequence[Mapping[str, Any]], str, "os.PathLike[str]"], *,
    pmf: "Union[str, os.PathLike[str], None]" = None, **others: Any,
) -> list[str]:
    """Evaluates the certificates of claims anew and says of each what it proves.

    `claims`: what `at` returns, some or one of them, or the path of a file. Claims about a finite source need its file, `pmf`,
    those about samples theirs, `data`.
    Raises `NotProved` unless all hold.

    >>> rdbounds.check(rdbounds.at("ramp", rate=3, curves="upper"))  # doctest: +ELLIPSIS
    ['ramp upper: R <= 3 bits at D = 0.0195312500001: proved; the certificate proves at most 2.9999... bits']
    """
    if isinstance(claims, (str, os.PathLike)):
        path, data = os.fspath(claims), None
    else:
        path = "-"
        data = json.dumps(dict(claims) if isinstance(claims, Mapping) else {"rows": list(claims)})
    answer = call(["check", path, *options({"pmf": pmf, **others})], data, statuses=(0, 1))
    sentences = answer.output.decode().splitlines()
    if answer.status:
        raise NotProved("\n".join(sentences + answer.remarks))
    return sentences


def verify(
    points: Optional[Points] = None, *, rates: "Optional[Grid]" = None, distortions: "Optional[Grid]" = None,
    source: Optional[str] = None, rate_unit: Optional[str] = None, distortion_unit: Optional[str] = None,
    where: Optional[Mapping[str, Any]] = None, series_column: Union[str, Sequence[str], None] = None,
    tolerance: Optional[float] = None, max_gap_bits: Optional[float] = None, max_gap_db: Optional[float] = None,
    strict: Optional[bool] = None, **others: Any,
) -> "pandas.DataFrame":
    """Judges trained points by their source's limits: a verdict a row, with gaps in bits and in dB.

    - `points`: a file or several, a data frame, a list of dictionaries, a dictionary of columns; or `rates` and
      `distortions` of points of one `source`.
    - `strict`: whether a row without a rate or a distortion is an error; where nothing is said it is for points in memory, and
      in files the row is left out with a warning.
    - `max_gap_bits`, `max_gap_db`: what `attrs["passed"]` depends on, besides that no point is impossible.

    `attrs["summary"]` holds the counts and the spread of the gaps, `attrs["remarks"]` the same in sentences; where a point is
    impossible, or rows were left out, they are a warning.

    >>> verdicts = rdbounds.verify(rates=[3.0], distortions=[0.0197], source="ramp")
    >>> list(verdicts["verdict"]) if hasattr(verdicts, "columns") else [row["verdict"] for row in verdicts]
    ['optimal']
    """
    if (points is None) == (rates is None and distortions is None):
        raise UsageError("verify takes either points, or rates and distortions")
    if points is None:
        if rates is None or distortions is None:
            raise UsageError("rates and distortions are needed, one of each a point")
        if source is None:
            raise UsageError("the source of these rates and distortions is needed")
        points = columns({"rate": finite("rates", numbers(rates)), "distortion": finite("distortions", numbers(distortions))})
    files, data = files_or_text(points)
    words = options({
        "source": source, "rate_unit": rate_unit, "distortion_unit": distortion_unit, "where": where,
        "series_column": series_column, "tolerance": tolerance, "max_gap_bits": max_gap_bits, "max_gap_db": max_gap_db,
        "strict": data is not None if strict is None else strict, **others,
    })
    try:
        answer = call(["verify", *files, *words, "--format=json"], data, statuses=(0, 1))
    except DataError as error:
        raise (error if data is None else in_memory(error)) from None
    found = document(answer)
    summary = found["summary"]
    if summary["impossible"] or summary["hints"] or summary["skipped"] or summary["incomplete_rows"]:
        warn(["\n".join(answer.remarks)])
    verdicts = found.pop("points")
    return rows(verdicts, {**found, "remarks": answer.remarks, "passed": answer.status == 0})


def code(
    encoder: Points, source: str, *, codebook: "Union[str, os.PathLike[str], None]" = None, **parameters: Any,
) -> "pandas.DataFrame":
    """A dumped encoder, exactly, and the reasons of its gap: one row is one number, with the ends that enclose it.

    - `encoder`: which index is sent where: a file, a data frame or columns. A column of positions (`phase` or `x`), two of a grid in
      the plane (`x_0`, `x_1`) or of runs (`from`, `to`; with `row` and `cells="A:B:N,C:D:M"` in the plane), one or several of the
      index (`index`, or `index_0`, ...), and if there are any the entropy model's `bits` and the decoder's `reconstruction` (or
      `reconstruction_0`, ...).
    - `codebook`: a file with bits and reconstructions, one row an index.

    A source in the plane takes what `design` writes, a codebook, as it is.

    The rows whose `part` is "ledger" add up to the gap that follows them. `assurance` says of each row what its ends rest on:
    "proved", or "recomputed" in floating point. `attrs["certificate"]` is the code, which `check` takes in the report that
    `rdbounds code --format json` prints.

    >>> halves = rdbounds.code({"from": [0, 0.5], "to": [0.5, 1], "index": [0, 1]}, "circle")
    >>> rows = halves.to_dict("records") if hasattr(halves, "columns") else halves
    >>> [round(row["value"], 9) + 0 for row in rows if row["quantity"] in ("entropy", "distortion-centroids", "gap-one-shot")]
    [1.0, 0.594715265, 0.0]
    """
    files, data = files_or_text(encoder)
    if len(files) != 1:
        raise UsageError("code takes one map")
    words = options({"source": source, "codebook": codebook, **parameters})
    try:
        answer = call(["code", *files, *words, "--format=json"], data)
    except DataError as error:
        raise (error if data is None else in_memory(error)) from None
    found = document(answer)
    return rows(found.pop("rows"), {**found, "remarks": answer.remarks})


def design(
    source: str, *, rate: Optional[float] = None, distortion: Optional[float] = None, lambda_: Optional[float] = None,
    curve: Optional[str] = None, **parameters: Any,
) -> "pandas.DataFrame":
    """The best one-shot code known at an operating point, in the form that `code` takes: one row is one cell, or one codeword of a source in the plane.

    >>> thirds = rdbounds.design("circle", lambda_=2.5)
    >>> len(thirds)
    3
    """
    words = options({"rate": rate, "distortion": distortion, "lambda": lambda_, "curve": curve, **parameters})
    return _report("design", call(["design", source, *words, "--format=json"]))


def gaps(
    source: Optional[str] = None, *, curves: Union[str, Sequence[str], None] = None, rates: "Optional[Grid]" = None,
    distortions: "Optional[Grid]" = None, reference: Optional[str] = None, **parameters: Any,
) -> "pandas.DataFrame":
    """How far practical and one-shot schemes are from R(D): bits at equal distortion, dB at equal rate."""
    place, data = grid({"rates": rates, "distortions": distortions})
    words = options({"curves": curves, "reference": reference, **parameters})
    return _report("gaps", call(["gaps", *_operand(source), *place, *words, "--format=json"], data))


def lossless(
    pmf: "Union[str, os.PathLike[str]]", model: "Union[str, os.PathLike[str], None]" = None,
) -> "pandas.DataFrame":
    """What sending a finite source's letters takes, in bits a letter: entropy, Huffman's code, the cost of a model.

    - `pmf`: the file of the letters' probabilities.
    - `model`: that of the probabilities that a coder believes in.
    """
    return _report("lossless", call(["lossless", *options({"pmf": pmf, "model": model}), "--format=json"]))


def delta(
    points: Points, source: Optional[str] = None, *, curve: Optional[str] = None, anchor: Optional[str] = None,
    interpolation: Optional[str] = None, series_column: Union[str, Sequence[str], None] = None,
    where: Optional[Mapping[str, Any]] = None, **others: Any,
) -> "pandas.DataFrame":
    """Bjontegaard deltas: the mean rate in percent and the mean distortion in dB above a limit, or above a series."""
    files, data = files_or_text(points)
    words = options({
        "curve": curve, "anchor": anchor, "interpolation": interpolation, "series_column": series_column, "where": where,
        **others,
    })
    try:
        answer = call(["delta", *_operand(source), *files, *words, "--format=json"], data)
    except DataError as error:
        raise (error if data is None else in_memory(error)) from None
    return _report("delta", answer)


class SVG(str):
    """A figure: text, which a notebook shows as what it is."""

    def _repr_svg_(self) -> str:
        return str(self)

    def save(self, path: "Union[str, os.PathLike[str]]") -> None:
        """Writes the figure to a file."""
        Path(path).write_text(self, encoding="utf-8")


def plot(
    source: Optional[str] = None, *, points: Optional[Points] = None, code: Optional[Points] = None,
    curves: Union[str, Sequence[str], None] = None, gap: bool = False,
    series_column: Union[str, Sequence[str], None] = None, where: Optional[Mapping[str, Any]] = None,
    labels: Sequence[str] = (), x: Optional[str] = None, y: Optional[str] = None, max_rate: Optional[float] = None,
    **others: Any,
) -> SVG:
    """The figure of a source's curves and of trained points, or of the points' gaps, as SVG. It wants gnuplot.

    With `code`, a dumped encoder as `rdbounds.code` takes it, the figure is that of its cells beside the best code's.
    """
    if points is not None and code is not None:
        raise UsageError("a figure is one of points or of a code")
    drawn, option = (points, "--points") if code is None else (code, "--code")
    files, data = ([], None) if drawn is None else files_or_text(drawn, option)
    words = options({
        "curves": curves, "gap": gap, "series_column": series_column, "where": where, "x": x, "y": y, "max_rate": max_rate,
        **others,
    })
    for label in labels:
        words.append(f"--label={label}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "figure.svg")
        try:
            answer = call(["plot", *_operand(source), *files, *words, f"--output={path}"], data)
        except DataError as error:
            raise (error if data is None else in_memory(error)) from None
        warn(answer.remarks)
        return SVG(path.read_text(encoding="utf-8"))


def curve(source: str, name: str, side: Optional[str] = None, **parameters: Any) -> Curve:
    """A curve as a function of the distortion, and of the rate: numbers, lists or arrays, computed and never interpolated.

    `side`, "lower" or "upper", is for curves that are known from both sides.

    >>> exact = rdbounds.curve("ramp", "exact")
    >>> exact(0.01953125), exact.distortion(3)
    (3.0, 0.01953125)
    """
    return Curve(source, name, side, **parameters)


def _operand(source: Optional[str]) -> list[str]:
    return [] if source is None else [source]


def _report(name: str, answer: Any) -> "pandas.DataFrame":
    warn(answer.remarks, levels=2)
    found = document(answer)
    return rows(found.pop("rows"), found)

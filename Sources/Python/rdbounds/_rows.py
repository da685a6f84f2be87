"""Rows as they come and go: pandas where it is installed, lists of dictionaries where it is not."""

from __future__ import annotations

import csv
import io
import math
import os
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Optional, Union, cast

from ._program import DataError, UsageError

if TYPE_CHECKING:
    import pandas

#: Files, or points in memory: a data frame, a list of dictionaries, a dictionary of columns.
Points = Union[str, "os.PathLike[str]", Sequence[Any], Mapping[str, Sequence[Any]], "pandas.DataFrame"]


class RowList(list[dict[str, Any]]):
    """A list of dictionaries, one a row, with what is known of the whole in `attrs`, as in a data frame."""

    def __init__(self, rows: Sequence[dict[str, Any]], attrs: Mapping[str, Any]):
        super().__init__(rows)
        self.attrs = dict(attrs)


def rows(found: Sequence[dict[str, Any]], attrs: Mapping[str, Any]) -> "pandas.DataFrame":
    """Rows as a data frame, or as a `RowList` without pandas."""
    try:
        import pandas
    except ImportError:
        return cast("pandas.DataFrame", RowList(found, attrs))
    frame = pandas.DataFrame(found)
    frame.attrs.update(attrs)
    return frame


def rows_of_csv(text: bytes) -> "pandas.DataFrame":
    """The rows of a table, whose first three columns are words and all others numbers, or nothing.

    Numbers are read by Python, to the nearest: what was proved was proved there.
    """
    words = 3
    header, *lines = csv.reader(io.StringIO(text.decode(), newline=""))
    cells = list(zip(*lines)) or [()] * len(header)
    found = {
        name: list(column) if i < words else [float(cell) if cell else None for cell in column]
        for i, (name, column) in enumerate(zip(header, cells))
    }
    try:
        import numpy
        import pandas
    except ImportError:
        return cast("pandas.DataFrame", RowList([dict(zip(header, row)) for row in zip(*found.values())], {}))
    # A column of nothing is one of numbers nevertheless.
    return pandas.DataFrame(
        {name: values if i < words else numpy.array(values, dtype=float) for i, (name, values) in enumerate(found.items())})


def files_or_text(points: Points, option: Optional[str] = None) -> tuple[list[str], Optional[str]]:
    """Points as words of a command line, each after `option` if there is one, and as what the standard input holds."""
    if isinstance(points, (str, os.PathLike)):
        points = [points]
    prefix = [] if option is None else [option]
    if isinstance(points, (list, tuple)) and points and all(isinstance(p, (str, os.PathLike)) for p in points):
        # A path that begins with a dash is a path nevertheless.
        paths = [os.fspath(p) for p in points]
        return [word for path in paths for word in [*prefix, f"./{path}" if path.startswith("-") else path]], None
    return [*prefix, "-"], text_of(columns(points))


def columns(points: Any) -> Mapping[str, Sequence[Any]]:
    """Points in memory as columns of one length, by name."""
    if hasattr(points, "to_dict") and hasattr(points, "columns"):
        return {str(name): points[name].tolist() for name in points.columns}
    if isinstance(points, Mapping):
        found = {str(name): list(values) for name, values in points.items()}
    elif isinstance(points, Sequence) and all(isinstance(row, Mapping) for row in points):
        names = list(dict.fromkeys(name for row in points for name in row))
        found = {str(name): [row.get(name) for row in points] for name in names}
    else:
        raise UsageError(
            f"points are a path, a data frame, a list of dictionaries or a dictionary of columns, not {type(points).__name__}")
    lengths = {name: len(values) for name, values in found.items()}
    if len(set(lengths.values())) > 1:
        raise UsageError("columns of different lengths: " + ", ".join(f"{name} has {n}" for name, n in lengths.items()))
    return found


def finite(name: str, values: Sequence[float]) -> Sequence[float]:
    """Numbers, all of which are finite."""
    for place, value in enumerate(values):
        if not math.isfinite(value):
            raise DataError(f"{name}[{place}] is {value}; a finite number is expected")
    return values


def text_of(found: Mapping[str, Sequence[Any]]) -> str:
    """Columns as comma-separated text; None and NaN are empty cells."""
    if not found or not len(next(iter(found.values()))):
        raise DataError("there are no points")
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(found)
    for row in zip(*found.values()):
        writer.writerow(["" if cell is None or cell != cell else cell for cell in row])
    return text.getvalue()


def in_memory(error: DataError) -> DataError:
    """An error with the row of the data in place of the line of a file that nobody has seen."""
    return DataError(re.sub(r"standard input:(\d+)", lambda line: f"row {int(line[1]) - 2} (the first is 0)", str(error)))

"""A curve as a function, evaluated by the program wherever it is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Optional, Union

from ._program import UsageError, call, numbers, options

if TYPE_CHECKING:
    import numpy

    Numbers = Union[float, list[float], "numpy.ndarray[Any, numpy.dtype[numpy.float64]]"]

#: The most points of one call.
_LARGEST = 100_000


class Curve:
    """A curve of a source: rates from distortions, and distortions from rates.

    Every value is computed by the program where it is asked; nothing is interpolated. A number gives a number, a list a list,
    an array an array of the same shape.
    """

    def __init__(self, source: str, name: str, side: Optional[str] = None, **parameters: Any):
        if side not in (None, "lower", "upper"):
            raise UsageError(f"side is \"{side}\"; it is \"lower\" or \"upper\", for a curve that is known from both sides")
        self.source, self.name, self.side, self.parameters = source, name, side, parameters

    def __repr__(self) -> str:
        given = [self.side] if self.side else []
        given += [f"{name}={value!r}" for name, value in self.parameters.items()]
        return f"rdbounds.curve({', '.join([repr(self.source), repr(self.name), *map(str, given)])})"

    def __call__(self, distortion: Any) -> "Numbers":
        """The rate in bits at a distortion, in the source's measure."""
        return self._asked("distortions", "rate_bits", distortion)

    def distortion(self, rate: Any) -> "Numbers":
        """The distortion, in the source's measure, at a rate in bits."""
        return self._asked("rates", "distortion", rate)

    def _asked(self, grid: str, answer: str, values: Any) -> "Numbers":
        asked = numbers(values)
        found: list[float] = []
        for start in range(0, len(asked), _LARGEST):
            found += self._piece(grid, answer, asked[start : start + _LARGEST])
        if hasattr(values, "reshape"):
            import numpy

            return numpy.array(found).reshape(values.shape)
        return found[0] if isinstance(values, (int, float)) else found

    def _piece(self, grid: str, answer: str, asked: list[float]) -> list[float]:
        words = ["table", self.source, f"--curves={self.name}", f"--{grid}=-", f"--columns={answer},kind"]
        printed = call(words + options(self.parameters), ",".join(map(repr, asked)))
        # Every number is followed by its kind, after the header.
        cells = printed.output.decode().replace("\n", ",").split(",")[2:-1]
        kinds = cells[1::2]
        found = list(map(float, cells[::2]))
        if len(set(kinds)) > 1:
            if self.side is None:
                raise UsageError(f"{self.name} of {self.source} is known from two sides: say side=\"lower\" or side=\"upper\"")
            found = [value for value, kind in zip(found, kinds) if kind == self.side]
        if len(found) != len(asked):
            raise UsageError("; ".join(printed.remarks) or f"{self.name} of {self.source} has no row at some of these {grid}")
        return found

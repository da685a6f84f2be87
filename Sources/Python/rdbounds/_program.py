"""The program: where it is, how it is called, and how what it says becomes values, exceptions and warnings."""

from __future__ import annotations

import functools
import json
import os
import shutil
import subprocess
import sysconfig
import warnings
from pathlib import Path
from typing import Any, Iterable, Mapping, NamedTuple, Optional


class RdboundsError(Exception):
    """The program could not do what was asked; the text is the program's own sentence."""


class UsageError(RdboundsError, ValueError):
    """What was asked makes no sense: an unknown source, curve or option, or a number out of range (exit status 64)."""


class DataError(RdboundsError, ValueError):
    """The data are wrong; the text says where (exit status 65)."""


class NotProved(RdboundsError):
    """Claims that their certificates do not prove; the text has a sentence for each of the claims."""


class ProgramNotFound(RdboundsError, FileNotFoundError):
    """There is no program rdbounds, or it does not run on this machine."""


class RdboundsWarning(UserWarning):
    """A remark of the program about what it printed."""


class Answer(NamedTuple):
    """What a call of the program left behind."""

    status: int
    output: bytes
    remarks: list[str]


@functools.lru_cache(maxsize=None)
def _found(named: Optional[str], path: Optional[str]) -> str:
    if named:
        if shutil.which(named) is None:
            raise ProgramNotFound(f"RDBOUNDS names {named}, which is no program that can be run")
        return named
    # What pip installs beside the module: in an environment, for one user, or with --target.
    folders = [sysconfig.get_path("scripts"), sysconfig.get_path("scripts", f"{os.name}_user")]
    folders.append(str(Path(__file__).resolve().parent.parent / "bin"))
    installed = [candidate for folder in folders if (candidate := shutil.which("rdbounds", path=folder))]
    found = installed[0] if installed else shutil.which("rdbounds", path=path)
    if found is None:
        raise ProgramNotFound(
            f"there is no program rdbounds in {', '.join(folders)} or in PATH; the environment variable RDBOUNDS may name one")
    return found


def program() -> str:
    """The path of the program: what RDBOUNDS names, else what was installed with this package, else what is in PATH."""
    return _found(os.environ.get("RDBOUNDS"), os.environ.get("PATH"))


def call(words: Iterable[str], data: Optional[str] = None, statuses: tuple[int, ...] = (0,)) -> Answer:
    """Runs the program once, with text for its standard input.

    Raises the exception of the exit status, unless that is one of `statuses`.
    """
    path = program()
    try:
        run = subprocess.run(
            [path, *words], input=b"" if data is None else data.encode(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    except OSError as error:
        raise ProgramNotFound(f"{path} does not run on this machine: {error.strerror}") from error
    errors = run.stderr.decode(errors="replace")
    lines = [line.removeprefix("rdbounds: ") for line in errors.splitlines() if not line.startswith("Try \"rdbounds")]
    if run.returncode in statuses:
        return Answer(run.returncode, run.stdout, lines)
    sentence = "\n".join(lines) or f"rdbounds ended with status {run.returncode}"
    raise {64: UsageError, 65: DataError}.get(run.returncode, RdboundsError)(sentence)


def warn(remarks: Iterable[str], levels: int = 1) -> None:
    """Passes remarks on, as said where the user called, so many functions of the module further up."""
    for remark in remarks:
        warnings.warn(remark, RdboundsWarning, stacklevel=2 + levels)


def options(values: Mapping[str, Any]) -> list[str]:
    """Keywords as options of the command line, which are called the same with dashes.

    None and False are left out, True is a flag, a mapping is COLUMN=VALUE for each member, a list has commas between its
    elements, a list of lists or a matrix semicolons between its rows besides. A trailing underscore, as in `lambda_`, is dropped.
    """
    words: list[str] = []
    for name, value in values.items():
        option = "--" + name.rstrip("_").replace("_", "-")
        if value is None or value is False:
            continue
        if value is True:
            words.append(option)
        elif isinstance(value, Mapping):
            for key, member in value.items():
                words.append(f"{option}={key}={member}")
        elif isinstance(value, (list, tuple)) or getattr(value, "ndim", 0) in (1, 2):
            rows = [row if isinstance(row, (list, tuple)) else [row] for row in getattr(value, "tolist", lambda: value)()]
            is_list = all(len(row) == 1 for row in rows)
            words.append(option + "=" + ("," if is_list else ";").join(",".join(map(str, row)) for row in rows))
        else:
            words.append(f"{option}={value}")
    return words


def numbers(values: Any) -> list[float]:
    """The numbers of a sequence or an array of any shape, or the one number that is given."""
    if hasattr(values, "tolist"):
        values = values.reshape(-1).tolist() if getattr(values, "ndim", 1) != 1 else values.tolist()
    if isinstance(values, (int, float)):
        values = [values]
    return [float(value) for value in values]


def grid(values: Mapping[str, Any]) -> tuple[list[str], Optional[str]]:
    """The one grid among keywords, as an option and as what the standard input holds; text as "1:4:0.5" is passed on."""
    words: list[str] = []
    data: Optional[str] = None
    for name, value in values.items():
        if value is None:
            continue
        if isinstance(value, str) or name == "points":
            words.append(f"--{name}={value}")
        else:
            if data is not None:
                raise UsageError(f"{' and '.join(k for k, v in values.items() if v is not None)} exclude each other")
            words.append(f"--{name}=-")
            data = ",".join(map(repr, numbers(value)))
    return words, data


def document(answer: Answer) -> dict[str, Any]:
    """The JSON that the program printed."""
    result: dict[str, Any] = json.loads(answer.output)
    return result

#!/usr/bin/env python3
"""The pages beside those of DocC, as static HTML: an index with the figures, the manual, the Python module.

    pages.py PROGRAM OUTPUT

The manual is the program's own manual page; the module's page is made of its docstrings and signatures.
"""

import html
import inspect
import os
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]

STYLE = """
body { max-width: 52rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif; color: #222; }
nav a { margin-right: 1.5em; } code, pre { font: 0.9em/1.45 ui-monospace, monospace; }
pre { background: #f4f4f2; padding: 0.7em 1em; overflow-x: auto; } dt { margin-top: 0.6em; } h2, h3 { margin-top: 2em; }
figure { margin: 2em 0; } figure img { width: 100%; } figcaption { color: #555; } h3 code { font-weight: normal; }
"""

FIGURES = {
    "ramp": "The ramp: E(D), and neural transform codes with one latent dimension.",
    "circle": "The circle: codes with one latent dimension have to tear it somewhere, and fall behind at high rate.",
    "sawbridge": "The sawbridge, which is compressed optimally.",
    "laplace": "A Laplace scalar: the optimal entropy-constrained quantizer, and R(D) far below it.",
    "banana": "The banana: what long blocks could do.",
    "wyner-ziv": "A Gaussian with side information at the decoder.",
    "circle-code": "What an encoder of the circle learned, beside the best code of the same entropy.",
}


def page(title: str, body: str) -> str:
    links = {"index.html": "rdbounds", "manual.html": "Command line", "python.html": "Python",
             "library/documentation/ratedistortion/": "Library and articles"}
    bar = "".join(f'<a href="{path}">{name}</a>' for path, name in links.items())
    return (
        f'<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>{html.escape(title)}</title>\n<style>{STYLE}</style>\n'
        f"<nav>{bar}</nav>\n<main>\n<h1>{html.escape(title)}</h1>\n{body}\n</main>\n</html>\n")


def manual(source: str) -> str:
    """The manual page as HTML: the macros and escapes that the program writes, and an error for any other."""
    out: list[str] = []
    state = {"list": False, "term": False, "verbatim": False}

    def text(line: str) -> str:
        line = html.escape(line.replace("\\&", "").replace("\\-", "-").replace("\\e", "\\"))
        line = re.sub(r"\\fB(.*?)\\fR", r"<b>\1</b>", line)
        return re.sub(r"\\fI(.*?)\\fR", r"<i>\1</i>", line)

    def end_list() -> None:
        if state["list"]:
            out.append("</dd></dl>")
        state["list"] = state["term"] = False

    for line in source.splitlines():
        macro, _, rest = line.partition(" ")
        if macro in (".TH", ".RS", ".RE"):
            continue
        if macro in (".SH", ".SS"):
            end_list()
            level = 2 if macro == ".SH" else 3
            out.append(f"<h{level}>{text(rest.capitalize() if level == 2 else rest)}</h{level}>")
        elif macro == ".TP":
            out.append("</dd>" if state["list"] else "<dl>")
            state["list"] = state["term"] = True
        elif macro == ".PP":
            end_list()
            out.append("<p>")
        elif macro == ".br":
            out.append("<br>")
        elif macro in (".EX", ".EE"):
            state["verbatim"] = macro == ".EX"
            out.append("<pre>" if state["verbatim"] else "</pre>")
        elif line.startswith(".") and macro not in (".B", ".I", ".BR"):
            raise ValueError(f"{line}: no such macro in the manual page")
        else:
            tag = {".B": "b", ".I": "i", ".BR": "b"}.get(macro)
            shown = f"<{tag}>{text(rest)}</{tag}>" if tag else text(line)
            if state["term"]:
                shown = f"<dt>{shown}</dt><dd>"
                state["term"] = False
            out.append(shown)
    end_list()
    return "\n".join(out)


def prose(docstring: str) -> str:
    """A docstring: paragraphs, lists, `code`, and sessions."""
    parts = []
    for block in re.split(r"\n\s*\n", inspect.cleandoc(docstring)):
        code = lambda line: re.sub(r"`([^`]*)`", r"<code>\1</code>", html.escape(line))
        if block.startswith(">>>"):
            parts.append(f"<pre>{html.escape(block)}</pre>")
        elif block.startswith("- "):
            items = re.split(r"\n?^- ", block, flags=re.M)[1:]
            parts.append("<ul>" + "".join(f"<li>{code(item)}</li>" for item in items) + "</ul>")
        else:
            parts.append(f"<p>{code(block)}</p>")
    return "\n".join(parts)


def signature(member: object) -> str:
    """The parameters of a function, annotations without their quotes."""
    return html.escape(re.sub("[\"']", "", str(inspect.signature(member))), quote=False)


def python() -> str:
    sys.path.insert(0, str(ROOT / "Sources/Python"))
    import rdbounds

    body = [prose(rdbounds.__doc__ or "")]
    for name in sorted(rdbounds.__all__, key=lambda name: (not name[0].islower(), name)):
        member = getattr(rdbounds, name)
        parameters = "" if isinstance(member, type) and issubclass(member, (Exception, str)) else signature(member)
        body.append(f'<h3 id="{name}"><code>{name}{parameters}</code></h3>\n{prose(member.__doc__ or "")}')
        if name == "Curve":
            for method in ("__call__", "distortion"):
                does = getattr(member, method)
                body.append(f"<h3><code>Curve.{method}{signature(does)}</code></h3>\n{prose(does.__doc__ or '')}")
    return "\n".join(body)


def index(program: pathlib.Path, output: pathlib.Path) -> str:
    (output / "figures").mkdir(exist_ok=True)
    figures = []
    for name, caption in FIGURES.items():
        shutil.copy(ROOT / "tables/figures" / f"{name}.svg", output / "figures" / f"{name}.svg")
        figures.append(
            f'<figure><img src="figures/{name}.svg" alt="{html.escape(caption)}"><figcaption>{html.escape(caption)}</figcaption></figure>')
    table = subprocess.run([program, "table", "ramp", "--rates", "1:3:1", "--curves", "lower,upper"],
                           capture_output=True, text=True, check=True).stdout
    return (
        "<p>The reference calculator of the limits of lossy compression, for the sources on which neural compressors are studied. "
        "A printed lower bound is a lower bound, and a printed upper bound is achievable.</p>\n"
        "<ul><li><a href=\"manual.html\">The command line</a></li><li><a href=\"python.html\">The Python module</a></li>"
        "<li><a href=\"library/documentation/ratedistortion/\">The library in Swift, and the articles</a>: verifying trained "
        "points, what to believe, an evaluator's contract</li></ul>\n"
        f"<pre>$ rdbounds table ramp --rates 1:3:1 --curves lower,upper\n{html.escape(table)}</pre>\n" + "\n".join(figures))


def main(program: pathlib.Path, output: pathlib.Path) -> None:
    os.environ["RDBOUNDS"] = str(program)
    output.mkdir(parents=True, exist_ok=True)
    source = subprocess.run([program, "--help-man"], capture_output=True, text=True, check=True).stdout
    (output / "manual.html").write_text(page("rdbounds: the command line", manual(source)), encoding="utf-8")
    (output / "python.html").write_text(page("rdbounds: the Python module", python()), encoding="utf-8")
    (output / "index.html").write_text(page("rdbounds", index(program, output)), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        print(__doc__, file=sys.stderr)
        sys.exit(64)
    main(pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]))

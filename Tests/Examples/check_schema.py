#!/usr/bin/env python3
"""What rdbounds prints, against tables/schema, by an independent validator (the package jsonschema).

    check_schema.py [RDBOUNDS SCHEMAS [POINTS...]]

Without arguments the program of .build/release, tables/schema and the tests' data. Every source's table, operating
point, certificates and gaps, the list, refinements, and the verdicts and deltas of the files POINTS; and each command's --schema by itself. Documents that break the contract must be rejected too: a schema that accepts
everything proves nothing. Exit status 0 if all is well, 1 if not, 77 if jsonschema (4.18 or later) is not installed.

With RDBOUNDS_LONG=1 operating points are at 2 bits, where some curves take minutes, and there is no curve left out.
"""

import copy
import json
import os
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
DATA = ROOT / "Tests/TrainedPointsTests/Data"
DEFAULTS = [ROOT / ".build/release/rdbounds", ROOT / "tables/schema", DATA / "tfc_toy_sources.csv", DATA / "wyner_ziv.csv"]
arguments = sys.argv[1:] or [str(path) for path in DEFAULTS]

if len(arguments) < 2 or arguments[0].startswith("-"):
    print(f"usage: {sys.argv[0]} [RDBOUNDS SCHEMAS [POINTS...]]", file=sys.stderr)
    sys.exit(64)
for path in arguments:
    if not os.path.exists(path) and not shutil.which(path):
        print(f"{path} is not there" + ("" if sys.argv[1:] else ": build the program first (make)"), file=sys.stderr)
        sys.exit(64)

try:
    from jsonschema import Draft202012Validator
    from referencing import Registry, Resource
except ImportError as error:
    print(f"skipped: {error}")
    sys.exit(77)

PREFIX = "urn:rdbounds:schema:1:"
LONG = os.environ.get("RDBOUNDS_LONG") == "1"

# One curve of each kind of evidence, where a source has a dozen that take a second each.
FEWER = {"wyner-ziv": ["--curves", "wyner-ziv,one-shot-lower,slepian-wolf-uniform,nested-4,designed-marginal"]}
# Their gaps are measured from a table of R(D) that takes seconds to make, and have the form of all others.
COSTLY_GAPS = {"laplace", "exponential", "logistic", "uniform", "signed-laplace", "gaussian-mixture", "wyner-ziv"}


def main(program: str, directory: str, files: list[str]) -> int:
    schemas = [json.loads(path.read_text()) for path in sorted(pathlib.Path(directory).glob("*.json"))]
    for schema in schemas:
        Draft202012Validator.check_schema(schema)
    registry = Registry().with_resources((s["$id"], Resource.from_contents(s)) for s in schemas)
    validators = {
        s["$id"].removeprefix(PREFIX): Draft202012Validator(s, registry=registry) for s in schemas
    }
    described = {
        case["if"]["properties"]["type"]["const"]
        for case in next(s for s in schemas if s["$id"] == PREFIX + "certificate")["allOf"]
    }
    checked, complaints = 0, []

    def run(*arguments: str, statuses=(0,)):
        result = subprocess.run([program, *arguments], capture_output=True, text=True)
        if result.returncode not in statuses:
            complaints.append(f"{' '.join(arguments)}: status {result.returncode}: {result.stderr.strip()}")
            return None
        if result.returncode == 64 and 64 in statuses:
            return None
        # NaN and Infinity are no JSON, though Python reads them.
        return json.loads(result.stdout, parse_constant=lambda word: complaints.append(f"{arguments}: {word}"))

    def check(name: str, document, what: str):
        nonlocal checked
        checked += 1
        for error in list(validators[name].iter_errors(document))[:5]:
            complaints.append(f"{what}: {error.json_path}: {error.message}")

    def reject(name: str, document, what: str):
        nonlocal checked
        checked += 1
        if validators[name].is_valid(document):
            complaints.append(f"{name}.json accepts {what}")

    listing = run("list", "--json")
    check("list", listing, "list")
    broken = copy.deepcopy(listing)
    broken["sources"][0]["curves"][0]["kind"] = "certain"
    reject("list", broken, "a curve of an unknown kind")

    for source in [entry["name"] for entry in listing["sources"]] + ["ramp --samples 64"]:
        lines = [f"table {source} --points 12", f"table {source} --points 5 --certified"]
        for line in lines + [f"at {source} --rate {2 if LONG else 0.5}"]:
            fewer = [] if LONG or not line.startswith("at ") else FEWER.get(source, [])
            document = run(*line.split(), *fewer, "--format", "json")
            if document is None:
                continue
            check("table", document, line)
            for row in document["rows"]:
                certificate = row["certificate"]
                check("certificate", certificate, f"{line}: {row['curve']}")
                if certificate.get("type") not in described:
                    complaints.append(f"certificate.json does not describe the type {certificate.get('type')}")

    table = run("table", "ramp", "--rates", "1:2:1", "--format", "json")
    for what, change in {
        "a table without rows": lambda t: t.pop("rows"),
        "another schema": lambda t: t.update(schema=2),
        "a rate as a text": lambda t: t["rows"][0].update(rate_bits="1"),
        "a negative rate": lambda t: t["rows"][0].update(rate_bits=-1),
        "a row without a certificate": lambda t: t["rows"][0].pop("certificate"),
        "a row that rests on nothing": lambda t: t["rows"][0].pop("assurance"),
        "a margin that is not stated": lambda t: t["rows"][0].update(assurance="margin"),
        "a proof with a margin": lambda t: t["rows"][0].update(margin_bits=1e-9, margin_covers="rounding"),
        "silence that says something": lambda t: t["rows"][0]["certificate"].update(type="silence"),
        "a code without cells": lambda t: t["rows"][-1]["certificate"].clear(),
        "half a cell": lambda t: t["rows"][2]["certificate"].update(type="biuniform", equal_cells=1.5, odd_cell=0.1),
        "an unknown kind": lambda t: t["rows"][0].update(kind="maybe"),
        "an unknown measure": lambda t: t.update(distortion_measure="db"),
    }.items():
        broken = copy.deepcopy(table)
        change(broken)
        reject("table", broken, what)

    commands = subprocess.run([program, "--help"], capture_output=True, text=True).stdout
    if "\n  verify " not in commands:
        print("verdicts.json is not checked: there is no command verify")
    else:
        for file in files:
            document = run("verify", file, "--format", "json", statuses=(0, 1))
            if document is None:
                continue
            check("verdicts", document, file)
            document["points"][0]["verdict"] = "perfect"
            reject("verdicts", document, "an unknown verdict")
        document = run(
            "verify", *files, "--format", "json", "--max-gap-bits", "0.5", "--series-column", "model", statuses=(0, 1))
        if document is not None:
            check("verdicts", document, "several files")
            document["points"][0].pop("gap_bits")
            reject("verdicts", document, "a point without its gap")
        for file in files:
            source = "ramp" if "toy" in file else "wyner-ziv"
            where = [] if source == "ramp" else ["--where", "model=variational-ecvq", "--where", "coding=marginal"]
            for interpolation in ("akima", "pchip", "cubic"):
                document = run("delta", source, file, *where, "--interpolation", interpolation, "--format", "json")
                if document is None:
                    continue
                check("deltas", document, f"delta {source} {file}")
                document["rows"][0].pop("bd_rate_percent")
                reject("deltas", document, "a row without its rate")

    for order in ("msb-first", "lsb-first"):
        document = run("refine", "wyner-ziv", "--stages", "2,2", "--order", order, "--format", "json")
        if document is not None:
            check("refinement", document, f"refine {order}")
            document["rows"][0]["kind"] = "lower"
            reject("refinement", document, "a code as a converse")

    for line in ("circle --rate 3", "laplace --lambda 5", "ramp --rate 2 --samples 64", "gaussian --rate 1 --curve dead-zone"):
        document = run("design", *line.split(), "--format", "json")
        if document is not None:
            check("design", document, f"design {line}")
            document["rows"][0].pop("bits")
            reject("design", document, "a cell without a length")
    maps = ROOT / "Tests/TrainedPointsTests/Data/codes"
    for name, source in (("circle_ntc1_2.7bit", "circle"), ("laplace_ntc1", "laplace"), ("sawbridge_ntc1_a", "sawbridge")):
        document = run("code", str(maps / f"{name}.intervals.csv"), "--source", source, "--format", "json")
        if document is not None:
            check("code", document, f"code {name}")
            assurance = document["rows"][0].pop("assurance")
            reject("code", document, "a number that rests on nothing")
            document["rows"][0]["assurance"] = assurance
            document["certificate"].pop("symbols")
            reject("code", document, "a code without symbols")

    # What --schema prints validates by itself.
    for line, schema in {
        "table ramp --points 5": "table", "at circle --rate 2": "table", "gaps gaussian --rates 1": "gaps", "list": "list",
        "refine wyner-ziv --stages 2": "refinement", **{f"verify {file}": "verdicts" for file in files[:1]},
        **{f"delta ramp {file}": "deltas" for file in files[:1]},
    }.items():
        command, document = line.split()[0], run(*line.split(), "--format", "json", statuses=(0, 1))
        alone = run(command, "--schema")
        if document is None or alone is None:
            continue
        checked += 1
        if alone["$id"] != PREFIX + schema:
            complaints.append(f"{command} --schema is {alone['$id']}")
        for error in list(Draft202012Validator(alone, registry=Registry()).iter_errors(document))[:5]:
            complaints.append(f"{command} --schema: {error.json_path}: {error.message}")

    for entry in listing["sources"]:
        if entry["name"] in COSTLY_GAPS and not LONG:
            continue
        document = run("gaps", entry["name"], "--rates", "1,3", "--format", "json", statuses=(0, 64))
        if document is not None:
            check("gaps", document, f"gaps {entry['name']}")

    for complaint in sorted(set(complaints)):
        print(complaint)
    print(f"{checked} documents checked: {len(set(complaints)) or 'no'} complaints")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(arguments[0], arguments[1], arguments[2:]))

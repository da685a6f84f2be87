#!/usr/bin/env python3
"""A second checker of claims: evaluates certificates anew, in python-flint's ball arithmetic, from the JSON alone.

    rdbounds at laplace --rate 1 --format json | python3 Tests/Oracles/check_claims.py -
    python3 Tests/Oracles/check_claims.py claims.json [more.json] [--sample 100 --seed 1]
    python3 Tests/Oracles/check_claims.py --tables tables --program .build/release/rdbounds --sample 100 --seed 1
    python3 Tests/Oracles/check_claims.py --self-test

It shares no code with the Swift: integrals are Arb's or Gauss's with their remainder, infima and suprema are proved by halving,
converses by potentials. What it trusts: the sources' formulas, the theorems that the functions of `claims` name in their first
lines, and Arb. Which evidence speaks for which curve is said in `claims/curves.py`.

- The claim is the statement printed. D and parameters are the binary64 numbers that their texts read back to, the rate and
  its error the decimals themselves. Of an exact claim the error is a part, and at most 1e-6 (1 + R): more is no exact number.
- Kinds follow from curve and evidence: evidence gives the lower and the upper end that it proves of the curve, None for an
  end it says nothing about, and the claim's kind only selects which of them is needed.
- A ball that is not finite, or too wide to decide, proves nothing.
- A row of a code's report claims that its number lies between its ends; its code is the document's certificate.
- A row of `refine` claims that its code has at most its rates and its distortion, and that R is at least its bound.
- What a finite source is, its file says, `--pmf`; samples, `--data`.

One line a claim: proved; within margin, where only the margin that the row states makes up what is missing; recomputed, of an
estimate, which claims nothing of codes; REFUSED, with a reason, which says `contradicted` where the opposite bound is proved
here; not confirmed, where evidence names slopes alone and the laws or designs found here fall short by less than 1e-6 bits, and
by how much; not checked here, with a reason:

- densities given by tables, triangular and raised-cosine ones, and mixtures given by lists;
- R(D) of the banana from laws and slopes; two Gaussian scalars, with the multipliers of their one-shot dual;
- R(D) of the sawbridge from below where slopes are named: the supremum over reproductions is not enclosed here;
- slopes and rows of laws of scalars so steep that a law is not found or evaluated in time, some 3 to 5 bits on;
- eigenvalues of matrices of more than 64 rows;
- the estimate of the converse for H(index) by a grid;
- of `refine` the one-shot converse, unless the code contradicts it, and what other codes do;
- dumped codes of the plane on a grid, and of codebooks what is more than entropy, code lengths and distortion of the banana's;
- dumped codes whose thresholds lie between two rows or which are judged at samples of time, R(D) beside codes of Laplace and
  uniform sources, and the optimum of scalars but the uniform one;
- what costs more than the limits stated.

What is not confirmed or checked is counted by evidence and reason at the end. Exit status: 0 all proved, within margin or
recomputed; 1 some refused; 2 none refused, but some not checked or confirmed; 64 wrong usage; 65 no JSON of claims.
"""
import argparse
import collections
import contextlib
import csv
import json
import pathlib
import random
import subprocess
import sys
import time

from claims import finite
from claims.balls import Literal, NotChecked, Refused, Unconfirmed, deadline, precision, require, size
from claims.claim import Claim, parameters
from claims.codes import CODES, CodeClaim
from claims.curves import judge
from claims.refinement import RefinementClaim

LARGEST_TEXT = 2 ** 26


def check(row, bits=128, limit=120):
    """The claim in words, the verdict and the reason."""
    evidence = row.get("certificate")
    is_code = isinstance(evidence, dict) and str(evidence.get("type")) in CODES
    kind = CodeClaim if is_code else RefinementClaim if "stages" in row else Claim
    claim, deadline[0] = kind(row), time.monotonic() + limit
    try:
        if kind is not Claim:
            require(isinstance(claim.source, str), "the source is no word")
            return claim, claim.judge(parameters(claim.source, row.get("parameters") or {}), bits), ""
        claim.read()
        with precision(bits + 2 * size(claim.distortion)):
            return claim, judge(claim), ""
    except Refused as reason:
        return claim, "REFUSED", str(reason)
    except Unconfirmed as bits:
        return claim, "not confirmed", f"by {bits.args[0]:.2g} bits"
    except (NotChecked, ArithmeticError, ValueError, ModuleNotFoundError) as reason:
        return claim, "not checked here", str(reason)


def read(path):
    """The text of a file, or of the standard input, up to a limit."""
    with (contextlib.nullcontext(sys.stdin) if path == "-" else open(path, encoding="utf-8")) as file:
        text = file.read(LARGEST_TEXT + 1)
    if len(text) > LARGEST_TEXT:
        raise ValueError(f"{path} has more than {LARGEST_TEXT} characters")
    return text


def parse(text):
    """The claims of a JSON text, a table's rows, one row or a list of either; numbers as they are written."""
    def members(pairs):
        if len(dict(pairs)) < len(pairs):
            raise ValueError("a member appears twice")
        return dict(pairs)

    def constant(name):
        raise ValueError(f"{name} is no JSON")
    top, claims = json.loads(text, parse_float=Literal, parse_int=Literal, parse_constant=constant,
                             object_pairs_hook=members), []
    for document in top if isinstance(top, list) else [top]:
        rows = document.get("rows", [document]) if isinstance(document, dict) else None
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise ValueError("the document is none of claims")
        claims += [{**{name: document[name] for name in ("source", "parameters", "certificate") if name in document}, **row}
                   for row in rows]
    return claims


def tables(directory, program, count, seed):
    """Rows of the tables, drawn at random, with the certificates that the program has for their curve at their D."""
    directory, drawn, calls = pathlib.Path(directory), [], collections.defaultdict(list)
    for entry in parse(read(directory / "manifest.json").replace('"files"', '"rows"')):
        with open(directory / entry["file"], encoding="utf-8", newline="") as file:
            drawn += [(entry["file"], entry["parameters"], row) for row in csv.DictReader(file)]
    for file, given, row in random.Random(seed).sample(drawn, min(count or len(drawn), len(drawn))):
        calls[file, row.get("curve")].append((given, row))
    for (_, curve), members in calls.items():
        (given, first), found = members[0], {}
        if curve is not None:
            options = [word for name, value in given.items() if value is not None for word in (f"--{name}", value)]
            places = ",".join(sorted({row["distortion"] for _, row in members}, key=float))
            text = subprocess.run([program, "table", first["source"], *options, "--curves", curve, "--distortions", places,
                                   "--format", "json"], capture_output=True, text=True, check=False).stdout
            found = {(row["kind"], float(row["distortion"])): row for row in parse(text)} if text else {}
        for _, row in members:
            claim = {name: text if name in ("source", "curve", "kind", "stages", "order", "width_for") else Literal(text)
                     for name, text in row.items() if text}
            answer = found.get((row["kind"], float(row["distortion"])), {})
            evidence = {name: answer[name] for name in ("certificate", "assurance", "margin_bits") if name in answer}
            yield {**claim, "parameters": given, **evidence}


def self_test():
    """Whether all of the claims that are true are accepted, and all of the forged ones refused."""
    failures = 0
    for name, words in (("true", ("proved", "within margin", "recomputed")), ("forged", ("REFUSED",))):
        claims = parse(read(pathlib.Path(__file__).parent / "claims" / f"{name}.json"))
        results = [check(row) for row in claims]
        wrong = [result for result in results if result[1] not in words]
        print(*(f"{name}, but {word}: {claim} {reason}" for claim, word, reason in wrong), sep="\n", end="\n" if wrong else "")
        print(f"{len(claims) - len(wrong)} of {len(claims)} {name} claims {'accepted' if name == 'true' else 'refused'}")
        failures += len(wrong)
    return 1 if failures else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("files", nargs="*", metavar="FILE", help="JSON of claims; - for the standard input")
    parser.add_argument("--tables", metavar="DIR", help="rows of the tables there, with the certificates of --program")
    parser.add_argument("--program", default="rdbounds", metavar="PATH")
    parser.add_argument("--pmf", metavar="FILE", help="what a finite source is: its probabilities and distortions")
    parser.add_argument("--data", metavar="FILE", help="what samples are: one a row, as CSV")
    parser.add_argument("--sample", type=int, metavar="N", help="check N claims only, drawn at random")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--limit", type=float, default=120, metavar="SECONDS", help="for one claim (default 120)")
    parser.add_argument("--self-test", action="store_true", help="the claims that are kept beside this program")
    parser.error = lambda message: parser.exit(64, f"check_claims.py: {message}\n")
    options, counts, left = parser.parse_args(), collections.Counter(), collections.Counter()
    if not (options.files or options.tables or options.self_test):
        parser.error("there is nothing to check")
    if options.self_test:
        return self_test()
    try:
        if options.tables:
            claims = tables(options.tables, options.program, options.sample, options.seed)
        else:
            claims = [row for path in options.files for row in parse(read(path))]
            if options.sample is not None:
                claims = random.Random(options.seed).sample(claims, min(options.sample, len(claims)))
        source = finite.read(read(options.pmf)) if options.pmf else None
        data = finite.read_samples(read(options.data)) if options.data else None
        for row in claims:
            begin = time.monotonic()
            row = {**row, "pmf": source} if source and row.get("source") == "finite" else row
            row = {**row, "data": data} if data and row.get("source") == "samples" else row
            claim, word, reason = check(row, limit=options.limit)
            counts[word] += 1
            if word in ("not checked here", "not confirmed"):
                evidence = row.get("certificate")
                kind = evidence.get("type") if isinstance(evidence, dict) else None
                left[f"{word}: {claim.source} {claim.curve} {claim.kind}, evidence {kind}" + (
                    f": {reason}" if word == "not checked here" else "")] += 1
            print(f"{claim}: {word}{reason and ', ' + reason} ({time.monotonic() - begin:.2g} s)", flush=True)
    except (OSError, ValueError, LookupError, RecursionError) as error:
        print(f"check_claims.py: {error}", file=sys.stderr)
        return 65
    if not counts:
        print("check_claims.py: there are no claims", file=sys.stderr)
        return 65
    for reason, count in sorted(left.items()):
        print(f"{count} {reason}", file=sys.stderr)
    print(", ".join(f"{count} {word.lower()}" for word, count in counts.items()), file=sys.stderr)
    return 1 if counts["REFUSED"] else 2 if counts["not checked here"] or counts["not confirmed"] else 0


if __name__ == "__main__":
    sys.exit(main())

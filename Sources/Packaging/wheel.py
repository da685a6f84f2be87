#!/usr/bin/env python3
"""Packs the program and the Python module as a wheel, with nothing but Python's own library:

    wheel.py PROGRAM OUTPUT

The program goes where pip puts scripts, so that it is in PATH as it is; the module is Sources/Python. The version is that which
the program says; the platform is that which its symbols ask for (PEP 600). The same program gives the same bytes.
"""

import base64
import hashlib
import os
import pathlib
import platform
import subprocess
import sys
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]


def main(program: pathlib.Path, output: pathlib.Path) -> pathlib.Path:
    version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.split()[1]
    glibc = subprocess.run([ROOT / "Sources/Packaging/glibc.sh", program], capture_output=True, text=True)
    if glibc.returncode:
        sys.exit(glibc.stderr.strip() + "; make dist links the program that a wheel can hold")
    tag = f"py3-none-manylinux_{glibc.stdout.strip().replace('.', '_')}_{platform.machine()}"

    module = ROOT / "Sources/Python/rdbounds"
    files = {f"rdbounds/{path.name}": path.read_bytes() for path in sorted(module.iterdir()) if path.is_file()}
    files[f"rdbounds-{version}.data/scripts/rdbounds"] = program.read_bytes()
    about = f"rdbounds-{version}.dist-info"
    for name in ("LICENSE", "Sources/Packaging/NOTICE"):
        files[f"{about}/licenses/{pathlib.Path(name).name}"] = (ROOT / name).read_bytes()
    files[f"{about}/METADATA"] = (metadata(version) + (ROOT / "README.md").read_text(encoding="utf-8")).encode()
    files[f"{about}/WHEEL"] = f"Wheel-Version: 1.0\nGenerator: rdbounds\nRoot-Is-Purelib: false\nTag: {tag}\n".encode()
    record = "".join(f"{name},sha256={digest(content)},{len(content)}\n" for name, content in files.items())
    files[f"{about}/RECORD"] = (record + f"{about}/RECORD,,\n").encode()

    output.mkdir(parents=True, exist_ok=True)
    wheel = output / f"rdbounds-{version}-{tag}.whl"
    unfinished = wheel.with_suffix(".tmp")
    try:
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
            for name, content in files.items():
                entry = zipfile.ZipInfo(name)  # of 1980: no time of day in a package
                entry.external_attr = (0o100755 if ".data/scripts/" in name else 0o100644) << 16
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, content)
        os.replace(unfinished, wheel)
    finally:
        unfinished.unlink(missing_ok=True)
    return wheel


def metadata(version: str) -> str:
    return (
        "Metadata-Version: 2.1\nName: rdbounds\n"
        f"Version: {version}\n"
        "Summary: Certified limits of lossy compression, for the sources on which neural compressors are studied\n"
        "License: GPL-3.0-or-later\n"
        "Classifier: License :: OSI Approved :: GNU General Public License v3 or later (GPLv3+)\n"
        "Classifier: Operating System :: POSIX :: Linux\n"
        "Classifier: Topic :: Scientific/Engineering :: Mathematics\n"
        "Classifier: Typing :: Typed\n"
        "Requires-Python: >=3.9\n"
        "Provides-Extra: pandas\nRequires-Dist: pandas; extra == \"pandas\"\n"
        "Provides-Extra: numpy\nRequires-Dist: numpy; extra == \"numpy\"\n"
        "Description-Content-Type: text/markdown\n\n"
    )


def digest(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()


if __name__ == "__main__":
    if len(sys.argv) != 3:
        print(__doc__, file=sys.stderr)
        sys.exit(64)
    print(main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])))

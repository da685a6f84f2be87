#!/bin/sh
# Installs a wheel into a fresh virtual environment, without the network, and runs it as a user would:
#
#     check-wheel.sh PYTHON WHEEL
set -eu
python=$1
wheel=$(realpath "$2")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$python" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-index --no-deps "$wheel"
cd "$folder"
env -i "$folder/venv/bin/python" -c "import rdbounds; print(rdbounds.table('circle', rates=[1, 2, 3]))" | grep -q exact
env -i PATH="$folder/venv/bin" rdbounds table ramp --rates 1:4:1 | grep -q '^ramp,exact,'
"$folder/venv/bin/pip" uninstall --quiet --yes rdbounds
test ! -e "$folder/venv/bin/rdbounds"
echo "$(basename "$wheel") installs, runs, and leaves nothing behind"
if "$python" -c 'import auditwheel' 2> /dev/null; then
  tag=$(basename "$wheel" .whl | sed 's/.*-py3-none-//')
  "$python" -m auditwheel show "$wheel" | tr '\n' ' ' | grep -q "platform tag: *\"$tag\"" ||
    { echo "auditwheel finds another platform:" >&2; "$python" -m auditwheel show "$wheel" >&2; exit 1; }
  echo "auditwheel finds the platform it names"
else
  echo "its platform is not checked by auditwheel, which is not installed"
fi

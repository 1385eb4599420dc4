#!/bin/sh
# Makes .venv and keeps it in step with the pinned packages; the Debian packages that are missing come at the same time.
# Usage: environment.sh run | test        (test adds what the checks need)
set -eu
cd "$(dirname "$0")/.."
what=$1
python=${PYTHON:-python3}
here=.venv/bin/python

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "Python 3.11 or later is needed; \"$python\" is not one. Another is chosen with: make $what PYTHON=/path/to/python3" >&2
    exit 1
fi

# Two commands in one checkout wait for each other here.
if command -v flock >/dev/null 2>&1; then
    exec 9<.
    flock -n 9 || { echo "Another make works in this folder; waiting for it ..." >&2; flock 9; }
fi

files=requirements.txt
[ "$what" = run ] || files="requirements.txt requirements-dev.txt"
version=$("$python" -VV)
stamp=".venv/installed-$what"
# The folder counts, because the programs in .venv/bin name it.
wanted=$({ echo "$version"; pwd -P; cat $files; } | sha256sum | cut -c1-16)

[ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ] && [ -x $here ] && exec sh scripts/system.sh "$what"

if [ -e .venv ] && [ ! -O .venv ]; then
    owner=$(stat -c %U .venv)
    echo "The environment .venv belongs to $owner and does not fit this Python or the pinned packages." >&2
    echo "Run \"make $what\" as $owner, or remove it first: sudo rm -rf .venv (in $(pwd -P))" >&2
    exit 1
fi

clean() {
    # .venv/system stays: its Debian packages do not depend on Python.
    [ ! -d .venv ] || find .venv -mindepth 1 -maxdepth 1 ! -name system -exec rm -rf {} +
}

pip_from_debian() {
    # Debian ships pip for venv in a package of its own, python3-venv. Its wheel does as well.
    wheels=$(mktemp -d)
    sh scripts/debian.sh "$wheels" python3-pip-whl || return 1
    for wheel in "$wheels"/usr/share/python-wheels/pip-*.whl; do
        $here "$wheel/pip" install -q --disable-pip-version-check --no-index "$wheel" && break
    done
    rm -rf "$wheels"
    $here -m pip --version >/dev/null 2>&1
}

make_environment() {
    clean
    "$python" -m venv .venv >/dev/null 2>&1 && return
    clean
    "$python" -m venv --without-pip .venv && pip_from_debian && return
    echo "The environment could not be made: \"$python -m venv .venv\" fails. On Debian: apt-get install python3-venv" >&2
    exit 1
}

# An installation that was cut off leaves packages half written: begin anew. So does another Python, or a moved folder.
if [ -e .venv/unfinished ] || ! $here -m pip --version >/dev/null 2>&1 || [ "$($here -VV)" != "$version" ] ||
    ! grep -qF "$(pwd -P)/.venv" .venv/pyvenv.cfg; then
    echo "Making the environment in .venv ($("$python" -V)) ..."
    make_environment
fi

requirements=requirements.txt
[ "$what" = run ] || requirements=requirements-dev.txt
echo "Installing the packages of $requirements ..."
touch .venv/unfinished
sh scripts/system.sh "$what" &
trap 'echo "Waiting until Debian packages are whole ..." >&2; wait; exit 130' INT TERM
ended=0
$here scripts/install.py $requirements || ended=$?
wait
[ $ended = 0 ] || exit $ended
rm -f .venv/unfinished
echo "$wanted" >"$stamp"

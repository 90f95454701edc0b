# For the other scripts to source. `use_venv EXTRA PACKAGE...` makes .venv at the root of the repository with arclean[EXTRA] in it,
# once for each state of pyproject.toml, and leaves its path in $venv. Needs Python 3.10 or newer, and pip.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
venv=$root/.venv
export PIP_DISABLE_PIP_VERSION_CHECK=1

newest_python() {
    local name
    for name in python3.13 python3.12 python3.11 python3.10 python3 python; do
        if "$name" -c 'import sys, venv; sys.exit(sys.version_info < (3, 10))' 2>/dev/null; then
            echo "$name"
            return
        fi
    done
    name=$(command -v python3 >/dev/null && python3 --version 2>&1 || echo none)
    echo "arclean needs Python 3.10 or newer; found: $name. Install one, and run this again." >&2
    return 2
}

make_venv() {
    local python
    python=$(newest_python)
    echo "making $venv with $("$python" --version) (once)" >&2
    if "$python" -c 'import ensurepip' 2>/dev/null; then
        "$python" -m venv "$venv"
    elif "$python" -m pip --version >/dev/null 2>&1; then # Debian without python3-venv
        "$python" -m venv --without-pip "$venv"
        "$python" -m pip --python "$venv/bin/python" install --quiet pip
    else
        echo "$python has neither ensurepip nor pip; install python3-venv (Debian, Ubuntu) or pip, and run this again." >&2
        return 2
    fi
}

use_venv() {
    local extra=$1 stamp
    shift
    if [ ! -e "$venv" ]; then
        make_venv
    elif ! "$venv/bin/python" -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null; then
        echo "$venv has no Python of 3.10 or newer that works; delete it, and run this again." >&2
        return 2
    fi
    stamp=$venv/.arclean-${extra:-plain}
    if [ ! "$stamp" -nt "$root/pyproject.toml" ]; then
        echo "installing arclean${extra:+[$extra]} (once; a minute or two)" >&2
        "$venv/bin/python" -m pip install --quiet -e "$root${extra:+[$extra]}" "$@"
        touch "$stamp"
    fi
}

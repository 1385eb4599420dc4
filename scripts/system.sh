#!/bin/sh
# Adds what pip cannot give: Pango for PDF reports, and for the tests Chromium with a library of its driver, and its
# headless shell, with which a page costs a third.
# Root installs Debian packages; anybody else gets them unpacked into .venv/system. It never fails: what is missing
# afterwards is said in one line, and the workbench runs without it.
# Usage: system.sh run | test
set -u
cd "$(dirname "$0")/.."
what=$1

loads() {
    sh scripts/with_system.sh .venv/bin/python -c 'import ctypes, sys; ctypes.CDLL(sys.argv[1])' "$1" 2>/dev/null
}

missing() {
    loads libpangoft2-1.0.so.0 || printf ' libpangoft2-1.0-0'
    [ "$what" = run ] && return
    loads libatomic.so.1 || printf ' libatomic1'
    # shellcheck disable=SC2016
    sh scripts/with_system.sh sh -c 'command -v "${CHROMIUM:-chromium}"' >/dev/null 2>&1 || printf ' chromium'
}

# Beside the Chromium of the machine, or beside ours. Nobody has to be told when it cannot be had: the tests take
# Chromium instead.
welcome() {
    [ "$what" = test ] && [ -z "${CHROMIUM:-}" ] || return
    case $(id -u)$wanted in 0* | *chromium*) ;; *) return ;; esac
    [ -x .venv/system/usr/lib/chromium/chromium-headless-shell ] ||
        command -v chromium-headless-shell >/dev/null 2>&1 || printf ' chromium-headless-shell'
}

install_as_root() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 || return 1
    log=$(mktemp)
    # shellcheck disable=SC2086
    if apt-get update -qq >"$log" 2>&1 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
        --no-install-recommends -o DPkg::Lock::Timeout=60 $1 >>"$log" 2>&1 </dev/null; then
        rm -f "$log"
        return 0
    fi
    echo "apt-get could not install them (see $log); trying without it ..."
    return 1
}

unpack_aside() {
    # shellcheck disable=SC2086
    sh scripts/debian.sh .venv/system $1 || return 1
    [ -e /etc/fonts/fonts.conf ] || cp scripts/fonts.conf .venv/system/fonts.conf
}

add() {
    [ -z "$1" ] || install_as_root "$1" || unpack_aside "$1"
}

wanted=$(missing)
also=$(welcome)
[ -n "$wanted$also" ] || exit 0
tried=".venv/system-tried-$what"
if [ "${CI:-}${wanted:+ and missing}" = "true and missing" ] || [ -z "$(find "$tried" -mmin -720 2>/dev/null)" ]; then
    echo "Adding Debian packages:$wanted$also ..."
    add "$wanted$also" || add "$wanted"
    wanted=$(missing)
    [ -n "$wanted$(welcome)" ] || exit 0
    touch "$tried"
fi
case $wanted in *pango*) echo "PDF reports are off. To have them: sudo apt-get install libpangoft2-1.0-0" ;; esac
case $wanted in *chromium* | *atomic*) echo "Browser tests are skipped. To have them: sudo apt-get install chromium libatomic1" ;; esac
exit 0

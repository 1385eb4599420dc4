#!/bin/sh
# Runs a command so that it finds the Debian packages that system.sh has unpacked into .venv/system.
# Usage: with_system.sh COMMAND [ARGUMENT...]
system=$(cd "$(dirname "$0")/.." && pwd -P)/.venv/system
if [ -d "$system/usr" ]; then
    # PulseAudio's libraries, which Chromium loads, name their folder by its place in the root.
    for libraries in "$system"/usr/lib/*-linux-gnu "$system"/lib/*-linux-gnu "$system"/usr/lib/*-linux-gnu/pulseaudio; do
        [ ! -d "$libraries" ] || LD_LIBRARY_PATH="${LD_LIBRARY_PATH:+$LD_LIBRARY_PATH:}$libraries"
    done
    export LD_LIBRARY_PATH
    if [ -z "${CHROMIUM:-}" ] && [ -x "$system/usr/lib/chromium/chromium" ]; then
        export CHROMIUM="$system/usr/lib/chromium/chromium"
    fi
    if [ -e "$system/fonts.conf" ]; then
        export FONTCONFIG_FILE="$system/fonts.conf"
    fi
fi
exec "$@"

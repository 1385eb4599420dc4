#!/bin/sh
# Unpacks Debian packages, and what they need and this machine lacks, into a folder. Needs no root and changes nothing
# outside that folder.
# Usage: debian.sh FOLDER PACKAGE...
set -eu
folder=$1
shift
command -v apt-get >/dev/null 2>&1 && command -v dpkg >/dev/null 2>&1 || exit 1

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT INT TERM
mkdir -p "$scratch/lists/partial" "$scratch/cache/archives/partial" "$folder"

# apt's own state of the machine is read, never locked or written.
apt() {
    apt-get -qq -o Debug::NoLocking=1 -o APT::Sandbox::User="$(id -un)" -o Acquire::Retries=2 \
        -o Acquire::http::Timeout=20 -o Dir::State::lists="$scratch/lists" -o Dir::Cache="$scratch/cache" \
        -o Dir::Cache::archives="$scratch/cache/archives" -o Dpkg::Use-Pty=0 "$@"
}

apt update >"$scratch/log" 2>&1 &&
    apt install -y --no-install-recommends --download-only "$@" >>"$scratch/log" 2>&1 || {
    tail -n 3 "$scratch/log" >&2
    exit 1
}
for package in "$scratch"/cache/archives/*.deb; do
    dpkg-deb -x "$package" "$folder"
done

"""Uploads: 200 hostile files are brought and read by the product’s own steps; what crashed, hung, or got out.

``escaped`` counts files of which something happened beyond their reading: an address that they name was asked, a file
was written beside the archive, a key of the desk changed, the content of a file of this machine came into a text, or
our host would serve them in a way in which a browser runs them. It also counts what worked of nineteen tries from
inside (connect, read a key, remove it, fork …): of a program confined as parsers are, and of one as ffmpeg is.
``gave_up`` are files that the sandbox was killed over, with a message.
"""

from __future__ import annotations

from benchmarks.desk import desk
from benchmarks.measuring import arguments, report, say


def main() -> None:
    """Take the figures."""
    options = arguments(str(__doc__).split("\n", 1)[0], data=False, number=200)
    with desk(WORKBENCH_SAMPLE="true", WORKBENCH_LOG_LEVEL="ERROR") as here:
        found = here.told("uploading", "-m", "benchmarks.uploading", str(options.number))
        said = (here.var / "uploading.log").read_text(errors="replace")
    crashed = [line for line in said.splitlines() if line.startswith("CRASH ")]
    for line in crashed:
        say(line)
    report(**found)


if __name__ == "__main__":
    main()

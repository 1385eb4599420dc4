"""Take a still of a film with ffmpeg, where it is installed: in a process with limits and without network."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from sources.formats import confinement

SECONDS = 20  # that a still may take
MEMORY = 768 * 2**20  # bytes
LARGEST = 4_000_000  # bytes of a still
SIDE = 640  # pixels
PROGRAM = "ffmpeg"
# Only files that are there: no playlist may name another file or an address.
CLOSED = ["-nostdin", "-hide_banner", "-loglevel", "error", "-protocol_whitelist", "file,pipe"]
DEMUXERS = "mov,matroska,webm,avi,mpegts,mpeg,ogg"


def is_possible() -> bool:
    """Return whether ffmpeg is installed."""
    return shutil.which(PROGRAM) is not None


def still(film: Path, seconds: float) -> bytes:
    """Return the picture (JPEG) that a film shows at a time; nothing where there is none, or ffmpeg is missing."""
    program = shutil.which(PROGRAM)
    if program is None:
        return b""
    scale = f"scale='min({SIDE},iw)':-2"
    command = [program, *CLOSED, "-format_whitelist", DEMUXERS, "-ss", f"{seconds:.3f}", "-i", f"file:{film}"]
    command += ["-an", "-frames:v", "1", "-vf", scale, "-f", "image2pipe", "-c:v", "mjpeg", "-threads", "1", "pipe:1"]
    try:
        made = subprocess.run(
            confinement.command(command, [film], memory=MEMORY, seconds=SECONDS),
            capture_output=True,
            timeout=SECONDS,
            check=False,
            cwd=confinement.ROOT,
            env={"LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"},
            start_new_session=True,  # no terminal
        )
    except subprocess.TimeoutExpired:
        return b""
    return made.stdout if made.returncode == 0 and len(made.stdout) <= LARGEST else b""

"""The Celery app of the workbench, in which some searches kill their process or its worker, or never end."""

import os
import signal
import struct
from datetime import timedelta
from time import sleep

from billiard import current_process

from workbench.celery import app

KILLER, GARBLER, ENDLESS = "killer", "garbler", "endless"
FOR_EVER = 600  # seconds


def kill_or_run(search):
    """Run a search, unless its words say otherwise."""
    if search.words == KILLER:
        os.kill(os.getpid(), signal.SIGKILL)
    if search.words == GARBLER:  # as the soft limit does, where it comes while the process writes a result
        os.write(current_process().outq._writer.fileno(), struct.pack(">i", 1) + b"\0")
    if search.words in (GARBLER, ENDLESS):
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})  # as code in C, deaf to the soft limit
        sleep(FOR_EVER)
    return (yield from run(search))


app.loader.import_default_modules()
app.finalize()

from sources.gathering import searching  # noqa: E402 -- once the apps are ready
from workbench.desk import clock, heartbeat  # noqa: E402

run = searching.run
searching.run = kill_or_run
clock.EVERY = 0.5
heartbeat.OFTEN = timedelta(seconds=0.2)

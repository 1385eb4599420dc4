"""Run a command and start it again when it ends, as `make run`, systemd and containers do."""

import sys

from workbench.runner.supervisor import Program, Supervisor

supervisor = Supervisor(lambda _name, line: sys.stdout.write(f"{line}\n"))
supervisor.listen()
supervisor.start(Program("program", sys.argv[1:]))
supervisor.watch()

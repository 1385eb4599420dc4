"""Run a command and start it again when it ends, as `make run`, systemd and containers do."""

import sys

from workbench.runner.supervisor import Program, Supervisor

if __name__ == "__main__":
    sys.stdout.reconfigure(line_buffering=True)  # who is killed writes nothing more
    supervisor = Supervisor(lambda _name, line: sys.stdout.write(f"{line}\n"))
    supervisor.listen()
    supervisor.start(Program("program", sys.argv[1:]))
    supervisor.watch()

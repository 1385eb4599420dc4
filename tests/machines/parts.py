"""The parts of the workbench as the guide, the compose file and the systemd units describe them."""

import re
import shlex
from dataclasses import dataclass, field, replace

import yaml

from workbench.runner.paths import ROOT

DEPLOY = ROOT / "deploy"
GUIDE = ROOT / "docs" / "operating.md"
UNITS = DEPLOY / "systemd"
PROGRAMS = "/opt/workbench/.venv/bin/"  # where the units expect them


@dataclass(frozen=True)
class Part:
    """A command, its environment, and how it is asked to stop."""

    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    signal: str = "SIGTERM"
    grace: float = 90  # seconds

    @property
    def kind(self):
        """What the command does: web, worker, clock, or the name of a management command."""
        words = {"manage.py": self.command[2], "gunicorn": "web", "worker": "worker", "beat": "clock"}
        return next(kind for word, kind in words.items() if word in self.command)

    @property
    def bare(self):
        """The command without the name that tells workers of one machine apart."""
        return [word for word in self.command if not re.match(r"--hostname$|worker\d@", word)]


def section(heading):
    """Return the code blocks below a heading of the guide, each as its lines."""
    text = GUIDE.read_text().partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return [block.strip().splitlines() for block in text.split("```")[1::2]]


def of_guide():
    commands, settings, owner = section("On many machines")
    parts = [Part("guide", shlex.split(line), variables(settings)) for line in commands]
    return [replace(part, environment=part.environment | variables(owner * (part.kind == "migrate"))) for part in parts]


def of_compose():
    """Return the parts of the compose file, each as often as it says."""
    given = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    parts = []
    for name, service in given["services"].items():
        files = [service["env_file"]] if isinstance(service["env_file"], str) else service["env_file"]
        example = examples(file if isinstance(file, str) else file["path"] for file in files)
        environment = image_environment() | example | service.get("environment", {})
        grace = float(service.get("stop_grace_period", "10s").removesuffix("s"))
        part = Part(name, shlex.split(service["command"]), environment, grace=grace)
        parts += [part] * service.get("scale", 1)
    return parts


def of_units():
    return [of_unit(path, instance="1") for path in sorted(UNITS.glob("*.service"))]


def of_unit(path, instance):
    """Return what systemd would run for a unit. A unit that is a template gets the name of an instance."""
    lines = [line.split("=", 1) for line in path.read_text().splitlines() if re.match(r"\w+=", line)]
    said = dict(lines)
    command = shlex.split(said["ExecStart"].replace("%i", instance).replace("%H", "west"))
    command[0] = command[0].removeprefix(PROGRAMS)
    environment = dict(pair.split("=", 1) for pair in shlex.split(said["Environment"]))
    example = examples(value.rpartition("/")[2] for name, value in lines if name == "EnvironmentFile")
    grace = float(said.get("TimeoutStopSec", 90))
    return Part(path.stem, command, environment | example, said.get("KillSignal", "SIGTERM"), grace)


def examples(files):
    """Return the settings in the examples of these files."""
    return variables(line for name in files for line in (DEPLOY / f"{name}.example").read_text().splitlines())


def variables(lines):
    """Return the settings that lines name, as compose and systemd read them."""
    return dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))


def instructions():
    """Return the lines of the Containerfile, each with what it continues on."""
    text = (DEPLOY / "Containerfile").read_text().replace("\\\n", " ")
    return [line.split(None, 1) for line in text.splitlines() if line and not line.startswith("#")]


def image_environment():
    pairs = [shlex.split(rest) for word, rest in instructions() if word == "ENV"]
    return dict(pair.split("=", 1) for line in pairs for pair in line)

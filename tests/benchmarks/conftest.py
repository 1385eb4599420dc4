import json
import sys
from importlib import import_module

import pytest


@pytest.fixture
def take(monkeypatch, capsys):
    """Return a function that takes the figures of a benchmark of a name from data at a path."""

    def taken(name, data, *options):
        monkeypatch.setattr(sys, "argv", [name, "--data", str(data), *options])
        import_module(f"benchmarks.{name}").main()
        return json.loads(capsys.readouterr().out.splitlines()[-1])

    return taken

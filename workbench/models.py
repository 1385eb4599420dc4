"""The tables of the ground floor, where Django looks for them."""

from workbench.desk.models import LogEntry, LogHead, User

__all__ = ["LogEntry", "LogHead", "User"]

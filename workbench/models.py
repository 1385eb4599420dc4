"""The models of the ground floor, where Django looks for them; they are defined in ``desk/models.py``."""

from workbench.desk.models import Heartbeat, LogEntry, LogHead, User

__all__ = ["Heartbeat", "LogEntry", "LogHead", "User"]

"""The models of the ground floor, where Django looks for them; they are defined in ``desk/``."""

from workbench.desk.daily_size import DailySize
from workbench.desk.drafts import Draft
from workbench.desk.models import Heartbeat, LogEntry, LogHead, Seal, User

__all__ = ["DailySize", "Draft", "Heartbeat", "LogEntry", "LogHead", "Seal", "User"]

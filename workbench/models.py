"""The models of the ground floor, where Django looks for them; they are defined in ``desk/``."""

from workbench.desk.anchors import Checkpoint, LogLeaf, LogNode, SigningKey, Witness
from workbench.desk.byline import Byline
from workbench.desk.channels import Channel, ChannelMessage
from workbench.desk.daily_size import DailySize
from workbench.desk.desk_profile import DeskProfile
from workbench.desk.drafts import Draft
from workbench.desk.four_eyes import FourEyesPolicy, RoleGrant
from workbench.desk.models import Heartbeat, LogEntry, LogHead, Seal, User
from workbench.desk.notifications import Notification, NotificationChoice, NotificationMail, NotificationMark
from workbench.desk.sign_ins import SignIn
from workbench.desk.two_step import TwoStep
from workbench.desk.whole_check import WholeCheck

__all__ = [
    "Byline",
    "Channel",
    "ChannelMessage",
    "Checkpoint",
    "DailySize",
    "DeskProfile",
    "Draft",
    "FourEyesPolicy",
    "Heartbeat",
    "LogEntry",
    "LogHead",
    "LogLeaf",
    "LogNode",
    "Notification",
    "NotificationChoice",
    "NotificationMail",
    "NotificationMark",
    "RoleGrant",
    "Seal",
    "SignIn",
    "SigningKey",
    "TwoStep",
    "User",
    "WholeCheck",
    "Witness",
]

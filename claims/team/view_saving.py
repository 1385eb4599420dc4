"""Save views of the board, share them, and remove them."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from claims.models import BoardView
from claims.models.board_view import LONGEST_VIEW, LONGEST_VIEW_NAME
from workbench.desk.models import User
from workbench.desk.refusal import Refusal, checked_text
from workbench.desk.roles import NotPermitted

MOST_VIEWS = 50  # of one person


@transaction.atomic
def save_view(name: str, query: str, *, by: User, is_shared: bool = False) -> BoardView:
    """Save a view of the board under a name, in place of one’s own of this name.

    Raises ``Refusal`` (``empty``, ``too_long``, ``null_character``, ``too_many``).
    """
    empty, too_long = _("Give the view a name."), _("A name can have at most %(most)d characters.")
    name = checked_text(" ".join(name.split()), field="name", most=LONGEST_VIEW_NAME, empty=empty, too_long=too_long)
    if len(query) > LONGEST_VIEW or "\0" in query:
        raise Refusal(_("This filter is too long to save. Leave out some of it."), "too_long")
    own = BoardView.objects.filter(owner=User.objects.select_for_update().get(pk=by.pk))
    if not own.filter(name=name).exists() and own.count() >= MOST_VIEWS:
        raise Refusal(_("You have %(most)d views. Remove one first.") % {"most": MOST_VIEWS}, "too_many")
    row, _new = BoardView.objects.update_or_create(
        owner=by, name=name, defaults={"query": query, "is_shared": is_shared}
    )
    return row


@transaction.atomic
def remove_view(view: BoardView, *, by: User) -> None:
    """Remove a view of one’s own. Raises ``NotPermitted``."""
    if view.owner_id != by.pk:
        raise NotPermitted(_("Only the person who saved a view can remove it."))
    view.delete()

"""Tell the notes that people wrote on places in pictures and recordings from the texts that readers extract."""

from __future__ import annotations

from django.db.models import Q

MARKED = "marked@1#"  # the name of the reader of such a note; a number follows
BY_A_READER = ~Q(reader__startswith=MARKED)

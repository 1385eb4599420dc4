"""Take files of forms as they come up: to the disk and hashed, only from those who may, never in memory."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest
from django.urls import Resolver404, resolve

from sources.capturing.bringing import Upload


class BroughtFile(UploadedFile):
    """A file of a form, as it came up."""

    def __init__(self, upload: Upload, size: int) -> None:
        super().__init__(name=upload.name or "-", size=size)
        self.upload = upload


class BroughtFileHandler(FileUploadHandler):
    """Writes each file of a form to the disk. Files that nobody asked for are read past and kept nowhere."""

    chunk_size = 1 << 18
    upload: Upload | None = None
    is_first = True

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin with a file, where this person may bring one at this address."""
        super().new_file(*args, **kwargs)
        self.upload = Upload(self.file_name or "") if self._is_asked_for() else None
        self.is_first = False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write what came next."""
        if self.upload is not None:
            self.upload.write(raw_data)

    def file_complete(self, file_size: int) -> BroughtFile | None:
        """Return the file."""
        return BroughtFile(self.upload, file_size) if self.upload is not None else None

    def upload_interrupted(self) -> None:
        """Let half a file go."""
        if self.upload is not None:
            self.upload.close()

    def _is_asked_for(self) -> bool:
        if self.request is None:
            return False
        may_bring = _who_may_bring(self.request, is_first=self.is_first)
        return may_bring is not None and may_bring()


def takes_files(view: Any) -> Any:
    """Mark a view whose form has files of people who are signed in; at every other address files are read past."""
    view.takes_files = True
    return view


def takes_files_where(may_bring: Callable[..., bool]) -> Callable[[Any], Any]:
    """Mark a view whose form has a file of somebody without an account, where its address says that they may bring it.

    ``may_bring`` gets what the address holds. Of several files the first one is taken, and the others are read past.
    """

    def marked(view: Any) -> Any:
        view.takes_files = may_bring
        return view

    return marked


def _who_may_bring(request: HttpRequest, *, is_first: bool) -> Callable[[], bool] | None:
    """Return what says whether a file is taken at this address; None where none is, or no further one."""
    try:
        found = resolve(request.path_info)
    except Resolver404:
        return None
    rule: Any = getattr(found.func, "takes_files", None)
    if callable(rule):
        return partial(rule, *found.args, **found.kwargs) if is_first else None
    return partial(_is_signed_in, request) if rule else None


def _is_signed_in(request: HttpRequest) -> bool:
    """Return whether the session that the request names is that of a person: forms are read before sessions are."""
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    return bool(key) and SESSION_KEY in import_module(settings.SESSION_ENGINE).SessionStore(key)

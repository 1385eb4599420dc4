"""Take files of forms as they come up: to the disk and hashed, only from people who are signed in, never in memory."""

from __future__ import annotations

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

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin with a file, where this person may bring one at this address."""
        super().new_file(*args, **kwargs)
        self.upload = Upload(self.file_name or "") if self._is_asked_for() else None

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
        return self.request is not None and _takes_files(self.request) and _is_signed_in(self.request)


def takes_files(view: Any) -> Any:
    """Mark a view whose form has files; at every other address files are read past."""
    view.takes_files = True
    return view


def _takes_files(request: HttpRequest) -> bool:
    try:
        return bool(getattr(resolve(request.path_info).func, "takes_files", False))
    except Resolver404:
        return False


def _is_signed_in(request: HttpRequest) -> bool:
    """Return whether the session that the request names is that of a person: forms are read before sessions are."""
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    return bool(key) and SESSION_KEY in import_module(settings.SESSION_ENGINE).SessionStore(key)

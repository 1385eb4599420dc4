import gc
import importlib

from workbench import wsgi


def test_what_is_loaded_before_the_first_request_is_no_more_searched_for_garbage():
    held = gc.get_freeze_count()

    importlib.reload(wsgi)

    assert gc.get_freeze_count() > held

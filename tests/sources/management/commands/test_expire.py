from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from sources.models import RetentionRule
from sources.tasks import remove_texts
from tests import make

pytestmark = pytest.mark.django_db

OLD = timezone.now() - timedelta(days=400)


def test_a_dry_run_tells_what_would_go_and_removes_nothing(capsys):
    old = make.reading(read_at=OLD)
    make.evidence(passage_=make.reading(read_at=OLD).passages.first())

    call_command("expire", "--dry-run", "--months", "12")

    said = capsys.readouterr().out
    assert "2 texts are older than 12 months; something rests on 1 of them." in said
    assert "1 texts with 2 passages would go" in said
    assert f"Extracted between {OLD:%Y-%m-%d} and {OLD:%Y-%m-%d}." in said
    assert old.capture.document.url in said
    assert not RetentionRule.objects.exists()


def test_a_dry_run_takes_the_age_of_the_rule_in_force(capsys):
    make.retention_rule(7)

    call_command("expire", "--dry-run")

    assert "older than 7 months" in capsys.readouterr().out


def test_an_administrator_has_old_texts_removed(capsys):
    old = make.reading(read_at=OLD)

    call_command("expire", "--months", "12", "--by", make.admin().username)
    remove_texts()

    old.refresh_from_db()
    assert old.text == ""
    assert "Workers now remove texts older than 12 months" in capsys.readouterr().out


def test_without_an_age_a_known_person_or_the_role_nothing_is_ordered():
    for options in ([], ["--dry-run"], ["--months", "12"], ["--months", "12", "--by", make.editor().username]):
        with pytest.raises(CommandError):
            call_command("expire", *options)

    assert not RetentionRule.objects.exists()

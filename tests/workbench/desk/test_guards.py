"""Raw SQL meets the triggers: whatever the code does, the database refuses to forget."""

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction

from sources.models import Reading
from tests import databases, make

pytestmark = pytest.mark.django_db

UNCHANGEABLE = {
    "Answer": make.answer,
    "Bringing": make.bringing,
    "Capture": make.capture,
    "ChainLink": make.link,
    "Citation": make.citation,
    "ClaimFile": make.claim_file,
    "ClaimVersion": make.claim_version,
    "Correction": make.correction,
    "Decision": make.decision,
    "DeskProfile": make.desk_profile,
    "DiscussionNote": make.discussion_note,
    "DocumentAddress": make.document_address,
    "Edit": make.edit,
    "FetchAttempt": make.attempt,
    "LogEntry": make.log_entry,
    "LogLeaf": make.log_leaf,
    "LogNode": make.log_node,
    "MarkedPlace": make.marked_place,
    "Passage": make.passage,
    "Picture": make.picture,
    "Question": make.question,
    "RatingLabel": make.rating_label,
    "Report": make.report,
    "Review": make.review,
    "RuleWaiver": make.rule_waiver,
    "SearchAnswer": make.search_answer,
    "SigningKey": make.signing_key,
    "SourceIdentity": make.source_identity,
    "Standing": make.standing,
    "TakenBack": make.taken_back,
    "Touch": make.touch,
    "Watch": make.watch,
    "Witness": make.witness,
}
UNDELETABLE = {
    **UNCHANGEABLE,
    "AccessGrant": make.access_grant,
    "CaseItem": make.case_item,
    "Change": make.change,
    "ChannelMessage": make.channel_message,
    "ChecklistItem": make.checklist_item,
    "ChecklistTick": make.checklist_tick,
    "Checkpoint": make.checkpoint,
    "Claim": make.claim,
    "ClaimAccess": make.claim_access,
    "ClaimPlan": make.claim_plan,
    "ClaimTag": make.claim_tag,
    "CommentRequest": make.comment_request,
    "CopyEdit": make.copy_edit,
    "DateSetting": make.date_setting,
    "DeskCase": make.desk_case,
    "ExternalArchive": make.external_archive,
    "FactCheck": make.fact_check,
    "FormUpload": make.form_upload,
    "FourEyesPolicy": make.policy,
    "IdentityReader": make.identity_reader,
    "LogHead": lambda: apps.get_model("workbench", "LogHead").objects.get(chain=make.log_entry().chain),
    "Notification": make.notification,
    "NearCopy": make.near_copy,
    "PageRuling": make.page_ruling,
    "PersonalLink": make.personal_link,
    "ProposedCorrection": make.proposed_correction,
    "Postponement": make.put_off,
    "ProposedReport": make.proposed_report,
    "ProviderRequest": make.provider_request,
    "Reading": make.reading,
    "RatingScale": make.rating_scale,
    "Rendering": make.rendering,
    "RetentionRule": make.retention_rule,
    "ReviewInvitation": make.review_invitation,
    "RoleGrant": make.role_grant,
    "SameArticle": make.same_article,
    "Seal": lambda: apps.get_model("workbench", "Seal").objects.get(model="source", key=make.source().pk),
    "Stamp": make.stamp,
    "TextRemoval": make.text_removal,
}


def run(statement, **names):
    """Run a statement on its own, so that a refusal leaves the test's transaction whole; as nobody without triggers."""
    quoted = {name: connection.ops.quote_name(value) for name, value in names.items()}
    with transaction.atomic(), databases.unbound() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute(statement.format(**quoted))


def guarded(operation):
    """Return the models whose table refuses an operation, as their triggers say."""
    return {
        model.__name__
        for model in apps.get_models()
        for trigger in getattr(model._meta, "triggers", [])
        if trigger.name == "append_only" and operation in str(trigger.operation)
    }


@pytest.mark.parametrize("name", UNCHANGEABLE)
def test_a_row_that_is_only_added_is_never_changed(name):
    row = UNCHANGEABLE[name]()

    with pytest.raises(ProgrammingError, match=r"Cannot (delete or )?update"):
        run("update {table} set {column} = {column}", table=row._meta.db_table, column=row._meta.pk.column)


@pytest.mark.parametrize("name", UNDELETABLE)
def test_a_row_that_is_kept_is_never_deleted(name):
    row = UNDELETABLE[name]()

    with pytest.raises(ProgrammingError, match="Cannot delete"):
        run("delete from {table}", table=row._meta.db_table)


@pytest.mark.parametrize("name", UNDELETABLE)
def test_a_table_that_is_kept_is_never_emptied(name):
    row = UNDELETABLE[name]()
    run("alter table {table} enable trigger user", table=row._meta.db_table)  # tests empty tables, and switch it off

    with pytest.raises(ProgrammingError, match="append-only"):
        run("truncate {table} cascade", table=row._meta.db_table)


def test_the_tables_here_are_all_that_are_guarded():
    assert guarded("UPDATE") == set(UNCHANGEABLE)
    assert guarded("DELETE") == set(UNDELETABLE)


@pytest.mark.parametrize(
    "change",
    [{"text": "other"}, {"title": "other"}, {"outcome": ""}, {"read_at": None}, {"published_at": make.MONDAY}],
)
def test_what_was_read_never_changes(change):
    reading = make.reading()

    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        Reading.objects.filter(pk=reading.pk).update(**change)


def test_a_reading_still_to_be_done_is_done_once():
    reading = make.due_reading()

    Reading.objects.filter(pk=reading.pk).update(text="The bridge is open.", read_at=make.MONDAY)

    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        Reading.objects.filter(pk=reading.pk).update(text="The bridge is shut.")


def test_a_reading_that_was_done_may_be_put_in_the_queue_again():
    reading = make.reading()

    reading.ask()

    assert Reading.objects.all().due().get() == reading

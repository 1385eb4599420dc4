from django.db import migrations

from workbench.desk.seal_triggers import SealTables

# The sealed columns of each model, as they are in form 1.
TABLES = {
    "Source": (
        "id name kind language country description owner_id added_by_id added_at"
    ),
    "SourceName": (
        "id source_id name language"
    ),
    "SourceDomain": (
        "id source_id host"
    ),
    "Standing": (
        "id source_id reliability reason interests stated_by_id stated_at"
    ),
    "HostPolicy": (
        "id host delay denied note set_by_id set_at"
    ),
    "Feed": (
        "id source_id url title kind parent_id is_followed is_aggregator added_by_id added_at stopped_at"
        " stopped_by_id stopped_why"
    ),
    "Discovery": (
        "id source_id url"
    ),
    "Document": (
        "id url host source_id feed_id named_publisher named_publisher_url is_aggregator_link leads_to_id"
        " title language published_at published_precision published_until date_setting_id same_as_id"
        " found_at asked_by_id watched_since"
    ),
    "DocumentAddress": (
        "id document_id url kind found_at"
    ),
    "SameArticle": (
        "id document_id article_id kind overlap found_at undone_at undone_by_id"
    ),
    "PageRuling": (
        "id document_id capture_id outcome layout everywhere reason decided_by_id decided_at undone_by_id"
        " undone_at"
    ),
    "DateSetting": (
        "id document_id published_at precision reason set_by_id set_at before_at before_precision"
        " before_until undone_at undone_by_id"
    ),
    "Search": (
        "id engine words language since until asked_at answered_at searched_through searched_about found"
    ),
    "SearchHit": (
        "id search_id document_id rank found_at"
    ),
    "Watch": (
        "id document_id passage_id asked_by_id asked_at"
    ),
    "Change": (
        "id before_id after_id compared_at is_boring flags"
    ),
    "Edit": (
        "id change_id position place kind old new before_start before_end after_start after_end flags"
        " numbers is_boring"
    ),
    "Touch": (
        "id change_id passage_id fate old new numbers"
    ),
    "FetchAttempt": (
        "id document_id at outcome reason status final_url peer took suspect confidence signals layout"
    ),
    "Capture": (
        "id document_id attempt_id taken_at sha256 wire_sha256 size content_type warc_file warc_offset"
        " warc_length warc_sha256 revisits_id browser"
    ),
    "Rendering": (
        "id document_id because_id asked_by_id asked_at done_at problem capture_id screenshot_sha256"
        " parts refused"
    ),
    "Reading": (
        "id capture_id reader read_at outcome is_left_out title byline site_name canonical_url language"
        " language_score charset declared_charset is_garbled text sha256 share parts published_at"
        " published_precision published_method published_confidence published_until date_written doubts"
    ),
    "Passage": (
        "id reading_id start end exact prefix suffix language"
    ),
    "RetentionRule": (
        "id months once set_by_id set_at"
    ),
    "TextRemoval": (
        "id reading_id rule_id removed_at sha256 characters passages restored_at"
    ),
    "Stamp": (
        "id opened_at head_id authority token certificates stamped_at"
    ),
    "ExternalArchive": (
        "id document_id archive asked_by_id asked_at job snapshot_url snapshot_at refusal"
    ),
}
GROUPS = {"SearchHit": "search_id", "Edit": "change_id", "Touch": "change_id", "Passage": "reading_id"}


class Migration(migrations.Migration):

    # Rows are sealed some at a time; a migration that was interrupted goes on where it stopped.
    atomic = False

    dependencies = [
        ("sources", "0017_vector_indexes_by_function"),
        ("workbench", "0014_seals"),
    ]

    operations = [
        SealTables(TABLES, GROUPS),
    ]

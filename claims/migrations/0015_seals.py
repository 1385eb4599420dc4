from django.db import migrations

from workbench.desk.seal_triggers import SealTables

# The sealed columns of each model, as they are in form 1.
TABLES = {
    "Claim": (
        "id text short_text language type claimant_id claimed_at claimed_precision place note status"
        " round handed_over_by_id logged_by_id logged_at form_key"
    ),
    "ClaimVersion": (
        "id claim_id text short_text language type claimed_at claimed_precision place note reason"
        " changed_by_id changed_at"
    ),
    "Wording": (
        "id asserted_by_id extractor score asserted_at standing settled_by_id settled_at claim_id kind"
        " text language"
    ),
    "ClaimLink": (
        "id asserted_by_id extractor score asserted_at standing settled_by_id settled_at claim_id"
        " other_id relation"
    ),
    "Appearance": (
        "id asserted_by_id extractor score asserted_at standing settled_by_id settled_at claim_id"
        " passage_id document_id url quote role appeared_at first_known"
    ),
    "Attribution": (
        "id asserted_by_id extractor score asserted_at standing settled_by_id settled_at appearance_id"
        " position source_id named_as verb modality directness"
    ),
    "OriginLink": (
        "id asserted_by_id extractor score asserted_at standing settled_by_id settled_at claim_id"
        " document_id kind origin_document_id origin_source_id why"
    ),
    "Claim_searches": (
        "id claim_id search_id"
    ),
    "Evidence": (
        "id asserted_by_id extractor score asserted_at standing settled_by_id settled_at claim_id"
        " passage_id stance nearness note why"
    ),
    "Figure": (
        "id asserted_by_id extractor score asserted_at standing settled_by_id settled_at claim_id"
        " passage_id start end exact measure low high qualifier unit scope as_of"
    ),
    "FigureLink": (
        "id asserted_by_id extractor score asserted_at standing settled_by_id settled_at figure_id"
        " other_id difference why"
    ),
    "Question": (
        "id claim_id text asked_by_id asked_at"
    ),
    "Answer": (
        "id question_id text answered_by_id answered_at"
    ),
    "Answer_evidence": (
        "id answer_id evidence_id"
    ),
    "CommentRequest": (
        "id claim_id to_whom channel question sent_by_id sent_at answer answered_at"
    ),
    "Review": (
        "id claim_id round reviewer_id rating said reasoning nonce submitted_at"
    ),
    "Decision": (
        "id claim_id round rating said summary as_of what_would_change_it decided_by_id decided_at"
        " waived waiver"
    ),
    "Citation": (
        "id decision_id evidence_id"
    ),
    "Report": (
        "id decision_id number language content sha256 log_head frozen_by_id frozen_at is_sample"
    ),
    "Correction": (
        "id report_id kind text replaced_by_id made_by_id made_at"
    ),
    "ProposedReport": (
        "id decision_id language summary made_id proposed_by_id proposed_at state second_id answered_at waiver"
    ),
    "ProposedCorrection": (
        "id report_id kind text replaced_by_id made_id proposed_by_id proposed_at state second_id answered_at"
        " waiver"
    ),
    "CopyEdit": (
        "id report_id part before after of_verdict reason proposed_by_id proposed_at state second_id"
        " answered_at made_id"
    ),
    "RatingScale": (
        "id name language version in_use made_by_id made_at"
    ),
    "RatingLabel": (
        "id scale_id rating label value"
    ),
}


class Migration(migrations.Migration):

    # Rows are sealed some at a time; a migration that was interrupted goes on where it stopped.
    atomic = False

    dependencies = [
        ("claims", "0014_refill_words_that_look_alike"),
        ("sources", "0018_seals"),
        ("workbench", "0014_seals"),
    ]

    operations = [
        SealTables(TABLES),
    ]

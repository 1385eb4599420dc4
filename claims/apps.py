"""The claims app, and where its declarations are."""

from django.utils.translation import gettext_lazy as _

from workbench.desk.declarations import DeskApp


class ClaimsConfig(DeskApp):
    name = "claims"
    verbose_name = _("Claims and review")

    acts = "claims.models.vocabulary.ACTS"
    admin_changes = "claims.admin.CHANGES"
    two_people_rules = "claims.models.vocabulary.ClaimRule"
    verbs = "claims.models.vocabulary.ClaimVerb"
    notification_events = "claims.models.vocabulary.ClaimEvent"
    tellings = "claims.tellings.TELLINGS"
    channel_events = "claims.models.outside_vocabulary.ClaimChannelEvent"
    channel_tellings = "claims.channel_tellings.CHANNEL_TELLINGS"
    open_logs = "claims.models.log_facts.OPEN_LOGS"
    log_facts = "claims.models.log_facts.LOG_FACTS"
    log_rows = "claims.models.log_facts.LOG_ROWS"
    seals = "claims.models.sealed.SEALS"
    related_rows = "claims.pages.related_claims.RELATED"
    search_sections = "claims.pages.search_sections.SECTIONS"
    person_pages = "claims.pages.urls.PERSON_PAGES"
    set_up_steps = "claims.pages.set_up_steps.STEPS"
    tabs = "claims.pages.urls.TABS"
    timetable = "claims.tasks.TIMETABLE"
    hidden_rows = "claims.models.claim_access.HIDDEN_ROWS"
    unsent_words = "claims.models.claim_access.UNSENT_WORDS"
    kept_texts = "claims.models.kept_texts.KEPT_TEXTS"
    log_checks = "claims.log_check.CHECKS"
    health_checks = "claims.evidence.coverage_matching.HEALTH_CHECKS"
    loads_first = "claims.publishing.exports.pdf.pdf.layout"

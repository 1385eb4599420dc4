"""The Django app of sources, and where its declarations are."""

from django.utils.translation import gettext_lazy as _

from workbench.desk.declarations import DeskApp


class SourcesConfig(DeskApp):
    name = "sources"
    verbose_name = _("Sources and coverage")

    acts = "sources.models.vocabulary.ACTS"
    admin_changes = "sources.admin.CHANGES"
    disguises = "sources.language.lookalikes.disguises"
    word_forms = "sources.language.word_forms.word_forms"
    verbs = "sources.models.vocabulary.SourceVerb"
    log_facts = "sources.models.log_facts.LOG_FACTS"
    log_rows = "sources.models.log_facts.LOG_ROWS"
    seals = "sources.models.sealed.SEALS"
    search_sections = "sources.pages.search_sections.SECTIONS"
    set_up_steps = "sources.pages.set_up_steps.STEPS"
    tabs = "sources.pages.urls.TABS"
    hidden_rows = "sources.models.form_upload.HIDDEN_ROWS"
    timetable = "sources.tasks.TIMETABLE"
    anchored = "sources.proving.sealing.ANCHORED"
    timestamp = "sources.proving.sealing.timestamp"
    poster = "sources.web.webhook.WEBHOOK"
    archives = "sources.models.archived.ARCHIVES"
    health_checks = "sources.reading.vector_index.HEALTH_CHECKS"

    def ready(self) -> None:
        """Register the system check once the apps are loaded."""
        from sources.capturing import sandbox_health  # noqa: F401, PLC0415 -- as it says

"""The rule of the house about seals: every model and every column is sealed, or says why not."""

import pytest
from django.apps import apps
from django.db.migrations.loader import MigrationLoader

from workbench.desk import declarations
from workbench.desk.seal_queries import ONCE
from workbench.desk.seal_registry import Sealed, Unsealed, registry, sealed
from workbench.desk.seal_triggers import SealTables


def ours():
    return [model for config in declarations.desk_apps() for model in config.get_models(include_auto_created=True)]


def unruled(rules):
    """Return the models without a rule, and the columns that are neither sealed nor left out with a reason."""
    faults = [model._meta.label for model in ours() if model not in rules]
    for model, rule in rules.items():
        if isinstance(rule, Unsealed):
            faults += [] if rule.reason else [f"{model._meta.label}: no reason"]
            continue
        columns = {field.column for field in model._meta.concrete_fields}
        known = {*rule.columns, *rule.but}
        faults += [f"{model._meta.label}.{column}" for column in sorted(columns ^ known)]
        faults += [f"{model._meta.label}.{column} twice" for column in sorted(set(rule.columns) & set(rule.but))]
        faults += [f"{model._meta.label}.{column}: no reason" for column, reason in rule.but.items() if not reason]
        named = {*rule.times, *rule.times.values(), rule.group} - {""}
        faults += [f"{model._meta.label}.{column} is not sealed" for column in sorted(named - set(rule.columns))]
    return faults


def installed():
    """Return the forms that migrations install, by model."""
    forms = {}
    for migration in MigrationLoader(None).disk_migrations.values():
        for operation in migration.operations:
            for name, columns in operation.tables.items() if isinstance(operation, SealTables) else ():
                model = apps.get_model(migration.app_label, name)
                forms.setdefault(model, {})[operation.form] = (tuple(columns.split()), operation.groups.get(name, ""))
    return forms


def test_every_model_and_every_column_is_sealed_or_says_why_not():
    assert unruled(registry()) == []


KEYS = ("id", "decision_id")


@pytest.mark.parametrize(
    ("name", "rule", "fault"),
    [
        ("claims.Decision", None, "claims.Decision"),
        ("claims.Decision", Unsealed(""), "claims.Decision: no reason"),
        ("claims.Citation", Sealed((KEYS,)), "claims.Citation.evidence_id"),
        ("claims.Citation", Sealed((KEYS,), but={"evidence_id": ""}), "claims.Citation.evidence_id: no reason"),
        ("claims.Citation", Sealed(((*KEYS, "evidence_id"),), times={"at": ""}), "claims.Citation.at is not sealed"),
    ],
)  # fmt: skip
def test_a_model_or_a_column_without_a_rule_is_found(name, rule, fault):
    rules = {model: each for model, each in registry().items() if model._meta.label != name}

    assert unruled(rules | ({apps.get_model(name): rule} if rule else {})) == [fault]


def test_the_check_understands_from_when_on_a_column_keeps_its_value():
    conditions = [once for _model, rule in sealed().values() for once in rule.once.values()]

    assert [once for once in conditions if not ONCE.fullmatch(once)] == []


def test_migrations_install_the_forms_that_the_models_declare():
    declared = {
        model: {number: (columns, rule.group) for number, columns in enumerate(rule.forms, 1)}
        for model, rule in sealed().values()
    }

    assert installed() == declared

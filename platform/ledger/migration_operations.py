"""Migration operations that render few models: Django renders half of all models again for each operation of a
migration, which was 14 of 17 s on an empty database.
"""

from collections.abc import Sequence
from typing import Any, Final

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import (
    AddConstraint,
    AddField,
    AddIndex,
    AlterConstraint,
    AlterField,
    AlterModelOptions,
    CreateModel,
    RemoveConstraint,
    RemoveIndex,
    RunSQL,
)
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState, StateApps
from pgtrigger.compiler import Trigger
from pgtrigger.migrations import AddTrigger, RemoveTrigger

KEEPS_OTHER_MODELS: Final = (
    *(AddConstraint, AlterConstraint, RemoveConstraint, AddIndex, RemoveIndex, AddTrigger, RemoveTrigger),
    *(CreateModel, AlterModelOptions, AddField, AlterField),
)
"""After these, the models they do not name may be used as they were rendered: their tables are called the same."""


class InstallTriggers(Operation):
    """Install triggers as (model name, trigger); the state is rendered once for all."""

    reversible = True

    def __init__(self, triggers: Sequence[tuple[str, Trigger]]) -> None:
        self.triggers = triggers

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [], {"triggers": list(self.triggers)}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        for model_name, trigger in self.triggers:
            options = state.models[app_label, model_name].options
            options["triggers"] = [*options.get("triggers", []), trigger]
        _forget_rendered(state)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for _model_name, trigger in self.triggers:
            schema_editor.execute(trigger.install_sql, params=None)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for _model_name, trigger in self.triggers:
            schema_editor.execute(trigger.uninstall_sql, params=None)

    def describe(self) -> str:
        return f"Install {len(self.triggers)} triggers"


class Together(Operation):
    """Operations on one state: the one after all of them. A new table gets its later columns, constraints and indexes
    when it is made; operations on tables that were there before run in their order.

    Not for operations that read a state between two others, as RunPython or two changes of one column do.
    """

    reversible = True

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [], {"operations": list(self.operations)}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        rendered: StateApps | None = state.__dict__.get("apps")
        _forget_rendered(state)
        for operation in self.operations:
            operation.state_forwards(app_label, state)
        named = self._named()
        if rendered is not None and named is not None and not _is_a_base(state, app_label, named):
            _render(state, rendered, app_label, named)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for operation in self._without_parts_of_new_tables(AddField, AddConstraint, AddIndex):
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for operation in reversed(self._without_parts_of_new_tables(AddField, AddConstraint, AddIndex, AddTrigger)):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return f"{len(self.operations)} operations together"

    def _named(self) -> set[str] | None:
        """The models that are made or changed; None where other models may have to be rendered, too."""
        changing: list[Any] = [operation for operation in self.operations if not isinstance(operation, RunSQL)]
        if not all(isinstance(operation, KEEPS_OTHER_MODELS) for operation in changing):
            return None
        return {
            (one.name if isinstance(one, CreateModel | AlterModelOptions) else one.model_name).lower()
            for one in changing
        }

    def _without_parts_of_new_tables(self, *parts: type[Any]) -> list[Operation]:
        made = {operation.name_lower for operation in self.operations if isinstance(operation, CreateModel)}
        return [one for one in self.operations if not (isinstance(one, parts) and one.model_name.lower() in made)]


def _is_a_base(state: ProjectState, app_label: str, names: set[str]) -> bool:
    bases = {base.lower() for model in state.models.values() for base in model.bases if isinstance(base, str)}
    return not bases.isdisjoint(f"{app_label}.{name}" for name in names)


def _render(state: ProjectState, rendered: StateApps, app_label: str, names: set[str]) -> None:
    """Render the named models among those that are there. What refers to them still does to the class of before, which
    is good for tables; who reads rows (RunPython) has all rendered anew, as after Django's own delayed rendering.
    """
    for name in names:
        rendered.unregister_model(app_label, name)
    rendered.render_multiple([state.models[app_label, name] for name in sorted(names)])
    state.apps = rendered
    state.is_delayed = True


def _forget_rendered(state: ProjectState) -> None:
    state.clear_delayed_apps_cache()
    state.__dict__.pop("apps", None)

"""Operations that make a room's tables: all at once, and where `bestyrelse` was parted in three, from what is there."""

from django.db.migrations.operations import CreateModel, SeparateDatabaseAndState

FOER = "bestyrelse"


class OpretTabeller(SeparateDatabaseAndState):
    """Models with all that is added to them, whose tables are made when everything is known.

    Each operation by itself makes Django build every related model anew; here they are built once.
    """

    def __init__(self, operations):
        super().__init__(database_operations=operations, state_operations=operations)

    def deconstruct(self):
        return (self.__class__.__name__, [self.state_operations], {})

    @property
    def navne(self) -> list[str]:
        """The models, in lower case, in the order in which they can be made."""
        return [op.name_lower for op in self.state_operations if isinstance(op, CreateModel)]

    def state_forwards(self, app_label, state):
        state.clear_delayed_apps_cache()
        state.__dict__.pop("apps", None)
        super().state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for navn in self.navne:
            schema_editor.create_model(to_state.apps.get_model(app_label, navn))


class OvertagEllerOpret(OpretTabeller):
    """In a database that has the tables from before, they only get their new names.

    The columns were the same on the day of the move. Raises RuntimeError when some are there and others not: such a
    database was left in the middle, and must be brought to the last version before the move first.
    """

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        findes = set(schema_editor.connection.introspection.table_names())
        mangler = [navn for navn in self.navne if f"{FOER}_{navn}" not in findes]
        if len(mangler) == len(self.navne):
            super().database_forwards(app_label, schema_editor, from_state, to_state)
            return
        if mangler:
            raise RuntimeError(f"Databasen har kun nogle af tabellerne fra {FOER}: {', '.join(mangler)} mangler.")
        for navn in self.navne:
            model = to_state.apps.get_model(app_label, navn)
            schema_editor.alter_db_table(model, f"{FOER}_{navn}", model._meta.db_table)

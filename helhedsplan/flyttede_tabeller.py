"""Tables from before the room `bestyrelse` was parted in three: taken over where they are, else made anew."""

from django.db.migrations.operations import CreateModel, SeparateDatabaseAndState

FOER = "bestyrelse"


class OvertagEllerOpret(SeparateDatabaseAndState):
    """The operations that make a room's tables; in a database that has them from before, they only get their new names.

    The columns were the same on the day of the move. Raises RuntimeError when some are there and others not: such a
    database was left in the middle, and must be brought to the last version before the move first.
    """

    def __init__(self, operations):
        super().__init__(database_operations=operations, state_operations=operations)

    def deconstruct(self):
        return (self.__class__.__name__, [self.state_operations], {})

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        navne = [op.name_lower for op in self.state_operations if isinstance(op, CreateModel)]
        findes = set(schema_editor.connection.introspection.table_names())
        mangler = [navn for navn in navne if f"{FOER}_{navn}" not in findes]
        if len(mangler) == len(navne):
            super().database_forwards(app_label, schema_editor, from_state, to_state)
            return
        if mangler:
            raise RuntimeError(f"Databasen har kun nogle af tabellerne fra {FOER}: {', '.join(mangler)} mangler.")
        for navn in navne:
            model = to_state.apps.get_model(app_label, navn)
            schema_editor.alter_db_table(model, f"{FOER}_{navn}", model._meta.db_table)

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Statisklager(CompressedManifestStaticFilesStorage):
    """Hashed names also for the modules that a script imports, so that browsers keep them and never mix versions."""

    support_js_module_import_aggregation = True

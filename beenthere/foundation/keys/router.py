"""Which table lives where: keys in the key store, all else in the database of the place."""


class KeyStoreRouter:
    """Sends models marked `in_key_store = True` to the `keys` database and nothing else there."""

    def db_for_read(self, model, **hints):
        return "keys" if getattr(model, "in_key_store", False) else "default"

    db_for_write = db_for_read

    def allow_relation(self, first, second, **hints):
        return self.db_for_read(first) == self.db_for_read(second)

    def allow_migrate(self, db, app_label, model_name=None, **hints):
        return (db == "keys") == hints.get("in_key_store", False)

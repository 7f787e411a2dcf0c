"""Which table lives where: keys in the key store, all else in the database of the place."""

LABEL = "keys"


class KeyStoreRouter:
    """Sends the tables of the app `keys` to the database `keys`, and nothing else there."""

    def db_for_read(self, model, **hints):
        return "keys" if model._meta.app_label == LABEL else "default"

    db_for_write = db_for_read

    def allow_relation(self, first, second, **hints):
        return self.db_for_read(first) == self.db_for_read(second)

    def allow_migrate(self, db, app_label, model_name=None, **hints):
        # By label: the models of a migration carry no mark of their own.
        return (db == "keys") == (app_label == LABEL)

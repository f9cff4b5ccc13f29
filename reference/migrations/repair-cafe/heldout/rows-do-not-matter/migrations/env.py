"""How Alembic reaches the app's database."""

from logging.config import fileConfig

from alembic import context
from flask import current_app

fileConfig(context.config.config_file_name, disable_existing_loggers=False)

extension = current_app.extensions["migrate"]
metadata = extension.db.metadata


def run_offline() -> None:
    url = extension.db.engine.url.render_as_string(hide_password=False)
    context.configure(url=url, target_metadata=metadata, literal_binds=True, **extension.configure_args)
    with context.begin_transaction():
        context.run_migrations()


def run_online() -> None:
    with extension.db.engine.connect() as connection:
        # A revision that makes a table anew drops the old one; with foreign keys on, that deletes the rows of other
        # tables that belong to it. SQLite ignores this within a transaction, so it comes first.
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.commit()
        try:
            context.configure(connection=connection, target_metadata=metadata, **extension.configure_args)
            with context.begin_transaction():
                context.run_migrations()
        finally:
            # The connection goes back to the pool of the app.
            connection.rollback()
            connection.exec_driver_sql("PRAGMA foreign_keys=ON")


if context.is_offline_mode():
    run_offline()
else:
    run_online()

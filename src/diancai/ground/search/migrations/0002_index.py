"""The full-text index of each database: FTS5 table with triggers, or a generated tsvector column."""

from django.db import migrations

from diancai.ground.search import backends


def run(statements):
    def step(apps, schema_editor):
        with schema_editor.connection.cursor() as cursor:
            for statement in statements[schema_editor.connection.vendor]:
                cursor.execute(statement)

    return step


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(run(backends.INSTALL), run(backends.REMOVE))]

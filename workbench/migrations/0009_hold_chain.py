from django.db import migrations

# Who prints a report holds the end of its chain. The app role may not change that row, and so may not lock it itself.
HOLD = """
    CREATE FUNCTION workbench_hold_chain(of_chain text) RETURNS TABLE (seq bigint, hash varchar)
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
    AS 'SELECT head.seq, head.hash FROM public.workbench_loghead head WHERE head.chain = of_chain FOR UPDATE'
"""


class Migration(migrations.Migration):
    dependencies = [('workbench', '0008_drafts')]

    operations = [migrations.RunSQL(HOLD, 'DROP FUNCTION workbench_hold_chain(text)')]

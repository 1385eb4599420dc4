from django.db import migrations

# The app role only reads the tree: whoever could add a leaf or the hash of a block could stop all checkpoints. The
# hashes are those of RFC 9162, and a block has 256 leaves or hashes (workbench/desk/log_tree.py).
EXTEND = """
    CREATE FUNCTION workbench_extend_log_tree(late bigint, most integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    DECLARE
        size bigint;
        added integer;
        of_level integer := 1;
        first bigint;
        beyond bigint;
        since bigint;
        hashes bytea[];
    BEGIN
        IF late < 0 OR NOT most BETWEEN 1 AND 50000 THEN
            RAISE EXCEPTION 'no such step';
        END IF;
        PERFORM pg_advisory_xact_lock(hashtext('workbench log tree'));
        SELECT coalesce(max(number) + 1, 0), coalesce(max(entry_id), 0) - late INTO size, since FROM workbench_logleaf;
        INSERT INTO workbench_logleaf (number, entry_id, line)
        SELECT size + row_number() OVER (ORDER BY fresh.id) - 1, fresh.id,
            concat_ws(' ', fresh.hash, fresh.seq, fresh.chain)
        FROM (
            SELECT entry.id, entry.hash, entry.seq, entry.chain
            FROM workbench_logentry entry LEFT JOIN workbench_logleaf leaf ON leaf.entry_id = entry.id AND leaf.entry_id > since
            WHERE leaf.entry_id IS NULL
                AND entry.id > since
            ORDER BY entry.id LIMIT most
        ) fresh;
        GET DIAGNOSTICS added = ROW_COUNT;
        first := size / 256;
        beyond := (size + added) / 256;
        WHILE first < beyond LOOP
            FOR place IN first..beyond - 1 LOOP
                IF of_level = 1 THEN
                    hashes := ARRAY(SELECT sha256('\\x00'::bytea || convert_to(line, 'UTF8')) FROM workbench_logleaf
                        WHERE number BETWEEN place * 256 AND place * 256 + 255 ORDER BY number);
                ELSE
                    hashes := ARRAY(SELECT hash FROM workbench_lognode WHERE level = of_level - 1
                        AND number BETWEEN place * 256 AND place * 256 + 255 ORDER BY number);
                END IF;
                WHILE cardinality(hashes) > 1 LOOP
                    hashes := ARRAY(SELECT sha256('\\x01'::bytea || hashes[2 * pair - 1] || hashes[2 * pair])
                        FROM generate_series(1, cardinality(hashes) / 2) pair ORDER BY pair);
                END LOOP;
                INSERT INTO workbench_lognode (level, number, hash) VALUES (of_level, place, hashes[1]);
            END LOOP;
            of_level := of_level + 1;
            first := first / 256;
            beyond := beyond / 256;
        END LOOP;
        RETURN added;
    END;
    $$
"""


class Migration(migrations.Migration):
    dependencies = [('workbench', '0015_seal_people')]

    operations = [migrations.RunSQL(EXTEND, 'DROP FUNCTION workbench_extend_log_tree(bigint, integer)')]

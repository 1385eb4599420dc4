from django.db import migrations

# The app role owns no table, so workers build the indexes of few vectors and drop those of a model that is out of use
# by these functions of the owner. They do nothing else: names and conditions are made here.
# The names and conditions are those of sources/reading/vector_index.py.
BUILD = """
    CREATE FUNCTION sources_index_vectors(of_model text, width integer, groups text[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    DECLARE
        kind text;
        given text;
        named text;
        is_many boolean;
        others text := (SELECT string_agg(quote_literal(each), ', ') FROM unnest(groups) each WHERE each <> '');
    BEGIN
        IF NOT EXISTS (SELECT FROM sources_embeddingmodel WHERE name = of_model) OR NOT width BETWEEN 1 AND 4000
            OR cardinality(groups) > 20 OR EXISTS (SELECT FROM unnest(groups) each WHERE each !~ '^[a-z]{0,3}$') THEN
            RAISE EXCEPTION 'no such index';
        END IF;
        FOREACH kind IN ARRAY ARRAY['sources_passagevector', 'sources_readingvector'] LOOP
            EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE model = %L OFFSET 5000)', kind, of_model) INTO is_many;
            IF is_many THEN
                RAISE EXCEPTION 'too many vectors: the owner builds their index';
            END IF;
            FOREACH given IN ARRAY groups LOOP
                named := kind || '_' || CASE given WHEN '' THEN 'other' ELSE given END || '_'
                    || left(encode(sha256(convert_to(of_model, 'UTF8')), 'hex'), 8);
                IF EXISTS (SELECT FROM pg_index WHERE indexrelid = to_regclass(named) AND NOT indisvalid) THEN
                    EXECUTE format('DROP INDEX %I', named);  -- of a command that was cut off
                END IF;
                EXECUTE format(
                    'CREATE INDEX IF NOT EXISTS %I ON %I USING hnsw ((vector::halfvec(%s)) halfvec_ip_ops)'
                    ' WHERE model = %L AND ' || CASE given
                        WHEN '' THEN format('language NOT IN (%s)', others) ELSE format('language = %L', given) END,
                    named, kind, width, of_model);
            END LOOP;
        END LOOP;
    END;
    $$
"""
DROP = """
    CREATE FUNCTION sources_drop_vector_indexes(of_model text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    DECLARE
        named text;
    BEGIN
        IF EXISTS (SELECT FROM sources_passagevector WHERE model = of_model)
            OR EXISTS (SELECT FROM sources_readingvector WHERE model = of_model) THEN
            RAISE EXCEPTION 'the model still has vectors';
        END IF;
        FOR named IN
            SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'i' AND relname ~
                ('^sources_(passage|reading)vector_[a-z]+_'
                || left(encode(sha256(convert_to(of_model, 'UTF8')), 'hex'), 8) || '$')
        LOOP
            EXECUTE format('DROP INDEX %I', named);
        END LOOP;
    END;
    $$
"""


class Migration(migrations.Migration):
    dependencies = [('sources', '0015_fill_precision_of_feed_dates')]

    operations = [
        migrations.RunSQL(BUILD, 'DROP FUNCTION sources_index_vectors(text, integer, text[])'),
        migrations.RunSQL(DROP, 'DROP FUNCTION sources_drop_vector_indexes(text)'),
    ]

-- A stand-in for the extension Citus, which Debian doesn't have: functions of the same names and signatures that refuse what Citus 13 refuses of the
-- tables that it is given (src/backend/distributed/commands of citusdata/citus), and write into pg_dist_partition what Citus writes. No row moves
-- anywhere: what it shows is that the tables may be given to Citus so, and that nothing changes the column by which a row lies where it lies. It doesn't
-- show that Citus plans each statement.
SET allow_system_table_mods = on;

CREATE SCHEMA citus;
GRANT USAGE ON SCHEMA citus TO PUBLIC;
CREATE TYPE citus.distribution_type AS ENUM ('hash', 'range', 'append');
CREATE TABLE pg_catalog.pg_dist_partition (
    logicalrelid regclass NOT NULL, partmethod "char" NOT NULL, partkey text, colocationid integer DEFAULT 0 NOT NULL, repmodel "char" DEFAULT 's' NOT NULL
);
CREATE UNIQUE INDEX pg_dist_partition_logical_relid_index ON pg_catalog.pg_dist_partition (logicalrelid);
GRANT SELECT ON pg_catalog.pg_dist_partition TO PUBLIC;

INSERT INTO pg_extension (oid, extname, extowner, extnamespace, extrelocatable, extversion)
    VALUES (pg_nextoid('pg_extension', 'oid', 'pg_extension_oid_index'), 'citus', 10, 'pg_catalog'::regnamespace, false, 'stand-in');

CREATE FUNCTION citus.expect_ours(table_name regclass) RETURNS void LANGUAGE plpgsql AS $$
DECLARE c pg_class;
BEGIN
    SELECT * INTO c FROM pg_class WHERE oid = table_name;
    IF NOT FOUND THEN RAISE 'relation with OID % does not exist', table_name; END IF;
    IF NOT pg_has_role(session_user, c.relowner, 'USAGE') THEN RAISE 'must be owner of table %', c.relname USING ERRCODE = '42501'; END IF;
    IF c.relkind NOT IN ('r', 'p') THEN RAISE '% is not a regular, foreign or partitioned table', c.relname; END IF;
    IF c.relispartition THEN
        RAISE 'cannot distribute relation "%" which is partition of another', c.relname USING HINT = 'Distribute the partitioned table instead.';
    END IF;
    IF EXISTS (SELECT 1 FROM pg_trigger WHERE tgrelid = table_name AND NOT tgisinternal) THEN
        RAISE 'cannot distribute relation "%" because it has triggers', c.relname;
    END IF;
END $$;

CREATE FUNCTION citus.refuse_moving() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE 'modifying the partition value of rows is not allowed' USING ERRCODE = '0A000'; END $$;

CREATE FUNCTION pg_catalog.create_distributed_table(
    table_name regclass, distribution_column text, distribution_type citus.distribution_type DEFAULT 'hash', colocate_with text DEFAULT 'default',
    shard_count int DEFAULT NULL
) RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE place smallint; kind oid; family int; other record;
BEGIN
    PERFORM citus.expect_ours(table_name);
    IF EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = table_name AND NOT (partmethod = 'n' AND repmodel = 's')) THEN
        RAISE 'table "%" is already distributed', table_name USING ERRCODE = '42P16';
    END IF;
    SELECT attnum, atttypid INTO place, kind FROM pg_attribute
        WHERE attrelid = table_name AND attname = distribution_column AND attnum > 0 AND NOT attisdropped;
    IF NOT FOUND THEN RAISE 'column "%" of relation "%" does not exist', distribution_column, table_name USING ERRCODE = '42703'; END IF;
    IF distribution_type <> 'hash' THEN RAISE 'the stand-in knows hash alone'; END IF;
    IF EXISTS (SELECT 1 FROM pg_index WHERE indrelid = table_name AND (indisunique OR indisexclusion) AND NOT place = ANY (indkey)) THEN
        RAISE 'cannot create constraint on "%"', table_name USING ERRCODE = '0A000', DETAIL =
            'Distributed relations cannot have UNIQUE, EXCLUDE, or PRIMARY KEY constraints that do not include the partition column';
    END IF;

    IF colocate_with = 'none' THEN
        SELECT coalesce(max(colocationid), 0) + 1 INTO family FROM pg_dist_partition;
    ELSIF colocate_with = 'default' THEN
        RAISE 'the stand-in wants to be told what a table lies with';
    ELSE
        SELECT p.colocationid, a.atttypid AS kind INTO other FROM pg_dist_partition p JOIN pg_attribute a ON a.attrelid = p.logicalrelid AND a.attname = p.partkey
            WHERE p.logicalrelid = colocate_with::regclass AND p.partmethod = 'h';
        IF NOT FOUND THEN RAISE 'relation % is not distributed', colocate_with; END IF;
        IF other.kind <> kind THEN
            RAISE 'cannot colocate tables % and %', colocate_with, table_name USING DETAIL = 'Distribution column types don''t match.';
        END IF;
        family := other.colocationid;
    END IF;

    FOR other IN SELECT k.conname, k.conkey, k.confkey, p.partmethod, p.repmodel, p.partkey, p.colocationid, k.confrelid
        FROM pg_constraint k LEFT JOIN pg_dist_partition p ON p.logicalrelid = k.confrelid
        WHERE k.conrelid = table_name AND k.contype = 'f' AND k.conparentid = 0 AND k.confrelid <> table_name
    LOOP
        CONTINUE WHEN other.partmethod = 'n' AND other.repmodel = 't';
        IF other.partmethod IS NULL OR other.partmethod <> 'h' OR other.colocationid <> family THEN
            RAISE 'cannot create foreign key constraint since relations are not colocated or not referencing a reference table' USING ERRCODE = '0A000';
        END IF;
        IF NOT EXISTS (SELECT 1 FROM generate_subscripts(other.conkey, 1) i JOIN pg_attribute a ON a.attrelid = other.confrelid AND a.attnum = other.confkey[i]
                WHERE other.conkey[i] = place AND a.attname = other.partkey) THEN
            RAISE 'cannot create foreign key constraint' USING ERRCODE = '0A000', DETAIL =
                'Foreign keys are supported in two cases, either in between two colocated tables including partition column in the same ordinal in the '
                'both tables or from distributed to reference tables';
        END IF;
    END LOOP;
    IF EXISTS (SELECT 1 FROM pg_constraint k JOIN pg_dist_partition p ON p.logicalrelid = k.conrelid
        WHERE k.confrelid = table_name AND k.contype = 'f' AND p.partmethod = 'n') THEN
        RAISE 'cannot create foreign key constraint since foreign keys from reference tables and local tables to distributed tables are not supported';
    END IF;

    DELETE FROM pg_dist_partition WHERE logicalrelid = table_name;
    INSERT INTO pg_dist_partition (logicalrelid, partmethod, partkey, colocationid)
        SELECT c, 'h', distribution_column, family FROM (SELECT table_name UNION SELECT inhrelid::regclass FROM pg_inherits WHERE inhparent = table_name) t (c);
    EXECUTE format('CREATE TRIGGER citus_stand_in BEFORE UPDATE OF %I ON %s FOR EACH ROW EXECUTE FUNCTION citus.refuse_moving()', distribution_column, table_name);
END $$;

CREATE FUNCTION pg_catalog.create_reference_table(table_name regclass) RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    PERFORM citus.expect_ours(table_name);
    IF EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = table_name AND NOT (partmethod = 'n' AND repmodel = 's')) THEN
        RAISE 'table "%" is already distributed', table_name USING ERRCODE = '42P16';
    END IF;
    IF EXISTS (SELECT 1 FROM pg_constraint k JOIN pg_dist_partition p ON p.logicalrelid = k.confrelid
        WHERE k.conrelid = table_name AND k.contype = 'f' AND p.partmethod = 'h') THEN
        RAISE 'cannot create foreign key constraint since foreign keys from reference tables and local tables to distributed tables are not supported';
    END IF;
    DELETE FROM pg_dist_partition WHERE logicalrelid = table_name;
    INSERT INTO pg_dist_partition (logicalrelid, partmethod, repmodel) VALUES (table_name, 'n', 't');
    -- Local tables that refer to a reference table come into the metadata by themselves.
    INSERT INTO pg_dist_partition (logicalrelid, partmethod, repmodel)
        SELECT DISTINCT conrelid::regclass, 'n'::"char", 's'::"char" FROM pg_constraint k
        WHERE k.confrelid = table_name AND k.contype = 'f' AND NOT EXISTS (SELECT 1 FROM pg_dist_partition p WHERE p.logicalrelid = k.conrelid);
END $$;

CREATE FUNCTION pg_catalog.citus_add_local_table_to_metadata(table_name regclass, cascade_via_foreign_keys boolean DEFAULT false)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    PERFORM citus.expect_ours(table_name);
    IF EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = table_name AND partmethod = 'n' AND repmodel = 's') THEN RETURN; END IF;
    IF EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = table_name) THEN RAISE 'table "%" is already distributed', table_name; END IF;
    IF EXISTS (SELECT 1 FROM pg_constraint WHERE contype = 'f' AND conrelid <> confrelid AND table_name IN (conrelid, confrelid)) THEN
        RAISE 'relation % is involved in a foreign key relationship with another table', table_name;
    END IF;
    INSERT INTO pg_dist_partition (logicalrelid, partmethod, repmodel) VALUES (table_name, 'n', 's');
END $$;

SELECT pg_catalog.count(*)::text || '.' || pg_catalog.sum(pg_catalog.hashtextextended(v, 0))::text,
    pg_catalog.pg_backend_pid()
FROM (
    SELECT 'p' || oid::text || '.' || xmin::text AS v FROM pg_catalog.pg_proc WHERE oid >= 16384
    UNION ALL SELECT 't' || oid::text || '.' || xmin::text FROM pg_catalog.pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT 'r' || oid::text || '.' || xmin::text FROM pg_catalog.pg_rewrite WHERE oid >= 16384
    UNION ALL SELECT 'y' || oid::text || '.' || xmin::text FROM pg_catalog.pg_policy
    UNION ALL SELECT 'd' || oid::text || '.' || xmin::text FROM pg_catalog.pg_attrdef
    UNION ALL SELECT 'c' || oid::text || '.' || xmin::text FROM pg_catalog.pg_constraint WHERE oid >= 16384
    UNION ALL SELECT 'i' || inhrelid::text || '.' || xmin::text FROM pg_catalog.pg_inherits WHERE inhparent >= 16384
    UNION ALL SELECT 'x' || indexrelid::text || '.' || xmin::text FROM pg_catalog.pg_index
        WHERE indexprs IS NOT NULL OR indpred IS NOT NULL
    UNION ALL SELECT 'f' || ftrelid::text || '.' || xmin::text FROM pg_catalog.pg_foreign_table
    UNION ALL SELECT 'o' || oid::text || '.' || xmin::text FROM pg_catalog.pg_operator WHERE oid >= 16384
    UNION ALL SELECT 's' || oid::text || '.' || xmin::text FROM pg_catalog.pg_cast WHERE oid >= 16384
    UNION ALL SELECT 'n' || oid::text || '.' || relname || '.' FROM pg_catalog.pg_class
        WHERE oid >= 16384 AND relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND relpersistence <> 't'
) all_of_them

SELECT 'function', p.proname::text,
    CASE p.prokind WHEN 'a' THEN 'aggregate' ELSE l.lanname::text END,
    CASE WHEN l.lanname IN ('sql', 'plpgsql')
        THEN COALESCE(pg_catalog.pg_get_function_sqlbody(p.oid), p.prosrc) END,
    e.extname::text,
    pg_catalog.array_to_string(p.proconfig, ' '),
    p.oid::text || '.' || p.xmin::text
FROM pg_catalog.pg_proc p
JOIN pg_catalog.pg_language l ON l.oid = p.prolang
LEFT JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_proc'::regclass AND d.objid = p.oid
    AND d.refclassid = 'pg_catalog.pg_extension'::regclass AND d.deptype = 'e'
LEFT JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid
WHERE p.oid >= 16384

UNION ALL
SELECT 'aggregate', p.proname::text, f.proname::text, NULL, NULL, NULL, NULL
FROM pg_catalog.pg_aggregate a
JOIN pg_catalog.pg_proc p ON p.oid = a.aggfnoid
JOIN pg_catalog.pg_proc f
    ON f.oid IN (a.aggtransfn, a.aggfinalfn, a.aggcombinefn, a.aggmtransfn, a.aggminvtransfn, a.aggmfinalfn)
WHERE p.oid >= 16384 AND f.oid >= 16384

UNION ALL
SELECT 'trigger', c.relname::text, p.proname::text, NULL, NULL, NULL, NULL
FROM pg_catalog.pg_trigger t
JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid
WHERE NOT t.tgisinternal

UNION ALL
SELECT 'expression', c.relname::text,
    pg_catalog.substring(pg_catalog.pg_get_triggerdef(t.oid), ' WHEN [(](.*)[)] EXECUTE '), NULL, NULL, NULL, NULL
FROM pg_catalog.pg_trigger t
JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
WHERE NOT t.tgisinternal AND t.tgqual IS NOT NULL

UNION ALL
SELECT 'text', c.relname::text, pg_catalog.pg_get_viewdef(c.oid), NULL, NULL, NULL, NULL
FROM pg_catalog.pg_class c
WHERE c.oid >= 16384 AND c.relkind IN ('v', 'm')

UNION ALL
SELECT 'rule', c.relname::text,
    pg_catalog.regexp_replace(pg_catalog.pg_get_ruledef(r.oid), '^CREATE RULE ', ''), NULL, NULL, NULL, NULL
FROM pg_catalog.pg_rewrite r
JOIN pg_catalog.pg_class c ON c.oid = r.ev_class
WHERE r.oid >= 16384 AND r.rulename <> '_RETURN'

UNION ALL
SELECT 'expression', c.relname::text, pg_catalog.pg_get_expr(t.expression, c.oid), NULL, NULL, NULL, NULL
FROM (
    SELECT polrelid AS relation, polqual AS expression FROM pg_catalog.pg_policy
    UNION ALL SELECT polrelid, polwithcheck FROM pg_catalog.pg_policy
    UNION ALL SELECT adrelid, adbin FROM pg_catalog.pg_attrdef
    UNION ALL SELECT conrelid, conbin FROM pg_catalog.pg_constraint WHERE conrelid <> 0
    UNION ALL SELECT indrelid, indexprs FROM pg_catalog.pg_index
    UNION ALL SELECT indrelid, indpred FROM pg_catalog.pg_index
    UNION ALL SELECT partrelid, partexprs FROM pg_catalog.pg_partitioned_table
) t
JOIN pg_catalog.pg_class c ON c.oid = t.relation
WHERE t.expression IS NOT NULL AND c.oid >= 16384

UNION ALL
SELECT 'expression', c.relname::text, 'nextval(identity)', NULL, NULL, NULL, NULL
FROM pg_catalog.pg_attribute a
JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
WHERE a.attidentity <> ''

UNION ALL
SELECT 'part', p.relname::text, c.relname::text, NULL, NULL, NULL, NULL
FROM (
    SELECT inhparent AS whole, inhrelid AS part FROM pg_catalog.pg_inherits
    UNION SELECT confrelid, conrelid FROM pg_catalog.pg_constraint
        WHERE contype = 'f' AND (confdeltype NOT IN ('a', 'r') OR confupdtype NOT IN ('a', 'r'))
) t
JOIN pg_catalog.pg_class p ON p.oid = t.whole
JOIN pg_catalog.pg_class c ON c.oid = t.part
WHERE p.relname <> c.relname

UNION ALL
SELECT 'foreign', c.relname::text, NULL, NULL, NULL, NULL, NULL
FROM pg_catalog.pg_class c
WHERE c.relkind = 'f'

UNION ALL
SELECT 'operator', t.what, p.proname::text, NULL, NULL, NULL, NULL
FROM (
    SELECT oprname::text AS what, oprcode::oid AS function FROM pg_catalog.pg_operator WHERE oid >= 16384
    UNION ALL SELECT 'cast', castfunc FROM pg_catalog.pg_cast WHERE oid >= 16384
) t
JOIN pg_catalog.pg_proc p ON p.oid = t.function
JOIN pg_catalog.pg_language l ON l.oid = p.prolang
WHERE p.oid >= 16384 AND l.lanname NOT IN ('c', 'internal')

UNION ALL
SELECT 'domain', t.typname::text, pg_catalog.pg_get_expr(c.conbin, 0), NULL, NULL, NULL, NULL
FROM pg_catalog.pg_constraint c
JOIN pg_catalog.pg_type t ON t.oid = c.contypid
WHERE c.conrelid = 0 AND c.conbin IS NOT NULL AND t.oid >= 16384

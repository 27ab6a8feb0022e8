-- Pieces of text are found by their trigrams. Part of PostgreSQL's own contributed modules; whoever owns the database
-- may turn it on.
CREATE EXTENSION IF NOT EXISTS "pg_trgm";

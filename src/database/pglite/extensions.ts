import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';

/** The extensions that our tables need: trigrams find pieces of text by an index. PostgreSQL brings its own. */
export const extensions = { pg_trgm };

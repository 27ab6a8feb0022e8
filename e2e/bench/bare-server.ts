import { PGlite } from '@electric-sql/pglite';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import pg from 'pg';

// The floor under the workspace: the same framework and database doing the same row reads and writes, with no
// authentication, validation, limits or presentation. On the PostgreSQL of the URL that it is given, else on PGlite.
// Prints its port when it listens; ends when its input does.

const rowCount = 50;
const [, , databaseUrl] = process.argv;

type Query = <Row extends object>(text: string, values?: unknown[]) => Promise<{ rows: Row[] }>;

async function openDatabase(): Promise<Query> {
  if (databaseUrl === undefined) {
    const pglite = await PGlite.create();
    return (text, values) => pglite.query(text, values);
  }
  const pool = new pg.Pool({ connectionString: databaseUrl });
  return (text, values) => pool.query(text, values);
}

const query = await openDatabase();
// In a schema of its own: the product's tables may be in the same database.
for (const statement of [
  'create schema floor',
  'create table floor.ticket_types (id int primary key, name text, icon text, category text, updated_at int)',
  `create table floor.attributes
    (id int primary key, ticket_type_id int references floor.ticket_types, name text, data_type text)`,
  'create index on floor.attributes (ticket_type_id)',
  `insert into floor.ticket_types
    select i, 'Ticket type ' || i, '🎟️', 'Customer', 1700000000 from generate_series(1, ${rowCount}) i`,
  `insert into floor.attributes
    select i, (i - 1) / 4 + 1, 'Attribute ' || i, 'string' from generate_series(1, ${rowCount * 4}) i`,
]) {
  await query(statement);
}

interface Attribute {
  ticket_type_id: number;
}

const app = new Hono();
app.get('/ticket_types', async (context) => {
  const types = await query<{ id: number }>('select * from floor.ticket_types order by id');
  const attributes = await query<Attribute>('select * from floor.attributes order by id');
  const byType = new Map<number, Attribute[]>();
  for (const attribute of attributes.rows) {
    const siblings = byType.get(attribute.ticket_type_id) ?? [];
    byType.set(attribute.ticket_type_id, [...siblings, attribute]);
  }
  return context.json({ data: types.rows.map((row) => ({ ...row, attributes: byType.get(row.id) })) });
});
app.get('/ticket_types/:id', async (context) => {
  const id = Number(context.req.param('id'));
  const types = await query<{ id: number }>('select * from floor.ticket_types where id = $1', [id]);
  const attributes = await query<Attribute>('select * from floor.attributes where ticket_type_id = $1', [id]);
  return context.json({ ...types.rows[0], attributes: attributes.rows });
});
app.put('/ticket_types/:id', async (context) => {
  const { name } = await context.req.json<{ name: string }>();
  const id = Number(context.req.param('id'));
  const updated = await query<{ id: number }>('update floor.ticket_types set name = $1 where id = $2 returning *', [
    name,
    id,
  ]);
  const attributes = await query<Attribute>('select * from floor.attributes where ticket_type_id = $1', [id]);
  return context.json({ ...updated.rows[0], attributes: attributes.rows });
});

serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => process.stdout.write(`${port}\n`));
process.stdin.on('end', () => process.exit(0)).resume();

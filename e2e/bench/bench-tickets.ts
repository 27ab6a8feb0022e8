import { startPostgresqlServer } from '#database/testing.server.ts';
import { printLines } from './lines.ts';
import { ticketLines } from './tickets.ts';

// Reading and writing tickets in a workspace of the design's size, on both databases. BENCH_TICKETS asks for another
// size, BENCH_DATABASE for one of the two: filling a million takes minutes.

const size = Number(process.env.BENCH_TICKETS ?? 1_000_000);
const only = process.env.BENCH_DATABASE;
if (only !== 'pglite') {
  const postgresql = await startPostgresqlServer();
  try {
    printLines(await ticketLines(size, postgresql.url));
  } finally {
    await postgresql.stop();
  }
}
if (only !== 'postgresql') printLines(await ticketLines(size));

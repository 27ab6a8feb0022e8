import { setImmediate } from 'node:timers/promises';
import { pino } from 'pino';
import { openDatabase } from './database.ts';

// A process for tests to kill: it writes rows and says the number of each once the database has acknowledged it.
const dataDir = process.argv[2] ?? '.data';
const databaseUrl = process.argv[3];
const rows = Number(process.argv[4] ?? Number.POSITIVE_INFINITY);

try {
  const database = await openDatabase({ dataDir, databaseUrl, log: pino({ level: 'silent' }) });
  await database.executeSql('create table if not exists written (id int primary key, half text)');
  process.stdout.write('open\n');
  for (let id = 1; id <= rows; id += 1) {
    await database.executeSql(`begin; insert into written values (${id}, 'a'), (${-id}, 'b'); commit`);
    process.stdout.write(`${id}\n`);
    // As a server does: otherwise its timers never have a turn.
    await setImmediate();
  }
  await database.close();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

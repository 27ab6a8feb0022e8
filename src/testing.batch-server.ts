import { parseConfig } from './config.ts';
import { startServer } from './start-server.ts';

// A server for tests to kill. Says where it is, once it is ready.
const server = await startServer(parseConfig(process.env), { dashboardDir: process.argv[2] ?? '' });
process.stdout.write(`${server.urls.dashboard}\n`);

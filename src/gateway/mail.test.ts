import { once } from 'node:events';
import { createServer } from 'node:net';
import { pino } from 'pino';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, describe, expect, test } from 'vitest';
import { createMailer } from './mail.ts';
import { isMailAddress, readMailbox } from './mail-address.ts';
import { makeTestCertificate } from './testing.certificate.ts';

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

function openLog() {
  const lines: string[] = [];
  return { lines, log: pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) }) };
}

interface Received {
  from: string;
  to: string[];
  raw: string;
  user: string | undefined;
}

/** A mail server on the loopback interface, and what it accepted. */
async function startMailServer(options: SMTPServerOptions = {}) {
  const received: Received[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    onAuth: ({ username, password }, _session, done) =>
      password === 'pa ss/wörd' ? done(null, { user: username }) : done(new Error('No such password: hunter2')),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        received.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks).toString(),
          user: session.user,
        });
        done();
      });
    },
    ...options,
  });
  server.on('error', () => {});
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  stops.push(() => server.close());
  return { port: portOf(server.server.address()), received };
}

function portOf(address: unknown): number {
  return (address as { port: number }).port;
}

const from = 'Deskbell <desk@deskbell.example>';
const mail = { to: 'ana@customer.example', subject: 'Your invitation', text: 'Open https://x/#link-1f39f\n' };

const headersOf = ({ raw }: Received) => raw.slice(0, raw.indexOf('\r\n\r\n')).replace(/\r\n[ \t]/g, ' ');

describe('a mail', () => {
  test('arrives as plain text, from the sender of the settings, to one person', async () => {
    const { port, received } = await startMailServer();
    const { lines, log } = openLog();
    expect(await createMailer({ smtpUrl: `smtp://127.0.0.1:${port}`, from }, log).send(mail)).toBe(true);
    expect(received).toMatchObject([{ from: 'desk@deskbell.example', to: ['ana@customer.example'], user: undefined }]);
    const [sent] = received as [Received];
    expect(headersOf(sent)).toMatch(/^From: Deskbell <desk@deskbell\.example>$/m);
    expect(headersOf(sent)).toMatch(/^To: ana@customer\.example$/m);
    expect(headersOf(sent)).toMatch(/^Subject: Your invitation$/m);
    expect(headersOf(sent)).toMatch(/^Content-Type: text\/plain; charset=utf-8$/m);
    expect(headersOf(sent)).toMatch(/^Auto-Submitted: auto-generated$/m);
    expect(sent.raw.slice(sent.raw.indexOf('\r\n\r\n'))).toContain('https://x/#link-1f39f');
    expect(lines).toEqual([]);
  });

  test('is sent with the user and the password of the settings', async () => {
    const { port, received } = await startMailServer({ authOptional: false });
    const smtpUrl = `smtp://desk%40x:pa%20ss%2Fw%C3%B6rd@127.0.0.1:${port}`;
    expect(await createMailer({ smtpUrl, from }, openLog().log).send(mail)).toBe(true);
    expect(received).toMatchObject([{ user: 'desk@x' }]);
  });

  test('goes to this machine encrypted where the server asks for it, whoever made its certificate', async () => {
    const seen: boolean[] = [];
    const { cert, key } = makeTestCertificate();
    const { port } = await startMailServer({
      disabledCommands: [],
      cert,
      key,
      onMailFrom: (_address, session, done) => {
        seen.push(session.secure);
        done();
      },
    });
    expect(await createMailer({ smtpUrl: `smtp://localhost:${port}`, from }, openLog().log).send(mail)).toBe(true);
    expect(seen).toEqual([true]);
  });

  test.each([
    ['CR LF', 'Hello\r\nBcc: eve@evil.invalid\r\n\r\nBody', 'Hello Bcc: eve@evil.invalid Body'],
    ['LF', 'Hello\nBcc: eve@evil.invalid', 'Hello Bcc: eve@evil.invalid'],
    ['CR', 'Hello\rBcc: eve@evil.invalid', 'Hello Bcc: eve@evil.invalid'],
    ['NUL and CR LF', 'Hello\0\r\nBcc: eve@evil.invalid', 'Hello Bcc: eve@evil.invalid'],
    ['CR LF in other letters', 'Grüße\r\nBcc: eve@x', '=?UTF-8?Q?Gr=C3=BC=C3=9Fe_Bcc=3A_eve=40x?='],
  ])('has no header more for a subject with %s', async (_, subject, expected) => {
    const { port, received } = await startMailServer();
    const mailer = createMailer({ smtpUrl: `smtp://127.0.0.1:${port}`, from }, openLog().log);
    expect(await mailer.send({ ...mail, subject })).toBe(true);
    expect(received[0]?.to).toEqual(['ana@customer.example']);
    expect(headersOf(received[0] as Received)).not.toMatch(/^Bcc/im);
    expect(headersOf(received[0] as Received).split('\r\n')).toContain(`Subject: ${expected}`);
  });

  test.each([
    'ana@customer.example\r\nBcc: eve@evil.invalid',
    'ana@customer.example\r\n',
    'ana@customer.example\n',
    'ana@customer.example, eve@evil.invalid',
    'ana@customer.example;eve@evil.invalid',
    'Ana <ana@customer.example>',
    '"eve@evil.invalid x"@customer.example',
    'group:eve@evil.invalid;',
    '<ana@customer.example> RCPT TO:<eve@evil.invalid>',
    'ana@customer.example ',
    'ana',
    '',
  ])('is sent to nobody for the recipient %j', async (to) => {
    const { port, received } = await startMailServer();
    const { lines, log } = openLog();
    const mailer = createMailer({ smtpUrl: `smtp://127.0.0.1:${port}`, from }, log);
    expect(await mailer.send({ ...mail, to })).toBe(false);
    expect(received).toEqual([]);
    expect(lines).toHaveLength(1);
  });
});

test.each([
  ['none', ['STARTTLS']],
  ['one that nobody vouches for', []],
])('a password goes to no other machine over a connection whose encryption is %s', async (_, disabledCommands) => {
  const asked: unknown[] = [];
  const { cert, key } = makeTestCertificate();
  const onAuth: SMTPServerOptions['onAuth'] = (auth, _session, done) => {
    asked.push(auth);
    done(null, { user: 'desk' });
  };
  const { port, received } = await startMailServer({ disabledCommands, cert, key, onAuth, allowInsecureAuth: true });
  // This machine under a name that is not only its own.
  const smtpUrl = `smtp://desk:p4ssword@0.0.0.0:${port}`;
  const { lines, log } = openLog();
  expect(await createMailer({ smtpUrl, from }, log).send(mail)).toBe(false);
  expect({ asked, received }).toEqual({ asked: [], received: [] });
  expect(lines).toEqual([expect.stringMatching(/"code":"(?:ETLS|ESOCKET)"/)]);
});

describe('a mail that is not accepted is false, and the log says why but not what it said', () => {
  const refuse = (message: string, responseCode: number) => Object.assign(new Error(message), { responseCode });
  const secrets = /ana@|invitation|link-1f39f|hunter2|p4ssword/i;

  test.each<[string, SMTPServerOptions, string, RegExp]>([
    [
      'the sender',
      { onMailFrom: (_a, _s, done) => done(refuse('No <ana@customer.example>', 550)) },
      '',
      /"responseCode":550/,
    ],
    [
      'the recipient',
      { onRcptTo: (_a, _s, done) => done(refuse('No <ana@customer.example>', 550)) },
      '',
      /"responseCode":550/,
    ],
    [
      'the text',
      {
        onData: (stream, _s, done) =>
          void stream.resume().on('end', () => done(refuse('Spam: https://x/#link-1f39f', 554))),
      },
      '',
      /"responseCode":554/,
    ],
    ['the password', { authOptional: false }, 'desk:p4ssword@', /"code":"EAUTH".*"responseCode":535/],
    ['everyone without a password', { authOptional: false }, '', /"responseCode":530/],
    ['a connection', { onConnect: (_s, done) => done(refuse('Go away', 421)) }, '', /"responseCode":421/],
  ])('when the server refuses %s', async (_, options, user, reason) => {
    const { port, received } = await startMailServer(options);
    const { lines, log } = openLog();
    expect(await createMailer({ smtpUrl: `smtp://${user}127.0.0.1:${port}`, from }, log).send(mail)).toBe(false);
    expect(received).toEqual([]);
    expect(lines).toEqual([expect.stringMatching(reason)]);
    expect(lines[0]).not.toMatch(secrets);
  });

  test('when there is no server', async () => {
    const probe = createServer().listen(0, '127.0.0.1');
    await once(probe, 'listening');
    const port = portOf(probe.address());
    probe.close();
    const { lines, log } = openLog();
    expect(await createMailer({ smtpUrl: `smtp://127.0.0.1:${port}`, from }, log).send(mail)).toBe(false);
    expect(lines).toEqual([expect.stringContaining('a mail was not sent')]);
  });

  test.each([
    ['never greets', ''],
    ['greets and then hangs', '220 hello\r\n'],
    ['greets and then drips an answer without an end', 'drip'],
  ])('when the server %s, after no longer than was said', async (_, greeting) => {
    const server = createServer((socket) => {
      socket.on('error', () => {});
      if (greeting !== 'drip') return void socket.write(greeting);
      socket.write('220 hello\r\n');
      const drip = setInterval(() => socket.write('250-wait\r\n'), 50);
      socket.on('close', () => clearInterval(drip));
      stops.push(() => socket.destroy());
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    stops.push(() => server.close());
    const { lines, log } = openLog();
    const smtpUrl = `smtp://127.0.0.1:${portOf(server.address())}`;
    const startedAt = performance.now();
    expect(await createMailer({ smtpUrl, from }, log, { patienceMs: 400 }).send(mail)).toBe(false);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    expect(lines).toEqual([expect.stringContaining('"code":"ETIMEDOUT"')]);
  });

  test('when no server is set', async () => {
    const { lines, log } = openLog();
    expect(await createMailer(undefined, log).send(mail)).toBe(false);
    expect(lines).toEqual([expect.stringContaining('SMTP_URL is not set')]);
    expect(lines[0]).not.toMatch(secrets);
  });
});

describe('a mailbox', () => {
  test.each([
    ['desk@example.com', '', 'desk@example.com'],
    ['Deskbell <desk@example.com>', 'Deskbell', 'desk@example.com'],
    ['"Ana, of Deskbell" <a+b@mail.example.com>', 'Ana, of Deskbell', 'a+b@mail.example.com'],
    ['Süd & Co <desk@example.com>', 'Süd & Co', 'desk@example.com'],
  ])('is read from %s', (text, name, address) => {
    expect(readMailbox(text)).toEqual({ name, address });
  });

  test.each([
    'desk',
    '@example.com',
    'desk@',
    'a@b@c',
    'a b@example.com',
    '<desk@example.com>',
    'Desk <desk@example.com> x',
    'Desk\r\nBcc: x <desk@example.com>',
    'Desk <desk@example.com>\n',
    'a@x.example, b@x.example',
    `${'a'.repeat(65)}@example.com`,
    `a@${'b'.repeat(260)}`,
  ])('is not read from %j', (text) => {
    expect(readMailbox(text)).toBeUndefined();
    expect(isMailAddress(text)).toBe(false);
  });
});

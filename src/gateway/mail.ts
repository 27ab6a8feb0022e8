import { isIP } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { createTransport } from 'nodemailer';
import type { Logger } from 'pino';
import { isLoopbackHost } from './guard.ts';
import { isMailAddress, readMailbox } from './mail-address.ts';

export interface Mail {
  /** One plain address. */
  to: string;
  subject: string;
  text: string;
}

export interface Mailer {
  /**
   * Whether the mail server accepted the mail. Never throws, and takes no longer than `patienceMs`; a mail that was
   * given up may still arrive. The log says why, without anything that stands in the mail.
   */
  send(mail: Mail): Promise<boolean>;
}

interface MailSettings {
  smtpUrl: string;
  from: string;
}

/** Sends plain-text mail through the SMTP server of the settings; without settings, nothing. */
export function createMailer(
  settings: MailSettings | undefined,
  log: Pick<Logger, 'warn'>,
  { patienceMs = 20_000 } = {},
): Mailer {
  if (settings === undefined) {
    return {
      send: async () => {
        log.warn('a mail was not sent: SMTP_URL is not set');
        return false;
      },
    };
  }
  const transport = createTransport(connectionOf(settings.smtpUrl, patienceMs));
  const from = readMailbox(settings.from);
  if (from === undefined) throw new Error('The sender is no mailbox.');

  return {
    send: async ({ to, subject, text }) => {
      if (!isMailAddress(to)) {
        log.warn('a mail was not sent: its recipient is no plain mail address');
        return false;
      }
      const patience = new AbortController();
      const late = wait(patienceMs, undefined, { signal: patience.signal }).then(() => {
        throw Object.assign(new Error('late'), { code: 'ETIMEDOUT' });
      });
      const sent = transport.sendMail({
        from,
        to: { name: '', address: to },
        // What is on two lines would be two headers to a reader that is less careful than the library.
        subject: subject.replace(/\p{Cc}+/gu, ' '),
        text,
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
      // Whichever of the two comes second is nobody's to catch.
      for (const promise of [late, sent]) promise.catch(() => {});
      try {
        await Promise.race([sent, late]);
        return true;
      } catch (error) {
        log.warn(reasonOf(error), 'a mail was not sent');
        return false;
      } finally {
        patience.abort();
      }
    },
  };
}

function connectionOf(smtpUrl: string, patienceMs: number) {
  const { protocol, hostname, port, username, password } = new URL(smtpUrl);
  const host = hostname.replace(/^\[|\]$/g, '');
  const isSecure = protocol === 'smtps:';
  const isHere = isLoopbackHost(hostname);
  return {
    host,
    port: Number(port) || (isSecure ? 465 : 587),
    secure: isSecure,
    // A password goes out encrypted or not at all. On this machine there is nobody to hide it from, and a server there
    // often has a certificate that it made itself.
    requireTLS: username !== '' && !isHere,
    tls: { minVersion: 'TLSv1.2' as const, rejectUnauthorized: !isHere, ...(isIP(host) === 0 && { servername: host }) },
    ...(username !== '' && { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
    dnsTimeout: patienceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** Codes only: a server's own words may repeat the mail's. */
function reasonOf(error: unknown): Record<string, unknown> {
  const { code, command, responseCode } = error as { code?: unknown; command?: unknown; responseCode?: unknown };
  return { code, command, responseCode };
}

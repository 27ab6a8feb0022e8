import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createSecureContext, type SecureContextOptions } from 'node:tls';
import { StartError } from './start-error.ts';

/**
 * Reads a certificate, with those that lead to it, and its key. Throws a `StartError` that names the setting to
 * change, without repeating what stands in it or in the file.
 */
export async function readTls(files: { certFile: string; keyFile: string }): Promise<SecureContextOptions> {
  const cert = await readSetting('TLS_CERT_FILE', files.certFile);
  const key = await readSetting('TLS_KEY_FILE', files.keyFile);
  const certificate = tryTo(
    () => new X509Certificate(cert),
    'TLS_CERT_FILE must name a file with a certificate in PEM form',
  );
  const privateKey = tryTo(
    () => createPrivateKey(key),
    'TLS_KEY_FILE must name a file with a private key in PEM form and without a passphrase',
  );
  if (!certificate.checkPrivateKey(privateKey)) {
    throw new StartError('TLS_KEY_FILE must name the key that belongs to the certificate of TLS_CERT_FILE.');
  }
  const options = { cert, key, minVersion: 'TLSv1.2' } as const;
  tryTo(() => createSecureContext(options), 'TLS_CERT_FILE and its key cannot be used for https');
  return options;
}

async function readSetting(setting: string, file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : 'unknown reason';
    throw new StartError(`${setting} must name a file that Deskbell can read (${code}).`, { cause: error });
  }
}

function tryTo<Value>(action: () => Value, otherwise: string): Value {
  try {
    return action();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : 'unknown reason';
    throw new StartError(`${otherwise} (${code}).`, { cause: error });
  }
}

import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import type { addPasskey, signInPasskey, startPasskey, startPasskeySignIn } from '#contract/gateway/passkeys.ts';
import type { BodyOf, ResponseOf } from '#contract/operation.ts';

type Creation = ResponseOf<typeof startPasskey>['options'];
type Request = ResponseOf<typeof startPasskeySignIn>['options'];

/** What the browser and the authenticator say, truly or not. */
export interface Claims {
  /** The origin of the page that asked. */
  origin: string;
  /** The domain that it is for, when another than the one asked for. */
  domain?: string;
  /** Whether the person has shown themselves: by finger, face or PIN. */
  isShown?: boolean;
  /** How often it has signed; 0 for one that does not count. */
  counter?: number;
}

const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest();

/** A passkey with everything around it that signs, in a few lines: unlike a real one it can be made to lie. */
export class TestPasskey {
  readonly id: string;
  readonly #publicKey: KeyObject;
  readonly #privateKey: KeyObject;

  constructor(id = randomBytes(16).toString('base64url')) {
    this.id = id;
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.#publicKey = publicKey;
    this.#privateKey = privateKey;
  }

  /** What `navigator.credentials.create` would give. */
  create(options: Creation, claims: Claims): BodyOf<typeof addPasskey>['credential'] {
    const clientDataJSON = clientData('webauthn.create', options.challenge, claims);
    const id = Buffer.from(this.id, 'base64url');
    const idLength = Buffer.from([0, id.length]);
    const attested = Buffer.concat([Buffer.alloc(16), idLength, id, this.#coseKey()]);
    const authData = Buffer.concat([authenticatorData(options.rp.id, claims, 0x40), attested]);
    // CBOR: { fmt: 'none', attStmt: {}, authData }
    const head = Buffer.concat([Buffer.from('a363666d74646e6f6e656761747453746d74a0686175746844617461', 'hex')]);
    const length = Buffer.from([0x59, authData.length >> 8, authData.length & 0xff]);
    const attestationObject = Buffer.concat([head, length, authData]).toString('base64url');
    const response = { clientDataJSON: clientDataJSON.toString('base64url'), attestationObject };
    return { id: this.id, rawId: this.id, type: 'public-key', response };
  }

  /** What `navigator.credentials.get` would give. */
  get(options: Request, claims: Claims): BodyOf<typeof signInPasskey>['credential'] {
    const clientDataJSON = clientData('webauthn.get', options.challenge, claims);
    const data = authenticatorData(options.rpId, claims, 0);
    const signature = sign('sha256', Buffer.concat([data, sha256(clientDataJSON)]), this.#privateKey);
    const response = {
      clientDataJSON: clientDataJSON.toString('base64url'),
      authenticatorData: data.toString('base64url'),
      signature: signature.toString('base64url'),
    };
    return { id: this.id, rawId: this.id, type: 'public-key', response };
  }

  /** CBOR: an EC2 key of P-256 for ES256. */
  #coseKey(): Buffer {
    const { x = '', y = '' } = this.#publicKey.export({ format: 'jwk' });
    const part = (label: number, value: string) =>
      Buffer.concat([Buffer.from([label, 0x58, 0x20]), Buffer.from(value, 'base64url')]);
    return Buffer.concat([Buffer.from('a5010203262001', 'hex'), part(0x21, x), part(0x22, y)]);
  }
}

function clientData(type: string, challenge: string, { origin }: Claims): Buffer {
  return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
}

function authenticatorData(asked: string, { domain = asked, isShown = true, counter = 0 }: Claims, more: number) {
  const isThere = 0x01;
  const flags = isThere | (isShown ? 0x04 : 0) | more;
  const count = Buffer.alloc(4);
  count.writeUInt32BE(counter);
  return Buffer.concat([sha256(domain), Buffer.from([flags]), count]);
}

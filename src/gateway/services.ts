import type { Context } from 'hono';
import type { Logger } from 'pino';
import type { Db } from '#database/database.ts';
import type { CarryOut } from './activity/write.ts';
import type { ActAs, FindActor } from './actor/actor.ts';
import type { SignInService } from './auth/sign-in-service.ts';
import type { Throttle } from './auth/throttle.ts';
import type { Events } from './events/events.ts';
import type { GatewayEnv } from './gateway-env.ts';
import type { Upstream } from './upstream.ts';

/** A message to one person. */
export interface Mail {
  to: string;
  subject: string;
  text: string;
}

/** What the gateway's own operations work with. */
export interface Services {
  db: Db;
  signIn: SignInService;
  throttle: Throttle;
  upstream: Upstream;
  carryOut: CarryOut;
  findActor: FindActor;
  actAs: ActAs;
  events: Events;
  /** Says that there is something to do for a batch. */
  wakeBatch: (id: string) => void;
  /** The origin that links lead to. */
  origin: () => string;
  /** Resolves to whether it was sent; undefined where no mail is set up. */
  sendMail: ((mail: Mail) => Promise<boolean>) | undefined;
  /** Says something to whoever runs Deskbell, on its console. */
  tell: (line: string) => void;
  /** The network address of whoever sends a request; `key` is what counts as one address for throttling. */
  addressOf: (c: Context<GatewayEnv>) => { address: string; key: string };
  log: Logger;
}

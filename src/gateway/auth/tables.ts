import { bigint, boolean, index, integer, pgTable, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core';
import type { Role } from '#contract/gateway/roles.ts';

// The names of the keys are better-auth's, which reads and writes most of these tables; those of the columns are ours.

const time = (name: string) => timestamp(name, { withTimezone: true });

export const people = pgTable(
  'people',
  {
    id: text().primaryKey(),
    name: text().notNull(),
    /** As `normalEmail` gives it. */
    email: text().notNull().unique(),
    emailVerified: boolean('email_verified').notNull().default(false),
    image: text(),
    twoFactorEnabled: boolean('two_factor_enabled').notNull().default(false),
    roles: text().array().$type<Role[]>().notNull(),
    /** One of the accounts that the demo offers to everyone; nobody else can sign in with it. */
    isDemo: boolean('is_demo').notNull().default(false),
    deactivatedAt: time('deactivated_at'),
    lastSeenAt: time('last_seen_at'),
    createdAt: time('created_at').notNull().defaultNow(),
    updatedAt: time('updated_at').notNull().defaultNow(),
  },
  (table) => [index('people_by_name').on(table.name, table.id)],
);

const personId = () =>
  text('person_id')
    .notNull()
    .references(() => people.id, { onDelete: 'cascade' });

export const sessions = pgTable(
  'sessions',
  {
    id: text().primaryKey(),
    /** Of no use without the signature that only the cookie has. */
    token: text().notNull().unique(),
    userId: personId(),
    expiresAt: time('expires_at').notNull(),
    ipAddress: text('address'),
    userAgent: text('user_agent'),
    /** How and by which request it was opened. A trigger makes the log's entry of it, in the same transaction. */
    operation: text(),
    requestId: text('request_id'),
    createdAt: time('created_at').notNull(),
    updatedAt: time('updated_at').notNull(),
  },
  (table) => [index('sessions_of_person').on(table.userId), index('sessions_by_expiry').on(table.expiresAt)],
);

/** One way to sign in of one person: a password, or an account at the single sign-on provider. */
export const accounts = pgTable(
  'accounts',
  {
    id: text().primaryKey(),
    accountId: text('account_id').notNull(),
    providerId: text('provider_id').notNull(),
    userId: personId(),
    accessToken: text('access_token'),
    refreshToken: text('refresh_token'),
    idToken: text('id_token'),
    accessTokenExpiresAt: time('access_token_expires_at'),
    refreshTokenExpiresAt: time('refresh_token_expires_at'),
    scope: text(),
    /** A salted scrypt hash. */
    password: text(),
    createdAt: time('created_at').notNull().defaultNow(),
    updatedAt: time('updated_at').notNull().defaultNow(),
  },
  (table) => [
    index('accounts_of_person').on(table.userId),
    uniqueIndex('accounts_at_provider').on(table.providerId, table.accountId),
  ],
);

export const verifications = pgTable(
  'verifications',
  {
    id: text().primaryKey(),
    identifier: text().notNull(),
    value: text().notNull(),
    expiresAt: time('expires_at').notNull(),
    createdAt: time('created_at').notNull().defaultNow(),
    updatedAt: time('updated_at').notNull().defaultNow(),
  },
  (table) => [
    index('verifications_by_identifier').on(table.identifier),
    index('verifications_by_expiry').on(table.expiresAt),
  ],
);

export const secondFactors = pgTable(
  'second_factors',
  {
    id: text().primaryKey(),
    userId: personId(),
    /** Both encrypted with the session secret. */
    secret: text().notNull(),
    backupCodes: text('backup_codes').notNull(),
    verified: boolean().notNull().default(false),
    failedVerificationCount: integer('failed_verification_count').notNull().default(0),
    lockedUntil: time('locked_until'),
  },
  (table) => [uniqueIndex('second_factor_of_person').on(table.userId)],
);

/** What signs in for a person without a password: here is only the public half, which needs no keeping secret. */
export const passkeys = pgTable(
  'passkeys',
  {
    id: text().primaryKey(),
    userId: personId(),
    name: text().notNull(),
    credentialID: text('credential_id').notNull().unique(),
    publicKey: text('public_key').notNull(),
    /** How often it has signed, for those that count. 32 bits without a sign. */
    counter: bigint({ mode: 'number' }).notNull(),
    deviceType: text('device_type').notNull(),
    /** Whether it is kept elsewhere too, as by a password manager. */
    backedUp: boolean('backed_up').notNull(),
    transports: text(),
    /** Which model made it. */
    aaguid: text(),
    createdAt: time('created_at').notNull().defaultNow(),
  },
  (table) => [index('passkeys_of_person').on(table.userId)],
);

export const linkKinds = ['set_up', 'invitation', 'password_reset'] as const;

/** Links that let someone in once: of their tokens only the hash is kept. */
export const accessLinks = pgTable(
  'access_links',
  {
    tokenHash: text('token_hash').primaryKey(),
    kind: text().$type<(typeof linkKinds)[number]>().notNull(),
    /** Null for the set-up of the first owner. */
    userId: text('person_id').references(() => people.id, { onDelete: 'cascade' }),
    expiresAt: time('expires_at').notNull(),
    createdAt: time('created_at').notNull().defaultNow(),
  },
  (table) => [index('access_links_of_person').on(table.userId), index('access_links_by_expiry').on(table.expiresAt)],
);

/** One row: which secret the last process to start signs sessions with, as a fingerprint. */
export const sessionSecrets = pgTable('session_secret', {
  id: integer().primaryKey(),
  fingerprint: text().notNull(),
});

/** Counters of rate-limiter-flexible, in the form that it prescribes. `expire` is in unix milliseconds. */
export const throttles = pgTable('throttles', {
  key: text().primaryKey(),
  points: integer().notNull().default(0),
  expire: bigint({ mode: 'number' }),
});

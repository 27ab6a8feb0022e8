import type { Contact } from '#contract/contacts.ts';
import { type ApiVersion, isBefore } from '#contract/versions.ts';
import type { ContactWithLists } from './store.ts';
import type { ContactDetails } from './tables.ts';

const technicalNames = ['browser', 'browser_version', 'browser_language', 'os'] as const;
const appNames = [
  ...([
    'android_app_name',
    'android_app_version',
    'android_device',
    'android_os_version',
    'android_sdk_version',
  ] as const),
  ...(['ios_app_name', 'ios_app_version', 'ios_device', 'ios_os_version', 'ios_sdk_version'] as const),
];
const seenNames = ['android_last_seen_at', 'ios_last_seen_at'] as const;
const campaignNames = ['utm_campaign', 'utm_content', 'utm_medium', 'utm_source', 'utm_term', 'referrer'] as const;

type Text = string | null;

function textsOf<Name extends string>(details: ContactDetails, names: readonly Name[]) {
  const entries = names.map((name) => [name, details[name] === undefined ? null : details[name]]);
  return Object.fromEntries(entries) as Record<Name, Text>;
}

function timesOf<Name extends string>(details: ContactDetails, names: readonly Name[]) {
  const entries = names.map((name) => [name, typeof details[name] === 'number' ? details[name] : null]);
  return Object.fromEntries(entries) as Record<Name, number | null>;
}

const sublist = (url: string, { type, ids, total }: { type: string; ids: (string | number)[]; total: number }) => ({
  type: 'list',
  data: ids.map((id) => ({ type, id: String(id), url: `/${type === 'company' ? 'companies' : `${type}s`}/${id}` })),
  url,
  total_count: total,
  has_more: total > ids.length,
});
const nothing = { type: '', ids: [], total: 0 };

export function presentContact(row: ContactWithLists, version: ApiVersion): Contact {
  const { details } = row;
  const path = `/contacts/${row.id}`;
  return {
    type: 'contact',
    id: row.id,
    workspace_id: row.workspace_id,
    external_id: row.external_id,
    role: row.role,
    email: row.email,
    phone: row.phone,
    ...(isBefore(version, '2.11') ? {} : { formatted_phone: row.phone?.replace(/[^\d+]/g, '') ?? null }),
    name: row.name,
    avatar: row.avatar_url === null ? null : { type: 'avatar', image_url: row.avatar_url },
    owner_id: row.owner_id === 0 ? null : row.owner_id,
    social_profiles: { type: 'list', data: [] },
    has_hard_bounced: row.has_hard_bounced,
    marked_email_as_spam: row.marked_email_as_spam,
    unsubscribed_from_emails: row.unsubscribed_from_emails,
    created_at: row.created_at,
    updated_at: row.updated_at,
    signed_up_at: row.signed_up_at,
    last_seen_at: row.last_seen_at,
    last_replied_at: row.last_replied_at,
    last_contacted_at: row.last_contacted_at,
    last_email_opened_at: row.last_email_opened_at,
    last_email_clicked_at: row.last_email_clicked_at,
    language_override: row.language_override,
    ...textsOf(details, technicalNames),
    location: {
      type: 'location',
      country: row.country,
      region: row.region,
      city: row.city,
      country_code: null,
      continent_code: null,
    },
    ...textsOf(details, appNames),
    ...timesOf(details, seenNames),
    custom_attributes: row.custom_attributes,
    tags: sublist(`${path}/tags`, { type: 'tag', ...row.tags }),
    notes: sublist(`${path}/notes`, nothing),
    companies: sublist(`${path}/companies`, { type: 'company', ...row.companies }),
    opted_out_subscription_types: sublist(`${path}/subscriptions`, nothing),
    opted_in_subscription_types: sublist(`${path}/subscriptions`, nothing),
    ...textsOf(details, campaignNames),
  };
}

import { type ActivityEntry, activityEntry } from '#contract/gateway/activity.ts';

/** An entry as the gateway sends it, with `overrides`. */
export function buildEntry(overrides: Partial<ActivityEntry> = {}): ActivityEntry {
  return activityEntry.parse({
    type: 'activity',
    id: '1',
    at: Date.UTC(2026, 10, 21, 9) / 1_000,
    person: { id: 'p1', name: 'Ada Owner' },
    address: '192.0.2.7',
    operation: 'updateTicketType',
    object: '/ticket_types/7',
    object_name: 'Bug report',
    status: 200,
    request_id: 'req-1',
    refusal: null,
    changes: [],
    reverts: null,
    can_revert: true,
    ...overrides,
  });
}

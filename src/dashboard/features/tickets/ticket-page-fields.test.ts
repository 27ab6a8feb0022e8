import { expect, test } from 'vitest';
import { buildTicket } from './testing.ts';
import { applyUpdate, changedFields, fieldsOf, pickFields } from './ticket-page-fields.ts';

const body = { state: 'resolved', open: false, ticket_attributes: { Priority: null, Weight: 3 } } as const;

test('an update is taken apart into its fields, and any of them put together again', () => {
  expect(fieldsOf(body)).toEqual(['state', 'open', 'attribute:Priority', 'attribute:Weight']);
  expect(pickFields(body, ['open', 'attribute:Weight'])).toEqual({ open: false, ticket_attributes: { Weight: 3 } });
  expect(pickFields(body, ['state'])).toEqual({ state: 'resolved' });
});

test('two tickets differ in the fields that are asked for, a missing value being the same as none', () => {
  const before = buildTicket();
  const after = buildTicket({
    ticket_state: 'in_progress',
    ticket_attributes: { _default_title_: 'Broken parcel', Priority: 'Low' },
  });
  expect(changedFields(before, after, fieldsOf(body))).toEqual(['state', 'attribute:Priority']);
});

test('closing ends a snooze, a snooze opens, and a ticket has one assignee', () => {
  const snoozed = buildTicket({ snoozed_until: 1_800_000_000 });
  expect(applyUpdate(snoozed, { open: false }, false)).toMatchObject({ open: false, snoozed_until: null });
  expect(applyUpdate(buildTicket({ open: false }), { snoozed_until: 1_800_000_000 }, false)).toMatchObject({
    open: true,
    snoozed_until: 1_800_000_000,
  });
  expect(applyUpdate(buildTicket(), { assignment: { assignee_id: '61' } }, true)).toMatchObject({
    admin_assignee_id: '0',
    team_assignee_id: '61',
  });
  expect(applyUpdate(buildTicket(), { assignment: { assignee_id: '0' } }, false)).toMatchObject({
    admin_assignee_id: '0',
    team_assignee_id: '0',
  });
});

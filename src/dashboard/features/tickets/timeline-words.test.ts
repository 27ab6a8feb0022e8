import { describe, expect, test } from 'vitest';
import { admin } from '#contract/admins.ts';
import type { TicketPart } from '#contract/tickets.ts';
import { buildPart } from './testing.ts';
import { partInWords } from './timeline-words.ts';

const teammates = {
  admins: [admin.parse({ type: 'admin', id: '802', name: 'Grace Hopper', email: 'grace@example.com' })],
  teams: [{ type: 'team' as const, id: '61', name: 'Customer care', admin_ids: [] }],
};

const words = (overrides: Partial<TicketPart>) =>
  partInWords(buildPart({ body: null, ...overrides }), teammates, undefined);

const change = (label: string, value: unknown) =>
  words({
    part_type: 'ticket_attribute_updated_by_admin',
    updated_attribute_data: {
      attribute: { type: 'attribute', id: '7', label },
      value: { type: 'value', label: value },
    },
  });

describe('a change in words', () => {
  test('a state that was reached, and the one that every ticket begins with', () => {
    const kind = { part_type: 'ticket_state_updated_by_admin' } as const;
    expect(words({ ...kind, previous_ticket_state: 'submitted', ticket_state: 'resolved' })).toBe(
      'changed the state from Submitted to Resolved',
    );
    expect(words({ ...kind, previous_ticket_state: 'submitted', ticket_state: 'submitted' })).toBe('submitted it');
  });

  test('an assignment to a teammate, a team, someone unknown and nobody', () => {
    const to = (id: string) => words({ part_type: 'assignment', assigned_to: { type: 'admin', id } });
    expect(to('802')).toBe('assigned it to Grace Hopper');
    expect(to('61')).toBe('assigned it to Customer care');
    expect(to('999')).toBe('assigned it to Teammate 999');
    expect(words({ part_type: 'assignment', assigned_to: null })).toBe('unassigned it');
  });

  test('an attribute that was set, emptied, or holds too much to repeat', () => {
    expect(change('Priority', 'High')).toBe('set Priority to High');
    expect(change('Paid', false)).toBe('set Paid to No');
    expect(change('Photos', ['a.png', 'b.png'])).toBe('set Photos to a.png, b.png');
    expect(change('Priority', null)).toBe('emptied Priority');
    expect(change('_default_description_', 'One\nTwo')).toBe('changed Description');
  });

  test('a kind that is not known is told by its name', () => {
    expect(words({ part_type: 'custom_action_started' })).toBe('custom action started');
  });
});

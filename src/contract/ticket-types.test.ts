import { describe, expect, test } from 'vitest';
import { isEmoji } from './emoji.ts';
import { fillPath, matchPath, queryString } from './request.ts';
import {
  createTicketTypeAttribute,
  createTicketTypeAttributeBody,
  createTicketTypeBody,
  misplacedOptions,
  updateTicketTypeAttribute,
  updateTicketTypeAttributeBody,
} from './ticket-type-changes.ts';
import { isBefore, servedVersion } from './versions.ts';

function messages(result: { error?: { issues: { path: PropertyKey[]; message: string }[] } | undefined }) {
  return (result.error?.issues ?? []).map(({ path, message }) => `${path.join('.')} ${message}`);
}

describe('an attribute to create', () => {
  const base = { name: 'Priority', description: '' };
  test.each([
    ['multiline', { multiline: true }, 'list', 'string'],
    ['list_items', { list_items: 'a,b' }, 'string', 'list'],
    ['allow_multiple_values', { allow_multiple_values: true }, 'integer', 'files'],
  ])('has %s only where its data type knows it', (name, option, dataType, right) => {
    const wrong = createTicketTypeAttributeBody.safeParse({ list_items: 'a', ...base, data_type: dataType, ...option });
    expect(messages(wrong)).toContain(`${name} is only for attributes of type ${right}`);
    expect(createTicketTypeAttributeBody.safeParse({ ...base, data_type: right, ...option }).success).toBe(
      right !== 'list' || name === 'list_items',
    );
  });

  test('of type list needs items', () => {
    const result = createTicketTypeAttributeBody.safeParse({ ...base, data_type: 'list' });
    expect(messages(result)).toEqual(['list_items is a required parameter']);
  });

  test.each([
    ['a,,b', 'list_items must not contain an empty item'],
    ['', 'list_items must not contain an empty item'],
    ['a, a', 'list_items must not contain an item twice'],
    [Array.from({ length: 501 }, (_, i) => i).join(','), 'list_items may have at most 500 items'],
    ['x'.repeat(256), 'list_items may have at most 255 characters in one item'],
  ])('refuses the list items %j', (list_items, message) => {
    expect(messages(updateTicketTypeAttributeBody.safeParse({ list_items }))).toContain(message);
  });

  test('a flag that asks for nothing contradicts no data type', () => {
    expect(misplacedOptions({ multiline: false, allow_multiple_values: false }, 'integer')).toEqual([]);
  });
});

describe('a text', () => {
  test.each(['\u0000', 'a\u0000b', '\ud800', 'x'.repeat(256)])(
    'that cannot be kept as it is, is refused: %j',
    (name) => {
      expect(createTicketTypeBody.safeParse({ name }).success).toBe(false);
    },
  );
  test.each(['', '   ', '\n', '\u200b', ' \u2060\u00ad\t', '\u0007', '\u202e\ufeff'])(
    'that is required may not be blank: %j',
    (name) => {
      expect(messages(createTicketTypeBody.safeParse({ name }))).toEqual(['name is a required parameter']);
    },
  );
});

describe('isEmoji', () => {
  test.each(['🎟️', '🎟', '🐞', '👩🏽‍🚒', '🇩🇪', '1️⃣', '#⃣', '❤️', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '🫩'])('takes %s', (emoji) => {
    expect(isEmoji(emoji)).toBe(true);
  });
  test.each([
    ['accents', `🎟${'\u0301'.repeat(50)}`],
    ['joiners that join nothing', '🎟\u200d\u200d'],
    ['a joiner at the end', '🎟\u200d'],
    ['tags without an end', '🎟\u{e0067}\u{e0062}'],
    ['a second variation selector', '🎟\ufe0f\ufe0f'],
    ['the selector of text', '🎟\ufe0e'],
    ['two skin tones', '👋🏽🏽'],
    ['half a flag after it', '🎟🇩'],
    ['a third letter in a flag', '🇩🇪🇩'],
    ['a keycap around it', '🎟\u20e3'],
    ['a line end', '🎟\n'],
  ])('refuses an emoji with %s', (_, value) => {
    expect(isEmoji(value)).toBe(false);
  });
  test.each(['', ' ', 'a', '1', '#', '🐞🐞', '🐞 ', ' 🐞', '🇩', 'bug', '<b>', '\u200d', '🐞'.repeat(40)])(
    'refuses %j',
    (value) => {
      expect(isEmoji(value)).toBe(false);
    },
  );
});

describe('a path', () => {
  test('is filled with encoded parameters', () => {
    const params = { ticket_type_id: 'a/b', attribute_id: '..' };
    expect(fillPath(updateTicketTypeAttribute.path, params)).toBe('/ticket_types/a%2Fb/attributes/..');
  });
  test('is matched in its own spelling only', () => {
    expect(matchPath(createTicketTypeAttribute, '/ticket_types/81/attributes')).toEqual({ ticket_type_id: '81' });
    for (const spelling of [
      '/ticket_types/81/attributes/',
      '//ticket_types/81/attributes',
      '/ticket_types/8%31/attributes',
      '/ticket_types/81/./attributes',
      '/ticket_types/../attributes',
      '/Ticket_types/81/attributes',
      '/ticket_types/81;x/attributes',
      '/ticket_types/81/attributes\n',
    ]) {
      expect(matchPath(createTicketTypeAttribute, spelling), spelling).toBeUndefined();
    }
  });
  test('has a query of the defined values', () => {
    expect(queryString({ q: 'a&b', archived: undefined, page: 2 })).toBe('?q=a%26b&page=2');
    expect(queryString({ q: undefined })).toBe('');
  });
});

describe('a version', () => {
  test.each([
    ['1.0', '2.9'],
    ['1.4', '2.9'],
    ['2.0', '2.9'],
    ['2.9', '2.9'],
    ['2.10', '2.10'],
    ['2.11', '2.11'],
    ['2.14', '2.11'],
    ['Preview', '2.11'],
    ['Unstable', '2.11'],
  ])('%s is served as %s', (header, version) => {
    expect(servedVersion(header)).toBe(version);
  });
  test.each(['', '2', '2.', '2.09', '2.18', '3.0', '1.5', 'preview', '2.11 ', 'v2.11'])('%j is none', (header) => {
    expect(servedVersion(header)).toBeUndefined();
  });
  test('is ordered as a pair of numbers', () => {
    expect(isBefore('2.9', '2.10')).toBe(true);
    expect(isBefore('2.10', '2.9')).toBe(false);
    expect(isBefore('2.11', '2.11')).toBe(false);
  });
});

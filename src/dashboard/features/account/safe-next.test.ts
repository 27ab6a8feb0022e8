import fc from 'fast-check';
import { expect, test } from 'vitest';
import { safeNext } from './safe-next.ts';

test.each([
  '/',
  '/ticket-types',
  '/ticket-types/7',
  '/ticket-types/8%2F1',
  '/ticket-types?q=a%20b&sort=-updated#end',
  '/ticket-types?next=//evil.example',
  '/caf%C3%A9',
])('%s is gone on to', (next) => {
  expect(safeNext(next)).toBe(next);
});

test.each([
  null,
  '',
  'ticket-types',
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '\t//evil.example',
  ' //evil.example',
  'https:evil.example',
  'https://evil.example/ticket-types',
  'javascript:alert(1)',
  'data:text/html,x',
  '/%2f%2fevil.example',
  '/%2Fevil.example',
  '/%5cevil.example',
  '/%09/evil.example',
  '/.//evil.example',
  '/x/..//evil.example',
  '/@evil.example',
  '/%40evil.example',
  '/javascript:alert(1)',
  '/%zz',
  '/sign-in',
  '/sign-in?next=/sign-in',
  '/welcome#token',
  '/api/ticket_types',
  '/gateway/activity/export',
  '/API/me',
])('%j leads to the start page', (next) => {
  expect(safeNext(next)).toBe('/');
});

test('no text leads to another origin', () => {
  const piece = fc.constantFrom(
    '/',
    '\\',
    '.',
    ':',
    '@',
    '%2f',
    '%5c',
    '\t',
    '\n',
    ' ',
    '#',
    '?',
    'https:',
    'evil.example',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 3 })), { maxLength: 8 }), (pieces) => {
      const next = safeNext(`/${pieces.join('')}`);
      expect(new URL(next, 'https://desk.example').origin).toBe('https://desk.example');
      expect(next).toMatch(/^\/(?![/\\])/);
    }),
  );
});

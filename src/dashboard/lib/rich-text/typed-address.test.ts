import { expect, test } from 'vitest';
import { imageAddress, linkAddress } from './typed-address.ts';

test.each([
  [' https://a.example/x?y#z ', 'https://a.example/x?y#z'],
  ['http://localhost:8080', 'http://localhost:8080'],
  ['a.example', 'https://a.example'],
  ['a.example:8080/x', 'https://a.example:8080/x'],
  ['jo@a.example', 'mailto:jo@a.example'],
  ['mailto:jo@a.example', 'mailto:jo@a.example'],
  ['+44 (20) 7946-0018', 'tel:+442079460018'],
  ['tel:+441', 'tel:+441'],
])('a link to %j goes to %s', (typed, address) => {
  expect(linkAddress(typed)).toBe(address);
});

test.each([
  '',
  'hello',
  'javascript:alert(1)',
  'java\nscript:x',
  '//a.example',
  '/tickets',
  'ftp://a.example',
  'https://a b',
])('no link goes to %j', (typed) => {
  expect(linkAddress(typed)).toBeUndefined();
});

test('an image comes by http or https only', () => {
  expect(imageAddress('a.example/x.png')).toBe('https://a.example/x.png');
  expect(imageAddress('http://a.example/x.png')).toBe('http://a.example/x.png');
  expect(imageAddress('data:image/png;base64,AA')).toBeUndefined();
  expect(imageAddress('jo@a.example')).toBeUndefined();
});

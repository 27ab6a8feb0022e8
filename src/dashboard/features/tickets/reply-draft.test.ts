import { expect, test } from 'vitest';
import { attachmentProblem, emptyDraft, isEmptyDraft, toReply } from './reply-draft.ts';

test('a reply says what was written and what goes with it, a quick reply its options', () => {
  const files = ['https://example.com/a.png'];
  expect(toReply('note', { ...emptyDraft, html: '<p>Hi</p>', files })).toEqual({
    body: { message_type: 'note', type: 'admin', body: '<p>Hi</p>', attachment_urls: files },
  });
  const options = [{ text: ' Yes ', uuid: 'u1' }];
  expect(toReply('quick_reply', { ...emptyDraft, options })).toEqual({
    body: { message_type: 'quick_reply', type: 'admin', reply_options: [{ text: 'Yes', uuid: 'u1' }] },
  });
});

test('what says nothing is not sent', () => {
  expect(toReply('comment', emptyDraft)).toEqual({ problem: 'Write the reply first.' });
  expect(toReply('quick_reply', emptyDraft)).toEqual({ problem: 'Add at least one quick reply.' });
  expect(toReply('quick_reply', { ...emptyDraft, options: [{ text: ' ', uuid: 'u1' }] })).toEqual({
    problem: 'Give every quick reply a text, or remove it.',
  });
  expect(isEmptyDraft({ ...emptyDraft, options: [{ text: '', uuid: 'u1' }] })).toBe(true);
});

test('only addresses on the web are attached, once each and ten at most', () => {
  const ten = Array.from({ length: 10 }, (_, index) => `https://example.com/${index}`);
  expect(attachmentProblem('https://example.com/a', [])).toBeUndefined();
  expect(attachmentProblem('javascript:alert(1)', [])).toContain('http://');
  expect(attachmentProblem('https://example.com/0', ten.slice(0, 1))).toBe('This is attached already.');
  expect(attachmentProblem('https://example.com/a', ten)).toBe('At most 10 files go with one message.');
});

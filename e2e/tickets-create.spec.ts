import type { Page } from '@playwright/test';
import * as contacts from '#contract/contacts.ts';
import * as tickets from '#contract/tickets.ts';
import { expect, test, unique } from './support/fixtures.ts';
import { dataTypes, toast } from './support/ticket-types.ts';
import type { WorkspaceApi } from './support/workspace-api.ts';

/** A ticket type with an attribute of each data type, called as the dashboard calls the type. */
async function typeOfEverything(api: WorkspaceApi) {
  const type = await api.createTicketType({ name: unique('Everything'), icon: '🧪' });
  for (const { label, wire } of dataTypes) {
    const list_items = wire === 'list' ? 'Arrived late,Arrived damaged' : undefined;
    await api.createAttribute(type.id, {
      name: label,
      description: '',
      data_type: wire,
      ...(list_items && { list_items }),
    });
  }
  return api.getTicketType(type.id);
}

async function contactCalled(api: WorkspaceApi, name: string) {
  const email = `${crypto.randomUUID().slice(0, 8)}@example.com`;
  return contacts.contact.parse(await api.send(contacts.createContact, {}, { role: 'user', name, email }));
}

/** The ticket whose page is open. */
async function openTicket(page: Page, api: WorkspaceApi) {
  await expect(page).toHaveURL(/\/tickets\/\d+$/);
  const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  return tickets.ticket.parse(await api.send(tickets.getTicket, { ticket_id: id }));
}

async function chooseContact(page: Page, text: string, option: string | RegExp) {
  await page.getByRole('combobox', { name: 'Contact' }).fill(text);
  await page.getByRole('option', { name: option }).click();
}

const create = (page: Page) => page.getByRole('button', { name: 'Create ticket' });

test('a ticket with a value of each data type is created as it was entered', async ({
  page,
  api,
  expectAccessible,
}) => {
  const type = await typeOfEverything(api);
  const ada = await contactCalled(api, unique('Ada Ahrens'));
  await page.goto(`/tickets/new?type=${type.id}`);
  await expectAccessible();
  await chooseContact(page, ada.name ?? '', ada.name ?? '');
  await page.getByRole('textbox', { name: 'Title' }).fill('Everything at once');
  await page.getByRole('textbox', { name: 'Description' }).fill('Two\nlines');
  await page.getByRole('textbox', { name: 'Text', exact: true }).fill('FO-204815');
  await page.getByRole('combobox', { name: 'List' }).selectOption('Arrived damaged');
  await page.getByRole('textbox', { name: 'Whole number' }).fill('12');
  await page.getByRole('textbox', { name: 'Decimal number' }).fill('12.50');
  await page.getByRole('combobox', { name: 'Yes or no' }).selectOption('Yes');
  await page.getByLabel('Date and time').fill('2026-03-31T14:30');
  await page.getByRole('textbox', { name: 'Files' }).fill('https://files.example/a.png');
  await create(page).click();

  const ticket = await openTicket(page, api);
  const moment = await page.evaluate(() => new Date(2026, 2, 31, 14, 30).getTime() / 1000);
  const list = type.ticket_type_attributes.data.find(({ name }) => name === 'List');
  expect(ticket.contacts.contacts.map(({ id }) => id)).toEqual([ada.id]);
  expect(ticket.ticket_attributes).toMatchObject({
    _default_title_: 'Everything at once',
    _default_description_: 'Two\nlines',
    Text: 'FO-204815',
    List: list?.input_options?.list_options?.[1]?.id,
    'Whole number': 12,
    'Decimal number': 12.5,
    'Yes or no': true,
    'Date and time': moment,
    Files: [{ name: 'a.png', url: 'https://files.example/a.png' }],
  });
  await expect(toast(page, /^Ticket #\d+ created/)).toBeVisible();
});

test('everything that is wrong is told where it is, and nothing is sent', async ({ page, api }) => {
  const type = await typeOfEverything(api);
  await page.goto(`/tickets/new?type=${type.id}`);
  await page.getByRole('textbox', { name: 'Whole number' }).fill('a dozen');
  await page.getByRole('textbox', { name: 'Files' }).fill('javascript:alert(1)');
  await create(page).click();
  await expect(page.getByText('Contact is required.')).toBeVisible();
  await expect(page.getByText('Whole number is not a whole number.')).toBeVisible();
  await expect(page.getByText('Files has no web address in “javascript:alert(1)”.')).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Contact' })).toBeFocused();
  await page.getByRole('textbox', { name: 'Whole number' }).fill('12');
  await expect(page.getByText('Whole number is not a whole number.')).toHaveCount(0);
});

test('a contact is made on the spot, by keyboard alone', async ({ page, api }) => {
  const type = await api.createTicketType({ name: unique('Question') });
  const email = `${crypto.randomUUID().slice(0, 8)}@example.com`;
  await page.goto(`/tickets/new?type=${type.id}`);
  await page.getByRole('combobox', { name: 'Contact' }).focus();
  await page.keyboard.type(email);
  await expect(page.getByRole('option', { name: email })).toContainText('New contact');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'Name of the new contact' }).focus();
  await page.keyboard.type('Grace Gbadamosi');
  await page.getByRole('textbox', { name: 'Title' }).focus();
  await page.keyboard.type('Who is it for');
  await page.keyboard.press('ControlOrMeta+Enter');

  const { contacts: found } = await openTicket(page, api);
  const [first] = found.contacts;
  const made = contacts.contact.parse(await api.send(contacts.showContact, { contact_id: first?.id ?? '' }));
  expect([made.name, made.email, made.role]).toEqual(['Grace Gbadamosi', email, 'user']);
});

test('what was entered survives a reload, and the next ticket begins as the last one', async ({ page, api }) => {
  const type = await typeOfEverything(api);
  const ada = await contactCalled(api, unique('Ada Ahrens'));
  await page.goto(`/tickets/new?type=${type.id}`);
  await chooseContact(page, ada.name ?? '', ada.name ?? '');
  await page.getByRole('textbox', { name: 'Title' }).fill('Half way');
  await page.getByRole('combobox', { name: 'List' }).selectOption('Arrived late');
  page.on('dialog', (dialog) => void dialog.accept());
  await page.reload();
  await page.getByRole('button', { name: 'Go on with it' }).click();
  await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('Half way');
  await expect(page.getByRole('combobox', { name: 'Contact' })).toHaveValue(ada.name ?? '');
  await create(page).click();
  await openTicket(page, api);

  await toast(page, /^Ticket #\d+ created/)
    .getByRole('button', { name: 'Create another' })
    .click();
  await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('');
  await page.getByRole('button', { name: 'Fill in as last time' }).click();
  await expect(page.getByRole('combobox', { name: 'List' })).toHaveValue(/./);
  await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('');
});

import { expect, faultyTest as test, unique } from './support/fixtures.ts';
import { signInDemo } from './support/people.ts';
import { changesBar, stageAttribute, toast } from './support/ticket-types.ts';

const list = { method: 'GET', path: /^\/ticket_types$/ } as const;
const create = { method: 'POST', path: /^\/ticket_types$/ } as const;
const update = { method: 'PUT', path: /^\/ticket_types\/\d+$/ } as const;
const addAttribute = { method: 'POST', path: /\/attributes$/ } as const;

const refusals = {
  401: { code: 'unauthorized', message: 'Access Token Invalid', title: 'The workspace refused Deskbell’s access' },
  403: {
    code: 'api_plan_restricted',
    message: 'Active subscription needed.',
    title: 'The workspace does not allow this',
  },
  404: { code: 'not_found', message: 'Resource Not Found', title: 'This does not exist' },
  500: { code: 'server_error', message: 'Something broke', title: 'The workspace could not answer' },
  503: { code: 'service_unavailable', message: 'Not now', title: 'The workspace could not answer' },
} as const;

test('the top bar warns that this is not an exercise', async ({ page }) => {
  await page.goto('/ticket-types');
  await expect(page.getByText(/^LIVE/)).toBeVisible();
});

test('a screen that waits for its data takes the focus and keeps it', async ({ page, upstream }) => {
  await page.goto('/ticket-types/new');
  await expect(page.getByRole('heading', { level: 1, name: 'Create ticket type' })).toBeVisible();
  const release = upstream.holds(list);
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Ticket types' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Ticket types' })).toBeFocused();
  release();
  await expect(page.getByRole('group', { name: 'Ticket types' })).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name: 'Ticket types' })).toBeFocused();
});

for (const [status, { code, message, title }] of Object.entries(refusals)) {
  test(`a list that is answered with ${status} says what is wrong, and recovers`, async ({ page, upstream }) => {
    upstream.refuses(list, { status: Number(status), code, message });
    await page.goto('/ticket-types');
    const isPageOfItsOwn = status === '404';
    const told = isPageOfItsOwn ? 'There is nothing here' : title;
    await expect(page.getByRole('heading', { name: told })).toBeVisible();
    await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible();
    upstream.heals();
    const retry = page.getByRole('button', { name: 'Retry' });
    if (await retry.isVisible()) {
      await retry.click();
      await expect(page.getByRole('group', { name: 'Ticket types' }).getByRole('link').first()).toBeVisible();
    } else {
      await page.getByRole('link', { name: 'Go to the start page' }).click();
      await expect(page.getByRole('heading', { level: 1, name: 'Tickets' })).toBeVisible();
    }
  });

  test(`a save that is answered with ${status} keeps what was typed and can be repeated`, async ({
    page,
    api,
    upstream,
  }) => {
    const name = unique('Refused');
    const { id } = await api.createTicketType({ name });
    await page.goto(`/ticket-types/${id}`);
    await page.getByRole('textbox', { name: 'Name' }).fill(`${name} changed`);
    upstream.refuses(update, { status: Number(status), code, message });
    await page.getByRole('button', { name: /^Save changes/ }).click();
    const alert = page.getByRole('alert').filter({ hasText: title });
    await expect(alert).toContainText(/Request \S+/);
    await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue(`${name} changed`);
    expect((await api.getTicketType(id)).name).toBe(name);

    upstream.heals();
    await page.getByRole('button', { name: /^Save changes/ }).click();
    await expect(toast(page, `${name} changed saved`)).toBeVisible();
    await expect(alert).toBeHidden();
    expect((await api.getTicketType(id)).name).toBe(`${name} changed`);
  });
}

const tooMany = {
  status: 429,
  code: 'rate_limit_exceeded',
  message: 'Exceeded rate limit',
  headers: { 'retry-after': '4' },
};

test('a list that is answered with 429 counts down and goes on by itself', async ({ page, upstream }) => {
  upstream.refuses(list, tooMany);
  await page.goto('/ticket-types');
  await expect(page.getByRole('heading', { name: 'Too many requests' })).toBeVisible();
  await expect(page.getByText(/goes on by itself in [1-4] s/)).toBeVisible();
  upstream.heals();
  await expect(page.getByRole('group', { name: 'Ticket types' }).getByRole('link').first()).toBeVisible();
});

test('a save that is answered with 429 says when it can be repeated', async ({ page, api, upstream }) => {
  const name = unique('Too many');
  const { id } = await api.createTicketType({ name });
  await page.goto(`/ticket-types/${id}`);
  await page.getByRole('textbox', { name: 'Name' }).fill(`${name} changed`);
  upstream.refuses(update, tooMany);
  await page.getByRole('button', { name: /^Save changes/ }).click();
  await expect(page.getByText(/You can save again in [1-4] s/)).toBeVisible();
  upstream.heals();
  await expect(page.getByText('You can save again now')).toBeVisible();
  await page.getByRole('button', { name: /^Save changes/ }).click();
  await expect(toast(page, `${name} changed saved`)).toBeVisible();
});

test('a refusal that names a field stands under that field', async ({ page, upstream }) => {
  upstream.refuses(create, { status: 400, code: 'parameter_invalid', message: 'name is taken', field: 'name' });
  await page.goto('/ticket-types/new');
  const name = page.getByRole('textbox', { name: 'Name' });
  await name.fill(unique('Taken'));
  await page.getByRole('button', { name: /^Create ticket type/ }).click();
  await expect(name).toHaveAttribute('aria-invalid', 'true');
  await expect(name).toHaveAccessibleDescription(/taken/);
});

for (const status of [409, 412]) {
  test(`someone else's change, told by ${status}, is shown beside one's own, to choose from`, async ({
    page,
    api,
    upstream,
  }) => {
    const name = unique('Disputed');
    const { id } = await api.createTicketType({ name, description: 'As it was' });
    await page.goto(`/ticket-types/${id}`);
    await page.getByRole('textbox', { name: 'Name' }).fill(`${name} mine`);
    await page.getByRole('textbox', { name: 'Description' }).fill('As I say');
    await api.updateTicketType(id, { name: `${name} theirs` });
    if (status === 409) upstream.refuses(update, { status, code: 'conflict', message: 'It was changed' });
    await page.getByRole('button', { name: /^Save changes/ }).click();

    const dialog = page.getByRole('dialog', { name: /^Someone else changed/ });
    await expect(dialog.getByRole('radio', { name: `Their version ${name} theirs` })).toBeVisible();
    await expect(dialog.getByRole('button', { name: 'Save these choices' })).toBeDisabled();
    expect((await api.getTicketType(id)).name).toBe(`${name} theirs`);
    upstream.heals();
    await dialog.getByRole('radio', { name: `Your version ${name} mine` }).check();
    await dialog.getByRole('button', { name: 'Save these choices' }).click();
    await expect(toast(page, `${name} mine saved`)).toBeVisible();
    expect(await api.getTicketType(id)).toMatchObject({ name: `${name} mine`, description: 'As I say' });
  });
}

test('changes of two people to different fields both stand', async ({ page, api }) => {
  const name = unique('Shared');
  const { id } = await api.createTicketType({ name, description: 'As it was' });
  await page.goto(`/ticket-types/${id}`);
  await page.getByRole('textbox', { name: 'Name' }).fill(`${name} mine`);
  await api.updateTicketType(id, { description: 'As they say' });
  await page.getByRole('button', { name: /^Save changes/ }).click();
  await expect(toast(page, `${name} mine saved`)).toBeVisible();
  expect(await api.getTicketType(id)).toMatchObject({ name: `${name} mine`, description: 'As they say' });
});

test('offline, nothing is sent and nothing is lost', async ({ page, context, api }) => {
  const name = unique('Offline');
  const { id } = await api.createTicketType({ name });
  await page.goto(`/ticket-types/${id}`);
  await page.getByRole('textbox', { name: 'Name' }).fill(`${name} changed`);
  await context.setOffline(true);
  await page.getByRole('button', { name: /^Save changes/ }).click();
  // The history below says so as well, where it was not there yet.
  const details = page.getByRole('region', { name: 'Details' });
  await expect(details.getByRole('alert').filter({ hasText: 'You are offline' })).toBeVisible();
  await context.setOffline(false);
  await page.getByRole('button', { name: /^Save changes/ }).click();
  await expect(toast(page, `${name} changed saved`)).toBeVisible();
});

test('a create whose answer is lost is looked up instead of sent twice', async ({ page, api, upstream }) => {
  const name = unique('Lost answer');
  await page.goto('/ticket-types/new');
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  upstream.dropsAfterEffect(create);
  await page.getByRole('button', { name: /^Create ticket type/ }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  expect(upstream.count(create)).toBe(1);
  expect(await api.findTicketType(name)).toBeDefined();
});

test('a create that never arrived can be repeated', async ({ page, api, upstream }) => {
  const name = unique('Never arrived');
  await page.goto('/ticket-types/new');
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  upstream.drops(create);
  await page.getByRole('button', { name: /^Create ticket type/ }).click();
  await expect(page.getByText('It is not in the list, so you can create it again.')).toBeVisible();
  expect(await api.findTicketType(name)).toBeUndefined();
  upstream.heals();
  await page.getByRole('button', { name: /^Create ticket type/ }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
});

test('a double click sends once, and the button says that it waits', async ({ page, upstream }) => {
  const name = unique('Once');
  await page.goto('/ticket-types/new');
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  const release = upstream.holds(create);
  const button = page.getByRole('button', { name: /^Create ticket type/ });
  await button.dblclick();
  await expect(button).toHaveAttribute('aria-busy', 'true');
  release();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  expect(upstream.count(create)).toBe(1);
});

test('of several staged attributes those that fail stay, with the reason', async ({ page, api, upstream }) => {
  const { id } = await api.createTicketType({ name: unique('Half') });
  await page.goto(`/ticket-types/${id}`);
  await stageAttribute(page, { name: 'First', type: 'Text' });
  upstream.refuses(addAttribute, {
    status: 400,
    code: 'parameter_invalid',
    message: 'name is reserved',
    field: 'name',
  });
  await changesBar(page).getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Not saved' })).toContainText('reserved');
  await expect(changesBar(page).getByRole('status')).toHaveText('1 change');
  upstream.heals();
  await changesBar(page).getByRole('button', { name: 'Save' }).click();
  await expect(toast(page, '1 change saved')).toBeVisible();
  expect((await api.getTicketType(id)).ticket_type_attributes.data.at(-1)).toMatchObject({ name: 'First' });
});

test('an archiving that is refused says why and changes nothing', async ({ page, api, upstream }) => {
  const name = unique('Kept');
  const { id } = await api.createTicketType({ name });
  await page.goto(`/ticket-types/${id}`);
  upstream.refuses(update, { status: 503, code: 'service_unavailable', message: 'Not now' });
  await page.getByRole('button', { name: 'Archive', exact: true }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Archive' }).click();
  await expect(toast(page, 'The workspace could not answer')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Archive', exact: true })).toBeVisible();
  expect((await api.getTicketType(id)).archived).toBe(false);
});

test('an error is told plainly where the words for it cannot be loaded', async ({
  browser,
  faultyServer,
  ownerCookies,
  upstream,
}) => {
  const context = await browser.newContext({ baseURL: faultyServer.url });
  await context.addCookies(ownerCookies);
  const page = await context.newPage();
  await page.route('**/assets/rest-*.js', (route) => route.abort());
  const { code, message } = refusals[401];
  upstream.refuses(list, { status: 401, code, message });
  await page.goto('/ticket-types');
  const alert = page.getByRole('alert');
  await expect(alert.getByRole('heading', { name: 'This page could not be shown' })).toBeVisible();
  await expect(alert).toContainText(message);
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible();
  upstream.heals();
  await page.unroute('**/assets/rest-*.js');
  await alert.getByRole('button', { name: 'Retry' }).click();
  await expect(page.getByRole('group', { name: 'Ticket types' }).getByRole('link').first()).toBeVisible();
  await context.close();
});

test('a part of the frame that cannot be loaded is left out, and the screen stays', async ({ browser, server }) => {
  const context = await browser.newContext({ baseURL: server.url });
  await signInDemo(context, server.url, 'owner');
  const page = await context.newPage();
  await page.route('**/assets/long-work-*.js', (route) => route.abort());
  const failed = page.waitForEvent('requestfailed', (request) => request.url().includes('/long-work-'));
  await page.goto('/ticket-types');
  await failed;
  await page.getByRole('link', { name: 'Create ticket type' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Create ticket type' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Account of/ })).toBeVisible();
  await context.close();
});

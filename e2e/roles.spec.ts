import { joinedMember, write } from './support/admin.ts';
import { expect, test, unique } from './support/fixtures.ts';
import { toast } from './support/ticket-types.ts';

test.describe('an agent', () => {
  test.use({ signedInAs: 'agent', apiMayFail: true });

  test('reads ticket types, and is offered nothing that would change them', async ({ page, api }) => {
    const name = unique('To read');
    const { id } = await api.createTicketType({ name, description: 'What it is for', category: 'Tracker' });
    await api.createAttribute(id, { name: 'Size', description: '', data_type: 'list', list_items: 'Small,Large' });
    await page.goto(`/ticket-types?q=${encodeURIComponent(name)}`);
    await expect(page.getByRole('link', { name })).toBeVisible();
    await expect(page.getByRole('link', { name: 'Create ticket type' })).toHaveCount(0);
    await expect(page.getByRole('checkbox')).toHaveCount(0);
    await page.getByRole('button', { name: `Actions for ${name}` }).click();
    await expect(page.getByRole('menuitem')).toHaveText(['Copy id', 'Copy link']);
    await page.keyboard.press('Escape');
    await page.keyboard.press('c');
    await page.keyboard.press('?');
    const sheet = page.getByRole('dialog', { name: /shortcuts/i });
    await expect(sheet.getByText('Next row')).toBeVisible();
    await expect(sheet.getByText('Create a ticket type')).toHaveCount(0);
    await expect(sheet.getByText('Select or deselect the row')).toHaveCount(0);
    await page.keyboard.press('Escape');

    await page.getByRole('link', { name }).click();
    await expect(page.getByRole('heading', { level: 1, name })).toBeFocused();
    await expect(page.getByText('Changing it needs the role admin or owner.')).toBeVisible();
    await expect(page.getByText('What it is for')).toBeVisible();
    await expect(page.getByText('Small · Large')).toBeVisible();
    await expect(page.getByRole('textbox')).toHaveCount(0);
    for (const label of ['Archive', 'Add attribute', 'Size', 'Save changes']) {
      await expect(page.getByRole('button', { name: label })).toHaveCount(0);
    }
    await expect(page.getByRole('heading', { name: 'History' })).toHaveCount(0);
    await page.keyboard.press('ControlOrMeta+k');
    await page.keyboard.type(`archive ${name}`);
    const palette = page.getByRole('dialog', { name: 'Command palette' });
    await expect(palette.getByRole('option', { name: /^Archive/ })).toHaveCount(0);
  });

  test('is told which role a screen needs', async ({ page }) => {
    const needed = {
      '/ticket-types/new': 'admin or owner',
      '/people': 'owner',
      '/activity': 'admin, manager or owner',
    };
    for (const [path, roles] of Object.entries(needed)) {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1, name: 'Your role does not allow this' })).toBeVisible();
      await expect(page.getByRole('main')).toContainText(new RegExp(`needs the role ${roles}\\.`));
    }
    const navigation = page.getByRole('navigation', { name: 'Main' });
    await expect(navigation.getByRole('link', { name: 'Ticket types' })).toBeVisible();
    for (const name of ['People', 'Activity']) await expect(navigation.getByRole('link', { name })).toHaveCount(0);
    await page.keyboard.press('g');
    await page.keyboard.press('p');
    await expect(page).toHaveURL(/\/activity$/);
  });

  for (const width of [1280, 360]) {
    test(`finds nothing inaccessible or too wide at ${width} px`, async ({ page, api, expectAccessible }) => {
      const { id } = await api.createTicketType({ name: unique('To read'), description: 'What it is for' });
      await api.createAttribute(id, { name: 'Size', description: '', data_type: 'list', list_items: 'Small,Large' });
      await page.setViewportSize({ width, height: 740 });
      for (const path of ['/ticket-types', `/ticket-types/${id}`, '/ticket-types/new', '/people']) {
        await page.goto(path);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        await expectAccessible();
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(overflow, `${path} scrolls sideways`).toBeLessThanOrEqual(0);
      }
    });
  }
});

test.describe('without any script', () => {
  test.use({ javaScriptEnabled: false });

  for (const [role, count] of [
    ['agent', 0],
    ['admin', 1],
  ] as const) {
    test.describe(`as ${role}`, () => {
      test.use({ signedInAs: role });

      test('the list is drawn with what the person may do from the first paint', async ({ page }) => {
        await page.goto('/ticket-types');
        await expect(page.getByRole('row').nth(1)).toBeVisible();
        await expect(page.getByRole('link', { name: 'Create ticket type' })).toHaveCount(count);
        await expect(page.getByRole('link', { name: 'Activity' })).toHaveCount(count);
      });
    });
  }
});

test.describe('a role that is taken away meanwhile', () => {
  test.use({ apiMayFail: true });

  test('is told at the next save, and the screen follows', async ({ page, context, browser, server, api }) => {
    const name = unique('Contested');
    const { id } = await api.createTicketType({ name });
    const owner = { owner: context, browser, url: server.url };
    const member = await joinedMember(owner, { name: unique('Lou Loser'), roles: ['agent', 'admin'] });
    const setRoles = (roles: string[]) => write(context, 'put', `${server.url}/gateway/people/${member.id}`, { roles });
    const their = member.page;
    await their.goto(`/ticket-types/${id}`);
    await their.getByRole('textbox', { name: 'Name' }).fill(`${name} changed`);
    // Whatever is read after this would tell before the save does.
    await expect(their.getByText('Nothing was changed here since the log began.')).toBeVisible();
    await setRoles(['agent']);
    await their.getByRole('button', { name: /^Save changes/ }).click();
    await expect(their.getByRole('alert')).toContainText('This needs the role admin or owner.');
    await expect(their.getByRole('alert')).toContainText('Nothing was changed.');
    await expect(their.getByRole('button', { name: /^Save changes/ })).toHaveCount(0);
    await expect(their.getByRole('button', { name: 'Archive' })).toHaveCount(0);
    await expect(their.getByRole('button', { name: 'Add attribute' })).toHaveCount(0);
    await expect(their.getByRole('link', { name: 'Activity' })).toHaveCount(0);
    expect(await api.getTicketType(id)).toMatchObject({ name });

    // What was typed is there again when the role is.
    await setRoles(['agent', 'admin']);
    await their.goto('/ticket-types');
    await their.goto(`/ticket-types/${id}`);
    await their.getByRole('button', { name: 'Restore them' }).click();
    await expect(their.getByRole('textbox', { name: 'Name' })).toHaveValue(`${name} changed`);
    await member.context.close();
    await page.close();
  });

  test('is told in place of the form when anything else finds out first', async ({ context, browser, server, api }) => {
    const name = unique('Typing');
    const { id } = await api.createTicketType({ name, description: 'One' });
    await write(context, 'put', `${server.url}/api/ticket_types/${id}`, { description: 'Two' });
    const owner = { owner: context, browser, url: server.url };
    const member = await joinedMember(owner, { name: unique('Lou Loser'), roles: ['agent', 'admin'] });
    const their = member.page;
    await their.goto(`/ticket-types/${id}`);
    await their.getByRole('textbox', { name: 'Name' }).fill(`${name} half`);
    await their.getByRole('region', { name: 'History' }).getByRole('button', { name: 'Update a ticket type' }).click();
    await write(context, 'put', `${server.url}/gateway/people/${member.id}`, { roles: ['agent'] });
    await their.getByRole('button', { name: 'Take this change back' }).click();
    await expect(their.getByRole('alert')).toContainText('What you entered is not saved. It is kept on this device');
    await expect(their.getByRole('textbox')).toHaveCount(0);
    await member.context.close();
  });

  test('is told by a toast where there is no form', async ({ context, browser, server, api }) => {
    const name = unique('Kept');
    await api.createTicketType({ name });
    const owner = { owner: context, browser, url: server.url };
    const member = await joinedMember(owner, { name: unique('Lou Loser'), roles: ['admin'] });
    const their = member.page;
    await their.goto(`/ticket-types?q=${encodeURIComponent(name)}`);
    await their.getByRole('checkbox', { name: `Select ${name}` }).check();
    await write(context, 'put', `${server.url}/gateway/people/${member.id}`, { roles: ['agent'] });
    await their.getByRole('button', { name: 'Archive 1' }).click();
    await their.getByRole('alertdialog').getByRole('button', { name: 'Archive' }).click();
    await expect(toast(their, 'Your role does not allow this')).toContainText('This needs the role admin or owner.');
    await expect(their.getByRole('checkbox')).toHaveCount(0);
    await expect(their.getByRole('link', { name: 'Create ticket type' })).toHaveCount(0);
    await member.context.close();
  });

  test('is told in place of a list that is open', async ({ context, browser, server }) => {
    const owner = { owner: context, browser, url: server.url };
    const member = await joinedMember(owner, { name: unique('Lou Loser'), roles: ['manager'] });
    const their = member.page;
    await their.goto('/activity');
    await expect(their.getByRole('group', { name: 'Activity' })).toBeVisible();
    await write(context, 'put', `${server.url}/gateway/people/${member.id}`, { roles: ['agent'] });
    await their.getByRole('combobox', { name: 'What was done' }).selectOption('Update a ticket type');
    await expect(their.getByRole('heading', { level: 1, name: 'Your role does not allow this' })).toBeVisible();
    await expect(their.getByRole('main')).toContainText('needs the role admin, manager or owner.');
    await expect(their.getByRole('link', { name: 'Activity' })).toHaveCount(0);
    await member.context.close();
  });
});

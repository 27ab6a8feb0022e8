import { useMutation, useQuery } from '@tanstack/react-query';
import ChevronDown from 'lucide-react/icons/chevron-down';
import { useState } from 'react';
import type { SavedView } from '#contract/gateway/views.ts';
import { explainError } from '../../lib/explain-error.ts';
import { sessionQueries } from '../../lib/session.ts';
import { useStored } from '../../lib/stored.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Menu } from '../../ui/menu.tsx';
import type { MenuAction } from '../../ui/menu-panel.tsx';
import { toast } from '../../ui/toast-store.ts';
import { defaultViewOf, noView } from './saved-views-default.ts';
import { SaveViewDialog } from './saved-views-dialog.tsx';
import { viewMutations, viewQueries } from './saved-views-queries.ts';
import { everything, parseTicketListSearch, type TicketListSearch, viewStateOf } from './ticket-list-search.ts';

interface ViewsMenuProps {
  search: TicketListSearch;
  onChange: (search: TicketListSearch) => void;
}

const noViews: readonly SavedView[] = [];

/** Opens what was saved of the list, one's own and what others share, and saves it as it is. */
export function ViewsMenu({ search, onChange }: ViewsMenuProps) {
  const { data: session } = useQuery(sessionQueries.current());
  return session ? <PersonViews personId={session.person.id} search={search} onChange={onChange} /> : null;
}

function PersonViews({ personId, search, onChange }: ViewsMenuProps & { personId: string }) {
  const { data: views = noViews } = useQuery(viewQueries.list());
  const [dialog, setDialog] = useState<SavedView | 'new' | null>(null);
  const update = useMutation(viewMutations.update());
  const remove = useMutation(viewMutations.remove());
  const create = useMutation(viewMutations.create());
  const item = defaultViewOf(personId);
  const preferred = useStored(item);

  const state = viewStateOf(search);
  const open = views.find(({ id }) => id === search.view);
  const isChanged = open !== undefined && !isSame(open.state, state);
  const show = (view: SavedView) =>
    onChange({ ...parseTicketListSearch(new URLSearchParams(view.state)), view: view.id });

  async function deleteOpen(view: SavedView) {
    try {
      await remove.mutateAsync(view.id);
    } catch (error) {
      return tell(error);
    }
    if (preferred?.id === view.id) item.set(undefined);
    onChange({ ...search, view: undefined });
    toast({
      title: `View “${view.name}” deleted`,
      action: {
        label: 'Undo',
        onSelect: () =>
          create.mutateAsync({ name: view.name, is_shared: view.is_shared, state: view.state }).catch(tell),
      },
    });
  }

  const entry = (view: SavedView): MenuAction => ({
    label: view.name,
    checked: view.id === open?.id,
    hint:
      [
        view.is_shared && view.owner.id !== personId && `Shared by ${view.owner.name}`,
        view.id === preferred?.id && 'Default',
      ]
        .filter(Boolean)
        .join(' · ') || undefined,
    onSelect: () => show(view),
  });
  const own = views.filter(({ owner }) => owner.id === personId);
  const shared = views.filter(({ owner }) => owner.id !== personId);
  const isDefault = open !== undefined && preferred?.id === open.id;

  return (
    <>
      <Menu
        label="Views"
        align="start"
        trigger={(props) => (
          <Button {...props} variant="ghost" size="sm">
            <span className="max-w-48 truncate">{open?.name ?? 'Views'}</span>
            {isChanged && <Badge tone="accent">Changed</Badge>}
            <ChevronDown aria-hidden="true" />
          </Button>
        )}
        items={[
          {
            label: 'All tickets',
            checked: open === undefined && isSame(state, {}),
            onSelect: () => onChange({ ...everything, view: preferred ? noView : undefined }),
          },
          ...(own.length > 0 ? [{ heading: 'Yours' }, ...own.map(entry)] : []),
          ...(shared.length > 0 ? [{ heading: 'Shared by others' }, ...shared.map(entry)] : []),
          'separator',
          { label: 'Save as a new view', onSelect: () => setDialog('new') },
          ...(open
            ? [
                ...(isChanged ? [{ label: 'Discard the changes', onSelect: () => show(open) }] : []),
                ...(open.may_change
                  ? [
                      {
                        label: `Save the changes to “${open.name}”`,
                        disabled: !isChanged,
                        onSelect: () => void update.mutateAsync({ id: open.id, body: { state } }).catch(tell),
                      },
                      { label: 'Rename or share', onSelect: () => setDialog(open) },
                      { label: 'Delete the view', tone: 'danger' as const, onSelect: () => void deleteOpen(open) },
                    ]
                  : []),
                {
                  label: isDefault ? 'Do not begin with this view' : 'Begin with this view',
                  hint: 'On this device, for you',
                  onSelect: () => item.set(isDefault ? undefined : { id: open.id, state: open.state }),
                },
              ]
            : []),
        ]}
      />
      {dialog !== null && (
        <SaveViewDialog
          view={dialog === 'new' ? undefined : dialog}
          state={state}
          onSaved={(saved) => onChange({ ...search, view: saved.id })}
          onClose={() => setDialog(null)}
        />
      )}
    </>
  );
}

/** Says why a view was not saved. */
function tell(error: unknown): void {
  const { title, text } = explainError(error);
  toast({ title, description: text, tone: 'danger' });
}

function isSame(one: Record<string, string>, other: Record<string, string>): boolean {
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => one[key] === other[key]);
}

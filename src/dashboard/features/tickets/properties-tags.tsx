import { useMutation, useQuery } from '@tanstack/react-query';
import Plus from 'lucide-react/icons/plus';
import TagIcon from 'lucide-react/icons/tag';
import { useCallback } from 'react';
import type { Tag } from '#contract/tags.ts';
import { useCreateKeys } from '../../lib/create-keys.ts';
import { explainError } from '../../lib/explain-error.ts';
import { queryClient } from '../../lib/query-client.ts';
import { useMay } from '../../lib/session.ts';
import { Combobox, MultiCombobox } from '../../ui/combobox.tsx';
import { Field } from '../../ui/field.tsx';
import { fuzzyRank } from '../../ui/fuzzy.ts';
import { toast } from '../../ui/toast-store.ts';
import type { ComboboxOption } from '../../ui/use-options.ts';
import { PropertyKey, PropertyText } from './properties-row.tsx';
import { tagMutations, tagQueries } from './queries.ts';
import { useTicketEditing } from './ticket-page-editing.tsx';

const newTag = 'new:';

/** The words it is found by later. */
export function PropertyTags() {
  const { ticket } = useTicketEditing();
  const mayTag = useMay('attachTagToTicket');
  const tags = ticket.tags?.tags;
  if (!mayTag) {
    const text = tags?.map(({ name }) => name).join(', ');
    return <PropertyText label="Tags">{tags ? text || 'None' : 'Intercom does not say.'}</PropertyText>;
  }
  return (
    <Field
      label={tags ? 'Tags' : 'Add a tag'}
      aside={<PropertyKey keys="t" />}
      help={tags ? undefined : 'Intercom does not say which tags a ticket has.'}
    >
      <span data-property="tags" className="contents">
        {tags ? <KnownTags tags={tags} /> : <UnknownTags />}
      </span>
    </Field>
  );
}

function KnownTags({ tags }: { tags: Tag[] }) {
  const { loadOptions, put, take } = useTagging();
  return (
    <MultiCombobox
      label="Tags"
      loadOptions={loadOptions}
      values={tags.map(({ id }) => id)}
      labelOf={(id) => tags.find((tag) => tag.id === id)?.name}
      empty="No tag has this name."
      onChange={(ids) => {
        const known = new Set(tags.map(({ id }) => id));
        for (const id of ids) if (!known.has(id)) void put(id);
        for (const tag of tags) if (!ids.includes(tag.id)) void take(tag);
      }}
    />
  );
}

function UnknownTags() {
  const { loadOptions, put } = useTagging();
  return (
    <Combobox
      label="Add a tag"
      loadOptions={loadOptions}
      value={undefined}
      empty="No tag has this name."
      onChange={(id) => void put(id)}
    />
  );
}

function useTagging() {
  const { setTag } = useTicketEditing();
  const { mutateAsync } = useMutation(tagMutations.create());
  const { keyOf, forget } = useCreateKeys();
  const mayCreate = useMay('createTag');
  // Asked for once the control is used.
  const { data: known } = useQuery({ ...tagQueries.list(), enabled: false });

  const loadOptions = useCallback(
    async (text: string): Promise<ComboboxOption[]> => {
      const tags = await queryClient.fetchQuery(tagQueries.list());
      const options = tags.map(({ id, name }) => ({ value: id, label: name, icon: <TagIcon /> }));
      const name = text.trim();
      if (name === '') return options;
      const isNew = tags.every((tag) => tag.name.toLowerCase() !== name.toLowerCase());
      return [
        ...fuzzyRank(options, name, ({ label }) => [label]),
        ...(isNew && mayCreate ? [{ value: newTag + name, label: `Create “${name}”`, icon: <Plus /> }] : []),
      ];
    },
    [mayCreate],
  );

  async function made(name: string): Promise<Tag | undefined> {
    try {
      const tag = await mutateAsync({ name, idempotencyKey: keyOf('tag', name) });
      forget('tag');
      return tag;
    } catch (error) {
      const { title, text } = explainError(error);
      toast({ title, description: text, tone: 'danger' });
      return undefined;
    }
  }
  async function put(value: string): Promise<void> {
    const tag = value.startsWith(newTag)
      ? await made(value.slice(newTag.length))
      : known?.find(({ id }) => id === value);
    if (!tag || !(await setTag(tag, true))) return;
    toast({ title: `Tag ${tag.name} added`, action: { label: 'Undo', onSelect: () => setTag(tag, false) } });
  }
  async function take(tag: Tag): Promise<void> {
    if (!(await setTag(tag, false))) return;
    toast({ title: `Tag ${tag.name} removed`, action: { label: 'Undo', onSelect: () => setTag(tag, true) } });
  }
  return { loadOptions, put, take };
}

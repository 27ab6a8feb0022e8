import { mutationOptions, queryOptions } from '@tanstack/react-query';
import { invitePerson, listPeople, renewInvitation, updatePerson } from '#contract/gateway/people.ts';
import type { BodyOf, ResponseOf } from '#contract/operation.ts';
import { call } from '../../lib/call.ts';
import { sessionQueries } from '../../lib/session.ts';

const all = ['people'] as const;
// One's own roles may be among what is changed.
const meta = { invalidates: [[...all], [...sessionQueries.current().queryKey]] };

/** What an invitation answers with: the link is shown this once. */
export type Invitation = ResponseOf<typeof invitePerson>;

export const peopleQueries = {
  list: () =>
    queryOptions({
      queryKey: [...all, 'list'],
      queryFn: async ({ signal, meta }) => (await call(listPeople, { signal, meta })).data,
    }),
};

export const peopleMutations = {
  invite: () =>
    mutationOptions({
      mutationFn: (body: BodyOf<typeof invitePerson>) => call(invitePerson, { body }),
      meta,
    }),
  renewInvitation: () =>
    mutationOptions({
      mutationFn: (personId: string) => call(renewInvitation, { params: { person_id: personId }, body: {} }),
      meta,
    }),
  update: () =>
    mutationOptions({
      mutationFn: ({ personId, body }: { personId: string; body: BodyOf<typeof updatePerson> }) =>
        call(updatePerson, { params: { person_id: personId }, body }),
      meta,
    }),
};

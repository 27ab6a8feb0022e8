import { requireCaller } from '../authorise.ts';
import type { Handlers } from '../own-api.ts';
import type { Services } from '../services.ts';

export function actorHandlers({ findActor }: Services): Pick<Handlers, 'getActor'> {
  return {
    getActor: async ({ c }) => {
      const { adminId, isOwn } = await findActor(requireCaller(c));
      return { type: 'actor', admin_id: adminId, is_own: isOwn };
    },
  };
}

import { requireCaller } from '../authorise.ts';
import type { Handlers } from '../own-api.ts';
import type { Services } from '../services.ts';

export function eventHandlers({ events }: Services): Pick<Handlers, 'watchEvents'> {
  return {
    watchEvents: async ({ c }) => {
      c.header('Content-Type', 'text/event-stream; charset=utf-8');
      // A proxy that gathers an answer before it passes it on would hold every event back.
      c.header('X-Accel-Buffering', 'no');
      // Nobody would read what HEAD is answered.
      if (c.req.method === 'HEAD') return c.body(null);
      return c.body(await events.watch(requireCaller(c)));
    },
  };
}

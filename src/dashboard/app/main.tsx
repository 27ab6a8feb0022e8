import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode, useEffect } from 'react';
import { createRoot, hydrateRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router/dom';
import * as z from 'zod/mini';
import { isOutside, paths } from '../lib/paths.ts';
import { queryClient } from '../lib/query-client.ts';
import { watchSession } from '../lib/session-watch.ts';
import { loadRest } from '../ui/rest.ts';
import { replayEarlyInput } from './early-input.ts';
import { createRouter } from './router.tsx';
import './theme.css';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id root.');

watchSession(queryClient, () => {
  const { pathname, search, hash } = window.location;
  if (!isOutside(pathname)) void router.navigate(paths.signIn.href(pathname + search + hash), { replace: true });
});

/** What the server has drawn the screen from, by query; nothing where it has not. */
const drawnFrom = z.array(z.object({ key: z.array(z.unknown()), data: z.unknown() }));
const drawnFromElement = document.getElementById('drawn-from');
const sent = drawnFromElement?.textContent;
for (const { key, data } of sent ? drawnFrom.parse(JSON.parse(sent)) : []) queryClient.setQueryData(key, data);

const router = createRouter();

/** Until the screen's code is there; its data has begun to come by then. */
const codeReady = new Promise<void>((resolve) => {
  if (router.state.initialized) resolve();
  const stop = router.subscribe(({ initialized }) => {
    if (!initialized) return;
    stop();
    resolve();
  });
});

/** The data is mostly there already, asked for by the page itself. Later than a skeleton would show, it is not awaited. */
function dataReady(): Promise<unknown> {
  const underWay = queryClient.getQueryCache().findAll({ fetchStatus: 'fetching' });
  const patience = new Promise((resolve) => setTimeout(resolve, 150));
  return Promise.race([Promise.allSettled(underWay.map((query) => query.fetch())), patience]);
}

function App({ onShown }: { onShown?: () => void }) {
  useEffect(() => {
    document.querySelector('.shell')?.remove();
    onShown?.();
    loadRest();
  }, [onShown]);
  return (
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} useTransitions={false} />
      </QueryClientProvider>
    </StrictMode>
  );
}

codeReady.then(async () => {
  if (!sent) {
    // What index.html has drawn stays until the first screen can take its place in one go.
    await dataReady();
    return createRoot(root).render(<App />);
  }
  const handleShown = async () => {
    await replayEarlyInput(root);
    // From now on the screen answers.
    drawnFromElement?.remove();
  };
  hydrateRoot(root, <App onShown={handleShown} />);
});

import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router/dom';
import { queryClient } from '../lib/query-client.ts';
import { createRouter } from './router.tsx';
import './theme.css';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id root.');

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

// What index.html has drawn stays until the first screen can take its place in one go.
codeReady.then(dataReady).then(() =>
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </StrictMode>,
  ),
);

import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { renderToString } from 'react-dom/server';
import {
  createStaticHandler,
  createStaticRouter,
  matchRoutes,
  type StaticHandlerContext,
  StaticRouterProvider,
} from 'react-router';
import type { DrawnScreen, DrawPage, ReadAddress } from '#contract/page.ts';
import { paths } from '../lib/paths.ts';
import { createQueryClient } from '../lib/query-client.ts';
import { drawnByServer } from '../lib/use-drawn-by-server.ts';
import { routerContext, routes } from './router.tsx';

const { query, dataRoutes } = createStaticHandler(routes);

/** The server's build of the dashboard. Screens that do not ask to be drawn are left to the browser. */
export const drawPage: DrawPage = async (url, read) => {
  const leaf = matchRoutes(routes, new URL(url).pathname)?.at(-1)?.route;
  if (leaf === undefined || (leaf.lazy !== undefined && leaf.handle !== drawnByServer)) return undefined;
  const client = createQueryClient({ fetch: fetchBy(read) });
  const context = await query(new Request(url), { requestContext: routerContext(client) });
  if (context instanceof Response) return { redirect: context.headers.get('location') ?? paths.home.href() };
  return { screen: draw(client, context).finally(() => client.clear()) };
};

function fetchBy(read: ReadAddress): typeof fetch {
  return async (address) => {
    const { status, body } = await read(String(address));
    return new Response(body, { status });
  };
}

async function draw(client: QueryClient, context: StaticHandlerContext): Promise<DrawnScreen | undefined> {
  const cache = client.getQueryCache();
  await Promise.allSettled(cache.findAll({ fetchStatus: 'fetching' }).map((underWay) => underWay.fetch()));
  const queries = cache.getAll();
  if (queries.some(({ state }) => state.status !== 'success')) return undefined;
  const markup = renderToString(
    <StrictMode>
      <QueryClientProvider client={client}>
        <StaticRouterProvider router={createStaticRouter(dataRoutes, context)} context={context} hydrate={false} />
      </QueryClientProvider>
    </StrictMode>,
  );
  return {
    // The head has a title already, which the browser's code replaces.
    html: markup.replace(/^<title>[^<]*<\/title>/, ''),
    data: queries.map(({ queryKey, state }) => ({ key: queryKey, data: state.data })),
  };
}

import {
  type InfiniteData,
  infiniteQueryOptions,
  type QueryFunctionContext,
  type QueryKey,
  useInfiniteQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { ApiError } from '../api-error.ts';
import { type CursorPage, type FlatRows, pageFlattener } from './flatten-pages.ts';

interface CursorQuery<Page> {
  queryKey: QueryKey;
  /** Reads the page that begins at `cursor`; the first one for null. */
  load: (cursor: string | null, context: Pick<QueryFunctionContext, 'signal' | 'meta'>) => Promise<Page>;
  /** How long, in milliseconds, a list that was left is shown again as it was. */
  staleTime?: number;
}

/**
 * The query of a list that is read by cursor. To read it anew means to read every page that was loaded, one after the
 * other, so it is not done by itself: `refresh` goes back to the first page, and small changes go into the cache.
 */
export function cursorQuery<Row, Page extends CursorPage<Row>>({ queryKey, load, staleTime }: CursorQuery<Page>) {
  return infiniteQueryOptions({
    queryKey,
    queryFn: ({ pageParam, signal, meta }) => load(pageParam, { signal, meta }),
    initialPageParam: firstPage,
    getNextPageParam: (last: Page) => last.next ?? undefined,
    staleTime: staleTime ?? Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}

const firstPage: string | null = null;

export interface CursorList<Row, Page> extends FlatRows<Row> {
  /** The first page, for what it says of the whole list: how many match. */
  first: Page | undefined;
  /** Nothing has come yet. */
  isLoading: boolean;
  /** What is shown belongs to the filters before. */
  isOutdated: boolean;
  /** Why there is nothing to show. */
  error: ApiError | null;
  hasMore: boolean;
  /** The cursor of the page after those that were read; null after the last. */
  next: string | null;
  isLoadingMore: boolean;
  /** Why the next page did not come. */
  loadError: ApiError | null;
  loadMore: () => void;
  /** Reads the list anew from its first page. */
  refresh: () => Promise<unknown>;
}

/** All rows of a list read so far. `rows` and `ids` are the same arrays until a page arrives; keep `rowId` stable. */
export function useCursorList<Row, Page extends CursorPage<Row>>(
  query: ReturnType<typeof cursorQuery<Row, Page>>,
  rowId: (row: Row) => string,
): CursorList<Row, Page> {
  const client = useQueryClient();
  const [flatten] = useState(() => pageFlattener(rowId));
  const list = useInfiniteQuery({
    ...query,
    // Of the filters before, until those of now have come.
    placeholderData: (previous: InfiniteData<Page, string | null> | undefined) => previous,
  });
  const { data, hasNextPage, isFetchingNextPage, isPlaceholderData, fetchNextPage, refetch, error } = list;
  const read: { pages: readonly Page[] } | undefined = data;
  const { rows, ids } = flatten(read?.pages ?? none);

  const loadMore = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  const { queryKey } = query;
  const refresh = useCallback(() => {
    client.setQueryData<InfiniteData<Page, string | null>>(
      queryKey,
      (read) => read && { pages: read.pages.slice(0, 1), pageParams: read.pageParams.slice(0, 1) },
    );
    return refetch();
  }, [client, queryKey, refetch]);

  return {
    rows,
    ids,
    first: read?.pages[0],
    isLoading: list.isPending,
    isOutdated: isPlaceholderData,
    error: read === undefined || isPlaceholderData ? error : null,
    hasMore: hasNextPage && !isPlaceholderData,
    next: read?.pages.at(-1)?.next ?? null,
    isLoadingMore: isFetchingNextPage,
    loadError: list.isFetchNextPageError ? error : null,
    loadMore,
    refresh,
  };
}

const none: readonly never[] = [];

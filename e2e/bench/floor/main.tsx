import { QueryClient, QueryClientProvider, queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { createBrowserRouter, Link, useParams, useSearchParams } from 'react-router';
import { RouterProvider } from 'react-router/dom';

// The least that shows the list with the libraries that Deskbell is made of: what it costs to have them at all.

interface Row {
  id: string;
  name: string;
  icon: string;
  category: string;
  updated_at: number;
}

const queryClient = new QueryClient();

const rows = queryOptions({
  queryKey: ['rows'],
  queryFn: async (): Promise<Row[]> => {
    const response = await fetch('/data.json');
    const list: { data: Row[] } = await response.json();
    return list.data;
  },
});

function ListPage() {
  const { data } = useSuspenseQuery(rows);
  const [search, setSearch] = useSearchParams();
  const text = search.get('q') ?? '';
  const shown = data.filter(({ name }) => name.toLowerCase().includes(text.toLowerCase()));
  return (
    <>
      <h1>Rows</h1>
      <input type="search" value={text} onChange={(event) => setSearch({ q: event.target.value }, { replace: true })} />
      <table>
        <tbody>
          {shown.map((row) => (
            <tr key={row.id}>
              <td>{row.icon}</td>
              <td>
                <Link to={`/rows/${row.id}`}>{row.name}</Link>
              </td>
              <td>{row.category}</td>
              <td>{new Date(row.updated_at * 1_000).toISOString()}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function RowPage() {
  const { id } = useParams();
  const { data } = useSuspenseQuery(rows);
  const row = data.find((each) => each.id === id);
  return (
    <form>
      <h1>{row?.name}</h1>
      <Link to="/">Back</Link>
      <label>
        Name <input defaultValue={row?.name} />
      </label>
    </form>
  );
}

const loader = async () => {
  await queryClient.ensureQueryData(rows);
  return null;
};

const router = createBrowserRouter([
  {
    HydrateFallback: () => <p>Loading</p>,
    children: [
      { path: '/', loader, element: <ListPage /> },
      { path: '/rows/:id', loader, element: <RowPage /> },
    ],
  },
]);

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
}

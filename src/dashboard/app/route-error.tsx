import { useRouteError } from 'react-router';
import { Failure } from '../lib/failure.tsx';
import { rest } from '../ui/rest.ts';

const useErrorScreen = rest(() => import('./error-screen.tsx'));

/** What a screen shows when its data or its code failed. `isRoot`: the shell itself failed, so it stands alone. */
export function RouteError({ isRoot = false }: { isRoot?: boolean }) {
  const error = useRouteError();
  const loaded = useErrorScreen();
  if (loaded) return <loaded.ErrorScreen isRoot={isRoot} />;
  return <Failure error={error} onRetry={() => window.location.reload()} />;
}

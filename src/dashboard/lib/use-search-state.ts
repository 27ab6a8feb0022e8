import { useCallback, useState } from 'react';
import { useLocation } from 'react-router';

/**
 * A screen's view state, kept in the address's query. The state itself is the component's own, so a fast typist never
 * waits for the router; the address follows without becoming a step to go back to. A navigation reads it anew.
 */
export function useSearchState<State>(
  parse: (params: URLSearchParams) => State,
  format: (state: State) => URLSearchParams,
): [State, (state: State) => void] {
  const { key, search } = useLocation();
  const [state, setState] = useState(() => parse(new URLSearchParams(search)));
  const [readAt, setReadAt] = useState(key);
  if (key !== readAt) {
    setReadAt(key);
    setState(parse(new URLSearchParams(search)));
  }

  const change = useCallback(
    (next: State) => {
      setState(next);
      const query = format(next).toString();
      try {
        window.history.replaceState(window.history.state, '', query === '' ? window.location.pathname : `?${query}`);
      } catch {
        // Safari allows a hundred in half a minute. The next change brings the address up to date.
      }
    },
    [format],
  );
  return [state, change];
}

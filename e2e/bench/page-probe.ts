// What runs inside of the measured page. Each function is sent there as text, so it uses nothing from outside of it.

/** Remembers, from before anything else runs, when the first row of data stood in the page and was painted. */
export function watchForRows(): void {
  const note = () => {
    if (document.querySelector('tbody tr td, table tr td') === null) return;
    observer.disconnect();
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => performance.mark('rows-painted');
      channel.port2.postMessage(null);
    });
  };
  const observer = new MutationObserver(note);
  observer.observe(document, { childList: true, subtree: true });
}

/** Milliseconds from navigation to first paint and to the first rows on screen; undefined while they are not there. */
export function paintTimes(): { firstPaint: number | undefined; rows: number | undefined } {
  return {
    firstPaint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
    rows: performance.getEntriesByName('rows-painted')[0]?.startTime,
  };
}

/**
 * From now on, notes the milliseconds from the next click, or key, until what `appear` finds has been painted; without
 * it, until another page has.
 */
export function watchNext({ event, appear }: { event: 'click' | 'keydown'; appear?: string }): void {
  const { pathname } = location;
  const isThere = () =>
    appear === undefined ? location.pathname !== pathname : document.querySelector(appear) !== null;
  const painted = new Promise<number>((resolve) => {
    let startedAt: number | undefined;
    const note = () => {
      if (startedAt === undefined || !isThere()) return;
      const since = startedAt;
      observer.disconnect();
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => resolve(performance.now() - since);
        channel.port2.postMessage(null);
      });
    };
    const observer = new MutationObserver(note);
    observer.observe(document, { childList: true, subtree: true, characterData: true });
    window.addEventListener(event, ({ timeStamp }) => (startedAt = timeStamp), { capture: true, once: true });
  });
  Object.assign(window, { timeToPaint: painted });
}

/** What `watchNext` has noted, once it has. */
export function timeToPaint(): Promise<number> {
  return 'timeToPaint' in window ? (window.timeToPaint as Promise<number>) : Promise.reject(new Error('Not watched.'));
}

/** From now on, keeps for each key pressed the milliseconds until the next paint after it. */
export function watchKeys(): void {
  const times: number[] = [];
  Object.assign(window, { keyTimes: times });
  window.addEventListener(
    'keydown',
    ({ timeStamp }) => {
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => times.push(performance.now() - timeStamp);
        channel.port2.postMessage(null);
      });
    },
    { capture: true },
  );
}

export function keyTimes(): number[] {
  return 'keyTimes' in window && Array.isArray(window.keyTimes) ? window.keyTimes : [];
}

/** From now on, keeps the milliseconds between each two frames, until `frameTimes` is asked for them. */
export function watchFrames(): void {
  const times: number[] = [];
  let last: number | undefined;
  const note = (now: number) => {
    if (last !== undefined) times.push(now - last);
    last = now;
    if ('frameTimes' in window) requestAnimationFrame(note);
  };
  Object.assign(window, { frameTimes: times });
  requestAnimationFrame(note);
}

export function frameTimes(): number[] {
  const times = 'frameTimes' in window && Array.isArray(window.frameTimes) ? window.frameTimes : [];
  Reflect.deleteProperty(window, 'frameTimes');
  return times;
}

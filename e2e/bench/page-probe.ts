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

/** From now on, notes the milliseconds from the next click until what `appear` finds has been painted. */
export function watchClick(appear: string): void {
  const painted = new Promise<number>((resolve) => {
    let clickedAt: number | undefined;
    const note = () => {
      if (clickedAt === undefined || document.querySelector(appear) === null) return;
      const startedAt = clickedAt;
      observer.disconnect();
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => resolve(performance.now() - startedAt);
        channel.port2.postMessage(null);
      });
    };
    const observer = new MutationObserver(note);
    observer.observe(document, { childList: true, subtree: true });
    window.addEventListener('click', ({ timeStamp }) => (clickedAt = timeStamp), { capture: true, once: true });
  });
  Object.assign(window, { clickToPaint: painted });
}

/** From now on, notes the milliseconds from the next key until the page with another title has been painted. */
export function watchTitle(): void {
  const before = document.title;
  const painted = new Promise<number>((resolve) => {
    let pressedAt: number | undefined;
    const note = () => {
      if (pressedAt === undefined || document.title === before) return;
      const startedAt = pressedAt;
      observer.disconnect();
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => resolve(performance.now() - startedAt);
        channel.port2.postMessage(null);
      });
    };
    const observer = new MutationObserver(note);
    observer.observe(document, { childList: true, subtree: true, characterData: true });
    window.addEventListener('keydown', ({ timeStamp }) => (pressedAt = timeStamp), { capture: true, once: true });
  });
  Object.assign(window, { clickToPaint: painted });
}

/** What `watchClick` or `watchTitle` has noted, once it has. */
export function clickToPaint(): Promise<number> {
  return 'clickToPaint' in window
    ? (window.clickToPaint as Promise<number>)
    : Promise.reject(new Error('Not watched.'));
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

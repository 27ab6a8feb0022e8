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

/** Clicks what `click` finds, and resolves to the milliseconds until what `appear` finds has been painted. */
export function clickToPaint({ click, appear }: { click: string; appear: string }): Promise<number> {
  return new Promise((resolve, reject) => {
    const target = document.querySelector<HTMLElement>(click);
    if (target === null) return reject(new Error(`There is no ${click}`));
    const startedAt = performance.now();
    const note = () => {
      if (document.querySelector(appear) === null) return false;
      observer.disconnect();
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => resolve(performance.now() - startedAt);
        channel.port2.postMessage(null);
      });
      return true;
    };
    const observer = new MutationObserver(note);
    observer.observe(document, { childList: true, subtree: true });
    target.click();
  });
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

import { useEffect, useState } from 'react';
import { afterPaint } from '../../lib/after-paint.tsx';

/** Makes a hook of code that is loaded once what stands beside it is on screen; undefined until it has come. */
export function later<Module>(load: () => Promise<Module>): (isWanted?: boolean) => Module | undefined {
  let loaded: Module | undefined;
  return function useLater(isWanted = true) {
    const [module, setModule] = useState<Module>();
    useEffect(() => {
      if (!isWanted || module !== undefined) return undefined;
      let isHere = true;
      const show = (come: Module) => {
        loaded = come;
        if (isHere) setModule(() => come);
      };
      const cancel = afterPaint(() => {
        if (loaded !== undefined) return show(loaded);
        // A file that did not come is asked for again when the screen is opened again.
        load().then(show, () => {});
      });
      return () => {
        isHere = false;
        cancel();
      };
    }, [isWanted, module]);
    return module;
  };
}

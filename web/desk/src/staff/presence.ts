import { useEffect } from 'react';
import { post } from '../platform/http';
import { touched } from '../platform/live/whereabouts';
import { createStore } from '../platform/store';

const EVERY_MS = 60_000;

/** Whether the choice of one's own presence stands open. */
export const choosingPresence = createStore(false);

/** Says that a person is here, so that they get no mail about what they see. An open page alone says nothing. */
export function usePresence(): void {
  useEffect(() => {
    let last = 0;
    const here = () => {
      touched();
      const now = Date.now();
      if (now - last < EVERY_MS) return;
      last = now;
      post('/me/presence').catch(() => undefined);
    };
    touched();
    const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel'];
    for (const sign of signs) addEventListener(sign, here, { capture: true, passive: true });
    return () => {
      for (const sign of signs) removeEventListener(sign, here, { capture: true });
    };
  }, []);
}

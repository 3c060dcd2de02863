import { localStorageColorSchemeManager } from '@mantine/core';
import { useEffect } from 'react';
import { useStored } from './stored';

// The same keys are read by public/theme.js before the first paint.
export const colorSchemeManager = localStorageColorSchemeManager({ key: 'shopbell.theme' });

export type Density = 'comfortable' | 'compact';

export function useDensity(): [Density, (density: Density) => void] {
  const [stored, store] = useStored('density', 'comfortable');
  const density: Density = stored === 'compact' ? 'compact' : 'comfortable';
  useEffect(() => {
    document.documentElement.setAttribute('data-density', density);
  }, [density]);
  return [density, store];
}

export type AfterClosing = 'next' | 'list' | 'stay';

/** Where the desk goes once the open conversation leaves the list (resolved, snoozed, spam). */
export function useAfterClosing(): [AfterClosing, (value: AfterClosing) => void] {
  const [stored, store] = useStored('afterClosing', 'next');
  return [stored === 'list' || stored === 'stay' ? stored : 'next', store];
}

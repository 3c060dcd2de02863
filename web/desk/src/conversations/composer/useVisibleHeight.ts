import { type RefObject, useEffect } from 'react';

/** On a phone the keyboard lies over the page: what is above it is where the sheet and its tools must be. */
export function useVisibleHeight(sheet: RefObject<HTMLElement | null>, enabled: boolean): void {
  useEffect(() => {
    const visible = window.visualViewport;
    const element = sheet.current;
    if (!enabled || !visible || !element) return;
    const fit = () => {
      element.style.setProperty('--visible-height', `${Math.round(visible.height)}px`);
      element.style.setProperty('--visible-top', `${Math.round(visible.offsetTop)}px`);
    };
    fit();
    visible.addEventListener('resize', fit);
    visible.addEventListener('scroll', fit);
    return () => {
      visible.removeEventListener('resize', fit);
      visible.removeEventListener('scroll', fit);
    };
  }, [sheet, enabled]);
}

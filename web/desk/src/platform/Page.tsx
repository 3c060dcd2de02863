import { Outlet } from '@tanstack/react-router';
import { Announcer } from './announcer';
import { useLanguage } from './i18n';
import { Toasts } from './toasts';

export function Page() {
  useLanguage();
  return (
    <>
      <Outlet />
      <Toasts />
      <Announcer />
    </>
  );
}

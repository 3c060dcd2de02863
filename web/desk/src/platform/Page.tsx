import { Outlet } from '@tanstack/react-router';
import { Announcer } from './announcer';
import { Toasts } from './toasts';

export function Page() {
  return (
    <>
      <Outlet />
      <Toasts />
      <Announcer />
    </>
  );
}

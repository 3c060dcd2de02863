import './platform/mantine.css';
import './platform/tokens.css';
import './platform/base.css';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { createRoot } from 'react-dom/client';
import { fetchAhead } from './ahead';
import { colorSchemeManager } from './platform/appearance';
import { onSignedOut } from './platform/http';
import { speakAsBefore, t } from './platform/i18n';
import { keys, queryClient } from './platform/queries';
import { cssVariablesResolver, theme } from './platform/theme';
import { Boundary } from './platform/Trouble';
import { router } from './router';

onSignedOut(() => {
  if (!queryClient.getQueryData(keys.session)) return;
  queryClient.removeQueries({ queryKey: keys.session });
  const { pathname, href } = router.state.location;
  if (!pathname.startsWith('/sign-in')) void router.navigate({ to: '/sign-in', search: { next: href } });
});

fetchAhead(router.latestLocation.pathname, router.latestLocation.search);

const root = createRoot(document.getElementById('root') as HTMLElement);

// The words come before the page, so that it never shows a language and then another.
void speakAsBefore().then(() => root.render(
  <MantineProvider
    theme={theme}
    cssVariablesResolver={cssVariablesResolver}
    // All of them are made here, so that the first load need not bring the usual ones.
    deduplicateCssVariables={false}
    colorSchemeManager={colorSchemeManager}
    defaultColorScheme="auto"
  >
    <QueryClientProvider client={queryClient}>
      <Boundary what={t('the desk')}>
        <RouterProvider router={router} />
      </Boundary>
    </QueryClientProvider>
  </MantineProvider>,
));

// Runs before the first paint so that a dark desk never flashes white. Keys: see src/platform/appearance.ts.
(function () {
  var theme = 'auto';
  var density = 'comfortable';
  try {
    theme = localStorage.getItem('shopbell.theme') || theme;
    density = localStorage.getItem('shopbell.density') || density;
  } catch {
    // Storage may be switched off; the defaults stand.
  }
  if (theme !== 'light' && theme !== 'dark') {
    theme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  }
  document.documentElement.setAttribute('data-mantine-color-scheme', theme);
  document.documentElement.setAttribute('data-density', density);
})();

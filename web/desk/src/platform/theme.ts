import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from '@mantine/core';

const tuple = (value: string) => Array.from({ length: 10 }, () => value) as unknown as MantineColorsTuple;

// Mantine's own greys and shades stay out of sight: what it paints comes from tokens.css.
const variantColorResolver: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input);
  if (input.variant === 'filled' && (!input.color || input.color === 'accent')) {
    return { ...colors, background: 'var(--accent)', hover: 'var(--accent-hover)', color: 'var(--on-accent)', border: 'none' };
  }
  if (input.variant === 'filled' && input.color === 'red') {
    return { ...colors, background: 'var(--bad-fill)', hover: 'var(--bad-fill)', color: '#fff', border: 'none' };
  }
  if (input.variant === 'subtle') {
    return { ...colors, background: 'transparent', hover: 'var(--hover)', color: input.color === 'red' ? 'var(--bad)' : 'var(--text-2)' };
  }
  if (input.variant === 'light') {
    return { ...colors, background: 'var(--accent-soft)', hover: 'var(--accent-soft)', color: 'var(--accent-text)' };
  }
  return colors;
};

export const theme = createTheme({
  primaryColor: 'accent',
  colors: {
    accent: tuple('var(--accent)'),
    // Mantine paints fields and menus in the dark from these; they follow tokens.css.
    dark: ['#e7eaed', '#b6bec7', '#97a1ac', '#6b7580', '#414a54', '#292f36', '#1d2126', '#171a1e', '#111417', '#0c0e10'],
  },
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--font-mono)',
  headings: { fontFamily: 'var(--font)', fontWeight: '600' },
  defaultRadius: 6,
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontSizes: { xs: '12px', sm: '14px', md: '14px', lg: '16px', xl: '20px' },
  variantColorResolver,
  components: {
    Modal: { defaultProps: { transitionProps: { duration: 100, transition: 'fade' }, overlayProps: { backgroundOpacity: 0.4 } } },
    Popover: { defaultProps: { transitionProps: { duration: 80 }, shadow: 'none' } },
    // The first item has the focus, rather than something before it that is no item.
    Menu: { defaultProps: { transitionProps: { duration: 80 }, shadow: 'none', withInitialFocusPlaceholder: false } },
    Button: { defaultProps: { size: 'sm' } },
    ActionIcon: { defaultProps: { variant: 'subtle', size: 32 } },
  },
});

const variables = {
  '--mantine-color-body': 'var(--surface)',
  '--mantine-color-text': 'var(--text)',
  '--mantine-color-bright': 'var(--text)',
  '--mantine-color-dimmed': 'var(--text-3)',
  '--mantine-color-placeholder': 'var(--text-3)',
  '--mantine-color-anchor': 'var(--accent-text)',
  '--mantine-color-default': 'var(--surface)',
  '--mantine-color-default-hover': 'var(--hover)',
  '--mantine-color-default-color': 'var(--text)',
  '--mantine-color-default-border': 'var(--line-strong)',
  '--mantine-color-error': 'var(--bad)',
  '--mantine-color-disabled': 'var(--surface-3)',
  '--mantine-color-disabled-color': 'var(--text-3)',
  '--mantine-color-disabled-border': 'var(--line)',
  '--mantine-primary-color-filled': 'var(--accent)',
  '--mantine-primary-color-filled-hover': 'var(--accent-hover)',
  '--mantine-primary-color-contrast': 'var(--on-accent)',
};

export const cssVariablesResolver: CSSVariablesResolver = () => ({ variables: {}, light: variables, dark: variables });
